//! From the command line to documents.

use std::path::Path;

use plimsoll_doc::{Document, Limits};
use plimsoll_source::{Loaded, Render, Request};

use crate::arguments::Sources;
use crate::exit::Failure;
use crate::settings::Settings;
use crate::terminal::note;

/// Reads what the command line names, less what the configuration leaves out, and the configuration itself.
pub fn load(sources: &Sources, settings: &Settings) -> Result<Loaded, Failure> {
    let configuration = &settings.configuration;
    let mut exclude = sources.exclude.clone();
    exclude.extend(configuration.exclude.iter().map(|glob| below(&settings.root, glob)));
    let mut loaded = load_all(&Request {
        paths: sources.paths.clone(),
        exclude,
        render: if sources.no_render || !configuration.render { Render::Never } else { Render::Auto },
        allow_network: sources.allow_network,
        limits: Limits::default(),
    })?;
    if let Some(file) = &settings.file {
        loaded.documents.retain(|document| document.file().name() != file);
    }
    Ok(loaded)
}

/// Reads what the command line names, and nothing else counts.
pub fn load_plain(sources: &Sources) -> Result<Loaded, Failure> {
    load_all(&Request {
        paths: sources.paths.clone(),
        exclude: sources.exclude.clone(),
        render: if sources.no_render { Render::Never } else { Render::Auto },
        allow_network: sources.allow_network,
        limits: Limits::default(),
    })
}

fn load_all(request: &Request) -> Result<Loaded, Failure> {
    let loaded = plimsoll_source::load(request).map_err(|error| Failure::Error(error.to_string()))?;
    loaded.notes.iter().for_each(|text| note(text));
    Ok(loaded)
}

/// Documents of the new texts in place of those of the files they replace.
pub fn replace(documents: &[Document], replaced: &[(&str, &str)]) -> Result<Vec<Document>, String> {
    let is_replaced = |document: &&Document| replaced.iter().any(|(name, _)| *name == document.file().name());
    let mut kept: Vec<Document> =
        documents.iter().filter(|document| !is_replaced(document)).cloned().collect();
    for (name, text) in replaced {
        let (documents, incomplete) = plimsoll_source::reparse(name, (*text).to_owned(), &Limits::default());
        // What could not be read before still can't; a document that is new among them is the fix's fault.
        let before = kept.len() + documents.len();
        kept.extend(documents);
        if let (Some(first), true) = (incomplete.first(), before == 0) {
            return Err(format!("{}: {}", first.file, first.reason));
        }
    }
    Ok(kept)
}

/// A pattern of the configuration as one of the working directory.
fn below(root: &Path, glob: &str) -> String {
    root.join(glob).display().to_string()
}

/// Says that there was nothing to check, and where it was looked for.
pub fn nothing(sources: &Sources) {
    note(&format!(
        "nothing to check: no Kubernetes object in {}; name files, folders or - for standard input",
        sources.paths.join(", ")
    ));
}
