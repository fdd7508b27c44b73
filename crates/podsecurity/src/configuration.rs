//! The configuration of the plugin: the policy where labels say nothing, and who is exempt.

use crate::Policy;

/// A `PodSecurityConfiguration`, complete and valid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    /// What holds for a namespace where its labels say nothing.
    pub defaults: Policy,
    pub exemptions: Exemptions,
}

/// Requests that the plugin lets pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemptions {
    pub usernames: Vec<String>,
    pub namespaces: Vec<String>,
    pub runtime_classes: Vec<String>,
}
