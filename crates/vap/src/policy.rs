//! What a ValidatingAdmissionPolicy says, before it is written down.

use crate::resource::Rule;
use crate::{Action, FailurePolicy, Requirement};

/// A policy with its bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The name of the policy: a DNS subdomain.
    pub(crate) name: String,
    /// What it stands for, as annotations.
    pub(crate) annotations: Vec<(&'static str, String)>,
    pub(crate) rules: Vec<Rule>,
    /// Names and expressions; the policy speaks where all of them are true.
    pub(crate) conditions: Vec<(&'static str, String)>,
    /// Names and expressions, in the order in which they build on each other.
    pub(crate) variables: Vec<(String, String)>,
    /// True where the object is admitted.
    pub(crate) expression: String,
    pub(crate) message_expression: String,
    /// For when the other one can't be evaluated.
    pub(crate) message: String,
    pub(crate) failure_policy: FailurePolicy,
    pub(crate) bindings: Vec<Binding>,
}

impl Policy {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The control or the level that the policy stands for.
    pub fn stands_for(&self) -> &str {
        self.annotations.first().map_or("", |(_, value)| value)
    }

    /// Gives the policy and its bindings another name.
    pub fn rename(&mut self, name: &str) {
        for binding in &mut self.bindings {
            let suffix = binding.name.strip_prefix(self.name.as_str()).unwrap_or_default();
            binding.name = format!("{name}{suffix}");
        }
        self.name = name.to_owned();
    }
}

/// Where a policy holds, and what it does there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) name: String,
    pub(crate) actions: Vec<Action>,
    /// Of the policy's rules those that this binding is about; none: all of them.
    pub(crate) rules: Vec<Rule>,
    /// What the labels of the namespace must be.
    pub(crate) selector: Vec<Requirement>,
}
