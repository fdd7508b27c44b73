//! The sink that controls report to.

use std::borrow::Cow;
use std::sync::Arc;

use plimsoll_doc::{Document, Kind, Operation, Span, Step, Value};
use plimsoll_kubernetes::{ContainerKind, Field, Inventory, Object, group_of};

use crate::{
    Check, Control, Finding, Fingerprint, Fix, ObjectName, Parameters, Place, Related, Safety, Severity,
};

/// What a check is given besides its subject: the inventory, the parameters, and a place for findings.
pub struct Findings<'a, 'd> {
    inventory: &'a Inventory<'d>,
    parameters: &'a Parameters,
    speaker: Speaker,
    found: Vec<Found>,
    /// The last objects named, so that their names are made and hashed once for all of their findings.
    names: Vec<Option<Named<'d>>>,
    /// What the last values that findings were reported at share with the next findings there.
    spots: Vec<Option<Spot<'d>>>,
    /// What the last items without a name on the way to findings hold.
    items: Vec<Option<(Value<'d>, u128)>>,
    /// See [`Findings::summary`].
    summary: Option<(Value<'d>, [u128; 2])>,
}

/// Objects whose names are remembered.
const NAMES: usize = 32;

/// Values whose place is remembered.
const SPOTS: usize = 128;

/// How far above a value another one is looked for whose place is remembered.
const NEAR: usize = 4;

/// Items without a name whose content is remembered.
const ITEMS: usize = 16;

/// Where a value is remembered: documents that were read one after another stand so in memory.
fn slot(value: Value<'_>) -> usize {
    let document = std::ptr::from_ref(value.document()).addr() / size_of::<Document>();
    document.wrapping_mul(37).wrapping_add(value.node() as usize)
}

/// A finding, and the place of its control among those that run.
pub(crate) struct Found {
    pub rank: u32,
    pub finding: Box<Finding>,
}

/// The control that speaks, and what its findings have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    pub control: &'static Control,
    severity: Severity,
    /// Its place among the ids of all that run.
    rank: u32,
    /// The hash of its id.
    hash: Hash,
}

impl Speaker {
    pub fn new(control: &'static Control, severity: Severity, rank: u32) -> Speaker {
        let mut hash = Hash::NEW;
        hash.part(control.id);
        Speaker { control, severity, rank, hash }
    }
}

/// An object, what it is called, and the hash of that.
struct Named<'d> {
    root: Value<'d>,
    name: Arc<ObjectName>,
    hash: Hash,
}

/// What is the same for every finding at a value.
struct Spot<'d> {
    anchor: Value<'d>,
    /// Of the object that it stands in, or of the document.
    root: Value<'d>,
    object: Option<Arc<ObjectName>>,
    container: Option<Arc<str>>,
    path: String,
    hash: Hash,
    /// See [`Finding::is_in_unnamed`].
    is_in_unnamed: bool,
}

/// A finding that can still be added to.
pub struct Draft<'f> {
    finding: &'f mut Finding,
    fixable: Fixable,
}

/// Whether the text at a finding can be changed.
#[derive(Clone, Copy)]
enum Fixable {
    Here,
    /// A value that came through an alias stands in other places too.
    Elsewhere,
    /// Rendered text has its source elsewhere.
    Nowhere,
}

/// Who speaks before any control does: nobody asks.
const NOBODY: Control = Control {
    id: "",
    title: "",
    severity: Severity::Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Document(|_, _| {}),
};

impl<'a, 'd> Findings<'a, 'd> {
    pub(crate) fn new(inventory: &'a Inventory<'d>, parameters: &'a Parameters) -> Self {
        let speaker = Speaker { control: &NOBODY, severity: Severity::Low, rank: 0, hash: Hash::NEW };
        Findings {
            inventory,
            parameters,
            speaker,
            found: Vec::new(),
            names: Vec::new(),
            spots: Vec::new(),
            items: Vec::new(),
            summary: None,
        }
    }

    pub(crate) fn speak_for(&mut self, speaker: &Speaker) {
        self.speaker = *speaker;
    }

    pub(crate) fn into_found(self) -> Vec<Found> {
        self.found
    }

    /// All that was read.
    pub fn inventory(&self) -> &'a Inventory<'d> {
        self.inventory
    }

