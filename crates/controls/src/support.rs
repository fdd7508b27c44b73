//! What several controls share: one idea a module.

pub(crate) mod namespaces;
