//! Baselines against the findings of changing manifests.

use plimsoll_doc::Document;
use plimsoll_kubernetes::{Inventory, objects};

use super::*;
use crate::testing::{A, B, C, documents};
use crate::{Control, Selection, Waived, run};

fn ran(controls: &[&'static Control]) -> Vec<Selected> {
    controls.iter().map(|control| Selected { control, severity: control.severity }).collect()
}

fn everything() -> Vec<Selected> {
    ran(&[&A, &B, &C])
}

/// The findings of some files.
fn scan(files: &[(&str, &str)]) -> Vec<Box<Finding>> {
    let documents: Vec<Document> = files.iter().flat_map(|(name, text)| documents(name, text)).collect();
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.extend(object.ok()));
    }
    let inventory = Inventory::new(found, "default");
    run(&documents, &inventory, &Selection { controls: everything(), ..Selection::default() })
}

fn thing(name: &str, spec: &str) -> String {
    format!("apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n")
}

fn waive(finding: &mut Finding) {
    let [reason, owner, until, place] = ["r", "o", "2027-01-31", "x:1"].map(str::to_owned);
    finding.waived = Some(Box::new(Waived { reason, owner, until, place }));
}

/// Numbers of new, known and mended findings.
fn counts(baseline: &Baseline, findings: Vec<Box<Finding>>) -> [usize; 3] {
    let split = baseline.split(findings, &[], &everything());
    [split.new.len(), split.known.len(), split.mended]
}

#[test]
fn new_known_and_mended() {
    let before = scan(&[("x.yaml", &thing("one", "a: true, b: true"))]);
    let baseline = Baseline::of(&before);
    assert_eq!(baseline.len(), 2);
    for (spec, expected) in [
        ("a: true, b: true", [0, 2, 0]),
        ("b: true,   a: true", [0, 2, 0]),
        ("a: true", [0, 1, 1]),
        ("a: true, c: true", [1, 1, 1]),
        ("", [0, 0, 2]),
        ("c: true", [1, 0, 2]),
    ] {
        assert_eq!(counts(&baseline, scan(&[("x.yaml", &thing("one", spec))])), expected, "{spec}");
    }
    // Another file, another place in it, another version of the API: still known.
    let moved = format!(
        "# moved\n---\n{}",
        thing("one", "b: true, a: true").replace("example.com/v1", "example.com/v2")
    );
    assert_eq!(counts(&baseline, scan(&[("y.yaml", &moved)])), [0, 2, 0]);
    // Another object: new.
    assert_eq!(counts(&baseline, scan(&[("x.yaml", &thing("two", "a: true"))])), [1, 0, 2]);
    assert_eq!(counts(&Baseline::default(), before), [2, 0, 0]);
}

#[test]
fn what_did_not_run_is_not_mended() {
    let baseline = Baseline::of(&scan(&[("x.yaml", &thing("one", "a: true, b: true"))]));
    let split = baseline.split(Vec::new(), &[], &ran(&[&A]));
    assert_eq!(split.mended, 1);
    let pruned = baseline.prune(&[], &[], &ran(&[&A])).baseline;
    assert_eq!(pruned.entries.iter().map(|entry| entry.control.as_str()).collect::<Vec<_>>(), ["test/b"]);
    assert_eq!(baseline.prune(&[], &[], &[]).baseline, baseline);
    assert!(baseline.prune(&[], &[], &everything()).baseline.is_empty());
}

#[test]
fn what_is_hidden_is_not_mended() {
    let baseline = Baseline::of(&twins(&["1.yaml", "2.yaml", "3.yaml"]));
    // One is shown, one is where its control isn't wanted, one is gone.
    for (shown, hidden) in [("1.yaml", "2.yaml"), ("2.yaml", "1.yaml"), ("3.yaml", "2.yaml")] {
        let (shown, hidden): (Vec<_>, Vec<_>) = twins(&["1.yaml", "2.yaml", "3.yaml"])
            .into_iter()
            .filter(|finding| [shown, hidden].contains(&finding.place.file.name()))
            .partition(|finding| finding.place.file.name() == shown);
        let pruned = baseline.prune(&shown, &hidden, &everything());
        assert_eq!((pruned.baseline.len(), pruned.mended, pruned.unseen), (2, 1, 1));
        let split = baseline.split(shown, &hidden, &everything());
        assert_eq!((split.new.len(), split.known.len(), split.mended), (0, 1, 1));
    }
}

#[test]
fn what_is_hidden_keeps_its_entry_from_a_twin() {
    let baseline = Baseline::of(&twins(&["1.yaml"]));
    let mut findings = twins(&["1.yaml", "2.yaml"]);
    let shown = findings.split_off(1);
    let split = baseline.split(shown, &findings, &everything());
    assert_eq!((split.new.len(), split.known.len(), split.mended), (1, 0, 0));
}

