//! What a policy says that a Pod Security standard can't, as rules in CEL and as controls.

use plimsoll_podsecurity::Level;
use plimsoll_podsecurity::psp::{
    Group, HostPath, IdRange, PodSecurityPolicy, SAFE_SYSCTLS, SeLinuxRule, User,
};
use serde_json::json;

/// One thing that a policy keeps pods from, and a standard doesn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The field of the policy: `allowedHostPaths`.
    pub field: &'static str,
    /// True of a pod that keeps to it.
    pub rule: String,
    pub message: String,
    /// The control that minds the same, or more.
    pub control: Option<&'static str>,
}

/// A name for the containers of every kind, in the rules.
pub const CONTAINERS: &str = "object.spec.containers + object.spec.?initContainers.orValue([]) + \
                              object.spec.?ephemeralContainers.orValue([])";
/// A name for the volumes, in the rules.
pub const VOLUMES: &str = "object.spec.?volumes.orValue([])";

/// The limits of a policy beyond a level.
pub fn limits(policy: &PodSecurityPolicy<'_>, level: Level) -> Vec<Limit> {
    let mut limits = Limits(Vec::new());
    if level == Level::Privileged {
        limits.host(policy);
    }
    if level < Level::Restricted {
        limits.escalation(policy);
    }
    limits.capabilities(policy, level);
    limits.volumes(policy, level);
    limits.identities(policy);
    limits.profiles(policy);
    limits.others(policy);
    limits.0
}

struct Limits(Vec<Limit>);

impl Limits {
    fn add(
        &mut self,
        field: &'static str,
        rule: impl Into<String>,
        message: impl Into<String>,
        control: Option<&'static str>,
    ) {
        self.0.push(Limit { field, rule: rule.into(), message: message.into(), control });
    }

    /// Of the containers, by a condition on `c`.
    fn each(&mut self, field: &'static str, condition: &str, message: &str, control: Option<&'static str>) {
        self.add(field, format!("variables.containers.all(c, {condition})"), message, control);
    }

    fn host(&mut self, policy: &PodSecurityPolicy<'_>) {
        if !policy.privileged {
            let is_not = "!c.?securityContext.?privileged.orValue(false)";
            self.each("privileged", is_not, "containers must not be privileged", Some("pod/privileged"));
        }
        for (is_allowed, field, control) in [
            (policy.host_network, "hostNetwork", "pod/host-network"),
            (policy.host_pid, "hostPID", "pod/host-pid"),
            (policy.host_ipc, "hostIPC", "pod/host-ipc"),
        ] {
            if !is_allowed {
                let rule = format!("!object.spec.?{field}.orValue(false)");
                self.add(field, rule, format!("{field} must not be used"), Some(control));
            }
        }
        let ranges = policy.host_ports.iter().map(|range| IdRange { min: range.min, max: range.max });
        let ports = any_range("p", &ranges.collect::<Vec<_>>());
        let rule =
            format!("c.?ports.orValue([]).all(port, [port.?hostPort.orValue(0)].all(p, p == 0 || {ports}))");
        self.each(
            "hostPorts",
            &rule,
            "ports of the host must be among those that are allowed",
            policy.host_ports.is_empty().then_some("pod/host-port"),
        );
        if policy.proc_mounts.iter().all(|kind| *kind == "Default") {
            let rule = "c.?securityContext.?procMount.orValue(\"Default\") == \"Default\"";
            self.each("allowedProcMountTypes", rule, "procMount must be Default", Some("pod/proc-mount"));
        }
    }

    fn escalation(&mut self, policy: &PodSecurityPolicy<'_>) {
        if !policy.allow_escalation {
            let rule = "!c.?securityContext.?allowPrivilegeEscalation.orValue(true)";
            let message = "allowPrivilegeEscalation must be false";
            self.each("allowPrivilegeEscalation", rule, message, Some("pod/privilege-escalation"));
        }
        if policy.user() == Some(&User::MustRunAsNonRoot) {
            // A user other than root is enough, and so is the flag without a user.
            let rule = format!(
                "[{}].all(id, id > 0 ? {} : (id != 0 && {}))",
                inherited("runAsUser", "-1"),
                inherited("runAsNonRoot", "true"),
                inherited("runAsNonRoot", "false"),
            );
            self.each("runAsUser", &rule, "containers must not run as root", Some("pod/run-as-non-root"));
        }
    }

