//! Everything that was read, with what belongs to what.

use std::any::{Any, TypeId};
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use plimsoll_doc::Value;
use rayon::prelude::*;

use crate::index::{HashMap, OfKind, PodsOf, RandomState};
use crate::schema::{self, CustomProblem, Definition, Found, Problem};
use crate::{Container, LabelSelector, Labels, Object, Pod};

/// So many objects are looked through for pods by one thread.
const FEW: usize = 64;

type Kinds<'d> = HashMap<&'d str, HashMap<&'d str, OfKind>>;

/// Objects by kind and group, the marks of their kinds, and objects by their roots.
fn by_kind<'d>(objects: &[Object<'d>]) -> (Kinds<'d>, u64, Vec<(usize, u32, u32)>) {
    let mut kinds = Kinds::default();
    let mut roots = Vec::with_capacity(objects.len());
    let mut marks = 0;
    for (number, object) in (0..).zip(objects) {
        marks |= mark(object.kind());
        kinds.entry(object.kind()).or_default().entry(object.group()).or_default().push(number);
        let (document, node) = place(object.root());
        roots.push((document, node, number));
    }
    roots.sort_unstable();
    (kinds, marks, roots)
}

/// All pods of objects, and where those of each begin.
fn pods_of<'d>(of_objects: Vec<Vec<Pod<'d>>>) -> (Vec<Pod<'d>>, Vec<u32>) {
    let mut pods = Vec::with_capacity(of_objects.iter().map(Vec::len).sum());
    let mut first_pods = Vec::with_capacity(of_objects.len() + 1);
    for of_object in of_objects {
        first_pods.push(pods.len() as u32);
        pods.extend(of_object);
    }
    first_pods.push(pods.len() as u32);
    (pods, first_pods)
}

/// Takes custom resources to be within or outside of namespaces, as their definitions say.
fn scope<'d>(objects: &mut [Object<'d>], definitions: &HashMap<(&'d str, &'d str), u32>) {
    let scope_of = |number: &u32| objects.get(*number as usize).map(|of| of.get("spec.scope").text());
    // A definition says nothing of Kubernetes' own kinds: the API server refuses it.
    let own = |(group, _): &(&str, &str)| schema::is_built_in_group(group);
    let scopes: HashMap<_, _> = definitions
        .iter()
        .filter(|(defined, _)| !own(defined))
        .filter_map(|(defined, number)| Some((*defined, scope_of(number)?)))
        .collect();
    for object in objects {
        match scopes.get(&(object.group(), object.kind())) {
            Some(&"Cluster") => object.set_scope(true),
            Some(&"Namespaced") => object.set_scope(false),
            _ => {}
        }
    }
}

/// All objects of a scan, in the order they were read. What it is asked for it finds by an index, so
/// that a control that asks for every object costs no more than the objects are many.
pub struct Inventory<'d> {
    objects: Vec<Object<'d>>,
    pods: Vec<Pod<'d>>,
    /// The number of each object's first pod, and of all pods at the end: those of one object follow each other.
    first_pods: Vec<u32>,
    /// By kind, then by group.
    kinds: HashMap<&'d str, HashMap<&'d str, OfKind>>,
    /// The [`mark`]s of all kinds: most that are asked for aren't here.
    marks: u64,
    /// By namespace.
    pods_of: HashMap<&'d str, PodsOf>,
    /// Where objects start: address of the document, node, number of the object; sorted.
    roots: Vec<(usize, u32, u32)>,
    default_namespace: &'d str,
    /// Definitions of custom resources, by the group and the kind that they define.
    definitions: HashMap<(&'d str, &'d str), u32>,
    /// What is wrong with each object, found when it is first asked for.
    problems: Vec<OnceLock<Box<[Found]>>>,
    derived: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    hasher: RandomState,
}

