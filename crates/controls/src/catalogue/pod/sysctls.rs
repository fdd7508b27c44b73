//! A pod changes a kernel setting that may reach beyond it.
//!
//! ## What it checks
//! The name of every entry of `securityContext.sysctls`. These are safe, by the Pod Security Standards 1.37 (an older
//! `kubernetes-version` has fewer of them): `kernel.shm_rmid_forced`, and below `net.ipv4.` `ip_local_port_range`,
//! `ip_local_reserved_ports`, `ip_unprivileged_port_start`, `ping_group_range`, `tcp_fin_timeout`,
//! `tcp_keepalive_intvl`, `tcp_keepalive_probes`, `tcp_keepalive_time`, `tcp_notsent_lowat`, `tcp_rmem`,
//! `tcp_slow_start_after_idle`, `tcp_syncookies` and `tcp_wmem`. Names count exactly as written: with slashes they
//! aren't on the list.
//!
//! ## Why it matters
//! Other settings aren't kept to the pod, or let it take memory that no limit counts. The kubelet refuses
//! them unless its node was told to allow them: then they work.
//!
//! ## How to fix
//! Remove the setting, or set it for the whole node when that is set up.
//!
//! ## How others differ
//! kube-linter flags every `net.` setting, safe ones too. Trivy stops at the list of 1.32.
//!
//! ```yaml bad
//! securityContext:
//!   sysctls:
//!   - name: net.core.somaxconn # <- here
//!     value: "1024"
//!   - name: net.ipv4.tcp_syncookies
//!     value: "1"
//!   - value: "65536"
//!     name: kernel.msgmax # <- here
//!   - name: net/ipv4/tcp_rmem # <- here
//!     value: 4096 87380 6291456
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! securityContext:
//!   sysctls:
//!   - name: net.ipv4.tcp_syncookies
//!     value: "1"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.28"}
//! # Safe since 1.29.
//! securityContext:
//!   sysctls:
//!   - name: net.ipv4.tcp_keepalive_time # <- here
//!     value: "600"
//!   - name: net.ipv4.ip_local_reserved_ports
//!     value: "8080"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good parameters={"kubernetes-version":"1.29"}
//! securityContext:
//!   sysctls:
//!   - name: net.ipv4.tcp_keepalive_time
//!     value: "600"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! securityContext:
//!   sysctls:
//!   - name: net.ipv4.ip_unprivileged_port_start
//!     value: "0"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # New in 1.37, and a container has no sysctls.
//! securityContext:
//!   sysctls:
//!   - {name: net.ipv4.tcp_notsent_lowat, value: "16384"}
//!   - {name: net.ipv4.tcp_slow_start_after_idle, value: "0"}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     sysctls: [{name: kernel.msgmax, value: "65536"}]
//! ```
//!
//! ```cel
//! variables.spec.?securityContext.?sysctls.orValue([])
//!   .filter(s, !(s.name in (
//!     ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
//!      "net.ipv4.ping_group_range", "net.ipv4.tcp_syncookies"] +
//!     (variables.kubernetesMinor >= 27 ? ["net.ipv4.ip_local_reserved_ports"] : []) +
//!     (variables.kubernetesMinor >= 29 ? ["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
//!       "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time"] : []) +
//!     (variables.kubernetesMinor >= 32 ? ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"] : []) +
//!     (variables.kubernetesMinor >= 37 ? ["net.ipv4.tcp_notsent_lowat",
//!       "net.ipv4.tcp_slow_start_after_idle"] : []))))
//!   .map(s, 'the pod sets the sysctl "' + s.name + '": remove it')
//! ```

use plimsoll_podsecurity::allowed;

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/sysctls",
    title: "Unsafe sysctl",
    severity: Medium,
    frameworks: &[pss("baseline/sysctls"), owasp("K01")],
    aliases: &["trivy:KSV-0026", "kube-linter:unsafe-sysctls", "kics:Cluster-Allows-Unsafe-Sysctls"],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["sysctls"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let minor = u64::from(found.parameters().kubernetes_minor());
    for sysctl in pod.security("sysctls").items() {
        let name = sysctl.get("name");
        let is_safe = allowed::sysctl(name.text()).is_some_and(|since| since <= minor);
        if !is_safe {
            let message = format!("the pod sets the sysctl {:?}: remove it", name.text());
            found.at(&name, message).unsafe_fix(remove(&sysctl));
        }
    }
}
