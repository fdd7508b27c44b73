//! Pod Security Admission: from a request and a namespace's labels to a response, as the API server's
//! plugin makes it.

mod cluster;
mod controller;
mod evaluation;
mod namespace;
mod pod;
mod request;
mod response;
mod significant;

pub use cluster::{Cluster, Existing, dry_run};
pub use request::{Decoded, Operation, Request};
pub use response::{Cause, Decision, Evaluated, Mode, Response, Status};

use crate::{Configuration, Policy};

/// The plugin: a configuration, and what follows from it.
#[derive(Clone, Debug)]
pub struct Admission {
    pub(crate) configuration: Configuration,
    pub(crate) defaults: Policy,
    is_written: bool,
}

impl Admission {
    /// A plugin with a configuration that was read, and so is valid.
    pub fn new(configuration: Configuration) -> Self {
        Admission { defaults: configuration.defaults, configuration, is_written: false }
    }

    /// The same for objects as somebody wrote them, and not as an admission review shows them: what the
    /// server does to a pod when it is created comes first.
    #[must_use]
    pub fn of_written_objects(mut self) -> Self {
        self.is_written = true;
        self
    }

    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Whether the plugin looks at requests for a resource at all.
    pub fn is_applicable(group: &str, resource: &str) -> bool {
        matches!(
            (group, resource),
            ("", "namespaces" | "pods" | "replicationcontrollers" | "podtemplates")
                | ("apps", "replicasets" | "deployments" | "statefulsets" | "daemonsets")
                | ("batch", "jobs" | "cronjobs")
        )
    }

    /// Decides a request. What the cluster knows is asked for only where the answer depends on it.
    pub fn validate<'d>(&self, request: &Request<'_, 'd>, cluster: &dyn Cluster<'d>) -> Response {
        match (request.group, request.resource) {
            ("", "namespaces") => self.validate_namespace(request, cluster),
            ("", "pods") => self.validate_pod(request, cluster),
            _ => self.validate_controller(request, cluster),
        }
    }

    /// The answer where the namespace or the user is exempt.
    fn exempt(&self, request: &Request<'_, '_>) -> Option<Response> {
        if self.is_exempt_namespace(request.namespace) {
            return Some(Response::exempt("namespace"));
        }
        let is_exempt = is_listed(request.username, &self.configuration.exemptions.usernames);
        is_exempt.then(|| Response::exempt("user"))
    }

    fn is_exempt_namespace(&self, namespace: &str) -> bool {
        is_listed(namespace, &self.configuration.exemptions.namespaces)
    }

    fn is_exempt_runtime_class(&self, class: &str) -> bool {
        is_listed(class, &self.configuration.exemptions.runtime_classes)
    }
}

fn is_listed(name: &str, list: &[String]) -> bool {
    !name.is_empty() && list.iter().any(|listed| listed == name)
}
