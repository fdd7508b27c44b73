//! What a control, a subject, a finding and a framework are, and how controls are run.
//!
//! Nothing here does IO: an [`Inventory`](plimsoll_kubernetes::Inventory) and a selection of
//! controls go in, findings come out, in an order that depends on nothing else.

pub mod framework;
pub mod waiver;

mod baseline;
mod chosen;
mod configuration;
mod control;
mod coverage;
mod date;
mod dispatch;
mod finding;
mod findings;
mod fix;
mod names;
mod notice;
mod order;
mod parameters;
mod severity;
mod spelling;
mod surroundings;
#[cfg(test)]
mod testing;

pub use baseline::{Baseline, BaselineError, Pruned, Split};
pub use chosen::{Choice, Chosen, Settled};
pub use configuration::{
    Configuration, ConfigurationError, GlobKind, Globs, Scope, Severities, schema as configuration_schema,
    settings,
};
pub use control::{Check, Control, Needs, Profile};
pub use coverage::{Coverage, Incomplete};
pub use date::Date;
pub use dispatch::{Prepared, Selected, Selection, run};
pub use finding::{Finding, Fingerprint, ObjectName, Place, Related, Waived};
pub use findings::{Draft, Findings};
pub use fix::{Fix, Safety, append, remove, set};
pub use names::Names;
pub use notice::{Notice, NoticeKind};
pub use parameters::Parameters;
pub use severity::Severity;
pub use spelling::nearest;
pub use surroundings::Surroundings;
