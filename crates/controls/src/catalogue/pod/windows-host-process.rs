//! A Windows container runs on the node itself.
//!
//! ## What it checks
//! `windowsOptions.hostProcess: true`, on the pod or on any container.
//!
//! ## Why it matters
//! A HostProcess container has no walls: it runs as a process of the node, as a service account of Windows
//! or as the system itself, with its files, network and devices. It is what privileged is on Linux.
//!
//! ## How to fix
//! Remove it. Node agents that need it belong in a namespace of their own with a waiver.
//!
//! ## How others differ
//! Polaris and Trivy don't look at ephemeral containers; Trivy reads the pod's setting on bare pods only.
//!
//! ```yaml bad
//! os: {name: windows}
//! hostNetwork: true
//! securityContext:
//!   windowsOptions:
//!     hostProcess: true # <- here
//!     runAsUserName: NT AUTHORITY\SYSTEM
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     windowsOptions: {hostProcess: true} # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! os: {name: windows}
//! hostNetwork: true
//! securityContext:
//!   windowsOptions:
//!     hostProcess: false
//!     runAsUserName: NT AUTHORITY\SYSTEM
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     windowsOptions: {hostProcess: false}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! os: {name: windows}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     windowsOptions:
//!       runAsUserName: ContainerUser
//! ```
//! ```yaml near-miss
//! os: {name: windows}
//! securityContext:
//!   hostProcess: true
//!   windowsOptions:
//!     hostProcess: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! (variables.spec.?securityContext.?windowsOptions.?hostProcess.orValue(false) ? ["the pod runs on the node itself: set hostProcess to false"] : []) +
//! variables.containers
//!   .filter(c, c.?securityContext.?windowsOptions.?hostProcess.orValue(false))
//!   .map(c, 'container "' + c.name + '" runs on the node itself: set hostProcess to false')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/windows-host-process",
    title: "Windows HostProcess container",
    severity: Critical,
    frameworks: &[pss("baseline/windowsHostProcess"), cis("5.2.10"), mitre("T1611"), owasp("K01")],
    aliases: &["trivy:KSV-0103", "polaris:hostProcess"],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["hostProcess"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (place, host_process) in security_context::written(pod, "windowsOptions.hostProcess") {
        if host_process.is_true() {
            found
                .at(&host_process, format!("{place} runs on the node itself: set hostProcess to false"))
                .unsafe_fix(set(&host_process, false));
        }
    }
}
