//! What a person reads.

use std::fmt::Write;

use plimsoll_engine::Place;
use plimsoll_podsecurity::{Level, LevelVersion, Version, Violation};

use super::apply::{Applied, Said};
use super::namespaces::Namespace;
use super::paint::{BAD, DIM, GOOD, NAME, Paint, UNSURE, of_level};
use super::workloads::{Estate, Gap, Workload};

/// Columns of the names of levels.
const LEVEL: usize = "privileged".len() + 2;

/// Which level each workload meets, what keeps it from the next one, and what each namespace can carry.
pub fn levels(estate: &Estate<'_>, namespaces: &[Namespace<'_>], version: Version, paint: &Paint) -> String {
    let mut out = String::new();
    for namespace in namespaces {
        let _ = writeln!(out, "{}", paint.text(NAME, &format!("namespace {}", namespace.name)));
        let _ = writeln!(out, "  {}", carried(namespace, version, paint));
        for workload in estate.workloads.iter().filter(|workload| workload.namespace == namespace.name) {
            match (&workload.unreadable, workload.facts.level(version)) {
                (None, Some(level)) => {
                    title(&paint.padded(of_level(level), level.name(), LEVEL), workload, paint, &mut out);
                    if let Some(next) = next(level) {
                        violations(workload, LevelVersion::new(next, version), paint, &mut out);
                    }
                }
                (gap, _) => unknown(workload, gap.as_ref(), paint, &mut out),
            }
        }
        out.push('\n');
    }
    summary(estate, version, paint, &mut out);
    out
}

/// How many meet each level, and what to do next.
fn summary(estate: &Estate<'_>, version: Version, paint: &Paint, out: &mut String) {
    let level = |workload: &Workload<'_>| match workload.unreadable {
        None => workload.facts.level(version),
        Some(_) => None,
    };
    let count = |of| estate.workloads.iter().filter(|workload| level(workload) == of).count();
    let mut told: Vec<String> = Level::ALL
        .into_iter()
        .rev()
        .map(|level| (level, count(Some(level))))
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| paint.text(of_level(level), &format!("{count} {level}")))
        .collect();
    let unknown = count(None);
    if unknown > 0 {
        told.push(paint.text(UNSURE, &format!("{unknown} unknown")));
    }
    let _ = writeln!(out, "{version}: {}", told.join(", "));
    if count(Some(Level::Privileged)) + count(Some(Level::Baseline)) > 0 {
        let hint = "`plimsoll fix --profile restricted [--unsafe]` mends what can be mended; \
                    `plimsoll pss --apply-level LEVEL` shows what the API server would say.";
        let _ = writeln!(out, "{}", paint.text(DIM, hint));
    }
}

/// What a namespace can carry, by what was read, and what it carries.
fn carried(namespace: &Namespace<'_>, version: Version, paint: &Paint) -> String {
    let label = |policy: LevelVersion| match policy.version {
        Version::Latest => format!("enforce={}", policy.level),
        version => format!("enforce={}, enforce-version={version}", policy.level),
    };
    let enforceable = namespace.enforceable(version);
    let mut out = format!("can carry {}", paint.text(of_level(namespace.level), &label(enforceable)));
    if namespace.workloads == 0 {
        out.push_str(&paint.text(DIM, " (nothing that makes pods was read)"));
    }
    if namespace.is_unsure {
        let more = match namespace.unreadable {
            0 => "not everything could be read".to_owned(),
            count => format!("{count} of {} couldn't be decoded", namespace.workloads),
        };
        out.push_str(&paint.text(UNSURE, &format!(" at most: {more}")));
    }
    match &namespace.policy {
        None => out.push_str("; its labels were not read"),
        Some((policy, errors)) => {
            let _ = write!(out, "; carries {}", label(policy.enforce));
            for error in errors {
                let _ = write!(out, "\n  {}", paint.text(BAD, &error.to_string()));
            }
        }
    }
    out
}

/// What a level doesn't allow.
pub fn judged(estate: &Estate<'_>, at: LevelVersion, paint: &Paint) -> String {
    let mut out = String::new();
    let (mut allowed, mut denied, mut undecided) = (0, 0, 0);
    for workload in &estate.workloads {
        if let Some(gap) = &workload.unreadable {
            undecided += 1;
            unknown(workload, Some(gap), paint, &mut out);
        } else if workload.facts.denied(at).is_empty() {
            allowed += 1;
        } else {
            denied += 1;
            title(&paint.padded(BAD, "denied", LEVEL), workload, paint, &mut out);
            violations(workload, at, paint, &mut out);
        }
    }
    let style = if denied > 0 { BAD } else { GOOD };
    let _ = write!(out, "{}", paint.text(style, &format!("{at}: {allowed} allowed, {denied} not allowed")));
    if undecided > 0 {
        let _ = write!(out, "{}", paint.text(UNSURE, &format!(", {undecided} unknown")));
    }
    out.push('\n');
    out
}

