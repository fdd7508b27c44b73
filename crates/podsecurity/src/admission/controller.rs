//! Requests on what makes pods.

use plimsoll_kubernetes::{Field, Object};

use super::cluster::Cluster;
use super::response::Response;
use super::{Admission, Decoded, Request};
use crate::go::quoted;
use crate::{Level, PodFields, Policy};

impl Admission {
    pub(super) fn validate_controller<'d>(
        &self,
        request: &Request<'_, 'd>,
        cluster: &dyn Cluster<'d>,
    ) -> Response {
        if !request.subresource.is_empty() {
            return Response::allowed();
        }
        if let Some(exempt) = self.exempt(request) {
            return exempt;
        }
        let labels = match cluster.policy_labels(request.namespace) {
            Ok(labels) => labels,
            Err(error) => {
                let namespace = quoted(request.namespace);
                return Response::allowed_in_spite_of(format!(
                    "failed to lookup namespace {namespace}: {error}"
                ));
            }
        };
        let (policy, errors) = Policy::of_namespace(&labels, self.defaults);
        let is_silent = policy.warn.level == Level::Privileged && policy.audit.level == Level::Privileged;
        if errors.is_empty() && is_silent {
            return Response::allowed();
        }
        let object = match &request.object {
            Decoded::Object(object) => *object,
            Decoded::Error(error) => {
                return Response::allowed_in_spite_of(format!("failed to decode object: {error}"));
            }
            Decoded::Absent => {
                return Response::allowed_in_spite_of("failed to decode object: there is none".to_owned());
            }
        };
        let Some(template) = template(object) else {
            return Response::allowed_in_spite_of(format!(
                "failed to extract pod template: unexpected object type: {}/{}, Kind={}",
                object.group(),
                object.version(),
                object.kind()
            ));
        };
        // The one kind whose template is optional.
        if object.kind() == "ReplicationController" && !template.exists() {
            return Response::allowed();
        }
        let pod =
            if object.kind() == "Pod" { PodFields::of_pod(object) } else { PodFields::of_template(template) };
        let evaluated = self.evaluate(&policy, &errors, pod, request, false);
        evaluated.unwrap_or_else(|unreadable| {
            Response::allowed_in_spite_of(format!("failed to decode object: {unreadable}"))
        })
    }
}

/// The template of a kind that the plugin knows; present or not.
fn template(object: Object<'_>) -> Option<Field<'_>> {
    Some(match (object.api_version(), object.kind()) {
        ("v1", "Pod") => object.field(),
        ("v1", "PodTemplate") => object.get("template"),
        ("v1", "ReplicationController")
        | ("apps/v1", "ReplicaSet" | "Deployment" | "DaemonSet" | "StatefulSet")
        | ("batch/v1", "Job") => object.get("spec.template"),
        ("batch/v1", "CronJob") => object.get("spec.jobTemplate.spec.template"),
        _ => return None,
    })
}
