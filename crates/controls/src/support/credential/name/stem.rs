//! A quick look for names that may promise a credential, in names and in whole texts: every such name has one of a few
//! stems.

use super::super::beginnings::Beginnings;

/// What a name may promise, at a quick look before it is taken apart: a password, or anything else.
const PASSWORD: u8 = 1;
const OTHER: u8 = 2;

/// What a stem promises, of which every telling name has one somewhere. `rau` is of `masterauth`, `riz` of the header
/// `Authorization`.
const STEMS: &[(&[u8; 3], u8)] = &[
    (b"pas", PASSWORD),
    (b"pwd", PASSWORD),
    (b"psw", PASSWORD),
    (b"psk", PASSWORD),
    (b"_pw", PASSWORD),
    (b"-pw", PASSWORD),
    (b"rau", PASSWORD),
    (b"sec", OTHER),
    (b"tok", OTHER),
    (b"key", OTHER),
    (b"cre", OTHER),
    (b"jwt", OTHER),
    (b"bea", OTHER),
    (b"doc", OTHER),
    (b"coo", OTHER),
    (b"riz", OTHER),
];

/// What the stems begin with.
static BEGINNINGS: Beginnings = {
    let mut beginnings = Beginnings::NONE;
    let mut index = 0;
    while index < STEMS.len() {
        beginnings = beginnings.and_in_any_case(STEMS[index].0);
        index += 1;
    }
    let mut before = b'a';
    while before <= b'z' {
        beginnings = beginnings.and(&[before, b'P', b'w']);
        before += 1;
    }
    beginnings
};

/// The hump of `dbPw`, with the letter before it.
fn is_hump(letters: &[u8; 3]) -> bool {
    letters[0].is_ascii_lowercase() && letters[1..] == *b"Pw"
}

/// Where the first stem is that promises one of these, in a name or in a text that may hold one.
fn place_of_stem(name: &str, of: u8) -> Option<usize> {
    let bytes = name.as_bytes();
    let is_stem = |index: usize| {
        let letters = bytes.get(index..)?.first_chunk::<3>()?;
        if of & PASSWORD != 0 && is_hump(letters) {
            return Some(index);
        }
        let letters = letters.map(|letter| letter.to_ascii_lowercase());
        let (_, promise) = STEMS.iter().find(|(stem, _)| **stem == letters)?;
        (promise & of != 0).then_some(index)
    };
    BEGINNINGS.find_map(bytes, is_stem)
}

/// Whether a telling name can be anywhere in a text.
pub(crate) fn has_any_stem(text: &str) -> bool {
    place_of_stem(text, PASSWORD | OTHER).is_some()
}

/// The first place, not before another one, where a telling name may be.
pub(crate) fn stem_after(text: &str, place: usize) -> Option<usize> {
    place_of_stem(text.get(place..)?, PASSWORD | OTHER).map(|at| place + at)
}

/// Whether [`meaning`](super::meaning) can be a password.
pub(crate) fn may_be_of_password(name: &str) -> bool {
    place_of_stem(name, PASSWORD).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_found_wherever_they_stand() {
        for (stem, promise) in STEMS {
            let stem = String::from_utf8_lossy(*stem).into_owned();
            for before in 0..6 {
                for stem in [
                    stem.clone(),
                    stem.to_uppercase(),
                    stem.replacen(&stem[1..2], &stem[1..2].to_uppercase(), 1),
                ] {
                    let name = format!("{}{stem}", "-".repeat(before));
                    for name in [
                        name.clone(),
                        format!("{name}xx"),
                        format!("{name}é0"),
                        format!("{}{stem}", "é".repeat(before)),
                    ] {
                        assert!(place_of_stem(&name, *promise).is_some(), "{name}");
                        assert!(place_of_stem(&name, (PASSWORD | OTHER) & !promise).is_none(), "{name}");
                    }
                }
            }
        }
        for name in ["", "pa", "pas", "ra", "master", "auth", "p\u{e1}s", "0AS", "PA\u{13}"] {
            assert_eq!(has_any_stem(name), name == "pas", "{name}");
        }
    }
}
