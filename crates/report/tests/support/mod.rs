//! Findings of controls made for the tests, over text made for the tests: what the catalogue says
//! can change without changing what a format must do.

#![allow(dead_code, reason = "every test file uses a part of it")]

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::framework::Reference;
use plimsoll_engine::{
    Check, Control, Coverage, Finding, Findings, Incomplete, Needs, Notice, NoticeKind, Parameters, Profile,
    Safety, Selected, Selection, Severity, Waived, run, set,
};
use plimsoll_kubernetes::{Container, GroupKind, Inventory, Object, objects};
use plimsoll_report::{BaselineSummary, Format, Report, Style, write};

pub static PRIVILEGED: Control = Control {
    id: "test/privileged",
    title: "Privileged container",
    severity: Severity::Critical,
    frameworks: &[
        Reference { framework: "pss", requirement: "baseline/privileged" },
        Reference { framework: "owasp-kubernetes-2025", requirement: "K01" },
    ],
    aliases: &["checkov:CKV_K8S_16"],
    profiles: &[Profile::Baseline],
    fix: Some(Safety::Safe),
    check: Check::Container(Needs::Nothing, |container: &Container<'_, '_>, found: &mut Findings<'_, '_>| {
        let field = container.security("privileged");
        if field.is_true() {
            found
                .at(&field, format!("{} runs privileged: set privileged to false", container.title()))
                .fix(set(&field, false));
        }
    }),
};

pub static LIMIT: Control = Control {
    id: "test/no-limit",
    title: "No memory limit",
    severity: Severity::Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: Some(Safety::Unsafe),
    check: Check::Container(Needs::Nothing, |container: &Container<'_, '_>, found: &mut Findings<'_, '_>| {
        let field = container.get("resources.limits.memory");
        if !field.exists() {
            found.at(&field, "there is no memory limit: set one").unsafe_fix(set(&field, "1Gi"));
        }
    }),
};

pub static WILDCARD: Control = Control {
    id: "test/wildcard",
    title: "Wildcard in a role",
    severity: Severity::High,
    frameworks: &[
        Reference { framework: "mitre-attack-containers-19.1", requirement: "T1098.006" },
        Reference { framework: "cis-kubernetes-1.12", requirement: "3.1.1" },
    ],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("rbac.authorization.k8s.io", "Role")], |role, found| {
        for rule in role.get("rules").items() {
            for item in rule.key("verbs").items().filter(|item| item.is("*")) {
                found
                    .at(&item, "the rule grants every verb: name those that are used")
                    .also(&role.get("metadata.name"), "of this role");
            }
        }
    }),
};

/// Its message is what an annotation says: the text of someone who wants to break the output.
pub static TRAP: Control = Control {
    id: "test/trap",
    title: "A trap",
    severity: Severity::Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, |object: &Object<'_>, found: &mut Findings<'_, '_>| {
        let field = object.annotation("trap");
        if let Some(text) = field.as_str() {
            found.at(&field, text.to_owned());
        }
    }),
};

/// Points at the values of a ConfigMap and of a container's environment, as a control for secrets does.
pub static SECRET: Control = Control {
    id: "secret/plain",
    title: "Secret in plain text",
    severity: Severity::High,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, |object: &Object<'_>, found: &mut Findings<'_, '_>| {
        if object.is("", "ConfigMap") {
            for (key, value) in object.get("data").entries() {
                found.at(&value, format!("{key} looks like a secret: move it to a Secret"));
            }
        }
        for container in object.get("spec.containers").items() {
            for variable in container.get("env").items() {
                let value = variable.get("value");
                if value.exists() {
                    found.at(&value, "the environment holds a secret");
                }
            }
        }
    }),
};

/// A control of another area that points into a Secret.
pub static DATA: Control = Control {
    id: "test/data",
    title: "Data",
    severity: Severity::Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Secret")], |secret, found| {
        found.on(secret, "a Secret in a file");
        for (_, value) in secret.get("stringData").entries() {
            found.at(&value, "a value");
            found.at_key(&value, "a key");
        }
    }),
};

pub static ALL: [&Control; 6] = [&PRIVILEGED, &LIMIT, &WILDCARD, &TRAP, &SECRET, &DATA];

/// What a report borrows from.
pub struct Scan {
    pub findings: Vec<Box<Finding>>,
    pub coverage: Coverage,
    pub notices: Vec<Notice>,
    pub controls: Vec<Selected>,
    pub baseline: Option<BaselineSummary>,
}

