//! What a pod can say that some check, at some version, minds.

/// One thing to say of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Fact {
    AppArmorField,
    AppArmorAnnotation,
    /// A capability that baseline doesn't let a container add.
    AddsBeyondBaseline,
    /// A capability that restricted doesn't let a container add.
    AddsBeyondRestricted,
    DropsTooLittle,
    HostNetwork,
    HostPid,
    HostIpc,
    HostPathVolume,
    HostPort,
    /// A port that gets the host's of the same number, if the pod is in the host's network.
    PortWithoutHostPort,
    HandlerHost,
    Privileged,
    ProcMount,
    SeLinuxType,
    /// `container_engine_t`.
    SeLinuxEngineType,
    SeLinuxUser,
    SeLinuxRole,
    SeccompAnnotation,
    SeccompField,
    /// A container without a profile of its own.
    SeccompUnset,
    PodSeccomp,
    /// A sysctl that no version allows.
    Sysctl,
    SysctlSince27,
    SysctlSince29,
    SysctlSince32,
    SysctlSince37,
    HostProcess,
    PrivilegeEscalation,
    VolumeType,
    RootAllowed,
    /// A container that doesn't say itself whether it may run as root.
    RootUnset,
    PodNonRoot,
    RootUser,
    UserNamespace,
    Windows,
    /// A value that the API server would refuse to decode.
    Unreadable,
}

impl Fact {
    pub const fn bit(self) -> u64 {
        1 << self as u32
    }
}
