//! The profiles `baseline` and `restricted` are the Pod Security Standards, no less and no more.

use plimsoll_controls::{ENTRIES, frameworks};
use plimsoll_engine::{Control, Profile};

/// The requirements of the standards that a control speaks for.
fn requirements(control: &Control) -> impl Iterator<Item = &'static str> {
    control.frameworks.iter().filter(|reference| reference.framework == "pss").map(|r| r.requirement)
}

/// The profile that decides a requirement, by its level.
fn profile_of(requirement: &str) -> Profile {
    if requirement.starts_with("baseline/") { Profile::Baseline } else { Profile::Restricted }
}

#[test]
fn every_check_has_a_control_in_its_profile() {
    let standards = frameworks::framework("pss").expect("the standards are a framework");
    for requirement in standards.requirements {
        let is_decided = ENTRIES.iter().any(|entry| {
            entry.control.profiles.contains(&profile_of(requirement.id))
                && requirements(entry.control).any(|id| id == requirement.id)
        });
        assert!(is_decided, "no control of its profile decides {}", requirement.id);
    }
}

#[test]
fn the_profiles_hold_nothing_else() {
    for entry in ENTRIES {
        for profile in [Profile::Baseline, Profile::Restricted] {
            if entry.control.profiles.contains(&profile) {
                let speaks = requirements(entry.control).any(|id| profile_of(id) == profile);
                assert!(speaks, "{} is in the profile {}", entry.control.id, profile.name());
            }
        }
    }
}
