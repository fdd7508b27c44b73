//! A liveness probe that asks the same as the readiness probe restarts what is only busy.
//!
//! ## What it checks
//! Containers of pods that keep running whose `livenessProbe` and `readinessProbe` ask the same, after defaulting:
//! the same scheme, host, port and path, the same port of TCP, the same command, the same gRPC service. A named port
//! is its number. Timings don't count.
//!
//! ## Why it matters
//! Under load the container fails both at once: it is taken out of service and killed, its neighbours get its
//! traffic and follow.
//!
//! ## How to fix
//! Let the liveness probe ask only whether the process is alive, and give it more time.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe: # <- here
//!     httpGet: {path: /healthz, port: 8080}
//!     periodSeconds: 30
//!   readinessProbe:
//!     httpGet: {path: /healthz, port: 8080}
//! - name: defaults
//!   image: registry.example.com/app:1.4
//!   ports: [{name: http, containerPort: 8080}]
//!   livenessProbe: # <- here
//!     httpGet: {port: http}
//!   readinessProbe:
//!     httpGet: {path: /, port: 8080, scheme: HTTP}
//! - name: calls
//!   image: registry.example.com/app:1.4
//!   livenessProbe: # <- here
//!     grpc: {port: 9000}
//!   readinessProbe:
//!     grpc: {port: 9000, service: ""}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet: {path: /livez, port: 8080}
//!   readinessProbe:
//!     httpGet: {path: /readyz, port: 8080}
//! ```
//! ```yaml near-miss
//! # The same port, asked in two ways.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     tcpSocket: {port: 8080}
//!   readinessProbe:
//!     httpGet: {path: /, port: 8080}
//! - name: tls
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet: {path: /, port: 8080, scheme: HTTPS}
//!   readinessProbe:
//!     httpGet: {path: /, port: 8080}
//! ```

use crate::prelude::*;
use crate::support::{probe_port, workloads};

pub const CONTROL: Control = Control {
    id: "reliability/identical-probes",
    title: "Liveness and readiness probes are the same",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-score:pod-probes-identical"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["livenessProbe"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let (liveness, readiness) = (container.get("livenessProbe"), container.get("readinessProbe"));
    if !workloads::keeps_running(container.pod()) || !liveness.exists() {
        return;
    }
    let same = |path: &'static str, default: &str| {
        let text = |probe: &Field<'d>| Some(probe.get(path).text()).filter(|text| !text.is_empty());
        text(&liveness).unwrap_or(default) == text(&readiness).unwrap_or(default)
    };
    let same_port = |path: &'static str| {
        let (a, b) = (liveness.get(path), readiness.get(path));
        match (probe_port::number(container, &a), probe_port::number(container, &b)) {
            (None, None) => a.as_str() == b.as_str(),
            (a, b) => a == b,
        }
    };
    let both = |path: &'static str| liveness.get(path).exists() && readiness.get(path).exists();
    let identical = (both("httpGet")
        && same("httpGet.scheme", "HTTP")
        && same("httpGet.host", "")
        && same_port("httpGet.port")
        && same("httpGet.path", "/"))
        || (both("tcpSocket") && same("tcpSocket.host", "") && same_port("tcpSocket.port"))
        || (both("grpc") && same_port("grpc.port") && same("grpc.service", ""))
        || (both("exec")
            && liveness.get("exec.command").strings().eq(readiness.get("exec.command").strings()));
    if identical {
        let message = format!(
            "{} is killed for what only takes it out of service: probe liveness otherwise",
            container.title()
        );
        found.at(&liveness, message).also(&readiness, "asks the same");
    }
}
