//! What the person who exports decides.

use crate::Requirement;

/// What a cluster does with an object that a policy says no to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Refuses the request.
    Deny,
    /// Lets it pass with a warning to whoever sent it.
    Warn,
    /// Lets it pass with a note in the audit log.
    Audit,
}

impl Action {
    pub const ALL: [Action; 3] = [Action::Deny, Action::Warn, Action::Audit];

    /// As the API writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Action::Deny => "Deny",
            Action::Warn => "Warn",
            Action::Audit => "Audit",
        }
    }
}

/// Which objects a policy about pods speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Pods alone.
    Pods,
    /// Everything that makes pods, and no pods.
    Workloads,
    All,
}

impl Scope {
    pub const ALL: [Scope; 3] = [Scope::Pods, Scope::Workloads, Scope::All];

    pub const fn name(self) -> &'static str {
        match self {
            Scope::Pods => "pods",
            Scope::Workloads => "workloads",
            Scope::All => "all",
        }
    }

    pub(crate) fn has_pods(self) -> bool {
        self != Scope::Workloads
    }

    pub(crate) fn has_workloads(self) -> bool {
        self != Scope::Pods
    }
}

/// What happens to a request when a policy can't be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailurePolicy {
    /// It is refused.
    Fail,
    /// It passes.
    Ignore,
}

impl FailurePolicy {
    pub const fn name(self) -> &'static str {
        match self {
            FailurePolicy::Fail => "Fail",
            FailurePolicy::Ignore => "Ignore",
        }
    }
}

/// How the policies are bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// For pods, and for objects that have nothing to do with pods.
    pub actions: Vec<Action>,
    /// For what makes pods.
    pub workload_actions: Vec<Action>,
    pub scope: Scope,
    /// Namespaces in which nothing is judged.
    pub excluded: Vec<String>,
    /// What the labels of a namespace must be for its objects to be judged.
    pub selector: Vec<Requirement>,
    pub failure_policy: FailurePolicy,
}