#[test]
fn pruning_drops_and_never_adds() {
    let baseline = Baseline::of(&scan(&[("x.yaml", &thing("one", "a: true, b: true"))]));
    let later = scan(&[("x.yaml", &thing("one", "a: true, c: true"))]);
    let pruned = baseline.prune(&later, &[], &everything()).baseline;
    assert_eq!(pruned.entries.iter().map(|entry| entry.control.as_str()).collect::<Vec<_>>(), ["test/a"]);
    assert_eq!(pruned.prune(&later, &[], &everything()).baseline, pruned);
}

/// The same object in several files: its findings are twins.
fn twins(names: &[&str]) -> Vec<Box<Finding>> {
    let text = thing("one", "a: true");
    scan(&names.iter().map(|name| (*name, text.as_str())).collect::<Vec<_>>())
}

#[test]
fn mending_one_of_two_twins_makes_the_other_no_news() {
    let baseline = Baseline::of(&twins(&["1.yaml", "2.yaml", "3.yaml"]));
    assert_eq!(baseline.len(), 3);
    for left in [&["1.yaml", "2.yaml"], &["1.yaml", "3.yaml"], &["2.yaml", "3.yaml"]] {
        assert_eq!(counts(&baseline, twins(left)), [0, 2, 1], "{left:?}");
        assert_eq!(baseline.prune(&twins(left), &[], &everything()).baseline.len(), 2);
    }
    assert_eq!(counts(&baseline, twins(&["1.yaml", "2.yaml", "3.yaml", "4.yaml"])), [1, 3, 0]);
    assert_eq!(counts(&baseline, twins(&["0.yaml", "1.yaml", "2.yaml", "3.yaml"])), [1, 3, 0]);
    assert_eq!(counts(&baseline, twins(&[])), [0, 0, 3]);
}

#[test]
fn waived_findings_stay_outside() {
    let mut before = twins(&["1.yaml", "2.yaml"]);
    before.iter_mut().take(1).for_each(|finding| waive(finding));
    let baseline = Baseline::of(&before);
    assert_eq!(baseline.len(), 1);
    // As it was: one waived, one known.
    assert_eq!(counts(&baseline, before), [1, 1, 0]);
    // The waived twin is mended: the known one takes its number, and is still known.
    assert_eq!(counts(&baseline, twins(&["2.yaml"])), [0, 1, 0]);
    // The known twin is mended: the waived one doesn't become known by it.
    let mut after = twins(&["1.yaml"]);
    after.iter_mut().for_each(|finding| waive(finding));
    assert_eq!(counts(&baseline, after.clone()), [1, 0, 1]);
    assert!(baseline.prune(&after, &[], &everything()).baseline.is_empty());
    // The waiver expires: the finding counts.
    assert_eq!(counts(&baseline, twins(&["1.yaml", "2.yaml"])), [1, 1, 0]);
    // Known first, then waived: it is still there, so nothing is mended.
    let known = Baseline::of(&twins(&["1.yaml"]));
    assert_eq!(counts(&known, after.clone()), [1, 0, 0]);
    assert_eq!(known.prune(&after, &[], &everything()).baseline, known);
}

#[test]
fn neighbours_that_are_no_twins_are_apart() {
    let entry = |control: &str, fingerprint: u128| Entry {
        control: control.to_owned(),
        object: String::new(),
        path: String::new(),
        fingerprint: Fingerprint(fingerprint),
    };
    let mut finding = twins(&["1.yaml"]).remove(0);
    for (fingerprint, other, is_known) in [
        (10, entry("test/a", 11), true),
        (10, entry("test/b", 11), false),
        (10, entry("test/a", 1 << 30), false),
        (0, entry("test/a", 1), true),
        (u128::MAX, entry("test/a", u128::MAX - 1), true),
        (u128::MAX, entry("test/a", 0), false),
    ] {
        finding.fingerprint = Fingerprint(fingerprint);
        let baseline = Baseline::new(vec![other]);
        let split = baseline.split(vec![finding.clone()], &[], &everything());
        assert_eq!(!split.known.is_empty(), is_known, "{baseline:?}");
    }
}

