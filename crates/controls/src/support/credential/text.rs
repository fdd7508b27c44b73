//! Text that sets many names: properties, environment files, INI, JSON, YAML, shell commands.
//!
//! The search is here, line by line. Each way to set a name has a file of its own below.

mod assigned;
mod beside;
mod code;
mod connection;
mod flow;
mod hash;
mod header;
mod literal;
mod logins;
mod phrase;
mod property;
mod signs;
mod xml;

use crate::support::lines::{above, lines};

use super::name::{has_any_stem, meaning, stem_after};

use assigned::{ends_quoted, name_before, value_after};
use beside::{default_beside, name_alone, name_beside, value_beside};
use code::{constant, pair};
use hash::is_password_hash;
use header::{header, set_header};
use phrase::{flags, phrases};
use signs::Signs;
use xml::{attribute, element};

pub(crate) use beside::called_by;
pub(super) use literal::{is_literal, is_mixed};
pub(super) use logins::{in_netrc, in_pgpass};

/// Where a text sets a name to a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assignment<'t> {
    /// `a password`
    pub(crate) what: &'static str,
    /// `db.password`
    pub(crate) name: &'t str,
    /// From 1.
    pub(crate) line: usize,
}

/// Longest text that is read; what follows it is not.
const LONGEST: usize = 1 << 20;

