//! Every outside name is looked up in four domains first.
//!
//! ## What it checks
//! `dnsConfig.options` of every pod with the cluster's DNS: an option `ndots` of 2 or less, the last where there are
//! several. A pod on the host's network has the node's DNS unless its `dnsPolicy` is `ClusterFirstWithHostNet`. Knative
//! Services may not have the field, and SidecarSets of OpenKruise have none. In the profile `all` alone.
//!
//! ## Why it matters
//! The default of 5 sends `api.example.com` to every search domain of the cluster first: more load on DNS, slower
//! calls, and names of the outside asked inside, where another namespace could answer.
//!
//! ## How to fix
//! Set `ndots: "2"`.
//!
//! ## How others differ
//! kube-linter takes the value 2 alone, so that 1 fails there.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: # <- here
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//!   dnsConfig:
//!     options:
//!     - name: ndots
//!       value: "2"
//! ```
//! ```yaml good
//! dnsConfig:
//!   options:
//!   - {name: ndots, value: "2"}
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # The node's DNS has no search domains of the cluster.
//! dnsPolicy: Default
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! hostNetwork: true
//! dnsPolicy: ClusterFirst
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml bad
//! hostNetwork: true
//! dnsPolicy: ClusterFirstWithHostNet
//! dnsConfig:
//!   options:
//!   - {name: ndots, value: "2"}
//!   - {name: ndots, value: "5"} # <- here
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # A Knative Service may not have the field, and a SidecarSet has none.
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: agent}
//! spec: {containers: [{name: agent, image: registry.example.com/agent:1.4}]}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/ndots",
    title: "DNS search for every name",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:dnsconfig-options"],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let asks_cluster = match pod.get("dnsPolicy").text() {
        // The kubelet takes it for Default on the host's network.
        "" | "ClusterFirst" => !pod.get("hostNetwork").is_true(),
        "ClusterFirstWithHostNet" => true,
        _ => false,
    };
    if !asks_cluster || pod.is_partial() {
        return;
    }
    let options = pod.get("dnsConfig.options");
    let ndots = options.items().filter(|option| option.get("name").is("ndots")).last();
    match ndots {
        Some(option) => {
            let value = option.get("value");
            if !value.text().parse::<u32>().is_ok_and(|dots| dots <= 2) {
                found
                    .at(&value, "outside names are searched in the cluster first: set ndots to \"2\"")
                    .unsafe_fix(set(&value, "2"));
            }
        }
        None => {
            let option = [("name", "ndots".into()), ("value", "2".into())];
            found
                .at(
                    &options,
                    "outside names are searched in the cluster first: set the DNS option ndots to \"2\"",
                )
                .unsafe_fix(append(&options, option));
        }
    }
}
