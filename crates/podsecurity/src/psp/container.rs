//! Containers of a pod, as far as policies look at them.

use plimsoll_kubernetes::{ContainerKind, Field};

use super::read::Reader;
use super::security::ContainerSecurity;

/// A container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PspContainer<'d> {
    pub kind: ContainerKind,
    /// Its place in its list, from 0.
    pub index: usize,
    pub name: &'d str,
    pub security: ContainerSecurity<'d>,
    /// Ports of the host, 0 where a port takes none.
    pub host_ports: Vec<i64>,
    /// Mounts of volumes by name, and whether they are read-only.
    pub mounts: Vec<(&'d str, bool)>,
}

impl<'d> PspContainer<'d> {
    pub fn read(
        kind: ContainerKind,
        index: usize,
        field: Field<'d>,
        in_host_network: bool,
        reader: &mut Reader<'d>,
    ) -> Self {
        let host_ports = reader
            .mappings(field.get("ports"))
            .into_iter()
            .map(|port| {
                let host_port = reader.integer(port.get("hostPort")).unwrap_or_default();
                // In the host's network every port is the host's; the API server says so of all but
                // ephemeral containers, which have none.
                if host_port == 0 && in_host_network && kind != ContainerKind::Ephemeral {
                    reader.integer(port.get("containerPort")).unwrap_or_default()
                } else {
                    host_port
                }
            })
            .collect();
        let mounts = reader
            .mappings(field.get("volumeMounts"))
            .into_iter()
            .map(|mount| {
                (reader.text(mount.get("name")).unwrap_or_default(), reader.flag(mount.get("readOnly")))
            })
            .collect();
        PspContainer {
            kind,
            index,
            name: reader.text(field.get("name")).unwrap_or_default(),
            security: ContainerSecurity::read(field.get("securityContext"), reader),
            host_ports,
            mounts,
        }
    }

    /// `spec.containers[0]`
    pub fn path(&self) -> String {
        format!("spec.{}[{}]", self.kind.list(), self.index)
    }
}
