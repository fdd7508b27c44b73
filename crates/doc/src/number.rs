//! Numbers as Go reads and writes them.

use std::fmt::Write;

/// Reads an integer as Go's `strconv.ParseInt(text, 0, 64)` and then `ParseUint` do: a sign, a base
/// prefix (`0x`, `0o`, `0b`, or `0` for octal), digits. The text has no underscores.
pub(crate) fn integer(text: &str) -> Option<i128> {
    let (negative, signed, rest) = match text.as_bytes().first()? {
        b'-' => (true, true, &text[1..]),
        b'+' => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let bytes = rest.as_bytes();
    let (digits, base) = match bytes {
        [b'0', mark, _, ..] if mark.eq_ignore_ascii_case(&b'b') => (&bytes[2..], 2),
        [b'0', mark, _, ..] if mark.eq_ignore_ascii_case(&b'o') => (&bytes[2..], 8),
        [b'0', mark, _, ..] if mark.eq_ignore_ascii_case(&b'x') => (&bytes[2..], 16),
        [b'0', _, ..] => (&bytes[1..], 8),
        _ => (bytes, 10),
    };
    let magnitude = magnitude(digits, base)?;
    in_range(negative, signed, magnitude)
}

/// Reads an integer in base 2 after its prefix, as the library's own handling of `0b` does; a sign may
/// stand after the prefix.
pub(crate) fn binary(text: &str) -> Option<i128> {
    let (negative, signed, rest) = match text.as_bytes().first()? {
        b'-' => (true, true, &text[1..]),
        b'+' => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    in_range(negative, signed, magnitude(rest.as_bytes(), 2)?)
}

fn magnitude(digits: &[u8], base: u32) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u64, |sum, &digit| {
        let value = (digit as char).to_digit(base)?;
        sum.checked_mul(u64::from(base))?.checked_add(u64::from(value))
    })
}

/// An `int64`, or a `uint64` where no sign is written.
fn in_range(negative: bool, signed: bool, magnitude: u64) -> Option<i128> {
    let value = if negative { -i128::from(magnitude) } else { i128::from(magnitude) };
    let fits = if signed { i64::try_from(value).is_ok() } else { true };
    fits.then_some(value)
}

/// Whether the text is a float of the library's pattern:
/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
pub(crate) fn is_decimal_float(text: &[u8]) -> bool {
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    if text.get(at) == Some(&b'.') {
        at += 1;
        let fraction = digits(at);
        if whole == 0 && fraction == 0 {
            return false;
        }
        at += fraction;
    } else if whole == 0 {
        return false;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(text.get(at), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return false;
        }
        at += exponent;
    }
    at == text.len()
}

/// The value of a text for which [`is_decimal_float`] holds; `None` where it is too large.
pub(crate) fn float(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// Writes a float as Go's `encoding/json` does.
pub(crate) fn write_json(value: f64, out: &mut String) {
    let size = value.abs();
    // Writing to a string cannot fail.
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let mut text = String::new();
        let _ = write!(text, "{value:e}");
        match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => {
                let _ = write!(out, "{digits}e+{exponent}");
            }
            _ => out.push_str(&text),
        }
    } else {
        let _ = write!(out, "{value}");
    }
}

/// A float key as the library turns it into a string: the shortest text of 32 bits, in Go's `%g`.
pub(crate) fn key(value: f64) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    let value = value as f32;
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let power: i32 = exponent.parse().unwrap_or(0);
    // Where Go's %g changes its form.
    if value != 0.0 && !(-4..6).contains(&power) {
        let sign = if power < 0 { '-' } else { '+' };
        format!("{digits}e{sign}{:02}", power.abs())
    } else {
        format!("{value}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        for (text, value) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("0400", Some(256)),
            ("0o17", Some(15)),
            ("0O17", Some(15)),
            ("0x1F", Some(31)),
            ("-0b11", Some(-3)),
            ("+7", Some(7)),
            ("18446744073709551615", Some(18446744073709551615)),
            ("-9223372036854775808", Some(-9223372036854775808)),
            ("-9223372036854775809", None),
            ("+18446744073709551615", None),
            ("18446744073709551616", None),
            ("08", None),
            ("0x", None),
            ("0b", None),
            ("", None),
            ("-", None),
            ("1e3", None),
        ] {
            assert_eq!(integer(text), value, "{text}");
        }
    }

    #[test]
    fn floats() {
        for text in ["1.", ".5", "1.5e3", "-1E-3", "+0.1", "08"] {
            assert!(is_decimal_float(text.as_bytes()), "{text}");
        }
        for text in [".", "", "-", "1e", "1e+", "e5", "1.5x", "0x1p-2", "1.2.3", "-."] {
            assert!(!is_decimal_float(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn json_text() {
        for (value, expected) in [
            (1.0, "1"),
            (-0.0, "-0"),
            (0.1, "0.1"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e300, "1.5e+300"),
        ] {
            let mut text = String::new();
            write_json(value, &mut text);
            assert_eq!(text, expected);
        }
    }
}
