//! What a scalar means: YAML 1.1 as the library behind `sigs.k8s.io/yaml` resolves it.

use crate::number;

/// The value of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    /// From the least `int64` to the greatest `uint64`.
    Integer(i128),
    Float(f64),
    /// Its own text. Timestamps too: the library knows them, and hands on their text.
    String,
}

/// The namespace of YAML's own tags.
const NAMESPACE: &str = "tag:yaml.org,2002:";

/// The tag of the merge key.
pub(crate) const MERGE: &str = "tag:yaml.org,2002:merge";
/// The tag of base64 text.
pub(crate) const BINARY: &str = "tag:yaml.org,2002:binary";

/// What a first byte says about a plain scalar.
const STRING: u8 = 0;
const WORD: u8 = 1;
const NUMBER: u8 = 2;
const DOT: u8 = 3;

static HINTS: [u8; 256] = {
    let mut hints = [STRING; 256];
    let words = b"yYnNtTfFoO~";
    let mut at = 0;
    while at < words.len() {
        hints[words[at] as usize] = WORD;
        at += 1;
    }
    let numbers = b"+-0123456789";
    at = 0;
    while at < numbers.len() {
        hints[numbers[at] as usize] = NUMBER;
        at += 1;
    }
    hints[b'.' as usize] = DOT;
    hints
};

/// Whether a plain scalar that begins with this byte may be anything but its text.
#[inline]
pub(crate) fn may_not_be_text(first: u8) -> bool {
    HINTS[first as usize] != STRING
}

/// Resolves a plain scalar without a tag.
pub(crate) fn plain(text: &str) -> Scalar {
    let Some(&first) = text.as_bytes().first() else { return Scalar::Null };
    match HINTS[first as usize] {
        STRING => Scalar::String,
        WORD => word(text).unwrap_or(Scalar::String),
        DOT => special_float(text).or_else(|| dotted(text)).unwrap_or(Scalar::String),
        _ => short_decimal(text)
            .map(Scalar::Integer)
            .or_else(|| special_float(text))
            .or_else(|| numeric(text))
            .unwrap_or(Scalar::String),
    }
}

/// The number that a few digits mean, where they can mean no other: most numbers are such.
fn short_decimal(text: &str) -> Option<i128> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 9 || (bytes[0] == b'0' && bytes.len() > 1) {
        return None;
    }
    let mut number = 0u32;
    for &byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u32::from(digit);
    }
    Some(i128::from(number))
}

fn word(text: &str) -> Option<Scalar> {
    // The longest word is `false`.
    if text.len() > 5 {
        return None;
    }
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => return None,
    })
}

fn special_float(text: &str) -> Option<Scalar> {
    if text.len() > 5 {
        return None;
    }
    Some(Scalar::Float(match text {
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => f64::INFINITY,
        "-.inf" | "-.Inf" | "-.INF" => f64::NEG_INFINITY,
        _ => return None,
    }))
}

/// A float that begins with its point. Underscores are read as Go reads them: between digits alone.
fn dotted(text: &str) -> Option<Scalar> {
    if !text.contains('_') {
        return float(text);
    }
    let bytes = text.as_bytes();
    let between_digits = bytes.iter().enumerate().all(|(at, &byte)| {
        byte != b'_'
            || (at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
    });
    if between_digits { float(&text.replace('_', "")) } else { None }
}

fn float(text: &str) -> Option<Scalar> {
    if number::is_decimal_float(text.as_bytes()) { number::float(text).map(Scalar::Float) } else { None }
}

/// An integer or a float that begins with a digit or a sign.
fn numeric(text: &str) -> Option<Scalar> {
    // All that follows is made of these bytes.
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit() || b"+-._xXoO".contains(&byte)) {
        return None;
    }
    if text.contains('_') { without_underscores(&text.replace('_', "")) } else { without_underscores(text) }
}

fn without_underscores(text: &str) -> Option<Scalar> {
    if let Some(value) = number::integer(text) {
        return Some(Scalar::Integer(value));
    }
    if number::is_decimal_float(text.as_bytes())
        && let Some(value) = number::float(text)
    {
        return Some(Scalar::Float(value));
    }
    if let Some(digits) = text.strip_prefix("0b") {
        return number::binary(digits).map(Scalar::Integer);
    }
    if let Some(digits) = text.strip_prefix("-0b")
        && !digits.starts_with(['+', '-'])
    {
        return number::binary(&format!("-{digits}")).map(Scalar::Integer);
    }
    None
}

/// Resolves a scalar with a tag, whatever its quotes. The tag is not empty and not [`BINARY`].
/// The error says what the text is and what the tag wants.
pub(crate) fn tagged(tag: &str, text: &str) -> Result<Scalar, String> {
    let wanted = match tag.strip_prefix(NAMESPACE) {
        Some(name @ ("bool" | "int" | "float" | "null" | "timestamp")) => name,
        // Text under any other tag is the text.
        _ => return Ok(Scalar::String),
    };
    let value = plain(text);
    let fits = match (wanted, value) {
        ("bool", Scalar::Bool(_))
        | ("int", Scalar::Integer(_))
        | ("float", Scalar::Float(_))
        | ("null", Scalar::Null) => true,
        ("float", Scalar::Integer(integer)) => match i64::try_from(integer) {
            Ok(integer) => return Ok(Scalar::Float(integer as f64)),
            Err(_) => false,
        },
        ("timestamp", Scalar::String) => is_timestamp(text),
        _ => false,
    };
    if fits {
        return Ok(value);
    }
    let found = match value {
        Scalar::Null => "null",
        Scalar::Bool(_) => "a boolean",
        Scalar::Integer(_) => "an integer",
        Scalar::Float(_) => "a float",
        Scalar::String => "a string",
    };
    Err(format!("the tag !!{wanted} stands on {found}"))
}

