//! What a policy says against a pod, in the order in which the plugin says it.

use super::container::PspContainer;
use super::error::{FieldError, boolean, text};
use super::pod::PspPod;
use super::policy::{PodSecurityPolicy, Strategies};
use super::volume::PspVolume;

pub(crate) fn validate(
    policy: &PodSecurityPolicy<'_>,
    strategies: &Strategies<'_>,
    pod: &PspPod<'_>,
) -> Vec<FieldError> {
    const PATH: &str = "spec.securityContext";
    let mut errors = Vec::new();
    let security = &pod.security;
    let fs_group = security.fs_group.map(|group| [group]);
    let fs_group = fs_group.as_ref().map(<[i64; 1]>::as_slice);
    errors.extend(strategies.fs_group.validate(&format!("{PATH}.fsGroup"), fs_group));
    errors.extend(
        strategies
            .supplemental_groups
            .validate(&format!("{PATH}.supplementalGroups"), security.supplemental_groups.as_deref()),
    );
    errors.extend(policy.seccomp.validate_pod(pod));
    errors.extend(strategies.se_linux.validate(&format!("{PATH}.seLinuxOptions"), security.se_linux));
    for (is_used, is_allowed, field, detail) in [
        (pod.host_network, policy.host_network, "hostNetwork", "Host network is not allowed to be used"),
        (pod.host_pid, policy.host_pid, "hostPID", "Host PID is not allowed to be used"),
        (pod.host_ipc, policy.host_ipc, "hostIPC", "Host IPC is not allowed to be used"),
    ] {
        if is_used && !is_allowed {
            errors.push(FieldError::invalid(format!("{PATH}.{field}"), true, detail));
        }
    }
    errors.extend(policy.sysctls.validate(&security.sysctls));
    for (index, volume) in pod.volumes.iter().enumerate() {
        validate_volume(policy, pod, index, volume, &mut errors);
    }
    if let (Some(classes), Some(class)) = (&policy.runtime_class, pod.runtime_class)
        && !classes.allowed.iter().any(|allowed| *allowed == class || *allowed == "*")
    {
        errors.push(FieldError::invalid("spec.runtimeClassName", text(class), ""));
    }
    for container in &pod.containers {
        validate_container(policy, strategies, pod, container, &mut errors);
    }
    errors
}

fn validate_volume(
    policy: &PodSecurityPolicy<'_>,
    pod: &PspPod<'_>,
    index: usize,
    volume: &PspVolume<'_>,
    errors: &mut Vec<FieldError>,
) {
    let path = format!("spec.volumes[{index}]");
    let Some(kind) = volume.kind else {
        return errors.push(FieldError::invalid(path, text(""), "unknown volume type for volume"));
    };
    let is_token = kind == "projected" && volume.is_token_only && policy.volumes.contains(&"secret");
    if !policy.allows_volume(kind) && !is_token {
        let detail = format!("{kind} volumes are not allowed to be used");
        return errors.push(FieldError::invalid(path, text(kind), &detail));
    }
    match kind {
        "hostPath" => validate_host_path(policy, pod, &path, volume, errors),
        "flexVolume" if !policy.flex_drivers.is_empty() && !policy.flex_drivers.contains(&volume.detail) => {
            let detail = "Flexvolume driver is not allowed to be used";
            errors.push(FieldError::invalid(format!("{path}.driver"), text(volume.detail), detail));
        }
        "csi" if !policy.csi_drivers.is_empty() && !policy.csi_drivers.contains(&volume.detail) => {
            let detail = "Inline CSI driver is not allowed to be used";
            errors.push(FieldError::invalid(format!("{path}.csi.driver"), text(volume.detail), detail));
        }
        _ => {}
    }
}

