//! The words of a waiver: `pod/privileged,pod/host-pid until=2027-01-31 owner=platform reason="…"`.

use crate::waiver::{Named, Terms};
use crate::{Date, Names, nearest};

const KEYS: [&str; 3] = ["until", "owner", "reason"];

/// Reads what stands after `waive`. The error is one plain line that says all that is wrong.
pub(super) fn parse(text: &str, names: &dyn Names) -> Result<Terms, String> {
    let (controls, mut rest) = split(text);
    let mut problems = Vec::new();
    let controls = named(controls, names, &mut problems);
    let [mut until, mut owner, mut reason] = [None, None, None];
    while let Some((key, value, after)) = entry(rest, &mut problems) {
        rest = after;
        let slot = match key {
            "until" => &mut until,
            "owner" => &mut owner,
            "reason" => &mut reason,
            _ => {
                let hint = match nearest(key, KEYS) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("the keys are {}", KEYS.join(", ")),
                };
                problems.push(format!("it has an unknown key {key:?}: {hint}"));
                continue;
            }
        };
        if slot.is_some() {
            problems.push(format!("it has {key} twice"));
        } else if !value.trim().is_empty() {
            *slot = Some(value.trim().to_owned());
        }
    }
    let date = until.as_deref().map(str::parse::<Date>);
    if let Some(Err(error)) = &date {
        problems.push(format!("its until is no date: {error}"));
    }
    let missing: Vec<_> =
        [("until", until.is_none()), ("owner", owner.is_none()), ("reason", reason.is_none())]
            .into_iter()
            .filter_map(|(key, is_missing)| is_missing.then_some(key))
            .collect();
    if !missing.is_empty() && !problems.iter().any(|problem| problem.contains(UNREADABLE)) {
        problems.push(format!("it has no {}", missing.join(" and no ")));
    }
    match (date, owner, reason) {
        (Some(Ok(until)), Some(owner), Some(reason)) if problems.is_empty() => {
            Ok(Terms { controls, reason, owner, until })
        }
        _ => Err(problems.join("; ")),
    }
}

/// Marks problems after which the rest of the text is not read.
const UNREADABLE: &str = "cannot be read";

/// The controls, and what follows from the first `key=` on.
fn split(text: &str) -> (&str, &str) {
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.contains('=') {
            break;
        }
        at += word.len();
    }
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn named(text: &str, names: &dyn Names, problems: &mut Vec<String>) -> Vec<Named> {
    let mut controls = Vec::new();
    if text.trim().is_empty() {
        problems.push("it names no control".to_owned());
        return controls;
    }
    for name in text.split(',').map(str::trim) {
        if name.is_empty() {
            problems.push("it has a comma with no control beside it".to_owned());
        } else if name.contains(char::is_whitespace) {
            problems.push("several controls are separated by commas, and settings are key=value".to_owned());
        } else {
            match names.controls(name) {
                Ok(found) => controls.push(Named { name: name.to_owned(), controls: found }),
                Err(error) => problems.push(error),
            }
        }
    }
    controls
}

