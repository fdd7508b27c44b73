//! A startup probe of a port that the container doesn't name.
//!
//! ## What it checks
//! The port of every startup probe (HTTP, TCP, gRPC), where the container declares ports: a name must be declared, a
//! number must be among them, and be one of TCP. A named port fails without any declaration, since the kubelet
//! cannot resolve it. Numbers of ports of another machine (`host`) aren't judged.
//!
//! ## Why it matters
//! A typing error here kills the container before its other probes ever run.
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
//!   startupProbe:
//!     httpGet:
//!       path: /
//!       port: 8081 # <- here
//! - name: by-name
//!   image: registry.example.com/by-name:1.4
//!   startupProbe:
//!     tcpSocket: {port: web} # <- here
//! - name: other-protocol
//!   image: registry.example.com/dns:1.4
//!   ports:
//!   - {name: dns, containerPort: 5353, protocol: UDP}
//!   startupProbe:
//!     grpc: {port: 5353} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   - {containerPort: 9090, protocol: TCP}
//!   startupProbe:
//!     httpGet: {path: /, port: http}
//! - name: by-number
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {containerPort: 9090, protocol: TCP}
//!   startupProbe:
//!     grpc: {port: 9090}
//! ```
//! ```yaml near-miss
//! # No port is declared, which is allowed; and a command has no port.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   startupProbe:
//!     tcpSocket: {port: 8080}
//! - name: worker
//!   image: registry.example.com/worker:1.4
//!   ports:
//!   - {containerPort: 9090}
//!   startupProbe:
//!     exec: {command: [/alive]}
//! ```

use crate::prelude::*;
use crate::support::probe_port;

pub const CONTROL: Control = Control {
    id: "reliability/startup-port",
    title: "Startup probe of a port that is not declared",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:startup-port"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["startupProbe"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    probe_port::check(container, "startupProbe", found);
}
