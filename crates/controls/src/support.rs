//! What several controls share: one idea a module.
