//! A name, taken apart.

/// Longest name that is looked at.
pub(super) const LONGEST: usize = 128;
/// Most words of a name that are looked at.
const WORDS: usize = 16;

/// The words of a name in lower case: split at what is no letter or digit and before a capital of
/// camelCase; words of digits alone are left out (`PASSWORD_1`).
pub(super) struct Words<'b> {
    words: [&'b str; WORDS],
    count: usize,
}

impl<'b> Words<'b> {
    pub fn split(name: &str, lower: &'b mut [u8; LONGEST]) -> Self {
        let bytes = name.as_bytes();
        for (slot, byte) in lower.iter_mut().zip(bytes) {
            *slot = byte.to_ascii_lowercase();
        }
        let lower: &'b [u8] = lower;
        let mut words = Words { words: [""; WORDS], count: 0 };
        let mut start = 0;
        for (index, &byte) in bytes.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| bytes.get(before)).copied();
            let after = bytes.get(index + 1).copied();
            let starts_hump = byte.is_ascii_uppercase()
                && (before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                    || before.is_some_and(|b| b.is_ascii_uppercase())
                        && after.is_some_and(|b| b.is_ascii_lowercase()));
            if !byte.is_ascii_alphanumeric() {
                words.push(lower.get(start..index));
                start = index + 1;
            } else if starts_hump {
                words.push(lower.get(start..index));
                start = index;
            }
        }
        words.push(lower.get(start..bytes.len()));
        words
    }

    fn push(&mut self, word: Option<&'b [u8]>) {
        let Some(word) = word.and_then(|word| std::str::from_utf8(word).ok()) else { return };
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if word.is_empty() {
            return;
        }
        if self.count == WORDS {
            // Only the last words decide; the first is kept.
            self.words.copy_within(2.., 1);
            self.count -= 1;
        }
        self.words[self.count] = word;
        self.count += 1;
    }

    pub fn as_slice(&self) -> &[&'b str] {
        &self.words[..self.count]
    }
}
