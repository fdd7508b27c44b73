//! What is applied, what is refused and why, with controls made for it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{
    Check, Control, Finding, Findings, Needs, Parameters, Safety, Selected, Selection, Severity, Waived,
    append, remove, run, set,
};
use plimsoll_fix::{Change, Options, fix};
use plimsoll_kubernetes::{Container, Inventory, Pod, objects};

const fn control(id: &'static str, check: Check) -> Control {
    Control {
        id,
        title: "",
        severity: Severity::Medium,
        frameworks: &[],
        aliases: &[],
        profiles: &[],
        fix: None,
        check,
    }
}

static PRIVILEGED: Control = control("privileged", Check::Container(Needs::Nothing, privileged));
static HOST_PID: Control = control("host-pid", Check::Pod(Needs::Nothing, host_pid));
static CAPABILITIES: Control = control("capabilities", Check::Container(Needs::Nothing, capabilities));
static DROP: Control = control("drop", Check::Container(Needs::Nothing, drop_all));
static USELESS: Control = control("useless", Check::Pod(Needs::Nothing, useless));
static TRADE: Control = control("trade", Check::Pod(Needs::Nothing, trade));
static TRADED: Control = control("traded", Check::Pod(Needs::Nothing, traded));
static TALKS: Control = control("talks", Check::Pod(Needs::Nothing, talks));
static LISTENS: Control = control("listens", Check::Pod(Needs::Nothing, listens));
static NAME: Control = control("name", Check::Pod(Needs::Nothing, name));
static RENAMED: Control = control("renamed", Check::Pod(Needs::Nothing, renamed));
static ACCOUNT: Control = control("account", Check::Pod(Needs::Nothing, account));
static CLASS_A: Control = control("class-a", Check::Pod(Needs::Nothing, class_a));
static CLASS_B: Control = control("class-b", Check::Pod(Needs::Nothing, class_b));

fn privileged<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let field = container.security("privileged");
    if field.is_true() {
        found.at(&field, "privileged").fix(set(&field, false));
    }
}

fn host_pid<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("hostPID");
    if field.is_true() {
        found.at(&field, "host pid").unsafe_fix(remove(&field));
    }
}

/// Its fix gives the object another name.
fn name<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.metadata().get("name");
    if field.as_i64().is_some() {
        found.at(&field, "number").fix(set(&field, "n1"));
    }
}

/// Its fix writes a value under another key.
fn renamed<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("serviceAccount");
    if field.exists() {
        let name = set(&pod.get("serviceAccountName"), field.text());
        found.at(&field, "old key").fix(name).fix(remove(&field));
    }
}

/// What the account is named by, twice where both keys are there.
fn account<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for field in [pod.get("serviceAccount"), pod.get("serviceAccountName")] {
        if field.is("admin") {
            found.at(&field, "admin");
        }
    }
}

fn capabilities<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for item in container.security("capabilities.add").items() {
        found.at(&item, "capability").fix(remove(&item));
    }
}

fn drop_all<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let field = container.security("capabilities.drop");
    if !field.contains("ALL") {
        found.at(&field, "drop").fix(append(&field, "ALL"));
    }
}

/// Its fix doesn't fix it.
fn useless<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("hostIPC");
    if field.is_true() {
        found.at(&field, "host ipc").fix(set(&pod.get("hostname"), "x"));
    }
}

/// Its fix brings a finding of another control.
fn trade<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("dnsPolicy");
    if field.is("Default") {
        found.at(&field, "dns").fix(set(&field, "None"));
    }
}

fn traded<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("dnsPolicy");
    if field.is("None") {
        found.at(&field, "no dns");
    }
}

fn class_a<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("priorityClassName");
    if !field.exists() {
        found.at(&field, "class").fix(set(&field, "a"));
    }
}

fn class_b<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("priorityClassName");
    if !field.exists() {
        found.at(&field, "class").fix(set(&field, "b"));
    }
}

/// Its fix is what another document is found fault with.
fn talks<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("subdomain");
    if field.is("quiet") {
        found.at(&field, "quiet").fix(set(&field, "loud"));
    }
}

/// Finds fault with pods that listen where another talks.
fn listens<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let others = found.inventory().pods();
    if pod.get("hostname").is("listens") && others.iter().any(|other| other.get("subdomain").is("loud")) {
        found.at(&pod.get("hostname"), "it is loud");
    }
}

/// A folder of files and the controls that judge it.
struct Scan {
    files: BTreeMap<String, String>,
    controls: Vec<&'static Control>,
    checks: Cell<usize>,
}

