//! What several controls share: one idea a module.

pub(crate) mod accounts;
pub(crate) mod api_version;
pub(crate) mod audit;
pub(crate) mod bind;
pub(crate) mod encryption;
pub(crate) mod grants;
pub(crate) mod host_path;
pub(crate) mod namespaces;
pub(crate) mod pod_security;
pub(crate) mod power;
pub(crate) mod rbac;
pub(crate) mod registry;
pub(crate) mod sandbox;
pub(crate) mod schema;
pub(crate) mod velero;
pub(crate) mod workloads;
