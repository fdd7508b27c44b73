//! Tiller, the server of Helm 2, listens to the whole cluster.
//!
//! ## What it checks
//! Containers of Tiller's image whose arguments (or command) don't bind it to the pod itself with
//! `--listen=localhost:…`, `127.0.0.1` or `[::1]`; the last `--listen` counts. Unset, it listens on every address.
//!
//! ## Why it matters
//! Tiller asks nobody who they are: any pod that can connect to its port owns the cluster.
//!
//! ## How to fix
//! Delete Tiller. Until then, add the argument `--listen=localhost:44134`.
//!
//! ```yaml bad
//! containers:
//! - name: tiller
//!   image: ghcr.io/helm/tiller:v2.17.0 # <- here
//! - name: other
//!   image: ghcr.io/helm/tiller:v2.17.0
//!   args: ["--listen=:44134"] # <- here
//! - name: named
//!   image: ghcr.io/helm/tiller:v2.17.0
//!   args: ["--listen=127.example.com:44134"] # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: tiller
//!   image: ghcr.io/helm/tiller:v2.17.0
//!   command: [/tiller]
//!   args: ["--listen=localhost:44134"]
//! ```
//! ```yaml near-miss
//! containers:
//! - name: tiller
//!   image: ghcr.io/helm/tiller:v2.17.0
//!   command: [/tiller, --listen, "127.0.0.1:44134"]
//! - name: shell
//!   image: ghcr.io/helm/tiller:v2.17.0
//!   command: [sh, -c, "/tiller --listen=localhost:44134"]
//! - name: web
//!   image: registry.example.com/rototiller:1
//! ```

use crate::prelude::*;
use crate::support::loopback::is_loopback;
use crate::support::tiller;
use crate::support::words::words;

pub const CONTROL: Control = Control {
    id: "addon/tiller-reachable",
    title: "Tiller listens to the cluster",
    severity: Critical,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005"), owasp("K06")],
    aliases: &["checkov:CKV_K8S_45", "kics:Tiller-Accessible"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

const MESSAGE: &str =
    "any pod can reach Tiller, which gives it the cluster: delete it, or add --listen=localhost:44134";

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for container in tiller::containers(pod) {
        let items = container.get("command").items().chain(container.get("args").items());
        let words: Vec<_> = words(items).collect();
        let mut listen = None;
        for (index, (word, item)) in words.iter().enumerate() {
            match word.trim_start_matches('-').split_once('=') {
                Some(("listen", address)) => listen = Some((*item, address)),
                None if matches!(*word, "--listen" | "-listen") => {
                    listen = words.get(index + 1).map(|(next, item)| (*item, *next));
                }
                _ => {}
            }
        }
        match listen {
            None => {
                found.at(&container.get("image"), MESSAGE);
            }
            Some((word, address)) if !is_loopback(host(address)) => {
                found.at(&word, MESSAGE);
            }
            Some(_) => {}
        }
    }
}

/// The address without its port.
fn host(address: &str) -> &str {
    address.rsplit_once(':').map_or(address, |(host, _)| host)
}
