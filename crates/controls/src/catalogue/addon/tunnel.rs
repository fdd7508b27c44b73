//! A tunnel opens the cluster from outside, past every firewall.
//!
//! ## What it checks
//! Containers whose image is a tunnel's client (ngrok, cloudflared, frp, inlets, localtunnel, chisel, bore, rathole), and
//! commands that serve the API server to others (`kubectl proxy` or `kubectl port-forward` on an address other than
//! loopback).
//!
//! ## Why it matters
//! Who knows the address outside reaches what only the inside should: with `kubectl proxy`, the API server in the name of
//! the pod's account, without asking who it is. Break-ins stay by the same means.
//!
//! ## How to fix
//! Use an ingress or a gateway that is part of the platform, a VPN, or a private endpoint. A tunnel that the platform runs
//! on purpose: waive it with its owner.
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
//! - name: reverse-proxy
//!   image: registry.example.com/proxy:1
//!   args: [--address=0.0.0.0]
//! ```

use crate::prelude::*;

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

const CLIENTS: &[&str] =
    &["bore", "chisel", "cloudflared", "frpc", "inlets", "inlets-client", "localtunnel", "ngrok", "rathole"];

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.image().is_some_and(|image| CLIENTS.contains(&image.short_name())) {
        let message =
            format!("{} is a tunnel that opens the cluster from outside: remove it", container.title());
        found.at(&container.get("image"), message);
    }
    let items = || ["command", "args"].into_iter().flat_map(|list| container.field().key(list).items());
    if !items().any(|item| item.text().contains("kubectl")) {
        return;
    }
    let items: Vec<Field<'d>> = items().collect();
    let words: Vec<(&str, &Field<'d>)> =
        items.iter().flat_map(|item| item.text().split_whitespace().map(move |word| (word, item))).collect();
    let serves = words.windows(2).any(|pair| {
        matches!(pair, [(program, _), (verb, _)]
            if (*program == "kubectl" || program.ends_with("/kubectl")) && matches!(*verb, "proxy" | "port-forward"))
    });
    if !serves {
        return;
    }
    for (index, (word, item)) in words.iter().enumerate() {
        let address = match word.strip_prefix("--address") {
            Some("") => words.get(index + 1).map(|(next, _)| *next),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if address.is_some_and(|address| !matches!(address, "127.0.0.1" | "localhost" | "::1" | "[::1]")) {
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
