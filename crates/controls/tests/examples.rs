//! Runs the examples at the head of every control's file, and checks that each file is whole.
//!
//! All failures are reported together. `PLIMSOLL_CONTROL=pod/ cargo test -p plimsoll-controls --test
//! examples` looks at the controls whose id begins so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use plimsoll_controls::{ENTRIES, Entry, Example, ExampleKind, Text, frameworks};
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Check, Control, Finding, Parameters, Selected, Selection, run};
use plimsoll_fix::Options;
use plimsoll_kubernetes::{Inventory, objects};

const FILE: &str = "example.yaml";

/// Tools whose names begin an alias.
const TOOLS: &[&str] = &[
    "checkov",
    "datree",
    "gatekeeper",
    "kics",
    "kube-bench",
    "kube-linter",
    "kube-score",
    "kubeaudit",
    "kubescape",
    "kubesec",
    "kyverno",
    "polaris",
    "popeye",
    "semgrep",
    "snyk",
    "trivy",
];

/// The entries that `PLIMSOLL_CONTROL` chooses.
fn chosen() -> impl Iterator<Item = &'static Entry> {
    let prefix = std::env::var("PLIMSOLL_CONTROL").unwrap_or_default();
    ENTRIES.iter().filter(move |entry| entry.control.id.starts_with(&prefix))
}

/// Collects what is wrong with one control after the other, and fails once.
#[derive(Default)]
struct Report {
    text: String,
    count: usize,
}

impl Report {
    fn add(&mut self, control: &str, what: impl std::fmt::Display) {
        self.count += 1;
        let _ = writeln!(self.text, "\n{control}: {what}");
    }

    fn finish(self) {
        assert!(self.count == 0, "{} failures\n{}", self.count, self.text);
    }
}

#[test]
fn examples_do_what_they_say() {
    let mut report = Report::default();
    for entry in chosen() {
        let text = entry.text();
        for (index, example) in text.examples.iter().enumerate() {
            let number = index + 1;
            let outcome =
                catch_unwind(AssertUnwindSafe(|| run_example(entry.control, &text, index, example)));
            let trouble = match outcome {
                Ok(Ok(())) => continue,
                Ok(Err(trouble)) => trouble,
                Err(_) => "it panics (the panic stands above)".to_owned(),
            };
            report
                .add(entry.control.id, format_args!("example {number} ({}): {trouble}", name(example.kind)));
        }
    }
    report.finish();
}

fn run_example(
    control: &'static Control,
    text: &Text,
    index: usize,
    example: &Example,
) -> Result<(), String> {
    match example.kind {
        ExampleKind::Bad => run_bad(control, example),
        ExampleKind::Good | ExampleKind::NearMiss => run_good(control, example),
        ExampleKind::Fixed => {
            let before = text.examples.iter().take(index).rev().find(|e| e.kind == ExampleKind::Bad);
            run_fixed(control, before.ok_or("no bad example stands before it")?, example)
        }
    }
}

fn run_bad(control: &'static Control, example: &Example) -> Result<(), String> {
    if example.marks.is_empty() {
        return Err("no line is marked with `# <- here`".to_owned());
    }
    let (manifest, before) = example.manifest();
    let findings = scan(&manifest, control, &parameters(example)?)?;
    let mut found = BTreeMap::<u32, Vec<String>>::new();
    for finding in &findings {
        let line = finding.place.start().line.saturating_sub(before);
        found.entry(line).or_default().push(format!("{}: {}", finding.path, finding.message));
    }
    let lines: BTreeSet<u32> = found.keys().copied().collect();
    let marks: BTreeSet<u32> = example.marks.iter().copied().collect();
    if lines == marks {
        return check_safety(control, &findings);
    }
    let mut trouble = format!("expected findings on lines {marks:?}, found them on lines {lines:?}\n");
    for (line, number) in example.yaml.lines().zip(1..) {
        let sign = match (marks.contains(&number), lines.contains(&number)) {
            (true, false) => "missing",
            (false, true) => "surplus",
            (true, true) => "ok",
            (false, false) => "",
        };
        let _ = writeln!(trouble, "  {number:>3} {sign:<8} {line}");
        for what in found.get(&number).into_iter().flatten() {
            let _ = writeln!(trouble, "               found {what}");
        }
    }
    for (line, what) in found.iter().filter(|(line, _)| **line == 0) {
        let _ = writeln!(trouble, "  {line:>3} (before the example) found {what:?}");
    }
    Err(trouble)
}

