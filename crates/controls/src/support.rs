//! What several controls share: one idea a module.

pub(crate) mod accounts;
pub(crate) mod bind;
pub(crate) mod cidr;
pub(crate) mod grants;
pub(crate) mod host_path;
pub(crate) mod ingress;
pub(crate) mod isolation;
pub(crate) mod issuer;
pub(crate) mod istio;
pub(crate) mod load_balancer;
pub(crate) mod namespaces;
pub(crate) mod network_policy;
pub(crate) mod power;
pub(crate) mod rbac;
pub(crate) mod registry;
pub(crate) mod route;
pub(crate) mod scope;
pub(crate) mod velero;
pub(crate) mod workloads;
