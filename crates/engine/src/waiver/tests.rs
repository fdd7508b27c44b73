//! Waivers against findings, end to end.

use std::path::Path;

use plimsoll_doc::Document;
use plimsoll_kubernetes::{Inventory, objects};

use crate::testing::{A, B, Known, documents};
use crate::waiver::{Named, Terms, Waiver, Waiving, waive};
use crate::{
    Choice, Chosen, Configuration, Finding, GlobKind, Globs, Notice, Scope, Severities, Surroundings, run,
};

const TERMS: &str = "until=2027-01-31 owner=team reason=tuning";

struct Outcome {
    findings: Vec<Box<Finding>>,
    notices: Vec<Notice>,
}

/// Scans files with every control, on a day.
fn scan(files: &[(&str, &str)], configuration: &Configuration, select: &[&str], today: &str) -> Outcome {
    let documents: Vec<Document> = files.iter().flat_map(|(name, text)| documents(name, text)).collect();
    let select: Vec<String> = select.iter().map(|name| (*name).to_owned()).collect();
    let choice = Choice { select: &select, profile: Some("all"), ..Choice::default() };
    let chosen = Chosen::new(&choice, configuration, &Known).expect("known names");
    let surroundings = Surroundings {
        root: Path::new("/repo"),
        working_directory: Path::new("/repo"),
        namespace: "default",
    };
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.extend(object.ok()));
    }
    let inventory = Inventory::new(found, "default");
    let mut findings = chosen.settle(run(&documents, &inventory, &chosen.selection), &surroundings).shown;
    let today = today.parse().expect("a date");
    let waiving =
        Waiving { documents: &documents, chosen: &chosen, names: &Known, surroundings: &surroundings, today };
    let notices = waive(&mut findings, &waiving);
    Outcome { findings, notices }
}

impl Outcome {
    /// `control line`, with `-` before what is waived.
    fn findings(&self) -> Vec<String> {
        let describe = |finding: &Finding| {
            let sign = if finding.waived.is_some() { "-" } else { "" };
            format!("{sign}{} {}", finding.control.id, finding.place.start().line)
        };
        self.findings.iter().map(|finding| describe(finding)).collect()
    }

    /// `kind line`
    fn notices(&self) -> Vec<String> {
        let describe = |notice: &Notice| format!("{} {}", notice.kind.name(), notice.line.unwrap_or(0));
        self.notices.iter().map(describe).collect()
    }
}

fn thing(rest: &str) -> String {
    format!("apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: one}}\nspec:\n{rest}")
}

#[track_caller]
fn check(text: &str, today: &str, findings: &[&str], notices: &[&str]) {
    let outcome = scan(&[("x.yaml", text)], &Configuration::default(), &[], today);
    assert_eq!(outcome.findings(), findings, "{text}\n{:?}", outcome.notices);
    assert_eq!(outcome.notices(), notices, "{text}\n{:?}", outcome.notices);
}

#[test]
fn a_comment_waives_its_line_or_the_next() {
    for (spec, findings, notices) in [
        (format!("  a: true # plimsoll: waive test/a {TERMS}\n"), &["-test/a 5"][..], &[][..]),
        (format!("  # plimsoll: waive test/a {TERMS}\n  a: true\n"), &["-test/a 6"], &[]),
        (format!("  # plimsoll: waive test/a {TERMS}\n  # why\n  a: true\n"), &["-test/a 7"], &[]),
        (format!("  a: true # plimsoll: waive T-1 {TERMS}\n"), &["-test/a 5"], &[]),
        (format!("  a: true # plimsoll: waive tool:t-1 {TERMS}\n"), &["-test/a 5"], &[]),
        (format!("  a: true # plimsoll: waive test/* {TERMS}\n"), &["-test/a 5"], &[]),
        (
            format!(
                "  # plimsoll: waive test/a {TERMS}\n  # plimsoll: waive test/b {TERMS}\n  {{a: true, b: true}}\n"
            ),
            &["-test/a 7", "-test/b 7"],
            &[],
        ),
        (
            format!("  {{a: true, b: true}} # plimsoll: waive test/a,test/b {TERMS}\n"),
            &["-test/a 5", "-test/b 5"],
            &[],
        ),
        // Near misses: another control, another line, a blank line between.
        (format!("  a: true # plimsoll: waive test/b {TERMS}\n"), &["test/a 5"], &["waiver-unused 5"]),
        (format!("  a: true\n  # plimsoll: waive test/a {TERMS}\n"), &["test/a 5"], &["waiver-unused 6"]),
        (format!("  # plimsoll: waive test/a {TERMS}\n\n  a: true\n"), &["test/a 7"], &["waiver-unused 5"]),
        (
            format!("  # plimsoll: waive test/a {TERMS}\n  b: true\n  a: true\n"),
            &["test/b 6", "test/a 7"],
            &["waiver-unused 5"],
        ),
        (format!("  z: '# plimsoll: waive test/a {TERMS}'\n  a: true\n"), &["test/a 6"], &[]),
        (format!("  z: |\n    # plimsoll: waive test/a {TERMS}\n  a: true\n"), &["test/a 7"], &[]),
        // One of two controls has a finding.
        (
            format!("  a: true # plimsoll: waive test/a,other/c {TERMS}\n"),
            &["-test/a 5"],
            &["waiver-unused 5"],
        ),
    ] {
        check(&thing(&spec), "2026-11-21", findings, notices);
    }
}