impl<'d> Inventory<'d> {
    /// `default_namespace` is where objects go that name no namespace.
    pub fn new(mut objects: Vec<Object<'d>>, default_namespace: &'d str) -> Self {
        let defined = |(number, object)| Some((schema::defined(object)?, number));
        let definitions: HashMap<_, _> = (0..).zip(&objects).filter_map(defined).collect();
        if !definitions.is_empty() {
            scope(&mut objects, &definitions);
        }
        let ((kinds, marks, roots), (pods, first_pods)) = if objects.len() <= FEW {
            (by_kind(&objects), pods_of(objects.iter().map(|object| Pod::all_of(*object)).collect()))
        } else {
            let of_object = |object: &Object<'d>| Pod::all_of(*object);
            let find_pods = || pods_of(objects.par_iter().with_min_len(FEW).map(of_object).collect());
            rayon::join(|| by_kind(&objects), find_pods)
        };
        let problems = objects.iter().map(|_| OnceLock::new()).collect();
        let mut inventory = Inventory {
            objects,
            pods,
            first_pods,
            kinds,
            marks,
            pods_of: HashMap::default(),
            roots,
            default_namespace,
            definitions,
            problems,
            derived: RwLock::default(),
            hasher: RandomState::default(),
        };
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

    /// Every pod and pod template of an object of this inventory.
    pub fn pods_of(&self, object: &Object<'d>) -> &[Pod<'d>] {
        let pods = self.number_of(object).and_then(|number| {
            let (first, end) = (self.first_pods.get(number)?, self.first_pods.get(number + 1)?);
            self.pods.get(*first as usize..*end as usize)
        });
        pods.unwrap_or_default()
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
        self.at(numbers)
    }

    /// Objects of a group and kind that go to a namespace.
    pub fn of_kind_in<'i>(
        &'i self,
        group: &str,
        kind: &str,
        namespace: &str,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let numbers = self.kind(group, kind).map_or(&[][..], |of_kind| {
            let namespace_of = |number| self.namespace_of(&self.objects[number as usize]);
            of_kind.in_namespace(namespace, &self.hasher, namespace_of)
        });
        self.at(numbers)
    }