/// As much of a text as is read.
pub(super) fn begin_of(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The first assignment in a text that sets a telling name to what may be a credential. Stricter than a
/// name by itself: text also holds code, templates and descriptions.
pub(crate) fn in_text(text: &str) -> Option<Assignment<'_>> {
    let text = begin_of(text);
    let signs = Signs::of(text);
    let mut named = None;
    let mut lines = lines(text);
    loop {
        // Most lines have no telling name, and are passed over to one that may have.
        let has_stem = named.is_none() && !signs.any();
        if has_stem {
            lines.skip_to(stem_after(text, lines.place())?);
        }
        let (place, number) = (lines.place(), lines.number());
        let line = lines.next()?;
        // A variable of a pod in two lines: its name, and its value.
        if let Some(name) = named.take()
            && let Some(what) = value_beside(line, name)
        {
            return Some(Assignment { what, name, line: number });
        }
        if !(has_stem || has_any_stem(line) || signs.within(line).any()) || is_comment(line) {
            continue;
        }
        named = name_alone(line);
        let found = in_line(line, signs).or_else(|| default_beside(line, above(text, place)));
        if let Some((what, name)) = found {
            return Some(Assignment { what, name, line: number });
        }
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    // .npmrc gives settings to a registry so: //registry.example.com/:_authToken=
    if line.starts_with("//") && line.contains("/:_") {
        return false;
    }
    ["#", "//", ";", "*", "/*", "<!--", "%", "rem "].iter().any(|start| line.starts_with(start))
}

fn in_line(line: &str, signs: Signs) -> Option<(&'static str, &str)> {
    let bytes = line.as_bytes();
    for index in memchr::memchr3_iter(b'>', b'=', b':', bytes) {
        let byte = bytes[index];
        if byte == b'>'
            && let Some(found) = element(line, index)
        {
            return Some(found);
        }
        if byte == b'>' {
            continue;
        }
        // `==`, `::`, `://`, `!=`, `=>` assign nothing.
        let next = bytes.get(index + 1).copied().unwrap_or(0);
        if byte == b'='
            && next == b'>'
            && let Some(found) = pair(line.get(..index)?, begin(line.get(index + 2..)?))
        {
            return Some(found);
        }
        if matches!(next, b'=' | b':' | b'>' | b'~') || (byte == b':' && next == b'/') {
            continue;
        }
        let (Some(before), Some(after)) = (line.get(..index), line.get(index + 1..).map(begin)) else {
            continue;
        };
        // config['password'] = 'value'
        if byte == b'='
            && let Some(before) = before.trim_end().strip_suffix(']').filter(|before| ends_quoted(before))
            && let Some(found) = pair(before, after)
        {
            return Some(found);
        }
        if is_password_hash(after) {
            return Some(("the hash of a password", name_before(before).unwrap_or("")));
        }
        let Some(name) = name_before(before) else { continue };
        if byte == b':'
            && let Some(what) = header(name, after)
        {
            return Some((what, name));
        }
        // <property name="password" value="…"/> of XML, {"name": "password", "value": "…"}
        let name = match (name, byte) {
            ("value", b'=') => attribute(before).unwrap_or(name),
            ("value", b':') => name_beside(before).unwrap_or(name),
            _ => name,
        };
        let Some(meaning) = meaning(name) else { continue };
        if let Some(what) = value_after(before, after, byte, meaning, name) {
            return Some((what, name));
        }
    }
    flags(line)
        .or_else(|| phrases(line, signs))
        .or_else(|| constant(line))
        .or_else(|| if signs.header { set_header(line) } else { None })
}

/// As much of a value as is looked at, and more than any credential has that isn't known by its form: a line may be a
/// whole document, with a sign in it at every few bytes.
fn begin(after: &str) -> &str {
    let to = after.len().min(2048);
    (0..=to).rev().find_map(|at| after.get(..at)).unwrap_or("")
}

/// The end of what stands before a value, as far back as it is looked at.
fn near(before: &str) -> &str {
    let from = before.len().saturating_sub(256);
    (from..before.len()).find_map(|at| before.get(at..)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::phrase::phrase;
    use super::*;

    #[test]
    fn lines_that_are_passed_over_count() {
        let lines = ["", "a: b", "master: plan", "# password: none", "é", "- name: DB_PASSWORD"];
        let found = |text: &str| in_text(text).map(|found| (found.name.to_owned(), found.line));
        for (end, number) in
            ["\n", "\r\n"].into_iter().flat_map(|end| (0..216).map(move |number| (end, number)))
        {
            let before = [number % 6, number / 6 % 6, number / 36].map(|at| lines[at]);
            let text = [&before[..], &["token: hunter2Xy19", "z"]].concat().join(end);
            assert_eq!(found(&text), Some(("token".to_owned(), 4)), "{text:?}");
            // The value of a variable stands in the line below its name.
            let text = [&before[..], &["- name: DB_PASSWORD", "  value: hunter2Xy19"]].concat().join(end);
            assert_eq!(found(&text), Some(("DB_PASSWORD".to_owned(), 5)), "{text:?}");
            assert_eq!(found(&before.join(end)), None, "{before:?}");
        }
    }

    /// Each line is looked at closely where a quick look would pass it over.
    #[test]
    fn a_quick_look_passes_over_nothing() {
        let pieces = [
            "",
            "#",
            "x",
            "curl",
            "/usr/bin/curl",
            "-u",
            "--user",
            "admin:hunter2",
            "IDENTIFIED",
            "identified",
            "By",
            "'hunter2'",
            "PASSWORD",
            "password",
            "passwort:",
            "hunter2",
            "requirepass",
            "MasterAuth",
            "machine git.example.com",
            "login ci",
            "admin:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/",
            "admin:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=",
            "userPassword: {SSHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc5Z7kQ",
            "token=q7RtZ1pW9xKc4LmB",
            "proxy_set_header X-Api-Key",
            "Authorization: Basic dXNlcjpodW50ZXIyWHk5",
            "é",
        ];
        let mut found = 0;
        // Every third of all lines of four pieces.
        for number in (0..pieces.len().pow(4)).step_by(3) {
            let piece = |at: u32| pieces[number / pieces.len().pow(at) % pieces.len()];
            let line = [0, 1, 2, 3].map(piece).join(" ");
            let close = phrase(&line);
            assert_eq!(phrases(&line, Signs::of(&line)), close, "{line}");
            let close = in_line(&line, Signs::ALL).or(close).filter(|_| !is_comment(&line));
            let text = format!("nothing\n{line}\nnothing");
            let quick = in_text(&text).map(|quick| (quick.what, quick.name));
            assert_eq!(quick, close, "{line}");
            found += usize::from(quick.is_some());
        }
        assert!(found > 3_000, "{found}");
    }

    #[test]
    fn lines_beside_comments() {
        for (text, name, line) in [
            ("# nothing\npassword: admin", "password", 2),
            ("//registry.example.com/:_authToken=0f8fad5b-d9cb-469f-a165-70867728950e", "_authToken", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn comments_and_nothing() {
        for text in ["", "# password: hunter2", "// password = hunter2", "// the password: hunter2"] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
