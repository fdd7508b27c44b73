//! Istio's PeerAuthentications: who takes clear text.

use plimsoll_kubernetes::{Field, Inventory, Object};

pub(crate) const SECURITY: &str = "security.istio.io";

/// Namespaces where Istio's root configuration lies unless the mesh says otherwise: upstream, and AKS.
const ROOTS: [&str; 2] = ["istio-system", "aks-istio-system"];

/// What a mode means for who calls without a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Strict,
    /// PERMISSIVE or DISABLE: they are served.
    Plain,
    /// Inherited.
    Unset,
}

pub(crate) fn mode(field: &Field<'_>) -> Mode {
    match field.text() {
        "STRICT" => Mode::Strict,
        "PERMISSIVE" | "DISABLE" => Mode::Plain,
        _ => Mode::Unset,
    }
}

/// Whether Istio puts its proxy into the pods of a namespace. The label of injection decides where it is
/// written, and a revision where it isn't.
pub(crate) fn injects(namespace: &Object<'_>) -> bool {
    let injection = namespace.label("istio-injection");
    if injection.exists() {
        return injection.is("enabled");
    }
    !namespace.label("istio.io/rev").text().is_empty()
}

fn is_for_workload(policy: &Object<'_>) -> bool {
    !policy.get("spec.selector.matchLabels").is_empty()
}

/// The mode of a namespace's policy, where it has one that sets it.
fn of_namespace(inventory: &Inventory<'_>, namespace: &str) -> Mode {
    inventory
        .of_kind_in(SECURITY, "PeerAuthentication", namespace)
        .filter(|policy| !is_for_workload(policy))
        .map(|policy| mode(&policy.get("spec.mtls.mode")))
        .find(|mode| *mode != Mode::Unset)
        .unwrap_or(Mode::Unset)
}

/// The mode that holds in a namespace for workloads without a policy of their own. Unset where no
/// policy that was read says one; Istio then takes PERMISSIVE.
pub(crate) fn effective(inventory: &Inventory<'_>, namespace: &str) -> Mode {
    std::iter::once(namespace)
        .chain(ROOTS)
        .map(|namespace| of_namespace(inventory, namespace))
        .find(|mode| *mode != Mode::Unset)
        .unwrap_or(Mode::Unset)
}

/// The mode that a policy without one inherits.
pub(crate) fn inherited<'d>(policy: &Object<'d>, inventory: &Inventory<'d>) -> Mode {
    effective(inventory, inventory.namespace_of(policy))
}
