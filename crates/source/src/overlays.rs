//! The kustomizations of a scan, and how they use each other: which are rendered, and which files
//! that covers.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use plimsoll_doc::Limits;

use crate::helm::{Charts, Part};
use crate::kustomization::{self, Kustomization};
use crate::render::Directory;
use crate::walk::{Candidate, Via};

/// All kustomizations that a scan found, and those that they use.
#[derive(Debug, Default)]
pub(crate) struct Overlays {
    /// By identity of the directory.
    all: BTreeMap<PathBuf, Kustomization>,
    /// Those that no other one uses, in the order of the scan.
    roots: Vec<PathBuf>,
    /// Components that none of the others uses.
    unused: Vec<PathBuf>,
    allow_network: bool,
}

/// Files that aren't read by themselves, by identity.
#[derive(Debug, Default)]
pub(crate) struct Consumed {
    kustomizations: HashSet<PathBuf>,
    files: HashSet<PathBuf>,
}

impl Overlays {
    /// Kustomizations by the names of their files, outside the templates of charts.
    pub fn among(files: &[Candidate], charts: &Charts, allow_network: bool, limits: &Limits) -> Overlays {
        let mut overlays = Overlays { allow_network, ..Overlays::default() };
        let mut found = Vec::new();
        for candidate in files.iter().filter(|candidate| kustomization::is_named(Path::new(&candidate.name)))
        {
            let part = candidate.file.as_ref().and_then(|place| charts.part(&place.identity));
            if matches!(part, Some((_, Part::Templates | Part::Definitions))) {
                continue;
            }
            if let Some(directory) = Directory::of(candidate) {
                let identity = directory.identity.clone();
                overlays.read(directory, limits);
                if overlays.all.contains_key(&identity) && !found.contains(&identity) {
                    found.push(identity);
                }
            }
        }
        overlays.choose(found);
        overlays
    }

    /// Reads a kustomization and all that it uses.
    fn read(&mut self, directory: Directory, limits: &Limits) {
        let mut open = vec![directory];
        while let Some(directory) = open.pop() {
            if self.all.contains_key(&directory.identity) {
                continue;
            }
            if let Some(kustomization) = Kustomization::read(directory, limits) {
                open.extend(kustomization.directories.iter().cloned());
                self.all.insert(kustomization.directory.identity.clone(), kustomization);
            }
        }
    }

    /// Says which of those that were found are rendered.
    fn choose(&mut self, found: Vec<PathBuf>) {
        let used: HashSet<&PathBuf> = self
            .all
            .values()
            .flat_map(|user| &user.directories)
            .map(|directory| &directory.identity)
            .collect();
        let component = |identity: &PathBuf| self.all.get(identity).is_some_and(|one| one.is_component);
        let mut roots: Vec<PathBuf> = found
            .iter()
            .filter(|&identity| !used.contains(identity) && !component(identity))
            .cloned()
            .collect();
        let mut reached: HashSet<PathBuf> = roots.iter().flat_map(|root| self.reach(root)).collect();
        // What is left is used in a circle, or by unused components alone.
        for identity in found.iter().filter(|&identity| !component(identity)) {
            if !reached.contains(identity) {
                reached.extend(self.reach(identity));
                roots.push(identity.clone());
            }
        }
        self.unused = found
            .iter()
            .filter(|&identity| component(identity) && !reached.contains(identity))
            .cloned()
            .collect();
        self.roots = roots;
    }

    /// A kustomization and all that it uses, itself first.
    fn reach(&self, root: &Path) -> Vec<PathBuf> {
        let mut reached = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![root.to_owned()];
        while let Some(identity) = open.pop() {
            let Some(kustomization) = self.all.get(&identity) else { continue };
            if seen.insert(identity.clone()) {
                open.extend(
                    kustomization.directories.iter().rev().map(|directory| directory.identity.clone()),
                );
                reached.push(identity);
            }
        }
        reached
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn roots(&self) -> impl Iterator<Item = &Kustomization> {
        self.roots.iter().filter_map(|identity| self.all.get(identity))
    }

    pub fn unused(&self) -> impl Iterator<Item = &Kustomization> {
        self.unused.iter().filter_map(|identity| self.all.get(identity))
    }

    /// Why a kustomization isn't rendered, where it or something that it uses forbids that.
    pub fn obstacle(&self, root: &Kustomization) -> Option<String> {
        self.reach(&root.directory.identity).iter().find_map(|identity| {
            let part = self.all.get(identity)?;
            let obstacle = part
                .obstacles
                .iter()
                .find(|obstacle| !(self.allow_network && obstacle.is_of_the_network()))?;
            Some(if part.directory.identity == root.directory.identity {
                format!("not rendered: {obstacle}")
            } else {
                format!("not rendered: in {}, {obstacle}", part.directory.name)
            })
        })
    }

    /// What isn't read by itself, given which of the roots were rendered.
    pub fn consumed(&self, rendered: &[bool]) -> Consumed {
        let manifests: HashSet<&PathBuf> = self.all.values().flat_map(|one| &one.resources).collect();
        let parts = self.all.values().flat_map(|one| &one.parts).filter(|part| !manifests.contains(part));
        let covered: HashSet<PathBuf> = self
            .roots
            .iter()
            .zip(rendered)
            .filter(|(_, rendered)| **rendered)
            .flat_map(|(root, _)| self.reach(root))
            .collect();
        let covered =
            covered.iter().filter_map(|identity| self.all.get(identity)).flat_map(|one| &one.resources);
        Consumed {
            kustomizations: self.all.values().map(|one| one.file.clone()).collect(),
            files: parts.chain(covered).cloned().collect(),
        }
    }
}

impl Consumed {
    /// Whether a file isn't read by itself. What a person named is, unless it is the kustomization.
    pub fn takes(&self, identity: &Path, via: Via) -> bool {
        self.kustomizations.contains(identity) || (via != Via::Named && self.files.contains(identity))
    }
}
