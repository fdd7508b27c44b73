//! Profiles of the kernel's security modules: AppArmor, SELinux, seccomp.

use super::{Words, of, setters, values};
use crate::fact::Fact;
use crate::go::{join_quoted, plural, quoted};
use crate::notes::{Note, Notes};

/// An annotation with its value: `key="value"`.
fn annotation(note: &Note<'_>) -> String {
    format!("{}={}", note.at.anchor().key().unwrap_or(""), quoted(note.at.text()))
}

/// Annotations with their values, sorted, each once.
fn annotations(notes: &[Note<'_>]) -> Vec<String> {
    let mut annotations: Vec<String> = notes.iter().map(annotation).collect();
    annotations.sort_unstable();
    annotations.dedup();
    annotations
}

pub(super) fn app_armor<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::AppArmorField, Fact::AppArmorAnnotation]);
    let fields = of(&notes, Fact::AppArmorField);
    // What the server copies from an annotation has the annotation to blame and not its text.
    let is_copied = |note: &&Note<'d>| note.at.is("unconfined") && note.at.anchor().key() != Some("type");
    let mut types = values(&fields.iter().filter(|note| !is_copied(note)).copied().collect::<Vec<_>>());
    if fields.iter().any(|note| is_copied(&note)) {
        types.insert("Unconfined");
    }
    let annotations = annotations(&of(&notes, Fact::AppArmorAnnotation));
    let mut setters = setters::all(&fields);
    if !annotations.is_empty() {
        setters.push(plural("annotation", "annotations", annotations.len()).to_owned());
    }
    let bad: Vec<&str> = types.into_iter().chain(annotations.iter().map(String::as_str)).collect();
    let detail = format!(
        "{} must not set AppArmor profile type to {}",
        setters.join(" and "),
        join_quoted(bad.iter().copied())
    );
    let reason = plural("forbidden AppArmor profile", "forbidden AppArmor profiles", bad.len());
    Words { reason: Some(reason), detail, notes }
}

pub(super) fn seccomp_annotations<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::SeccompAnnotation]);
    let annotations = annotations(&notes);
    let detail = format!(
        "forbidden {} {}",
        plural("annotation", "annotations", annotations.len()),
        annotations.join(", ")
    );
    Words::new(detail, notes)
}

pub(super) fn seccomp<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::SeccompField]);
    let detail = format!(
        "{} must not set securityContext.seccompProfile.type to {}",
        setters::all(&notes).join(" and "),
        join_quoted(values(&notes))
    );
    Words::new(detail, notes)
}

pub(super) fn seccomp_restricted<'d>(notes: &Notes<'d>) -> Words<'d> {
    if notes.has(Fact::SeccompField) {
        return seccomp(notes);
    }
    let unset = notes.with(&[Fact::SeccompUnset]);
    let detail = format!(
        "pod or {} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
        setters::told(&unset)
    );
    Words::new(detail, unset)
}

pub(super) fn se_linux<'d>(notes: &Notes<'d>, minor: u64) -> Words<'d> {
    let mut facts = vec![Fact::SeLinuxType, Fact::SeLinuxUser, Fact::SeLinuxRole];
    if minor < 31 {
        facts.push(Fact::SeLinuxEngineType);
    }
    let notes = notes.with(&facts);
    let mut data = Vec::new();
    let is_type = |note: &&Note<'d>| matches!(note.fact, Fact::SeLinuxType | Fact::SeLinuxEngineType);
    let types = values(&notes.iter().filter(is_type).copied().collect::<Vec<_>>());
    if !types.is_empty() {
        data.push(format!("{} {}", plural("type", "types", types.len()), join_quoted(types)));
    }
    for (fact, text) in
        [(Fact::SeLinuxUser, "user may not be set"), (Fact::SeLinuxRole, "role may not be set")]
    {
        if notes.iter().any(|note| note.fact == fact) {
            data.push(text.to_owned());
        }
    }
    let detail = format!(
        "{} set forbidden securityContext.seLinuxOptions: {}",
        setters::all(&notes).join(" and "),
        data.join("; ")
    );
    Words::new(detail, notes)
}