impl Scan {
    /// Runs the controls of the tests over files.
    pub fn of(files: &[(&str, &str)]) -> Scan {
        let mut coverage = Coverage { files: files.len(), ..Coverage::default() };
        let mut documents: Vec<Document> = Vec::new();
        for (name, text) in files {
            let file = Arc::new(SourceFile::new(*name, text.as_bytes().to_vec()));
            for entry in parse(&file, &Limits::default()) {
                match entry {
                    Ok(document) => documents.push(document),
                    Err(error) => coverage.incomplete.push(Incomplete {
                        file: (*name).to_owned(),
                        line: Some(error.position.line),
                        reason: "this is no YAML: mend it".to_owned(),
                    }),
                }
            }
        }
        coverage.documents = documents.len();
        let mut found = Vec::new();
        for document in &documents {
            objects(document.root(), |object| found.extend(object.ok()));
        }
        coverage.objects = found.len();
        let inventory = Inventory::new(found, "default");
        coverage.with_subject =
            ALL.iter().filter(|control| control.has_subject(&inventory)).map(|control| control.id).collect();
        let controls = ALL.iter().map(|control| Selected { control, severity: control.severity }).collect();
        let selection = Selection { controls, parameters: Parameters::default() };
        let findings = run(&documents, &inventory, &selection);
        Scan { findings, coverage, notices: Vec::new(), controls: selection.controls, baseline: None }
    }

    pub fn report(&self) -> Report<'_> {
        Report {
            findings: &self.findings,
            hidden: &[],
            coverage: &self.coverage,
            notices: &self.notices,
            controls: &self.controls,
            not_run: &[],
            baseline: self.baseline,
            threshold: Severity::High,
            least: Severity::Low,
            root: None,
            framework: None,
        }
    }

    pub fn write(&self, format: Format) -> String {
        written(format, &self.report(), &Style::default())
    }
}

pub fn written(format: Format, report: &Report<'_>, style: &Style) -> String {
    let mut out = Vec::new();
    write(format, report, style, &mut out).expect("a Vec takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

pub const SHOP: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
      - name: app
        image: app:1
        securityContext:
          privileged: on # why not
      - name: side
        resources: {limits: {memory: 1Gi}}
        securityContext: {x: "船🚢", privileged: true}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: all
  namespace: shop
rules:
- apiGroups: [""]
  resources: [pods]
  verbs:
  - "*"
- apiGroups: [apps]
  resources: [deployments]
  verbs: ["*"]
"#;

pub const TRAPS: &str = r#"apiVersion: v1
kind: Pod
metadata:
  name: "<img src=x onerror=alert(1)>"
  annotations:
    trap: "<b>\"q\"</b> & ]]> 100% | `@you` #1,\n::error::\e[31m</script>\u202e\tend"
spec:
  containers:
  - name: "日本"
    resources:	{limits: {memory:	1Gi}}
    securityContext: {privileged:	true}
"#;

/// The word `hunter2` stands only where values do.
pub const SECRETS: &str = r#"apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  password: hunter2
  url: "postgres://app:hunter2@db/app"
  file: |
    user: app
    pass: hunter2
  folded: >-
    hunter2
---
apiVersion: v1
kind: Pod
metadata: {name: flow}
spec:
  containers:
  - {name: app, env: [{name: PASSWORD, value: hunter2}], securityContext: {privileged: true}}
---
apiVersion: v1
kind: Secret
metadata:
  name: keys
stringData:
  token: hunter2
  other: "hunter2"
---
{"apiVersion":"v1","kind":"Secret","metadata":{"name":"json"},"stringData":{"token":"hunter2","more":"hunter2"}}
"#;

/// Findings of every kind, one of them waived, with a gap and a notice.
pub fn mixed() -> Scan {
    let mut scan = Scan::of(&[
        ("apps/shop.yaml", SHOP),
        ("apps/traps, 100%: <b>.yaml", TRAPS),
        ("apps/secrets.yaml", SECRETS),
        ("apps/broken.yaml", "a: [\n"),
    ]);
    let finding = scan
        .findings
        .iter_mut()
        .find(|finding| finding.control.id == "test/no-limit")
        .expect("a container without a limit");
    finding.waived = Some(Box::new(Waived {
        reason: "measured: \"<1Gi\" & stable".to_owned(),
        owner: "platform".to_owned(),
        until: "2027-01-31".to_owned(),
        place: "apps/shop.yaml:10".to_owned(),
    }));
    scan.notices.push(Notice {
        kind: NoticeKind::WaiverExpired,
        file: "plimsoll.yaml".to_owned(),
        line: Some(7),
        message: "the waiver of test/wildcard ended on 2024-12-31: renew or remove it".to_owned(),
    });
    scan
}

pub fn empty() -> Scan {
    let mut scan = Scan::of(&[]);
    scan.controls.truncate(2);
    scan
}

/// `count` findings of medium severity and, last of all, a critical one.
pub fn many(count: usize) -> Scan {
    let mut scan = Scan::of(&[(
        "big.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec:\n  containers:\n  - name: c\n    securityContext: {privileged: true}\n",
    )]);
    let privileged = scan.findings.iter().position(|finding| finding.control.id == "test/privileged");
    let last = scan.findings.remove(privileged.expect("a privileged container"));
    let first = scan.findings.remove(0);
    scan.findings = (0..count)
        .map(|number| {
            let mut finding = first.clone();
            finding.fingerprint.0 = number as u128;
            finding
        })
        .collect();
    scan.findings.push(last);
    scan
}
