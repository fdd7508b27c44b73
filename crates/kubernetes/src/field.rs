//! A field of an object: present or not, it has a path and a place.

use std::fmt::Write;

use plimsoll_doc::{Key, Kind, Step, Value};

use crate::schema;

/// How many absent paths a field remembers, each what one call asked for; later ones are forgotten.
const ABSENT: usize = 4;

/// A field by its path. Where it is absent, it remembers the nearest value that is there, so that a
/// finding can point at it and a fix can write it.
///
/// `null` counts as absent, as it does for the API server.
#[derive(Clone, Copy)]
pub struct Field<'d> {
    /// The value itself, or the nearest one above it.
    anchor: Value<'d>,
    absent: [&'d str; ABSENT],
    paths: u8,
    /// Which of the absent ones are paths with dots and not single keys, a bit each.
    dotted: u8,
}

impl<'d> Field<'d> {
    pub fn new(value: Value<'d>) -> Self {
        Field { anchor: value, absent: [""; ABSENT], paths: 0, dotted: 0 }
    }

    /// The field below this one, by keys separated with dots: `securityContext.privileged`.
    #[inline(always)]
    pub fn get(&self, path: &'static str) -> Field<'d> {
        // Of a literal, all of this is worked out by the compiler.
        let length = first_length(path);
        self.get_from(path, length, Key::new(&path[..length]))
    }

    /// [`Field::get`], where the first key of the path, and so where it ends, is known.
    fn get_from(&self, path: &'static str, length: usize, key: Key<'static>) -> Field<'d> {
        if self.paths > 0 {
            return self.without(path, true);
        }
        let Some(mut value) = self.anchor.get_key(key) else {
            return Field::new(self.anchor).without(path, true);
        };
        let mut rest = path.get(length + 1..);
        while let Some(path) = rest {
            let length = first_length(path);
            match value.get(&path[..length]) {
                Some(found) => value = found,
                None => return Field::new(value).without(path, true),
            }
            rest = path.get(length + 1..);
        }
        Field::new(value)
    }

    /// The field of one key, which may contain dots: a label, an annotation.
    pub fn key(&self, key: &'d str) -> Field<'d> {
        if self.paths == 0
            && let Some(value) = self.anchor.get(key)
        {
            return Field::new(value);
        }
        self.without(key, false)
    }

    /// The field below this one that isn't there.
    fn without(mut self, path: &'d str, dotted: bool) -> Field<'d> {
        if let Some(slot) = self.absent.get_mut(usize::from(self.paths)) {
            *slot = path;
            self.dotted |= u8::from(dotted) << self.paths;
            self.paths += 1;
        }
        self
    }

    /// The value, where it is there and not `null`.
    pub fn value(&self) -> Option<Value<'d>> {
        (self.paths == 0 && !self.anchor.is_null()).then_some(self.anchor)
    }

    /// Whether the field is written, as `null`.
    pub fn is_null(&self) -> bool {
        self.paths == 0 && self.anchor.is_null()
    }

    /// Whether the field is there and not `null`.
    pub fn exists(&self) -> bool {
        self.value().is_some()
    }

    /// The value, or the nearest one above it that is there.
    pub fn anchor(&self) -> Value<'d> {
        self.anchor
    }

    /// The keys below the anchor that are absent; empty where the field is there (or `null`).
    pub fn absent(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.absent_paths()
            .flat_map(|(path, is_dotted)| path.splitn(if is_dotted { usize::MAX } else { 1 }, '.'))
    }

    /// The same by what was asked for at once, and whether that is several keys with dots between them.
    pub fn absent_paths(&self) -> impl Iterator<Item = (&'d str, bool)> + use<'d> {
        let dotted = self.dotted;
        let absent = self.absent.into_iter().take(usize::from(self.paths));
        absent.enumerate().map(move |(at, path)| (path, dotted & (1 << at) != 0))
    }

    pub fn as_bool(&self) -> Option<bool> {
        self.value()?.as_bool()
    }

    pub fn is_true(&self) -> bool {
        self.as_bool() == Some(true)
    }

    pub fn is_false(&self) -> bool {
        self.as_bool() == Some(false)
    }

    pub fn as_i64(&self) -> Option<i64> {
        self.value()?.as_i64()
    }

    /// The text of a string; `None` where absent or of another type.
    pub fn as_str(&self) -> Option<&'d str> {
        self.value()?.as_str()
    }

