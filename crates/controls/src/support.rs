//! What several controls share: one idea a module.

pub(crate) mod host_path;
pub(crate) mod namespaces;
