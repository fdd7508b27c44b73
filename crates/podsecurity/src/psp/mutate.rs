//! What a policy fills in where a pod says nothing.

use super::change::{Change, NewValue};
use super::container::PspContainer;
use super::pod::PspPod;
use super::policy::{PodSecurityPolicy, Strategies};
use super::strategy::{APP_ARMOR, SECCOMP_OF_POD, User};

/// Fills in the defaults of a policy, and tells what it changed.
pub(crate) fn mutate<'d>(
    policy: &PodSecurityPolicy<'d>,
    strategies: &Strategies<'d>,
    pod: &mut PspPod<'d>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut changed = |path: &str, value: NewValue| changes.push(Change::new(path, value));
    if pod.security.supplemental_groups.is_none()
        && let Some(group) = strategies.supplemental_groups.default()
    {
        pod.security.supplemental_groups = Some(vec![group]);
        changed("spec.securityContext.supplementalGroups", NewValue::Integers(vec![group]));
    }
    if pod.security.fs_group.is_none()
        && let Some(group) = strategies.fs_group.default()
    {
        pod.security.fs_group = Some(group);
        changed("spec.securityContext.fsGroup", NewValue::Integer(group));
    }
    if pod.security.se_linux.is_none()
        && let Some(options) = strategies.se_linux.default()
    {
        pod.security.se_linux = Some(options);
        changed("spec.securityContext.seLinuxOptions", options.into());
    }
    let seccomp = policy.seccomp.default_of(pod);
    if !seccomp.is_empty() && pod.annotation(SECCOMP_OF_POD) != seccomp {
        let mut change = Change::new(
            format!("metadata.annotations[{SECCOMP_OF_POD}]"),
            NewValue::Seccomp(seccomp.clone()),
        );
        change.is_repetition = pod.security.seccomp.is_some();
        pod.annotations.insert(SECCOMP_OF_POD.into(), seccomp.into());
        changes.push(change);
    }
    if let Some(classes) = &policy.runtime_class
        && pod.runtime_class.is_none()
        && let Some(default) = classes.default
    {
        pod.runtime_class = Some(default);
        changes.push(Change::new("spec.runtimeClassName", NewValue::Text(default.to_owned())));
    }
    // A container sees what became of the pod.
    let mut containers = std::mem::take(&mut pod.containers);
    for container in &mut containers {
        mutate_container(policy, strategies, pod, container, &mut changes);
    }
    pod.containers = containers;
    changes
}

fn mutate_container<'d>(
    policy: &PodSecurityPolicy<'d>,
    strategies: &Strategies<'d>,
    pod: &mut PspPod<'d>,
    container: &mut PspContainer<'d>,
    changes: &mut Vec<Change>,
) {
    let path = format!("{}.securityContext", container.path());
    let mut changed =
        |field: &str, value: NewValue| changes.push(Change::new(format!("{path}.{field}"), value));
    let security = &mut container.security;
    if security.run_as_user.or(pod.security.run_as_user).is_none()
        && let Some(user) = strategies.user.default()
    {
        security.run_as_user = Some(user);
        changed("runAsUser", NewValue::Integer(user));
    }
    if security.run_as_group.or(pod.security.run_as_group).is_none()
        && let Some(group) = strategies.group.default()
    {
        security.run_as_group = Some(group);
        changed("runAsGroup", NewValue::Integer(group));
    }
    if security.se_linux.or(pod.security.se_linux).is_none()
        && let Some(options) = strategies.se_linux.default()
    {
        security.se_linux = Some(options);
        changed("seLinuxOptions", options.into());
    }
    if strategies.user == User::MustRunAsNonRoot
        && security.run_as_non_root.or(pod.security.run_as_non_root).is_none()
        && security.run_as_user.or(pod.security.run_as_user).is_none()
    {
        security.run_as_non_root = Some(true);
        changed("runAsNonRoot", NewValue::Bool(true));
    }
    if let Some(capabilities) = policy.capabilities.default(security.capabilities.as_ref()) {
        let owned = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        let value =
            NewValue::Capabilities { add: owned(capabilities.adds()), drop: owned(capabilities.drops()) };
        security.capabilities = Some(capabilities);
        changed("capabilities", value);
    }
    if policy.read_only_root && security.read_only_root.is_none() {
        security.read_only_root = Some(true);
        changed("readOnlyRootFilesystem", NewValue::Bool(true));
    }
    let default = policy.default_allow_escalation.or((!policy.allow_escalation).then_some(false));
    if security.allow_escalation.is_none()
        && let Some(allow) = default
    {
        security.allow_escalation = Some(allow);
        changed("allowPrivilegeEscalation", NewValue::Bool(allow));
    }
    let key = format!("{APP_ARMOR}{}", container.name);
    if pod.annotation(&key).is_empty() && !policy.app_armor.default.is_empty() {
        let profile = policy.app_armor.default.clone();
        changes
            .push(Change::new(format!("metadata.annotations[{key}]"), NewValue::AppArmor(profile.clone())));
        pod.annotations.insert(key.into(), profile.into());
    }
}