/// What the API server would say.
pub fn applied(applied: &Applied<'_>, paint: &Paint) -> String {
    let mut out = String::new();
    for namespace in &applied.namespaces {
        let labelled = format!("namespace/{} labeled {}", namespace.name, namespace.labels.join(" "));
        let _ = writeln!(out, "{}", paint.text(NAME, &labelled));
        said(&namespace.said, paint, &mut out);
    }
    for object in &applied.objects {
        if object.said.is_silent() {
            continue;
        }
        let _ = writeln!(
            out,
            "{} {}",
            paint.text(NAME, &named(&object.kind, &object.namespace, &object.name)),
            paint.text(DIM, &position(&object.place))
        );
        said(&object.said, paint, &mut out);
    }
    for object in &applied.unknown {
        let _ = writeln!(out, "{} {}", paint.text(UNSURE, "unknown:"), paint.text(NAME, object));
    }
    let denied = applied.objects.iter().filter(|object| object.said.denied.is_some()).count();
    let warned = applied.objects.iter().filter(|object| !object.said.warnings.is_empty()).count();
    let told = format!("{}: {denied} denied, {warned} warned of", applied.at);
    let _ = writeln!(out, "{}", paint.text(if denied + warned > 0 { BAD } else { GOOD }, &told));
    if !applied.passed_over.is_empty() {
        let names = applied.passed_over.join(", ");
        let text = format!("not looked at by the server, only the pods that they make: {names}");
        let _ = writeln!(out, "{}", paint.text(DIM, &text));
    }
    out
}

/// As kubectl shows it.
fn said(said: &Said, paint: &Paint, out: &mut String) {
    for warning in &said.warnings {
        let _ = writeln!(
            out,
            "{} {}",
            paint.text(UNSURE, "Warning:"),
            paint.text(anstyle::Style::new(), warning)
        );
    }
    if let Some(denied) = &said.denied {
        let from = format!("Error from server ({}):", denied.reason);
        let _ = writeln!(
            out,
            "{} {}",
            paint.text(BAD, &from),
            paint.text(anstyle::Style::new(), &denied.message)
        );
    }
}

fn title(verdict: &str, workload: &Workload<'_>, paint: &Paint, out: &mut String) {
    let object = workload.object;
    let _ = writeln!(
        out,
        "  {verdict}{} {}",
        paint.text(NAME, &named(object.kind(), workload.namespace, object.name())),
        paint.text(DIM, &position(&workload.place))
    );
}

fn unknown(workload: &Workload<'_>, gap: Option<&Gap>, paint: &Paint, out: &mut String) {
    title(&paint.padded(UNSURE, "unknown", LEVEL), workload, paint, out);
    if let Some(gap) = gap {
        let reason = format!("{}: the API server can't decode it", gap.reason);
        let _ =
            writeln!(out, "      {} {}", paint.text(UNSURE, &reason), paint.text(DIM, &position(&gap.place)));
    }
}

fn violations(workload: &Workload<'_>, at: LevelVersion, paint: &Paint, out: &mut String) {
    let Ok(evaluation) = workload.facts.evaluate(workload.pod, at) else { return };
    for violation in &evaluation.violations {
        let _ = writeln!(
            out,
            "      {} {}",
            paint.text(NAME, violation.id.name()),
            paint.text(anstyle::Style::new(), &words(violation))
        );
        let places: Vec<String> = violation.blame.iter().map(|field| position(&Place::of(field))).collect();
        let mut seen = places.clone();
        seen.dedup();
        let _ = writeln!(out, "        {}", paint.text(DIM, &seen.join(", ")));
    }
}

/// `reason (detail)`
fn words(violation: &Violation<'_>) -> String {
    match violation.detail.as_str() {
        "" => violation.reason.to_string(),
        detail => format!("{} ({detail})", violation.reason),
    }
}

fn next(level: Level) -> Option<Level> {
    Level::ALL.into_iter().find(|other| *other > level)
}

fn named(kind: &str, namespace: &str, name: &str) -> String {
    let name = if name.is_empty() { "(no name)" } else { name };
    format!("{kind} {namespace}/{name}")
}

fn position(place: &Place) -> String {
    let start = place.start();
    format!("{}:{}:{}", place.file.name(), start.line, start.column)
}
