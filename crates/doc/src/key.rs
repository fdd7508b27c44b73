//! Keys by their hashes: what is asked of a mapping most, and is mostly not there.

use crate::document::Draft;

/// A key to look for. Made in place from a literal, its hash is worked out by the compiler.
#[derive(Clone, Copy, Debug)]
pub struct Key<'k> {
    pub(crate) text: &'k str,
    pub(crate) hash: u32,
}

impl<'k> Key<'k> {
    #[inline(always)]
    pub const fn new(text: &'k str) -> Key<'k> {
        Key { text, hash: hash(text.as_bytes()) }
    }

    pub const fn text(self) -> &'k str {
        self.text
    }

    /// Several of them.
    pub const fn all<const N: usize>(texts: [&'k str; N]) -> [Key<'k>; N] {
        let mut keys = [Key::new(""); N];
        let mut at = 0;
        while at < N {
            keys[at] = Key::new(texts[at]);
            at += 1;
        }
        keys
    }
}

/// A short hash of a key: its length, its first bytes and its last.
#[inline(always)]
pub(crate) const fn hash(text: &[u8]) -> u32 {
    let (head, tail) = if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (u32::from_le_bytes(*head), u32::from_le_bytes(*tail))
    } else {
        let (mut head, mut at) = (0, 0);
        while at < text.len() {
            head = head << 8 | text[at] as u32;
            at += 1;
        }
        (head, 0)
    };
    let length = text.len() as u32;
    (head.wrapping_mul(0x9e37_79b1) ^ tail.rotate_left(15)).wrapping_mul(0x85eb_ca77) ^ length
}

/// The bit that stands for a key of this hash among those of its mapping.
#[inline(always)]
pub(crate) fn bit(hash: u32) -> u32 {
    1 << (hash >> 27)
}

/// As much of a hash as a node keeps, beside the bit.
#[inline(always)]
pub(crate) fn short(hash: u32) -> u16 {
    (hash >> 11) as u16
}

/// A set of keys that may say of one that it holds it where it doesn't, and never the other way round (a Bloom
/// filter): most of what is asked of a document isn't anywhere in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys([u64; 16]);

impl Keys {
    #[inline(always)]
    pub(crate) fn add(&mut self, hash: u32) {
        for (word, bit) in places(hash) {
            self.0[word] |= bit;
        }
    }

    /// Whether the key may be here; `false` is certain.
    #[inline(always)]
    pub fn may_have(&self, key: Key<'_>) -> bool {
        places(key.hash).into_iter().all(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// The two bits of a key: by other parts of the hash than the one of [`bit`].
#[inline(always)]
fn places(hash: u32) -> [(usize, u64); 2] {
    [hash >> 17, hash >> 7].map(|at| ((at >> 6) as usize & 15, 1 << (at & 63)))
}

/// Hashes the keys of a document that was not made by an [`Arena`](crate::arena::Arena).
pub(crate) fn hash_all(document: &mut Draft) {
    for number in 0..document.nodes.len() {
        let Some(hash) = document.key(number as u32).map(|key| hash(key.as_bytes())) else { continue };
        let Some(node) = document.nodes.get_mut(number) else { continue };
        node.hash = short(hash);
        let parent = node.parent;
        document.rest.all_keys.add(hash);
        if let Some(parent) = document.nodes.get_mut(parent as usize) {
            parent.content |= bit(hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Limits, SourceFile, Value, parse, parse_by_all_rules};

    const TEXT: &str =
        "a: {on: 1, \"q\\u0041\": {deep: [{x: 1}]}}\nb: &b {c: d, long-enough-key: e}\n<<: *b\n";

    #[test]
    fn a_document_knows_all_its_keys() {
        let file = Arc::new(SourceFile::new("test.yaml", TEXT.into()));
        for read in [parse, parse_by_all_rules] {
            for document in read(&file, &Limits::default()).into_iter().flatten() {
                let mut keys = 0;
                document.root().walk(|value: Value<'_>| {
                    if let Some(key) = value.key() {
                        keys += 1;
                        assert!(document.all_keys().may_have(Key::new(key)), "{key}");
                        assert!(value.is_under(Key::new(key)) && !value.is_under(Key::new("other")));
                    }
                    true
                });
                assert_eq!(keys, 10);
                let absent = ["hostPath", "hostNetwork", "add", "x1", ""];
                let taken = absent.iter().filter(|key| document.all_keys().may_have(Key::new(key)));
                assert!(taken.count() < 2, "a summary of ten keys says no to nearly all others");
            }
        }
    }

    #[test]
    fn a_key_may_be_longer_than_a_node_can_say() {
        for length in [1, 65532, 65533, 65534, 65535, 65536, 200_000] {
            let long = "k".repeat(length);
            let text = format!("{{\"a\": {{\"{long}\": 1, \"{long}x\": [2], \"b\": 3}}}}");
            let file = Arc::new(SourceFile::new("test.json", text.clone().into()));
            let documents: Vec<_> = parse(&file, &Limits::default()).into_iter().flatten().collect();
            let within = documents[0].root().get("a").expect("the outer key");
            let keys: Vec<_> = within.entries().map(|(key, _)| key.len()).collect();
            assert_eq!(keys, [length, length + 1, 1]);
            for (key, value) in within.entries() {
                assert_eq!(within.get(key), Some(value));
                let span = value.key_span().expect("a key");
                assert_eq!(text[span.start as usize..span.end as usize], format!("\"{key}\""));
            }
            assert_eq!(within.get(&"k".repeat(length + 2)), None);
        }
    }

    #[test]
    fn a_walk_goes_down_where_it_is_told_to() {
        let file = Arc::new(SourceFile::new("test.yaml", "a: {b: [1, {c: 2}]}\nd: {e: 3}\nf: 4\n".into()));
        let documents: Vec<_> = parse(&file, &Limits::default()).into_iter().flatten().collect();
        let seen = |not_below: &str| {
            let mut seen = Vec::new();
            documents[0].root().walk(|value| {
                seen.push(value.key().unwrap_or("-"));
                value.key() != Some(not_below)
            });
            seen.join(" ")
        };
        assert_eq!([seen(""), seen("b"), seen("f")], ["a b - - c d e f", "a b d e f", "a b - - c d e f"]);
    }
}
