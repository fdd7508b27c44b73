//! Everything that was read, with what belongs to what.

use std::collections::HashMap;
use std::sync::OnceLock;

use plimsoll_doc::Value;

use crate::schema::{self, Problem};
use crate::{Container, LabelSelector, Labels, Object, Pod};

/// All objects of a scan, in the order they were read.
pub struct Inventory<'d> {
    objects: Vec<Object<'d>>,
    pods: Vec<Pod<'d>>,
    by_kind: HashMap<&'d str, Vec<usize>>,
    /// Indices into `pods`.
    pods_by_namespace: HashMap<&'d str, Vec<usize>>,
    /// Objects by the address of their document and the node they start at.
    by_root: HashMap<(usize, u32), usize>,
    default_namespace: &'d str,
    /// What is wrong with each object, found when it is first asked for.
    problems: Vec<OnceLock<Box<[Problem<'d>]>>>,
}

impl<'d> Inventory<'d> {
    /// `default_namespace` is where objects go that name no namespace.
    pub fn new(objects: Vec<Object<'d>>, default_namespace: &'d str) -> Self {
        let mut by_kind: HashMap<&'d str, Vec<usize>> = HashMap::new();
        let mut by_root = HashMap::with_capacity(objects.len());
        for (index, object) in objects.iter().enumerate() {
            by_kind.entry(object.kind()).or_default().push(index);
            by_root.insert(root_key(object.root()), index);
        }
        let problems = objects.iter().map(|_| OnceLock::new()).collect();
        let pods: Vec<_> = objects.iter().flat_map(|object| Pod::all_of(*object)).collect();
        let mut inventory = Inventory {
            objects,
            pods,
            by_kind,
            pods_by_namespace: HashMap::new(),
            by_root,
            default_namespace,
            problems,
        };
        for (index, pod) in inventory.pods.iter().enumerate() {
            let namespace = inventory.namespace_of(&pod.object());
            inventory.pods_by_namespace.entry(namespace).or_default().push(index);
        }
        inventory
    }

    pub fn objects(&self) -> &[Object<'d>] {
        &self.objects
    }

    /// Every pod and pod template.
    pub fn pods(&self) -> &[Pod<'d>] {
        &self.pods
    }

    /// Every container of every pod.
    pub fn containers(&self) -> impl Iterator<Item = Container<'_, 'd>> {
        self.pods.iter().flat_map(Pod::containers)
    }

    /// Objects of a group and kind.
    pub fn of_kind<'i>(&'i self, group: &'i str, kind: &str) -> impl Iterator<Item = &'i Object<'d>> {
        self.by_kind
            .get(kind)
            .into_iter()
            .flatten()
            .filter_map(|index| self.objects.get(*index))
            .filter(move |object| object.group() == group)
    }

    /// Whether anything of a group and kind was read.
    pub fn has(&self, group: &str, kind: &str) -> bool {
        self.of_kind(group, kind).next().is_some()
    }

    /// The object of a group, kind, namespace and name. `namespace` is ignored for kinds outside
    /// namespaces.
    pub fn find(&self, group: &str, kind: &str, namespace: &str, name: &str) -> Option<&Object<'d>> {
        self.by_kind.get(kind)?.iter().filter_map(|index| self.objects.get(*index)).find(|object| {
            object.group() == group
                && object.name() == name
                && (object.is_cluster_scoped() || self.namespace_of(object) == namespace)
        })
    }

    /// The namespace that an object goes to: its own, or the default one. Empty for kinds outside
    /// namespaces.
    pub fn namespace_of(&self, object: &Object<'d>) -> &'d str {
        if object.is_cluster_scoped() { "" } else { object.namespace().unwrap_or(self.default_namespace) }
    }

    /// The Namespace object of that name.
    pub fn namespace(&self, name: &str) -> Option<&Object<'d>> {
        self.find("", "Namespace", "", name)
    }

    /// The object that a value stands in.
    pub fn owner_of(&self, value: Value<'d>) -> Option<Object<'d>> {
        let mut value = value;
        loop {
            if let Some(index) = self.by_root.get(&root_key(value)) {
                return self.objects.get(*index).copied();
            }
            value = value.parent()?;
        }
    }

    /// What an object of this inventory says that the API server would refuse to read.
    pub fn problems_of(&self, object: &Object<'d>) -> &[Problem<'d>] {
        let found = self.by_root.get(&root_key(object.root())).and_then(|index| self.problems.get(*index));
        found.map_or(&[], |found| found.get_or_init(|| schema::problems(object).into_boxed_slice()))
    }

    /// Names of all namespaces that something goes to or that are defined, sorted, each once.
    pub fn namespaces(&self) -> Vec<&'d str> {
        let mut names: Vec<_> = self
            .objects
            .iter()
            .map(|object| if object.is("", "Namespace") { object.name() } else { self.namespace_of(object) })
            .filter(|name| !name.is_empty())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Pods of a namespace.
    pub fn pods_in(&self, namespace: &str) -> impl Iterator<Item = &Pod<'d>> + use<'_, 'd> {
        self.pods_by_namespace.get(namespace).into_iter().flatten().filter_map(|index| self.pods.get(*index))
    }

    /// Pods of a namespace that a selector matches. An empty selector matches all of them: callers
    /// decide what an absent one means.
    pub fn selected(
        &self,
        namespace: &str,
        selector: LabelSelector<'d>,
    ) -> impl Iterator<Item = &Pod<'d>> + use<'_, 'd> {
        self.pods_in(namespace).filter(move |pod| selector.matches(Labels(pod.labels())))
    }
}

fn root_key(value: Value<'_>) -> (usize, u32) {
    (std::ptr::from_ref(value.document()).addr(), value.node())
}
