//! Which controls run, where, and how severe they are there.

use std::collections::{HashMap, HashSet};

use crate::{Configuration, Control, Finding, Names, Scope, Selected, Selection, Severity, Surroundings};

/// What the command line asks for. It wins over the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// Takes the place of the configuration's profile and of all that it selects.
    pub profile: Option<&'a str>,
    /// Exactly these controls, whatever the profile and the configuration's `ignore` say.
    pub select: &'a [String],
    /// Controls that run nowhere.
    pub ignore: &'a [String],
    /// The least severity that is shown.
    pub severity: Option<Severity>,
}

/// The controls of a run, with what holds for parts of the estate.
#[derive(Clone, Debug)]
pub struct Chosen<'c> {
    /// What to run: every control that is wanted somewhere.
    pub selection: Selection,
    pub configuration: &'c Configuration,
    /// Controls that are wanted wherever no scope says otherwise.
    everywhere: HashSet<&'static str>,
    /// Controls that the command line leaves out.
    nowhere: HashSet<&'static str>,
    /// Whether scopes can add controls.
    scopes_select: bool,
    /// The least severity that is shown.
    minimum: Severity,
}

/// The profile that holds where none is named.
const DEFAULT_PROFILE: &str = "recommended";

impl<'c> Chosen<'c> {
    /// The error has a line for each name that isn't known.
    pub fn new(
        choice: &Choice<'_>,
        configuration: &'c Configuration,
        names: &dyn Names,
    ) -> Result<Chosen<'c>, String> {
        let mut errors = Vec::new();
        let mut resolve = |names_given: &[String], flag: &str| -> Vec<&'static Control> {
            let mut controls = Vec::new();
            for name in names_given {
                match names.controls(name) {
                    Ok(found) => controls.extend(found),
                    Err(error) => errors.push(format!("{flag}: {error}")),
                }
            }
            controls
        };
        let select = resolve(choice.select, "--select");
        let nowhere = resolve(choice.ignore, "--ignore");
        let profile = |name: &str| names.profile(name).map_err(|error| format!("--profile: {error}"));
        let asked = choice.profile.map(profile).transpose().unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        if !errors.is_empty() {
            return Err(errors.join("\n"));
        }

        let is_selected = !choice.select.is_empty();
        let mut wanted = match (is_selected, asked, &configuration.profile) {
            (true, _, _) => select,
            (false, Some(asked), _) => asked,
            (false, None, Some(profile)) => [profile.as_slice(), &configuration.select].concat(),
            (false, None, None) if configuration.select.is_empty() => names.profile(DEFAULT_PROFILE)?,
            (false, None, None) => configuration.select.clone(),
        };
        if !is_selected {
            let ignored = ids(&configuration.ignore);
            wanted.retain(|control| !ignored.contains(control.id));
        }
        let mut chosen = Chosen {
            selection: Selection { controls: Vec::new(), parameters: configuration.parameters.clone() },
            configuration,
            everywhere: ids(&wanted),
            nowhere: ids(&nowhere),
            scopes_select: !is_selected && choice.profile.is_none(),
            minimum: choice.severity.or(configuration.severity).unwrap_or(Severity::Low),
        };
        if chosen.scopes_select {
            wanted.extend(chosen.scopes().flat_map(|scope| &scope.select));
        }
        wanted.retain(|control| {
            !chosen.nowhere.contains(control.id) && chosen.highest(control) >= chosen.minimum
        });
        wanted.sort_by_key(|control| control.id);
        wanted.dedup_by_key(|control| control.id);
        chosen.selection.controls =
            wanted.into_iter().map(|control| Selected { control, severity: chosen.base(control) }).collect();
        Ok(chosen)
    }

    /// Leaves out findings where their control isn't wanted or not severe enough to be shown, and
    /// gives the others the severity that holds there.
    pub fn settle(&self, findings: Vec<Finding>, surroundings: &Surroundings<'_>) -> Vec<Finding> {
        let mut places = Places::new(self, surroundings);
        let settle = |mut finding: Finding| {
            let namespace = finding.object.as_deref().and_then(|object| surroundings.namespace_of(object));
            let place = places.of(finding.place.file.name(), namespace);
            finding.severity = self.severity_at(finding.control, &place)?;
            Some(finding)
        };
        findings.into_iter().filter_map(settle).collect()
    }

    /// Whether a control's findings at a place are shown.
    pub(crate) fn runs_at(&self, control: &Control, place: &[&Scope]) -> bool {
        self.severity_at(control, place).is_some()
    }

    /// Whether an annotation waives at a place.
    pub(crate) fn annotations_waive_at(&self, place: &[&Scope]) -> bool {
        let settings = place.iter().rev().find_map(|scope| scope.waivers_by_annotation);
        settings.unwrap_or(self.configuration.waivers_by_annotation)
    }

    /// How severe a control is at a place; `None` where it isn't wanted or not severe enough.
    fn severity_at(&self, control: &Control, place: &[&Scope]) -> Option<Severity> {
        let mut is_wanted = self.everywhere.contains(control.id);
        let mut severity = self.base(control);
        let is_in = |controls: &[&'static Control]| controls.iter().any(|known| known.id == control.id);
        for scope in place {
            is_wanted |= self.scopes_select && is_in(&scope.select);
            is_wanted &= !is_in(&scope.ignore);
            severity = scope.severities.of(control.id).unwrap_or(severity);
        }
        let is_shown = is_wanted && !self.nowhere.contains(control.id) && severity >= self.minimum;
        is_shown.then_some(severity)
    }

    fn base(&self, control: &Control) -> Severity {
        self.configuration.severities.of(control.id).unwrap_or(control.severity)
    }

    /// The highest severity that a control has anywhere.
    fn highest(&self, control: &Control) -> Severity {
        let scoped = self.scopes().filter_map(|scope| scope.severities.of(control.id));
        scoped.fold(self.base(control), Severity::max)
    }

    fn scopes(&self) -> impl Iterator<Item = &'c Scope> + use<'c> {
        self.configuration.paths.iter().chain(&self.configuration.namespaces)
    }
}

