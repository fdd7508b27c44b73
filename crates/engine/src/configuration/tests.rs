//! Configurations, sound and broken.

use std::sync::Arc;

use plimsoll_doc::SourceFile;

use super::{Configuration, Scope};
use crate::testing::Known;
use crate::{Control, Severity};

fn parse(text: &str) -> Result<Configuration, Vec<String>> {
    let file = Arc::new(SourceFile::new("plimsoll.yaml", text.into()));
    Configuration::parse(&file, &Known)
        .map_err(|errors| errors.iter().map(|error| error.to_string()).collect())
}

#[track_caller]
fn sound(text: &str) -> Configuration {
    parse(text).unwrap_or_else(|errors| panic!("{text}\n{errors:#?}"))
}

#[track_caller]
fn broken(text: &str, expected: &[&str]) {
    match parse(text) {
        Ok(_) => panic!("this is no configuration:\n{text}"),
        Err(errors) => assert_eq!(errors, expected, "{text}"),
    }
}

fn ids(controls: &[&Control]) -> Vec<&'static str> {
    controls.iter().map(|control| control.id).collect()
}

#[test]
fn nothing_said_is_the_default() {
    for text in ["", "\n", "# only a comment\n", "{}", "profile:\nselect: []\nseverities: {}\nwaivers: ~\n"] {
        let read = sound(text);
        assert!(read.profile.is_none() && read.select.is_empty() && read.ignore.is_empty());
        assert_eq!((read.severity, read.fail_on), (None, None));
        assert!(read.render && !read.waivers_by_annotation);
        assert_eq!(read.parameters, crate::Parameters::default());
    }
}

#[test]
fn patterns_left_empty_are_not_patterns_for_everything() {
    for key in ["paths", "namespaces", "kinds", "names", "containers"] {
        let waiver = "waivers:\n- {control: test/a, reason: r, owner: o, until: 2027-01-31";
        broken(
            &format!("{waiver}, {key}: }}\n"),
            &[&format!("plimsoll.yaml:2:61: {key} must be text, not empty")],
        );
        sound(&format!("{waiver}, {key}: x}}\n"));
    }
}

const EVERYTHING: &str = r#"
version: 1
profile: baseline
select: [test/a, other/*]
ignore: test/b
severity: medium
fail-on: High
severities:
  test/*: low
  test/a: critical
parameters:
  allowed-registries: [registry.example.com, "*.example.org"]
  minimum-replicas: 3
paths:
- match: [k8s/test/**, "**/fixtures"]
  ignore: [test/*]
  select: T-1
  severities: {test/b: high}
namespaces:
- match: sandbox-*
  waivers-by-annotation: on
exclude: vendor
waivers:
- control: [test/a, T-1]
  reason: " it tunes the node "
  owner: platform
  until: 2027-01-31
  paths: k8s/*.yaml
  kinds: [DaemonSet, apps/Deployment]
waivers-by-annotation: yes
render: off
"#;

#[test]
fn everything_said_is_read() {
    let read = sound(EVERYTHING);
    assert_eq!(read.profile.as_deref().map(ids), Some(vec!["other/c"]));
    assert_eq!(ids(&read.select), ["test/a", "other/c"]);
    assert_eq!(ids(&read.ignore), ["test/b"]);
    assert_eq!((read.severity, read.fail_on), (Some(Severity::Medium), Some(Severity::High)));
    assert_eq!(read.severities.of("test/a"), Some(Severity::Critical));
    assert_eq!(read.severities.of("test/b"), Some(Severity::Low));
    assert_eq!(read.severities.of("other/c"), None);
    assert_eq!(read.parameters.allowed_registries, ["registry.example.com", "*.example.org"]);
    assert_eq!(read.parameters.minimum_replicas, 3);
    assert!(read.parameters.required_labels.is_empty());
    let [paths] = read.paths.as_slice() else { panic!("one path") };
    assert_eq!(paths.matches.patterns(), ["k8s/test/**", "**/fixtures"]);
    assert_eq!(ids(&paths.ignore), ["test/a", "test/b"]);
    assert_eq!(ids(&paths.select), ["test/a"]);
    assert_eq!(paths.severities.of("test/b"), Some(Severity::High));
    assert_eq!(paths.waivers_by_annotation, None);
    let [Scope { matches, waivers_by_annotation: Some(true), .. }] = read.namespaces.as_slice() else {
        panic!("one namespace, where annotations waive")
    };
    assert!(matches.matches("sandbox-1"));
    assert_eq!(read.exclude, ["vendor"]);
    assert!(read.waivers_by_annotation);
    assert!(!read.render);
    let [waiver] = read.waivers.as_slice() else { panic!("one waiver") };
    let names: Vec<_> = waiver.terms.controls.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names, ["test/a", "T-1"]);
    assert_eq!(
        (waiver.terms.reason.as_str(), waiver.terms.owner.as_str()),
        ("it tunes the node", "platform")
    );
    assert_eq!(waiver.terms.until.to_string(), "2027-01-31");
    assert_eq!((waiver.file.as_str(), waiver.line), ("plimsoll.yaml", 24));
    assert!(waiver.paths.is_some() && waiver.kinds.is_some());
    assert!(waiver.namespaces.is_none() && waiver.names.is_none() && waiver.containers.is_none());
}