/// What `fix` of the control says is the best that its findings offer.
fn check_safety(control: &Control, findings: &[Box<Finding>]) -> Result<(), String> {
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        if control.fix.is_none_or(|best| fix.safety < best) {
            return Err(format!(
                "a finding has a {:?} fix, but the control says fix: {:?}",
                fix.safety, control.fix
            ));
        }
    }
    Ok(())
}

fn run_good(control: &'static Control, example: &Example) -> Result<(), String> {
    if !example.marks.is_empty() {
        return Err("it has marks (`# <- here`), which belong into bad examples".to_owned());
    }
    let (manifest, before) = example.manifest();
    let findings = scan(&manifest, control, &parameters(example)?)?;
    if findings.is_empty() {
        return Ok(());
    }
    let mut trouble = "expected no finding\n".to_owned();
    for finding in &findings {
        let line = finding.place.start().line.saturating_sub(before);
        let _ = writeln!(trouble, "  line {line}: found {}: {}", finding.path, finding.message);
    }
    Err(trouble)
}

fn run_fixed(control: &'static Control, bad: &Example, fixed: &Example) -> Result<(), String> {
    let parameters = parameters(bad)?;
    let (before, _) = bad.manifest();
    let (expected, _) = fixed.manifest();
    let findings = scan(&before, control, &parameters)?;
    let mut check = |replaced: &[(&str, &str)]| {
        let text = replaced.iter().find(|(name, _)| *name == FILE).map_or(before.as_str(), |(_, text)| text);
        scan(text, control, &parameters)
    };
    let changes = plimsoll_fix::fix(&findings, &Options { allow_unsafe: true }, &mut check);
    let mut trouble = String::new();
    for refused in changes.iter().flat_map(|change| &change.refused) {
        let path = findings.get(refused.finding).map_or("", |finding| &*finding.path);
        let _ = writeln!(trouble, "  the fix at {path} was refused: {}", refused.reason);
    }
    let after = changes.first().map_or(before.as_str(), |change| change.text.as_str());
    if after != expected {
        let _ = writeln!(trouble, "  the fixes give (+) another text than the example (-):");
        trouble.push_str(&plimsoll_fix::diff(&expected, after, FILE));
    }
    if trouble.is_empty() {
        Ok(())
    } else {
        Err(format!("the fixes of the bad example before it\n{trouble}"))
    }
}

/// Reads the text and runs one control over it.
fn scan(text: &str, control: &'static Control, parameters: &Parameters) -> Result<Vec<Box<Finding>>, String> {
    let file = Arc::new(SourceFile::new(FILE, text.as_bytes().to_vec()));
    let mut documents: Vec<Document> = Vec::new();
    for entry in parse(&file, &Limits::default()) {
        documents.push(entry.map_err(|error| format!("it doesn't parse: {error}"))?);
    }
    let mut found = Vec::new();
    let mut trouble = None;
    for document in &documents {
        objects(document.root(), |object| match object {
            Ok(object) => found.push(object),
            Err(error) => trouble = Some(error.reason),
        });
    }
    // What isn't an object is a matter for controls that look at documents alone.
    if let Some(reason) = trouble
        && !matches!(control.check, Check::Document(_))
    {
        return Err(format!("it holds something that is no object: {reason}"));
    }
    let inventory = Inventory::new(found, "default");
    let controls = vec![Selected { control, severity: control.severity }];
    Ok(run(&documents, &inventory, &Selection { controls, parameters: parameters.clone() }))
}

