//! From the command line to documents.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use plimsoll_doc::{Document, Limits};
use plimsoll_source::{Loaded, Render, Request};

use crate::arguments::Sources;
use crate::exit::Failure;
use crate::settings::Settings;
use crate::terminal::note;

/// Reads what the command line names, less what the configuration leaves out, and the configuration itself.
pub fn load(sources: &Sources, settings: &Settings) -> Result<Loaded, Failure> {
    let configuration = &settings.configuration;
    let mut request = request(sources);
    request.exclude.extend(configuration.exclude.iter().map(|glob| below(&settings.root, glob)));
    if !configuration.render {
        request.render = Render::Never;
    }
    let mut loaded = load_all(&request)?;
    if let Some(file) = &settings.file {
        loaded.documents.retain(|document| document.file().name() != file);
    }
    Ok(loaded)
}

/// Reads what the command line names, and nothing else counts.
pub fn load_plain(sources: &Sources) -> Result<Loaded, Failure> {
    load_all(&request(sources))
}

fn request(sources: &Sources) -> Request {
    Request {
        paths: sources.paths.clone(),
        exclude: sources.exclude.clone(),
        render: if sources.no_render { Render::Never } else { Render::Auto },
        allow_network: sources.allow_network,
        limits: Limits::default(),
    }
}

fn load_all(request: &Request) -> Result<Loaded, Failure> {
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if request.paths.iter().any(is_stdin) && std::io::stdin().is_terminal() {
        note("reading standard input, up to the end of it (Ctrl-D)");
    }
    Ok(plimsoll_source::load(request).map_err(|error| error.to_string())?)
}

/// Documents of the new texts in place of those of the files they replace.
pub fn replace(documents: &[Document], replaced: &[(&str, &str)]) -> Result<Vec<Document>, String> {
    let is_replaced = |document: &&Document| replaced.iter().any(|(name, _)| *name == document.file().name());
    let mut kept: Vec<Document> =
        documents.iter().filter(|document| !is_replaced(document)).cloned().collect();
    for (name, text) in replaced {
        let before = documents.iter().filter(|document| document.file().name() == *name).count();
        let (after, incomplete) = plimsoll_source::reparse(name, (*text).to_owned(), &Limits::default());
        // What could not be read before still can't; one document fewer is the fix's fault.
        if after.len() < before {
            let reason = incomplete.first().map_or("a document is gone", |gap| gap.reason.as_str());
            return Err(format!("{name}: {reason}"));
        }
        kept.extend(after);
    }
    Ok(kept)
}

/// A pattern of the configuration as one of the working directory.
fn below(root: &Path, glob: &str) -> String {
    root.join(glob).display().to_string()
}

/// Says that there was nothing to check, and where it was looked for.
pub fn nothing(sources: &Sources) {
    let paths: Vec<_> = sources.paths.iter().map(|path| path.display().to_string()).collect();
    note(&format!(
        "nothing to check: no Kubernetes object in {}; name files, folders or - for standard input",
        paths.join(", ")
    ));
}
