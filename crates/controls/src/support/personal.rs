//! Personal data in text: e-mail addresses, account and card numbers. Says what it is, never which.

use std::ops::Range;

use super::lines::lines;

/// Fewest digits of a number that is looked for.
const DIGITS: usize = 13;

/// What a text holds that tells of a person.
pub(crate) fn in_text(text: &str) -> Option<&'static str> {
    if words_with_at(text).any(is_email) {
        return Some("an e-mail address");
    }
    let digits = Digits::of(text.as_bytes());
    if digits.at_most(0..text.len()) < DIGITS {
        return None;
    }
    // Numbers are written in groups: look at runs of letters and digits, blanks and dashes between them. Most lines
    // haven't digits enough.
    let mut all = lines(text);
    let lines = std::iter::from_fn(|| Some((all.place(), all.next()?.as_bytes())));
    let may_have = |(place, line): &(usize, &[u8])| digits.at_most(*place..place + line.len()) >= DIGITS;
    let runs = lines.filter(may_have).flat_map(|(_, line)| line.split(|byte| !OF_NUMBER[usize::from(*byte)]));
    runs.filter(|run| has_digits(run)).find_map(|run| {
        let run = std::str::from_utf8(run).ok()?;
        if is_iban(run) {
            Some("an IBAN")
        } else if is_card(run) {
            Some("the number of a payment card")
        } else {
            None
        }
    })
}

/// Bytes that a number in groups may have.
static OF_NUMBER: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-';
        byte += 1;
    }
    table
};

/// How many digits each block of a text has. A processor counts those of a whole block at once, which for each line
/// takes longer.
struct Digits(Vec<u8>);

/// Bytes of a block.
const BLOCK: usize = 32;

impl Digits {
    fn of(text: &[u8]) -> Digits {
        let (blocks, rest) = text.as_chunks();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        Digits(blocks.iter().chain([&last]).map(count).collect())
    }

    /// Those of all blocks that a part of the text touches.
    fn at_most(&self, part: Range<usize>) -> usize {
        let blocks = self.0.get(part.start / BLOCK..=part.end / BLOCK).unwrap_or_default();
        blocks.iter().map(|digits| usize::from(*digits)).sum()
    }
}

/// The digits of a block, counted in words of eight bytes.
fn count(block: &[u8; BLOCK]) -> u8 {
    /// A byte in each byte of a word.
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let (words, _) = block.as_chunks();
    let in_words = words.iter().map(|word| {
        // Without the bits of '0' a digit is less than ten, and nothing else is.
        let word = u64::from_le_bytes(*word) ^ each(b'0');
        let others = ((word & each(0x7f)) + each(0x80 - 10)) | word;
        !others >> 7 & each(1)
    });
    // The sums of eight columns, added up in the highest byte.
    (in_words.sum::<u64>().wrapping_mul(each(1)) >> 56) as u8
}

/// Whether there are enough digits for a number.
fn has_digits(text: &[u8]) -> bool {
    text.len() >= DIGITS && text.iter().filter(|byte| byte.is_ascii_digit()).count() >= DIGITS
}

/// The words that have an `@` somewhere.
fn words_with_at(text: &str) -> impl Iterator<Item = &str> {
    let is_edge = |c: char| c.is_whitespace() || "\"'`<>(),;=[]{}|".contains(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = memchr::memchr(b'@', rest.as_bytes())?;
        let (before, after) = rest.split_at(at);
        let start = at - before.rsplit(is_edge).next()?.len();
        let end = at + after.split(is_edge).next()?.len();
        let word = &rest[start..end];
        rest = &rest[end..];
        Some(word)
    })
}

/// `name@example.org`, but no address of a service (`git@…:`, an image's digest) and none
/// whose top-level domain reaches nobody.
fn is_email(word: &str) -> bool {
    let word = word.strip_prefix("mailto:").unwrap_or(word).trim_end_matches(['.', ':']);
    let Some((local, domain)) = word.split_once('@') else { return false };
    let is_local = (1..=64).contains(&local.len())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(&b))
        && !matches!(local, "git" | "noreply" | "no-reply");
    let mut parts = domain.rsplit('.');
    let top = parts.next().unwrap_or("");
    let second = parts.next().unwrap_or("");
    // RFC 2606; and accounts of programs.
    let is_nobodys = second.eq_ignore_ascii_case("example") && matches!(top, "com" | "org" | "net")
        || second.eq_ignore_ascii_case("gserviceaccount");
    is_local
        && !is_nobodys
        && (2..=24).contains(&top.len())
        && top.bytes().all(|b| b.is_ascii_alphabetic())
        && !second.is_empty()
        && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        && !matches!(
            top,
            "example" | "test" | "local" | "localhost" | "invalid" | "svc" | "internal" | "service"
        )
}

