//! From what people call controls and profiles to a selection.

use plimsoll_engine::framework::Framework;
use plimsoll_engine::{Choice, Chosen, Configuration, Control, Names, Profile};

use crate::{ENTRIES, Entry, frameworks, named, nearest};

/// The controls of this crate, by name.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue;

/// Names are shown up to this many characters.
const SHOWN: usize = 80;

impl Names for Catalogue {
    fn controls(&self, name: &str) -> Result<Vec<&'static Control>, String> {
        let found = named(name);
        if !found.is_empty() {
            return Ok(found.into_iter().map(|entry| entry.control).collect());
        }
        let hint = match nearest(name) {
            Some(id) => format!("did you mean {id}?"),
            None => "`plimsoll controls` lists them".to_owned(),
        };
        Err(format!("no control is called {:?}: {hint}", shown(name)))
    }

    fn profile(&self, name: &str) -> Result<Vec<&'static Control>, String> {
        profile(name).map(|entries| entries.into_iter().map(|entry| entry.control).collect())
    }
}

/// The controls that the command line and the configuration ask for. The error has a line for each
/// name that isn't known.
pub fn select<'c>(choice: &Choice<'_>, configuration: &'c Configuration) -> Result<Chosen<'c>, String> {
    Chosen::new(choice, configuration, &Catalogue)
}

/// The controls of a profile, of `all`, or those that speak for a requirement of a framework.
pub fn profile(name: &str) -> Result<Vec<&'static Entry>, String> {
    if name == ALL {
        return Ok(ENTRIES.iter().collect());
    }
    if let Some(profile) = Profile::ALL.into_iter().find(|profile| profile.name() == name) {
        return Ok(ENTRIES.iter().filter(|entry| entry.control.in_profile(profile)).collect());
    }
    let framework = match frameworks_called(name).as_slice() {
        [framework] => *framework,
        [] => return Err(unknown_profile(name)),
        several => {
            let ids: Vec<_> = several.iter().map(|framework| framework.id).collect();
            return Err(format!("{name:?} can be one of {}", ids.join(", ")));
        }
    };
    let speaks = |entry: &&Entry| entry.control.frameworks.iter().any(|r| r.framework == framework.id);
    Ok(ENTRIES.iter().filter(speaks).collect())
}

/// The profile that holds every control.
const ALL: &str = "all";

/// The framework with this id, or those whose id begins with these words: `cis-kubernetes`.
fn frameworks_called(name: &str) -> Vec<&'static Framework> {
    if let Some(framework) = frameworks::framework(name) {
        return vec![framework];
    }
    let begins = |framework: &&&Framework| {
        !name.is_empty() && framework.id.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
    };
    frameworks::ALL.iter().filter(begins).copied().collect()
}

fn unknown_profile(name: &str) -> String {
    let known = || {
        let profiles = Profile::ALL.into_iter().map(Profile::name);
        profiles.chain([ALL]).chain(frameworks::ALL.iter().map(|framework| framework.id))
    };
    let name = shown(name);
    match plimsoll_engine::nearest(&name, known()) {
        Some(near) => format!("no profile is called {name:?}: did you mean {near}?"),
        None => {
            format!("no profile is called {name:?}; there are {}", known().collect::<Vec<_>>().join(", "))
        }
    }
}

fn shown(name: &str) -> String {
    name.chars().take(SHOWN).collect()
}
