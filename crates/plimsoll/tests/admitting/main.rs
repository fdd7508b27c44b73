//! `plimsoll admit` before a real API server, installed by what `plimsoll install` prints.
//!
//! Runs where there are a control plane (see CONTRIBUTING.md) and `unshare`, which gives the server the files that
//! a pod finds its cluster by.

mod decides;
mod fails;
mod gate;
mod pod_security;
mod reloads;