    pub fn parameters(&self) -> &'a Parameters {
        self.parameters
    }

    /// A summary of an object, worked out by the first of the controls in a row that look at it and ask. All who ask
    /// for one of objects of a kind must mean the same by it.
    pub fn summary(&mut self, object: &Object<'d>, work_out: impl FnOnce() -> [u128; 2]) -> [u128; 2] {
        let root = object.root();
        let known = self.summary.filter(|(of, _)| *of == root);
        self.summary.insert(known.unwrap_or_else(|| (root, work_out()))).1
    }

    /// Reports a finding at a field, present or absent. Object, container, path and place follow
    /// from the field.
    pub fn at(&mut self, field: &Field<'d>, message: impl Into<Cow<'static, str>>) -> Draft<'_> {
        self.report(field, message.into())
    }

    fn report(&mut self, field: &Field<'d>, message: Cow<'static, str>) -> Draft<'_> {
        let value = field.anchor();
        let speaker = self.speaker;
        let spot = self.spot(value);
        let path = field.path_below(&spot.path);
        let finding = Box::new(Finding {
            control: speaker.control,
            severity: speaker.severity,
            message,
            object: spot.object.clone(),
            container: spot.container.clone(),
            fingerprint: fingerprint(speaker.hash, spot.hash, field),
            is_in_unnamed: spot.is_in_unnamed,
            path: path.into_boxed_str(),
            place: place(value, shown(field)),
            fix: None,
            is_shared: false,
            related: Box::default(),
            waived: None,
        });
        let fixable = match value.document().file().is_verbatim() {
            false => Fixable::Nowhere,
            true if value.is_shared() => Fixable::Elsewhere,
            true => Fixable::Here,
        };
        self.found.push(Found { rank: speaker.rank, finding });
        let last = self.found.len() - 1;
        Draft { finding: &mut self.found[last].finding, fixable }
    }

    /// What every finding at a value has in common.
    fn spot(&mut self, value: Value<'d>) -> &Spot<'d> {
        if self.spots.is_empty() {
            // Most of those that look at something find nothing.
            self.spots.resize_with(SPOTS, || None);
            self.names.resize_with(NAMES, || None);
        }
        let slot = slot(value) % SPOTS;
        let known = self.spots[slot].take().filter(|spot| spot.anchor == value);
        let spot = known.unwrap_or_else(|| self.new_spot(value));
        self.spots[slot].insert(spot)
    }

    /// The same of a value that isn't remembered.
    fn new_spot(&mut self, value: Value<'d>) -> Spot<'d> {
        let owner = self.inventory.owner_of(value);
        let root = owner.map_or(value.document().root(), |object| object.root());
        // Mostly, something was found near by: what is known of a value above holds here too.
        let above = std::iter::successors(value.parent(), |value| value.parent()).take(NEAR);
        let mut known = above
            .filter_map(|above| self.spots[slot(above) % SPOTS].as_ref().filter(|spot| spot.anchor == above));
        let known = known.next().filter(|spot| spot.root == root);
        let field = Field::new(value);
        let (above, mut spot) = match known {
            Some(known) => {
                let path = field.path_beyond(known.anchor, &known.path);
                let (object, container) = (known.object.clone(), known.container.clone());
                (known.anchor, Spot { anchor: value, object, container, path, ..*known })
            }
            None => {
                let (object, hash) = match owner.map(|object| self.name(object)) {
                    Some(named) => (Some(Arc::clone(&named.name)), named.hash),
                    None => (None, Hash::NEW),
                };
                let path = field.path_from(root);
                (
                    root,
                    Spot { anchor: value, root, object, container: None, path, hash, is_in_unnamed: false },
                )
            }
        };
        spot.is_in_unnamed |= self.add_path(&mut spot.hash, value, above);
        if spot.container.is_none() {
            spot.container = container_of(value);
        }
        spot
    }

    /// Adds the steps from an object to a value to a hash: those of its parent first. Documents have a limited depth.
    /// Tells whether one of them is an item without a name, whose content may change. A text or a number in a list is
    /// all that it is: another one is another item.
    fn add_path(&mut self, hash: &mut Hash, value: Value<'d>, root: Value<'d>) -> bool {
        if value == root {
            return false;
        }
        let is_in_unnamed = value.parent().is_some_and(|parent| self.add_path(hash, parent, root));
        match value.step() {
            Step::Key(key) => hash.part(key),
            Step::Index(_) => match value.get("name").and_then(Value::as_str) {
                Some(name) => hash.part(name),
                None => {
                    hash.wide(self.content(value));
                    return is_in_unnamed || matches!(value.kind(), Kind::Mapping | Kind::Sequence);
                }
            },
            Step::Root => {}
        }
        is_in_unnamed
    }

    /// The hash of what an item holds. Many findings can stand in one.
    fn content(&mut self, item: Value<'d>) -> u128 {
        if self.items.is_empty() {
            self.items.resize_with(ITEMS, || None);
        }
        let slot = slot(item) % ITEMS;
        let known = self.items[slot].filter(|(of, _)| *of == item);
        self.items[slot].insert(known.unwrap_or_else(|| (item, content(item)))).1
    }

    /// Reports a finding at the key of an entry rather than at its value.
    pub fn at_key(&mut self, field: &Field<'d>, message: impl Into<Cow<'static, str>>) -> Draft<'_> {
        let value = field.anchor();
        let draft = self.at(field, message);
        if let Some(span) = value.key_span() {
            draft.finding.place.span = span;
        }
        draft
    }

    /// Reports a finding about an object as a whole.
    pub fn on(&mut self, object: &Object<'d>, message: impl Into<Cow<'static, str>>) -> Draft<'_> {
        let kind = object.get("kind");
        let draft = self.at(&kind, message);
        draft.finding.path = Box::default();
        draft
    }

    fn name(&mut self, object: Object<'d>) -> &Named<'d> {
        let root = object.root();
        let slot = slot(root) % NAMES;
        let known = self.names[slot].take().filter(|named| named.root == root);
        self.names[slot].insert(known.unwrap_or_else(|| {
            let name = ObjectName::of(&object);
            // To write the namespace that holds anyway changes nothing.
            let default = self.inventory.default_namespace();
            let elsewhere = name.namespace.as_deref().filter(|namespace| *namespace != default);
            let hash = Hash::of(&name, elsewhere.unwrap_or(""));
            Named { root, name: Arc::new(name), hash }
        }))
    }
}

