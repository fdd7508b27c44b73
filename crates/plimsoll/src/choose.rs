//! Which controls run.

use plimsoll_controls::{ENTRIES, Entry, named};
use plimsoll_engine::{Profile, Selected, Selection};

use crate::arguments::Choice;
use crate::exit::Failure;

pub fn profile(name: &str) -> Result<Vec<&'static Entry>, Failure> {
    if name == "all" {
        return Ok(ENTRIES.iter().collect());
    }
    let profile = Profile::ALL
        .into_iter()
        .find(|profile| profile.name() == name)
        .ok_or_else(|| Failure::Error(format!("{name:?} is no profile")))?;
    Ok(ENTRIES.iter().filter(|entry| entry.control.in_profile(profile)).collect())
}

pub fn selection(choice: &Choice) -> Result<Selection, Failure> {
    let mut entries = if choice.select.is_empty() {
        profile(choice.profile.as_deref().unwrap_or("recommended"))?
    } else {
        let mut entries = Vec::new();
        for name in &choice.select {
            let found = named(name);
            if found.is_empty() {
                return Err(Failure::Error(format!("no control is called {name:?}")));
            }
            entries.extend(found);
        }
        entries
    };
    entries.sort_by_key(|entry| entry.control.id);
    entries.dedup_by_key(|entry| entry.control.id);
    let controls = entries
        .into_iter()
        .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
        .collect();
    Ok(Selection { controls, ..Selection::default() })
}
