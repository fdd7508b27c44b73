//! Routes of the Gateway API: which listeners they attach to and where they lead.

use plimsoll_kubernetes::{Field, GroupKind, Inventory, LabelSelector, Object};

use super::selector::match_namespace;

pub(crate) const GROUP: &str = "gateway.networking.k8s.io";

/// The kinds of routes.
pub(crate) const KINDS: &[GroupKind] = &[
    GroupKind::new(GROUP, "HTTPRoute"),
    GroupKind::new(GROUP, "GRPCRoute"),
    GroupKind::new(GROUP, "TLSRoute"),
    GroupKind::new(GROUP, "TCPRoute"),
    GroupKind::new(GROUP, "UDPRoute"),
];

/// A backend that is a Service of the core group.
#[derive(Clone, Copy)]
pub(crate) struct Backend<'d> {
    pub name: Field<'d>,
    pub port: Field<'d>,
    pub namespace: &'d str,
}

/// The Services that a route sends traffic to, mirrors too.
pub(crate) fn backends<'d>(route: &Object<'d>, inventory: &Inventory<'d>) -> Vec<Backend<'d>> {
    let own = inventory.namespace_of(route);
    let rules = || route.get("spec.rules").items();
    let references = || rules().flat_map(|rule| rule.get("backendRefs").items());
    // Filters stand at a rule, and at one of its backends.
    let mirrors = rules()
        .chain(references())
        .flat_map(|of| of.get("filters").items())
        .map(|filter| filter.get("requestMirror.backendRef"));
    references()
        .chain(mirrors)
        .filter(|reference| {
            reference.get("group").text().is_empty() && matches!(reference.get("kind").text(), "" | "Service")
        })
        .filter(|reference| !reference.get("name").text().is_empty())
        .map(|reference| Backend {
            name: reference.get("name"),
            port: reference.get("port"),
            namespace: match reference.get("namespace").text() {
                "" => own,
                namespace => namespace,
            },
        })
        .collect()
}

/// Whether a parent reference means a Gateway (and not a Service, as in a mesh).
pub(crate) fn is_to_gateway(parent: &Field<'_>) -> bool {
    matches!(parent.get("kind").text(), "" | "Gateway") && matches!(parent.get("group").text(), "" | GROUP)
}

/// Whether a route attaches to a listener, or may: it asks to, by the Gateway's name and namespace, and the
/// listener's name and port where the reference has them; and the listener takes routes of its kind, its
/// namespace and its hosts.
pub(crate) fn attaches<'d>(
    route: &Object<'d>,
    inventory: &Inventory<'d>,
    gateway: &Object<'d>,
    listener: &Field<'d>,
) -> bool {
    let asks = route.get("spec.parentRefs").items().filter(is_to_gateway).any(|parent| {
        let namespace = match parent.get("namespace").text() {
            "" => inventory.namespace_of(route),
            namespace => namespace,
        };
        let section = parent.get("sectionName").text();
        let port = parent.get("port");
        parent.get("name").is(gateway.name())
            && inventory.namespace_of(gateway) == namespace
            && (section.is_empty() || listener.get("name").is(section))
            && (!port.exists() || port.as_i64() == listener.get("port").as_i64())
    });
    asks && takes_kind(listener, route)
        && takes_namespace(
            listener,
            inventory.namespace_of(gateway),
            inventory.namespace_of(route),
            inventory,
        )
        && takes_hosts(listener, route)
}

/// Without `kinds` a listener takes those of its protocol.
fn takes_kind(listener: &Field<'_>, route: &Object<'_>) -> bool {
    let kinds = listener.get("allowedRoutes.kinds");
    kinds.is_empty()
        || kinds
            .items()
            .any(|kind| kind.get("kind").is(route.kind()) && matches!(kind.get("group").text(), "" | GROUP))
}

/// The Gateway's own namespace, unless the listener says otherwise. Labels that weren't read may match.
fn takes_namespace(listener: &Field<'_>, own: &str, namespace: &str, inventory: &Inventory<'_>) -> bool {
    let allowed = listener.get("allowedRoutes.namespaces");
    match allowed.get("from").text() {
        "" | "Same" => own == namespace,
        "None" => false,
        "Selector" => {
            let selector = LabelSelector::new(allowed.get("selector"));
            match_namespace(selector, namespace, inventory).is_possible()
        }
        _ => true,
    }
}

/// Whether some host is both the listener's and the route's. Either takes every host where it names none.
fn takes_hosts(listener: &Field<'_>, route: &Object<'_>) -> bool {
    let of_listener = listener.get("hostname").text();
    let hosts = route.get("spec.hostnames");
    of_listener.is_empty() || hosts.is_empty() || hosts.strings().any(|host| hosts_meet(of_listener, host))
}

/// A wildcard stands for one label or more.
fn hosts_meet(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    let within = |host: &str, of: &str| of.strip_prefix('*').is_some_and(|domain| host.ends_with(domain));
    one == other || within(&one, &other) || within(&other, &one)
}

/// Whether every rule of a route only sends the client to HTTPS.
pub(crate) fn only_redirects(route: &Object<'_>) -> bool {
    let rules = route.get("spec.rules");
    !rules.is_empty()
        && rules.items().all(|rule| {
            rule.get("filters").items().any(|filter| {
                filter.get("type").is("RequestRedirect") && filter.get("requestRedirect.scheme").is("https")
            })
        })
}
