//! What nearly every control needs.

pub(crate) use plimsoll_engine::Profile::{Baseline, Recommended, Restricted};
pub(crate) use plimsoll_engine::Safety::{Safe, Unsafe};
pub(crate) use plimsoll_engine::Severity::{Critical, High, Low, Medium};
pub(crate) use plimsoll_engine::{Check, Control, Findings, Needs, append, remove, set};
pub(crate) use plimsoll_kubernetes::{
    Container, ContainerKind, Field, GroupKind, Inventory, LabelSelector, Labels, Object, Pod, PodOrigin,
    Quantity,
};

pub(crate) use crate::frameworks::{aks, cis, eks, microsoft, mitre, nsa, owasp, pss};
