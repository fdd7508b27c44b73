//! A container asks to write raw packets.
//!
//! ## What it checks
//! `NET_RAW` among `securityContext.capabilities.add` of every container, in any case, with or without
//! `CAP_`; `ALL` holds it too.
//!
//! ## Why it matters
//! Forged ARP answers and DNS replies take over the traffic of other pods on the node's network.
//!
//! ## How to fix
//! Remove it. `ping` works without it where `net.ipv4.ping_group_range` lets its group.
//!
//! ## How others differ
//! Checkov passes a container that drops `ALL` and adds `NET_RAW` again, though it then has it.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add:
//!       - NET_BIND_SERVICE
//!       - CAP_NET_RAW # <- here
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     capabilities: {add: [net_raw]} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [NET_RAW]}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {add: [NET_ADMIN]}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).exists(name,
//!     name.upperAscii().matches('^(CAP_)?(ALL|NET_RAW)$')))
//!   .map(c, 'container "' + c.name + '" adds NET_RAW, raw packets: remove it')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capability-net-raw",
    title: "NET_RAW added",
    severity: Medium,
    frameworks: &[pss("baseline/capabilities_baseline"), cis("5.2.8"), microsoft("MS-TA9036"), owasp("K01")],
    aliases: &["trivy:KSV-0119", "checkov:CKV_K8S_28", "kube-linter:drop-net-raw-capability"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["add"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for (item, capability) in capabilities::added(container) {
        if matches!(capabilities::normal(capability).as_str(), "NET_RAW" | "ALL") {
            let message = format!("{} adds {capability}, raw packets: remove it", container.title());
            found.at(&item, message);
        }
    }
}
