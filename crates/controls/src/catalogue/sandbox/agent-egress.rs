//! A sandbox for agents that may connect to anything.
//!
//! ## What it checks
//! `spec.networkPolicyManagement` and `spec.networkPolicy.egress` of every SandboxTemplate: the policy must be managed, and
//! every egress rule name its peers; a rule without `to`, an empty selector or a block of all addresses counts.
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
//! # Managed without rules: nothing but what the controller allows.
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec: {networkPolicyManagement: Managed}
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
    for rule in template.get("spec.networkPolicy.egress").items() {
        let peers = rule.get("to");
        if peers.is_empty() {
            found.at(&peers, "the sandbox may connect to anything: name its peers");
        }
        for peer in peers.items() {
            let block = peer.get("ipBlock.cidr");
            let everyone =
                |selector: &Field<'_>| selector.exists() && LabelSelector::new(*selector).is_empty();
            let wide = block.text().ends_with("/0")
                || (everyone(&peer.get("namespaceSelector"))
                    && (!peer.get("podSelector").exists() || everyone(&peer.get("podSelector"))));
            if wide {
                let field = if block.exists() { peer.get("ipBlock") } else { peer };
                found.at(&field, "the sandbox may connect to anything: name its peers");
            }
        }
    }
}
