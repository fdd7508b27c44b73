//! A container may write raw packets.
//!
//! ## What it checks
//! `NET_RAW` or `ALL` among `securityContext.capabilities.drop` of every container, in any case. `CAP_NET_RAW`
//! drops nothing where containerd runs, which puts `CAP_` before every name. Pods for Windows have no
//! capabilities. Adding `NET_RAW` is the matter of `pod/capability-net-raw`.
//!
//! ## Why it matters
//! containerd gives `NET_RAW` to every container by default. With it a process can forge ARP answers and DNS
//! replies and take over the traffic of other pods on its node's network.
//!
//! ## How to fix
//! Drop `ALL`, or `NET_RAW` where more can't be dropped. Only programs that make their own packets need it;
//! `ping` doesn't where the sysctl `net.ipv4.ping_group_range` lets its group.
//!
//! ## How others differ
//! kube-linter passes containers that have no `capabilities` at all. KICS knows upper case alone, and Checkov
//! takes any entry that contains the letters.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [NET_ADMIN] # <- here
//! - name: prefixed
//!   image: registry.example.com/prefixed:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [CAP_NET_RAW] # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop:
//!       - NET_RAW
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [NET_ADMIN, NET_RAW]
//! - name: prefixed
//!   image: registry.example.com/prefixed:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [CAP_NET_RAW, NET_RAW]
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [ALL]}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities: {drop: [NET_RAW]}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [all]
//!       add: [NET_BIND_SERVICE]
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, !variables.isWindows &&
//!     !c.?securityContext.?capabilities.?drop.orValue([]).exists(name, name.upperAscii() in ['ALL', 'NET_RAW']))
//!   .map(c, 'container "' + c.name + '" may write raw packets: drop NET_RAW, or ALL')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/net-raw-not-dropped",
    title: "NET_RAW not dropped",
    severity: Medium,
    frameworks: &[cis("5.2.8"), microsoft("MS-TA9036"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_28",
        "kube-linter:drop-net-raw-capability",
        "kics:NET_RAW-Not-Being-Dropped",
        "kics:NET_RAW-Capabilities-Not-Being-Dropped",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let drop = container.security("capabilities.drop");
    if !capabilities::drops(container, "NET_RAW") && !container.pod().is_windows() {
        let message = format!("{} may write raw packets: drop NET_RAW, or ALL", container.title());
        found.at(&drop, message).unsafe_fix(append(&drop, "NET_RAW"));
    }
}
