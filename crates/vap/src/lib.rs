//! Pod Security levels and controls of the catalogue as ValidatingAdmissionPolicy objects, for clusters that
//! want no webhook.
//!
//! A policy is made only where CEL says exactly what the standard or the control says; what can't be said so
//! is listed with its reason, and never approximated. The expressions need Kubernetes 1.30, the first release
//! with `admissionregistration.k8s.io/v1` policies, and no library that came later.
//!
//! The CEL of a control stands in the control's own file ([`Text::cel`](plimsoll_controls::Text)); that of the
//! standards, which change from version to version, stands here.

mod cel;
mod controls;
mod options;
mod policy;
mod registry;
mod resource;
mod selector;
mod standard;
mod workload;
mod yaml;

pub use controls::{LeftOut, cel_of, controls, why_not};
pub use options::{Action, FailurePolicy, Options, Scope};
pub use policy::Policy;
pub use selector::{Requirement, SelectorError, parse_selector};
pub use standard::standard;
pub use yaml::write;
