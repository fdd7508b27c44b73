//! Keys by their hashes: what is asked of a mapping most, and is mostly not there.

use crate::Document;

/// A key to look for. Made in place from a literal, its hash is worked out by the compiler.
#[derive(Clone, Copy, Debug)]
pub struct Key<'k> {
    pub(crate) text: &'k str,
    pub(crate) hash: u32,
}

impl<'k> Key<'k> {
    #[inline(always)]
    pub fn new(text: &'k str) -> Key<'k> {
        Key { text, hash: hash(text.as_bytes()) }
    }
}

/// A short hash of a key: its length, its first bytes and its last.
#[inline(always)]
pub(crate) fn hash(text: &[u8]) -> u32 {
    let word = |bytes: &[u8]| -> u32 { bytes.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)) };
    let length = text.len() as u32;
    let (head, tail) = if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (u32::from_le_bytes(*head), u32::from_le_bytes(*tail))
    } else {
        (word(text), 0)
    };
    (head.wrapping_mul(0x9e37_79b1) ^ tail.rotate_left(15)).wrapping_mul(0x85eb_ca77) ^ length
}

/// The bit that stands for a key of this hash among those of its mapping.
#[inline(always)]
pub(crate) fn bit(hash: u32) -> u32 {
    1 << (hash >> 27)
}

/// Hashes the keys of a document that was not made by an [`Arena`](crate::arena::Arena).
pub(crate) fn hash_all(document: &mut Document) {
    for number in 0..document.nodes.len() {
        let Some(hash) = document.key(number as u32).map(|key| hash(key.as_bytes())) else { continue };
        let Some(node) = document.nodes.get_mut(number) else { continue };
        node.hash = hash;
        let parent = node.parent;
        if let Some(parent) = document.nodes.get_mut(parent as usize) {
            parent.keys |= bit(hash);
        }
    }
}
