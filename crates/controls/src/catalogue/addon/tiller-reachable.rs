//! Tiller, the server of Helm 2, listens to the whole cluster.
//!
//! ## What it checks
//! Containers of Tiller's image whose arguments (or command) don't bind it to the pod itself with
//! `--listen=localhost:…`, `127.0.0.1` or `[::1]`; the last `--listen` counts. Unset, it listens on every address.
//! What carries Tiller's labels (`app: helm` with `name: tiller`) and has no such image is Tiller under another name:
//! there one of the containers must bind itself.
//!
//! ## Why it matters
//! Tiller asks nobody who they are: any pod that can connect to its port owns the cluster.
//!
//! ## How to fix
//! Delete Tiller. Until then, add the argument `--listen=localhost:44134`.
//!
//! ## How others differ
//! KICS takes a name with "tiller" in it, or the label `app: helm`, for Tiller, and reads `args` alone.
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
//! ```yaml bad
//! # Its labels, and an image of another name.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: tiller-deploy, namespace: kube-system}
//! spec:
//!   template:
//!     metadata:
//!       labels: # <- here
//!         app: helm
//!         name: tiller
//!     spec:
//!       containers:
//!       - {name: main, image: "registry.example.com/mirror/helm-server:2.17"}
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
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: tiller, labels: {app: helm, name: tiller}}
//! spec:
//!   containers:
//!   - name: main
//!     image: registry.example.com/mirror/helm-server:2.17
//!     args: ["--listen=localhost:44134"]
//!   - {name: proxy, image: "registry.example.com/proxy:1.4"}
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
    aliases: &[
        "checkov:CKV_K8S_45",
        "kics:Tiller-Accessible",
        "kics:Tiller-Deployment-Is-Accessible-From-Within-The-Cluster",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

const MESSAGE: &str =
    "any pod can reach Tiller, which gives it the cluster: delete it, or add --listen=localhost:44134";

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let mut is_known = false;
    for container in tiller::containers(pod) {
        is_known = true;
        match listen(&container) {
            None => {
                found.at(&container.get("image"), MESSAGE);
            }
            Some((word, address)) if !is_loopback(host(address)) => {
                found.at(&word, MESSAGE);
            }
            Some(_) => {}
        }
    }
    // Which container is Tiller isn't known: one that is bound to the pod will do.
    let is_bound = |container: Container<'_, 'd>| {
        listen(&container).is_some_and(|(_, address)| is_loopback(host(address)))
    };
    if !is_known && tiller::has_labels(&pod.labels()) && !pod.containers().any(is_bound) {
        found.at(&pod.labels(), MESSAGE);
    }
}

/// The last `--listen` of a container: where it is written, and the address.
fn listen<'d>(container: &Container<'_, 'd>) -> Option<(Field<'d>, &'d str)> {
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
    listen
}

/// The address without its port.
fn host(address: &str) -> &str {
    address.rsplit_once(':').map_or(address, |(host, _)| host)
}
