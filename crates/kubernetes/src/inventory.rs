//! Everything that was read, with what belongs to what.

use std::collections::HashMap;
use std::sync::OnceLock;

use plimsoll_doc::Value;

use crate::index::{OfKind, PodsOf};
use crate::schema::{self, Found, Problem};
use crate::{Container, LabelSelector, Labels, Object, Pod};

/// All objects of a scan, in the order they were read. What it is asked for it finds by an index, so
/// that a control that asks for every object costs no more than the objects are many.
pub struct Inventory<'d> {
    objects: Vec<Object<'d>>,
    pods: Vec<Pod<'d>>,
    /// By kind, then by group.
    kinds: HashMap<&'d str, HashMap<&'d str, OfKind>>,
    /// By namespace.
    pods_of: HashMap<&'d str, PodsOf>,
    /// Where objects start: address of the document, node, number of the object; sorted.
    roots: Vec<(usize, u32, u32)>,
    default_namespace: &'d str,
    /// What is wrong with each object, found when it is first asked for.
    problems: Vec<OnceLock<Box<[Found]>>>,
}

impl<'d> Inventory<'d> {
    /// `default_namespace` is where objects go that name no namespace.
    pub fn new(objects: Vec<Object<'d>>, default_namespace: &'d str) -> Self {
        let mut kinds: HashMap<_, HashMap<_, OfKind>> = HashMap::new();
        let mut roots = Vec::with_capacity(objects.len());
        for (number, object) in objects.iter().enumerate() {
            kinds.entry(object.kind()).or_default().entry(object.group()).or_default().push(number as u32);
            let (document, node) = place(object.root());
            roots.push((document, node, number as u32));
        }
        roots.sort_unstable();
        let pods: Vec<_> = objects.iter().flat_map(|object| Pod::all_of(*object)).collect();
        let problems = objects.iter().map(|_| OnceLock::new()).collect();
        let pods_of = HashMap::new();
        let mut inventory = Inventory { objects, pods, kinds, pods_of, roots, default_namespace, problems };
        for (number, pod) in inventory.pods.iter().enumerate() {
            let namespace = inventory.namespace_of(&pod.object());
            inventory.pods_of.entry(namespace).or_default().push(number as u32);
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
    pub fn of_kind<'i>(
        &'i self,
        group: &str,
        kind: &str,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let numbers = self.kind(group, kind).map_or(&[][..], OfKind::all);
        self.numbered(numbers)
    }

    /// Objects of a group and kind that go to a namespace.
    pub fn of_kind_in<'i>(
        &'i self,
        group: &str,
        kind: &str,
        namespace: &str,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let numbers = self.kind(group, kind).map_or(&[][..], |of_kind| {
            of_kind.in_namespace(namespace, |number| self.namespace_of(&self.objects[number as usize]))
        });
        self.numbered(numbers)
    }

    /// Objects of a group, kind and name, in whatever namespace.
    pub fn named<'i>(
        &'i self,
        group: &str,
        kind: &str,
        name: &str,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let numbers = self
            .kind(group, kind)
            .map_or(&[][..], |of_kind| of_kind.named(name, |number| self.objects[number as usize].name()));
        self.numbered(numbers)
    }

    fn kind(&self, group: &str, kind: &str) -> Option<&OfKind> {
        self.kinds.get(kind)?.get(group)
    }

    fn numbered<'i>(&'i self, numbers: &'i [u32]) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        numbers.iter().filter_map(|number| self.objects.get(*number as usize))
    }

    /// Whether anything of a group and kind was read.
    pub fn has(&self, group: &str, kind: &str) -> bool {
        self.kind(group, kind).is_some()
    }

    /// The object of a group, kind, namespace and name. `namespace` is ignored for kinds outside
    /// namespaces.
    pub fn find(&self, group: &str, kind: &str, namespace: &str, name: &str) -> Option<&Object<'d>> {
        self.named(group, kind, name)
            .find(|object| object.is_cluster_scoped() || self.namespace_of(object) == namespace)
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
        // Nodes are numbered in the order of the text, so the last object that starts no later is the
        // only one that can hold the value.
        let (document, node) = place(value);
        let after = self.roots.partition_point(|&(of, start, _)| (of, start) <= (document, node));
        let &(of, start, number) = self.roots.get(after.checked_sub(1)?)?;
        if of != document {
            return None;
        }
        let mut value = value;
        while value.node() > start {
            value = value.parent()?;
        }
        if value.node() == start { self.objects.get(number as usize).copied() } else { None }
    }

    /// What an object of this inventory says that the API server would refuse to read.
    pub fn problems_of<'i>(&'i self, object: &Object<'d>) -> impl Iterator<Item = Problem<'d>> + use<'i, 'd> {
        let root = place(object.root());
        let at = self.roots.binary_search_by_key(&root, |&(document, node, _)| (document, node)).ok();
        let number = at.and_then(|at| self.roots.get(at)).map(|&(_, _, number)| number as usize);
        let found = number.and_then(|number| self.problems.get(number));
        let found = found.map(|found| found.get_or_init(|| schema::problems(object).into_boxed_slice()));
        let document = object.root().document();
        found.into_iter().flatten().filter_map(move |found| found.in_document(document))
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
    pub fn pods_in<'i>(&'i self, namespace: &str) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
        let numbers = self.pods_of.get(namespace).map_or(&[][..], PodsOf::all);
        numbers.iter().filter_map(|number| self.pods.get(*number as usize))
    }

    /// Pods of a namespace that a selector matches. An empty selector matches all of them: callers
    /// decide what an absent one means.
    pub fn selected<'i>(
        &'i self,
        namespace: &str,
        selector: LabelSelector<'d>,
    ) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
        let candidates = self
            .pods_of
            .get(namespace)
            .map_or(&[][..], |of_namespace| of_namespace.candidates(&selector, &self.pods));
        candidates
            .iter()
            .filter_map(|number| self.pods.get(*number as usize))
            .filter(move |pod| selector.matches(Labels(pod.labels())))
    }
}

/// The address of a value's document, and its node there.
fn place(value: Value<'_>) -> (usize, u32) {
    (std::ptr::from_ref(value.document()).addr(), value.node())
}
