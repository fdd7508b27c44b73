//! Kubernetes objects over documents: kinds, pod templates, API defaulting, selectors and an
//! inventory of all that was read.
//!
//! Everything here is a view of a [`plimsoll_doc::Document`] and knows its place in the text. Nothing
//! here judges: it answers what a field means to the API server.

mod container;
mod field;
mod image;
mod index;
mod inventory;
mod kinds;
pub mod lifecycle;
mod object;
mod pod;
mod quantity;
pub mod schema;
mod selector;
mod volume;

pub use container::{Container, ContainerKind};
pub use field::Field;
pub use image::ImageReference;
pub use inventory::Inventory;
pub use kinds::{GroupKind, has_partial_pods, is_cluster_scoped, joins_pods, pod_templates};
pub use object::{Object, ObjectError, group_of, objects};
pub use pod::{Pod, PodOrigin};
pub use quantity::Quantity;
pub use selector::{LabelSelector, Labels};
pub use volume::{Volume, VolumeMount};
