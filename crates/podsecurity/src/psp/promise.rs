//! What a policy promises of every pod that it admits, in terms of the Pod Security Standards.

use super::policy::PodSecurityPolicy;
use super::strategy::{SeLinuxRule, User};
use crate::check::minor;
use crate::{CheckId, Checks, LevelVersion, allowed};

/// A check that a pod may fail although the policy admits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub check: CheckId,
    /// What the policy leaves open.
    pub why: &'static str,
}

/// The checks of a level that the policy doesn't promise. None: every pod that it admits meets the level.
///
/// What the API server refuses itself is taken as given, in the releases that have policies: a host process
/// needs the host's network, and the annotation of a seccomp profile becomes the field.
pub fn gaps(policy: &PodSecurityPolicy<'_>, at: LevelVersion) -> Vec<Gap> {
    let minor = minor(at.version);
    let gap = |check| left_open(policy, check, minor).map(|why| Gap { check, why });
    Checks::of(at).iter().filter_map(gap).collect()
}

fn left_open(policy: &PodSecurityPolicy<'_>, check: CheckId, minor: u64) -> Option<&'static str> {
    let open = |is_open: bool, why: &'static str| is_open.then_some(why);
    match check {
        CheckId::AppArmorProfile => {
            let is_good = |profile: &String| allowed::app_armor_annotation(profile);
            match &policy.app_armor.allowed {
                None => Some("it allows every AppArmor profile, `unconfined` too"),
                Some(profiles) => open(!profiles.iter().all(is_good), "it allows an AppArmor profile beyond"),
            }
        }
        CheckId::CapabilitiesBaseline => {
            open(adds_beyond(policy, allowed::capability), "it allows capabilities to be added beyond")
        }
        CheckId::CapabilitiesRestricted => open(
            adds_beyond(policy, |name| name == allowed::RESTRICTED_CAPABILITY),
            "it allows capabilities to be added beyond NET_BIND_SERVICE",
        )
        .or(open(
            !policy.capabilities.required_drop.contains(&"ALL"),
            "it doesn't require ALL to be dropped",
        )),
        CheckId::HostNamespaces => open(
            policy.host_network || policy.host_pid || policy.host_ipc,
            "it allows namespaces of the host",
        ),
        CheckId::HostPathVolumes => open(policy.allows_volume("hostPath"), "it allows hostPath volumes"),
        CheckId::HostPorts => {
            let has_port = policy.host_ports.iter().any(|range| range.max > 0 && range.min <= range.max);
            open(has_port, "it allows ports of the host")
        }
        CheckId::HostProbesAndHostLifecycle => Some("no policy looks at the hosts of probes"),
        CheckId::Privileged => open(policy.privileged, "it allows privileged containers"),
        CheckId::ProcMount | CheckId::ProcMountRestricted => {
            open(policy.proc_mounts.iter().any(|kind| *kind != "Default"), "it allows an unmasked /proc")
        }
        CheckId::SeLinuxOptions => match policy.se_linux() {
            Some(SeLinuxRule::MustRunAs(options)) => {
                let is_type = allowed::se_linux_type(options.kind).is_some_and(|since| since <= minor);
                let is_good = is_type && options.user.is_empty() && options.role.is_empty();
                open(!is_good, "it requires SELinux options beyond")
            }
            _ => Some("it allows every SELinux option"),
        },
        CheckId::SeccompProfileBaseline => open(
            policy.seccomp.allows_any || !policy.seccomp.allowed.iter().all(|profile| is_profile(profile)),
            "it allows the seccomp profile `unconfined`, or any",
        ),
        CheckId::SeccompProfileRestricted => open(
            policy.seccomp.allowed.is_empty()
                || policy.seccomp.allows_any
                || !policy.seccomp.allowed.iter().all(|profile| is_profile(profile)),
            "it doesn't require a seccomp profile, or allows `unconfined`",
        ),
        CheckId::Sysctls => {
            let is_good = |name: &&str| allowed::sysctl(name).is_some_and(|since| since <= minor);
            let rule = &policy.sysctls;
            let forbids_all = rule.forbidden.contains(&"*");
            open(!forbids_all && !rule.allowed_unsafe.iter().all(is_good), "it allows unsafe sysctls")
        }
        // The API server takes a host process only in the host's network.
        CheckId::WindowsHostProcess => open(policy.host_network, "it allows the host's network"),
        CheckId::AllowPrivilegeEscalation => open(policy.allow_escalation, "it allows privilege escalation"),
        CheckId::RestrictedVolumes => {
            let is_good = |kind: &&str| {
                super::volume::field_of(kind)
                    .is_some_and(|field| allowed::volume(field) == Some(allowed::Volume::Allowed))
            };
            open(!policy.volumes.iter().all(is_good), "it allows volumes beyond")
        }
        CheckId::RunAsNonRoot => match policy.user() {
            Some(User::MustRunAsNonRoot) => {
                Some("a runAsUser other than 0 is enough for it, without runAsNonRoot")
            }
            Some(User::MustRunAs(_)) => Some("it sets runAsUser and asks for no runAsNonRoot"),
            _ => Some("it allows root"),
        },
        CheckId::RunAsUser => match policy.user() {
            Some(User::MustRunAs(ranges)) if ranges.iter().any(|range| range.contains(0)) => {
                Some("it allows root")
            }
            Some(User::MustRunAs(_) | User::MustRunAsNonRoot) => {
                Some("it minds no runAsUser 0 of the pod that every container overrides")
            }
            _ => Some("it allows root"),
        },
    }
}

fn adds_beyond(policy: &PodSecurityPolicy<'_>, is_good: impl Fn(&str) -> bool) -> bool {
    let rule = &policy.capabilities;
    rule.allows_all() || rule.allowed.iter().chain(&rule.default_add).any(|name| !is_good(name))
}

/// Whether the standards allow a seccomp profile, by the name that its annotation has.
fn is_profile(name: &str) -> bool {
    // A localhost profile without a file is what no API server takes.
    allowed::seccomp_annotation(name)
}
