//! Configurations are taken and refused as by the API server's own library, in the same words.
//!
//! Runs where `go` is installed.

mod support;

use plimsoll_podsecurity::Configuration;
use plimsoll_test_support::{GoProgram, answers};
use serde_json::{Value as Json, json};

use support::document;

/// The group and each version, before a body.
fn whole(body: &str) -> Vec<String> {
    ["v1", "v1beta1", "v1alpha1"]
        .map(|version| {
            format!(
                "apiVersion: pod-security.admission.config.k8s.io/{version}\n\
                 kind: PodSecurityConfiguration\n{body}"
            )
        })
        .to_vec()
}

fn texts() -> Vec<String> {
    let long = "a".repeat(64);
    let bodies = [
        String::new(),
        "defaults: {}\nexemptions: {}\n".into(),
        "defaults: null\nexemptions: ~\n".into(),
        "defaults: {enforce: baseline, enforce-version: v1.20, warn: '', audit: null}\n".into(),
        "defaults: {enforce: Baseline, enforce-version: 'v1.020', warn: x, warn-version: y1, audit: z, audit-version: 'n\"\\t'}\n".into(),
        "defaults: {enforce: 5, audit-version: true}\n".into(),
        "defaults: []\n".into(),
        "defaults: text\nexemptions: 1.5\n".into(),
        "exemptions: {namespaces: [1]}\n".into(),
        "exemptions: {namespaces: x}\n".into(),
        "exemptions: {usernames: {a: b}}\n".into(),
        "exemptions: {usernames: [[], yes]}\n".into(),
        "exemptions: {foo: 1, namespaces: [null]}\nfoo: 2\ndefaults: {zoo: 3}\n".into(),
        "Defaults: {enforce: baseline}\nmetadata: {name: x}\n".into(),
        "defaults:\n  enforce: baseline\n  enforce: restricted\nexemptions:\n  namespaces: [a]\n  namespaces: [b]\nzoo: 1\n".into(),
        "exemptions: {namespaces: [kube-system, a.b, A, '', -a, a-, kube-system, 'ab\"']}\n".into(),
        format!("exemptions: {{namespaces: [{long}, {long}.a], runtimeClasses: [{}]}}\n", "ab.".repeat(90)),
        "exemptions: {runtimeClasses: [gvisor, a.b, a..b, A, '', gvisor], usernames: ['', a, 'a b', a, '']}\n".into(),
        "exemptions: {usernames: ['system:serviceaccount:a:b', Bob]}\ndefaults: {warn: restricted}\n".into(),
    ];
    let mut texts: Vec<String> = bodies.iter().flat_map(|body| whole(body)).collect();
    let json = json!({
        "apiVersion": "pod-security.admission.config.k8s.io/v1", "kind": "PodSecurityConfiguration",
        "zz": 1, "defaults": {"enforce": "baseline", "bb": 1, "aa": 2}, "aa": {"q": 1},
    });
    texts.push(json.to_string());
    texts.push(json.to_string().replace("\"bb\":1", "\"enforce\":\"x\""));
    for text in [
        "apiVersion: pod-security.admission.config.k8s.io/v2\nkind: PodSecurityConfiguration\n",
        "apiVersion: pod-security.admission.config.k8s.io/v1\nkind: Other\n",
        "apiVersion: v1\nkind: Pod\n",
        "apiVersion: pod-security.admission.config.k8s.io/v1\n",
        "kind: PodSecurityConfiguration\n",
    ] {
        texts.push(text.to_owned());
    }
    texts
}

/// The words that matter: what follows names code, or repeats the text.
fn shortened(error: &str) -> &str {
    let ends = [" in scheme", " is missing", ": pod-security.admission.config.k8s.io/v1 has"];
    let end = ends.iter().filter_map(|end| error.find(end)).min();
    end.and_then(|end| error.get(..end)).unwrap_or(error)
}

fn ours(text: &str) -> Json {
    match Configuration::read(document(text).root()) {
        Ok(Configuration { defaults, exemptions }) => {
            let list = |names: &[String]| if names.is_empty() { Json::Null } else { json!(names) };
            json!({
                "Defaults": {
                    "Enforce": defaults.enforce.level.name(),
                    "EnforceVersion": defaults.enforce.version.to_string(),
                    "Audit": defaults.audit.level.name(),
                    "AuditVersion": defaults.audit.version.to_string(),
                    "Warn": defaults.warn.level.name(),
                    "WarnVersion": defaults.warn.version.to_string(),
                },
                "Exemptions": {
                    "Usernames": list(&exemptions.usernames),
                    "Namespaces": list(&exemptions.namespaces),
                    "RuntimeClasses": list(&exemptions.runtime_classes),
                },
            })
        }
        Err(error) => {
            assert!(error.position().is_some(), "{error}");
            shortened(&error.to_string()).into()
        }
    }
}

#[test]
fn configurations_are_read_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    let texts = texts();
    let answers: Vec<Json> = answers(program.command().arg("configuration"), &texts);
    for (text, answer) in texts.iter().zip(answers) {
        let theirs = match answer["error"].as_str() {
            Some(error) => shortened(error).into(),
            None => answer["configuration"].clone(),
        };
        assert_eq!(ours(text), theirs, "{text}");
    }
}
