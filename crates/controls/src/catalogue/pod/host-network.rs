//! A pod on the node's network is outside of every network policy.
//!
//! ## What it checks
//! `hostNetwork` of every pod.
//!
//! ## Why it matters
//! The pod has the node's addresses: network policies don't hold it, it reaches what listens on the node's
//! loopback (the kubelet's and the control plane's local ports), reads the node's traffic where it may open
//! raw sockets, and the cloud's metadata service takes it for the node.
//!
//! ## How to fix
//! Remove `hostNetwork` and reach the pod through a Service. Network agents that need it belong in a
//! namespace of their own. On Windows, take `hostProcess` away first: the API server refuses it without the node's
//! network.
//!
//! ```yaml bad
//! hostNetwork: true # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml bad
//! # The API server refuses hostProcess without hostNetwork.
//! os: {name: windows}
//! hostNetwork: true # <- here
//! securityContext:
//!   windowsOptions: {hostProcess: true}
//! containers:
//! - name: agent
//!   image: registry.example.com/agent:1.4
//! ```
//! ```yaml fixed
//! # The API server refuses hostProcess without hostNetwork.
//! os: {name: windows}
//! hostNetwork: true
//! securityContext:
//!   windowsOptions: {hostProcess: true}
//! containers:
//! - name: agent
//!   image: registry.example.com/agent:1.4
//! ```
//! ```yaml good
//! hostNetwork: no
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Names of hosts, and a policy for DNS that speaks of the host's network.
//! dnsPolicy: ClusterFirstWithHostNet
//! hostAliases:
//! - ip: 192.0.2.10
//!   hostnames: [db.example.com]
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.spec.?hostNetwork.orValue(false) ?
//!   ["the pod is on the node's network: remove hostNetwork"] : []
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/host-network",
    title: "Node's network shared",
    severity: High,
    frameworks: &[
        pss("baseline/hostNamespaces"),
        cis("5.2.5"),
        aks("4.2.4"),
        eks("4.2.4"),
        nsa("pod-security/host-namespaces"),
        mitre("T1611"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_19",
        "kubescape:C-0041",
        "trivy:KSV-0009",
        "kube-linter:host-network",
        "polaris:hostNetworkSet",
        "kubesec:HostNetwork",
        "kics:Shared-Host-Network-Namespace",
    ],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["hostNetwork"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let host_network = pod.get("hostNetwork");
    if !host_network.is_true() {
        return;
    }
    let draft = found.at(&host_network, "the pod is on the node's network: remove hostNetwork");
    // The API server refuses `hostProcess` without the node's network.
    let needs_it =
        security_context::written(pod, "windowsOptions.hostProcess").any(|(_, field)| field.is_true());
    if !needs_it {
        draft.unsafe_fix(remove(&host_network));
    }
}
