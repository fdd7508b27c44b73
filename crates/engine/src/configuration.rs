//! The configuration: what `plimsoll.yaml` says.

mod check;
mod error;
mod forms;
mod globs;
mod read;
mod schema;
mod setting;
#[cfg(test)]
mod tests;

use crate::waiver::Waiver;
use crate::{Control, Parameters, Severity};

pub use error::ConfigurationError;
pub use globs::{GlobKind, Globs};
pub use schema::schema;

/// Configurations of other parts of the program, made of the same settings.
pub mod settings {
    pub use super::check::check;
    pub use super::read::{document, globs, items, parameters, severity, switch, text, texts, waivers};
    pub use super::schema::schema_of;
    pub use super::setting::{PARAMETERS_SETTING, Setting, Shape, WAIVERS_SETTING, required, setting};
}

/// What `plimsoll.yaml` says. The default is what holds without one.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The controls of the profile; `None` where none is named.
    pub profile: Option<Vec<&'static Control>>,
    /// Controls to run: alone, or besides those of the profile where one is named.
    pub select: Vec<&'static Control>,
    /// Controls that don't run.
    pub ignore: Vec<&'static Control>,
    /// The least severity that is shown.
    pub severity: Option<Severity>,
    /// The least severity that fails a run.
    pub fail_on: Option<Severity>,
    pub severities: Severities,
    pub parameters: Parameters,
    /// Settings for files. Of two that match, the later one counts.
    pub paths: Vec<Scope>,
    /// Settings for namespaces, which count more than those for files.
    pub namespaces: Vec<Scope>,
    /// Patterns of files that are not read, relative to the configuration's folder.
    pub exclude: Vec<String>,
    pub waivers: Vec<Waiver>,
    /// Whether the annotation `plimsoll.dev/waive` waives.
    pub waivers_by_annotation: bool,
    /// Whether charts and kustomizations are rendered.
    pub render: bool,
}

/// Settings for a part of the estate.
#[derive(Clone, Debug)]
pub struct Scope {
    pub matches: Globs,
    /// Controls that run here besides the others.
    pub select: Vec<&'static Control>,
    /// Controls that don't run here.
    pub ignore: Vec<&'static Control>,
    pub severities: Severities,
    /// Whether the annotation `plimsoll.dev/waive` waives here; `None` where the scope leaves it open.
    pub waivers_by_annotation: Option<bool>,
}

/// Severities that the configuration gives to controls in the place of their own.
#[derive(Clone, Debug, Default)]
pub struct Severities(Vec<(&'static str, Severity)>);

impl Severities {
    /// Of two names for one control, the one that fewer controls go by counts: an id counts more than
    /// its area.
    pub(crate) fn new(mut named: Vec<(Vec<&'static Control>, Severity)>) -> Severities {
        named.sort_by_key(|(controls, _)| controls.len());
        Severities(
            named
                .into_iter()
                .flat_map(|(controls, severity)| {
                    controls.into_iter().map(move |control| (control.id, severity))
                })
                .collect(),
        )
    }

    /// The severity of the control with this id; `None` where it keeps its own.
    pub fn of(&self, id: &str) -> Option<Severity> {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, severity)| *severity)
    }
}

impl Default for Configuration {
    fn default() -> Self {
        Configuration {
            profile: None,
            select: Vec::new(),
            ignore: Vec::new(),
            severity: None,
            fail_on: None,
            severities: Severities::default(),
            parameters: Parameters::default(),
            paths: Vec::new(),
            namespaces: Vec::new(),
            exclude: Vec::new(),
            waivers: Vec::new(),
            waivers_by_annotation: false,
            render: true,
        }
    }
}