fn parameters(example: &Example) -> Result<Parameters, String> {
    if example.parameters.is_empty() {
        return Ok(Parameters::default());
    }
    serde_json::from_str(&example.parameters)
        .map_err(|error| format!("its parameters {} don't read: {error}", example.parameters))
}

const fn name(kind: ExampleKind) -> &'static str {
    match kind {
        ExampleKind::Bad => "bad",
        ExampleKind::Good => "good",
        ExampleKind::NearMiss => "near-miss",
        ExampleKind::Fixed => "fixed",
    }
}

#[test]
fn the_control_that_contributors_read_is_one_that_is_there() {
    let page = include_str!("../../../CONTRIBUTING.md");
    assert!(
        page.contains(include_str!("../src/catalogue/pod/host-aliases.rs")),
        "copy it into CONTRIBUTING.md anew"
    );
}

#[test]
fn every_control_is_whole() {
    let mut report = Report::default();
    for entry in chosen() {
        let control = entry.control;
        let text = entry.text();
        for heading in ["What it checks", "Why it matters", "How to fix"] {
            if text.section(heading).is_none_or(str::is_empty) {
                report.add(control.id, format_args!("the section \"## {heading}\" is missing or empty"));
            }
        }
        if text.summary.is_empty() {
            report.add(control.id, "the first sentence of the file's head is missing");
        }
        for kind in [ExampleKind::Bad, ExampleKind::Good, ExampleKind::NearMiss] {
            if !text.examples.iter().any(|example| example.kind == kind) {
                report.add(control.id, format_args!("it has no {} example", name(kind)));
            }
        }
        let has_fixed = text.examples.iter().any(|example| example.kind == ExampleKind::Fixed);
        if control.fix.is_some() && !has_fixed {
            report.add(control.id, "it offers a fix and has no fixed example");
        }
        if control.fix.is_none() && has_fixed {
            report.add(control.id, "it has a fixed example and says fix: None");
        }
        if control.title.is_empty() || control.title.ends_with('.') {
            report.add(control.id, "the title is empty or ends with a full stop");
        }
        for reference in control.frameworks {
            let requirement = frameworks::framework(reference.framework)
                .and_then(|framework| framework.requirement(reference.requirement));
            if requirement.is_none() {
                let message =
                    format!("{} has no requirement {:?}", reference.framework, reference.requirement);
                report.add(control.id, message);
            }
        }
        check_aliases(control, &mut report);
    }
    report.finish();
}

/// Two controls may share an alias, where another tool's check is two ideas; one may not name it twice.
fn check_aliases(control: &Control, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for alias in control.aliases {
        let well_formed = alias.split_once(':').is_some_and(|(tool, name)| {
            TOOLS.contains(&tool) && !name.is_empty() && !name.contains(char::is_whitespace)
        });
        if !well_formed {
            report
                .add(control.id, format_args!("the alias {alias:?} isn't tool:name of a tool in {TOOLS:?}"));
        }
        if !seen.insert(alias.to_ascii_lowercase()) {
            report.add(control.id, format_args!("the alias {alias:?} stands twice"));
        }
    }
}

#[test]
fn the_catalogue_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue");
    let mut files = BTreeSet::new();
    for area in names(&folder) {
        for what in names(&folder.join(&area)) {
            match what.strip_suffix(".rs") {
                Some(what) => files.insert(format!("{area}/{what}")),
                None => panic!("catalogue/{area}/{what} is no control"),
            };
        }
    }
    let listed: Vec<String> = ENTRIES.iter().map(|entry| entry.control.id.to_owned()).collect();
    let ids: BTreeSet<String> = listed.iter().cloned().collect();
    let mut report = Report::default();
    for file in files.difference(&ids) {
        report.add(
            file,
            "the file is not in the catalogue under this id: is its id its path? Run `cargo xtask catalogue`",
        );
    }
    for id in ids.difference(&files) {
        report.add(id, "no file of the catalogue has this path: the id of a control is its path");
    }
    if ids.len() != listed.len() {
        report.add("catalogue", "an id stands twice");
    }
    report.finish();
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("a folder entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect()
}
