//! A tunnel opens the cluster from outside, past every firewall.
//!
//! ## What it checks
//! Containers whose image is a tunnel's client (ngrok and its operator, cloudflared, frp, inlets, localtunnel, chisel,
//! bore, rathole; not `cloudflared proxy-dns`, which resolves names), and commands that serve the API server to others
//! (`kubectl proxy` or `kubectl port-forward`, with flags before it or as arguments of an image named kubectl, on an
//! address other than loopback).
//!
//! ## Why it matters
//! Who knows the address outside reaches what only the inside should: with `kubectl proxy`, the API server in the
//! name of the pod's account, without asking who it is. Break-ins stay by the same means.
//!
//! ## How to fix
//! Use an ingress or a gateway that is part of the platform, a VPN, or a private endpoint. A tunnel that the platform
//! runs on purpose: waive it with its owner.
//!
//! ```yaml bad
//! containers:
//! - name: tunnel
//!   image: docker.io/cloudflare/cloudflared:2026.3.0 # <- here
//! - name: api
//!   image: registry.example.com/kubectl:1.34
//!   command:
//!   - kubectl
//!   - proxy
//!   - --address=0.0.0.0 # <- here
//! - name: forward
//!   image: registry.example.com/kubectl:1.34
//!   command: ["sh", "-c"]
//!   args:
//!   - kubectl port-forward --address 0.0.0.0 svc/db 5432 # <- here
//! - name: entry
//!   image: docker.io/bitnami/kubectl:1.34
//!   args:
//!   - --v=2
//!   - proxy
//!   - --address=localhost,0.0.0.0 # <- here
//! - name: both
//!   image: docker.io/cloudflare/cloudflared:2025.9.0 # <- here
//!   command: [sh, -c, "cloudflared proxy-dns --port 5053 & cloudflared tunnel run shop"]
//! - name: inlets
//!   image: ghcr.io/inlets/inlets-pro:0.11.0 # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: web
//!   image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # The proxy listens on loopback, where the pod's own containers reach it.
//! containers:
//! - name: api
//!   image: registry.example.com/kubectl:1.34
//!   command: [kubectl, proxy, --port=8001]
//! - name: both-families
//!   image: registry.example.com/kubectl:1.34
//!   command: [kubectl, port-forward, "--address=localhost,127.0.0.1", svc/db, "5432"]
//! - name: quoted
//!   image: registry.example.com/tools:1.34
//!   command: [sh, -c, "kubectl proxy --address='127.0.0.1'"]
//! - name: dns
//!   image: docker.io/cloudflare/cloudflared:2025.9.0
//!   args: [proxy-dns, --address, 0.0.0.0, --port, "5053"]
//! - name: reverse-proxy
//!   image: registry.example.com/proxy:1
//!   args: [--address=0.0.0.0]
//! ```

use crate::prelude::*;
use crate::support::loopback::is_loopback;
use crate::support::words::words;

pub const CONTROL: Control = Control {
    id: "addon/tunnel",
    title: "Tunnel out of the cluster",
    severity: High,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005"), owasp("K06")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

const CLIENTS: &[&str] = &[
    "bore",
    "chisel",
    "cloudflared",
    "frp",
    "frpc",
    "inlets",
    "inlets-client",
    "inlets-pro",
    "localtunnel",
    "ngrok",
    "ngrok-operator",
    "rathole",
];

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let image = container.image().map_or("", |image| image.short_name());
    let items = || ["command", "args"].into_iter().flat_map(|list| container.field().key(list).items());
    if CLIENTS.contains(&image) && !only_resolves(image, items()) {
        let message =
            format!("{} is a tunnel that opens the cluster from outside: remove it", container.title());
        found.at(&container.get("image"), message);
    }
    // Without a command it is the image's, which is kubectl where its name is.
    let is_entry = image == "kubectl" && container.field().key("command").is_empty();
    if !is_entry && !items().any(|item| item.text().contains("kubectl")) {
        return;
    }
    // Without the signs that end a command.
    let words: Vec<_> =
        words(items()).map(|(word, item)| (word.trim_matches(['"', '\'', ';', '&']), item)).collect();
    let after_program =
        words.iter().enumerate().filter(|(_, (word, _))| is_kubectl(word)).map(|(at, _)| at + 1);
    let serves = is_entry
        .then_some(0)
        .into_iter()
        .chain(after_program)
        .any(|start| serves(words.iter().skip(start).take(FLAGS).map(|(word, _)| *word)));
    if !serves {
        return;
    }
    for (index, (word, item)) in words.iter().enumerate() {
        let addresses = match word.strip_prefix("--address") {
            Some("") => words.get(index + 1).map(|(next, _)| *next),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        let is_open = addresses.is_some_and(|list| {
            list.trim_matches(['"', '\'']).split(',').any(|address| !is_loopback(address))
        });
        if is_open {
            found.at(
                item,
                format!(
                    "{} serves the API to others without asking who they are: remove it",
                    container.title()
                ),
            );
        }
    }
}

/// Whether cloudflared is started as a resolver of names, and not as a tunnel besides.
fn only_resolves<'d>(image: &str, items: impl Iterator<Item = Field<'d>>) -> bool {
    let (mut resolves, mut tunnels) = (false, false);
    if image == "cloudflared" {
        for (word, _) in words(items) {
            resolves |= word == "proxy-dns";
            tunnels |= word == "tunnel";
        }
    }
    resolves && !tunnels
}

fn is_kubectl(word: &str) -> bool {
    word == "kubectl" || word.ends_with("/kubectl")
}

/// So many words behind a kubectl are looked at for its command.
const FLAGS: usize = 64;

/// Whether the command of kubectl, behind flags and their values, is one that listens.
fn serves<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut may_be_value = false;
    for word in words {
        if matches!(word, "proxy" | "port-forward") {
            return true;
        }
        let is_flag = word.starts_with('-');
        if !is_flag && !may_be_value {
            return false;
        }
        may_be_value = is_flag && !word.contains('=');
    }
    false
}
