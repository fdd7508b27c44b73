//! Requests on namespaces: their labels must be ones, and a stricter policy is tried on the pods there.

use plimsoll_kubernetes::Object;

use super::cluster::Cluster;
use super::response::Response;
use super::{Admission, Decoded, Operation, Request};
use crate::go::quoted;
use crate::labels::PolicyLabels;
use crate::{Level, LevelVersion, Policy};

impl Admission {
    pub(super) fn validate_namespace<'d>(
        &self,
        request: &Request<'_, 'd>,
        cluster: &dyn Cluster<'d>,
    ) -> Response {
        if !request.subresource.is_empty() {
            return Response::allowed();
        }
        let namespace = match read(&request.object, "") {
            Ok(namespace) => namespace,
            Err(response) => return response,
        };
        let labels = PolicyLabels::of(&namespace.labels());
        let (policy, errors) = Policy::of_namespace(&labels, self.defaults);
        match request.operation {
            Operation::Create => {
                if !errors.is_empty() {
                    return Response::invalid(request, &errors);
                }
                self.allow_or_warn(request, namespace, &policy, &labels).unwrap_or_else(Response::allowed)
            }
            Operation::Update => {
                // The spaces are those of the API server.
                let old = match read(&request.old_object, " old ") {
                    Ok(old) => old,
                    Err(response) => return response,
                };
                let (old, old_errors) = Policy::of_namespace(&PolicyLabels::of(&old.labels()), self.defaults);
                if !errors.is_empty() && errors != old_errors {
                    return Response::invalid(request, &errors);
                }
                let (new, old) = (policy.enforce, old.enforce);
                let is_no_stricter = new == old
                    || new.level == Level::Privileged
                    || (new.version == old.version && new.level <= old.level);
                if is_no_stricter {
                    return Response::allowed();
                }
                self.allow_or_warn(request, namespace, &policy, &labels).unwrap_or_else(|| {
                    let mut response = Response::allowed();
                    response.warnings = self.evaluate_pods(name(namespace), new, cluster);
                    response
                })
            }
            Operation::Delete | Operation::Connect => Response::allowed(),
        }
    }

    /// The answer where the namespace is exempt: with a warning if its labels ask for something that won't
    /// be done.
    fn allow_or_warn(
        &self,
        request: &Request<'_, '_>,
        namespace: Object<'_>,
        policy: &Policy,
        labels: &PolicyLabels<'_>,
    ) -> Option<Response> {
        if !self.is_exempt_namespace(request.namespace) {
            return None;
        }
        let mut response = Response::allowed();
        if !policy.is_fully_privileged() && !policy.is_equivalent(&self.defaults) {
            response.warnings.push(format!(
                "namespace {} is exempt from Pod Security, and the policy ({}) will be ignored",
                quoted(name(namespace)),
                told(policy, labels)
            ));
        }
        Some(response)
    }
}

/// The modes of a policy that are more than privileged and that labels ask for.
fn told(policy: &Policy, labels: &PolicyLabels<'_>) -> String {
    let mode = |name: &str, policy: LevelVersion, is_labelled: bool| {
        (policy.level != Level::Privileged && is_labelled).then(|| format!("{name}={policy}"))
    };
    let modes = [
        mode("enforce", policy.enforce, labels.enforce.is_some() || labels.enforce_version.is_some()),
        mode("audit", policy.audit, labels.audit.is_some() || labels.audit_version.is_some()),
        mode("warn", policy.warn, labels.warn.is_some() || labels.warn_version.is_some()),
    ];
    modes.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn name(namespace: Object<'_>) -> &str {
    namespace.get("metadata.name").text()
}

/// The namespace that an object of a request is. What it can't be is no error in the plugin's metrics.
fn read<'d>(object: &Decoded<'_, 'd>, which: &str) -> Result<Object<'d>, Response> {
    let (what, error) = match object {
        Decoded::Object(object) if object.is("", "Namespace") => return Ok(*object),
        Decoded::Error(error) => ("object", Some(*error)),
        _ => ("namespace", None),
    };
    let response = Response::bad_request(&format!("failed to decode {which}{what}"), error);
    Err(Response { error: None, ..response })
}