fn validate_host_path(
    policy: &PodSecurityPolicy<'_>,
    pod: &PspPod<'_>,
    path: &str,
    volume: &PspVolume<'_>,
    errors: &mut Vec<FieldError>,
) {
    if policy.host_paths.is_empty() {
        return;
    }
    let mut allowing = policy.host_paths.iter().filter(|allowed| allowed.contains(volume.detail)).peekable();
    if allowing.peek().is_none() {
        let field = format!("{path}.hostPath.pathPrefix");
        return errors.push(FieldError::invalid(field, text(volume.detail), "is not allowed to be used"));
    }
    // One that allows to write is enough.
    if allowing.any(|allowed| !allowed.read_only) {
        return;
    }
    for container in &pod.containers {
        for (index, (name, is_read_only)) in container.mounts.iter().enumerate() {
            if *name == volume.name && !is_read_only {
                let field = format!("{}.volumeMounts[{index}].readOnly", container.path());
                errors.push(FieldError::invalid(field, false, "must be read-only"));
            }
        }
    }
}

fn validate_container(
    policy: &PodSecurityPolicy<'_>,
    strategies: &Strategies<'_>,
    pod: &PspPod<'_>,
    container: &PspContainer<'_>,
    errors: &mut Vec<FieldError>,
) {
    let path = format!("{}.securityContext", container.path());
    let (own, inherited) = (&container.security, &pod.security);
    let non_root = own.run_as_non_root.or(inherited.run_as_non_root);
    errors.extend(strategies.user.validate(&path, non_root, own.run_as_user.or(inherited.run_as_user)));
    let group = own.run_as_group.or(inherited.run_as_group).map(|group| [group]);
    errors.extend(strategies.group.validate(&path, group.as_ref().map(<[i64; 1]>::as_slice)));
    let se_linux = own.se_linux.or(inherited.se_linux);
    errors.extend(strategies.se_linux.validate(&format!("{path}.seLinuxOptions"), se_linux));
    errors.extend(policy.app_armor.validate(pod, container));
    errors.extend(policy.seccomp.validate_container(pod, container));
    let mut invalid = |field: &str, value: String, detail: &str| {
        errors.push(FieldError::invalid(format!("{path}.{field}"), value, detail));
    };
    if own.privileged && !policy.privileged {
        invalid("privileged", boolean(Some(true)), "Privileged containers are not allowed");
    }
    let proc_mount = own.proc_mount.unwrap_or("Default");
    let allows_proc_mount = if policy.proc_mounts.is_empty() {
        proc_mount == "Default"
    } else {
        policy.proc_mounts.contains(&proc_mount)
    };
    if !allows_proc_mount {
        invalid("procMount", text(proc_mount), "ProcMountType is not allowed");
    }
    errors.extend(policy.capabilities.validate(&format!("{path}.capabilities"), own.capabilities.as_ref()));
    for port in container.host_ports.iter().filter(|port| **port > 0 && !policy.allows_port(**port)) {
        let detail =
            format!("Host port {port} is not allowed to be used. Allowed ports: [{}]", allowed_ports(policy));
        errors.push(FieldError::invalid(format!("{}.hostPort", container.path()), port, &detail));
    }
    let mut invalid = |field: &str, value: Option<bool>, detail: &str| {
        errors.push(FieldError::invalid(format!("{path}.{field}"), boolean(value), detail));
    };
    if policy.read_only_root && own.read_only_root != Some(true) {
        let detail = match own.read_only_root {
            None => "ReadOnlyRootFilesystem may not be nil and must be set to true",
            Some(_) => "ReadOnlyRootFilesystem must be set to true",
        };
        invalid("readOnlyRootFilesystem", own.read_only_root, detail);
    }
    if !policy.allow_escalation && own.allow_escalation != Some(false) {
        let detail = "Allowing privilege escalation for containers is not allowed";
        invalid("allowPrivilegeEscalation", own.allow_escalation, detail);
    }
}

fn allowed_ports(policy: &PodSecurityPolicy<'_>) -> String {
    let shown = |range: &super::policy::PortRange| {
        if range.min == range.max { range.min.to_string() } else { format!("{}-{}", range.min, range.max) }
    };
    policy.host_ports.iter().map(shown).collect::<Vec<_>>().join(",")
}
