//! Strings that must be of a form.

use crate::Quantity;

/// Whether Go's `base64.StdEncoding` reads the text: padded, with line ends anywhere in it.
pub(super) fn is_base64(text: &str) -> bool {
    let mut digits = 0u64;
    let mut padding = 0u64;
    for byte in text.bytes() {
        match byte {
            b'\n' | b'\r' => {}
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => digits += 1,
            _ => return false,
        }
    }
    padding <= 2 && (digits + padding).is_multiple_of(4)
}

/// Whether the text is a `resource.Quantity`. Spaces around it are let be, as by the API server.
pub(super) fn is_quantity(text: &str) -> bool {
    Quantity::parse(text.trim()).is_some()
}

/// Whether the text is a moment as RFC 3339 writes it: `2026-01-31T12:00:00Z`.
pub(super) fn is_time(text: &str) -> bool {
    let (Some(date), Some(rest)) = (text.get(..19), text.get(19..)) else { return false };
    let is_date = date.bytes().zip("dddd-dd-ddTdd:dd:dd".bytes()).all(|(byte, form)| match form {
        b'd' => byte.is_ascii_digit(),
        _ => byte == form,
    });
    let number = |from: usize| date.get(from..from + 2).and_then(|digits| digits.parse::<u8>().ok());
    let is_in = |from: usize, least: u8, most: u8| number(from).is_some_and(|n| (least..=most).contains(&n));
    let zone = rest.strip_prefix(['.', ',']).map_or(rest, |fraction| {
        let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        // A point without a digit is none.
        if zone.len() == fraction.len() { "" } else { zone }
    });
    let is_zone = zone == "Z"
        || (zone.len() == 6
            && zone.bytes().zip("+dd:dd".bytes()).all(|(byte, form)| match form {
                b'd' => byte.is_ascii_digit(),
                b'+' => matches!(byte, b'+' | b'-'),
                _ => byte == form,
            }));
    is_date
        && is_zone
        && is_in(5, 1, 12)
        && is_in(8, 1, 31)
        && is_in(11, 0, 23)
        && is_in(14, 0, 59)
        && is_in(17, 0, 59)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded_and_may_be_broken_into_lines() {
        for text in ["", "aGk=", "aGkh", "aG\nkh\n", "YQ==", "+/+/"] {
            assert!(is_base64(text), "{text:?}");
        }
        for text in ["aGk", "a", "aGk=x", "=", "a===", "aGk-", "not base64", "YQ== ", "<secret>"] {
            assert!(!is_base64(text), "{text:?}");
        }
    }

    #[test]
    fn moments_are_rfc_3339() {
        for text in ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123456Z", "2026-01-31T12:00:00+01:00"] {
            assert!(is_time(text), "{text}");
        }
        for text in
            ["", "2026-01-31", "2026-01-31 12:00:00Z", "2026-13-31T12:00:00Z", "2026-01-31T12:00:00", "now"]
        {
            assert!(!is_time(text), "{text}");
        }
        assert!(!is_time("2026-01-31T12:00:00.Z") && !is_time("é026-01-31T12:00:0é"));
    }

    #[test]
    fn quantities_may_have_spaces_around_them() {
        assert!(is_quantity("500m") && is_quantity(" 1Gi ") && is_quantity("1e3"));
        assert!(!is_quantity("") && !is_quantity("500 m") && !is_quantity("1gb"));
    }
}