#[test]
fn keys_that_are_not_known() {
    broken("profil: all\n", &["plimsoll.yaml:1:1: unknown key profil: did you mean profile?"]);
    broken(
        "a: 1\nversion: 1\nfailon: low\n",
        &[
            "plimsoll.yaml:1:1: unknown key a: the keys are version, profile, select, ignore, severity, fail-on, \
             severities, parameters, paths, namespaces, exclude, waivers, waivers-by-annotation, render",
            "plimsoll.yaml:3:1: unknown key failon: did you mean fail-on?",
        ],
    );
    broken(
        "parameters:\n  allowed_registries: []\n",
        &["plimsoll.yaml:2:3: unknown key allowed_registries: did you mean allowed-registries?"],
    );
    broken(
        "paths:\n- match: x\n  profile: all\n",
        &[
            "plimsoll.yaml:3:3: unknown key profile: the keys are match, select, ignore, severities, waivers-by-annotation",
        ],
    );
    broken("severity: low\nseverity: low\n", &["plimsoll.yaml:2:1: severity stands twice: keep one"]);
}

#[test]
fn values_of_the_wrong_type() {
    for (text, expected) in [
        ("[]", "1:1: this must be a mapping, not an empty one"),
        ("just text\n", "1:1: this must be a mapping, not text"),
        ("version: 2\n", "1:10: version must be 1, the only one there is"),
        ("version: '1'\n", "1:10: version must be 1, the only one there is"),
        ("profile: [all]\n", "1:10: profile must be text, not a list"),
        ("profile: 1.12\n", "1:10: profile must be text, in quotes, not this number"),
        ("profile: ''\n", "1:10: profile must be text, not empty"),
        ("select: {a: b}\n", "1:9: select must be text or a list of texts, not a mapping"),
        ("select: [[a]]\n", "1:10: this must be text, not a list"),
        ("ignore: true\n", "1:9: ignore must be text, in quotes, not true or false"),
        ("severities: [low]\n", "1:13: severities must be a mapping from controls to severities, not a list"),
        ("parameters: 3\n", "1:13: parameters must be a mapping, not this number"),
        ("parameters:\n  required-labels: app\n", "2:20: required-labels must be a list of texts, not text"),
        ("parameters:\n  required-labels: [1]\n", "2:21: this must be text, in quotes, not this number"),
        (
            "parameters:\n  denied-registries: [r.io, 'r.io/*']\n",
            "2:29: \"r.io/*\" has * in its path: write r.io, which holds for all that is below",
        ),
        (
            "parameters:\n  required-labels: [a b]\n",
            "2:21: \"a b\" is no key that labels can have: write name or prefix/name, in letters, digits, - _ and .",
        ),
        (
            "parameters:\n  minimum-replicas: -1\n",
            "2:21: minimum-replicas must be a whole number, 0 or more, not this number",
        ),
        (
            "parameters:\n  minimum-replicas: 2.5\n",
            "2:21: minimum-replicas must be a whole number, 0 or more, not this number",
        ),
        (
            "parameters:\n  kubernetes-version: latest\n",
            "2:23: kubernetes-version must be a version such as \"1.37\", not text",
        ),
        (
            "parameters:\n  kubernetes-version: 1.30\n",
            "2:23: kubernetes-version must be text, in quotes, not this number",
        ),
        ("paths: {match: x}\n", "1:8: paths must be a list, not a mapping"),
        ("paths: [x]\n", "1:9: this must be a mapping, not text"),
        ("waivers-by-annotation: maybe\n", "1:24: waivers-by-annotation must be true or false, not text"),
        ("render: 1\n", "1:9: render must be true or false, not this number"),
        (
            "exclude: /etc\n",
            "1:10: \"/etc\" is absolute: patterns are relative to the configuration's folder",
        ),
        ("namespaces:\n- match: []\n", "2:10: match must be a list with something in it, not an empty one"),
    ] {
        broken(text, &[&format!("plimsoll.yaml:{expected}")]);
    }
}