#[test]
fn items_without_a_name_move_and_change() {
    // A finding at each item that is true.
    let scan = |rules: &str| scan(&[("x.yaml", &thing("one", &format!("a: [{rules}]")))]);
    let baseline = Baseline::of(&scan("true, false"));
    assert_eq!(baseline.len(), 1);
    // Another one before it that is harmless.
    assert_eq!(counts(&baseline, scan("false, true")), [0, 1, 0]);
    // A twin.
    assert_eq!(counts(&baseline, scan("true, true")), [1, 1, 0]);
    // As in a rule of a role.
    let mut changed = scan("true");
    changed[0].fingerprint = Fingerprint(7);
    changed[0].is_in_unnamed = true;
    // It changed where it stands: known by that, once.
    assert_eq!(counts(&baseline, changed.clone()), [0, 1, 0]);
    assert_eq!(counts(&baseline, [scan("true"), changed.clone()].concat()), [1, 1, 0]);
    assert_eq!(baseline.prune(&[], &changed, &everything()).unseen, 1);
    // Near misses: it changed and moved, or has a name.
    changed[0].path = "spec.a[1]".into();
    assert_eq!(counts(&baseline, changed.clone()), [1, 0, 1]);
    changed[0].path = "spec.a[0]".into();
    changed[0].is_in_unnamed = false;
    assert_eq!(counts(&baseline, changed), [1, 0, 1]);
}

fn written(baseline: &Baseline) -> String {
    let mut text = Vec::new();
    baseline.write(&mut text).expect("a buffer takes all");
    String::from_utf8(text).expect("JSON is UTF-8")
}

#[test]
fn files_are_read_as_they_were_written() {
    let (one, two) = (thing("one", "a: true, b: true"), thing("two", "a: true"));
    let mut findings = scan(&[("x.yaml", &one), ("y.yaml", &two)]);
    let baseline = Baseline::of(&findings);
    let text = written(&baseline);
    assert_eq!(Baseline::read("b.json", &text), Ok(baseline.clone()));
    findings.reverse();
    assert_eq!(written(&Baseline::of(&findings)), text);
    // One finding a line, sorted by control and object.
    let lines: Vec<_> =
        text.lines().map(|line| line.split_once("\",\"").map_or(line, |(_, rest)| rest)).collect();
    assert_eq!(
        lines,
        [
            "{",
            "\"version\": 1,",
            "\"findings\": [",
            "control\":\"test/a\",\"object\":\"Thing one\",\"path\":\"spec.a\"},",
            "control\":\"test/a\",\"object\":\"Thing two\",\"path\":\"spec.a\"},",
            "control\":\"test/b\",\"object\":\"Thing one\",\"path\":\"spec.b\"}",
            "]",
            "}",
        ]
    );
    assert_eq!(written(&Baseline::default()), "{\n\"version\": 1,\n\"findings\": [\n]\n}\n");
    assert_eq!(Baseline::read("b.json", &written(&Baseline::default())), Ok(Baseline::default()));
}

#[test]
fn what_is_read_may_be_unsorted_and_hold_more() {
    let print = |digit: &str| digit.repeat(32);
    let text = format!(
        "\u{feff}{{\"made-by\": \"x\", \"findings\": [{{\"control\": \"z/z\", \"fingerprint\": \"{0}\", \"extra\": 1}},\n\
         {{\"fingerprint\": \"{1}\", \"control\": \"a/a\"}},\n{{\"fingerprint\": \"{0}\", \"control\": \"z/z\"}}],\n\"version\": 1}}",
        print("f"),
        print("A"),
    );
    let baseline = Baseline::read("b.json", &text).expect("a baseline");
    let controls: Vec<_> = baseline.entries.iter().map(|entry| entry.control.as_str()).collect();
    assert_eq!(controls, ["a/a", "z/z"]);
}

#[test]
fn broken_files_are_errors_with_a_place() {
    for (text, place, message) in [
        ("", "1:1", "EOF while parsing a value"),
        ("[]", "1:2", "invalid length 0"),
        ("null", "1:4", "invalid type: null"),
        ("{\"findings\": []}", "1:16", "missing field `version`"),
        ("{\"version\": 1}", "1:14", "missing field `findings`"),
        ("{\n\"version\": 2,\n\"findings\": []}", "2:12", "version 2 is not known"),
        ("{\"version\": 1, \"findings\": [{}]}", "1:30", "missing field `fingerprint`"),
        (
            "{\"version\": 1,\n\"findings\": [{\"fingerprint\": \"+0000000000000000000000000000000\"}]}",
            "2:64",
            "a fingerprint has 32 hexadecimal digits",
        ),
        ("{\"version\": 1, \"findings\": [", "1:28", "EOF while parsing a list"),
        ("\u{0}", "1:1", "expected value"),
    ] {
        let error = Baseline::read("b.json", text).expect_err("a broken file");
        assert!(error.message.starts_with(message), "{text:?} {error}");
        let expected = format!("b.json:{place}: this is no baseline that can be read: {message}");
        assert!(error.to_string().starts_with(&expected), "{text:?} {error}");
        assert!(!error.message.contains(" at line "), "{error}");
    }
}
