//! A probe or hook makes the kubelet call another host.
//!
//! ## What it checks
//! `host` in `httpGet` and `tcpSocket` of liveness, readiness and startup probes and of `postStart` and
//! `preStop` hooks, on every container: only an empty one passes.
//!
//! ## Why it matters
//! The kubelet sends these requests from the node. With a host of the pod's choice, it can be made to reach
//! what the pod itself can't: the node's loopback, the metadata service, machines behind the firewall
//! (CVE-2020-8561 and its like).
//!
//! ## How to fix
//! Remove `host`: the request then goes to the pod. For another name in the request, set a `Host` header in
//! `httpHeaders`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet:
//!       path: /healthz
//!       port: 8080
//!       host: 169.254.169.254 # <- here
//!   readinessProbe:
//!     tcpSocket: {port: 8080, host: 127.0.0.1} # <- here
//!   lifecycle:
//!     postStart:
//!       httpGet: {path: /, port: 80, host: hooks.example.com} # <- here
//!     preStop:
//!       tcpSocket:
//!         port: 8080
//!         host: localhost # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet:
//!       path: /healthz
//!       port: 8080
//!   readinessProbe:
//!     tcpSocket: {port: 8080}
//!   lifecycle:
//!     postStart:
//!       httpGet: {path: /, port: 80}
//!     preStop:
//!       tcpSocket:
//!         port: 8080
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   startupProbe:
//!     httpGet:
//!       path: /healthz
//!       port: 8080
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet:
//!       path: /healthz
//!       port: 8080
//!       host: ""
//!       httpHeaders:
//!       - {name: Host, value: app.example.com}
//!   readinessProbe:
//!     grpc: {port: 9090, service: host}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, [
//!     c.?livenessProbe.?httpGet.?host,
//!     c.?livenessProbe.?tcpSocket.?host,
//!     c.?readinessProbe.?httpGet.?host,
//!     c.?readinessProbe.?tcpSocket.?host,
//!     c.?startupProbe.?httpGet.?host,
//!     c.?startupProbe.?tcpSocket.?host,
//!     c.?lifecycle.?postStart.?httpGet.?host,
//!     c.?lifecycle.?postStart.?tcpSocket.?host,
//!     c.?lifecycle.?preStop.?httpGet.?host,
//!     c.?lifecycle.?preStop.?tcpSocket.?host
//!   ].exists(host, host.orValue("") != ""))
//!   .map(c, 'container "' + c.name + '" makes the kubelet call another host: remove host from its probes and hooks')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/host-probe",
    title: "Probe or hook to another host",
    severity: Medium,
    frameworks: &[pss("baseline/hostProbesAndHostLifecycle"), owasp("K01")],
    aliases: &[],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["host"]), check),
};

/// Where the kubelet is told whom to call.
const HANDLERS: &[&str] =
    &["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for handler in HANDLERS {
        let request = container.get(handler);
        for host in [request.get("httpGet.host"), request.get("tcpSocket.host")] {
            if !host.text().is_empty() {
                let message = format!(
                    "{} makes the kubelet call {:?} in its {handler}: remove host",
                    container.title(),
                    host.text()
                );
                found.at(&host, message).unsafe_fix(remove(&host));
            }
        }
    }
}
