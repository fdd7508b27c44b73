//! Where in a text one of many things may begin: a quick look, at every second pair of bytes.

/// What one of many things begins with, three bytes or more of each.
pub(super) struct Beginnings([u8; 1 << 16]);

/// What two bytes may be of a beginning: its first and second, or its second and third.
const FIRST: u8 = 1;
const SECOND: u8 = 2;

impl Beginnings {
    pub const NONE: Beginnings = Beginnings([0; 1 << 16]);

    /// These beginnings, and another one. Of one that is two bytes long, any byte may follow.
    pub const fn and(mut self, beginning: &[u8]) -> Beginnings {
        self.0[pair(beginning[0], beginning[1])] |= FIRST;
        let mut third = 0;
        while third < 256 {
            if beginning.len() == 2 || beginning[2] as usize == third {
                self.0[pair(beginning[1], third as u8)] |= SECOND;
            }
            third += 1;
        }
        self
    }

    /// These beginnings, and one of lower-case letters that may as well be capitals.
    pub const fn and_in_any_case(mut self, beginning: &[u8; 3]) -> Beginnings {
        let &[a, b, c] = beginning;
        let mut capitals = 0;
        while capitals < 8 {
            self =
                self.and(&[a ^ (capitals & 1) << 5, b ^ (capitals >> 1 & 1) << 5, c ^ (capitals >> 2) << 5]);
            capitals += 1;
        }
        self
    }

    /// Goes to where something may begin, in the order of the text, until something is found there. What has no
    /// third byte is left out.
    #[inline]
    pub fn find_map<T>(&self, text: &[u8], mut look: impl FnMut(usize) -> Option<T>) -> Option<T> {
        let mut look_at = |index: usize| {
            let &[a, b, c] = text.get(index..)?.first_chunk()?;
            let may_begin = self.0[pair(a, b)] & FIRST != 0 && self.0[pair(b, c)] & SECOND != 0;
            if may_begin { look(index) } else { None }
        };
        // Of three bytes in a row, two are a pair here.
        let mut look_near = |from: usize, pairs: &[[u8; 2]]| {
            let places = (from..).step_by(2).zip(pairs).filter(|(_, [a, b])| self.0[pair(*a, *b)] != 0);
            let mut places = places.map(|(index, _)| index);
            places.find_map(|index| index.checked_sub(1).and_then(&mut look_at).or_else(|| look_at(index)))
        };
        // Most have nothing, and are passed over by fours.
        let (fours, rest) = text.as_chunks::<8>();
        let has_some = |[a, b, c, d, e, f, g, h]: [u8; 8]| {
            let pairs = [pair(a, b), pair(c, d), pair(e, f), pair(g, h)];
            pairs.into_iter().fold(0, |of, pair| of | self.0[pair]) != 0
        };
        let mut with_some = (0..).step_by(8).zip(fours).filter(|(_, four)| has_some(**four));
        let found = with_some.find_map(|(from, four)| look_near(from, four.as_chunks().0));
        found.or_else(|| look_near(fours.len() * 8, rest.as_chunks().0))
    }
}

#[inline(always)]
const fn pair(first: u8, second: u8) -> usize {
    u16::from_le_bytes([first, second]) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOME: Beginnings = Beginnings::NONE.and(b"abc").and(b"bca").and(b"ccc").and(b"db");

    #[test]
    fn letters_are_of_any_size() {
        static PAS: Beginnings = Beginnings::NONE.and_in_any_case(b"pas");
        for text in ["pas", "PAS", "xpAsx", "xxPAs", "Pass"] {
            assert_eq!(PAS.find_map(text.as_bytes(), Some), text.find(['p', 'P']), "{text}");
        }
    }

    #[test]
    fn nothing_is_missed() {
        // Every text of these letters, up to a length, and wherever it stands in a longer one.
        let around: Vec<_> = [(0, 0)].into_iter().chain((0..18).map(|before| (before, 9))).collect();
        for length in 0..8 {
            for number in 0..4_usize.pow(length) {
                let text: Vec<u8> = (0..length).map(|at| b"abcd"[number / 4_usize.pow(at) % 4]).collect();
                // Those that are longer stand alone.
                for &(before, after) in around.iter().take(if length < 6 { around.len() } else { 1 }) {
                    let text = [&vec![b'.'; before], &text[..], &vec![b'.'; after]].concat();
                    let mut seen = Vec::new();
                    SOME.find_map(&text, |index| {
                        seen.push(index);
                        None::<()>
                    });
                    let begins = |at: &usize| {
                        let rest = &text[*at..];
                        [&b"abc"[..], b"bca", b"ccc"].iter().any(|known| rest.starts_with(known))
                            || rest.starts_with(b"db") && rest.len() > 2
                    };
                    assert!((0..text.len()).filter(begins).all(|at| seen.contains(&at)), "{text:?}");
                    assert!(seen.is_sorted_by(|a, b| a < b), "{text:?}");
                }
            }
        }
    }
}
