//! What the API server would say if every namespace enforced a level.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::Place;
use plimsoll_kubernetes::Object;
use plimsoll_podsecurity::admission::{
    Admission, Cluster, Decoded, Existing, Operation, Request, Response, Status,
};
use plimsoll_podsecurity::labels::{ENFORCE, ENFORCE_VERSION, PolicyLabels};
use plimsoll_podsecurity::{Configuration, LevelVersion, Version};
use serde_json::json;

use super::workloads::{Estate, Workload};
use crate::exit::Failure;
use crate::files;

/// All that the server would say.
pub struct Applied<'d> {
    pub at: LevelVersion,
    pub namespaces: Vec<Labelled<'d>>,
    pub objects: Vec<Answered>,
    /// Objects that can't be decoded.
    pub unknown: Vec<String>,
    /// Objects that the server doesn't look at, though they make pods.
    pub passed_over: Vec<String>,
}

/// A namespace that gets its label.
pub struct Labelled<'d> {
    pub name: &'d str,
    /// `pod-security.kubernetes.io/enforce=restricted`
    pub labels: Vec<String>,
    pub said: Said,
}

/// An object that is created in its labelled namespace.
pub struct Answered {
    pub api_version: String,
    pub kind: String,
    pub namespace: String,
    pub name: String,
    pub place: Place,
    pub said: Said,
}

/// What the server says to a request.
pub struct Said {
    pub denied: Option<Box<Status>>,
    pub warnings: Vec<String>,
    pub audit_annotations: BTreeMap<&'static str, String>,
}

impl Said {
    fn of(response: Response) -> Self {
        Said {
            denied: response.status,
            warnings: response.warnings,
            audit_annotations: response.audit_annotations,
        }
    }

    pub fn is_silent(&self) -> bool {
        self.denied.is_none() && self.warnings.is_empty()
    }
}

impl Applied<'_> {
    pub fn says_something(&self) -> bool {
        self.namespaces.iter().map(|namespace| &namespace.said).any(|said| !said.is_silent())
            || self.objects.iter().any(|object| !object.said.is_silent())
    }
}

/// Reads a configuration of the admission plugin.
pub fn configuration(path: &Path) -> Result<Configuration, Failure> {
    let shown = path.display();
    let bytes = files::read(path).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let file = Arc::new(SourceFile::new(shown.to_string(), bytes));
    let documents: Vec<Document> = parse(&file, &Limits::default())
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{shown}: {error}"))?;
    let Some(document) = documents.first() else { return Ok(Configuration::default()) };
    Configuration::read(document.root()).map_err(|error| {
        let place = error.position().map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        Failure::Error(format!("{shown}{place}: {error}"))
    })
}

/// The labels of the namespaces, as they would be, and the pods that were read.
struct Known<'d> {
    labels: BTreeMap<&'d str, PolicyLabels<'d>>,
    pods: Vec<(&'d str, Existing<'d>)>,
}

impl<'d> Cluster<'d> for Known<'d> {
    fn policy_labels(&self, namespace: &str) -> Result<PolicyLabels<'_>, String> {
        Ok(self.labels.get(namespace).cloned().unwrap_or_default())
    }

    fn pods(&self, namespace: &str) -> Result<Vec<Existing<'d>>, String> {
        Ok(self.pods.iter().filter(|(of, _)| *of == namespace).map(|(_, pod)| *pod).collect())
    }

    fn is_time_up(&self) -> bool {
        false
    }
}

