//! Which files a repository tracks, as its index says: <https://git-scm.com/docs/index-format>.

use std::fs;
use std::path::Path;

/// Bytes of an entry before the hash of its content: times, device, mode, owner and size.
const STATUS: usize = 40;

/// An entry's path begins 8 bytes or a multiple of that after the one before, but in version 4.
const ALIGNMENT: usize = 8;

/// Lengths of a hash: of SHA-1 and of SHA-256.
const HASHES: [usize; 2] = [20, 32];

#[derive(Debug)]
pub(crate) struct Index {
    /// In the order of their bytes.
    paths: Vec<Box<[u8]>>,
}

impl Index {
    /// The index in git's own directory. A repository without one tracks nothing yet.
    pub fn read(git: &Path) -> Option<Index> {
        let file = git.join("index");
        if !file.exists() {
            return Some(Index { paths: Vec::new() });
        }
        let bytes = fs::read(file).ok()?;
        HASHES.into_iter().find_map(|hash| paths(&bytes, hash)).map(|paths| Index { paths })
    }

    /// Whether a file is tracked, or something in a directory. The path is one below the repository's root.
    pub fn holds(&self, path: &Path, is_directory: bool) -> bool {
        let parts: Vec<&[u8]> = path.iter().map(|part| part.as_encoded_bytes()).collect();
        let mut path = parts.join(&b'/');
        if !is_directory {
            return self.paths.binary_search_by(|known| known[..].cmp(&path)).is_ok();
        }
        path.push(b'/');
        let at = self.paths.partition_point(|known| known[..] < path[..]);
        self.paths.get(at).is_some_and(|known| known.starts_with(&path))
    }
}

/// The paths of an index whose hashes have this length; `None` if it isn't one.
fn paths(bytes: &[u8], hash: usize) -> Option<Vec<Box<[u8]>>> {
    let rest = bytes.strip_prefix(b"DIRC")?;
    let version = number(rest)?;
    let count = number(rest.get(4..)?)? as usize;
    if !(2..=4).contains(&version) {
        return None;
    }
    // Each entry has more bytes than that, so a count that lies takes no memory.
    let mut paths: Vec<Box<[u8]>> = Vec::with_capacity(count.min(bytes.len() / STATUS));
    let mut at = 12;
    for _ in 0..count {
        let flags = bytes.get(at + STATUS + hash..)?;
        let length = usize::from(flags.first()? & 0xf) << 8 | usize::from(*flags.get(1)?);
        let is_extended = version > 2 && flags[0] & 0x40 != 0;
        let begin = at + STATUS + hash + if is_extended { 4 } else { 2 };
        let mut name = bytes.get(begin..)?;
        let mut path = Vec::new();
        if version == 4 {
            // What it has in common with the path before isn't said again.
            let (dropped, after) = varint(name)?;
            let before = paths.last().map_or(&[][..], |before| before);
            path.extend_from_slice(before.get(..before.len().checked_sub(dropped)?)?);
            name = after;
        }
        let end = memchr::memchr(0, name)?;
        path.extend_from_slice(&name[..end]);
        // The length is said as well, as far as twelve bits go.
        if path.len().min(0xfff) != length || paths.last().is_some_and(|before| before[..] > path[..]) {
            return None;
        }
        let after = bytes.len() - name.len() + end + 1;
        at = if version == 4 { after } else { at + (after - at).next_multiple_of(ALIGNMENT) };
        paths.push(path.into());
    }
    // Another file holds the rest.
    let is_split = bytes.get(at..).is_some_and(|rest| rest.starts_with(b"link"));
    (!is_split).then_some(paths)
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?))
}

/// A number of as many bytes as it needs, and what follows it.
fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        value = value.checked_mul(0x80)?.checked_add(usize::from(byte & 0x7f))?;
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
        value = value.checked_add(1)?;
    }
    None
}
