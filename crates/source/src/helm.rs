//! Helm charts, rendered with `helm template`.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use plimsoll_doc::{Limits, Value};

use crate::dependencies::Completed;
use crate::render::{Directory, Manifest, Renderer};
use crate::tool::Tools;
use crate::walk::Candidate;
use crate::yaml;

/// The release that is rendered where the chart's name cannot be one; Helm's own default.
const RELEASE: &str = "release-name";

/// The Kubernetes version that templates see, so that it doesn't depend on which Helm is installed.
const KUBERNETES: &str = "1.34.0";

/// Every block of Helm's output begins so.
const SOURCE: &[u8] = b"---\n# Source: ";

/// A chart that is no part of another one.
#[derive(Debug)]
pub(crate) struct Chart {
    pub directory: Directory,
    /// Made to be used by other charts; there is nothing in it to render.
    pub is_library: bool,
    /// Why its `Chart.yaml` cannot be read.
    broken: Option<String>,
    /// Dependencies that are not in `charts/`.
    missing: Vec<Dependency>,
}

/// A chart that another one needs.
#[derive(Debug)]
pub(crate) struct Dependency {
    pub name: String,
    pub repository: String,
}

impl Dependency {
    /// The directory that it is in, as its chart names it, if it isn't elsewhere.
    pub fn folder(&self) -> Option<&str> {
        self.repository.strip_prefix("file://")
    }
}

/// The charts among the files of a scan.
#[derive(Debug, Default)]
pub(crate) struct Charts {
    pub roots: Vec<Chart>,
    /// By identity of the directory.
    index: HashMap<PathBuf, usize>,
}

/// What a file is to the chart that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// `Chart.yaml` itself.
    Metadata,
    /// Below `templates/` or `charts/`: no manifest until it is rendered.
    Templates,
    /// Below `crds/`: manifests that are rendered as they stand.
    Definitions,
    /// Values, files of the chart's own, whatever lies beside them.
    Other,
}

impl Charts {
    /// Charts by their `Chart.yaml`, without those that belong to another one.
    pub fn among(files: &[Candidate], limits: &Limits) -> Charts {
        let charts = files
            .iter()
            .filter(|candidate| {
                Path::new(&candidate.name).file_name().is_some_and(|name| name == "Chart.yaml")
            })
            .filter_map(Directory::of)
            .filter_map(|directory| Chart::read(directory, limits));
        let mut roots: Vec<Chart> = charts.collect();
        let all = index(&roots);
        // In `charts/` a subchart, in `templates/` and `crds/` no chart at all.
        roots.retain(|chart| {
            let identity = &chart.directory.identity;
            let part = identity.parent().and_then(|parent| part_of(&all, parent, identity));
            !matches!(part, Some((_, Part::Templates | Part::Definitions)))
        });
        Charts { index: index(&roots), roots }
    }

    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// The chart that a file belongs to, by its number, and what the file is to it.
    pub fn part(&self, identity: &Path) -> Option<(usize, Part)> {
        part_of(&self.index, identity.parent()?, identity)
    }
}

/// Charts by identity of the directory.
fn index(charts: &[Chart]) -> HashMap<PathBuf, usize> {
    charts.iter().enumerate().map(|(index, chart)| (chart.directory.identity.clone(), index)).collect()
}

/// The nearest chart at a directory or above it, and what the file is to it.
fn part_of(charts: &HashMap<PathBuf, usize>, directory: &Path, file: &Path) -> Option<(usize, Part)> {
    let (chart, index) =
        directory.ancestors().find_map(|ancestor| Some((ancestor, *charts.get(ancestor)?)))?;
    let below = file.strip_prefix(chart).ok()?;
    let mut components = below.components();
    let part = match (components.next(), components.next()) {
        (Some(Component::Normal(first)), None) if first == "Chart.yaml" => Part::Metadata,
        (Some(Component::Normal(first)), Some(_)) if first == "templates" || first == "charts" => {
            Part::Templates
        }
        (Some(Component::Normal(first)), Some(_)) if first == "crds" => Part::Definitions,
        _ => Part::Other,
    };
    Some((index, part))
}

impl Chart {
    /// Reads what a chart says of itself. `None` where the file is no chart's: that has no kind.
    fn read(directory: Directory, limits: &Limits) -> Option<Chart> {
        let mut chart = Chart { directory, is_library: false, broken: None, missing: Vec::new() };
        let folder = &chart.directory.path;
        match yaml::single(&folder.join("Chart.yaml"), limits) {
            Ok(Some(metadata)) => {
                let root = metadata.root();
                if root.get("kind").is_some() {
                    return None;
                }
                chart.is_library = root.get("type").and_then(Value::as_str) == Some("library");
                chart.missing = missing(root, folder, limits);
            }
            Ok(None) => {
                chart.broken = Some("Chart.yaml is empty; a chart needs a name and a version".to_owned())
            }
            Err(reason) => chart.broken = Some(format!("Chart.yaml cannot be read: {reason}")),
        }
        // Charts of the first version keep them in a file of their own.
        if let Ok(Some(requirements)) = yaml::single(&folder.join("requirements.yaml"), limits) {
            chart.missing.extend(missing(requirements.root(), folder, limits));
        }
        Some(chart)
    }

