//! Security contexts, as far as policies look at them.

use plimsoll_kubernetes::Field;

use super::read::Reader;

/// SELinux options. What is absent is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeLinux<'d> {
    pub user: &'d str,
    pub role: &'d str,
    pub kind: &'d str,
    pub level: &'d str,
}

impl<'d> SeLinux<'d> {
    pub(crate) fn read(field: Field<'d>, reader: &mut Reader<'d>) -> Option<Self> {
        let field = reader.mapping(field)?;
        let mut text = |path| reader.text(field.get(path)).unwrap_or_default();
        Some(SeLinux { user: text("user"), role: text("role"), kind: text("type"), level: text("level") })
    }
}

/// A seccomp profile as the annotation that says the same; empty where none does.
pub(crate) fn seccomp_annotation<'d>(field: Field<'d>, reader: &mut Reader<'d>) -> Option<String> {
    let field = reader.mapping(field)?;
    let profile = reader.text(field.get("localhostProfile"));
    Some(match reader.text(field.get("type")).unwrap_or_default() {
        "Unconfined" => "unconfined".to_owned(),
        "RuntimeDefault" => "runtime/default".to_owned(),
        "Localhost" => profile.map_or_else(String::new, |profile| format!("localhost/{profile}")),
        _ => String::new(),
    })
}

/// The security context of a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PodSecurity<'d> {
    pub se_linux: Option<SeLinux<'d>>,
    pub run_as_user: Option<i64>,
    pub run_as_group: Option<i64>,
    pub run_as_non_root: Option<bool>,
    pub supplemental_groups: Option<Vec<i64>>,
    pub fs_group: Option<i64>,
    pub seccomp: Option<String>,
    pub sysctls: Vec<&'d str>,
}

impl<'d> PodSecurity<'d> {
    pub fn read(field: Field<'d>, reader: &mut Reader<'d>) -> Self {
        let Some(field) = reader.mapping(field) else { return PodSecurity::default() };
        let groups = reader.written_list(field.get("supplementalGroups"));
        let groups = groups.map(|groups| {
            groups.into_iter().map(|group| reader.integer(group).unwrap_or_default()).collect()
        });
        let sysctls = reader.mappings(field.get("sysctls"));
        PodSecurity {
            se_linux: SeLinux::read(field.get("seLinuxOptions"), reader),
            run_as_user: reader.integer(field.get("runAsUser")),
            run_as_group: reader.integer(field.get("runAsGroup")),
            run_as_non_root: reader.boolean(field.get("runAsNonRoot")),
            supplemental_groups: groups,
            fs_group: reader.integer(field.get("fsGroup")),
            seccomp: seccomp_annotation(field.get("seccompProfile"), reader),
            sysctls: sysctls
                .into_iter()
                .map(|sysctl| reader.text(sysctl.get("name")).unwrap_or_default())
                .collect(),
        }
    }
}

/// The capabilities that a container adds and drops.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Capabilities<'d> {
    pub add: Option<Vec<&'d str>>,
    pub drop: Option<Vec<&'d str>>,
}

impl<'d> Capabilities<'d> {
    fn read(field: Field<'d>, reader: &mut Reader<'d>) -> Option<Self> {
        let field = reader.mapping(field)?;
        let mut list = |path| {
            let items = reader.written_list(field.get(path))?;
            Some(items.into_iter().map(|item| reader.text(item).unwrap_or_default()).collect())
        };
        Some(Capabilities { add: list("add"), drop: list("drop") })
    }

    pub fn adds(&self) -> &[&'d str] {
        self.add.as_deref().unwrap_or_default()
    }

    pub fn drops(&self) -> &[&'d str] {
        self.drop.as_deref().unwrap_or_default()
    }
}

/// The security context of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContainerSecurity<'d> {
    pub capabilities: Option<Capabilities<'d>>,
    pub privileged: bool,
    pub se_linux: Option<SeLinux<'d>>,
    pub run_as_user: Option<i64>,
    pub run_as_group: Option<i64>,
    pub run_as_non_root: Option<bool>,
    pub read_only_root: Option<bool>,
    pub allow_escalation: Option<bool>,
    pub proc_mount: Option<&'d str>,
    pub seccomp: Option<String>,
}

impl<'d> ContainerSecurity<'d> {
    pub fn read(field: Field<'d>, reader: &mut Reader<'d>) -> Self {
        let Some(field) = reader.mapping(field) else { return ContainerSecurity::default() };
        ContainerSecurity {
            capabilities: Capabilities::read(field.get("capabilities"), reader),
            privileged: reader.flag(field.get("privileged")),
            se_linux: SeLinux::read(field.get("seLinuxOptions"), reader),
            run_as_user: reader.integer(field.get("runAsUser")),
            run_as_group: reader.integer(field.get("runAsGroup")),
            run_as_non_root: reader.boolean(field.get("runAsNonRoot")),
            read_only_root: reader.boolean(field.get("readOnlyRootFilesystem")),
            allow_escalation: reader.boolean(field.get("allowPrivilegeEscalation")),
            proc_mount: reader.text(field.get("procMount")),
            seccomp: seccomp_annotation(field.get("seccompProfile"), reader),
        }
    }
}
