//! What several controls share: one idea a module.

pub(crate) mod accounts;
pub(crate) mod bind;
pub(crate) mod credential;
pub(crate) mod grants;
pub(crate) mod host_path;
pub(crate) mod namespaces;
pub(crate) mod personal;
pub(crate) mod power;
pub(crate) mod rbac;
pub(crate) mod references;
pub(crate) mod registry;
pub(crate) mod secrets;
pub(crate) mod tokens;
pub(crate) mod velero;
pub(crate) mod workloads;