/// Whether Go's `time.Parse` takes the text in one of the four forms that the library tries.
fn is_timestamp(text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    let Some(year) = rest.digits(4, 4) else { return false };
    if !rest.eat(b'-') {
        return false;
    }
    let Some(month) = rest.digits(1, 2) else { return false };
    if !rest.eat(b'-') {
        return false;
    }
    let Some(day) = rest.digits(1, 2) else { return false };
    if !(1..=12).contains(&month) || day < 1 || day > days(year, month) {
        return false;
    }
    if rest.0.is_empty() {
        return true;
    }
    let zoned = rest.eat(b'T') || rest.eat(b't');
    if !zoned {
        if !rest.eat(b' ') {
            return false;
        }
        while rest.eat(b' ') {}
    }
    let Some(hour) = rest.digits(1, 2) else { return false };
    if !rest.eat(b':') {
        return false;
    }
    let Some(minute) = rest.digits(1, 2) else { return false };
    if !rest.eat(b':') {
        return false;
    }
    let Some(second) = rest.digits(1, 2) else { return false };
    if hour > 23 || minute > 59 || second > 59 {
        return false;
    }
    // A fraction may stand though the form has none to ask for, after a point or a comma.
    if matches!(rest.0, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
        rest.0 = &rest.0[1..];
        while matches!(rest.0, [digit, ..] if digit.is_ascii_digit()) {
            rest.0 = &rest.0[1..];
        }
    }
    if !zoned {
        return rest.0.is_empty();
    }
    if rest.eat(b'Z') {
        return rest.0.is_empty();
    }
    if !(rest.eat(b'+') || rest.eat(b'-')) {
        return false;
    }
    let Some(hours) = rest.digits(2, 2) else { return false };
    if !rest.eat(b':') {
        return false;
    }
    let Some(minutes) = rest.digits(2, 2) else { return false };
    hours <= 24 && minutes <= 60 && rest.0.is_empty()
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.0.first() == Some(&byte);
        if there {
            self.0 = &self.0[1..];
        }
        there
    }
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        let value = self.0[..count].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        self.0 = &self.0[count..];
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_plain_scalars() {
        for (text, value) in [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("Null", Scalar::Null),
            ("nULL", Scalar::String),
            ("y", Scalar::Bool(true)),
            ("On", Scalar::Bool(true)),
            ("oN", Scalar::String),
            ("NO", Scalar::Bool(false)),
            ("off", Scalar::Bool(false)),
            ("truee", Scalar::String),
            ("0400", Scalar::Integer(256)),
            ("0o400", Scalar::Integer(256)),
            ("1_000", Scalar::Integer(1000)),
            ("0b-101", Scalar::Integer(-5)),
            ("-0b101", Scalar::Integer(-5)),
            ("-0b-101", Scalar::String),
            ("190:20:30", Scalar::String),
            ("08", Scalar::Float(8.0)),
            ("1e3", Scalar::Float(1000.0)),
            ("1e400", Scalar::String),
            (".5", Scalar::Float(0.5)),
            (".5_5", Scalar::Float(0.55)),
            (".5_", Scalar::String),
            ("_1", Scalar::String),
            ("1_", Scalar::Integer(1)),
            ("0x_1F", Scalar::Integer(31)),
            ("1.2.3", Scalar::String),
            ("2001-01-01", Scalar::String),
            ("<<", Scalar::String),
            ("-", Scalar::String),
            (".", Scalar::String),
            ("+.INF", Scalar::Float(f64::INFINITY)),
        ] {
            assert_eq!(plain(text), value, "{text}");
        }
    }

    #[test]
    fn tags_are_obeyed_or_refused() {
        let tag = |name: &str| format!("{NAMESPACE}{name}");
        assert_eq!(tagged(&tag("str"), "5"), Ok(Scalar::String));
        assert_eq!(tagged(&tag("int"), "5"), Ok(Scalar::Integer(5)));
        assert_eq!(tagged(&tag("float"), "5"), Ok(Scalar::Float(5.0)));
        assert_eq!(tagged("!local", "5"), Ok(Scalar::String));
        assert!(tagged(&tag("int"), "5.0").is_err());
        assert!(tagged(&tag("float"), "18446744073709551615").is_err());
        assert!(tagged(&tag("null"), "x").is_err());
    }

    #[test]
    fn timestamps_as_go_reads_them() {
        for text in
            ["2001-01-01", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10", "2024-02-29"]
        {
            assert!(is_timestamp(text), "{text}");
        }
        for text in ["2001-12-14 21:59:43.10 -5", "2001-13-01", "2023-02-29", "201-01-01", "2001-01-01T", "x"]
        {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