    /// The text of a string; empty where absent, as Go's zero value is.
    pub fn text(&self) -> &'d str {
        self.as_str().unwrap_or("")
    }

    pub fn is(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }

    /// Whether it is text that another tool replaces before the API server sees it, by substitution or decryption: it
    /// may become anything.
    pub fn is_replaced(&self) -> bool {
        self.as_str().is_some_and(schema::is_replaced)
    }

    pub fn is_mapping(&self) -> bool {
        self.value().is_some_and(|value| value.kind() == Kind::Mapping)
    }

    pub fn is_sequence(&self) -> bool {
        self.value().is_some_and(|value| value.kind() == Kind::Sequence)
    }

    /// Number of entries or items; 0 where absent or a scalar.
    pub fn len(&self) -> usize {
        self.value().map_or(0, Value::len)
    }

    /// Whether the field is absent, or a collection without content.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items of a sequence; nothing where absent or of another type.
    pub fn items(&self) -> impl Iterator<Item = Field<'d>> + use<'d> {
        self.value().into_iter().flat_map(Value::items).map(Field::new)
    }

    /// The entries of a mapping; nothing where absent or of another type.
    pub fn entries(&self) -> impl Iterator<Item = (&'d str, Field<'d>)> + use<'d> {
        self.value().into_iter().flat_map(Value::entries).map(|(key, value)| (key, Field::new(value)))
    }

    /// The string items of a sequence.
    pub fn strings(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.items().filter_map(|item| item.as_str())
    }

    /// Whether a sequence has this string among its items.
    pub fn contains(&self, text: &str) -> bool {
        self.strings().any(|item| item == text)
    }

    /// The path from `root`, as people write it: `spec.containers[0].image`,
    /// `metadata.annotations["example.com/owner"]`.
    pub fn path_from(&self, root: Value<'d>) -> String {
        self.path_beyond(root, "")
    }

    /// The same, where the path of a value above is known.
    pub fn path_beyond(&self, above: Value<'d>, known: &str) -> String {
        let mut path = String::with_capacity(64.max(known.len() + 32));
        path.push_str(known);
        write_path(self.anchor, above, &mut path);
        self.write_absent(&mut path);
        path
    }

    /// The same, where the path of the anchor is known.
    pub fn path_below(&self, anchor: &str) -> String {
        let absent = &self.absent[..usize::from(self.paths).min(ABSENT)];
        let length = absent.iter().map(|path| path.len() + 1).sum::<usize>();
        let mut path = String::with_capacity(anchor.len() + length);
        path.push_str(anchor);
        self.write_absent(&mut path);
        path
    }

    fn write_absent(&self, path: &mut String) {
        for (absent, is_dotted) in self.absent_paths() {
            if is_dotted && is_plain_path(absent) {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(absent);
            } else if is_dotted {
                absent.split('.').for_each(|key| write_key(key, path));
            } else {
                write_key(absent, path);
            }
        }
    }
}

/// Writes the steps from `root` to a value: those of its parent first. Documents have a limited depth.
fn write_path<'d>(value: Value<'d>, root: Value<'d>, path: &mut String) {
    if value == root {
        return;
    }
    if let Some(parent) = value.parent() {
        write_path(parent, root, path);
    }
    match value.step() {
        Step::Key(key) => write_key(key, path),
        Step::Index(index) => {
            path.push('[');
            // Lists are short, mostly.
            match u8::try_from(index) {
                Ok(digit @ 0..10) => path.push(char::from(b'0' + digit)),
                _ => drop(write!(path, "{index}")),
            }
            path.push(']');
        }
        Step::Root => {}
    }
}

/// Bytes of the first key of a path.
#[inline(always)]
fn first_length(path: &str) -> usize {
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'.' {
        at += 1;
    }
    at
}

fn write_key(key: &str, path: &mut String) {
    if !is_plain_key(key) {
        let _ = write!(path, "[{key:?}]");
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

fn is_plain_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(is_plain)
}

/// Whether all keys of a path are plain.
fn is_plain_path(path: &str) -> bool {
    let mut before = b'.';
    for byte in path.bytes() {
        if !is_plain(byte) && (byte != b'.' || before == b'.') {
            return false;
        }
        before = byte;
    }
    before != b'.'
}

#[inline]
fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

/// Bytes of keys that are written without quotes.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b'-' | b'$');
        byte += 1;
    }
    table
};