pub fn apply<'d>(
    estate: &Estate<'d>,
    at: LevelVersion,
    configuration: Configuration,
) -> Result<Applied<'d>, Failure> {
    let admission = Admission::new(configuration).of_written_objects();
    let mut names: Vec<&'d str> = estate.workloads.iter().map(|workload| workload.namespace).collect();
    names.sort_unstable();
    names.dedup();
    let before = |name: &str| match estate.inventory.namespace(name) {
        Some(namespace) => PolicyLabels::of(&namespace.labels()),
        None => PolicyLabels::default(),
    };
    let labels = names.iter().map(|name| (*name, labelled(before(name), at))).collect();
    let is_pod = |workload: &&Workload<'d>| workload.object.is("", "Pod") && workload.unreadable.is_none();
    let pods = estate.workloads.iter().filter(is_pod);
    let pods = pods.map(|workload| (workload.namespace, Existing::of(workload.object))).collect();
    let known = Known { labels, pods };
    let mut applied = Applied {
        at,
        namespaces: Vec::new(),
        objects: Vec::new(),
        unknown: Vec::new(),
        passed_over: Vec::new(),
    };
    for name in names {
        let (old, new) = (namespace(name, &before(name))?, namespace(name, &labelled(before(name), at))?);
        let mut labels = vec![format!("{ENFORCE}={}", at.level)];
        if at.version != Version::Latest {
            labels.push(format!("{ENFORCE_VERSION}={}", at.version));
        }
        let said = label(&admission, name, &old, &new, &known);
        applied.namespaces.push(Labelled { name, labels, said });
    }
    for workload in &estate.workloads {
        let object = workload.object;
        let named = format!("{} {}/{}", object.kind(), workload.namespace, object.name());
        let resource = format!("{}s", object.kind().to_ascii_lowercase());
        if workload.unreadable.is_some() {
            applied.unknown.push(named);
        } else if !Admission::is_applicable(object.group(), &resource) {
            applied.passed_over.push(named);
        } else {
            let response = admission.validate(&created(workload, &resource), &known);
            applied.objects.push(Answered {
                api_version: object.api_version().to_owned(),
                kind: object.kind().to_owned(),
                namespace: workload.namespace.to_owned(),
                name: object.name().to_owned(),
                place: workload.place.clone(),
                said: Said::of(response),
            });
        }
    }
    Ok(applied)
}

/// The labels of a namespace that begins to enforce a policy.
fn labelled<'d>(mut labels: PolicyLabels<'d>, at: LevelVersion) -> PolicyLabels<'d> {
    labels.enforce = Some(at.level.name().into());
    if at.version != Version::Latest || labels.enforce_version.is_some() {
        labels.enforce_version = Some(at.version.to_string().into());
    }
    labels
}

/// A Namespace object with labels.
fn namespace(name: &str, labels: &PolicyLabels<'_>) -> Result<Document, Failure> {
    let labels: BTreeMap<_, _> = labels.pairs().collect();
    let object =
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
    let file = Arc::new(SourceFile::new(format!("namespace {name}"), object.to_string().into_bytes()));
    let parsed = parse(&file, &Limits::default()).into_iter().next();
    match parsed {
        Some(Ok(document)) => Ok(document),
        _ => Err(Failure::Error(format!("the labels of namespace {name} can't be written as JSON"))),
    }
}

fn label<'d>(admission: &Admission, name: &str, old: &Document, new: &Document, known: &Known<'d>) -> Said {
    let decoded = |document| Object::new(Document::root(document)).map_or(Decoded::Absent, Decoded::Object);
    let request = Request {
        operation: Operation::Update,
        group: "",
        resource: "namespaces",
        subresource: "",
        kind: "Namespace",
        name,
        namespace: name,
        username: "",
        object: decoded(new),
        old_object: decoded(old),
    };
    Said::of(admission.validate(&request, known))
}

fn created<'r, 'd>(workload: &Workload<'d>, resource: &'r str) -> Request<'r, 'd>
where
    'd: 'r,
{
    Request {
        operation: Operation::Create,
        group: workload.object.group(),
        resource,
        subresource: "",
        kind: workload.object.kind(),
        // Of a name that the server makes up the beginning is known.
        name: workload.object.name(),
        namespace: workload.namespace,
        username: "",
        object: Decoded::Object(workload.object),
        old_object: Decoded::Absent,
    }
}
