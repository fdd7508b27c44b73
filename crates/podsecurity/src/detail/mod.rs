//! Why a check fails, in the words of the API server.

mod capabilities;
mod host;
mod privileges;
mod profiles;
mod setters;

use std::collections::BTreeSet;

use crate::fact::Fact;
use crate::notes::{Note, Notes};
use crate::{CheckId, Facts, Version, Violation};

/// A detail, and what it is made from.
struct Words<'d> {
    /// Where it isn't the check's only one.
    reason: Option<&'static str>,
    detail: String,
    notes: Vec<Note<'d>>,
}

impl<'d> Words<'d> {
    fn new(detail: String, notes: Vec<Note<'d>>) -> Self {
        Words { reason: None, detail, notes }
    }
}

/// Puts the failure of a check into words.
pub(crate) fn violation<'d>(
    check: CheckId,
    notes: &Notes<'d>,
    facts: Facts,
    version: Version,
) -> Violation<'d> {
    let minor = crate::check::minor(version);
    let words = match check {
        CheckId::AppArmorProfile => profiles::app_armor(notes),
        CheckId::CapabilitiesBaseline => capabilities::baseline(notes),
        CheckId::HostNamespaces => host::namespaces(notes),
        CheckId::HostPathVolumes => host::path_volumes(notes),
        CheckId::HostPorts => host::ports(notes, facts.gets_host_ports()),
        CheckId::HostProbesAndHostLifecycle => host::handlers(notes),
        CheckId::Privileged => privileges::privileged(notes),
        CheckId::ProcMount | CheckId::ProcMountRestricted => privileges::proc_mount(notes),
        CheckId::SeLinuxOptions => profiles::se_linux(notes, minor),
        CheckId::SeccompProfileBaseline if minor < 19 => profiles::seccomp_annotations(notes),
        CheckId::SeccompProfileBaseline => profiles::seccomp(notes),
        CheckId::Sysctls => host::sysctls(notes, minor),
        CheckId::WindowsHostProcess => host::process(notes),
        CheckId::AllowPrivilegeEscalation => privileges::escalation(notes),
        CheckId::CapabilitiesRestricted => capabilities::restricted(notes),
        CheckId::RestrictedVolumes => host::restricted_volumes(notes),
        CheckId::RunAsNonRoot => privileges::non_root(notes),
        CheckId::RunAsUser => privileges::user(notes),
        CheckId::SeccompProfileRestricted => profiles::seccomp_restricted(notes),
    };
    let blame = words.notes.iter().map(|note| note.at).collect();
    Violation { id: check, reason: words.reason.unwrap_or(check.reason()), detail: words.detail, blame }
}

/// The reason of AppArmor's check, which depends on the pod.
pub(crate) fn app_armor_reason(notes: &Notes<'_>) -> &'static str {
    profiles::app_armor(notes).reason.unwrap_or(CheckId::AppArmorProfile.reason())
}

/// The texts of the fields to blame, sorted, each once; an absent one is empty.
fn values<'d>(notes: &[Note<'d>]) -> BTreeSet<&'d str> {
    notes.iter().map(|note| note.at.text()).collect()
}

fn of<'d>(notes: &[Note<'d>], fact: Fact) -> Vec<Note<'d>> {
    notes.iter().copied().filter(|note| note.fact == fact).collect()
}
