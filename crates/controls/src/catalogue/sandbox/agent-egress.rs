//! A sandbox for agents that may connect to anything.
//!
//! ## What it checks
//! `spec.networkPolicyManagement` and `spec.networkPolicy` of every SandboxTemplate: the policy must be managed and
//! written, and every egress rule name its peers; a rule without `to`, a peer that says nothing, an empty selector, a
//! block of all addresses and one without a `cidr` counts. Without `networkPolicy` the controller writes one that opens
//! the whole internet; one without egress rules opens nothing. A policy that is no mapping, or rules that are no list,
//! are none that anything keeps to.
//!
//! ## Why it matters
//! An agent that was talked into it reads the metadata service, scans the cluster, and sends out what it found.
//!
//! ## How to fix
//! List the few peers that the agent needs.
//!
//! ```yaml bad
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec:
//!   networkPolicyManagement: Unmanaged # <- here
//! ---
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: shell}
//! spec:
//!   networkPolicy:
//!     egress:
//!     - to:
//!       - ipBlock: {cidr: 0.0.0.0/0} # <- here
//! ---
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: default}
//! spec: # <- here
//!   networkPolicyManagement: Managed
//! ---
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: neighbours}
//! spec:
//!   networkPolicy:
//!     egress:
//!     - to:
//!       - podSelector: {} # <- here
//!     - to:
//!       - {} # <- here
//!     - to:
//!       - ipBlock: {except: [10.0.0.0/8]} # <- here
//! ---
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: list}
//! spec:
//!   networkPolicy: [] # <- here
//! ---
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: mapping}
//! spec:
//!   networkPolicy:
//!     egress: # <- here
//!       to: [{podSelector: {matchLabels: {app: proxy}}}]
//! ```
//! ```yaml good
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec:
//!   networkPolicy:
//!     egress:
//!     - to:
//!       - podSelector: {matchLabels: {app: proxy}}
//! ```
//! ```yaml near-miss
//! # A policy without rules opens nothing, and a selector of pods in namespaces that are named is a peer.
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec: {networkPolicyManagement: Managed, networkPolicy: {egress: []}}
//! ---
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: shell}
//! spec:
//!   networkPolicy:
//!     egress:
//!     - to:
//!       - namespaceSelector: {matchLabels: {team: tools}}
//!         podSelector: {}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "sandbox/agent-egress",
    title: "Agent sandbox that reaches everything",
    severity: Medium,
    frameworks: &[nsa("network/policies"), owasp("K05")],
    aliases: &["kubescape:C-0301"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("extensions.agents.x-k8s.io", "SandboxTemplate")], check),
};

fn check<'d>(template: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let management = template.get("spec.networkPolicyManagement");
    if !matches!(management.text(), "" | "Managed") {
        found.at(
            &management,
            "no network policy is kept for the sandbox: set networkPolicyManagement to Managed",
        );
        return;
    }
    let policy = template.get("spec.networkPolicy");
    if !policy.exists() {
        found.at(
            &policy,
            "the controller's own policy lets the sandbox connect to the whole internet: write networkPolicy.egress",
        );
    }
    let egress = policy.get("egress");
    for (field, is_one, shape) in
        [(policy, policy.is_mapping(), "a mapping"), (egress, egress.is_sequence(), "a list")]
    {
        if field.exists() && !is_one && !field.is_replaced() {
            found.at(&field, format!("the sandbox has no such policy: write {shape}"));
        }
    }
    for rule in egress.items() {
        let peers = rule.get("to");
        if peers.is_empty() {
            found.at(&peers, "the sandbox may connect to anything: name its peers");
        }
        for peer in peers.items() {
            if let Some(reach) = reach(&peer) {
                let block = peer.get("ipBlock");
                let field = if block.exists() { block } else { peer };
                found.at(&field, format!("the sandbox may connect to {reach}: name its peers"));
            }
        }
    }
}

/// What a peer that names none opens.
fn reach(peer: &Field<'_>) -> Option<&'static str> {
    let (block, namespaces, pods) =
        (peer.get("ipBlock"), peer.get("namespaceSelector"), peer.get("podSelector"));
    let is_everyone = |selector: &Field<'_>| LabelSelector::new(*selector).is_empty();
    if block.exists() {
        let cidr = block.get("cidr");
        (!cidr.exists() || cidr.is("") || cidr.text().ends_with("/0")).then_some("anything")
    } else if namespaces.exists() {
        (is_everyone(&namespaces) && is_everyone(&pods)).then_some("anything")
    } else if pods.exists() {
        is_everyone(&pods).then_some("every pod of its namespace")
    } else {
        Some("anything")
    }
}
