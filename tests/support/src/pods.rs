//! Pods made from a seed, with every field that the Pod Security Standards look at, in YAML that leans on
//! the spellings of YAML 1.1.

mod generate;
mod words;
mod write;

pub use generate::{KINDS, manifest};
pub use words::{BASELINE_CAPABILITIES, SAFE_SYSCTLS};