#[test]
fn names_that_are_not_known() {
    for (text, expected) in [
        ("profile: alll\n", "1:10: no profile is called \"alll\""),
        ("select: [test/a, test/x]\n", "1:18: no control is called \"test/x\""),
        ("severities: {test/x: low}\n", "1:14: no control is called \"test/x\""),
        ("paths:\n- match: x\n  ignore: nope\n", "3:11: no control is called \"nope\""),
        ("fail-on: never\n", "1:10: \"never\" is not a severity; one of critical, high, medium, low"),
        ("severities: {test/a: off}\n", "1:22: this must be text, in quotes, not true or false"),
    ] {
        let expected = expected.replace("this must", "test/a must");
        broken(text, &[&format!("plimsoll.yaml:{expected}")]);
    }
}

#[test]
fn waivers_that_are_not_whole() {
    broken(
        "waivers:\n- control: test/a\n",
        &[
            "plimsoll.yaml:2:3: owner is missing: who answers for that",
            "plimsoll.yaml:2:3: reason is missing: why they are let go",
            "plimsoll.yaml:2:3: until is missing: the last day the waiver holds, as YYYY-MM-DD",
        ],
    );
    let waiver = |line: &str| {
        let kept = ["control: test/a", "reason: r", "owner: o", "until: 2027-01-31"]
            .into_iter()
            .filter(|known| known.split(':').next() != line.split(':').next());
        format!("waivers:\n- {}\n", kept.chain([line]).collect::<Vec<_>>().join("\n  "))
    };
    for (line, expected) in [
        ("until: 2026-02-29", "5:10: until: no calendar has the day 2026-02-29"),
        ("until: soon", "5:10: until: a date is written YYYY-MM-DD"),
        ("until: 2027", "5:10: until must be text, in quotes, not this number"),
        ("reason: ' '", "5:11: reason must be text, not empty"),
        ("owner:", "5:3: owner must be text, not empty"),
        ("control: []", "5:12: control must be a list with something in it, not an empty one"),
        ("control: test/x", "5:12: no control is called \"test/x\""),
        ("kinds: [Pod, Pods]", "6:16: \"Pods\" is no kind: did you mean Pod?"),
        ("kind: Pod", "6:3: unknown key kind: did you mean kinds?"),
    ] {
        broken(&waiver(line), &[&format!("plimsoll.yaml:{expected}")]);
    }
    sound(&waiver("kinds: Pod"));
}

#[test]
fn all_errors_are_said_at_once_in_the_order_of_the_text() {
    broken(
        "profile: x\nselect: [u, v]\nnope: 1\nwaivers: 3\n",
        &[
            "plimsoll.yaml:1:10: no profile is called \"x\"",
            "plimsoll.yaml:2:10: no control is called \"u\"",
            "plimsoll.yaml:2:13: no control is called \"v\"",
            "plimsoll.yaml:3:1: unknown key nope: the keys are version, profile, select, ignore, severity, fail-on, \
             severities, parameters, paths, namespaces, exclude, waivers, waivers-by-annotation, render",
            "plimsoll.yaml:4:10: waivers must be a list, not this number",
        ],
    );
}

#[test]
fn text_that_is_no_document() {
    for text in ["profile: [all\n", "a: b: c\n", "\u{0}", "profile: {{ .Values.profile }}\n"] {
        let errors = parse(text).expect_err("it can't be read");
        assert!(errors.iter().all(|error| error.starts_with("plimsoll.yaml:")), "{errors:?}");
    }
    broken(
        "profile: all\n---\nselect: test/a\n",
        &["plimsoll.yaml:3:1: a configuration is one document: put this one's settings into the first"],
    );
    broken(
        "%YAML 1.1\n---\nprofile: all\n",
        &["plimsoll.yaml:1:1: a configuration has no directives: remove this line"],
    );
    assert!(sound("profile: all\n---\n").profile.is_some());
    assert!(sound("{\"profile\": \"all\", \"select\": [\"test/a\"]}").profile.is_some());
}

#[test]
fn text_that_is_cut_short_is_read_or_refused_with_a_place() {
    let mut refused = 0;
    for (end, _) in EVERYTHING.char_indices() {
        let cut = EVERYTHING.get(..end).unwrap_or_default();
        for error in parse(cut).err().into_iter().flatten() {
            refused += 1;
            let mut parts = error.splitn(4, ':');
            assert_eq!(parts.next(), Some("plimsoll.yaml"), "{error}");
            let line = parts.next().and_then(|line| line.parse::<usize>().ok());
            assert!(line.is_some_and(|line| (1..=cut.lines().count() + 1).contains(&line)), "{cut}\n{error}");
        }
    }
    assert!(refused > 100, "{refused}");
}
