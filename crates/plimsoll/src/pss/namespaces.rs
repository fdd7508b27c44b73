//! The label that each namespace can carry, as far as what was read tells.

use plimsoll_engine::Coverage;
use plimsoll_kubernetes::Object;
use plimsoll_podsecurity::labels::PolicyLabels;
use plimsoll_podsecurity::{LabelError, Level, LevelVersion, Policy, Version};

use super::is_complete;
use super::workloads::Estate;

/// A namespace with what was read of it.
pub struct Namespace<'d> {
    pub name: &'d str,
    /// The strictest level that admits everything in it that could be decoded.
    pub level: Level,
    /// Pods and what makes them.
    pub workloads: usize,
    /// Those that couldn't be decoded.
    pub unreadable: usize,
    /// Whether there may be more in it that wasn't read.
    pub is_unsure: bool,
    /// What its labels say today, where it was read.
    pub policy: Option<(Policy, Vec<LabelError>)>,
}

impl Namespace<'_> {
    /// The policy that can be enforced.
    pub fn enforceable(&self, version: Version) -> LevelVersion {
        LevelVersion::new(self.level, version)
    }
}

/// The namespaces that were read, and those that something that makes pods goes to, sorted.
pub fn of<'d>(estate: &Estate<'d>, version: Version, coverage: &Coverage) -> Vec<Namespace<'d>> {
    let mut namespaces: Vec<Namespace<'d>> = Vec::new();
    for name in estate.inventory.namespaces() {
        let mut namespace = Namespace {
            name,
            level: Level::Restricted,
            workloads: 0,
            unreadable: 0,
            is_unsure: !is_complete(coverage),
            policy: estate.inventory.namespace(name).map(policy),
        };
        for workload in estate.workloads.iter().filter(|workload| workload.namespace == name) {
            namespace.workloads += 1;
            match (&workload.unreadable, workload.facts.level(version)) {
                (None, Some(level)) => namespace.level = namespace.level.min(level),
                _ => namespace.unreadable += 1,
            }
        }
        namespace.is_unsure |= namespace.unreadable > 0;
        if namespace.workloads > 0 || namespace.policy.is_some() {
            namespaces.push(namespace);
        }
    }
    namespaces
}

fn policy(namespace: &Object<'_>) -> (Policy, Vec<LabelError>) {
    Policy::of_namespace(&PolicyLabels::of(&namespace.labels()), Policy::default())
}
