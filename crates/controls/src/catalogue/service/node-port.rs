//! A NodePort opens the Service on every address of every node.
//!
//! ## What it checks
//! Services of type NodePort.
//!
//! ## Why it matters
//! The port is open on all nodes, past the ingress with its certificates and logs, and wherever a node
//! has a public address, on the internet. NetworkPolicies often don't see who calls, as the address was
//! translated on the way.
//!
//! ## How to fix
//! Use type ClusterIP behind an Ingress or Gateway, or an internal load balancer.
//!
//! ## How others differ
//! Kubescape's C-0256 marks the workload behind the Service, and says nothing where it selects none.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   type: NodePort # <- here
//!   ports:
//!   - port: 80
//! ---
//! # No fix: the type and the policy have to go together.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: local
//! spec:
//!   type: NodePort # <- here
//!   externalTrafficPolicy: Local
//!   ports:
//!   - port: 80
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   type: ClusterIP
//!   ports:
//!   - port: 80
//! ---
//! # No fix: the type and the policy have to go together.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: local
//! spec:
//!   type: NodePort
//!   externalTrafficPolicy: Local
//!   ports:
//!   - port: 80
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - port: 80
//! ```
//! ```yaml near-miss
//! # A load balancer uses node ports by itself; and a word is no type.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   type: LoadBalancer
//!   ports:
//!   - port: 80
//!     nodePort: 30080
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: NodePort
//! spec:
//!   type: nodeport
//! ```
//!
//! ```cel
//! object.spec.?type.orValue("") == "NodePort" ?
//!   ["the Service is open on every node: use ClusterIP behind an Ingress or Gateway"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "service/node-port",
    title: "Service of type NodePort",
    severity: Medium,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005")],
    aliases: &[
        "kubescape:C-0256",
        "kube-linter:exposed-services",
        "kube-score:service-type",
        "popeye:POP-1104",
        "popeye:POP-1108",
        "kics:Service-Type-is-NodePort",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let kind = service.get("spec.type");
    if kind.is("NodePort") {
        let finding =
            found.at(&kind, "the Service is open on every node: use ClusterIP behind an Ingress or Gateway");
        // The API server refuses node ports and a policy for traffic from outside that are left on a
        // ClusterIP Service.
        let has_node_port = service.get("spec.ports").items().any(|port| port.get("nodePort").exists());
        if !has_node_port && !service.get("spec.externalTrafficPolicy").exists() {
            finding.unsafe_fix(set(&kind, "ClusterIP"));
        }
    }
}
