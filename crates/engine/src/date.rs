//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// `None` for a day that no calendar has.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let known = (1..=9999).contains(&year) && (1..=days_in(year, month)).contains(&day);
        known.then_some(Date { year, month, day })
    }

    /// The day in UTC of a number of seconds since 1970-01-01. Outside the years 1 to 9999 the first
    /// or the last day.
    pub fn from_unix_seconds(seconds: i64) -> Date {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin
        // in March, so that the leap day is their last; eras of 400 years.
        let days = seconds.div_euclid(86_400).saturating_add(719_468);
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let date = |year: i64| {
            Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        date(year).unwrap_or(if seconds < 0 {
            Date { year: 1, month: 1, day: 1 }
        } else {
            Date { year: 9999, month: 12, day: 31 }
        })
    }
}

/// 0 for a month that no year has.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl FromStr for Date {
    type Err = String;

    /// Reads `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Date, String> {
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<u16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let mut next = |digits| parts.next().and_then(|part| number(part, digits));
        let (year, month, day) = (next(4), next(2), next(2));
        let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
            return Err("a date is written YYYY-MM-DD".to_owned());
        };
        u8::try_from(month)
            .ok()
            .zip(u8::try_from(day).ok())
            .and_then(|(month, day)| Date::new(year, month, day))
            .ok_or_else(|| format!("no calendar has the day {text}"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_days_are_read() {
        for text in ["2027-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2026-11-30"] {
            assert_eq!(text.parse::<Date>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn other_days_are_not() {
        for text in [
            "",
            "2027",
            "2027-1-31",
            "2027-01-32",
            "2027-00-10",
            "2027-13-01",
            "2027-01-00",
            "2026-02-29",
            "1900-02-29",
            "2026-11-31",
            "0000-01-01",
            "2027-01-31 ",
            "2027-01-31-01",
            "+027-01-31",
            "27-01-31",
            "2027/01/31",
            "31-01-2027",
            "２０２７-01-31",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn days_are_ordered() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        assert!(date("2026-12-31") < date("2027-01-01"));
        assert!(date("2027-01-31") < date("2027-02-01"));
    }

    #[test]
    fn seconds_become_days() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (4_107_456_000, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
            (i64::MAX, "9999-12-31"),
            (i64::MIN, "0001-01-01"),
        ] {
            assert_eq!(Date::from_unix_seconds(seconds).to_string(), expected, "{seconds}");
        }
    }
}