    /// Objects of a group, kind and name, in whatever namespace.
    pub fn named<'i>(
        &'i self,
        group: &str,
        kind: &str,
        name: &str,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let numbers = self.kind(group, kind).map_or(&[][..], |of_kind| {
            of_kind.named(name, &self.hasher, |number| self.objects[number as usize].name())
        });
        self.at(numbers)
    }

    fn kind(&self, group: &str, kind: &str) -> Option<&OfKind> {
        if self.marks & mark(kind) == 0 {
            return None;
        }
        self.kinds.get(kind)?.get(group)
    }

    fn at<'i>(&'i self, numbers: &'i [u32]) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
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

    /// Where objects go that name no namespace.
    pub fn default_namespace(&self) -> &'d str {
        self.default_namespace
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

    fn number_of(&self, object: &Object<'d>) -> Option<usize> {
        let root = place(object.root());
        let at = self.roots.binary_search_by_key(&root, |&(document, node, _)| (document, node)).ok()?;
        self.roots.get(at).map(|&(_, _, number)| number as usize)
    }

    /// What an object of this inventory says that the API server would refuse to read.
    pub fn problems_of<'i>(&'i self, object: &Object<'d>) -> impl Iterator<Item = Problem<'d>> + use<'i, 'd> {
        let found = self.number_of(object).and_then(|number| self.problems.get(number));
        let found = found.map(|found| found.get_or_init(|| schema::problems(object).into_boxed_slice()));
        let document = object.root().document();
        found.into_iter().flatten().filter_map(move |found| found.in_document(document))
    }

    /// What the definition of an object's kind says of its version, where it was read too.
    pub fn definition_of(&self, object: &Object<'d>) -> Option<Definition<'d>> {
        Definition::of(self.definition(object)?, object.version())
    }

    /// The versions of an object's kind that its definition serves; `None` where none was read.
    pub fn versions_of(&self, object: &Object<'d>) -> Option<impl Iterator<Item = &'d str> + use<'d>> {
        self.definition(object).map(schema::served_versions)
    }

    fn definition(&self, object: &Object<'d>) -> Option<&Object<'d>> {
        if self.definitions.is_empty() {
            return None;
        }
        let number = self.definitions.get(&(object.group(), object.kind()))?;
        self.objects.get(*number as usize)
    }

    /// What an object of a custom resource says that its definition doesn't let it. Nothing where no
    /// definition of it was read.
    pub fn custom_problems_of(&self, object: &Object<'d>) -> Vec<CustomProblem<'d>> {
        self.definition_of(object).map_or_else(Vec::new, |definition| definition.problems(object))
    }

    /// Whether it is known which fields an object may have.
    pub fn has_schema(&self, object: &Object<'d>) -> bool {
        object.served().is_some() || self.definition_of(object).is_some()
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
        self.pods_with(namespace, &mut selector.labels())
            .filter(move |pod| selector.matches(Labels(pod.labels())))
    }

    /// Pods of a namespace among which are all that have these labels: few where one of them is rare.
    pub fn pods_with<'i, 'l>(
        &'i self,
        namespace: &str,
        labels: &mut dyn Iterator<Item = (&'l str, &'l str)>,
    ) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
        let numbers = self
            .pods_of
            .get(namespace)
            .map_or(&[][..], |of_namespace| of_namespace.with_labels(labels, &self.pods, &self.hasher));
        numbers.iter().filter_map(|number| self.pods.get(*number as usize))
    }

    /// Objects of a group and kind that have a text at a path: those that refer to something by its name.
    pub fn referring(&self, group: &str, kind: &str, path: &'static str, text: &str) -> Vec<&Object<'d>> {
        let Some(of_kind) = self.kind(group, kind) else { return Vec::new() };
        let index = of_kind.by_hash(path, |all| {
            let mut index: HashMap<_, Vec<u32>> = HashMap::default();
            for &number in all {
                let text = self.objects[number as usize].get(path).text();
                index.entry(self.hasher.hash_one(text)).or_default().push(number);
            }
            index
        });
        let numbers = index.get(&self.hasher.hash_one(text)).map_or(&[][..], Vec::as_slice);
        numbers
            .iter()
            .filter_map(|number| self.objects.get(*number as usize))
            .filter(|object| object.get(path).text() == text)
            .collect()
    }

    /// Objects of a group and kind among which are all that have these labels: few where one of them is
    /// rare.
    pub fn labelled<'l>(
        &self,
        group: &str,
        kind: &str,
        labels: &mut dyn Iterator<Item = (&'l str, &'l str)>,
    ) -> Vec<&Object<'d>> {
        let Some(of_kind) = self.kind(group, kind) else { return Vec::new() };
        let index = of_kind.by_hash("metadata.labels", |all| {
            let mut index: HashMap<_, Vec<u32>> = HashMap::default();
            for &number in all {
                for (key, value) in self.objects[number as usize].labels().entries() {
                    if let Some(value) = value.as_str() {
                        index.entry(self.hasher.hash_one((key, value))).or_default().push(number);
                    }
                }
            }
            index
        });
        let rarest = labels
            .map(|label| index.get(&self.hasher.hash_one(label)).map_or(&[][..], Vec::as_slice))
            .min_by_key(|numbers| numbers.len());
        let numbers = rarest.unwrap_or(of_kind.all());
        numbers.iter().filter_map(|number| self.objects.get(*number as usize)).collect()
    }

    /// Objects of a group and kind in a namespace whose selector at a path matches labels. An empty
    /// selector matches, and so does an absent one: callers decide what that means.
    pub fn selecting<'i, 'l>(
        &'i self,
        group: &str,
        kind: &str,
        path: &'static str,
        namespace: &'l str,
        labels: Labels<'l>,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd, 'l> {
        let of_kind = self.kind(group, kind);
        let hash = |namespace: &str, label: Option<(&str, &str)>| self.hasher.hash_one((namespace, label));
        let selector = move |object: &Object<'d>| LabelSelector::new(object.get(path));
        // Each object stands under the rarest of the labels that its selector asks for.
        let index = of_kind.map(|of_kind| {
            of_kind.by_hash(path, |all| {
                let hashes = |object: &Object<'d>| {
                    let namespace = self.namespace_of(object);
                    let hashes: Vec<_> =
                        selector(object).labels().map(|label| hash(namespace, Some(label))).collect();
                    if hashes.is_empty() { vec![hash(namespace, None)] } else { hashes }
                };
                let mut count: HashMap<u64, u32> = HashMap::default();
                for object in all.iter().filter_map(|number| self.objects.get(*number as usize)) {
                    hashes(object).into_iter().for_each(|hash| *count.entry(hash).or_default() += 1);
                }
                let mut index: HashMap<_, Vec<u32>> = HashMap::default();
                for &number in all {
                    let hashes = hashes(&self.objects[number as usize]);
                    if let Some(rarest) = hashes.into_iter().min_by_key(|hash| count.get(hash)) {
                        index.entry(rarest).or_default().push(number);
                    }
                }
                index
            })
        });
        let entries = labels.0.entries().filter_map(|(key, value)| Some((key, value.as_str()?)));
        let mut numbers: Vec<u32> = Vec::new();
        if let Some(index) = index {
            let lists = std::iter::once(None).chain(entries.map(Some));
            lists
                .filter_map(|label| index.get(&hash(namespace, label)))
                .for_each(|list| numbers.extend(list));
            // Stable, as it is quickest for lists that are sorted each.
            numbers.sort();
            numbers.dedup();
        }
        numbers
            .into_iter()
            .filter_map(|number| self.objects.get(number as usize))
            .filter(move |object| self.namespace_of(object) == namespace && selector(object).matches(labels))
    }

    /// Something that is worked out from the inventory once, whoever asks first. It is known by its type.
    pub fn derived<T: Any + Send + Sync>(&self, make: impl FnOnce(&Self) -> T) -> Arc<T> {
        let known = || {
            let known = self.derived.read().unwrap_or_else(PoisonError::into_inner);
            known.get(&TypeId::of::<T>()).map(Arc::clone)?.downcast().ok()
        };
        known().unwrap_or_else(|| {
            // Made outside of the lock: it may ask for something derived itself.
            let made = Arc::new(make(self));
            let mut derived = self.derived.write().unwrap_or_else(PoisonError::into_inner);
            let kept = derived.entry(TypeId::of::<T>()).or_insert_with(|| Arc::clone(&made) as _);
            Arc::clone(kept).downcast().unwrap_or(made)
        })
    }
}