/// The next `key=value`, and what stands after it.
fn entry<'t>(text: &'t str, problems: &mut Vec<String>) -> Option<(&'t str, String, &'t str)> {
    let text = text.trim_start();
    if text.is_empty() {
        return None;
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let Some((key, value)) = text.split_once('=').filter(|(key, _)| (1..end).contains(&key.len())) else {
        let word: String = text.chars().take_while(|c| !c.is_whitespace()).take(40).collect();
        problems
            .push(format!("it {UNREADABLE} at {word:?}: settings are key=value, with quotes around spaces"));
        return None;
    };
    let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
        let end = value.find(char::is_whitespace).unwrap_or(value.len());
        let (value, after) = value.split_at_checked(end).unwrap_or((value, ""));
        return Some((key, value.to_owned(), after));
    };
    let mut content = String::new();
    let mut characters = value.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            let after = value.get(at + 1..).unwrap_or("");
            if after.starts_with(|next: char| !next.is_whitespace()) {
                problems.push(format!("it {UNREADABLE} after the quoted {key}: a space belongs there"));
                return None;
            }
            return Some((key, content, after));
        }
        match character {
            '\\' => content.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => content.push(character),
        }
    }
    problems.push(format!("it {UNREADABLE}: the quote around its {key} is not closed"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Known;

    #[track_caller]
    fn check(text: &str, expected: Result<(&[&str], &str, &str, &str), &str>) {
        let found = parse(text, &Known);
        let found = found.as_ref().map(|terms| {
            let controls: Vec<_> = terms.controls.iter().map(|named| named.name.as_str()).collect();
            (controls, terms.until.to_string(), terms.owner.as_str(), terms.reason.as_str())
        });
        let found = found
            .as_ref()
            .map(|(controls, until, owner, reason)| (controls.as_slice(), until.as_str(), *owner, *reason));
        assert_eq!(found.map_err(|error| error.as_str()), expected, "{text}");
    }

    #[test]
    fn whole_waivers() {
        let day = "2027-01-31";
        for (text, controls, owner, reason) in [
            (
                r#"test/a until=2027-01-31 owner=platform reason="it tunes""#,
                &["test/a"][..],
                "platform",
                "it tunes",
            ),
            (
                r#" test/a  reason='a "b" c'   owner="a team" until="2027-01-31" "#,
                &["test/a"],
                "a team",
                r#"a "b" c"#,
            ),
            (r#"test/a,test/b until=2027-01-31 owner=o reason=r"#, &["test/a", "test/b"], "o", "r"),
            (r#"test/a, T-1 until=2027-01-31 owner=o reason=a=b"#, &["test/a", "T-1"], "o", "a=b"),
            (
                r#"test/* until=2027-01-31 owner=o reason="say \"x\" \\ y""#,
                &["test/*"],
                "o",
                r#"say "x" \ y"#,
            ),
            (
                r#"test/a until=2027-01-31 owner=o reason="until=never, owner=me""#,
                &["test/a"],
                "o",
                "until=never, owner=me",
            ),
        ] {
            check(text, Ok((controls, day, owner, reason)));
        }
    }

    #[test]
    fn waivers_that_lack_something() {
        for (text, expected) in [
            ("test/a", "it has no until and no owner and no reason"),
            ("test/a until=2027-01-31 owner=o", "it has no reason"),
            ("test/a until=2027-01-31 reason=r", "it has no owner"),
            ("test/a owner=o reason=r", "it has no until"),
            (r#"test/a until=2027-01-31 owner=o reason="  ""#, "it has no reason"),
            ("test/a until=2027-01-31 owner= reason=r", "it has no owner"),
            ("until=2027-01-31 owner=o reason=r", "it names no control"),
            ("", "it names no control; it has no until and no owner and no reason"),
            ("test/a, until=2027-01-31 owner=o reason=r", "it has a comma with no control beside it"),
        ] {
            check(text, Err(expected));
        }
    }

    #[test]
    fn waivers_that_say_something_wrong() {
        for (text, expected) in [
            (
                "test/a until=2026-02-29 owner=o reason=r",
                "its until is no date: no calendar has the day 2026-02-29",
            ),
            ("test/a until=tomorrow owner=o reason=r", "its until is no date: a date is written YYYY-MM-DD"),
            ("test/x until=2027-01-31 owner=o reason=r", "no control is called \"test/x\""),
            ("* until=2027-01-31 owner=o reason=r", "no control is called \"*\""),
            (
                "test/a test/b until=2027-01-31 owner=o reason=r",
                "several controls are separated by commas, and settings are key=value",
            ),
            ("test/a until=2027-01-31 owner=o reason=r owner=p", "it has owner twice"),
            (
                "test/a until=2027-01-31 ownr=o reason=r",
                "it has an unknown key \"ownr\": did you mean owner?; it has no owner",
            ),
            (
                "test/a until=2027-01-31 owner=o reason=two words",
                "it cannot be read at \"words\": settings are key=value, with quotes around spaces",
            ),
            (
                "test/a until=2027-01-31 owner=o reason=\"open",
                "it cannot be read: the quote around its reason is not closed",
            ),
            (
                "test/a until=2027-01-31 owner=o reason=\"a\"b",
                "it cannot be read after the quoted reason: a space belongs there",
            ),
            ("test/a =x", "it cannot be read at \"=x\": settings are key=value, with quotes around spaces"),
        ] {
            check(text, Err(expected));
        }
    }

    #[test]
    fn a_waiver_that_is_cut_short_waives_nothing() {
        let whole = r#"test/a,test/b until=2027-01-31 owner='a team' reason="it is \"so\" – ü""#;
        assert!(parse(whole, &Known).is_ok());
        for (end, _) in whole.char_indices() {
            let cut = whole.get(..end).expect("the end of a character");
            assert!(parse(cut, &Known).is_err(), "{cut}");
        }
    }
}
