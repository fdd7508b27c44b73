//! Parameters: what controls need to know of the place they judge for.

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
}