/// One of 64 bits that stands for a kind.
fn mark(kind: &str) -> u64 {
    let bytes = kind.as_bytes();
    let letter = |byte: Option<&u8>| u64::from(byte.copied().unwrap_or_default());
    1 << ((bytes.len() as u64 * 5 + letter(bytes.first()) * 3 + letter(bytes.get(4))) % 64)
}

/// The address of a value's document, and its node there.
fn place(value: Value<'_>) -> (usize, u32) {
    (std::ptr::from_ref(value.document()).addr(), value.node())
}

#[cfg(test)]
mod tests {
    use plimsoll_doc::{Document, Limits, SourceFile, parse};

    use super::*;
    use crate::objects;

    /// Many pods and budgets, so that no index is passed over: the even ones in `a`, the others in `b`.
    fn text() -> String {
        let mut text = String::from(
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {team: x}}\n---\napiVersion: example.com/v1\nkind: Pod\nmetadata: {name: p-0, namespace: a}\n",
        );
        for number in 0..40 {
            let namespace = if number % 2 == 0 { "a" } else { "b" };
            text.push_str(&format!(
                "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p-{number}, namespace: {namespace}, labels: {{app: app-{number}, all: 'yes'}}}}\nspec: {{containers: []}}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: p-{number}, namespace: {namespace}}}\nspec: {{selector: {{matchLabels: {{all: 'yes', app: app-{number}}}}}}}\n"
            ));
        }
        text.push_str(
            "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: every, namespace: a}\nspec: {selector: {}}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: some, namespace: a}\nspec: {selector: {matchExpressions: [{key: app, operator: In, values: [app-2, app-4]}]}}\n",
        );
        text
    }

    fn with(look: impl Fn(&Inventory<'_>)) {
        let file = std::sync::Arc::new(SourceFile::new("test.yaml", text().into_bytes()));
        let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
        let mut found = Vec::new();
        for document in &documents {
            objects(document.root(), |object| found.push(object.expect("an object")));
        }
        look(&Inventory::new(found, "default"));
    }

    fn names<'i, 'd: 'i>(objects: impl IntoIterator<Item = &'i Object<'d>>) -> Vec<&'d str> {
        objects.into_iter().map(Object::name).collect()
    }

    #[test]
    fn objects_are_found_by_name_and_namespace() {
        with(|inventory| {
            assert_eq!(inventory.of_kind("", "Pod").count(), 40, "the other group's is none of them");
            assert_eq!(inventory.of_kind_in("", "Pod", "b").count(), 20);
            assert_eq!(names(inventory.of_kind_in("", "Pod", "a"))[..3], ["p-0", "p-2", "p-4"]);
            assert_eq!(inventory.of_kind_in("", "Pod", "c").count(), 0);
            assert!(inventory.find("", "Pod", "b", "p-7").is_some());
            assert!(inventory.find("", "Pod", "a", "p-7").is_none());
            assert!(inventory.find("", "Namespace", "anything", "a").is_some());
            assert_eq!(inventory.named("", "Pod", "p-0").count(), 1);
            assert_eq!(inventory.named("", "Pod", "p").count(), 0);
        });
    }

    #[test]
    fn objects_are_found_by_what_they_say() {
        with(|inventory| {
            let labels = |label| names(inventory.labelled("", "Namespace", &mut std::iter::once(label)));
            assert_eq!(labels(("team", "x")), ["a"]);
            assert_eq!(labels(("team", "y")), [""; 0]);
            let budgets =
                |name| inventory.referring("policy", "PodDisruptionBudget", "metadata.name", name).len();
            assert_eq!([budgets("p-3"), budgets("p-40"), budgets("")], [1, 0, 0]);
        });
    }

    #[test]
    fn selectors_are_answered_as_without_an_index() {
        with(|inventory| {
            for pod in inventory.pods() {
                let (labels, namespace) = (Labels(pod.labels()), inventory.namespace_of(&pod.object()));
                let path = "spec.selector";
                let quick = inventory.selecting("policy", "PodDisruptionBudget", path, namespace, labels);
                let slow = inventory.of_kind("policy", "PodDisruptionBudget").filter(|budget| {
                    inventory.namespace_of(budget) == namespace
                        && LabelSelector::new(budget.get(path)).matches(labels)
                });
                assert_eq!(names(quick), names(slow), "{}", pod.object().name());
            }
            for budget in inventory.of_kind("policy", "PodDisruptionBudget") {
                let selector = LabelSelector::new(budget.get("spec.selector"));
                let namespace = inventory.namespace_of(budget);
                let quick = inventory.selected(namespace, selector).map(|pod| pod.object().name());
                let slow = inventory.pods_in(namespace).filter(|pod| selector.matches(Labels(pod.labels())));
                assert!(quick.eq(slow.map(|pod| pod.object().name())), "{}", budget.name());
            }
        });
    }

    #[test]
    fn what_is_derived_is_worked_out_once() {
        struct Count(usize);
        with(|inventory| {
            assert_eq!(inventory.derived(|inventory| Count(inventory.objects().len())).0, 84);
            assert_eq!(inventory.derived(|_| Count(0)).0, 84);
        });
    }
}
