//! The lines of a text.

/// As [`str::lines`]: their ends are found many bytes at a time.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    Lines { text, place: 0, number: 1 }
}

/// The lines that are still to come.
pub(crate) struct Lines<'t> {
    text: &'t str,
    place: usize,
    number: usize,
}

impl<'t> Lines<'t> {
    /// Where the next line begins.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The number of the next line, from 1.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Leaves out the lines that end before a place.
    pub fn skip_to(&mut self, place: usize) {
        let skipped = self.text.as_bytes().get(self.place..place).unwrap_or_default();
        if let Some(end) = memchr::memrchr(b'\n', skipped) {
            self.number += memchr::memchr_iter(b'\n', skipped).count();
            self.place += end + 1;
        }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = &self.text[self.place..];
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else {
            self.place = self.text.len();
            return (!rest.is_empty()).then_some(rest);
        };
        self.place += end + 1;
        self.number += 1;
        Some(without_return(&rest[..end]))
    }
}

/// The line above the one that begins at a place; an empty one above the first.
pub(crate) fn above(text: &str, place: usize) -> &str {
    let text = text.get(..place).and_then(|text| text.strip_suffix('\n')).unwrap_or("");
    let start = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1);
    without_return(&text[start..])
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 10] = [
        "",
        "a",
        "\n",
        "a\n",
        "a\r",
        "a\r\n\r\nb",
        "\n\na\nb",
        "é\n\u{2028}ü\r\r\n",
        "a\nb\r",
        "a\n\n\r\nb\nc",
    ];

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in TEXTS {
            assert!(lines(text).eq(text.lines()), "{text:?}");
            let mut all = lines(text);
            let mut before = "";
            while let (place, number, Some(line)) = (all.place(), all.number(), all.next()) {
                assert_eq!(text.lines().nth(number - 1), Some(line), "{text:?}");
                assert!(text[place..].starts_with(line), "{text:?}");
                assert_eq!(above(text, place), before, "{text:?}");
                before = line;
            }
        }
    }

    #[test]
    fn a_line_is_found_by_a_place_in_it() {
        for text in TEXTS {
            let mut starts = Vec::new();
            let mut all = lines(text);
            while let (place, Some(_)) = (all.place(), all.next()) {
                starts.push(place);
            }
            for (from, at) in (0..starts.len()).flat_map(|from| (0..text.len()).map(move |at| (from, at))) {
                let (mut skipping, mut walking) = (lines(text), lines(text));
                for _ in 0..from {
                    assert_eq!(skipping.next(), walking.next());
                }
                skipping.skip_to(at);
                while walking.place() < text.len()
                    && starts.get(walking.number()).is_some_and(|next| *next <= at)
                {
                    walking.next();
                }
                assert_eq!(
                    (skipping.place(), skipping.number(), skipping.next()),
                    (walking.place(), walking.number(), walking.next()),
                    "{text:?} from line {from} to {at}"
                );
            }
        }
    }
}
