//! The same for programs.

use plimsoll_engine::{Coverage, Place};
use plimsoll_podsecurity::{LabelError, Level, LevelVersion, Policy, Version, Violation};
use serde_json::{Map, Value as Json, json};

use super::apply::{Applied, Said};
use super::namespaces::Namespace;
use super::workloads::{Estate, Workload};

/// What a level makes of each workload.
pub fn judged(estate: &Estate<'_>, at: LevelVersion, coverage: &Coverage) -> String {
    let objects = estate.workloads.iter().map(|workload| {
        let mut object = object(workload);
        judge(workload, at, &mut object);
        Json::Object(object)
    });
    written(json!({
        "level": at.level.name(),
        "version": at.version.to_string(),
        "objects": objects.collect::<Vec<_>>(),
        "incomplete": incomplete(coverage),
    }))
}

/// The level of each workload, and of each namespace.
pub fn levels(
    estate: &Estate<'_>,
    namespaces: &[Namespace<'_>],
    version: Version,
    coverage: &Coverage,
) -> String {
    let objects = estate.workloads.iter().map(|workload| {
        let mut object = object(workload);
        let level = workload.facts.level(version).filter(|_| workload.unreadable.is_none());
        object.insert("level".into(), level.map(Level::name).into());
        let next = level.and_then(|level| Level::ALL.into_iter().find(|next| *next > level));
        object.insert("next".into(), next.map(Level::name).into());
        match next {
            Some(next) => judge(workload, LevelVersion::new(next, version), &mut object),
            None => judge(workload, LevelVersion::new(Level::Restricted, version), &mut object),
        }
        // Whether the next level allows it is known: it doesn't.
        object.remove("allowed");
        Json::Object(object)
    });
    written(json!({
        "version": version.to_string(),
        "objects": objects.collect::<Vec<_>>(),
        "namespaces": namespaces.iter().map(|namespace| self::namespace(namespace, version)).collect::<Vec<_>>(),
        "incomplete": incomplete(coverage),
    }))
}

/// What the API server would say.
pub fn applied(applied: &Applied<'_>, coverage: &Coverage) -> String {
    let namespaces = applied.namespaces.iter().map(|namespace| {
        let mut out = said(&namespace.said);
        out.insert("name".into(), namespace.name.into());
        out.insert("labels".into(), json!(namespace.labels));
        Json::Object(out)
    });
    let objects = applied.objects.iter().map(|object| {
        let mut out = said(&object.said);
        for (key, value) in [
            ("apiVersion", &object.api_version),
            ("kind", &object.kind),
            ("namespace", &object.namespace),
            ("name", &object.name),
        ] {
            out.insert(key.into(), value.as_str().into());
        }
        place(&object.place, &mut out);
        Json::Object(out)
    });
    written(json!({
        "level": applied.at.level.name(),
        "version": applied.at.version.to_string(),
        "namespaces": namespaces.collect::<Vec<_>>(),
        "objects": objects.collect::<Vec<_>>(),
        "unknown": applied.unknown,
        "passedOver": applied.passed_over,
        "incomplete": incomplete(coverage),
    }))
}

fn said(said: &Said) -> Map<String, Json> {
    let mut out = Map::new();
    out.insert("allowed".into(), said.denied.is_none().into());
    if let Some(denied) = &said.denied {
        out.insert("code".into(), denied.code.into());
        out.insert("reason".into(), denied.reason.into());
        out.insert("message".into(), denied.message.as_str().into());
    }
    out.insert("warnings".into(), json!(said.warnings));
    out.insert("auditAnnotations".into(), json!(said.audit_annotations));
    out
}

fn object(workload: &Workload<'_>) -> Map<String, Json> {
    let object = workload.object;
    let mut out = Map::new();
    out.insert("apiVersion".into(), object.api_version().into());
    out.insert("kind".into(), object.kind().into());
    out.insert("namespace".into(), workload.namespace.into());
    out.insert("name".into(), object.name().into());
    place(&workload.place, &mut out);
    // Where in the object the pod's spec stands: some kinds have several.
    out.insert("path".into(), workload.pod.spec.path_from(object.root()).into());
    out
}

fn place(place: &Place, out: &mut Map<String, Json>) {
    let start = place.start();
    out.insert("file".into(), place.file.name().into());
    out.insert("line".into(), start.line.into());
    out.insert("column".into(), start.column.into());
}

/// Adds `allowed`, `checks` and, where nothing can be said, `error`.
fn judge(workload: &Workload<'_>, at: LevelVersion, out: &mut Map<String, Json>) {
    let evaluation = match &workload.unreadable {
        None => workload.facts.evaluate(workload.pod, at).ok(),
        Some(gap) => {
            let mut error = Map::new();
            error.insert("message".into(), gap.reason.as_str().into());
            place(&gap.place, &mut error);
            out.insert("error".into(), error.into());
            None
        }
    };
    let allowed = evaluation.as_ref().map(|evaluation| evaluation.is_allowed());
    out.insert("allowed".into(), allowed.into());
    let checks = evaluation.iter().flat_map(|evaluation| &evaluation.violations);
    let root = workload.object.root();
    out.insert("checks".into(), checks.map(|violation| check(violation, root)).collect::<Vec<_>>().into());
}

fn check(violation: &Violation<'_>, root: plimsoll_doc::Value<'_>) -> Json {
    let fields = violation.blame.iter().map(|field| {
        let mut out = Map::new();
        out.insert("path".into(), field.path_from(root).into());
        place(&Place::of(field), &mut out);
        Json::Object(out)
    });
    json!({
        "id": violation.id.name(),
        "reason": violation.reason,
        "detail": violation.detail,
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn namespace(namespace: &Namespace<'_>, version: Version) -> Json {
    let policy = namespace.policy.as_ref();
    let mode = |of: fn(&Policy) -> LevelVersion| policy.map(|(policy, _)| of(policy).to_string());
    let errors = policy.iter().flat_map(|(_, errors)| errors).map(LabelError::to_string);
    json!({
        "name": namespace.name,
        "enforceable": namespace.enforceable(version).level.name(),
        "unsure": namespace.is_unsure,
        "workloads": namespace.workloads,
        "unreadable": namespace.unreadable,
        "enforce": mode(|policy| policy.enforce),
        "audit": mode(|policy| policy.audit),
        "warn": mode(|policy| policy.warn),
        "errors": errors.collect::<Vec<_>>(),
    })
}

fn incomplete(coverage: &Coverage) -> Json {
    let gap =
        |gap: &plimsoll_engine::Incomplete| json!({"file": gap.file, "line": gap.line, "reason": gap.reason});
    coverage.incomplete.iter().map(gap).collect::<Vec<_>>().into()
}

fn written(value: Json) -> String {
    format!("{value:#}\n")
}
