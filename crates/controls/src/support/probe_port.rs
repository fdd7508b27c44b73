//! The ports that probes ask.

use plimsoll_engine::Findings;
use plimsoll_kubernetes::{Container, Field};

use super::port::protocol;

/// The group of Knative's Services, which fills in what their probes leave out.
const KNATIVE: &str = "serving.knative.dev";

/// What asks a port.
const HANDLERS: [&str; 3] = ["httpGet", "tcpSocket", "grpc"];

/// Whether Knative gives a container a readiness probe of its port: the only one, or the one that declares a port.
pub(crate) fn is_given_by_knative(container: &Container<'_, '_>) -> bool {
    let containers = container.pod().get("containers");
    container.pod().object().group() == KNATIVE
        && (containers.len() == 1 || !container.get("ports").is_empty())
}

/// The number of a probe's port: of a name, that of the port that the container declares by it. `None` where it has
/// none.
pub(crate) fn number(container: &Container<'_, '_>, port: &Field<'_>) -> Option<i64> {
    let Some(name) = port.as_str() else { return port.as_i64() };
    let named = container.get("ports").items().find(|declared| declared.get("name").is(name));
    named.and_then(|declared| declared.get("containerPort").as_i64()).or_else(|| name.parse().ok())
}

/// Every port that a container's probes and hooks ask, as Kubernetes has them: Knative has rules of its own.
pub(crate) fn asked<'d>(container: &Container<'_, 'd>) -> impl Iterator<Item = Field<'d>> {
    let is_knative = container.pod().object().group() == KNATIVE;
    let asking =
        ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"]
            .map(|path| container.get(path));
    asking
        .into_iter()
        .filter(move |_| !is_knative)
        .flat_map(|asking| HANDLERS.iter().map(move |handler| asking.key(handler).get("port")))
}

/// Finds a probe's port that the container, which declares ports, doesn't declare; or a name that it
/// doesn't.
pub(crate) fn check<'d>(container: &Container<'_, 'd>, probe: &'static str, found: &mut Findings<'_, 'd>) {
    let ports = container.get("ports");
    let asked = container.get(probe);
    for handler in HANDLERS {
        let port = asked.key(handler).get("port");
        // What it becomes isn't known yet; and 0 stands for the container's own port to Knative, as none does.
        let is_own = port.as_i64() == Some(0) && container.pod().object().group() == KNATIVE;
        if !port.exists() || port.is_replaced() || is_own {
            continue;
        }
        // Every probe of the network goes over TCP, which is what a port without a protocol means.
        let declares = |field: &'static str, wanted: &Field<'_>| {
            ports.items().filter(|port| protocol(port) == "TCP" || port.get("protocol").is_replaced()).any(
                |port| {
                    let declared = port.get(field);
                    let is_same =
                        declared.as_str() == wanted.as_str() && declared.as_i64() == wanted.as_i64();
                    is_same || declared.is_replaced()
                },
            )
        };
        let missing = match port.as_str() {
            // A number in quotes is no name to the API server, as `manifest/port-name` says.
            Some(name) => !declares("name", &port) && name.parse::<u16>().is_err(),
            // Another machine's ports aren't declared here.
            None if !asked.key(handler).get("host").text().is_empty() => false,
            None => port.as_i64().is_some() && !ports.is_empty() && !declares("containerPort", &port),
        };
        if missing {
            let title = container.title();
            found.at(&port, format!("{title} doesn't declare the port of its {probe}: name it under ports"));
        }
    }
}
