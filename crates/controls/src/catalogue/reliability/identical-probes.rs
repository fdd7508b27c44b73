//! A liveness probe that asks the same as the readiness probe restarts what is only busy.
//!
//! ## What it checks
//! Containers of pods that keep running whose `livenessProbe` and `readinessProbe` ask the same: the same path and
//! port, the same port, the same command, the same gRPC service. Timings don't count.
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
//! ```

use crate::prelude::*;
use crate::support::workloads;

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
    let same = |path: &'static str| same_text(&liveness.get(path), &readiness.get(path));
    let both = |path: &'static str| liveness.get(path).exists() && readiness.get(path).exists();
    let identical = (both("httpGet") && same("httpGet.path") && same("httpGet.port") && same("httpGet.host"))
        || (both("tcpSocket") && same("tcpSocket.port"))
        || (both("grpc") && same("grpc.port") && same("grpc.service"))
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

fn same_text(a: &Field<'_>, b: &Field<'_>) -> bool {
    a.as_str() == b.as_str() && a.as_i64() == b.as_i64()
}
