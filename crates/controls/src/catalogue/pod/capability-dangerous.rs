//! A container adds a capability that breaks through its walls.
//!
//! ## What it checks
//! `securityContext.capabilities.add` of every container, in any case, with or without `CAP_`: `ALL`, `BPF`,
//! `DAC_READ_SEARCH`, `MAC_ADMIN`, `MAC_OVERRIDE`, `NET_ADMIN`, `NET_RAW`, `PERFMON`, `SETPCAP`, `SYS_ADMIN`,
//! `SYS_BOOT`, `SYS_MODULE`, `SYS_PTRACE` and `SYS_RAWIO`.
//!
//! ## Why it matters
//! Each of these reaches out of the container: into the kernel's memory and modules, the files of the node
//! (`DAC_READ_SEARCH` opens any of them by handle), other processes, the node's network or the rules that
//! confine containers.
//!
//! ## How to fix
//! Remove it. Node agents that need one belong in a namespace of their own, with that one alone and a waiver.
//!
//! ## How others differ
//! Polaris knows `ALL`, `SYS_ADMIN` and `NET_ADMIN`. Kubescape doesn't know `DAC_READ_SEARCH`. Neither sees
//! `CAP_SYS_ADMIN`, which some runtimes take for `SYS_ADMIN`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - NET_ADMIN # <- here
//!       - cap_sys_ptrace # <- here
//!       - CHOWN
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     capabilities: {add: [all]} # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - CHOWN
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     capabilities: {add: []}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [SYS_ADMIN]
//!       add: [SYS_NICE, IPC_LOCK]
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).exists(name,
//!     name.upperAscii().matches('^(CAP_)?(ALL|BPF|DAC_READ_SEARCH|MAC_ADMIN|MAC_OVERRIDE|NET_ADMIN|NET_RAW|PERFMON|SETPCAP|SYS_ADMIN|SYS_BOOT|SYS_MODULE|SYS_PTRACE|SYS_RAWIO)$')))
//!   .map(c, 'container "' + c.name + '" adds a capability that reaches out of it: remove it')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capability-dangerous",
    title: "Dangerous capability added",
    severity: High,
    frameworks: &[cis("5.2.9"), mitre("T1611"), owasp("K01")],
    aliases: &["kubescape:C-0046", "polaris:dangerousCapabilities"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["add"]), check),
};

const DANGEROUS: &[&str] = &[
    "ALL",
    "BPF",
    "DAC_READ_SEARCH",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "NET_ADMIN",
    "NET_RAW",
    "PERFMON",
    "SETPCAP",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_PTRACE",
    "SYS_RAWIO",
];

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for (item, capability) in capabilities::added(container) {
        if DANGEROUS.contains(&capabilities::normal(capability).as_str()) {
            let message =
                format!("{} adds {capability}, which reaches out of it: remove it", container.title());
            found.at(&item, message).unsafe_fix(remove(&item));
        }
    }
}
