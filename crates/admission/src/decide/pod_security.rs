//! Pod Security, by the plugin of crate `podsecurity`.

use std::time::Instant;

use plimsoll_kubernetes::{Field, Object};
use plimsoll_podsecurity::admission::{self, Admission, Cluster, Decoded, Existing};
use plimsoll_podsecurity::labels::{ENFORCE, ENFORCE_VERSION, PolicyLabels};

use super::Outcome;
use crate::known::{Known, Need};
use crate::review::{Operation, Refusal, Request};

/// What the plugin will ask of the cluster.
pub(super) fn needs<'d>(request: &Request<'d>, needs: &mut Vec<Need<'d>>) {
    let is_change = matches!(request.operation, Operation::Create | Operation::Update);
    if !is_change || !Admission::is_applicable(request.resource.group, request.resource.name) {
        return;
    }
    if request.resource.name != "namespaces" {
        needs.push(Need::Namespace(request.namespace));
        return;
    }
    let label = |object: Option<_>, key| {
        object.map(|object| Field::new(object).get("metadata.labels").key(key).as_str())
    };
    let is_changed = |key| label(request.object, key) != label(request.old_object, key);
    if request.operation == Operation::Update && (is_changed(ENFORCE) || is_changed(ENFORCE_VERSION)) {
        needs.push(Need::Pods { namespace: request.name });
    }
}

/// Adds what the plugin answers.
pub(super) fn judge(admission: &Admission, request: &Request<'_>, known: &Known, outcome: &mut Outcome) {
    let decoded = |object: Option<_>| match object {
        None => Decoded::Absent,
        Some(value) => match Object::new(value) {
            Some(object) => Decoded::Object(object),
            None => Decoded::Error("it has no apiVersion or no kind"),
        },
    };
    let asked = admission::Request {
        operation: match request.operation {
            Operation::Create => admission::Operation::Create,
            Operation::Update => admission::Operation::Update,
            Operation::Delete => admission::Operation::Delete,
            Operation::Connect => admission::Operation::Connect,
        },
        group: request.resource.group,
        resource: request.resource.name,
        subresource: request.subresource,
        kind: request.kind.name,
        name: request.name,
        namespace: if request.resource.name == "namespaces" { request.name } else { request.namespace },
        username: request.username,
        object: decoded(request.object),
        old_object: decoded(request.old_object),
    };
    let response = admission.validate(&asked, &known);
    let answer = &mut outcome.answer;
    answer.refusal = response.status.map(|status| Refusal {
        code: status.code,
        reason: status.reason,
        message: status.message,
        details: status.details,
    });
    answer.warnings = response.warnings;
    answer.audit_annotations = response.audit_annotations.into_iter().collect();
}

impl<'d> Cluster<'d> for &'d Known {
    fn policy_labels(&self, _: &str) -> Result<PolicyLabels<'_>, String> {
        match &self.namespace {
            Some(Ok(namespace)) => Ok(PolicyLabels::from_pairs(
                namespace.labels.iter().map(|(key, value)| (key.as_str(), value.as_str())),
            )),
            Some(Err(error)) => Err(error.clone()),
            None => Err("it was not looked up".to_owned()),
        }
    }

    fn pods(&self, _: &str) -> Result<Vec<Existing<'d>>, String> {
        match &self.pods {
            Some(Ok(pods)) => {
                let pods = pods.iter().filter_map(|document| Object::new(document.root()));
                Ok(pods.map(Existing::of).collect())
            }
            Some(Err(error)) => Err(error.clone()),
            None => Err("they were not listed".to_owned()),
        }
    }

    fn is_time_up(&self) -> bool {
        self.dry_run_ends.is_some_and(|end| Instant::now() >= end)
    }
}