/// ISO 13616: country, two check digits, up to 30 more; modulo 97 is 1.
fn is_iban(run: &str) -> bool {
    let text: Vec<u8> = run.bytes().filter(|b| *b != b' ' && *b != b'-').collect();
    let is_shaped = (15..=34).contains(&text.len())
        && text.iter().take(2).all(u8::is_ascii_uppercase)
        && text.iter().skip(2).take(2).all(u8::is_ascii_digit)
        && text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !is_shaped {
        return false;
    }
    let (head, tail) = text.split_at(4);
    tail.iter().chain(head).fold(0u32, |rest, byte| {
        if byte.is_ascii_digit() {
            (rest * 10 + u32::from(byte - b'0')) % 97
        } else {
            (rest * 100 + u32::from(byte - b'A') + 10) % 97
        }
    }) == 1
}

/// 15 or 16 digits of a known network, in groups or not, with the right check digit (ISO 7812).
fn is_card(run: &str) -> bool {
    let run = run.trim();
    if !run.bytes().all(|b| b.is_ascii_digit() || b == b' ' || b == b'-') {
        return false;
    }
    let digits: Vec<u32> = run.bytes().filter(u8::is_ascii_digit).map(|b| u32::from(b - b'0')).collect();
    let is_known = matches!(
        (digits.len(), digits.first(), digits.get(1)),
        (16, Some(4), _)
            | (16, Some(5), Some(1..=5))
            | (16, Some(2), Some(2..=7))
            | (15, Some(3), Some(4 | 7))
    );
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| match (index % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    is_known && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_between_edges() {
        for text in
            ["", "@", "a@b", " a@b c@d@e f", "x=a@b,c;d@", "é@ü\u{2003}ü@é", "<a@b>(c) [d@e]", "a b c"]
        {
            let is_edge = |c: char| c.is_whitespace() || "\"'`<>(),;=[]{}|".contains(c);
            let expected: Vec<_> = text.split(is_edge).filter(|word| word.contains('@')).collect();
            assert_eq!(words_with_at(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn no_digit_of_a_part_is_left_out() {
        let text = "a7 44-x4;".repeat(40);
        let text = text.as_bytes();
        let digits = Digits::of(text);
        for from in 0..=text.len() {
            for to in from..=text.len() {
                let there = text[from..to].iter().filter(|byte| byte.is_ascii_digit()).count();
                assert!(digits.at_most(from..to) >= there, "{from} to {to}");
            }
        }
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut block = [b'x'; BLOCK];
                block[at] = byte;
                assert_eq!(count(&block), u8::from(byte.is_ascii_digit()), "{byte} at {at}");
            }
        }
        assert_eq!(count(&[b'7'; BLOCK]), BLOCK as u8);
        assert_eq!(Digits::of(b"4 a 44").at_most(0..6), 3);
    }

    #[test]
    fn personal_data_is_known() {
        for (text, what) in [
            ("contact: Ada <ada@votes.org>", Some("an e-mail address")),
            ("mailto:ada.b+c@mail.votes.co", Some("an e-mail address")),
            ("iban=DE89 3704 0044 0532 0130 00", Some("an IBAN")),
            ("GB82WEST12345698765432", Some("an IBAN")),
            ("card: 4111-1111-1111-1111", Some("the number of a payment card")),
            ("amex 378282246310005", None),
            ("378282246310005", Some("the number of a payment card")),
            ("DE89 3704 0044 0532 0130 01", None),
            ("4111 1111 1111 1112", None),
            ("1760000000000000", None),
            ("ops@example.com", None),
            ("ada@mail.example.org", None),
            ("app@project.iam.gserviceaccount.com", None),
            ("ada@myexample.com", Some("an e-mail address")),
            ("git@github.com:votes/votes.git", None),
            ("registry.example.com/app@sha256:0c9f3d1a", None),
            ("user@host", None),
            ("a@b.c", None),
            ("", None),
        ] {
            assert_eq!(in_text(text), what, "{text}");
        }
    }
}