    fn capabilities(&mut self, policy: &PodSecurityPolicy<'_>, level: Level) {
        let rule = &policy.capabilities;
        if rule.allows_all() {
            return;
        }
        let allowed: Vec<&str> = rule.allowed.iter().chain(&rule.default_add).copied().collect();
        let condition = format!(
            "c.?securityContext.?capabilities.?add.orValue([]).all(name, name in {})",
            list(&allowed)
        );
        let control = if allowed.is_empty() { Some("pod/capability-added") } else { None };
        let message = format!("capabilities that may be added: {}", words(&allowed));
        self.each("allowedCapabilities", &condition, &message, control);
        // Restricted has everything dropped.
        for name in rule.required_drop.iter().filter(|_| level < Level::Restricted) {
            let condition = format!("{} in c.?securityContext.?capabilities.?drop.orValue([])", json!(name));
            let control = (*name == "ALL").then_some("pod/capabilities-drop-all");
            self.each(
                "requiredDropCapabilities",
                &condition,
                &format!("capabilities must drop {name}"),
                control,
            );
        }
    }

    fn volumes(&mut self, policy: &PodSecurityPolicy<'_>, level: Level) {
        if !policy.volumes.contains(&"*") {
            let mut kinds: Vec<String> = policy
                .volumes
                .iter()
                .filter(|kind| **kind != "none")
                .map(|kind| format!("has(v.{})", if *kind == "cephFS" { "cephfs" } else { kind }))
                .collect();
            if policy.allows_volume("secret") && !policy.allows_volume("projected") {
                kinds.push(TOKEN.to_owned());
            }
            let rule = match kinds.as_slice() {
                [] => "size(variables.volumes) == 0".to_owned(),
                kinds => format!("variables.volumes.all(v, {})", kinds.join(" || ")),
            };
            let is_restricted = policy.volumes.iter().all(|kind| RESTRICTED.contains(kind));
            let control = is_restricted.then_some("pod/restricted-volume-types");
            self.add("volumes", rule, format!("volumes may be {}", words(&policy.volumes)), control);
        }
        if level == Level::Privileged && policy.allows_volume("hostPath") && !policy.host_paths.is_empty() {
            self.host_paths(policy);
        }
        for (kind, field, drivers) in [
            ("flexVolume", "allowedFlexVolumes", &policy.flex_drivers),
            ("csi", "allowedCSIDrivers", &policy.csi_drivers),
        ] {
            let is_possible = kind == "csi" || level < Level::Restricted;
            if policy.allows_volume(kind) && !drivers.is_empty() && is_possible {
                let rule = format!(
                    "variables.volumes.all(v, !has(v.{kind}) || v.{kind}.driver in {})",
                    list(drivers)
                );
                self.add(field, rule, format!("drivers of {kind} volumes: {}", words(drivers)), None);
            }
        }
    }

