//! A liveness probe of a port that the container doesn't name.
//!
//! ## What it checks
//! The port of every liveness probe (HTTP, TCP, gRPC), where the container declares ports: a name must be declared, a
//! number must be among them, and be one of TCP. A named port fails without any declaration, since the kubelet
//! cannot resolve it. Numbers of ports of another machine (`host`) aren't judged.
//!
//! ## Why it matters
//! A typing error here restarts the container for ever.
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
//!   livenessProbe:
//!     httpGet:
//!       path: /
//!       port: 8081 # <- here
//! - name: by-name
//!   image: registry.example.com/by-name:1.4
//!   livenessProbe:
//!     tcpSocket: {port: web} # <- here
//! - name: other-protocol
//!   image: registry.example.com/dns:1.4
//!   ports:
//!   - {name: dns, containerPort: 5353, protocol: UDP}
//!   livenessProbe:
//!     grpc: {port: 5353} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   - {containerPort: 9090, protocol: TCP}
//!   livenessProbe:
//!     httpGet: {path: /, port: http}
//! - name: by-number
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {containerPort: 9090, protocol: TCP}
//!   livenessProbe:
//!     grpc: {port: 9090}
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
//! - name: proxy
//!   image: registry.example.com/proxy:1.4
//!   ports:
//!   - {containerPort: 9090}
//!   livenessProbe:
//!     tcpSocket: {host: db.example.com, port: 5432}
//! ```
//! ```yaml near-miss
//! # To Knative 0 is the container's own port.
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - image: registry.example.com/web:1.4
//!         ports: [{containerPort: 8080}]
//!         livenessProbe:
//!           httpGet: {path: /alive, port: 0}
//! ```

use crate::prelude::*;
use crate::support::probe_port;

pub const CONTROL: Control = Control {
    id: "reliability/liveness-port",
    title: "Liveness probe of a port that is not declared",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:liveness-port"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["livenessProbe"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    probe_port::check(container, "livenessProbe", found);
}
