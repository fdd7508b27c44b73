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

/// Whether the text is a `resource.Quantity`.
pub(super) fn is_quantity(text: &str) -> bool {
    Quantity::parse(text).is_some()
}

/// Whether the text is a moment as RFC 3339 writes it (`2026-01-31T12:00:00Z`) and Go's `time.Parse` reads it:
/// an hour may have one digit, and any number of them may follow the second.
pub(super) fn is_time(text: &str) -> bool {
    after_second(text).is_some_and(|rest| {
        let zone = rest.strip_prefix(['.', ',']).map_or(rest, |fraction| {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            // A point without a digit is none.
            if zone.len() == fraction.len() { "" } else { zone }
        });
        is_zone(zone)
    })
}

/// Whether the text is a moment with six digits after the second: `2026-01-31T12:00:00.000000Z`.
pub(super) fn is_micro_time(text: &str) -> bool {
    let fraction = after_second(text).and_then(|rest| rest.strip_prefix(['.', ',']));
    let zone = fraction.and_then(|fraction| {
        let digits = fraction.get(..6)?.bytes().all(|byte| byte.is_ascii_digit());
        if digits { fraction.get(6..) } else { None }
    });
    zone.is_some_and(is_zone)
}

/// What follows the second of a moment, where that far all is well.
fn after_second(text: &str) -> Option<&str> {
    let (date, time) = text.split_once('T')?;
    let number = |digits: &str, least: u32, most: u32| {
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|number| is_number && (least..=most).contains(number))
    };
    let [year, month, day] = split(date, '-')?;
    let (hour, rest) = time.split_once(':')?;
    let (minute, rest) = rest.split_once(':')?;
    let (second, rest) = rest.split_at_checked(2)?;
    if [year.len(), month.len(), day.len(), minute.len()] != [4, 2, 2, 2] || !(1..=2).contains(&hour.len()) {
        return None;
    }
    let (year, month) = (number(year, 0, 9999)?, number(month, 1, 12)?);
    number(day, 1, days(year, month))?;
    number(hour, 0, 23)?;
    number(minute, 0, 59)?;
    number(second, 0, 59)?;
    Some(rest)
}

fn split(text: &str, at: char) -> Option<[&str; 3]> {
    let mut parts = text.splitn(3, at);
    Some([parts.next()?, parts.next()?, parts.next()?])
}

fn days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether the text is `Z` or a distance from it: `+01:00`.
fn is_zone(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['+', '-']) else { return text == "Z" };
    let number = |digits: Option<&str>, most: u8| {
        digits.is_some_and(|digits| {
            digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits.parse().is_ok_and(|number: u8| number <= most)
        })
    };
    digits.len() == 5
        && digits.as_bytes().get(2) == Some(&b':')
        && number(digits.get(..2), 24)
        && number(digits.get(3..), 60)
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
    fn moments_of_microseconds_have_six_digits() {
        for text in ["2026-01-31T12:00:00.000000Z", "2026-01-31T12:00:00.123456+01:00"] {
            assert!(is_micro_time(text) && is_time(text), "{text}");
        }
        for text in ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00.1234567Z"] {
            assert!(!is_micro_time(text) && is_time(text), "{text}");
        }
        assert!(!is_micro_time("2026-01-31T12:00:00.é1234Z"));
    }

    #[test]
    fn days_are_those_of_the_month() {
        assert!(is_time("2024-02-29T00:00:00Z") && !is_time("2023-02-29T00:00:00Z"));
        assert!(is_time("2023-04-30T1:00:00Z") && !is_time("2023-04-31T00:00:00Z"));
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
        for text in
            ["0", "500m", " 1Gi ", "1e3", "1E", "-1.5e-3", ".5", "1.", "+1", "Gi", "123456789012345678901"]
        {
            assert!(is_quantity(text), "{text:?}");
        }
        for text in
            ["", " ", "500 m", "1gb", "1gi", "1e", "e", "1.2.3", "--1", "one", "1e1.5", "1Kii", "e-20"]
        {
            assert!(!is_quantity(text), "{text:?}");
        }
    }
}
