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
    let framework = framework_called(name)?.ok_or_else(|| unknown_profile(name))?;
    let speaks = |entry: &&Entry| entry.control.frameworks.iter().any(|r| r.framework == framework.id);
    Ok(ENTRIES.iter().filter(speaks).collect())
}

/// The framework of an id, or of the words that one id alone begins with: `cis-kubernetes`.
pub fn framework(name: &str) -> Result<&'static Framework, String> {
    framework_called(name)?.ok_or_else(|| {
        let ids: Vec<_> = frameworks::ALL.iter().map(|framework| framework.id).collect();
        format!("no framework is called {:?}: one of {}", shown(name), ids.join(", "))
    })
}

/// The same, where a name need not be a framework's. The error is for words that several begin with.
pub fn framework_called(name: &str) -> Result<Option<&'static Framework>, String> {
    match frameworks_called(name).as_slice() {
        [framework] => Ok(Some(framework)),
        [] => Ok(None),
        several => {
            let ids: Vec<_> = several.iter().map(|framework| framework.id).collect();
            Err(format!("{name:?} can be one of {}", ids.join(", ")))
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(found: &[&Entry]) -> Vec<&'static str> {
        found.iter().map(|entry| entry.control.id).collect()
    }

    #[test]
    fn profiles_hold_their_controls() {
        let of = |name: &str| profile(name).map(|found| ids(&found)).unwrap_or_default();
        assert_eq!(of("all").len(), ENTRIES.len());
        assert!(of("baseline").contains(&"pod/privileged"));
        assert!(of("restricted").contains(&"pod/privileged"), "restricted holds all of baseline");
        assert!(!of("baseline").contains(&"image/latest-tag"));
        assert!(of("recommended").contains(&"image/latest-tag"));
        assert!(of("cis-kubernetes-1.12").contains(&"pod/privileged"));
        assert!(!of("cis-kubernetes-1.12").contains(&"image/latest-tag"));
    }

    #[test]
    fn frameworks_are_found_without_their_version() {
        for (name, expected) in [
            ("cis-kubernetes", "cis-kubernetes-1.12"),
            ("cis-aks", "cis-aks-1.8"),
            ("nsa", "nsa-cisa-1.2"),
            ("nsa-cisa", "nsa-cisa-1.2"),
            ("mitre", "mitre-attack-containers-19.1"),
            ("owasp", "owasp-kubernetes-2025"),
            ("pss", "pss"),
        ] {
            let found = frameworks_called(name);
            assert_eq!(found.iter().map(|framework| framework.id).collect::<Vec<_>>(), [expected], "{name}");
        }
        for name in ["", "c", "cis-kube", "cis-kubernetes-", "CIS-Kubernetes", "1.12"] {
            assert!(frameworks_called(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn names_that_are_not_known_are_errors() {
        let error = |name: &str| profile(name).expect_err("no profile");
        assert_eq!(error("cis"), "\"cis\" can be one of cis-kubernetes-1.12, cis-aks-1.8, cis-eks-1.8");
        assert_eq!(error("restrictd"), "no profile is called \"restrictd\": did you mean restricted?");
        assert_eq!(
            error("cis-kubernetes-1.11"),
            "no profile is called \"cis-kubernetes-1.11\": did you mean cis-kubernetes-1.12?"
        );
        assert!(error("x").starts_with(
            "no profile is called \"x\"; there are baseline, restricted, recommended, all, pss"
        ));
        let error = |name: &str| Catalogue.controls(name).expect_err("no control");
        assert_eq!(
            error("pod/priviledged"),
            "no control is called \"pod/priviledged\": did you mean pod/privileged?"
        );
        assert_eq!(
            error("CKV_K8S_9999"),
            "no control is called \"CKV_K8S_9999\": `plimsoll controls` lists them"
        );
        for name in ["", "*", "/", "/*", "pods/*", "pod", "pod/privileged,pod/host-pid"] {
            assert!(Catalogue.controls(name).is_err(), "{name}");
        }
        assert!(error(&"x".repeat(1000)).len() < 200);
    }

    #[test]
    fn controls_are_found_by_any_name() {
        let of = |name: &str| -> Vec<_> {
            Catalogue.controls(name).into_iter().flatten().map(|control| control.id).collect()
        };
        for name in ["pod/privileged", "CKV_K8S_16", "checkov:CKV_K8S_16", "ckv_k8s_16", "KSV017"] {
            assert_eq!(of(name), ["pod/privileged"], "{name}");
        }
        // One check of theirs, two ideas of ours.
        assert_eq!(of("C-0057"), ["pod/capability-sys-admin", "pod/privileged"]);
        assert!(of("pod/*").len() > 1);
        assert!(of("pod/*").iter().all(|id| id.starts_with("pod/")));
        assert_eq!(of("pod/*"), of("pod/"));
    }
}
