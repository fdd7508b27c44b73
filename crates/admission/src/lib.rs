//! Admission: judges what reaches the API server, and changes it where that is asked for.
//!
//! [`review`] reads what the API server asks into one document; [`Gate`] decides, a pure function of
//! configuration, request and what is [`known`] of the cluster; [`serve`] brings both to a socket.
//! [`install`] puts the server into a cluster, and [`cluster`] is what it then asks and keeps there.

pub mod cluster;
pub mod configuration;
mod decide;
pub mod install;
pub mod known;
mod log;
pub mod manifests;
mod metrics;
mod mutate;
pub mod review;
pub mod serve;

pub use configuration::Configuration;
pub use decide::{Gate, Outcome, Part};