#[test]
fn a_comment_at_the_head_waives_the_document() {
    let waive = format!("# plimsoll: waive test/a {TERMS}\n");
    let one = thing("  a: true\n  b: true\n");
    check(&format!("{waive}{one}"), "2026-11-21", &["-test/a 6", "test/b 7"], &[]);
    check(&format!("{waive}---\n{one}"), "2026-11-21", &["-test/a 7", "test/b 8"], &[]);
    check(
        &format!("{waive}{one}---\n{one}"),
        "2026-11-21",
        &["-test/a 6", "test/b 7", "test/a 13", "test/b 14"],
        &[],
    );
    check(
        &format!("{one}---\n{waive}{one}"),
        "2026-11-21",
        &["test/a 5", "test/b 6", "-test/a 13", "test/b 14"],
        &[],
    );
    let second = ["test/a 5", "test/b 6", "-test/a 13", "test/b 14"];
    check(&format!("{one}{waive}---\n{one}"), "2026-11-21", &second, &[]);
    check(
        &format!("{one}--- {waive}{one}"),
        "2026-11-21",
        &["test/a 5", "test/b 6", "-test/a 12", "test/b 13"],
        &[],
    );
    check(
        &format!("{one}...\n\n{waive}\n# why\n---\n{one}"),
        "2026-11-21",
        &["test/a 5", "test/b 6", "-test/a 17", "test/b 18"],
        &[],
    );
    // Near misses: it is indented under something, the document that follows is none, or none follows.
    check(
        &format!("{one}  {waive}---\n{one}"),
        "2026-11-21",
        &["test/a 5", "test/b 6", "test/a 13", "test/b 14"],
        &["waiver-unused 7"],
    );
    check(
        &format!("{one}{waive}---\nbroken: [\n---\n{one}"),
        "2026-11-21",
        &["test/a 5", "test/b 6", "test/a 15", "test/b 16"],
        &[],
    );
    check(&format!("{one}{waive}"), "2026-11-21", &["test/a 5", "test/b 6"], &["waiver-unused 7"]);
    check(&format!("{one}---\n{waive}"), "2026-11-21", &["test/a 5", "test/b 6"], &["waiver-unused 8"]);
}

#[test]
fn until_is_the_last_day() {
    let text = thing(&format!("  a: true # plimsoll: waive test/a {TERMS}\n"));
    check(&text, "2027-01-30", &["-test/a 5"], &[]);
    check(&text, "2027-01-31", &["-test/a 5"], &[]);
    check(&text, "2027-02-01", &["test/a 5"], &["waiver-expired 5"]);
    let text = thing(&format!("  a: false # plimsoll: waive test/a {TERMS}\n"));
    check(&text, "2027-02-01", &[], &["waiver-unused 5"]);
}

#[test]
fn of_two_waivers_one_that_holds_is_enough() {
    let text = thing(&format!(
        "  # plimsoll: waive test/a until=2026-01-01 owner=x reason=y\n  a: true # plimsoll: waive test/a {TERMS}\n"
    ));
    check(&text, "2026-11-21", &["-test/a 6"], &["waiver-expired 5"]);
}

#[test]
fn what_cannot_be_read_waives_nothing() {
    for comment in [
        "plimsoll: waive test/a",
        "plimsoll: waive test/a until=2027-01-31 owner=team",
        "plimsoll: waive test/a until=2027-02-29 owner=team reason=x",
        "plimsoll: waive test/unknown until=2027-01-31 owner=team reason=x",
        "plimsoll: waive test/a,test/unknown until=2027-01-31 owner=team reason=x",
        "plimsoll: waive",
        "plimsoll: waiver test/a until=2027-01-31 owner=team reason=x",
        "plimsoll:",
        "plimsoll waive test/a until=2027-01-31 owner=team reason=x",
    ] {
        check(
            &thing(&format!("  a: true # {comment}\n")),
            "2026-11-21",
            &["test/a 5"],
            &["waiver-invalid 5"],
        );
    }
    // Talk of the program.
    for comment in ["plimsoll waives nothing", "plimsoll found this", "for plimsoll waive it"] {
        check(&thing(&format!("  a: true # {comment}\n")), "2026-11-21", &["test/a 5"], &[]);
    }
}

