//! Requests on pods.

use plimsoll_kubernetes::Object;

use super::cluster::Cluster;
use super::response::{Decision, Evaluated, Mode, Response};
use super::significant::is_significant;
use super::{Admission, Decoded, Operation, Request};
use crate::{Level, LevelVersion, PodFields, Policy};

/// Those that can't change a pod's spec. Any other, also one that isn't known, is evaluated.
const IGNORED_SUBRESOURCES: [&str; 8] =
    ["exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status"];

impl Admission {
    pub(super) fn validate_pod<'d>(&self, request: &Request<'_, 'd>, cluster: &dyn Cluster<'d>) -> Response {
        if IGNORED_SUBRESOURCES.contains(&request.subresource) {
            return Response::allowed();
        }
        if let Some(exempt) = self.exempt(request) {
            return exempt;
        }
        let labels = match cluster.policy_labels(request.namespace) {
            Ok(labels) => labels,
            Err(error) => {
                let message = format!("failed to lookup namespace {}", crate::go::quoted(request.namespace));
                return Response::internal_error(&message, &error);
            }
        };
        let (policy, errors) = Policy::of_namespace(&labels, self.defaults);
        if errors.is_empty() && policy.is_fully_privileged() {
            let latest = LevelVersion::latest(Level::Privileged);
            let mut response = Response::allowed().annotated("enforce-policy", latest.to_string());
            response.evaluated.push(Evaluated {
                mode: Mode::Enforce,
                policy: policy.enforce,
                decision: Decision::Allow,
            });
            return response;
        }
        let pod = match read(&request.object, "") {
            Ok(pod) => pod,
            Err(response) => return response,
        };
        if request.operation == Operation::Update {
            let old = match read(&request.old_object, "old ") {
                Ok(old) => old,
                Err(response) => return response,
            };
            if !is_significant(pod.field(), old.field()) {
                return Response::allowed();
            }
        }
        let mut fields = PodFields::of_pod(pod);
        if self.is_written && request.operation == Operation::Create {
            fields = fields.as_created();
        }
        let evaluated = self.evaluate(&policy, &errors, fields, request, true);
        evaluated.unwrap_or_else(|unreadable| {
            Response::bad_request("failed to decode object", Some(&unreadable.to_string()))
        })
    }
}

/// The pod that an object of a request is.
fn read<'d>(object: &Decoded<'_, 'd>, which: &str) -> Result<Object<'d>, Response> {
    match object {
        Decoded::Error(error) => {
            Err(Response::bad_request(&format!("failed to decode {which}object"), Some(error)))
        }
        Decoded::Object(object) if object.is("", "Pod") => Ok(*object),
        _ => Err(Response::bad_request(&format!("failed to decode {which}pod"), None)),
    }
}
