//! Parameters: what controls need to know of the place they judge for.

use serde::{Deserialize, Serialize};

/// What an organisation tells the controls about itself. Every one has a default that needs no
/// configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Parameters {
    /// Registries that images may come from, as `host`, `host/path` or `*.host`. Empty: any.
    pub allowed_registries: Vec<String>,
    /// Registries that images may not come from, in the same form.
    pub denied_registries: Vec<String>,
    /// Labels that every workload must carry.
    pub required_labels: Vec<String>,
    /// Annotations that every workload must carry.
    pub required_annotations: Vec<String>,
    /// cert-manager issuers that certificates may come from. Empty: any that isn't self-signed or staging.
    pub trusted_issuers: Vec<String>,
    /// Replicas that a Deployment or an autoscaler should keep at least.
    pub minimum_replicas: i64,
}

impl Default for Parameters {
    fn default() -> Self {
        Parameters {
            allowed_registries: Vec::new(),
            denied_registries: Vec::new(),
            required_labels: Vec::new(),
            required_annotations: Vec::new(),
            trusted_issuers: Vec::new(),
            minimum_replicas: 2,
        }
    }
}
