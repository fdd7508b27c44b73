//! The sink that controls report to.

use std::sync::Arc;

use plimsoll_doc::{Document, Kind, Operation, Span, Step, Value};
use plimsoll_kubernetes::{ContainerKind, Field, Inventory, Object};

use crate::{
    Check, Control, Finding, Fingerprint, Fix, ObjectName, Parameters, Place, Related, Safety, Severity,
};

/// What a check is given besides its subject: the inventory, the parameters, and a place for findings.
pub struct Findings<'a, 'd> {
    inventory: &'a Inventory<'d>,
    parameters: &'a Parameters,
    speaker: Speaker,
    found: Vec<Found>,
    /// The last object named, so that its name is made and hashed once for all of its findings.
    last: Option<Named<'d>>,
    /// What the last values that findings were reported at share with the next findings there.
    spots: [Option<Spot<'d>>; SPOTS],
    /// See [`Findings::summary`].
    summary: Option<(Value<'d>, [u128; 2])>,
}

/// Values whose place is remembered.
const SPOTS: usize = 32;

/// Findings that a sink has room for at first: they are large, and not to be moved while more are found.
const ROOM: usize = 64;

/// A finding, and the place of its control among those that run.
pub(crate) struct Found {
    pub rank: u32,
    /// Until it is taken to its place among all of them.
    pub finding: Option<Finding>,
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
    object: Option<Arc<ObjectName>>,
    container: Option<Arc<str>>,
    path: String,
    hash: Hash,
}

/// A finding that can still be added to.
pub struct Draft<'f> {
    finding: &'f mut Finding,
    fixable: bool,
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
            found: Vec::with_capacity(ROOM),
            last: None,
            spots: [const { None }; SPOTS],
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
    pub fn at(&mut self, field: &Field<'d>, message: impl Into<String>) -> Draft<'_> {
        self.report(field, message.into())
    }

    fn report(&mut self, field: &Field<'d>, message: String) -> Draft<'_> {
        let value = field.anchor();
        let speaker = self.speaker;
        let spot = self.spot(value);
        let finding = Finding {
            control: speaker.control,
            severity: speaker.severity,
            message,
            object: spot.object.clone(),
            container: spot.container.clone(),
            path: field.path_below(&spot.path).into_boxed_str(),
            place: place(value, shown(field)),
            fix: None,
            related: Box::default(),
            waived: None,
            fingerprint: fingerprint(speaker.hash, spot.hash, field),
        };
        let fixable = !value.is_shared() && value.document().file().is_verbatim();
        self.found.push(Found { rank: speaker.rank, finding: None });
        let last = self.found.len() - 1;
        Draft { finding: self.found[last].finding.insert(finding), fixable }
    }

    /// What every finding at a value has in common.
    fn spot(&mut self, value: Value<'d>) -> &Spot<'d> {
        let slot = value.node() as usize % SPOTS;
        let known = self.spots[slot].take().filter(|spot| spot.anchor == value);
        let spot = known.unwrap_or_else(|| {
            let owner = self.inventory.owner_of(value);
            let root = owner.map_or(value.document().root(), |object| object.root());
            let (object, hash) = match owner.map(|object| self.name(object)) {
                Some(named) => (Some(Arc::clone(&named.name)), named.hash),
                None => (None, Hash::NEW),
            };
            let path = Field::new(value).path_from(root);
            let hash = hash.place(value, root);
            Spot { anchor: value, object, container: container_of(value), path, hash }
        });
        self.spots[slot].insert(spot)
    }

    /// Reports a finding at the key of an entry rather than at its value.
    pub fn at_key(&mut self, field: &Field<'d>, message: impl Into<String>) -> Draft<'_> {
        let value = field.anchor();
        let draft = self.at(field, message);
        if let Some(span) = value.key_span() {
            draft.finding.place.span = span;
        }
        draft
    }

    /// Reports a finding about an object as a whole.
    pub fn on(&mut self, object: &Object<'d>, message: impl Into<String>) -> Draft<'_> {
        let kind = object.get("kind");
        let draft = self.at(&kind, message);
        draft.finding.path = Box::default();
        draft
    }

    fn name(&mut self, object: Object<'d>) -> &Named<'d> {
        let root = object.root();
        let known = self.last.take().filter(|named| named.root == root);
        self.last.insert(known.unwrap_or_else(|| {
            let name = ObjectName::of(&object);
            let hash = Hash::of(&name);
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

    /// A value that came through an alias stands in other places too, and rendered text has its source
    /// elsewhere: neither is fixed here.
    fn add(self, safety: Safety, operation: Operation) -> Self {
        if self.fixable {
            match &mut self.finding.fix {
                None => self.finding.fix = Some(Box::new(Fix { safety, operations: vec![operation] })),
                Some(fix) => {
                    fix.safety = fix.safety.max(safety);
                    fix.operations.push(operation);
                }
            }
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

/// See [`Fingerprint`].
fn fingerprint(control: Hash, place: Hash, field: &Field<'_>) -> Fingerprint {
    let mut place = place;
    for (path, is_dotted) in field.absent_paths() {
        // Each key is a part.
        place.parts(path, if is_dotted { b'.' } else { 0 });
    }
    // Any odd number of many digits: two controls at one place are as far apart as their ids' hashes.
    Fingerprint(place.0.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) ^ control.0)
}

#[derive(Clone, Copy, Debug)]
struct Hash(u128);

/// FNV-1a, the same on every machine and in every version.
impl Hash {
    const NEW: Hash = Hash(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);

    /// The part of a fingerprint that all findings of an object share.
    fn of(object: &ObjectName) -> Hash {
        let mut hash = Hash::NEW;
        // Without the version: moving a Deployment from apps/v1beta1 to apps/v1 mends nothing else.
        hash.part(object.api_version.split_once('/').map_or("", |(group, _)| group));
        hash.part(&object.kind);
        hash.part(object.namespace.as_deref().unwrap_or(""));
        hash.part(&object.name);
        hash
    }

    /// The part that all findings at a value share: from that of its object, the path.
    fn place(mut self, value: Value<'_>, root: Value<'_>) -> Hash {
        let mut value = value;
        while value != root {
            match value.step() {
                Step::Key(key) => self.part(key),
                Step::Index(index) => match value.get("name").and_then(Value::as_str) {
                    Some(name) => self.part(name),
                    None => self.part(&index.to_string()),
                },
                Step::Root => {}
            }
            let Some(parent) = value.parent() else { break };
            value = parent;
        }
        self
    }

    /// Adds a text and its end.
    fn part(&mut self, text: &str) {
        self.parts(text, 0);
    }

    /// Adds the parts of a text that stand between separators, and the end of each. The prime is
    /// 2⁸⁸ + 0x13b, so a product with it is a shift and a short product.
    fn parts(&mut self, text: &str, separator: u8) {
        const LOW: u64 = 0x13b;
        let (mut low, mut high) = (self.0 as u64, (self.0 >> 64) as u64);
        let mut add = |byte: u8| {
            low ^= u64::from(byte);
            let product = u128::from(low) * u128::from(LOW);
            high = high.wrapping_mul(LOW).wrapping_add((product >> 64) as u64).wrapping_add(low << 24);
            low = product as u64;
        };
        text.bytes().for_each(|byte| add(if byte == separator { 0 } else { byte }));
        add(0);
        self.0 = u128::from(high) << 64 | u128::from(low);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a_of_128_bits() {
        let plain = |text: &str| {
            text.bytes().chain([0]).fold(Hash::NEW.0, |hash, byte| {
                (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
            })
        };
        for text in ["", "a", "pod/privileged", "a much longer text than any part of a path is, with é"] {
            let mut hash = Hash::NEW;
            hash.part(text);
            assert_eq!(hash.0, plain(text), "{text}");
        }
    }
}
