//! The checks: their names, and which of them a level has at a version.

use std::fmt;

use crate::{Level, LevelVersion, Version};

/// The newest version whose standards are known here: later ones, and `latest`, are the same.
pub const NEWEST: u64 = 37;

/// A check of the standards, in the order in which the API server runs and reports them: those of
/// baseline by name, then those of restricted by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CheckId {
    AppArmorProfile,
    CapabilitiesBaseline,
    HostNamespaces,
    HostPathVolumes,
    HostPorts,
    HostProbesAndHostLifecycle,
    Privileged,
    ProcMount,
    SeLinuxOptions,
    SeccompProfileBaseline,
    Sysctls,
    WindowsHostProcess,
    AllowPrivilegeEscalation,
    CapabilitiesRestricted,
    ProcMountRestricted,
    RestrictedVolumes,
    RunAsNonRoot,
    RunAsUser,
    SeccompProfileRestricted,
}

use CheckId::*;

impl CheckId {
    pub const ALL: [CheckId; 19] = [
        AppArmorProfile,
        CapabilitiesBaseline,
        HostNamespaces,
        HostPathVolumes,
        HostPorts,
        HostProbesAndHostLifecycle,
        Privileged,
        ProcMount,
        SeLinuxOptions,
        SeccompProfileBaseline,
        Sysctls,
        WindowsHostProcess,
        AllowPrivilegeEscalation,
        CapabilitiesRestricted,
        ProcMountRestricted,
        RestrictedVolumes,
        RunAsNonRoot,
        RunAsUser,
        SeccompProfileRestricted,
    ];

