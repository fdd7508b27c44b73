//! Directories that are rendered rather than read: charts and overlays.
//!
//! A [`Renderer`] turns a directory into manifests. Each is a program that has to be installed; one
//! that renders by itself is one more implementation.

use std::path::{Path, PathBuf};

use plimsoll_doc::{Reader, SourceFile};
use rayon::prelude::*;

use crate::Render;
use crate::helm::{Charts, Helm, Part};
use crate::kustomize::Kustomize;
use crate::overlays::Overlays;
use crate::read::{self, Parsed, Standing};
use crate::tool::Tools;
use crate::walk::{Candidate, Via};

/// A directory that is rendered as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    /// As people know it.
    pub name: String,
    pub path: PathBuf,
    /// Its whole path without links, `.` and `..`.
    pub identity: PathBuf,
}

impl Directory {
    /// The one that a file stands in.
    pub fn of(candidate: &Candidate) -> Option<Directory> {
        let place = candidate.file.as_ref()?;
        Some(Directory {
            name: crate::name::display(Path::new(&candidate.name).parent()?),
            path: place.path.parent()?.to_owned(),
            identity: place.identity.parent()?.to_owned(),
        })
    }
}

/// What turns a directory into manifests.
pub(crate) trait Renderer: Sync {
    /// What stands in the names of the manifests: `overlays/prod (kustomize)`.
    fn label(&self) -> &'static str;
    /// The manifests of the directory, or in one line why there are none.
    fn render(&self, directory: &Directory) -> Result<Vec<Manifest>, String>;
}

/// A part of what was rendered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The template that it was made from, below the directory; empty where that isn't known.
    pub below: String,
    pub text: Vec<u8>,
}

/// What rendering gave, and what is left to be read.
#[derive(Default)]
pub(crate) struct Rendered {
    pub parsed: Vec<Parsed>,
    pub notes: Vec<String>,
    pub files: Vec<Candidate>,
}

/// Renders what is to be rendered among the files that were found.
pub(crate) fn render(files: Vec<Candidate>, render: Render, tools: &Tools, reader: &Reader) -> Rendered {
    let limits = reader.limits();
    let charts = Charts::among(&files, limits);
    let overlays = Overlays::among(&files, &charts, tools.allow_network, limits);
    if charts.is_empty() && overlays.is_empty() {
        return Rendered { files, ..Rendered::default() };
    }
    let mut rendered = Rendered::default();
    let mut chart_done = Vec::new();
    let mut root_done = Vec::new();
    match render {
        Render::Never => {
            rendered.notes.extend(charts.roots.iter().map(|chart| {
                let name = &chart.directory.name;
                format!("{name}: a Helm chart, left alone as asked; its templates were not read")
            }));
            rendered.notes.extend(overlays.roots().map(|root| {
                let name = &root.directory.name;
                format!("{name}: a kustomization, left alone as asked; its resources were read as they stand")
            }));
        }
        Render::Auto => {
            let helm = Helm::new(tools, limits);
            let kustomize = Kustomize::new(tools);
            let charts: Vec<_> = charts
                .roots
                .par_iter()
                .map(|chart| match chart.is_library {
                    true => Ok(Parsed::default()),
                    false => run(&chart.directory, chart.obstacle(tools.allow_network), &helm, reader),
                })
                .collect();
            chart_done = rendered.add(charts);
            let roots: Vec<_> = overlays.roots().collect();
            let roots = roots
                .into_par_iter()
                .map(|root| run(&root.directory, overlays.obstacle(root), &kustomize, reader))
                .collect();
            root_done = rendered.add(roots);
        }
    }
    rendered.notes.extend(overlays.unused().map(|component| {
        let name = &component.directory.name;
        format!(
            "{name}: a kustomize Component that no kustomization read here uses; it is not rendered alone"
        )
    }));
    let consumed = overlays.consumed(&root_done);
    rendered.files = files
        .into_iter()
        .filter_map(|candidate| {
            let Some(place) = &candidate.file else { return Some(candidate) };
            if consumed.takes(&place.identity, candidate.via) {
                return None;
            }
            let Some((index, part)) = charts.part(&place.identity) else { return Some(candidate) };
            let done = chart_done.get(index).copied().unwrap_or(false);
            match (part, candidate.via) {
                (Part::Metadata, _) => None,
                (Part::Templates, Via::Named) => (!done).then_some(candidate),
                (Part::Templates, _) => None,
                (Part::Definitions, _) => (!done).then_some(candidate),
                (Part::Other, Via::Named) => Some(candidate),
                (Part::Other, _) => Some(Candidate { via: Via::Beside, ..candidate }),
            }
        })
        .collect();
    rendered
}

impl Rendered {
    /// Takes in what was rendered, and says of each whether it was.
    fn add(&mut self, results: Vec<Result<Parsed, Parsed>>) -> Vec<bool> {
        let done = results.iter().map(Result::is_ok).collect();
        self.parsed.extend(results.into_iter().map(|result| result.unwrap_or_else(|failed| failed)));
        done
    }
}

/// Renders one directory, unless something stands in the way of it.
fn run(
    directory: &Directory,
    obstacle: Option<String>,
    renderer: &dyn Renderer,
    reader: &Reader,
) -> Result<Parsed, Parsed> {
    let manifests = match obstacle {
        Some(obstacle) => Err(obstacle),
        None => renderer.render(directory),
    };
    let manifests = manifests.map_err(|reason| {
        // Whole paths are of no use to a reader elsewhere.
        let path = directory.path.to_string_lossy();
        Parsed::failed(&directory.name, reason.replace(&*path, &directory.name))
    })?;
    let mut all = Parsed::default();
    for manifest in manifests {
        let name = format!("{} ({}) {}", directory.name, renderer.label(), manifest.below);
        let origin = crate::name::display(Path::new(&format!("{}/{}", directory.name, manifest.below)));
        let file = SourceFile::generated(name.trim_end(), origin, manifest.text);
        all.extend(read::text(file, reader, Standing::Rendered));
    }
    Ok(all)
}
