//! The chart's values for an installation.

use serde_json::{Value, json};

use super::{Demand, Installation};

/// The values for Helm: what `values.yaml` holds for the default. Helm wants the namespace to be there before.
pub fn chart_values(installation: &Installation, demand: &Demand) -> Value {
    let mut values = values(installation, demand);
    values["namespace"] = json!({"create": false});
    values
}

/// The values with which the chart comes to this installation.
pub fn values(installation: &Installation, demand: &Demand) -> Value {
    json!({
        "image": installation.image,
        "imagePullPolicy": "IfNotPresent",
        "replicas": installation.replicas,
        "failurePolicy": installation.failure_policy.to_string(),
        "config": installation.configuration,
        "webhooks": {
            "register": true,
            "validating": demand.validating(),
            "mutating": demand.mutating(),
        },
        "access": {"getPods": demand.gets_pods(), "listPods": demand.lists_pods()},
        "excludedNamespaces": installation.excluded_namespaces,
        "certManager": {"enabled": installation.cert_manager},
        "namespace": {"create": true},
        "resources": {
            "requests": {"cpu": "100m", "memory": "128Mi", "ephemeral-storage": "16Mi"},
            "limits": {"cpu": "1", "memory": "128Mi", "ephemeral-storage": "16Mi"},
        },
        "nodeSelector": {"kubernetes.io/os": "linux"},
        "tolerations": [],
        "apiServer": {"ports": [443, 6443], "ranges": []},
    })
}
