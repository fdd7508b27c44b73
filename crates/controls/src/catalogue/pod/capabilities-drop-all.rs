//! A container keeps capabilities that it doesn't need.
//!
//! ## What it checks
//! `ALL` among `securityContext.capabilities.drop` of every container, in any case, since container runtimes
//! ignore case here. `CAP_ALL` is not `ALL` to them. Pods for Windows have no capabilities.
//!
//! ## Why it matters
//! A runtime gives root in every container about a dozen capabilities: to change the owner of any file, to
//! make device nodes, to send raw packets. Hardly any program needs more than one of them.
//!
//! ## How to fix
//! Drop `ALL`, then add back what the program is seen to need, most often nothing or `NET_BIND_SERVICE`.
//!
//! ## How others differ
//! Polaris also takes a list of the fifteen default capabilities, which are not the same in every runtime.
//! Checkov takes any entry that contains the letters ALL. What is added back is the matter of
//! `pod/capability-added`; both together are `pod/capabilities-restricted`.
//!
//! ```yaml bad
//! initContainers:
//! - name: setup # <- here
//!   image: registry.example.com/setup:1.4
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: # <- here
//!       add: [NET_BIND_SERVICE]
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop: # <- here
//!       - NET_RAW
//! - name: prefixed
//!   image: registry.example.com/prefixed:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [CAP_ALL] # <- here
//! ```
//! ```yaml fixed
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     capabilities:
//!       drop:
//!       - ALL
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add: [NET_BIND_SERVICE]
//!       drop:
//!       - ALL
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop:
//!       - NET_RAW
//!       - ALL
//! - name: prefixed
//!   image: registry.example.com/prefixed:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [CAP_ALL, ALL]
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [all]}
//! ```
//! ```yaml near-miss
//! os: {name: windows}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, !variables.isWindows &&
//!     !c.?securityContext.?capabilities.?drop.orValue([]).exists(name, name.upperAscii() == 'ALL'))
//!   .map(c, 'container "' + c.name + '" keeps its default capabilities: add ALL to capabilities.drop')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capabilities-drop-all",
    title: "Capabilities not dropped",
    severity: Low,
    frameworks: &[pss("restricted/capabilities_restricted"), cis("5.2.9"), owasp("K01")],
    aliases: &["checkov:CKV_K8S_37", "trivy:KSV-0003", "polaris:insecureCapabilities", "kubesec:CapDropAll"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let drop = container.security("capabilities.drop");
    if !capabilities::drops(container, "ALL") && !container.pod().is_windows() {
        let message =
            format!("{} keeps its default capabilities: add ALL to capabilities.drop", container.title());
        found.at(&drop, message).unsafe_fix(append(&drop, "ALL"));
    }
}
