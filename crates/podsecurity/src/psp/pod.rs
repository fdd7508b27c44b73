//! A pod, as far as policies look at it, after the API server's defaults.

use std::borrow::Cow;
use std::collections::BTreeMap;

use plimsoll_kubernetes::{ContainerKind, Field, Pod};

use super::container::PspContainer;
use super::read::{Problem, Reader};
use super::security::PodSecurity;
use super::volume::PspVolume;

/// A pod that policies judge, and that they fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PspPod<'d> {
    pub(crate) annotations: BTreeMap<Cow<'d, str>, Cow<'d, str>>,
    pub(crate) host_network: bool,
    pub(crate) host_pid: bool,
    pub(crate) host_ipc: bool,
    pub(crate) runtime_class: Option<&'d str>,
    pub(crate) security: PodSecurity<'d>,
    pub(crate) volumes: Vec<PspVolume<'d>>,
    /// Init, then app, then ephemeral ones.
    pub(crate) containers: Vec<PspContainer<'d>>,
}

impl<'d> PspPod<'d> {
    /// The pod itself, or one that a template makes. What is of a wrong type is told: the API server would
    /// not take the object.
    pub fn of(pod: &Pod<'d>) -> (Self, Vec<Problem<'d>>) {
        PspPod::read(pod.metadata(), pod.spec())
    }

    /// A pod of this metadata and spec.
    pub fn read(metadata: Field<'d>, spec: Field<'d>) -> (Self, Vec<Problem<'d>>) {
        let reader = &mut Reader::default();
        // What is below a value of another type is absent.
        reader.mapping(metadata);
        reader.mapping(spec);
        let host_network = reader.flag(spec.get("hostNetwork"));
        let mut containers = Vec::new();
        for kind in [ContainerKind::Init, ContainerKind::App, ContainerKind::Ephemeral] {
            for (index, field) in reader.mappings(spec.key(kind.list())).into_iter().enumerate() {
                containers.push(PspContainer::read(kind, index, field, host_network, reader));
            }
        }
        let pod = PspPod {
            annotations: annotations(metadata.get("annotations"), reader),
            host_network,
            host_pid: reader.flag(spec.get("hostPID")),
            host_ipc: reader.flag(spec.get("hostIPC")),
            runtime_class: reader.text(spec.get("runtimeClassName")),
            security: PodSecurity::read(spec.get("securityContext"), reader),
            volumes: reader
                .mappings(spec.get("volumes"))
                .into_iter()
                .map(|volume| PspVolume::read(volume, reader))
                .collect(),
            containers,
        };
        (pod, std::mem::take(&mut reader.problems))
    }

    /// An annotation; empty where there is none.
    pub(crate) fn annotation(&self, key: &str) -> &str {
        self.annotations.get(key).map_or("", |value| value)
    }
}

/// Annotations, of a pod or of a policy.
pub(crate) fn annotations<'d>(
    field: Field<'d>,
    reader: &mut Reader<'d>,
) -> BTreeMap<Cow<'d, str>, Cow<'d, str>> {
    let Some(field) = reader.mapping(field) else { return BTreeMap::new() };
    let entries = field.entries();
    entries
        .map(|(key, value)| (Cow::Borrowed(key), Cow::Borrowed(reader.text(value).unwrap_or_default())))
        .collect()
}
