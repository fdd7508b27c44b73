//! Where documents come from: files, folders, globs and standard input. All reading of a scan is here.
//!
//! [`load`] finds what the paths of a [`Request`] name, reads it and parses it, in parallel and in an
//! order that depends on the names alone. Whatever was meant to be read and could not be is an
//! [`Incomplete`](plimsoll_engine::Incomplete) of the coverage, by name; an [`Error`] is only what
//! makes the whole run pointless.

mod ahead;
mod dependencies;
mod error;
mod git;
mod glob;
mod helm;
mod kustomization;
mod kustomize;
mod load;
mod name;
mod overlays;
mod read;
mod render;
mod room;
mod tool;
mod tree;
mod walk;
mod yaml;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use load::{Loaded, load, reparse};

/// What is to be read.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, directories, globs, and `-` for standard input.
    pub paths: Vec<std::path::PathBuf>,
    /// Globs, relative to the working directory, of what is left out. A directory that matches is
    /// left out with all that is in it.
    pub exclude: Vec<String>,
    /// Whether charts and kustomizations are rendered.
    pub render: Render,
    /// Whether rendering may fetch remote bases and chart dependencies that aren't there.
    pub allow_network: bool,
    pub limits: plimsoll_doc::Limits,
}

/// Whether charts and kustomizations are rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Render {
    /// With `helm`, `kustomize` or `kubectl`, where one is installed.
    #[default]
    Auto,
    Never,
}