    fn host_paths(&mut self, policy: &PodSecurityPolicy<'_>) {
        let within = |paths: &mut dyn Iterator<Item = &HostPath<'_>>| {
            let rules: Vec<_> = paths.map(|path| is_within(path.prefix)).collect();
            if rules.is_empty() { "false".to_owned() } else { rules.join(" || ") }
        };
        let rule = format!(
            "variables.volumes.all(v, !has(v.hostPath) || {})",
            within(&mut policy.host_paths.iter())
        );
        let prefixes: Vec<&str> = policy.host_paths.iter().map(|path| path.prefix).collect();
        self.add("allowedHostPaths", rule, format!("hostPath must be within {}", words(&prefixes)), None);
        if policy.host_paths.iter().any(|path| path.read_only) {
            let writable = within(&mut policy.host_paths.iter().filter(|path| !path.read_only));
            let rule = format!(
                "variables.volumes.all(v, !has(v.hostPath) || {writable} || variables.containers.all(c, \
                 c.?volumeMounts.orValue([]).all(m, m.name != v.name || m.?readOnly.orValue(false))))"
            );
            let message = "mounts of this hostPath must be read-only";
            let is_all = policy.host_paths.iter().all(|path| path.read_only);
            self.add("allowedHostPaths", rule, message, is_all.then_some("pod/host-path-writable"));
        }
    }

    fn identities(&mut self, policy: &PodSecurityPolicy<'_>) {
        if let Some(User::MustRunAs(ranges)) = policy.user() {
            let rule = format!("[{}].all(id, {})", inherited("runAsUser", "-1"), any_range("id", ranges));
            self.each("runAsUser", &rule, &format!("runAsUser must be within {}", shown(ranges)), None);
        }
        if let Some((ranges, absent)) = policy.group().and_then(bounds) {
            let rule =
                format!("[{}].all(id, {absent}{})", inherited("runAsGroup", "-1"), any_range("id", ranges));
            self.each("runAsGroup", &rule, &format!("runAsGroup must be within {}", shown(ranges)), None);
        }
        if let Some((ranges, absent)) = policy.fs_group().and_then(bounds) {
            let rule = format!(
                "[object.spec.?securityContext.?fsGroup.orValue(-1)].all(id, {absent}{})",
                any_range("id", ranges)
            );
            self.add("fsGroup", rule, format!("fsGroup must be within {}", shown(ranges)), None);
        }
        if let Some((ranges, absent)) = policy.supplemental_groups().and_then(bounds) {
            const GROUPS: &str = "object.spec.?securityContext.?supplementalGroups.orValue([])";
            let some = if absent.is_empty() { format!("size({GROUPS}) > 0 && ") } else { String::new() };
            let rule = format!("{some}{GROUPS}.all(id, {})", any_range("id", ranges));
            let message = format!("supplementalGroups must be within {}", shown(ranges));
            self.add("supplementalGroups", rule, message, None);
        }
        if let Some(SeLinuxRule::MustRunAs(options)) = policy.se_linux() {
            let parts = [
                ("user", options.user),
                ("role", options.role),
                ("type", options.kind),
                ("level", options.level),
            ];
            let same = parts.map(|(part, value)| format!("o.?{part}.orValue(\"\") == {}", json!(value)));
            let rule = format!("[{}].all(o, {})", inherited("seLinuxOptions", "{}"), same.join(" && "));
            self.each("seLinux", &rule, "seLinuxOptions must be those that are required", None);
        }
    }

    fn profiles(&mut self, policy: &PodSecurityPolicy<'_>) {
        let seccomp = &policy.seccomp;
        if !seccomp.allows_any && !seccomp.allowed.is_empty() {
            let names: Vec<&str> = seccomp.allowed.iter().map(String::as_str).collect();
            let message = format!("seccomp profiles that may be used: {}", words(&names));
            let rule = profiles("seccompProfile", &seccomp.allowed);
            self.each("allowedProfileNames (seccomp)", &rule, &message, Some("pod/seccomp-profile"));
        }
        if let Some(allowed) = &policy.app_armor.allowed {
            let names: Vec<&str> = allowed.iter().map(String::as_str).collect();
            let message = format!("AppArmor profiles that may be used: {}", words(&names));
            let rule = profiles("appArmorProfile", allowed);
            self.each("allowedProfileNames (AppArmor)", &rule, &message, Some("pod/apparmor-profile"));
        }
    }

    fn others(&mut self, policy: &PodSecurityPolicy<'_>) {
        if policy.read_only_root {
            let rule = "c.?securityContext.?readOnlyRootFilesystem.orValue(false)";
            let message = "readOnlyRootFilesystem must be true";
            self.each("readOnlyRootFilesystem", rule, message, Some("pod/read-only-root-filesystem"));
        }
        let sysctls = &policy.sysctls;
        if !sysctls.forbidden.is_empty() || !sysctls.allowed_unsafe.is_empty() {
            let rule = format!(
                "(s.name in {} || {}) && !({})",
                list(&SAFE_SYSCTLS),
                patterns(&sysctls.allowed_unsafe),
                patterns(&sysctls.forbidden),
            );
            let rule = format!("object.spec.?securityContext.?sysctls.orValue([]).all(s, {rule})");
            self.add(
                "forbiddenSysctls",
                rule,
                "sysctls must be among those that are allowed",
                sysctls.allowed_unsafe.is_empty().then_some("pod/sysctls"),
            );
        }
        if let Some(classes) = &policy.runtime_class
            && !classes.allowed.contains(&"*")
        {
            let rule = format!(
                "!has(object.spec.runtimeClassName) || object.spec.runtimeClassName in {}",
                list(&classes.allowed)
            );
            let message = format!("runtime classes that may be used: {}", words(&classes.allowed));
            self.add("runtimeClass", rule, message, None);
        }
    }
}

