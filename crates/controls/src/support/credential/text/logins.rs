//! Files of logins, by their names: what PostgreSQL's programs read, and what curl and git do.

use super::super::name::Meaning;
use super::super::value;
use crate::support::lines::lines;

use super::{Assignment, begin_of, is_comment};

/// The first password in a file that PostgreSQL's programs read passwords from, `HOST:PORT:DATABASE:USER:PASSWORD`
/// each, as the file's name says.
pub(crate) fn in_pgpass<'t>(name: &str, text: &'t str) -> Option<Assignment<'t>> {
    if !name.to_ascii_lowercase().trim_end_matches(".conf").ends_with("pgpass") {
        return None;
    }
    let has_password = |line: &str| {
        // A colon of a value has a backslash before it.
        let line = line.replace("\\:", "_");
        let mut fields = line.trim_end().splitn(5, ':');
        let (Some(_), Some(port), Some(_), Some(_), Some(password)) =
            (fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return false;
        };
        (port == "*" || !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
            && value::is_plausible(Meaning::Password, "pgpass", password)
    };
    lines(begin_of(text))
        .zip(1..)
        .find(|(line, _)| !line.starts_with('#') && has_password(line))
        .map(|(_, line)| Assignment { what: "a password", name: "", line })
}

/// The first password in a file that curl, git and others read logins from, `machine HOST login USER password PASSWORD`
/// each, in one line or many, as the file's name says.
pub(crate) fn in_netrc<'t>(name: &str, text: &'t str) -> Option<Assignment<'t>> {
    if !name.to_ascii_lowercase().ends_with("netrc") {
        return None;
    }
    let mut before = "";
    lines(begin_of(text)).zip(1..).filter(|(line, _)| !is_comment(line)).find_map(|(line, number)| {
        let mut words = line.split_whitespace();
        let is_password = |word| {
            std::mem::replace(&mut before, word) == "password"
                && value::is_plausible(Meaning::Password, "netrc", word)
        };
        words.any(is_password).then_some(Assignment { what: "a password", name: "", line: number })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_logins() {
        for (name, text, line) in [
            (".netrc", "machine a.example.com\nlogin ci\npassword hunter2", Some(3)),
            ("_netrc", "default login ci password\n  hunter2", Some(2)),
            (".netrc", "machine a.example.com login ci\npassword ${PASSWORD}", None),
            (".netrc", "# password hunter2\nmachine a.example.com login ci", None),
            ("hosts", "machine a.example.com\nlogin ci\npassword hunter2", None),
        ] {
            assert_eq!(in_netrc(name, text).map(|found| found.line), line, "{name}: {text}");
        }
    }

    #[test]
    fn password_files_of_postgresql() {
        for (name, text, line) in [
            (".pgpass", "db:5432:votes:votes:hunter2", Some(1)),
            ("pgpass", "# all\n*:*:*:votes:hunter2\n", Some(2)),
            ("pgpass.conf", "db:5432:votes:a\\:b:hun\\:ter2", Some(1)),
            (".pgpass", "db:5432:votes:votes:${DB_PASSWORD}", None),
            (".pgpass", "#db:5432:votes:votes:hunter2", None),
            (".pgpass", "db:5432:votes:votes", None),
            (".pgpass", "db:main:votes:votes:hunter2", None),
            ("hosts", "db:5432:votes:votes:hunter2", None),
        ] {
            assert_eq!(in_pgpass(name, text).map(|found| found.line), line, "{name}: {text}");
        }
    }
}