impl Scan {
    fn new(controls: &[&'static Control], files: &[(&str, &str)]) -> Self {
        Scan {
            files: files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            controls: controls.to_vec(),
            checks: Cell::new(0),
        }
    }

    fn findings(&self, replaced: &[(&str, &str)]) -> Result<Vec<Box<Finding>>, String> {
        let mut documents: Vec<Document> = Vec::new();
        for (name, text) in &self.files {
            let text = replaced.iter().find(|(file, _)| file == name).map_or(text.as_str(), |(_, text)| text);
            let file = Arc::new(SourceFile::new(name.clone(), text.as_bytes().to_vec()));
            documents.extend(parse(&file, &Limits::default()).into_iter().flatten());
        }
        let mut all = Vec::new();
        for document in &documents {
            objects(document.root(), |object| all.extend(object));
        }
        let inventory = Inventory::new(all, "default");
        let controls =
            self.controls.iter().map(|control| Selected { control, severity: control.severity }).collect();
        let selection = Selection { controls, parameters: Parameters::default() };
        Ok(run(&documents, &inventory, &selection))
    }

    fn fix(&self, findings: &[Box<Finding>], allow_unsafe: bool) -> Vec<Change> {
        fix(findings, &Options { allow_unsafe }, &mut |replaced| {
            self.checks.set(self.checks.get() + 1);
            self.findings(replaced)
        })
    }

    fn fix_all(&self) -> (Vec<Box<Finding>>, Vec<Change>) {
        let findings = self.findings(&[]).expect("findings");
        let changes = self.fix(&findings, true);
        (findings, changes)
    }
}

fn pod(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n{spec}  containers:\n  - name: app\n    image: app:1\n"
    )
}

fn with_security(name: &str, security: &str) -> String {
    format!("{}    securityContext:\n{security}", pod(name, ""))
}

