//! The values that the standards allow, with the version that allows them first.

/// The one capability that restricted lets a container add.
pub(crate) const RESTRICTED_CAPABILITY: &str = "NET_BIND_SERVICE";

/// Whether baseline lets a container add a capability.
pub(crate) fn capability(name: &str) -> bool {
    matches!(
        name,
        "AUDIT_WRITE"
            | "CHOWN"
            | "DAC_OVERRIDE"
            | "FOWNER"
            | "FSETID"
            | "KILL"
            | "MKNOD"
            | "NET_BIND_SERVICE"
            | "SETFCAP"
            | "SETGID"
            | "SETPCAP"
            | "SETUID"
            | "SYS_CHROOT"
    )
}

/// Whether a type of AppArmor or seccomp profile may be set.
pub(crate) fn profile(kind: &str) -> bool {
    matches!(kind, "RuntimeDefault" | "Localhost")
}

pub(crate) fn app_armor_annotation(value: &str) -> bool {
    value.is_empty() || value == "runtime/default" || value.starts_with("localhost/")
}

/// Before 1.19 seccomp profiles were annotations.
pub(crate) fn seccomp_annotation(value: &str) -> bool {
    value == "runtime/default" || value == "docker/default" || value.starts_with("localhost/")
}

/// The minor version that allows an SELinux type first.
pub fn se_linux_type(kind: &str) -> Option<u64> {
    match kind {
        "" | "container_t" | "container_init_t" | "container_kvm_t" => Some(0),
        "container_engine_t" => Some(31),
        _ => None,
    }
}

/// The minor version that allows a sysctl first.
pub fn sysctl(name: &str) -> Option<u64> {
    match name {
        "kernel.shm_rmid_forced"
        | "net.ipv4.ip_local_port_range"
        | "net.ipv4.tcp_syncookies"
        | "net.ipv4.ping_group_range"
        | "net.ipv4.ip_unprivileged_port_start" => Some(0),
        "net.ipv4.ip_local_reserved_ports" => Some(27),
        "net.ipv4.tcp_keepalive_time"
        | "net.ipv4.tcp_fin_timeout"
        | "net.ipv4.tcp_keepalive_intvl"
        | "net.ipv4.tcp_keepalive_probes" => Some(29),
        "net.ipv4.tcp_rmem" | "net.ipv4.tcp_wmem" => Some(32),
        "net.ipv4.tcp_slow_start_after_idle" | "net.ipv4.tcp_notsent_lowat" => Some(37),
        _ => None,
    }
}

/// What restricted makes of a volume's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Volume {
    Allowed,
    HostPath,
    Restricted,
}

/// Sources that restricted doesn't allow, in the order in which the API server looks for the one to name.
pub(crate) const RESTRICTED_VOLUMES: [&str; 21] = [
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "gitRepo",
    "nfs",
    "iscsi",
    "glusterfs",
    "rbd",
    "flexVolume",
    "cinder",
    "cephfs",
    "flocker",
    "fc",
    "azureFile",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "photonPersistentDisk",
    "portworxVolume",
    "scaleIO",
    "storageos",
];

/// What a field of a volume is; `None` where it is no source.
pub(crate) fn volume(field: &str) -> Option<Volume> {
    match field {
        "configMap"
        | "csi"
        | "downwardAPI"
        | "emptyDir"
        | "ephemeral"
        | "image"
        | "persistentVolumeClaim"
        | "projected"
        | "secret" => Some(Volume::Allowed),
        "hostPath" => Some(Volume::HostPath),
        _ => RESTRICTED_VOLUMES.contains(&field).then_some(Volume::Restricted),
    }
}
