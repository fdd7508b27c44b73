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
    let (digits, exponent) = shortest(&format!("{value:e}"), value);
    // Writing to a string cannot fail.
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let sign = if exponent < 0 { "" } else { "+" };
        let _ = write!(out, "{digits}e{sign}{exponent}");
    } else {
        write_plain(&digits, exponent, out);
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
    let (digits, exponent) = shortest(&format!("{value:e}"), f64::from(value));
    // Where Go's %g changes its form.
    if (-4..6).contains(&exponent) {
        let mut text = String::new();
        write_plain(&digits, exponent, &mut text);
        text
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{digits}e{sign}{:02}", exponent.abs())
    }
}

/// 2⁻²⁵, the one power of two for which Go takes the even text; for others it takes the greater one, too.
const EVEN_POWER: f64 = 1.0 / 33_554_432.0;

/// The shortest digits (`1.25`) and the exponent of a number. Of two texts that are equally short and
/// equally near, Go takes the even one, where `{:e}` takes the greater one.
fn shortest(scientific: &str, value: f64) -> (String, i32) {
    let Some((digits, exponent)) = scientific.split_once('e') else { return (scientific.to_owned(), 0) };
    let mut digits = digits.to_owned();
    let places = digits.len() - digits.find('.').map_or(digits.len(), |point| point + 1);
    if places > 0
        && (value.to_bits() << 12 != 0 || value == EVEN_POWER)
        && let Some(last @ (b'1' | b'3' | b'5' | b'7' | b'9')) = digits.bytes().last()
    {
        let mut lower = digits.clone();
        lower.pop();
        lower.push((last - 1) as char);
        // Enough places to show that nothing follows the 5.
        let exact = format!("{value:.*e}", places + 40);
        let is_between = exact.split_once('e').and_then(|(exact, _)| exact.strip_prefix(lower.as_str()));
        if is_between
            .is_some_and(|rest| rest.starts_with('5') && rest[1..].bytes().all(|digit| digit == b'0'))
        {
            digits = lower;
            digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
        }
    }
    (digits, exponent.parse().unwrap_or(0))
}

/// Writes digits with a point (`1.25`) and an exponent without an exponent.
fn write_plain(digits: &str, exponent: i32, out: &mut String) {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let plain: String = digits.chars().filter(|&digit| digit != '.').collect();
    out.push_str(sign);
    if exponent < 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', exponent.unsigned_abs() as usize - 1));
        out.push_str(&plain);
        return;
    }
    let whole = exponent as usize + 1;
    if plain.len() <= whole {
        out.push_str(&plain);
        out.extend(std::iter::repeat_n('0', whole - plain.len()));
    } else {
        out.push_str(&plain[..whole]);
        out.push('.');
        out.push_str(&plain[whole..]);
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
            (123456.789, "123456.789"),
            (-0.05, "-0.05"),
            (1125899906842624.0 + 0.25, "1125899906842624.2"),
            (1125899906842624.0 + 0.75, "1125899906842624.8"),
        ] {
            let mut text = String::new();
            write_json(value, &mut text);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn keys() {
        for (value, expected) in [
            (1.0, "1"),
            (0.0, "0"),
            (1e6, "1e+06"),
            (123456.0, "123456"),
            (1234567.0, "1.234567e+06"),
            (1234567.25, "1.2345672e+06"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5, "1.5"),
            (0.000244140625, "0.00024414063"),
            (1e300, ".inf"),
        ] {
            assert_eq!(key(value), expected);
        }
    }
}
