//! Security frameworks and their requirements.

/// A framework: a benchmark, a guide, a matrix of threats.
#[derive(Debug)]
pub struct Framework {
    /// `cis-kubernetes-1.12`
    pub id: &'static str,
    /// `CIS Kubernetes Benchmark`
    pub name: &'static str,
    pub version: &'static str,
    /// Where a person reads it.
    pub url: &'static str,
    pub requirements: &'static [Requirement],
}

/// One requirement of a framework.
#[derive(Debug)]
pub struct Requirement {
    /// As the framework writes it: `5.2.2`, `T1611`, `K01`.
    pub id: &'static str,
    pub title: &'static str,
    /// The chapter or tactic it stands in.
    pub section: &'static str,
    pub decided: Decided,
}

/// Who can decide whether a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// A program that reads manifests can, at least in part.
    Automated,
    /// Only a person can, or a program that sees more than manifests. A control may show that it isn't met,
    /// never that it is.
    Manual,
}

/// A control's word that it speaks for a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Id of the [`Framework`].
    pub framework: &'static str,
    /// Id of the [`Requirement`].
    pub requirement: &'static str,
}

impl Requirement {
    /// Whether `id` is this requirement or one of its numbered parts: `T1552` holds `T1552.001`.
    pub fn holds(&self, id: &str) -> bool {
        id.strip_prefix(self.id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl Framework {
    pub fn requirement(&self, id: &str) -> Option<&'static Requirement> {
        self.requirements.iter().find(|requirement| requirement.id == id)
    }
}
