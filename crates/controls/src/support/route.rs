//! Routes of the Gateway API: which listeners they attach to and where they lead.

use plimsoll_kubernetes::{Field, GroupKind, Inventory, Object};

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
    let mirrors = rules()
        .flat_map(|rule| rule.get("filters").items())
        .map(|filter| filter.get("requestMirror.backendRef"));
    rules()
        .flat_map(|rule| rule.get("backendRefs").items())
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

/// Whether a route asks to attach to a listener: by the Gateway's name and namespace, and the listener's
/// name and port where the reference has them.
pub(crate) fn attaches<'d>(
    route: &Object<'d>,
    inventory: &Inventory<'d>,
    gateway: &Object<'d>,
    listener: &Field<'d>,
) -> bool {
    route.get("spec.parentRefs").items().filter(is_to_gateway).any(|parent| {
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
    })
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
