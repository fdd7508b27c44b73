//! Network policies hold for one direction of the pod's traffic; its ingress is open.
//!
//! ## What it checks
//! Pods and pod templates that some policy isolates for egress while none isolates them for ingress. A
//! NetworkPolicy without `policyTypes` isolates ingress always, egress only where it has egress rules.
//! Other kinds of policy count wherever they may select the pod and close the direction.
//!
//! ## Why it matters
//! Everything in the cluster, and what reaches the node network, may connect to every port of the pod.
//!
//! ## How to fix
//! Add `Ingress` to `policyTypes` of a policy that selects the pod, with rules for the connections that it
//! needs.
//!
//! ## How others differ
//! Kubescape's C-0030 is content with either direction and doesn't know the defaults of
//! `policyTypes`. A pod without any policy is found by `network/pod-without-policy`.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress, Egress]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # Without policyTypes, rules for egress make the policy one for both directions.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector:
//!     matchExpressions:
//!     - key: app
//!       operator: Exists
//!   egress:
//!   - ports:
//!     - port: 443
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;
use crate::support::accounts::WORKLOADS;
use crate::support::isolation::Isolation;
use crate::support::network_policy::Direction;

pub const CONTROL: Control = Control {
    id: "network/ingress-not-isolated",
    title: "Pod without a network policy for ingress",
    severity: Medium,
    frameworks: &[
        cis("5.3.2"),
        aks("4.4.2"),
        eks("4.3.2"),
        nsa("network/policies"),
        mitre("T1046"),
        microsoft("MS-TA9031"),
        microsoft("MS-TA9034"),
        owasp("K05"),
    ],
    aliases: &[
        "kubescape:C-0030",
        "polaris:missingNetworkPolicy",
        "kube-score:pod-networkpolicy",
        "popeye:POP-1204",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(WORKLOADS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for pod in isolation.pods() {
        if isolation.isolates(pod, Direction::Egress) && !isolation.isolates(pod, Direction::Ingress) {
            found.at(
                &pod.spec(),
                "no network policy isolates the pod for ingress: add one with the policy type Ingress",
            );
        }
    }
}
