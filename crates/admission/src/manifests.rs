//! A cluster that stands in files: Namespaces and Pods of manifests.

use std::collections::HashMap;
use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::Object;

use crate::known::{Cluster, Later, Namespace};

/// Namespaces and Pods of manifests. A namespace that isn't among them isn't there.
#[derive(Default)]
pub struct Manifests {
    namespaces: HashMap<String, Arc<Namespace>>,
    pods: Vec<(String, String, Arc<Document>)>,
}

impl Manifests {
    /// Reads files. Each document is one Namespace or one Pod; other objects are passed over.
    ///
    /// # Errors
    /// Which document can't be read, and why.
    pub fn read(files: Vec<SourceFile>) -> Result<Self, String> {
        let mut manifests = Manifests::default();
        for file in files {
            let file = Arc::new(file);
            for entry in parse(&file, &Limits::default()) {
                let document = entry.map_err(|error| format!("{}: {error}", file.name()))?;
                manifests.add(document);
            }
        }
        Ok(manifests)
    }

    fn add(&mut self, document: Document) {
        let Some(object) = Object::new(document.root()) else { return };
        let name = object.name().to_owned();
        if object.is("", "Namespace") {
            self.namespaces.insert(name, Arc::new(Namespace::of(&object)));
        } else if object.is("", "Pod") {
            let namespace = object.namespace().unwrap_or("default").to_owned();
            self.pods.push((namespace, name, Arc::new(document)));
        }
    }
}

impl Namespace {
    /// The labels of a Namespace object.
    pub fn of(object: &Object<'_>) -> Self {
        let labels = object.labels();
        let labels =
            labels.entries().filter_map(|(key, value)| Some((key.to_owned(), value.as_str()?.to_owned())));
        Namespace { labels: labels.collect() }
    }
}

impl Cluster for Manifests {
    fn namespace(&self, name: &str) -> Option<Arc<Namespace>> {
        self.namespaces.get(name).cloned()
    }

    fn fetch_namespace(&self, name: &str) -> Later<Arc<Namespace>> {
        let found = self.namespace(name).ok_or_else(|| format!("namespaces {name:?} not found"));
        Box::pin(std::future::ready(found))
    }

    fn fetch_pod(&self, namespace: &str, name: &str) -> Later<Arc<Document>> {
        let found = self.pods.iter().find(|(of, known, _)| of == namespace && known == name);
        let found =
            found.map(|(_, _, pod)| Arc::clone(pod)).ok_or_else(|| format!("pods {name:?} not found"));
        Box::pin(std::future::ready(found))
    }

    fn fetch_pods(&self, namespace: &str) -> Later<Vec<Arc<Document>>> {
        let found = self.pods.iter().filter(|(of, _, _)| of == namespace);
        Box::pin(std::future::ready(Ok(found.map(|(_, _, pod)| Arc::clone(pod)).collect())))
    }
}