/// Ids of the controls of findings.
fn ids<'f>(findings: &'f [Box<Finding>], indices: impl IntoIterator<Item = &'f usize>) -> Vec<&'static str> {
    let mut ids: Vec<_> = indices.into_iter().map(|index| findings[*index].control.id).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn all_fixes_are_proved_in_one_go() {
    let one = with_security("one", "      privileged: true # why\n");
    let two = pod("two", "  hostPID: true\n");
    let scan = Scan::new(
        &[&PRIVILEGED, &HOST_PID, &DROP],
        &[("a.yaml", &format!("{one}---\n{two}")), ("b.yaml", &one.replace("one", "three"))],
    );
    let (findings, changes) = scan.fix_all();
    assert_eq!(findings.len(), 3 + 1 + 2);
    assert_eq!(scan.checks.get(), 2, "once as it is, once fixed");
    let [a, b] = changes.as_slice() else { panic!("two files: {changes:?}") };
    let drop = "      capabilities:\n        drop:\n        - ALL\n";
    let fixed = with_security("one", &format!("      privileged: false # why\n{drop}"));
    let fixed_two = format!("{}    securityContext:\n{drop}", pod("two", ""));
    assert_eq!(a.text, format!("{fixed}---\n{fixed_two}"));
    assert_eq!(b.text, fixed.replace("one", "three"));
    assert_eq!(ids(&findings, &a.applied), ["drop", "drop", "host-pid", "privileged"]);
    assert!(changes.iter().all(|change| change.refused.is_empty() && change.mended.is_empty()));
}

#[test]
fn unsafe_and_waived_findings_are_left() {
    let text = pod("one", "  hostPID: true\n") + "    securityContext: {privileged: true}\n";
    let scan = Scan::new(&[&PRIVILEGED, &HOST_PID], &[("a.yaml", &text)]);
    let mut findings = scan.findings(&[]).expect("findings");
    for finding in findings.iter_mut().filter(|finding| finding.control.id == "privileged") {
        finding.waived = Some(Box::new(Waived {
            reason: String::new(),
            owner: String::new(),
            until: String::new(),
            place: String::new(),
        }));
    }
    let changes = scan.fix(&findings, false);
    let [change] = changes.as_slice() else { panic!("one file: {changes:?}") };
    assert!(change.is_empty() && change.refused.is_empty());
    assert_eq!(change.text, text);
    assert_eq!(ids(&findings, &change.left_unsafe), ["host-pid"]);
    assert_eq!(scan.checks.get(), 0, "there is nothing to prove");

    let changes = scan.fix(&findings, true);
    let [change] = changes.as_slice() else { panic!("one file: {changes:?}") };
    assert_eq!(ids(&findings, &change.applied), ["host-pid"]);
    assert_eq!(findings[change.applied[0]].fix.as_ref().map(|fix| fix.safety), Some(Safety::Unsafe));
}

#[test]
fn what_is_found_at_a_value_goes_with_it() {
    let files = [("a.yaml", &*pod("a", "  serviceAccount: admin\n"))];
    let scan = Scan::new(&[&RENAMED, &ACCOUNT], &files);
    let (findings, changes) = scan.fix_all();
    let [change] = changes.as_slice() else { panic!("one file: {changes:?}") };
    assert_eq!(change.text, pod("a", "") + "  serviceAccountName: admin\n");
    assert_eq!(ids(&findings, &change.applied), ["renamed"]);
    assert!(change.refused.is_empty(), "{change:?}");
}

#[test]
fn those_to_blame_are_refused_alone() {
    let bad = pod("bad", "  hostIPC: true\n  hostPID: true\n");
    let worse = pod("worse", "  dnsPolicy: Default\n  hostPID: true\n");
    let good = pod("good", "  hostPID: true\n");
    let files = [("bad.yaml", bad.as_str()), ("good.yaml", &good), ("worse.yaml", &worse)];
    let scan = Scan::new(&[&HOST_PID, &USELESS, &TRADE, &TRADED], &files);
    let (findings, changes) = scan.fix_all();
    let [bad, good, worse] = changes.as_slice() else { panic!("three files: {changes:?}") };
    assert_eq!(bad.text, pod("bad", "  hostIPC: true\n"));
    assert_eq!(ids(&findings, &bad.applied), ["host-pid"]);
    let [refused] = bad.refused.as_slice() else { panic!("one refused: {bad:?}") };
    assert_eq!(findings[refused.finding].control.id, "useless");
    assert_eq!(refused.reason, "the finding would still be there");
    assert_eq!(good.text, pod("good", ""));
    assert!(good.refused.is_empty());
    assert_eq!(worse.text, pod("worse", "  dnsPolicy: Default\n"));
    let [refused] = worse.refused.as_slice() else { panic!("one refused: {worse:?}") };
    assert_eq!(refused.reason, "there would be a new finding: traded at spec.dnsPolicy");
}

#[test]
fn one_of_many_is_found_by_halving() {
    let pods: Vec<String> = (0..40)
        .map(|number| {
            pod(
                &format!("p{number}"),
                if number == 23 { "  dnsPolicy: Default\n" } else { "  hostPID: true\n" },
            )
        })
        .collect();
    let scan = Scan::new(&[&HOST_PID, &TRADE, &TRADED], &[("a.yaml", &pods.join("---\n"))]);
    let (findings, changes) = scan.fix_all();
    let [change] = changes.as_slice() else { panic!("one file") };
    assert_eq!((change.applied.len(), change.refused.len()), (39, 1));
    assert_eq!(findings[change.refused[0].finding].control.id, "trade");
    assert!(!change.text.contains("hostPID") && change.text.contains("dnsPolicy: Default"));
    assert!(scan.checks.get() < 10, "{} checks", scan.checks.get());
}

/// As many checks as one document needs, not as many as all of them.
#[test]
fn all_documents_are_searched_at_once() {
    let spec = |number: usize| match number % 3 {
        0 => "  hostIPC: true\n  hostPID: true\n",
        1 => "  dnsPolicy: Default\n  hostPID: true\n",
        _ => "  hostPID: true\n",
    };
    let pods: Vec<String> = (0..120).map(|number| pod(&format!("p{number}"), spec(number))).collect();
    let files: Vec<(String, String)> =
        pods.chunks(4).enumerate().map(|(at, pods)| (format!("{at:03}.yaml"), pods.join("---\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let scan = Scan::new(&[&HOST_PID, &USELESS, &TRADE, &TRADED], &files);
    let (_, changes) = scan.fix_all();
    let count = |of: fn(&Change) -> usize| changes.iter().map(of).sum::<usize>();
    assert_eq!((count(|change| change.applied.len()), count(|change| change.refused.len())), (120, 80));
    assert!(scan.checks.get() < 8, "{} checks", scan.checks.get());
}

#[test]
fn what_another_document_suffers_from_is_found_in_the_end() {
    let listens = pod("a", "  hostname: listens\n  hostPID: true\n");
    let talks = pod("b", "  subdomain: quiet\n  hostPID: true\n");
    for (first, second) in [(&listens, &talks), (&talks, &listens)] {
        let scan = Scan::new(
            &[&HOST_PID, &TALKS, &LISTENS],
            &[("a.yaml", first), ("b.yaml", second), ("c.yaml", &pod("c", "  hostPID: true\n"))],
        );
        let (findings, changes) = scan.fix_all();
        let applied: Vec<usize> = changes.iter().flat_map(|change| change.applied.clone()).collect();
        assert_eq!(ids(&findings, &applied), ["host-pid", "host-pid", "host-pid"]);
        let refused: Vec<_> = changes.iter().flat_map(|change| &change.refused).collect();
        let [refused] = refused.as_slice() else { panic!("one refused: {refused:?}") };
        assert_eq!(findings[refused.finding].control.id, "talks");
        assert_eq!(refused.reason, "there would be a new finding: listens at spec.hostname");
    }
}

#[test]
fn two_wishes_for_one_place_do_not_both_come_true() {
    let scan = Scan::new(&[&CLASS_A, &CLASS_B], &[("a.yaml", &pod("one", ""))]);
    let (findings, changes) = scan.fix_all();
    let [change] = changes.as_slice() else { panic!("one file") };
    assert_eq!(change.text, pod("one", "") + "  priorityClassName: a\n");
    assert_eq!(ids(&findings, &change.applied), ["class-a"]);
    assert_eq!(ids(&findings, &change.mended), ["class-b"], "gone without its own fix");
    assert!(change.refused.is_empty());
    assert_eq!(scan.checks.get(), 2, "that they don't go together needs no scan");
}

#[test]
fn items_that_move_up_are_known_again() {
    let text = with_security("one", "      capabilities:\n        add: [SYS_ADMIN, NET_RAW, SYS_TIME]\n");
    let scan = Scan::new(&[&CAPABILITIES], &[("a.yaml", &text)]);
    let findings = scan.findings(&[]).expect("findings");
    // The second is not among those to fix: it moves to the first place, and is not new there.
    let chosen = [findings[0].clone(), findings[2].clone()];
    let changes = scan.fix(&chosen, false);
    assert_eq!(changes[0].text, text.replace("[SYS_ADMIN, NET_RAW, SYS_TIME]", "[NET_RAW]"));
    assert_eq!(changes[0].applied, [0, 1]);
    let changes = scan.fix(&findings, false);
    assert_eq!(changes[0].text, text.replace("[SYS_ADMIN, NET_RAW, SYS_TIME]", "[]"));
}

#[test]
fn twins_in_two_files_are_fixed_one_by_one() {
    let plain = with_security("one", "      privileged: true\n");
    let tagged = with_security("one", "      privileged: !!bool true\n");
    let scan = Scan::new(&[&PRIVILEGED], &[("a.yaml", &tagged), ("b.yaml", &plain)]);
    let (_, changes) = scan.fix_all();
    let [a, b] = changes.as_slice() else { panic!("two files: {changes:?}") };
    assert_eq!(a.text, tagged);
    assert_eq!(a.refused.len(), 1);
    assert!(a.refused[0].reason.contains("a tag or an anchor"), "{:?}", a.refused);
    assert_eq!(b.text, with_security("one", "      privileged: false\n"));
    assert_eq!(b.applied.len(), 1);
}

#[test]
fn a_broken_document_stays_as_it_is() {
    let broken = "a: [1\n---\n";
    let scan =
        Scan::new(&[&HOST_PID], &[("a.yaml", &format!("{broken}{}", pod("one", "  hostPID: true\n")))]);
    let (_, changes) = scan.fix_all();
    assert_eq!(changes[0].text, format!("{broken}{}", pod("one", "")));
}

#[test]
fn what_cannot_be_checked_is_not_written() {
    let text = pod("one", "  hostPID: true\n");
    let scan = Scan::new(&[&HOST_PID], &[("a.yaml", &text)]);
    let findings = scan.findings(&[]).expect("findings");
    let changes = fix(&findings, &Options { allow_unsafe: true }, &mut |_| Err("no room".to_owned()));
    assert_eq!(changes[0].text, text);
    assert_eq!(changes[0].refused[0].reason, "the scan can't be repeated: no room");

    let changes = fix(&findings, &Options { allow_unsafe: true }, &mut |replaced| match replaced {
        [] => scan.findings(&[]),
        _ => Err("no room".to_owned()),
    });
    assert_eq!(changes[0].text, text);
    assert_eq!(changes[0].refused[0].reason, "the scan then fails: no room");
}

#[test]
fn nothing_to_fix_is_no_change() {
    let scan = Scan::new(&[&HOST_PID], &[("a.yaml", &pod("one", ""))]);
    let (findings, changes) = scan.fix_all();
    assert!(findings.is_empty() && changes.is_empty());
}

#[test]
fn an_object_that_gets_its_name_is_known_again() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: 1}\nspec: {hostIPC: true, hostPID: true}\n";
    let scan = Scan::new(&[&NAME, &HOST_PID, &USELESS], &[("a.yaml", text)]);
    let findings = scan.findings(&[]).expect("findings");
    let changes = scan.fix(&findings, false);
    let change = &changes[0];
    assert_eq!(ids(&findings, &change.applied), ["name"]);
    assert_eq!(change.refused.len(), 1, "what isn't mended is still found: {:?}", change.refused);
    assert!(change.text.contains("{name: n1}"), "{}", change.text);
}
