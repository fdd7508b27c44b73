//! Objects: what a document holds, lists taken apart.

use plimsoll_doc::{Kind, Value};

use crate::schema::{self, Served};
use crate::{Field, is_cluster_scoped};

/// A Kubernetes object: a view of a mapping that has an `apiVersion` and a `kind`.
#[derive(Clone, Copy)]
pub struct Object<'d> {
    root: Value<'d>,
    api_version: &'d str,
    kind: &'d str,
    // Everybody asks for these, often.
    group: &'d str,
    version: &'d str,
    name: &'d str,
    namespace: Option<&'d str>,
    is_cluster_scoped: bool,
    known: Option<&'static schema::Kind>,
}

/// Something that looks like a Kubernetes object and cannot be read as one.
#[derive(Clone, Copy, Debug)]
pub struct ObjectError<'d> {
    pub at: Value<'d>,
    pub reason: &'static str,
}

/// The objects of a document: itself, or the items of its list, lists within lists too.
/// A value that is no Kubernetes object gives nothing, unless it stands where one has to: as an item of a `List`.
pub fn objects<'d>(root: Value<'d>, mut visit: impl FnMut(Result<Object<'d>, ObjectError<'d>>)) {
    if let Some(item) = stray(root) {
        visit(Err(ObjectError {
            at: item,
            reason: "it stands in a list of no kind: make that a List with items",
        }));
    }
    // A stack and not recursion: a list within a list within a list is bounded by the document alone.
    let mut open = vec![(root, Item::Nothing)];
    while let Some((value, of)) = open.pop() {
        match read(value, of) {
            Some(Ok(object)) => match object.list_items() {
                Some(items) => {
                    let item = item_type(object);
                    let from = open.len();
                    open.extend(items.items().map(|field| (field.anchor(), item)));
                    open[from..].reverse();
                }
                None if object.is("", "List") && object.get("items").exists() => {
                    let at = object.get("items").anchor();
                    visit(Err(ObjectError { at, reason: "the items of a List are no list" }));
                }
                None => visit(Ok(object)),
            },
            Some(Err(error)) => visit(Err(error)),
            None => {}
        }
    }
}

/// The first of some objects in a list that is the whole document: nobody takes them so.
fn stray(root: Value<'_>) -> Option<Value<'_>> {
    let is_text = |item: Value<'_>, key| item.get(key).is_some_and(|value| value.as_str().is_some());
    root.items()
        .find(|item| is_text(*item, "apiVersion") && is_text(*item, "kind") && looks_like_object(*item))
}

/// What a value is an item of.
#[derive(Clone, Copy)]
enum Item<'d> {
    Nothing,
    /// A `List`: each item says what it is.
    Any,
    /// A typed list, whose items need not say so themselves: `PodList` holds `Pod`s.
    Typed(&'d str, &'d str),
}

fn item_type(list: Object<'_>) -> Item<'_> {
    match list.kind.strip_suffix("List") {
        Some("") if list.group.is_empty() => Item::Any,
        Some(kind) if !kind.is_empty() => Item::Typed(list.api_version, kind),
        _ => Item::Nothing,
    }
}

fn read<'d>(root: Value<'d>, of: Item<'d>) -> Option<Result<Object<'d>, ObjectError<'d>>> {
    let error = |reason| Some(Err(ObjectError { at: root, reason }));
    if root.kind() != Kind::Mapping {
        return if let Item::Any = of { error("it is no mapping") } else { None };
    }
    let api_version = root.get("apiVersion").filter(|value| !value.is_null());
    let kind = root.get("kind").filter(|value| !value.is_null());
    let is_meant = || matches!(of, Item::Any) || looks_like_object(root);
    let (api_version, kind) = match (api_version, kind, of) {
        (Some(api_version), Some(kind), _) => (api_version.as_str(), kind.as_str()),
        (None, None, Item::Typed(api_version, kind)) => (Some(api_version), Some(kind)),
        (None, None, Item::Any) => return error("it has no apiVersion and no kind"),
        (None, Some(kind), _) if kind.as_str().is_some() && is_meant() => {
            return error("it has a kind and no apiVersion");
        }
        (Some(_), None, _) if is_meant() => return error("it has an apiVersion and no kind"),
        _ => return None,
    };
    match (api_version, kind) {
        (Some(""), _) => error("its apiVersion is empty"),
        (_, Some("")) => error("its kind is empty"),
        (Some(api_version), Some(kind)) => Some(Ok(Object::typed(root, api_version, kind))),
        (None, _) => error("its apiVersion is not a string"),
        (_, None) => error("its kind is not a string"),
    }
}