#[test]
fn a_waiver_of_what_did_not_run_is_no_news() {
    let text = thing(&format!("  a: false # plimsoll: waive test/a {TERMS}\n"));
    let outcome = scan(&[("x.yaml", &text)], &Configuration::default(), &["test/b"], "2026-11-21");
    assert_eq!(outcome.notices(), [""; 0]);
    let everywhere = Scope {
        matches: Globs::new(GlobKind::Paths, ["x.yaml"]).expect("a pattern"),
        select: Vec::new(),
        ignore: vec![&A],
        severities: Severities::default(),
        waivers_by_annotation: None,
    };
    let configuration = Configuration { paths: vec![everywhere], ..Configuration::default() };
    let outcome = scan(&[("x.yaml", &text)], &configuration, &[], "2026-11-21");
    assert_eq!(outcome.notices(), [""; 0]);
}

#[test]
fn annotations_waive_where_they_may() {
    let annotated = |value: &str| {
        format!(
            "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: one\n  annotations:\n    plimsoll.dev/waive: {value}\nspec: {{a: true, b: true}}\n"
        )
    };
    let permitted = Configuration { waivers_by_annotation: true, ..Configuration::default() };
    for (value, findings, notices) in [
        (format!("test/a {TERMS}"), &["-test/a 7", "test/b 7"][..], &[][..]),
        (
            format!("|\n      test/a {TERMS}\n\n      test/b until=2026-01-01 owner=o reason=r"),
            &["-test/a 10", "test/b 10"],
            &["waiver-expired 6"],
        ),
        (format!("other/c {TERMS}"), &["test/a 7", "test/b 7"], &["waiver-unused 6"]),
        ("test/a".to_owned(), &["test/a 7", "test/b 7"], &["waiver-invalid 6"]),
        ("yes".to_owned(), &["test/a 7", "test/b 7"], &["waiver-invalid 6"]),
    ] {
        let text = annotated(&value);
        let outcome = scan(&[("x.yaml", &text)], &permitted, &[], "2026-11-21");
        assert_eq!(outcome.findings(), findings, "{text}");
        assert_eq!(outcome.notices(), notices, "{text}\n{:?}", outcome.notices);
    }
    let text = annotated(&format!("test/a {TERMS}"));
    check(&text, "2026-11-21", &["test/a 7", "test/b 7"], &["waiver-invalid 6"]);

    let scope = |pattern: &str, permits: bool| Scope {
        matches: Globs::new(GlobKind::Names, [pattern]).expect("a pattern"),
        select: Vec::new(),
        ignore: Vec::new(),
        severities: Severities::default(),
        waivers_by_annotation: Some(permits),
    };
    for (namespaces, is_waived) in [
        (vec![scope("default", true)], true),
        (vec![scope("other", true)], false),
        (vec![scope("*", true), scope("default", false)], false),
    ] {
        let configuration = Configuration { namespaces, ..Configuration::default() };
        let outcome = scan(&[("x.yaml", &text)], &configuration, &[], "2026-11-21");
        assert_eq!(outcome.findings().contains(&"-test/a 7".to_owned()), is_waived);
    }
}

#[test]
fn an_annotation_holds_for_its_object_alone() {
    let item = |name: &str, annotation: &str| {
        format!(
            "- apiVersion: example.com/v1\n  kind: Thing\n  metadata: {{name: {name}{annotation}}}\n  spec: {{a: true}}\n"
        )
    };
    let annotation = format!(", annotations: {{plimsoll.dev/waive: test/a {TERMS}}}");
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{}{}", item("one", &annotation), item("two", ""));
    let permitted = Configuration { waivers_by_annotation: true, ..Configuration::default() };
    let outcome = scan(&[("x.yaml", &list)], &permitted, &[], "2026-11-21");
    assert_eq!(outcome.findings(), ["-test/a 7", "test/a 11"]);
}

fn configured(control: &'static crate::Control, change: impl FnOnce(&mut Waiver)) -> Configuration {
    let mut waiver = Waiver {
        terms: Terms {
            controls: vec![Named { name: control.id.to_owned(), controls: vec![control] }],
            reason: "r".to_owned(),
            owner: "o".to_owned(),
            until: "2027-01-31".parse().expect("a date"),
        },
        file: "plimsoll.yaml".to_owned(),
        line: 9,
        paths: None,
        namespaces: None,
        kinds: None,
        names: None,
        containers: None,
    };
    change(&mut waiver);
    Configuration { waivers: vec![waiver], ..Configuration::default() }
}

