//! What tells at a quick look that a line needs a closer one, where no telling name does.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::hash::begins_hash;
use super::header::is_set;

/// What may tell of a credential where no telling name does.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    /// The beginning of a salted hash.
    pub(super) hash: bool,
    pub(super) curl: bool,
    /// `IDENTIFIED` of SQL, in letters of any size.
    pub(super) identified: bool,
    /// A directive that sets one.
    pub(super) header: bool,
}

/// `{SHA}` and `{SSHA}`.
static SHA: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("SHA}"));
static CURL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("curl"));
static HEADER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("header"));

impl Signs {
    pub(super) const ALL: Signs = Signs { hash: true, curl: true, identified: true, header: true };

    pub(super) fn of(text: &str) -> Signs {
        Signs::ALL.within(text)
    }

    /// Those of a text that a part of it has. Few texts have any, and their lines needn't be searched.
    pub(super) fn within(self, part: &str) -> Signs {
        let bytes = part.as_bytes();
        Signs {
            hash: self.hash
                && (memchr::memchr_iter(b'$', bytes).any(|at| begins_hash(&part[at..]))
                    || SHA.find(bytes).is_some()),
            curl: self.curl && CURL.find(bytes).is_some(),
            identified: self.identified && has_word(bytes, b"identified", 6),
            header: self.header && HEADER.find_iter(bytes).any(|at| is_set(bytes, at)),
        }
    }

    pub(super) fn any(self) -> bool {
        self.hash || self.curl || self.identified || self.header
    }
}

/// Whether a word is in a text, in letters of any size. It is looked for by its rarest letter, at a place of it.
pub(super) fn has_word(text: &[u8], word: &[u8], rarest: usize) -> bool {
    let letter = word[rarest];
    memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), text).any(|at| {
        let start = at.checked_sub(rarest);
        let found = start.and_then(|start| text.get(start..start + word.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}
