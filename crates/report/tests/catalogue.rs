//! What is written from the catalogue: the compliance view, `explain`, the table, the pages.

mod support;

use std::collections::BTreeSet;

use plimsoll_controls::{ENTRIES, Entry, frameworks};
use plimsoll_report::compliance::{State, answers, count};
use plimsoll_report::{BaselineSummary, Format, Report, Style, controls_json, controls_table, docs, explain};
use support::{SHOP, Scan, empty, written};

const SOUND: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}]}\n";

fn state(scan: &Scan, requirement: &str) -> State {
    answers(&frameworks::PSS, &scan.report())
        .iter()
        .find(|answer| answer.id == requirement)
        .map(|answer| answer.state)
        .expect("the requirement")
}

#[test]
fn a_finding_fails_its_requirement() {
    assert_eq!(state(&Scan::of(&[("shop.yaml", SHOP)]), "baseline/privileged"), State::Fail);
}

#[test]
fn what_was_looked_at_and_found_sound_passes() {
    assert_eq!(state(&Scan::of(&[("sound.yaml", SOUND)]), "baseline/privileged"), State::Pass);
}

#[test]
fn a_waived_finding_does_not_fail() {
    let mut scan = Scan::of(&[("shop.yaml", SHOP)]);
    let waived = support::mixed().findings.into_iter().find_map(|finding| finding.waived);
    for finding in &mut scan.findings {
        finding.waived.clone_from(&waived);
    }
    assert_eq!(state(&scan, "baseline/privileged"), State::Pass);
}

#[test]
fn nothing_passes_unseen() {
    let sound = || Scan::of(&[("sound.yaml", SOUND)]);
    assert_eq!(state(&sound(), "baseline/sysctls"), State::Unknown, "no control for it ran");
    assert_eq!(state(&empty(), "baseline/privileged"), State::Unknown, "there was no object");
    let other = Scan::of(&[("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n")]);
    assert_eq!(state(&other, "baseline/privileged"), State::Unknown, "there was no pod");
    let broken = Scan::of(&[("sound.yaml", SOUND), ("broken.yaml", "a: [\n")]);
    assert_eq!(state(&broken, "baseline/privileged"), State::Unknown, "not everything was read");
    let mut known = sound();
    known.baseline = Some(BaselineSummary { known: 1, mended: 0 });
    assert_eq!(state(&known, "baseline/privileged"), State::Unknown, "a baseline hides findings");
    let broken = Scan::of(&[("shop.yaml", SHOP), ("broken.yaml", "a: [\n")]);
    assert_eq!(state(&broken, "baseline/privileged"), State::Fail, "a finding fails all the same");
}

#[test]
fn manual_requirements_are_listed() {
    let scan = Scan::of(&[("shop.yaml", SHOP)]);
    let answers = answers(&frameworks::OWASP, &scan.report());
    assert_eq!(answers.len(), frameworks::OWASP.requirements.len());
    assert_eq!(count(&answers, State::Manual), 1);
    assert_eq!(count(&answers, State::Fail), 1);
}

const ROLE: &str =
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: [{verbs: ['*']}]\n";

#[test]
fn a_finding_fails_a_manual_requirement_and_none_passes_it() {
    let state = |text: &str| {
        let scan = Scan::of(&[("role.yaml", text)]);
        let answers = answers(&frameworks::CIS_KUBERNETES, &scan.report());
        answers.iter().find(|answer| answer.id == "3.1.1").map(|answer| answer.state)
    };
    assert_eq!(state(ROLE), Some(State::Fail));
    assert_eq!(state(&ROLE.replace('*', "get")), Some(State::Manual));
}

#[test]
fn a_technique_is_answered_by_its_parts() {
    let scan = Scan::of(&[("role.yaml", ROLE)]);
    let answers = answers(&frameworks::MITRE, &scan.report());
    let state = |id| answers.iter().find(|answer| answer.id == id).map(|answer| answer.state);
    assert_eq!(state("T1098.006"), Some(State::Fail));
    assert_eq!(state("T1098"), Some(State::Fail));
    assert_eq!(state("T1078"), Some(State::Unknown));
}