fn globs(kind: GlobKind, pattern: &str) -> Option<Globs> {
    Globs::new(kind, [pattern]).ok()
}

/// The files that the configuration's waivers are held against: object `one` in `default`, `two` in `shop`.
fn estate() -> [(&'static str, String); 2] {
    let one = thing("  a: true\n");
    let two = one.replace("{name: one}", "{name: two, namespace: shop}");
    [("k8s/one.yaml", one), ("k8s/deep/two.yaml", two)]
}

#[track_caller]
fn check_configured(change: impl FnOnce(&mut Waiver), findings: [&str; 2], notices: &[&str]) {
    let estate = estate();
    let files: Vec<_> = estate.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let outcome = scan(&files, &configured(&A, change), &[], "2026-11-21");
    // Sorted by file: deep/two.yaml comes first.
    assert_eq!(outcome.findings(), findings);
    assert_eq!(outcome.notices(), notices, "{:?}", outcome.notices);
}

#[test]
fn the_configuration_waives_where_every_pattern_matches() {
    use GlobKind::{Names, Paths};
    let (kept, gone) = ("test/a 5", "-test/a 5");
    check_configured(|_| {}, [gone, gone], &[]);
    check_configured(|waiver| waiver.paths = globs(Paths, "k8s/*.yaml"), [kept, gone], &[]);
    check_configured(|waiver| waiver.paths = globs(Paths, "k8s/deep"), [gone, kept], &[]);
    check_configured(|waiver| waiver.namespaces = globs(Names, "default"), [kept, gone], &[]);
    check_configured(|waiver| waiver.namespaces = globs(Names, "sh*"), [gone, kept], &[]);
    check_configured(|waiver| waiver.names = globs(Names, "t?o"), [gone, kept], &[]);
    check_configured(|waiver| waiver.kinds = globs(Names, "Thing"), [gone, gone], &[]);
    check_configured(|waiver| waiver.kinds = globs(Names, "example.com/Thing"), [gone, gone], &[]);
    check_configured(
        |waiver| {
            waiver.paths = globs(Paths, "k8s");
            waiver.names = globs(Names, "two");
        },
        [gone, kept],
        &[],
    );
    // A finding that is in no container is in none of the named ones.
    check_configured(|waiver| waiver.containers = globs(Names, "*"), [kept, kept], &["waiver-unused 9"]);
}

#[test]
fn an_unused_waiver_is_news_where_its_place_was_read() {
    use GlobKind::{Names, Paths};
    let kept = ["test/a 5", "test/a 5"];
    // The file was read, and there is no such object in it.
    check_configured(
        |waiver| {
            waiver.paths = globs(Paths, "k8s");
            waiver.names = globs(Names, "three");
        },
        kept,
        &["waiver-unused 9"],
    );
    // The object may be in a file that wasn't read.
    check_configured(|waiver| waiver.names = globs(Names, "three"), kept, &[]);
    check_configured(|waiver| waiver.paths = globs(Paths, "other/**"), kept, &[]);
    check_configured(|waiver| waiver.kinds = globs(Names, "apps/Thing"), kept, &[]);

    let estate = estate();
    let files: Vec<_> = estate.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let outcome = scan(&files, &configured(&B, |_| {}), &[], "2026-11-21");
    assert_eq!(outcome.notices(), ["waiver-unused 9"]);
    assert_eq!(outcome.notices.first().map(|notice| notice.file.as_str()), Some("plimsoll.yaml"));
    let outcome = scan(&files, &configured(&B, |_| {}), &["test/a"], "2026-11-21");
    assert_eq!(outcome.notices(), [""; 0]);
    let outcome = scan(&files, &configured(&A, |_| {}), &[], "2027-02-01");
    assert_eq!(outcome.findings(), kept);
    assert_eq!(outcome.notices(), ["waiver-expired 9"]);
}

#[test]
fn a_waived_finding_says_why() {
    let text = thing(&format!("  a: true # plimsoll: waive test/a {TERMS}\n"));
    let outcome = scan(&[("x.yaml", &text)], &Configuration::default(), &[], "2026-11-21");
    let waived = outcome.findings.first().and_then(|finding| finding.waived.as_ref()).expect("a waiver");
    assert_eq!(waived.reason, "tuning");
    assert_eq!(waived.owner, "team");
    assert_eq!(waived.until, "2027-01-31");
    assert_eq!(waived.place, "x.yaml:5");
}
