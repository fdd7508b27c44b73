//! Every outside name is looked up in four domains first.
//!
//! ## What it checks
//! `dnsConfig.options` of every pod with the cluster's DNS: an option `ndots` of 2 or less. In the profile `all`
//! alone.
//!
//! ## Why it matters
//! The default of 5 sends `api.example.com` to every search domain of the cluster first: more load on DNS, slower
//! calls, and names of the outside asked inside, where another namespace could answer.
//!
//! ## How to fix
//! Set `ndots: "2"`.
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
    if !matches!(pod.get("dnsPolicy").text(), "" | "ClusterFirst" | "ClusterFirstWithHostNet") {
        return;
    }
    let options = pod.get("dnsConfig.options");
    let ndots = options.items().find(|option| option.get("name").is("ndots"));
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
