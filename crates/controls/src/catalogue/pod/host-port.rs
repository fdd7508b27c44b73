//! A container takes a port of its node.
//!
//! ## What it checks
//! `hostPort` of every port of every container; 0 is none. In a pod with `hostNetwork: true` the API server
//! sets the host port of every port of init and app containers to the container port: those are found too.
//!
//! ## Why it matters
//! The port is open on the node's addresses, past Services, Ingresses and often past network policies, and
//! only one such pod fits on a node.
//!
//! ## How to fix
//! Remove `hostPort` and put a Service before the pod.
//!
//! ## How others differ
//! Checkov and Kubescape fail a host port of 0. Trivy reports every container as soon as one has a port.
//! Nobody else knows the ports that come with the node's network.
//!
//! ```yaml bad
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   ports:
//!   - containerPort: 8080
//!     hostPort: 80 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {containerPort: 8443, hostPort: 443} # <- here
//!   - containerPort: 9090
//! ```
//! ```yaml fixed
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   ports:
//!   - containerPort: 8080
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {containerPort: 8443}
//!   - containerPort: 9090
//! ```
//! ```yaml bad
//! hostNetwork: true
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - containerPort: 8080 # <- here
//!   - name: metrics
//!     containerPort: 9090 # <- here
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
//!   - containerPort: 8080
//!     hostPort: 0
//!   - containerPort: 9090
//!     hostPort: null
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0))
//!   .map(c, 'container "' + c.name + '" takes a port of its node: remove hostPort') +
//! (variables.spec.?hostNetwork.orValue(false) ? (variables.spec.?initContainers.orValue([]) + variables.spec.containers) : [])
//!   .filter(c, c.?ports.orValue([]).exists(p,
//!     p.?hostPort.orValue(0) == 0 && p.?containerPort.orValue(0) != 0))
//!   .map(c, 'container "' + c.name + '" takes a port of its node: remove hostNetwork')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/host-port",
    title: "Port of the node used",
    severity: Medium,
    frameworks: &[pss("baseline/hostPorts"), cis("5.2.12"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_26",
        "kubescape:C-0044",
        "trivy:KSV-0024",
        "polaris:hostPortSet",
        "kics:Workload-Host-Port-Not-Specified",
    ],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["hostPort", "hostNetwork"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    // Ephemeral containers have no ports that could be defaulted.
    let is_defaulted =
        container.pod().get("hostNetwork").is_true() && container.kind() != ContainerKind::Ephemeral;
    for port in container.get("ports").items() {
        let host_port = port.get("hostPort");
        let container_port = port.get("containerPort");
        match host_port.as_i64() {
            Some(number) if number != 0 => {
                let message =
                    format!("{} takes port {number} of its node: remove hostPort", container.title());
                let draft = found.at(&host_port, message);
                if !is_defaulted {
                    draft.unsafe_fix(remove(&host_port));
                }
            }
            _ if is_defaulted => {
                if let Some(number) = container_port.as_i64().filter(|number| *number != 0) {
                    let message = format!(
                        "{} takes port {number} of its node, as hostNetwork is set: remove hostNetwork",
                        container.title()
                    );
                    found.at(&container_port, message);
                }
            }
            _ => {}
        }
    }
}
