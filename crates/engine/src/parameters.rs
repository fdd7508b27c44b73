//! Parameters: what controls need to know of the place they judge for.

use plimsoll_kubernetes::{lifecycle, schema};
use serde::{Deserialize, Serialize};

/// Makes the struct, its defaults and what people read of it from one list.
macro_rules! parameters {
    ($($(#[doc = $text:literal])+ $name:ident: $type:ty = $default:expr,)+) => {
        /// What an organisation tells the controls about itself. Every one has a default that needs no
        /// configuration.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
        pub struct Parameters {
            $($(#[doc = $text])+ pub $name: $type,)+
        }

        impl Default for Parameters {
            fn default() -> Self {
                Parameters { $($name: $default,)+ }
            }
        }

        impl Parameters {
            /// What each parameter means, by its name in Rust, in order.
            pub(crate) const MEANINGS: &[(&str, &[&str])] = &[$((stringify!($name), &[$($text),+]),)+];
        }
    };
}

/// The newest release of Kubernetes that the controls know.
const NEWEST_KUBERNETES: &str = "1.37";

parameters! {
    /// Registries that images may come from, as `host`, `host/path` or `*.host`. Empty: any.
    allowed_registries: Vec<String> = Vec::new(),
    /// Registries that images may not come from, in the same form.
    denied_registries: Vec<String> = Vec::new(),
    /// Labels that every workload must carry.
    required_labels: Vec<String> = Vec::new(),
    /// Annotations that every workload must carry.
    required_annotations: Vec<String> = Vec::new(),
    /// cert-manager issuers that certificates may come from. Empty: any that isn't self-signed or staging.
    trusted_issuers: Vec<String> = Vec::new(),
    /// Priority classes that pods may have, besides those that the scan defines.
    accepted_priority_classes: Vec<String> =
        vec!["system-cluster-critical".to_owned(), "system-node-critical".to_owned()],
    /// Replicas that a Deployment or an autoscaler should keep at least.
    minimum_replicas: i64 = 2,
    /// The Kubernetes version of your cluster: which API versions and fields it no longer has, or doesn't have
    /// yet, depends on it. Default: the newest that Plimsoll knows.
    kubernetes_version: String = NEWEST_KUBERNETES.to_owned(),
}

impl Parameters {
    /// The minor version of `kubernetes-version`: 37 of 1.37.
    pub fn kubernetes_minor(&self) -> lifecycle::Minor {
        lifecycle::minor(&self.kubernetes_version).unwrap_or(schema::VERSION.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_newest_release_that_is_known() {
        let (major, minor) = schema::VERSION;
        assert_eq!(Parameters::default().kubernetes_version, format!("{major}.{minor}"));
        assert_eq!(Parameters::default().kubernetes_minor(), minor);
    }
}