/// Types of volumes that the standard restricted allows.
const RESTRICTED: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// The volume that comes with every service account's token.
const TOKEN: &str = "(has(v.projected) && v.projected.?sources.orValue([]).all(s, has(s.serviceAccountToken) || \
                     has(s.downwardAPI) || (has(s.configMap) && s.configMap.?name.orValue(\"\") == \
                     \"kube-root-ca.crt\")))";

/// A field of a container's security context, else of the pod's, else a value.
fn inherited(field: &str, absent: &str) -> String {
    format!("c.?securityContext.?{field}.orValue(object.spec.?securityContext.?{field}.orValue({absent}))")
}

/// The ranges of a group that has some, and what goes before them where there need be no group.
fn bounds(group: &Group) -> Option<(&[IdRange], &'static str)> {
    match group {
        Group::MustRunAs(ranges) => Some((ranges, "")),
        Group::MayRunAs(ranges) => Some((ranges, "id == -1 || ")),
        Group::RunAsAny => None,
    }
}

fn any_range(name: &str, ranges: &[IdRange]) -> String {
    let each: Vec<_> =
        ranges.iter().map(|range| format!("({name} >= {} && {name} <= {})", range.min, range.max)).collect();
    if each.is_empty() { "false".to_owned() } else { each.join(" || ") }
}

fn shown(ranges: &[IdRange]) -> String {
    let each: Vec<_> = ranges.iter().map(|range| format!("{} to {}", range.min, range.max)).collect();
    each.join(" or ")
}

fn is_within(prefix: &str) -> String {
    let folder = prefix.strip_suffix('/').unwrap_or(prefix);
    let below = json!(format!("{folder}/"));
    format!("v.hostPath.path == {} || v.hostPath.path.startsWith({below})", json!(folder))
}

/// Whether the profile in force is one of these, by the names that annotations have for them.
fn profiles(field: &str, allowed: &[String]) -> String {
    let is = |kind: &str| format!("p.?type.orValue(\"\") == {}", json!(kind));
    let mut rules: Vec<String> = allowed
        .iter()
        .map(|profile| match profile.as_str() {
            "runtime/default" | "docker/default" => is("RuntimeDefault"),
            "unconfined" => is("Unconfined"),
            "" => is(""),
            other => {
                let file = other.strip_prefix("localhost/").unwrap_or(other);
                format!("({} && p.?localhostProfile.orValue(\"\") == {})", is("Localhost"), json!(file))
            }
        })
        .collect();
    rules.dedup();
    format!("[{}].all(p, {})", inherited(field, "{}"), rules.join(" || "))
}

fn patterns(patterns: &[&str]) -> String {
    let each: Vec<_> = patterns
        .iter()
        .map(|pattern| match pattern.strip_suffix('*') {
            Some(prefix) => format!("s.name.startsWith({})", json!(prefix)),
            None => format!("s.name == {}", json!(pattern)),
        })
        .collect();
    if each.is_empty() { "false".to_owned() } else { each.join(" || ") }
}

fn list(items: &[&str]) -> String {
    let items: Vec<_> = items.iter().map(|item| json!(item).to_string()).collect();
    format!("[{}]", items.join(", "))
}

fn words(items: &[&str]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}
