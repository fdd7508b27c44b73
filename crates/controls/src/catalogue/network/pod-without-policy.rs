//! A pod that no network policy selects talks to everything, and everything talks to it.
//!
//! ## What it checks
//! Every pod and pod template: whether a policy isolates it for ingress or for egress. NetworkPolicies of its namespace
//! are read as the API server reads them, defaults of `policyTypes` and expressions of selectors included; labels that
//! the pod's controller gives it (`batch.kubernetes.io/job-name`, `serving.knative.dev/service`) count as if they were
//! written. Cilium, Calico and Antrea policies, security groups, egress firewalls and policies of the network policy
//! API count wherever they may select the pod and close a direction: a rule that denies some address or some port
//! closes none, nor does one of Cilium or Calico that lets everybody through. Policies for further interfaces
//! (MultiNetworkPolicy) don't count. A pod on the host's network counts like any other, though no policy is defined to
//! hold for it: that is `pod/host-network`.
//!
//! ## Why it matters
//! Who gets into one pod scans and reaches every other one: databases, queues, the metadata service of
//! the cloud.
//!
//! ## How to fix
//! Give the namespace a policy that selects every pod (`podSelector: {}`) with both policy types and no
//! rules, then one policy a workload with the connections that it needs.
//!
//! ## How others differ
//! Polaris compares `matchLabels` alone and wants written rules, so a default deny fails there. kube-linter and
//! kube-score know no policies but NetworkPolicy. A pod that is isolated in one direction is found by
//! `network/ingress-not-isolated` and `network/egress-not-isolated`. KICS looks at objects of kind Pod alone, and
//! finds them only beside a policy whose `policyTypes` names no direction.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//!   namespace: bank
//! spec:
//!   podSelector: {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: default-deny
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress, Egress]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # The Job gives its pods the label.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: migrate
//!   namespace: shop
//! spec:
//!   podSelector:
//!     matchLabels:
//!       batch.kubernetes.io/job-name: migrate
//!   policyTypes: [Ingress, Egress]
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: migrate
//!   namespace: shop
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: migrate
//!         image: registry.example.com/migrate:1.4
//! ```
//! ```yaml bad
//! # No Job's pod has that name, and no Deployment's has any.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: migrate
//!   namespace: shop
//! spec:
//!   podSelector:
//!     matchLabels:
//!       batch.kubernetes.io/job-name: migrate
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: migrate
//!   namespace: shop
//! spec:
//!   template:
//!     spec: # <- here
//!       containers:
//!       - name: migrate
//!         image: registry.example.com/migrate:1.4
//! ```
//! ```yaml bad
//! # The policy is for another namespace.
//! apiVersion: projectcalico.org/v3
//! kind: GlobalNetworkPolicy
//! metadata:
//!   name: bank
//! spec:
//!   namespaceSelector: kubernetes.io/metadata.name == "bank"
//!   selector: all()
//!   types: [Ingress, Egress]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml bad
//! # Everything is let through by both.
//! apiVersion: projectcalico.org/v3
//! kind: GlobalNetworkPolicy
//! metadata:
//!   name: open
//! spec:
//!   selector: all()
//!   types: [Ingress, Egress]
//!   ingress: [{action: Allow}]
//!   egress: [{action: Allow}]
//! ---
//! apiVersion: cilium.io/v2
//! kind: CiliumClusterwideNetworkPolicy
//! metadata:
//!   name: open
//! spec:
//!   endpointSelector: {}
//!   ingress: [{fromEntities: [all]}]
//!   egress: [{toEntities: [all]}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml bad
//! # One address is kept away, and another namespace closed.
//! apiVersion: crd.antrea.io/v1beta1
//! kind: ClusterNetworkPolicy
//! metadata:
//!   name: one-address
//! spec:
//!   priority: 5
//!   appliedTo: [{namespaceSelector: {}}]
//!   ingress:
//!   - action: Drop
//!     from:
//!     - ipBlock: {cidr: 203.0.113.7/32}
//! ---
//! apiVersion: networking.k8s.aws/v1alpha1
//! kind: ClusterNetworkPolicy
//! metadata:
//!   name: bank
//! spec:
//!   tier: Admin
//!   priority: 5
//!   subject:
//!     namespaces: {matchLabels: {kubernetes.io/metadata.name: bank}}
//!   ingress:
//!   - action: Deny
//!     from:
//!     - namespaces: {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # A Cilium policy selects the one pod; the other object only adds containers to it.
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   endpointSelector:
//!     matchLabels:
//!       k8s:app: web
//!   ingress:
//!   - {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels:
//!     app: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata:
//!   name: logs
//! spec:
//!   containers:
//!   - name: logs
//!     image: registry.example.com/logs:1.4
//! ---
//! # A list is no pod.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: none}
//! spec: [{containers: []}]
//! ```

use crate::prelude::*;
use crate::support::accounts::WORKLOADS;
use crate::support::isolation::Isolation;
use crate::support::network_policy::Direction;

pub const CONTROL: Control = Control {
    id: "network/pod-without-policy",
    title: "Pod without a network policy",
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
        "checkov:CKV2_K8S_6",
        "kubescape:C-0030",
        "kubescape:C-0260",
        "kube-linter:non-isolated-pod",
        "polaris:missingNetworkPolicy",
        "kube-score:pod-networkpolicy",
        "popeye:POP-1204",
        "popeye:POP-1205",
        "kics:Pod-Misconfigured-Network-Policy",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(WORKLOADS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for pod in isolation.pods() {
        let isolated = [Direction::Ingress, Direction::Egress]
            .into_iter()
            .any(|direction| isolation.isolates(pod, direction));
        if !isolated {
            let message = if pod.get("hostNetwork").is_true() {
                "the pod is on its node's network, where no network policy holds: remove hostNetwork"
                    .to_owned()
            } else {
                format!(
                    "no network policy of the namespace {} selects the pod: add one for ingress and egress",
                    inventory.namespace_of(&pod.object())
                )
            };
            found.at(&pod.spec(), message);
        }
    }
}
