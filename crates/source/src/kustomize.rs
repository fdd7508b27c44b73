//! Rendering kustomizations with `kustomize build`, or `kubectl kustomize` in its place.

use std::path::PathBuf;

use crate::render::{Directory, Manifest, Renderer};
use crate::tool::Tools;

/// Rendering by a program that has kustomize in it, where one is installed.
pub(crate) struct Kustomize<'t> {
    tools: &'t Tools,
    /// The program, and the word that makes it render.
    program: Option<(PathBuf, &'static str)>,
}

impl<'t> Kustomize<'t> {
    pub fn new(tools: &'t Tools) -> Kustomize<'t> {
        let kustomize = || Some((tools.find("kustomize")?, "build"));
        let kubectl = || Some((tools.find("kubectl")?, "kustomize"));
        Kustomize { tools, program: kustomize().or_else(kubectl) }
    }
}

impl Renderer for Kustomize<'_> {
    fn label(&self) -> &'static str {
        "kustomize"
    }

    fn render(&self, directory: &Directory) -> Result<Vec<Manifest>, String> {
        let Some((program, word)) = &self.program else {
            return Err(
                "a kustomization that was not rendered: neither kustomize nor kubectl is installed; \
                        install one, or scan what it renders to"
                    .to_owned(),
            );
        };
        // No flag that lets files from outside, plugins, functions or charts in is ever given.
        let text = self.tools.run(program, &[word.as_ref(), directory.path.as_os_str()])?;
        Ok(vec![Manifest { below: String::new(), text }])
    }
}