impl Draft<'_> {
    /// A fix that takes away what nothing should need.
    pub fn fix(self, operation: Operation) -> Self {
        self.add(Safety::Safe, operation)
    }

    /// A fix that can change how the workload behaves.
    pub fn unsafe_fix(self, operation: Operation) -> Self {
        self.add(Safety::Unsafe, operation)
    }

    /// Another place that belongs to the finding.
    pub fn also(self, field: &Field<'_>, message: impl Into<String>) -> Self {
        let also = Related { message: message.into(), place: place(field.anchor(), shown(field)) };
        let mut related = std::mem::take(&mut self.finding.related).into_vec();
        related.push(also);
        self.finding.related = related.into_boxed_slice();
        self
    }

    fn add(self, safety: Safety, operation: Operation) -> Self {
        match (self.fixable, &mut self.finding.fix) {
            (Fixable::Here, None) => {
                self.finding.fix = Some(Box::new(Fix { safety, operations: vec![operation] }));
            }
            (Fixable::Here, Some(fix)) => {
                fix.safety = fix.safety.max(safety);
                fix.operations.push(operation);
            }
            (Fixable::Elsewhere, _) => self.finding.is_shared = true,
            (Fixable::Nowhere, _) => {}
        }
        self
    }
}

fn place(value: Value<'_>, span: Span) -> Place {
    let document: &Document = value.document();
    Place { file: Arc::clone(document.file()), document: document.span().start, span }
}

impl Place {
    /// Where a person should look for a field, absent or not.
    pub fn of(field: &Field<'_>) -> Place {
        place(field.anchor(), shown(field))
    }
}

