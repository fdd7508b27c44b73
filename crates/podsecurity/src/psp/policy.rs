//! A policy.

use plimsoll_kubernetes::{Field, Object};

use super::pod::annotations;
use super::read::{Problem, Reader};
use super::security::SeLinux;
use super::strategy::{AppArmor, CapabilityRule, Group, IdRange, SeLinuxRule, Seccomp, Sysctls, User};
use crate::go;

/// A PodSecurityPolicy of `policy/v1beta1` or `extensions/v1beta1`, after the API server's defaults.
pub struct PodSecurityPolicy<'d> {
    object: Object<'d>,
    pub privileged: bool,
    pub host_network: bool,
    pub host_pid: bool,
    pub host_ipc: bool,
    pub host_ports: Vec<PortRange>,
    /// Types of volumes, `*` for all.
    pub volumes: Vec<&'d str>,
    /// None: every path.
    pub host_paths: Vec<HostPath<'d>>,
    /// Drivers. None: all of them.
    pub flex_drivers: Vec<&'d str>,
    /// Drivers of inline volumes. None: all of them.
    pub csi_drivers: Vec<&'d str>,
    pub read_only_root: bool,
    pub default_allow_escalation: Option<bool>,
    pub allow_escalation: bool,
    /// None: `Default` alone.
    pub proc_mounts: Vec<&'d str>,
    pub runtime_class: Option<RuntimeClasses<'d>>,
    pub capabilities: CapabilityRule<'d>,
    pub sysctls: Sysctls<'d>,
    pub seccomp: Seccomp,
    pub app_armor: AppArmor,
    pub(crate) strategies: Result<Strategies<'d>, String>,
}

/// Strategies that a policy has to have.
pub(crate) struct Strategies<'d> {
    pub user: User,
    pub group: Group,
    pub se_linux: SeLinuxRule<'d>,
    pub fs_group: Group,
    pub supplemental_groups: Group,
}

/// Ports of the host, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortRange {
    pub min: i64,
    pub max: i64,
}

/// A folder of the host that may be mounted, with all that is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostPath<'d> {
    pub prefix: &'d str,
    pub read_only: bool,
}

/// `runtimeClass`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimeClasses<'d> {
    /// `*` for all.
    pub allowed: Vec<&'d str>,
    pub default: Option<&'d str>,
}

impl<'d> PodSecurityPolicy<'d> {
    /// Whether an object is a policy.
    pub fn is(object: &Object<'_>) -> bool {
        object.is("policy", "PodSecurityPolicy") || object.is("extensions", "PodSecurityPolicy")
    }

    /// Reads a policy. What is of a wrong type is told: the API server would not take the object.
    pub fn read(object: Object<'d>) -> (Self, Vec<Problem<'d>>) {
        let reader = &mut Reader::default();
        let spec = object.get("spec");
        let annotations = annotations(object.annotations(), reader);
        reader.mapping(spec);
        let names = |list: Field<'d>, key: &'static str, reader: &mut Reader<'d>| -> Vec<&'d str> {
            let items = reader.mappings(list);
            items.into_iter().map(|item| reader.text(item.get(key)).unwrap_or_default()).collect()
        };
        let host_paths = reader.mappings(spec.get("allowedHostPaths"));
        let policy = PodSecurityPolicy {
            object,
            privileged: reader.flag(spec.get("privileged")),
            host_network: reader.flag(spec.get("hostNetwork")),
            host_pid: reader.flag(spec.get("hostPID")),
            host_ipc: reader.flag(spec.get("hostIPC")),
            host_ports: IdRange::read_all(spec.get("hostPorts"), reader)
                .into_iter()
                .map(|range| PortRange { min: range.min, max: range.max })
                .collect(),
            volumes: reader.texts(spec.get("volumes")),
            host_paths: host_paths
                .into_iter()
                .map(|path| HostPath {
                    prefix: reader.text(path.get("pathPrefix")).unwrap_or_default(),
                    read_only: reader.flag(path.get("readOnly")),
                })
                .collect(),
            flex_drivers: names(spec.get("allowedFlexVolumes"), "driver", reader),
            csi_drivers: names(spec.get("allowedCSIDrivers"), "name", reader),
            read_only_root: reader.flag(spec.get("readOnlyRootFilesystem")),
            default_allow_escalation: reader.boolean(spec.get("defaultAllowPrivilegeEscalation")),
            // Policies that are older than the field stay as permissive as they were.
            allow_escalation: reader.boolean(spec.get("allowPrivilegeEscalation")).unwrap_or(true),
            proc_mounts: reader.texts(spec.get("allowedProcMountTypes")),
            runtime_class: reader.mapping(spec.get("runtimeClass")).map(|classes| RuntimeClasses {
                allowed: reader.texts(classes.get("allowedRuntimeClassNames")),
                default: reader.text(classes.get("defaultRuntimeClassName")),
            }),
            capabilities: CapabilityRule {
                default_add: reader.texts(spec.get("defaultAddCapabilities")),
                required_drop: reader.texts(spec.get("requiredDropCapabilities")),
                allowed: reader.texts(spec.get("allowedCapabilities")),
            },
            sysctls: Sysctls {
                forbidden: reader.texts(spec.get("forbiddenSysctls")),
                allowed_unsafe: reader.texts(spec.get("allowedUnsafeSysctls")),
            },
            seccomp: Seccomp::read(&annotations),
            app_armor: AppArmor::read(&annotations),
            strategies: Strategies::read(spec, reader),
        };
        (policy, std::mem::take(&mut reader.problems))
    }

