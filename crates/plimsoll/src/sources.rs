//! From the command line to documents.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use plimsoll_doc::{Document, Limits};
use plimsoll_source::{Loaded, Render, Request};
use rayon::prelude::*;

use crate::arguments::Sources;
use crate::exit::Failure;
use crate::settings::Settings;
use crate::terminal::note;
use crate::threads;

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
        exclude: sources.exclude.iter().map(|glob| everything(glob).to_owned()).collect(),
        render: if sources.no_render { Render::Never } else { Render::Auto },
        allow_network: sources.allow_network,
        limits: Limits::default(),
    }
}

fn load_all(request: &Request) -> Result<Loaded, Failure> {
    threads::start();
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if request.paths.iter().any(is_stdin) && std::io::stdin().is_terminal() {
        note("reading standard input, up to the end of it (Ctrl-D)");
    }
    Ok(plimsoll_source::load(request).map_err(|error| error.to_string())?)
}

/// Documents of the new texts in place of those of the files they replace.
pub fn replace(documents: &[Document], replaced: &[(&str, &str)]) -> Result<Vec<Document>, String> {
    let mut before: HashMap<&str, usize> = HashMap::new();
    documents.iter().for_each(|document| *before.entry(document.file().name()).or_default() += 1);
    let reparse = |(name, text): &(&str, &str)| {
        let (after, incomplete) = plimsoll_source::reparse(name, (*text).to_owned(), &Limits::default());
        // What could not be read before still can't; one document fewer is the fix's fault.
        if after.len() < before.get(name).copied().unwrap_or_default() {
            let reason = incomplete.first().map_or("a document is gone", |gap| gap.reason.as_str());
            return Err(format!("{name}: {reason}"));
        }
        Ok(((*name).to_owned(), after))
    };
    let mut after: HashMap<String, Vec<Document>> =
        replaced.par_iter().map(reparse).collect::<Result<_, _>>()?;
    let mut all = Vec::with_capacity(documents.len());
    for document in documents {
        // In their order: some findings are about the first of its kind.
        match after.get_mut(document.file().name()) {
            Some(of_file) => all.append(of_file),
            None => all.push(document.clone()),
        }
    }
    Ok(all)
}

/// A pattern of the configuration as one of the working directory.
fn below(root: &Path, glob: &str) -> String {
    root.join(everything(glob)).display().to_string()
}

/// The pattern of a folder that is its own: everything in it.
fn everything(glob: &str) -> &str {
    if glob.split('/').all(|part| matches!(part, "" | ".")) && !glob.starts_with('/') { "**" } else { glob }
}

/// Says that there was nothing to check, and where it was looked for.
pub fn nothing(sources: &Sources) {
    let paths: Vec<_> = sources.paths.iter().map(|path| path.display().to_string()).collect();
    note(&format!(
        "nothing to check: no Kubernetes object in {}; name files, folders or - for standard input",
        paths.join(", ")
    ));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{SourceFile, parse};

    use super::*;

    #[test]
    fn replaced_documents_stand_where_those_before_them_stood() {
        let documents: Vec<Document> = [("a", "at: 1\n---\nat: 2\n"), ("b", "at: 3\n"), ("c", "at: 4\n")]
            .iter()
            .flat_map(|(name, text)| {
                let file = Arc::new(SourceFile::new(*name, text.as_bytes().to_vec()));
                parse(&file, &Limits::default()).into_iter().flatten()
            })
            .collect();
        let numbers = |replaced: &[(&str, &str)]| {
            let all = replace(&documents, replaced)?;
            Ok(all.iter().filter_map(|document| document.root().get("at")?.as_i64()).collect::<Vec<_>>())
        };
        assert_eq!(numbers(&[]), Ok(vec![1, 2, 3, 4]));
        assert_eq!(numbers(&[("b", "at: 30\n")]), Ok(vec![1, 2, 30, 4]));
        let two = [("c", "at: 40\n---\nat: 41\n"), ("a", "at: 10\n---\nat: 20\n---\nat: 21\n")];
        assert_eq!(numbers(&two), Ok(vec![10, 20, 21, 3, 40, 41]));
        assert_eq!(numbers(&[("a", "at: 10\n")]), Err("a: a document is gone".to_owned()));
    }
}
