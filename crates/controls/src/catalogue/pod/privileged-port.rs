//! A container listens on a port below 1024.
//!
//! ## What it checks
//! `containerPort` of every port of every container: 1 to 1023.
//!
//! ## Why it matters
//! Such ports take root or `NET_BIND_SERVICE` on many nodes, so the image is most likely built to start as
//! root.
//!
//! ## How to fix
//! Let the program listen on 1024 or above, and map the port in the Service.
//!
//! ```yaml bad
//! initContainers:
//! - name: proxy
//!   image: registry.example.com/proxy:1.4
//!   restartPolicy: Always
//!   ports:
//!   - containerPort: 53 # <- here
//!     protocol: UDP
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - containerPort: 1023 # <- here
//!   - containerPort: 8080
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - containerPort: 8080
//! ```
//! ```yaml near-miss
//! # The first free port, one that isn't there, and a port of the node.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - containerPort: 1024
//!   - containerPort: 0
//!   - containerPort: 8443
//!     hostPort: 443
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?ports.orValue([]).exists(p, p.?containerPort.orValue(0) > 0 && p.containerPort < 1024))
//!   .map(c, 'container "' + c.name + '" listens below port 1024: use 1024 or above')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/privileged-port",
    title: "Port below 1024",
    severity: Low,
    frameworks: &[owasp("K01")],
    aliases: &["trivy:KSV-0117", "kube-linter:privileged-ports"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["containerPort"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for port in container.get("ports").items() {
        let port = port.get("containerPort");
        if let Some(number) = port.as_i64().filter(|number| (1..1024).contains(number)) {
            found.at(&port, format!("{} listens on port {number}: use 1024 or above", container.title()));
        }
    }
}