    pub fn object(&self) -> Object<'d> {
        self.object
    }

    pub fn name(&self) -> &'d str {
        self.object.name()
    }

    /// Why the plugin passes the policy over, whoever may use it: a strategy that isn't one.
    pub fn unusable(&self) -> Option<&str> {
        self.strategies.as_ref().err().map(String::as_str)
    }

    /// `runAsUser`; like the other strategies `None` where the policy is [unusable](Self::unusable).
    pub fn user(&self) -> Option<&User> {
        self.strategies.as_ref().ok().map(|strategies| &strategies.user)
    }

    /// `runAsGroup`
    pub fn group(&self) -> Option<&Group> {
        self.strategies.as_ref().ok().map(|strategies| &strategies.group)
    }

    /// `fsGroup`
    pub fn fs_group(&self) -> Option<&Group> {
        self.strategies.as_ref().ok().map(|strategies| &strategies.fs_group)
    }

    /// `supplementalGroups`
    pub fn supplemental_groups(&self) -> Option<&Group> {
        self.strategies.as_ref().ok().map(|strategies| &strategies.supplemental_groups)
    }

    /// `seLinux`
    pub fn se_linux(&self) -> Option<&SeLinuxRule<'d>> {
        self.strategies.as_ref().ok().map(|strategies| &strategies.se_linux)
    }

    /// Whether a type of volume may be used.
    pub fn allows_volume(&self, kind: &str) -> bool {
        self.volumes.iter().any(|allowed| *allowed == kind || *allowed == "*")
    }

    /// Whether a port of the host may be used.
    pub(crate) fn allows_port(&self, port: i64) -> bool {
        self.host_ports.iter().any(|range| (range.min..=range.max).contains(&port))
    }
}

impl<'d> Strategies<'d> {
    fn read(spec: Field<'d>, reader: &mut Reader<'d>) -> Result<Self, String> {
        let mut ruled = |field: Field<'d>| {
            reader.mapping(field);
            let rule = reader.text(field.get("rule")).unwrap_or_default();
            let ranges = IdRange::read_all(field.get("ranges"), reader);
            (rule, ranges)
        };
        let (rule, ranges) = ruled(spec.get("runAsUser"));
        let user = User::read(rule, ranges);
        let group = if spec.get("runAsGroup").exists() {
            let (rule, ranges) = ruled(spec.get("runAsGroup"));
            Group::read("RunAsGroup", rule, ranges)
        } else {
            Ok(Group::RunAsAny)
        };
        let (rule, ranges) = ruled(spec.get("fsGroup"));
        let fs_group = Group::read("FSGroup", rule, ranges);
        let (rule, ranges) = ruled(spec.get("supplementalGroups"));
        let supplemental_groups = Group::read("SupplementalGroups", rule, ranges);
        reader.mapping(spec.get("seLinux"));
        let rule = reader.text(spec.get("seLinux.rule")).unwrap_or_default();
        let options = SeLinux::read(spec.get("seLinux.seLinuxOptions"), reader);
        let se_linux = SeLinuxRule::read(rule, options);
        match (user, group, se_linux, fs_group, supplemental_groups) {
            (Ok(user), Ok(group), Ok(se_linux), Ok(fs_group), Ok(supplemental_groups)) => {
                Ok(Strategies { user, group, se_linux, fs_group, supplemental_groups })
            }
            (user, group, se_linux, fs_group, supplemental_groups) => {
                let errors =
                    [user.err(), group.err(), se_linux.err(), fs_group.err(), supplemental_groups.err()];
                Err(go::aggregate(errors.into_iter().flatten()))
            }
        }
    }
}

impl HostPath<'_> {
    /// Whether a path is the folder or stands below it, by whole segments.
    pub fn contains(&self, path: &str) -> bool {
        // One slash at the end of either doesn't count.
        let trimmed = |path| -> &str { str::strip_suffix(path, '/').unwrap_or(path) };
        let rest = trimmed(path).strip_prefix(trimmed(self.prefix));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