#[test]
fn the_compliance_view_of_each_format_that_has_one() {
    let scan = Scan::of(&[("shop.yaml", SHOP)]);
    let report = Report { framework: Some(&frameworks::OWASP), ..scan.report() };
    let view = |format| written(format, &report, &Style::default());
    insta::assert_snapshot!(view(Format::Terminal));
    insta::assert_snapshot!(view(Format::Markdown));
    let json: serde_json::Value = serde_json::from_str(&view(Format::Json)).expect("JSON");
    let of_framework = serde_json::json!([json["framework"], json["requirements"]]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&of_framework).expect("JSON"));
    assert_eq!(
        json["findings"].as_array().map(Vec::len),
        Some(scan.findings.len()),
        "as without a framework"
    );
    assert_eq!(view(Format::Junit), scan.write(Format::Junit));
}

#[test]
fn explain_says_everything_there_is() {
    for entry in ENTRIES {
        let mut out = Vec::new();
        explain(entry, &Style::default(), &mut out).expect("a Vec takes everything");
        let shown = String::from_utf8(out).expect("UTF-8");
        let text = entry.text();
        assert!(shown.starts_with(entry.control.id));
        for section in &text.sections {
            assert!(shown.contains(&format!("\n{}\n", section.heading)), "{}", entry.control.id);
        }
        for alias in entry.control.aliases {
            assert!(shown.contains(alias), "{} {alias}", entry.control.id);
        }
        let marks: usize = text.examples.iter().map(|example| example.marks.len()).sum();
        assert_eq!(
            shown.lines().filter(|line| line.starts_with("> ")).count(),
            marks,
            "{}",
            entry.control.id
        );
    }
}

#[test]
fn the_table_and_its_json_have_every_control() {
    let entries: Vec<&Entry> = ENTRIES.iter().collect();
    let mut table = Vec::new();
    controls_table(&entries, &Style::default(), &mut table).expect("a Vec takes everything");
    assert_eq!(String::from_utf8_lossy(&table).lines().count(), ENTRIES.len() + 1);
    let mut json = Vec::new();
    controls_json(&entries, &mut json).expect("a Vec takes everything");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["version"], 1);
    for (entry, row) in ENTRIES.iter().zip(json["controls"].as_array().expect("controls")) {
        assert_eq!(row["id"], entry.control.id);
        for name in ["title", "severity", "fix"] {
            assert!(row[name].is_string(), "{name}");
        }
        for name in ["applies", "aliases", "frameworks", "profiles"] {
            assert!(row[name].is_array(), "{name}");
        }
        let profiles: Vec<_> = row["profiles"].as_array().into_iter().flatten().collect();
        assert_eq!(profiles.last().and_then(|name| name.as_str()), Some("all"));
        let has = |name: &str| profiles.iter().any(|profile| *profile == name);
        assert!(!has("baseline") || has("restricted"), "restricted holds all of baseline");
    }
}

#[test]
fn every_control_and_framework_has_a_page_and_no_link_is_dead() {
    let pages = docs::pages();
    let paths: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths.len(), pages.len());
    assert_eq!(pages.len(), ENTRIES.len() + frameworks::ALL.len() + 2);
    for page in &pages {
        let folder = std::path::Path::new(&page.path).parent().expect("a folder");
        for link in page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") || !link.ends_with(".md") {
                continue;
            }
            let mut target: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
            for part in link.split('/') {
                if part == ".." {
                    target.pop();
                } else {
                    target.push(part);
                }
            }
            let target = target.join("/");
            // A page that somebody wrote by hand stands in the repository.
            let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
            let is_there = paths.contains(target.as_str()) || docs.join(&target).is_file();
            assert!(is_there, "{}: {link}", page.path);
        }
    }
}
