//! A container offers SSH.
//!
//! ## What it checks
//! `containerPort: 22` over TCP, the default protocol, on every container.
//!
//! ## Why it matters
//! An SSH server in a container is a second way in, with keys and logs of its own, past the cluster's
//! authorization and audit log.
//!
//! ## How to fix
//! Remove the server and the port; use `kubectl exec` or an ephemeral container, which the API server
//! authorizes and records. `pod/ssh-service` looks at Services.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - containerPort: 8080
//!   - containerPort: 22 # <- here
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   ports:
//!   - {name: ssh, containerPort: 22, protocol: TCP} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - containerPort: 8080
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {containerPort: 22, protocol: UDP}
//!   - {containerPort: 2200}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?ports.orValue([]).exists(p, p.?containerPort.orValue(0) == 22 && p.?protocol.orValue("TCP") in ["", "TCP"]))
//!   .map(c, 'container "' + c.name + '" offers SSH on port 22: remove it')
//! ```

use crate::prelude::*;
use crate::support::port::protocol;

pub const CONTROL: Control = Control {
    id: "pod/ssh-port",
    title: "SSH port",
    severity: Low,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9010")],
    aliases: &["kube-linter:ssh-port"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["containerPort"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for port in container.get("ports").items() {
        let number = port.get("containerPort");
        if number.as_i64() == Some(22) && protocol(&port) == "TCP" {
            found.at(&number, format!("{} offers SSH on port 22: remove it", container.title()));
        }
    }
}