    /// Why it isn't worth calling Helm.
    pub fn obstacle(&self, allow_network: bool) -> Option<String> {
        if let Some(broken) = &self.broken {
            return Some(format!("not rendered: {broken}"));
        }
        let remote = self.missing.iter().filter(|dependency| dependency.folder().is_none());
        let remote: Vec<&str> = remote.map(|dependency| dependency.name.as_str()).collect();
        (!remote.is_empty() && !allow_network).then(|| {
            format!(
                "not rendered: {} {} not in charts/, and nothing is fetched without --allow-network; run helm \
                 dependency build first",
                remote.join(", "),
                if remote.len() == 1 { "is" } else { "are" },
            )
        })
    }
}

/// The dependencies that a chart names and `charts/` lacks.
fn missing(metadata: Value<'_>, folder: &Path, limits: &Limits) -> Vec<Dependency> {
    let text = |value: Value<'_>, key| Some(value.get(key)?.as_str()?.to_owned());
    let mut missing: Vec<Dependency> = metadata
        .get("dependencies")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|dependency| {
            let repository = text(dependency, "repository").unwrap_or_default();
            Some(Dependency { name: text(dependency, "name")?, repository })
        })
        .collect();
    if missing.is_empty() {
        return missing;
    }
    let mut names = Vec::new();
    let mut archives = Vec::new();
    for entry in fs::read_dir(folder.join("charts")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".tgz") {
            archives.push(name);
        } else if let Ok(Some(metadata)) = yaml::single(&entry.path().join("Chart.yaml"), limits) {
            names.extend(text(metadata.root(), "name"));
        }
    }
    missing.retain(|wanted| {
        let packed = |archive: &String| {
            archive.strip_prefix(&wanted.name).is_some_and(|rest| rest.starts_with(['-', '.']))
        };
        !names.contains(&wanted.name) && !archives.iter().any(packed)
    });
    missing
}

/// Rendering by the `helm` program, where it is installed.
pub(crate) struct Helm<'t> {
    tools: &'t Tools,
    program: Option<PathBuf>,
    limits: &'t Limits,
}

impl<'t> Helm<'t> {
    pub fn new(tools: &'t Tools, limits: &'t Limits) -> Helm<'t> {
        Helm { tools, program: tools.find("helm"), limits }
    }
}

impl Renderer for Helm<'_> {
    fn label(&self) -> &'static str {
        "helm"
    }

    fn render(&self, directory: &Directory) -> Result<Vec<Manifest>, String> {
        let Some(program) = &self.program else {
            return Err(
                "a Helm chart that was not rendered: helm is not installed; install it, or scan what it \
                        renders to"
                    .to_owned(),
            );
        };
        let metadata = yaml::single(&directory.path.join("Chart.yaml"), self.limits).ok().flatten();
        let chart =
            metadata.as_ref().and_then(|metadata| metadata.root().get("name")?.as_str()).unwrap_or(RELEASE);
        let release = if can_be_release(chart) { chart } else { RELEASE };
        let missing = metadata
            .as_ref()
            .map(|metadata| missing(metadata.root(), &directory.path, self.limits))
            .unwrap_or_default();
        // The person's own folder stays as it is.
        let completed = match missing.is_empty() {
            true => None,
            false => Some(Completed::new(self.tools, program, directory, &missing, self.limits)?),
        };
        let folder = completed.as_ref().map_or_else(|| directory.path.clone(), Completed::folder);
        // Templates see no cluster: `lookup` finds nothing, as on the first installation.
        let output = self.tools.run(
            program,
            &[
                "template".as_ref(),
                release.as_ref(),
                folder.as_os_str(),
                "--include-crds".as_ref(),
                "--namespace".as_ref(),
                "default".as_ref(),
                "--kube-version".as_ref(),
                KUBERNETES.as_ref(),
            ],
        );
        match (output, &completed) {
            (Ok(output), _) => Ok(split(chart, &output)),
            (Err(reason), Some(completed)) => Err(completed.told_of(directory, &reason)),
            (Err(reason), None) => Err(reason),
        }
    }
}

/// Whether Helm takes the name for a release: a DNS label of at most 53 characters.
fn can_be_release(name: &str) -> bool {
    let inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    name.len() <= 53
        && !name.is_empty()
        && name.bytes().all(|byte| inner(&byte))
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Helm's output by the template that made it, in the order in which the templates occur first.
fn split(chart: &str, output: &[u8]) -> Vec<Manifest> {
    let mut starts: Vec<usize> = memchr::memmem::find_iter(output, SOURCE)
        .filter(|&at| at == 0 || output.get(at - 1) == Some(&b'\n'))
        .collect();
    // What stands before the first comment, where Helm ever writes something there.
    if starts.first() != Some(&0) && !output.is_empty() {
        starts.insert(0, 0);
    }
    let mut manifests: Vec<Manifest> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(output.len());
        let block = output.get(start..end).unwrap_or_default();
        let below = source(chart, block).unwrap_or_default();
        let at = *index.entry(below.clone()).or_insert(manifests.len());
        match manifests.get_mut(at) {
            Some(manifest) => manifest.text.extend_from_slice(block),
            None => manifests.push(Manifest { below, text: block.to_vec() }),
        }
    }
    manifests
}

/// The template of a block, without the name of the chart.
fn source(chart: &str, block: &[u8]) -> Option<String> {
    let line = block.strip_prefix(SOURCE)?.split(|&byte| byte == b'\n').next()?;
    let line: String =
        String::from_utf8_lossy(line).chars().filter(|character| !character.is_control()).collect();
    let below = line.strip_prefix(chart).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&line);
    Some(below.trim().to_owned())
}