/// What a person should look at: a scalar itself, the key of a collection or of what lacks a field,
/// and for an item of a list its first line.
fn shown(field: &Field<'_>) -> Span {
    let value = field.anchor();
    let is_collection = matches!(value.kind(), Kind::Mapping | Kind::Sequence);
    let span = value.span();
    if !is_collection && field.absent().next().is_none() && span.start < span.end {
        return span;
    }
    if let Some(key) = value.key_span() {
        return key;
    }
    // A merge key brings entries that stand elsewhere: the first one written here is meant.
    let is_here = |entry: &Value<'_>| {
        entry.key_span().is_some_and(|key| key.start >= span.start && key.end <= span.end)
    };
    match value.entries().map(|(_, entry)| entry).find(is_here) {
        Some(first) => {
            let start = first.key_span().unwrap_or(first.span()).start;
            let end = if matches!(first.kind(), Kind::Mapping | Kind::Sequence) {
                first.key_span().unwrap_or(first.span()).end
            } else {
                first.span().end
            };
            Span { start, end: end.max(start) }
        }
        None => value.span(),
    }
}

/// The name of the container that a value stands in.
fn container_of(value: Value<'_>) -> Option<Arc<str>> {
    let mut value = value;
    loop {
        let parent = value.parent()?;
        if value.index().is_some()
            && let Some(list) = parent.key()
            && [ContainerKind::Init, ContainerKind::App, ContainerKind::Ephemeral]
                .iter()
                .any(|kind| kind.list() == list)
        {
            return value.get("name")?.as_str().map(Arc::from);
        }
        value = parent;
    }
}

/// See [`Fingerprint`]. What isn't there is hashed as it would be if it were, so that an empty mapping on the way to a
/// field makes no difference.
fn fingerprint(control: Hash, mut place: Hash, field: &Field<'_>) -> Fingerprint {
    for (path, is_dotted) in field.absent_paths() {
        path.as_bytes().split(|byte| is_dotted && *byte == b'.').for_each(|key| place.bytes(key));
    }
    // Two controls at one place are as far apart as their ids' hashes.
    Fingerprint(place.0.wrapping_mul(ODD) ^ control.0)
}

/// The hash of a value by what it means: however it is written, and in whatever order its keys are.
fn content(value: Value<'_>) -> u128 {
    let mut hash = Hash::NEW;
    match value.kind() {
        Kind::Mapping => {
            let entry = |(key, value): (&str, Value<'_>)| {
                let mut hash = Hash::NEW;
                hash.part(key);
                hash.wide(content(value));
                hash.0
            };
            hash.part("{");
            hash.wide(value.entries().map(entry).fold(0, u128::wrapping_add));
        }
        Kind::Sequence => {
            hash.part("[");
            value.items().for_each(|item| hash.wide(content(item)));
        }
        Kind::Bool => hash.part(if value.as_bool() == Some(true) { "true" } else { "false" }),
        Kind::String => {
            hash.part("\"");
            hash.part(value.as_str().unwrap_or(""));
        }
        Kind::Null => hash.part("null"),
        Kind::Integer | Kind::Float => {
            hash.part("1");
            let float = || value.as_f64().unwrap_or_default().to_bits();
            hash.mix(value.as_i64().map_or_else(float, i64::cast_unsigned));
        }
    }
    hash.0
}

/// Any odd number of many digits.
const ODD: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

/// A hash of texts, the same on every machine and in every version: bytes are mixed in by a product, eight at a time.
/// Each step can be undone, so texts of which eight bytes differ never are alike.
#[derive(Clone, Copy, Debug)]
struct Hash(u128);

impl Hash {
    const NEW: Hash = Hash(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);

    /// The part of a fingerprint that all findings of an object share.
    fn of(object: &ObjectName, namespace: &str) -> Hash {
        let mut hash = Hash::NEW;
        // Without the version: moving a Deployment from apps/v1beta1 to apps/v1 mends nothing else.
        hash.part(group_of(&object.api_version));
        hash.part(&object.kind);
        hash.part(namespace);
        hash.part(&object.name);
        hash
    }

