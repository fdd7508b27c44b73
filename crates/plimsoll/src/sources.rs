//! From the command line to documents.

use plimsoll_doc::Limits;
use plimsoll_source::{Loaded, Render, Request};

use crate::arguments::Sources;
use crate::exit::Failure;
use crate::terminal::note;

pub fn request(sources: &Sources) -> Request {
    Request {
        paths: sources.paths.clone(),
        exclude: sources.exclude.clone(),
        render: if sources.no_render { Render::Never } else { Render::Auto },
        allow_network: sources.allow_network,
        limits: Limits::default(),
    }
}

pub fn load(sources: &Sources) -> Result<Loaded, Failure> {
    let loaded =
        plimsoll_source::load(&request(sources)).map_err(|error| Failure::Error(error.to_string()))?;
    loaded.notes.iter().for_each(|text| note(text));
    Ok(loaded)
}

/// Says that there was nothing to check, and where it was looked for.
pub fn nothing(sources: &Sources) {
    note(&format!(
        "nothing to check: no Kubernetes object in {}; name files, folders or - for standard input",
        sources.paths.join(", ")
    ));
}
