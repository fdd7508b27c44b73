//! The Pod Security Standards of every version, and what Pod Security Admission makes of them: the same
//! verdicts, words and order as the API server's own plugin.
//!
//! [`Facts::of`] looks at a pod once and tells for every level and version which checks it fails;
//! [`evaluate`] adds the words and the fields to blame. [`Policy::of_namespace`] reads a namespace's labels.
//! [`admission::Admission`] decides whole requests.
//! Nothing here does IO, has a clock or knows findings.

pub mod admission;
pub mod allowed;
mod check;
mod configuration;
mod detail;
mod evaluate;
mod fact;
mod facts;
mod go;
pub mod labels;
mod level;
mod notes;
mod pod;
mod policy;
pub mod psp;
mod unreadable;
mod walk;

pub use check::{CheckId, Checks, NEWEST};
pub use configuration::{Configuration, ConfigurationError, Exemptions};
pub use evaluate::{Evaluation, Violation, evaluate};
pub use facts::Facts;
pub use level::{Level, LevelError, LevelVersion, Version, VersionError};
pub use pod::{PodFields, Stage};
pub use policy::{LabelError, Policy};
pub use unreadable::Unreadable;
