//! The chart's templates, and the manifests that they come to.

use serde_json::json;

use super::template;
use super::{Demand, Installation, values};

macro_rules! chart {
    ($(($part:ident, $name:literal)),* $(,)?) => {
        /// The templates in the order in which objects are applied: what others need comes first.
        pub const CHART: &[(Part, &str, &str)] = &[$((
            Part::$part,
            $name,
            include_str!(concat!("../../../../charts/plimsoll/templates/", $name)),
        )),*];
    };
}

chart![
    (Server, "namespace.yaml"),
    (Server, "priority-class.yaml"),
    (Server, "service-account.yaml"),
    (Server, "cluster-role.yaml"),
    (Server, "role.yaml"),
    (Server, "network-policy.yaml"),
    (Server, "configuration.yaml"),
    (Server, "cert-manager.yaml"),
    (Server, "service.yaml"),
    (Server, "disruption-budget.yaml"),
    (Server, "deployment.yaml"),
    (Webhooks, "mutating-webhooks.yaml"),
    (Webhooks, "validating-webhooks.yaml"),
];

/// What is applied together.
///
/// A webhook that is registered before the server answers denies what it should judge, for as long as
/// that lasts: where this matters, the server is applied first and the webhooks when it is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything but the webhook configurations.
    Server,
    /// The webhook configurations.
    Webhooks,
}

/// The manifests of an installation, or those of one part: YAML documents in the order to apply them.
///
/// # Errors
/// The template that is not understood; the tests render every one.
pub fn manifests(installation: &Installation, demand: &Demand, only: Option<Part>) -> Result<String, String> {
    let data = json!({
        "Values": values(installation, demand),
        "Release": {"Name": "plimsoll", "Namespace": installation.namespace},
        "Chart": {"Name": "plimsoll", "AppVersion": env!("CARGO_PKG_VERSION")},
    });
    let mut documents = Vec::new();
    for (_, name, text) in CHART.iter().filter(|(part, ..)| only.is_none_or(|only| only == *part)) {
        let text = template::render(text, &data).map_err(|error| format!("{name}: {error}"))?;
        if !text.trim().is_empty() {
            documents.push(format!("{}\n", text.trim()));
        }
    }
    Ok(documents.join("---\n"))
}
