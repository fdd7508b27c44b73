//! A readiness probe of a port that the container doesn't name.
//!
//! ## What it checks
//! The port of every readiness probe (HTTP, TCP, gRPC), where the container declares ports: a name must be declared, a
//! number must be among them, and be one of TCP. A named port fails without any declaration, since the kubelet
//! cannot resolve it. Numbers of ports of another machine (`host`) aren't judged.
//!
//! ## Why it matters
//! A typing error here keeps the pod out of every Service, and a rollout never ends.
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
//!   - {name: dns, containerPort: 5353, protocol: UDP}
//!   readinessProbe:
//!     httpGet:
//!       path: /
//!       port: 8081 # <- here
//! - name: by-name
//!   image: registry.example.com/by-name:1.4
//!   readinessProbe:
//!     tcpSocket: {port: web} # <- here
//! - name: other-protocol
//!   image: registry.example.com/dns:1.4
//!   ports:
//!   - {name: dns, containerPort: 5353, protocol: UDP}
//!   readinessProbe:
//!     grpc: {port: 5353} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   - {containerPort: 9090, protocol: TCP}
//!   readinessProbe:
//!     httpGet: {path: /, port: http}
//! - name: by-number
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {containerPort: 9090, protocol: TCP}
//!   readinessProbe:
//!     grpc: {port: 9090}
//! ```
//! ```yaml near-miss
//! # No port is declared, which is allowed; and a command has no port.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   readinessProbe:
//!     tcpSocket: {port: 8080}
//! - name: worker
//!   image: registry.example.com/worker:1.4
//!   ports:
//!   - {containerPort: 9090}
//!   readinessProbe:
//!     exec: {command: [/alive]}
//! ```
//! ```yaml near-miss
//! # Which ports these are isn't known yet.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports: [{containerPort: 8080}]
//!   readinessProbe:
//!     tcpSocket: {port: "${PORT}"}
//! - name: worker
//!   image: registry.example.com/worker:1.4
//!   ports: [{containerPort: "${PORT}"}]
//!   readinessProbe:
//!     tcpSocket: {port: 9090}
//! ```

use crate::prelude::*;
use crate::support::probe_port;

pub const CONTROL: Control = Control {
    id: "reliability/readiness-port",
    title: "Readiness probe of a port that is not declared",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:readiness-port"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["readinessProbe"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    probe_port::check(container, "readinessProbe", found);
}
