//! Ingress objects of every version: their backends, and the annotations of their controllers.

use plimsoll_engine::{Check, Findings};
use plimsoll_kubernetes::{Field, GroupKind, Inventory, LabelSelector, Object, Pod};

use super::scope;

/// The groups that Ingress is and was in.
pub(crate) const KINDS: &[GroupKind] =
    &[GroupKind::new("networking.k8s.io", "Ingress"), GroupKind::new("extensions", "Ingress")];

/// A check of every Ingress.
pub(crate) const fn every(check: for<'a, 'd> fn(&Object<'d>, &mut Findings<'a, 'd>)) -> Check {
    Check::Object(KINDS, check)
}

/// Where an Ingress sends requests: a Service and a port of it.
#[derive(Clone, Copy)]
pub(crate) struct Backend<'d> {
    pub service: Field<'d>,
    /// The number or name of the port, where it stands.
    pub port: Field<'d>,
}

/// The backends of the rules, then the default one; backends that aren't Services are not here.
pub(crate) fn backends<'d>(ingress: &Object<'d>) -> Vec<Backend<'d>> {
    let of_rules = ingress
        .get("spec.rules")
        .items()
        .flat_map(|rule| rule.get("http.paths").items())
        .map(|path| path.get("backend"));
    of_rules
        .chain([ingress.get("spec.defaultBackend"), ingress.get("spec.backend")])
        .filter_map(read)
        .collect()
}

/// `service: {name, port: {name | number}}`, or `serviceName` and `servicePort` before v1.
fn read(backend: Field<'_>) -> Option<Backend<'_>> {
    let service = backend.get("service.name");
    if !service.text().is_empty() {
        let number = backend.get("service.port.number");
        let port = if number.exists() { number } else { backend.get("service.port.name") };
        return Some(Backend { service, port });
    }
    let service = backend.get("serviceName");
    (!service.text().is_empty()).then(|| Backend { service, port: backend.get("servicePort") })
}

/// What the scan tells of a Service and a port of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// It is there, or may be outside of the scan.
    Possible,
    NoService,
    NoPort,
}

/// Looks for a Service and its port. Of several that share the name, as a base and its overlays do, one
/// that fits is enough.
pub(crate) fn target(inventory: &Inventory<'_>, namespace: &str, name: &str, port: &Field<'_>) -> Target {
    let mut services = inventory
        .named("", "Service", name)
        .filter(|service| {
            service.get("metadata.name").is(name) && inventory.namespace_of(service) == namespace
        })
        .peekable();
    if services.peek().is_some() {
        let fits = services.any(|service| has_port(service, port));
        return if fits { Target::Possible } else { Target::NoPort };
    }
    let is_known =
        !scope::is_built_in_service(namespace, name) && scope::holds_services_of(inventory, namespace);
    if is_known { Target::NoService } else { Target::Possible }
}

/// Whether a Service has a port: by number, or by name.
fn has_port(service: &Object<'_>, port: &Field<'_>) -> bool {
    let ports = service.get("spec.ports");
    // The port of an ExternalName Service is that of the other end, and a patch may say nothing of ports.
    if !port.exists() || ports.is_empty() || service.get("spec.type").is("ExternalName") {
        return true;
    }
    match port.as_i64() {
        Some(number) => ports.items().any(|entry| entry.get("port").as_i64() == Some(number)),
        None => ports.items().any(|entry| port.as_str().is_some_and(|name| entry.get("name").is(name))),
    }
}

/// The pods behind a Service, where it has a selector.
pub(crate) fn pods_behind<'i, 'd>(
    inventory: &'i Inventory<'d>,
    namespace: &str,
    service: &str,
) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
    let service = inventory.find("", "Service", namespace, service);
    let selector = service.map(|service| LabelSelector::plain(service.get("spec.selector")));
    let namespace = service.map_or("", |service| inventory.namespace_of(service));
    selector
        .filter(|selector| selector.field().is_mapping() && !selector.is_empty())
        .into_iter()
        .flat_map(move |selector| inventory.selected(namespace, selector))
}

/// Annotations of an object by the name behind the prefix, which a controller's flag can change:
/// `configuration-snippet` of `nginx.ingress.kubernetes.io/configuration-snippet`.
pub(crate) fn named_annotations<'d>(
    object: &Object<'d>,
) -> impl Iterator<Item = (&'d str, Field<'d>)> + use<'d> {
    object.annotations().entries().map(|(key, value)| (key.rsplit('/').next().unwrap_or(key), value))
}

/// Annotations that put text into the configuration of the web server, each with its text.
pub(crate) fn snippets<'d>(object: &Object<'d>) -> impl Iterator<Item = (&'d str, Field<'d>)> + use<'d> {
    named_annotations(object)
        .filter(|(name, value)| name.contains("snippet") && !value.text().trim().is_empty())
}