/// The group of an `apiVersion`; empty for the core group.
pub fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether a mapping without its type has the other marks of an object.
fn looks_like_object(root: Value<'_>) -> bool {
    let is_mapping = |key| root.get(key).is_some_and(|value| value.kind() == Kind::Mapping);
    is_mapping("metadata") || is_mapping("spec")
}

impl<'d> Object<'d> {
    /// A single object, as an admission request holds one. `None` where it has no type.
    pub fn new(root: Value<'d>) -> Option<Self> {
        read(root, Item::Nothing)?.ok()
    }

    fn typed(root: Value<'d>, api_version: &'d str, kind: &'d str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let known = schema::find(group, version, kind);
        // What everybody compares is text that all objects have in common, not a piece of each document.
        let (kind, group, version) =
            known.map_or((kind, group, version), |known| (known.kind, known.group, known.version));
        let metadata = Field::new(root).get("metadata");
        let name = metadata.get("name").text();
        let is_cluster_scoped = is_cluster_scoped(group, kind);
        let namespace = metadata.get("namespace").as_str().filter(|namespace| !namespace.is_empty());
        Object {
            root,
            api_version,
            kind,
            group,
            version,
            name: if name.is_empty() { metadata.get("generateName").text() } else { name },
            namespace: if is_cluster_scoped { None } else { namespace },
            is_cluster_scoped,
            known,
        }
    }

    /// Takes the object for one within namespaces or outside of them, as the definition of its kind says.
    pub(crate) fn set_scope(&mut self, is_cluster_scoped: bool) {
        let namespace = self.get("metadata.namespace").as_str().filter(|namespace| !namespace.is_empty());
        self.namespace = if is_cluster_scoped { None } else { namespace };
        self.is_cluster_scoped = is_cluster_scoped;
    }

    pub fn root(&self) -> Value<'d> {
        self.root
    }

    /// `apps/v1`
    pub fn api_version(&self) -> &'d str {
        self.api_version
    }

    /// `apps`; empty for the core group.
    pub fn group(&self) -> &'d str {
        self.group
    }

    /// `v1`
    pub fn version(&self) -> &'d str {
        self.version
    }

    pub fn kind(&self) -> &'d str {
        self.kind
    }

    /// What is known of its kind in this version of its group, as [`schema::served`] has it.
    pub fn served(&self) -> Option<Served> {
        self.known?.served()
    }

    /// Whether the object is of this group and kind, whatever its version.
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.kind == kind && self.group() == group
    }

    /// The name, or the prefix that the server makes one from; empty where there is neither.
    pub fn name(&self) -> &'d str {
        self.name
    }

    /// The namespace that the object names itself; `None` where it leaves that to who applies it, and
    /// for kinds outside namespaces.
    pub fn namespace(&self) -> Option<&'d str> {
        self.namespace
    }

    pub fn is_cluster_scoped(&self) -> bool {
        self.is_cluster_scoped
    }

    #[inline]
    pub fn field(&self) -> Field<'d> {
        Field::new(self.root)
    }

    /// The field at a path: `spec.template.spec`.
    #[inline(always)]
    pub fn get(&self, path: &'static str) -> Field<'d> {
        self.field().get(path)
    }

    pub fn annotations(&self) -> Field<'d> {
        self.get("metadata.annotations")
    }

    pub fn annotation(&self, key: &'d str) -> Field<'d> {
        self.annotations().key(key)
    }

    pub fn labels(&self) -> Field<'d> {
        self.get("metadata.labels")
    }

    pub fn label(&self, key: &'d str) -> Field<'d> {
        self.labels().key(key)
    }

    /// The items, where the object is a list.
    fn list_items(&self) -> Option<Field<'d>> {
        let items = self.get("items");
        (self.kind.ends_with("List") && items.is_sequence()).then_some(items)
    }
}

impl std::fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace().unwrap_or(""), self.name())
    }
}