/// The scopes that hold at places, each place looked up once.
pub(crate) struct Places<'c, 's> {
    configuration: &'c Configuration,
    surroundings: &'s Surroundings<'s>,
    paths: HashMap<String, Vec<&'c Scope>>,
    namespaces: HashMap<String, Vec<&'c Scope>>,
}

impl<'c, 's> Places<'c, 's> {
    pub fn new(chosen: &Chosen<'c>, surroundings: &'s Surroundings<'s>) -> Self {
        Places {
            configuration: chosen.configuration,
            surroundings,
            paths: HashMap::new(),
            namespaces: HashMap::new(),
        }
    }

    /// The scopes of a file and a namespace; those that count more stand later.
    pub fn of(&mut self, file: &str, namespace: Option<&str>) -> Vec<&'c Scope> {
        let mut place = Vec::new();
        if !self.configuration.paths.is_empty() {
            let scopes = &self.configuration.paths;
            if !self.paths.contains_key(file) {
                let found = matching(scopes, &self.surroundings.path(file));
                self.paths.insert(file.to_owned(), found);
            }
            place.extend(self.paths.get(file).into_iter().flatten());
        }
        if let Some(namespace) = namespace
            && !self.configuration.namespaces.is_empty()
        {
            let scopes = &self.configuration.namespaces;
            if !self.namespaces.contains_key(namespace) {
                self.namespaces.insert(namespace.to_owned(), matching(scopes, namespace));
            }
            place.extend(self.namespaces.get(namespace).into_iter().flatten());
        }
        place
    }
}

fn matching<'c>(scopes: &'c [Scope], text: &str) -> Vec<&'c Scope> {
    scopes.iter().filter(|scope| scope.matches.matches(text)).collect()
}

fn ids(controls: &[&'static Control]) -> HashSet<&'static str> {
    controls.iter().map(|control| control.id).collect()
}
