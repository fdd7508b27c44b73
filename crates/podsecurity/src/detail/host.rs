//! What of the host a pod reaches: namespaces, paths, ports, processes, kernel parameters.

use std::collections::BTreeSet;

use plimsoll_kubernetes::Field;

use super::{Words, setters, values};
use crate::allowed::RESTRICTED_VOLUMES;
use crate::fact::Fact;
use crate::go::{join_quoted, plural};
use crate::notes::{Note, Notes};

pub(super) fn namespaces<'d>(notes: &Notes<'d>) -> Words<'d> {
    let namespaces = [
        (Fact::HostNetwork, "hostNetwork=true"),
        (Fact::HostPid, "hostPID=true"),
        (Fact::HostIpc, "hostIPC=true"),
    ];
    let names: Vec<_> =
        namespaces.iter().filter(|(fact, _)| notes.has(*fact)).map(|(_, name)| *name).collect();
    let notes = namespaces.iter().flat_map(|(fact, _)| notes.with(&[*fact])).collect();
    Words::new(names.join(", "), notes)
}

/// The volume that a source stands in.
fn volume<'d>(note: &Note<'d>) -> Field<'d> {
    Field::new(note.at.anchor().parent().unwrap_or(note.at.anchor()))
}

fn volumes(notes: &[Note<'_>]) -> String {
    let names = notes.iter().map(|note| volume(note).get("name").text());
    format!("{} {}", plural("volume", "volumes", notes.len()), join_quoted(names))
}

pub(super) fn path_volumes<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::HostPathVolume]);
    Words::new(volumes(&notes), notes)
}

pub(super) fn restricted_volumes<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::VolumeType]);
    // Of several sources of one volume the server names the first by its own order.
    let types: BTreeSet<&str> = notes
        .iter()
        .filter_map(|note| RESTRICTED_VOLUMES.into_iter().find(|source| volume(note).key(source).exists()))
        .collect();
    let detail = format!(
        "{} {} {} {}",
        volumes(&notes),
        plural("uses", "use", notes.len()),
        plural("restricted volume type", "restricted volume types", types.len()),
        join_quoted(types)
    );
    Words::new(detail, notes)
}

pub(super) fn ports<'d>(notes: &Notes<'d>, gets_host_ports: bool) -> Words<'d> {
    let written = [Fact::HostPort];
    let all = [Fact::HostPort, Fact::PortWithoutHostPort];
    let notes = notes.with(if gets_host_ports { &all } else { &written });
    // As texts: 10 stands before 9.
    let ports: BTreeSet<String> =
        notes.iter().filter_map(|note| note.at.as_i64()).map(|port| port.to_string()).collect();
    let containers = setters::names(&setters::containers(&notes));
    let detail = format!(
        "{} {} {} {}",
        setters::called(&containers),
        plural("uses", "use", containers.len()),
        plural("hostPort", "hostPorts", ports.len()),
        ports.into_iter().collect::<Vec<_>>().join(", ")
    );
    Words::new(detail, notes)
}

pub(super) fn handlers<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::HandlerHost]);
    // Here alone containers are sorted, and each name is told once.
    let names: BTreeSet<&str> = setters::names(&setters::containers(&notes)).into_iter().collect();
    let names: Vec<&str> = names.into_iter().collect();
    let hosts = values(&notes);
    let detail = format!(
        "{} {} {} {}",
        setters::called(&names),
        plural("uses", "use", names.len()),
        plural("probe or lifecycle host", "probe or lifecycle hosts", hosts.len()),
        join_quoted(hosts)
    );
    Words::new(detail, notes)
}

pub(super) fn sysctls<'d>(notes: &Notes<'d>, minor: u64) -> Words<'d> {
    let since = [
        (Fact::Sysctl, u64::MAX),
        (Fact::SysctlSince27, 27),
        (Fact::SysctlSince29, 29),
        (Fact::SysctlSince32, 32),
        (Fact::SysctlSince37, 37),
    ];
    let facts: Vec<Fact> =
        since.into_iter().filter(|(_, since)| minor < *since).map(|(fact, _)| fact).collect();
    let notes = notes.with(&facts);
    let names: Vec<&str> = notes.iter().map(|note| note.at.text()).collect();
    Words::new(names.join(", "), notes)
}

pub(super) fn process<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::HostProcess]);
    let setters = setters::all(&notes).join(" and ");
    let detail = format!("{setters} must not set securityContext.windowsOptions.hostProcess=true");
    Words::new(detail, notes)
}
