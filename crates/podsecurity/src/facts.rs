//! The facts of a pod in one number, and the checks that they fail.

use plimsoll_doc::Value;

use crate::check::minor;
use crate::fact::Fact;
use crate::walk::{Sink, Wanted, Whose, walk};
use crate::{CheckId, Checks, Level, LevelVersion, PodFields, Stage, Version};

/// All that the checks of every level and version say of one pod, found in one pass. Cheap to make and to
/// keep: it borrows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts(u64);

impl Facts {
    /// Looks at a pod.
    pub fn of(pod: PodFields<'_>) -> Facts {
        let mut facts = Facts(0);
        walk(pod, &mut facts);
        if pod.stage == Stage::Template {
            // Templates get no host ports by default.
            facts.0 &= !Fact::PortWithoutHostPort.bit();
        }
        facts
    }

    /// Whether something in the pod has a type that the API server can't decode. Then nothing else here
    /// can be relied on: the server refuses the object before it asks any check.
    pub fn is_unreadable(self) -> bool {
        self.has(Fact::Unreadable)
    }

    /// The checks of a level at a version that the pod fails.
    pub fn denied(self, at: LevelVersion) -> Checks {
        Checks::of(at).and(self.denied_at(minor(at.version)))
    }

    /// Whether a level at a version admits the pod; `None` where that can't be told.
    pub fn is_allowed(self, at: LevelVersion) -> Option<bool> {
        if self.is_unreadable() { None } else { Some(self.denied(at).is_empty()) }
    }

    /// The strictest level that admits the pod; `None` where that can't be told.
    pub fn level(self, version: Version) -> Option<Level> {
        if self.is_unreadable() {
            return None;
        }
        let meets = |level| self.denied(LevelVersion::new(level, version)).is_empty();
        Level::ALL.into_iter().rev().find(|level| meets(*level))
    }

    fn has(self, fact: Fact) -> bool {
        self.0 & fact.bit() != 0
    }

    fn any<const N: usize>(self, facts: [Fact; N]) -> bool {
        facts.into_iter().any(|fact| self.has(fact))
    }

    /// Every check that the pod fails as of a minor version, whatever its level.
    fn denied_at(self, minor: u64) -> Checks {
        let mut denied = Checks::NONE;
        let mut fails = |check, fails| {
            if fails {
                denied = denied.with(check);
            }
        };
        let in_user_namespace = minor >= 35 && self.has(Fact::UserNamespace);
        let on_windows = minor >= 25 && self.has(Fact::Windows);
        fails(CheckId::AppArmorProfile, self.any([Fact::AppArmorField, Fact::AppArmorAnnotation]));
        fails(CheckId::CapabilitiesBaseline, self.has(Fact::AddsBeyondBaseline));
        fails(CheckId::HostNamespaces, self.any([Fact::HostNetwork, Fact::HostPid, Fact::HostIpc]));
        fails(CheckId::HostPathVolumes, self.has(Fact::HostPathVolume));
        fails(CheckId::HostPorts, self.has(Fact::HostPort) || self.gets_host_ports());
        fails(CheckId::HostProbesAndHostLifecycle, self.has(Fact::HandlerHost));
        fails(CheckId::Privileged, self.has(Fact::Privileged));
        fails(CheckId::ProcMount, self.has(Fact::ProcMount) && !in_user_namespace);
        fails(
            CheckId::SeLinuxOptions,
            self.any([Fact::SeLinuxType, Fact::SeLinuxUser, Fact::SeLinuxRole])
                || (minor < 31 && self.has(Fact::SeLinuxEngineType)),
        );
        fails(
            CheckId::SeccompProfileBaseline,
            self.has(if minor < 19 { Fact::SeccompAnnotation } else { Fact::SeccompField }),
        );
        fails(
            CheckId::Sysctls,
            self.has(Fact::Sysctl)
                || (minor < 27 && self.has(Fact::SysctlSince27))
                || (minor < 29 && self.has(Fact::SysctlSince29))
                || (minor < 32 && self.has(Fact::SysctlSince32))
                || (minor < 37 && self.has(Fact::SysctlSince37)),
        );
        fails(CheckId::WindowsHostProcess, self.has(Fact::HostProcess));
        fails(CheckId::AllowPrivilegeEscalation, self.has(Fact::PrivilegeEscalation) && !on_windows);
        fails(
            CheckId::CapabilitiesRestricted,
            self.any([Fact::DropsTooLittle, Fact::AddsBeyondRestricted]) && !on_windows,
        );
        fails(CheckId::ProcMountRestricted, self.has(Fact::ProcMount));
        fails(CheckId::RestrictedVolumes, self.has(Fact::VolumeType));
        fails(
            CheckId::RunAsNonRoot,
            (self.has(Fact::RootAllowed) || (self.has(Fact::RootUnset) && !self.has(Fact::PodNonRoot)))
                && !in_user_namespace,
        );
        fails(CheckId::RunAsUser, self.has(Fact::RootUser) && !in_user_namespace);
        fails(
            CheckId::SeccompProfileRestricted,
            (self.has(Fact::SeccompField) || (self.has(Fact::SeccompUnset) && !self.has(Fact::PodSeccomp)))
                && !on_windows,
        );
        denied
    }

    /// Whether ports of containers become the host's by default.
    pub(crate) fn gets_host_ports(self) -> bool {
        self.has(Fact::HostNetwork) && self.has(Fact::PortWithoutHostPort)
    }
}

impl<'d> Sink<'d> for Facts {
    #[inline]
    fn note(&mut self, fact: Fact, _: Whose<'d>, _: Value<'d>) {
        self.0 |= fact.bit();
    }

    #[inline]
    fn missing(&mut self, fact: Fact, _: Whose<'d>, _: Value<'d>, _: &'static str) {
        self.0 |= fact.bit();
    }

    #[inline]
    fn unreadable(&mut self, _: Value<'d>, _: Wanted) {
        self.0 |= Fact::Unreadable.bit();
    }
}
