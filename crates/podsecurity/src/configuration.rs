//! The configuration of the plugin: the policy where labels say nothing, and who is exempt.

mod names;
mod read;
mod strict;

use std::fmt;

use plimsoll_doc::Position;

use crate::{Policy, go};

/// The API group of `PodSecurityConfiguration`.
pub const GROUP: &str = "pod-security.admission.config.k8s.io";

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

/// Why a configuration can't be used, in the API server's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigurationError {
    /// It is no `PodSecurityConfiguration`, or has fields that there are not.
    Decoding(String, Option<Position>),
    /// Its values are wrong: each with its message, `PATH: Invalid value: …`, and its place.
    Invalid(Vec<(String, Position)>),
}

impl ConfigurationError {
    /// Where the first thing that is wrong stands.
    pub fn position(&self) -> Option<Position> {
        match self {
            ConfigurationError::Decoding(_, position) => *position,
            ConfigurationError::Invalid(errors) => errors.first().map(|(_, position)| *position),
        }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigurationError::Decoding(message, _) => f.write_str(message),
            ConfigurationError::Invalid(errors) => {
                f.write_str(&go::aggregate(errors.iter().map(|(message, _)| message.clone())))
            }
        }
    }
}

impl std::error::Error for ConfigurationError {}