    /// Adds a text and its end.
    fn part(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn bytes(&mut self, text: &[u8]) {
        let (words, rest) = text.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        // Seven bytes at most, and how many.
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        last[7] = rest.len() as u8 + 1;
        self.mix(u64::from_le_bytes(last));
        // What ends a text is no part of one.
        self.0 = self.0.rotate_left(41);
    }

    fn wide(&mut self, number: u128) {
        self.mix(number as u64);
        self.mix((number >> 64) as u64);
    }

    fn mix(&mut self, word: u64) {
        let product = (self.0 ^ u128::from(word)).wrapping_mul(ODD);
        self.0 = product ^ product >> 64;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let hash = |parts: &[&str]| {
            let mut hash = Hash::NEW;
            parts.iter().for_each(|part| hash.part(part));
            hash.0
        };
        let mut texts: Vec<String> = (0..40).map(|length| "a".repeat(length)).collect();
        texts.extend((0..40).map(|length| "\0".repeat(length)));
        texts.extend((0..40).map(|at| format!("{}b{}", "a".repeat(at), "a".repeat(39 - at))));
        let singles = texts.iter().map(|text| hash(&[text]));
        let pairs = texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b)));
        let pairs = pairs.map(|(a, b)| hash(&[a, b]));
        let all: Vec<u128> = singles.chain(pairs).collect();
        let ways: HashSet<u128> = all.iter().copied().collect();
        // `"a" * 0` and `"\0" * 0` are the same text.
        let texts: HashSet<&String> = texts.iter().collect();
        assert_eq!(ways.len(), texts.len() + texts.len() * texts.len());
        assert_ne!(hash(&["abcdefg\x08"]), hash(&["abcdefg", ""]));
        // Each half of the hash alone tells as much.
        let halves = |half: fn(u128) -> u64| all.iter().map(|hash| half(*hash)).collect::<HashSet<_>>().len();
        assert_eq!([halves(|hash| hash as u64), halves(|hash| (hash >> 64) as u64)], [ways.len(); 2]);
    }

    /// The fingerprints of what is reported of an object, where a namespace is that of objects which name none.
    fn fingerprints(
        text: &str,
        namespace: &str,
        report: impl for<'d> FnOnce(&Object<'d>, &mut Findings<'_, 'd>),
    ) -> Vec<Fingerprint> {
        let documents = crate::testing::documents("test.yaml", text);
        let mut objects = Vec::new();
        plimsoll_kubernetes::objects(documents[0].root(), |object| objects.extend(object.ok()));
        let inventory = Inventory::new(objects.clone(), namespace);
        let parameters = Parameters::default();
        let mut found = Findings::new(&inventory, &parameters);
        report(&objects[0], &mut found);
        let of = |found: Found| found.finding.fingerprint;
        found.into_found().into_iter().map(of).collect()
    }

    #[test]
    fn a_fingerprint_is_of_a_path_whatever_of_it_is_there() {
        let fingerprint = |spec: &str, path: &'static str| {
            let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {spec}\n");
            fingerprints(&text, "default", |object, found| {
                found.at(&object.get(path), "nothing");
            })[0]
        };
        let path = "spec.securityContext.runAsNonRoot";
        let wanted = fingerprint("{}", path);
        for spec in
            ["", "{securityContext: }", "{securityContext: {}}", "{securityContext: {runAsNonRoot: 1}}"]
        {
            assert_eq!(fingerprint(spec, path), wanted, "{spec}");
        }
        assert_ne!(fingerprint("{}", "spec.securityContext.runAsUser"), wanted);
        assert_ne!(fingerprint("{}", "spec.securityContext"), wanted);
    }

    #[test]
    fn what_was_found_above_changes_nothing() {
        let text = "apiVersion: v1\nkind: List\nmetadata: {name: l}\nitems:\n- apiVersion: v1\n  kind: Pod\n  \
                    metadata: {name: a}\n  spec: {containers: [{name: c, ports: [{containerPort: 1}]}]}\n- \
                    apiVersion: v1\n  kind: Pod\n  metadata: {name: b}\n  spec: {containers: [{image: i}]}\n";
        let documents = crate::testing::documents("test.yaml", text);
        let root = documents[0].root();
        let mut objects = Vec::new();
        plimsoll_kubernetes::objects(root, |object| objects.extend(object.ok()));
        assert_eq!(objects.len(), 2);
        let inventory = Inventory::new(objects, "default");
        let parameters = Parameters::default();
        let mut values = vec![root];
        root.walk(|value| {
            values.push(value);
            true
        });
        let found = |values: &mut dyn Iterator<Item = Value<'_>>| {
            let mut found = Findings::new(&inventory, &parameters);
            values.for_each(|value| {
                found.at(&Field::new(value), "nothing");
            });
            let known = |found: Found| {
                let Finding { object, container, path, fingerprint, is_in_unnamed, .. } = *found.finding;
                (object, container, path, fingerprint, is_in_unnamed)
            };
            found.into_found().into_iter().map(known).collect::<Vec<_>>()
        };
        let alone: Vec<_> = values.iter().flat_map(|value| found(&mut [*value].into_iter())).collect();
        assert_eq!(found(&mut values.iter().copied()), alone);
        let (object, container, path, ..) =
            alone.iter().find(|known| known.2.ends_with("containerPort")).expect("a port");
        assert_eq!(object.as_ref().map(|object| &*object.name), Some("a"));
        assert_eq!((container.as_deref(), &**path), (Some("c"), "spec.containers[0].ports[0].containerPort"));
    }

    #[test]
    fn a_text_in_a_list_is_what_it_says() {
        let found = |list: &str| {
            let text = format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nadd: [{list}]\nrules: [{{a: [{list}]}}]\n"
            );
            let documents = crate::testing::documents("test.yaml", &text);
            let mut objects = Vec::new();
            plimsoll_kubernetes::objects(documents[0].root(), |object| objects.extend(object.ok()));
            let inventory = Inventory::new(objects, "default");
            let parameters = Parameters::default();
            let mut found = Findings::new(&inventory, &parameters);
            for object in inventory.objects() {
                found.at(&object.get("add").items().next().expect("an item"), "nothing");
                let rule = object.get("rules").items().next().expect("a rule");
                found.at(&rule.get("a").items().next().expect("an item"), "nothing");
            }
            let known = |found: Found| {
                let finding = found.finding;
                (finding.fingerprint, finding.is_in_unnamed)
            };
            found.into_found().into_iter().map(known).collect::<Vec<_>>()
        };
        let (one, other) = (found("SYS_ADMIN"), found("SYS_PTRACE"));
        assert!(one.iter().zip(&other).all(|(one, other)| one.0 != other.0));
        // In the list of a mapping without a name, which may have changed elsewhere, places help.
        assert_eq!([one[0].1, one[1].1], [false, true]);
        assert_eq!(found("SYS_ADMIN, NET_ADMIN")[0], one[0], "what follows it is another item");
    }

    #[test]
    fn an_item_without_a_name_is_known_by_what_it_holds() {
        let fingerprints = |rules: &str| {
            let text = format!("apiVersion: v1\nkind: Thing\nmetadata: {{name: a}}\nrules:\n{rules}");
            fingerprints(&text, "default", |object, found| {
                for rule in object.get("rules").items() {
                    found.at(&rule.get("verbs"), "nothing");
                }
            })
        };
        let one = fingerprints("- {verbs: [get, '1'], a: 1, b: yes, c: }\n")[0];
        let rewritten = "- x: 1\n- b: true\n  a: 1\n  c: null\n  verbs:\n  - \"get\"\n  - '1'\n";
        assert_eq!(fingerprints(rewritten)[1], one);
        for other in
            ["{verbs: [get, 1], a: 1, b: yes, c: }", "{verbs: ['1', get], a: 1, b: yes, c: }", "{a: 1}"]
        {
            assert_ne!(fingerprints(&format!("- {other}\n"))[0], one, "{other}");
        }
        let named = "- {name: r, verbs: [get]}\n- {name: s, verbs: [get]}\n- {name: r, verbs: [list]}\n";
        let [r, s, again] = fingerprints(named)[..] else { panic!("three") };
        assert!(r == again && r != s);
    }

    #[test]
    fn the_namespace_that_holds_anyway_may_be_written() {
        let fingerprint = |namespace: &str| {
            let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web{namespace}}}\n");
            fingerprints(&text, "shop", |object, found| {
                found.on(object, "nothing");
            })[0]
        };
        assert_eq!(fingerprint(""), fingerprint(", namespace: shop"));
        assert_ne!(fingerprint(""), fingerprint(", namespace: default"));
    }

    #[test]
    fn the_hash_is_the_same_in_every_version() {
        let mut hash = Hash::NEW;
        ["apps", "Deployment", "", "a name of some length", "spec"].iter().for_each(|part| hash.part(part));
        assert_eq!(format!("{:032x}", hash.0), "f89ab25c35370fc1e9385068da48fbb8");
    }
}