    /// The name in the API server's own registry of checks.
    pub const fn name(self) -> &'static str {
        match self {
            AppArmorProfile => "appArmorProfile",
            CapabilitiesBaseline => "capabilities_baseline",
            HostNamespaces => "hostNamespaces",
            HostPathVolumes => "hostPathVolumes",
            HostPorts => "hostPorts",
            HostProbesAndHostLifecycle => "hostProbesAndHostLifecycle",
            Privileged => "privileged",
            ProcMount => "procMount",
            SeLinuxOptions => "seLinuxOptions",
            SeccompProfileBaseline => "seccompProfile_baseline",
            Sysctls => "sysctls",
            WindowsHostProcess => "windowsHostProcess",
            AllowPrivilegeEscalation => "allowPrivilegeEscalation",
            CapabilitiesRestricted => "capabilities_restricted",
            ProcMountRestricted => "procMount_restricted",
            RestrictedVolumes => "restrictedVolumes",
            RunAsNonRoot => "runAsNonRoot",
            RunAsUser => "runAsUser",
            SeccompProfileRestricted => "seccompProfile_restricted",
        }
    }

    /// The level that brings the check: baseline or restricted.
    pub const fn level(self) -> Level {
        if (self as u8) < AllowPrivilegeEscalation as u8 { Level::Baseline } else { Level::Restricted }
    }

    /// The first version that has the check.
    pub const fn since(self) -> u64 {
        match self {
            HostProbesAndHostLifecycle => 34,
            AllowPrivilegeEscalation => 8,
            CapabilitiesRestricted => 22,
            ProcMountRestricted => 35,
            RunAsUser => 23,
            SeccompProfileRestricted => 19,
            _ => 0,
        }
    }

    /// Why a pod that fails it is forbidden, in the API server's words. That of AppArmor is in the plural
    /// where there are several profiles.
    pub const fn reason(self) -> &'static str {
        match self {
            AppArmorProfile => "forbidden AppArmor profile",
            CapabilitiesBaseline => "non-default capabilities",
            HostNamespaces => "host namespaces",
            HostPathVolumes => "hostPath volumes",
            HostPorts => "hostPort",
            HostProbesAndHostLifecycle => "probe or lifecycle host",
            Privileged => "privileged",
            ProcMount | ProcMountRestricted => "procMount",
            SeLinuxOptions => "seLinuxOptions",
            SeccompProfileBaseline | SeccompProfileRestricted => "seccompProfile",
            Sysctls => "forbidden sysctls",
            WindowsHostProcess => "hostProcess",
            AllowPrivilegeEscalation => "allowPrivilegeEscalation != false",
            CapabilitiesRestricted => "unrestricted capabilities",
            RestrictedVolumes => "restricted volume types",
            RunAsNonRoot => "runAsNonRoot != true",
            RunAsUser => "runAsUser=0",
        }
    }

    /// The check of baseline that this one of restricted stands in for.
    pub const fn overrides(self) -> Option<CheckId> {
        match self {
            CapabilitiesRestricted => Some(CapabilitiesBaseline),
            ProcMountRestricted => Some(ProcMount),
            RestrictedVolumes => Some(HostPathVolumes),
            SeccompProfileRestricted => Some(SeccompProfileBaseline),
            _ => None,
        }
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Checks(u32);

impl Checks {
    pub const NONE: Checks = Checks(0);

    /// The checks of a level at a version: none of privileged, and for restricted those of baseline
    /// that nothing overrides, too.
    pub fn of(at: LevelVersion) -> Checks {
        let minor = minor(at.version) as usize;
        match at.level {
            Level::Privileged => Checks::NONE,
            Level::Baseline => Checks(TABLE[minor][0]),
            Level::Restricted => Checks(TABLE[minor][1]),
        }
    }

    pub const fn contains(self, check: CheckId) -> bool {
        self.0 & (1 << check as u32) != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    #[must_use]
    pub const fn with(self, check: CheckId) -> Checks {
        Checks(self.0 | 1 << check as u32)
    }

    #[must_use]
    pub const fn and(self, others: Checks) -> Checks {
        Checks(self.0 & others.0)
    }

    /// In the API server's order.
    pub fn iter(self) -> impl Iterator<Item = CheckId> {
        CheckId::ALL.into_iter().filter(move |check| self.contains(*check))
    }
}

/// The minor version whose standards hold at a version.
pub(crate) const fn minor(version: Version) -> u64 {
    match version {
        Version::V1(minor) if minor < NEWEST => minor,
        _ => NEWEST,
    }
}

/// The checks of baseline and of restricted, by minor version.
static TABLE: [[u32; 2]; NEWEST as usize + 1] = table();

const fn table() -> [[u32; 2]; NEWEST as usize + 1] {
    let mut table = [[0; 2]; NEWEST as usize + 1];
    let mut minor = 0;
    while minor < table.len() {
        let mut at = 0;
        while at < CheckId::ALL.len() {
            let check = CheckId::ALL[at];
            if check.since() <= minor as u64 {
                let bit = 1 << check as u32;
                if check.level() as u8 == Level::Baseline as u8 {
                    table[minor][0] |= bit;
                }
                table[minor][1] |= bit;
                if let Some(overridden) = check.overrides() {
                    table[minor][1] &= !(1 << overridden as u32);
                }
            }
            at += 1;
        }
        minor += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(level: Level, minor: u64) -> Vec<&'static str> {
        Checks::of(LevelVersion::new(level, Version::V1(minor))).iter().map(CheckId::name).collect()
    }

    #[test]
    fn the_order_is_that_of_the_names_within_a_level() {
        for pair in CheckId::ALL.windows(2) {
            assert!((pair[0].level(), pair[0].name()) < (pair[1].level(), pair[1].name()), "{pair:?}");
        }
    }

    #[test]
    fn levels_grow_with_the_versions() {
        assert_eq!(names(Level::Baseline, 0).len(), 11);
        assert_eq!(names(Level::Baseline, 33).len(), 11);
        assert_eq!(names(Level::Baseline, 34).len(), 12);
        assert_eq!(names(Level::Restricted, 0).last(), Some(&"runAsNonRoot"));
        for (minor, check) in [
            (8, "allowPrivilegeEscalation"),
            (19, "seccompProfile_restricted"),
            (22, "capabilities_restricted"),
            (23, "runAsUser"),
            (34, "hostProbesAndHostLifecycle"),
            (35, "procMount_restricted"),
        ] {
            assert!(!names(Level::Restricted, minor - 1).contains(&check), "{check}");
            assert!(names(Level::Restricted, minor).contains(&check), "{check}");
        }
    }

    #[test]
    fn restricted_checks_stand_in_for_baseline_ones() {
        for (minor, check) in
            [(19, "seccompProfile_baseline"), (22, "capabilities_baseline"), (35, "procMount")]
        {
            assert!(names(Level::Restricted, minor - 1).contains(&check), "{check}");
            assert!(!names(Level::Restricted, minor).contains(&check), "{check}");
            assert!(names(Level::Baseline, minor).contains(&check), "{check}");
        }
        assert!(!names(Level::Restricted, 0).contains(&"hostPathVolumes"));
    }

    #[test]
    fn versions_that_are_not_known_yet_are_the_newest() {
        for level in Level::ALL {
            let latest = Checks::of(LevelVersion::latest(level));
            for minor in [NEWEST, NEWEST + 1, u64::MAX] {
                assert_eq!(Checks::of(LevelVersion::new(level, Version::V1(minor))), latest);
            }
        }
        assert!(Checks::of(LevelVersion::latest(Level::Privileged)).is_empty());
        assert_eq!(Checks::of(LevelVersion::latest(Level::Restricted)).len(), 15);
    }
}
