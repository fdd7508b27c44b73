//! The cluster that the server lives in: its API server, and what the server keeps there.
//!
//! [`Api`] sends a request; [`Client`] does so for real. [`calls`] is every call that is ever made, which
//! is also what the manifests grant, no more and no less. [`certificates`] makes and rotates the serving
//! certificate, one replica at a time by [`lease`], and keeps the `caBundle` of the webhooks true.
//! Decisions are functions of what was read and of the time; reading and writing is at the edge.

pub mod calls;
pub mod certificates;
pub mod lease;

mod api;
mod live;
mod manager;
mod namespaces;
mod patch;
mod time;

pub use api::{Api, ApiError, Client, Credentials, Request, Response, Token, Watch};
pub use live::Live;
pub use manager::{Manager, Names, Serving, TickError, Ticked};
pub use namespaces::{Index, Seen, keep};
pub use time::rfc3339_micro;
