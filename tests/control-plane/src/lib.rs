//! A real etcd and a real kube-apiserver, for tests.
//!
//! ```no_run
//! use plimsoll_control_plane::{Binaries, ControlPlane, Options};
//! use serde_json::json;
//!
//! # fn main() {
//! let Some(binaries) = Binaries::find() else { return }; // says "skipped: …", or fails where CI requires it
//! let plane = ControlPlane::start(&binaries, Options::default()).expect("a control plane");
//! let admin = plane.admin();
//! let space = plane.namespace("shop", &[("pod-security.kubernetes.io/warn", "restricted")]);
//! let pod = json!({
//!     "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": space},
//!     "spec": {"containers": [{"name": "web", "image": "registry.example.com/web:1"}]},
//! });
//! let answer = admin.create(&pod).dry_run().strict().send();
//! assert_eq!(answer.status, 201);
//! assert!(answer.warnings[0].starts_with("would violate PodSecurity"));
//! # }
//! ```
//!
//! - [`Binaries::find`] looks for both programs in the folder that `KUBEBUILDER_ASSETS` names, in the cache that
//!   `cargo xtask control-plane` fills, and in `PATH`.
//! - [`ControlPlane::start`] takes 2 to 3 seconds and 300 MB, so the tests of one file do well to share one:
//!   [`ControlPlane::shared`]. Each has its own ports, folder and keys. It ends with the value, and at the latest
//!   with the test process, however that ends.
//! - No controller runs: a Deployment makes no pods, a deleted namespace stays `Terminating`, nothing makes the
//!   ServiceAccount `default` (so the admission plugin that asks for it is off unless [`Options`] says otherwise),
//!   and the ClusterRoles that are put together from others (`view`, `edit`, `admin`) are empty.
//!   Tests that share a control plane take namespaces of their own with [`ControlPlane::namespace`].
//! - No kubelet runs either: `exec` and `attach` get as far as admission, and then fail with status 400.
//!
//! Tests only: what can't go on panics, and says why.

mod answer;
mod binaries;
mod client;
mod credentials;
pub mod made;
mod options;
mod plane;
mod ports;
mod request;
mod supervisor;
mod users;
mod warning;

pub use answer::Answer;
pub use binaries::{Binaries, REQUIRE, cache, version};
pub use client::Client;
pub use options::Options;
pub use plane::ControlPlane;
pub use request::{Patch, Request};
pub use users::User;
