//! A probe of a port that the container doesn't name.
//!
//! ## What it checks
//! The port of every liveness, readiness and startup probe (HTTP, TCP, gRPC), where the container declares ports:
//! a name must be declared, a number must be among them. A named port fails without any declaration, since the
//! kubelet cannot resolve it.
//!
//! ## Why it matters
//! A typing error in a probe restarts the pod for ever, or keeps it out of service.
//!
//! ## How to fix
//! Name the port under `ports`, and use the name.
//!
//! ## How others differ
//! kube-linter fails every probe of a container that declares no ports; declaring them is optional.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   livenessProbe:
//!     httpGet:
//!       path: /
//!       port: 8081 # <- here
//!   readinessProbe:
//!     tcpSocket: {port: web} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   livenessProbe:
//!     httpGet: {path: /, port: http}
//!   readinessProbe:
//!     httpGet: {path: /, port: 8080}
//! ```
//! ```yaml near-miss
//! # No port is declared, which is allowed; and a command has no port.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     tcpSocket: {port: 8080}
//! - name: worker
//!   image: registry.example.com/worker:1.4
//!   ports:
//!   - {containerPort: 9090}
//!   livenessProbe:
//!     exec: {command: [/alive]}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/probe-port",
    title: "Probe of a port that is not declared",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:liveness-port", "kube-linter:readiness-port", "kube-linter:startup-port"],
    profiles: &[],
    fix: None,
    check: Check::Container(check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let ports = container.get("ports");
    for path in ["livenessProbe", "readinessProbe", "startupProbe"] {
        for handler in ["httpGet", "tcpSocket", "grpc"] {
            let port = container.get(path).key(handler).get("port");
            let declared = |field: &'static str, wanted: &Field<'_>| {
                ports.items().any(|declared| {
                    let declared = declared.get(field);
                    declared.as_str() == wanted.as_str() && declared.as_i64() == wanted.as_i64()
                })
            };
            let missing = match port.as_str() {
                Some(name) => !declared("name", &port) && name.parse::<u16>().is_err(),
                None => port.exists() && !ports.is_empty() && !declared("containerPort", &port),
            };
            if missing {
                found.at(
                    &port,
                    format!(
                        "{} probes a port that it doesn't declare: name it under ports",
                        container.title()
                    ),
                );
            }
        }
    }
}
