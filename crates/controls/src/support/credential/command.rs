//! Command lines of programs that take a credential by a flag which doesn't say so.

use super::in_header;
use super::name::Meaning;
use super::text::is_literal;
use super::value::is_default_password;

/// What a flag of a program is followed by.
#[derive(Clone, Copy)]
enum Takes {
    Password,
    /// `user:password`
    Login,
    /// `Name: value`
    Header,
}

/// A program by the end of its path, and its flags.
struct Program {
    names: &'static [&'static str],
    /// The first argument, where only that command has these flags.
    command: &'static str,
    flags: &'static [(&'static str, Takes)],
    /// A flag that its value follows without a blank alone.
    attached: &'static str,
}

const PROGRAMS: &[Program] = &[
    Program {
        names: &["curl"],
        command: "",
        flags: &[
            ("-u", Takes::Login),
            ("--user", Takes::Login),
            ("-H", Takes::Header),
            ("--header", Takes::Header),
        ],
        attached: "",
    },
    Program { names: &["wget"], command: "", flags: &[("--header", Takes::Header)], attached: "" },
    Program {
        names: &["redis-cli", "valkey-cli"],
        command: "",
        flags: &[("-a", Takes::Password)],
        attached: "",
    },
    Program {
        names: &["mysql", "mysqladmin", "mysqldump", "mariadb", "mariadb-admin", "mariadb-dump"],
        command: "",
        flags: &[],
        attached: "-p",
    },
    Program {
        names: &["mongo", "mongosh", "mongodump"],
        command: "",
        flags: &[("-p", Takes::Password)],
        attached: "",
    },
    Program {
        names: &["docker", "podman", "helm", "oras"],
        command: "login",
        flags: &[("-p", Takes::Password)],
        attached: "",
    },
    Program { names: &["sshpass"], command: "", flags: &[("-p", Takes::Password)], attached: "-p" },
];

/// A command line that is read word by word.
#[derive(Default)]
pub(crate) struct Command {
    program: Option<&'static Program>,
    /// Whether the command of the program that has the flags was read.
    is_command: bool,
    takes: Option<Takes>,
}

impl Command {
    /// What the next word is, where it is a credential.
    pub(crate) fn take(&mut self, word: &str) -> Option<&'static str> {
        if let Some(takes) = self.takes.take() {
            return credential(takes, word);
        }
        if let Some(program) = PROGRAMS.iter().find(|program| program.names.contains(&base_name(word))) {
            *self = Command { program: Some(program), is_command: program.command.is_empty(), takes: None };
            return None;
        }
        let program = self.program?;
        self.is_command |= word == program.command || base_name(word) == program.command;
        if !self.is_command {
            return None;
        }
        if let Some(value) = word.strip_prefix(program.attached).filter(|_| !program.attached.is_empty())
            && !value.is_empty()
        {
            return credential(Takes::Password, value);
        }
        for (flag, takes) in program.flags {
            if word == *flag {
                self.takes = Some(*takes);
            } else if let Some(value) = word.strip_prefix(flag).and_then(|rest| rest.strip_prefix('=')) {
                return credential(*takes, value);
            }
        }
        None
    }
}

fn base_name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

fn credential(takes: Takes, value: &str) -> Option<&'static str> {
    let value = value.trim_matches(['"', '\'']);
    match takes {
        Takes::Header => {
            let (name, value) = value.split_once(':')?;
            in_header(name.trim(), value).filter(|_| !value.contains(['$', '`']))
        }
        Takes::Login => credential(Takes::Password, value.split_once(':')?.1),
        Takes::Password => {
            let is_written = !value.contains('$') && is_literal(value, Meaning::Password, "phrase", true);
            is_written.then_some(if is_default_password(value) { "a default password" } else { "a password" })
        }
    }
}

/// The first credential that a program in a shell's script is called with.
pub(crate) fn in_script(script: &str) -> Option<&'static str> {
    if !script.contains(char::is_whitespace) {
        return None;
    }
    let mut command = Command::default();
    let mut rest = script;
    let mut last = "";
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        match word {
            "|" | ";" | "&" | "\n" => command = Command::default(),
            // echo user:password | chpasswd
            "chpasswd" => {
                if let Some(found) = credential(Takes::Login, last) {
                    return Some(found);
                }
            }
            word => {
                last = word;
                if let Some(found) = command.take(word) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// The next word of a script, with what is quoted in it, or the sign that ends a command.
fn next_word(script: &str) -> Option<(&str, &str)> {
    let script = script.trim_start_matches(|c: char| c == '\\' || c.is_whitespace() && c != '\n');
    let first = script.chars().next()?;
    if matches!(first, '|' | ';' | '&' | '\n') {
        return Some(script.split_at(1));
    }
    let mut quote = None;
    let end = script.find(|c: char| match quote {
        Some(open) => {
            if c == open {
                quote = None;
            }
            false
        }
        None if matches!(c, '"' | '\'') => {
            quote = Some(c);
            false
        }
        None => c.is_whitespace() || matches!(c, '|' | ';' | '&'),
    });
    // A word that has nothing would be read for ever.
    Some(script.split_at(end.unwrap_or(script.len()))).filter(|(word, _)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_take_credentials_by_flags() {
        for script in [
            "curl -u admin:hunter2 https://a.example.com",
            "curl --user=admin:hunter2 https://a.example.com",
            "curl -s -H 'Authorization: Bearer 3f2a9c77aa01bb' https://a.example.com",
            "curl -H \"X-Api-Key: 3f2a9c77aa01bb\" https://a.example.com",
            "redis-cli -a hunter2 ping",
            "until /usr/bin/mysqladmin ping -uroot -phunter2; do sleep 1; done",
            "mongosh -u root -p 'hunter2'",
            "docker login -u ci -p hunter2 registry.example.com",
            "sshpass -p hunter2 ssh a@b",
            "sshpass -phunter2 ssh a@b",
            "echo 'root:hunter2' | chpasswd",
        ] {
            assert!(in_script(script).is_some(), "{script}");
        }
        for script in [
            "",
            "curl",
            "curl -u",
            "curl -u \"$USER:$PASSWORD\" https://a.example.com",
            "curl -u admin https://a.example.com",
            "curl -H \"Authorization: Bearer $TOKEN\" https://a.example.com",
            "curl -H \"Authorization: Bearer $(cat /run/token)\" https://a.example.com",
            "curl -H 'Accept: application/json12' https://a.example.com",
            "redis-cli -a $REDIS_PASSWORD ping",
            "redis-cli -p 6379 ping",
            "mysql -uroot -p -P3306",
            "mysql -p\"$PASSWORD\"",
            "mkdir -p /var/lib/app",
            "mongosh; mkdir -p hunter2",
            "docker run -p 8080:80 app",
            "curl https://a.example.com | tee -a hunter2",
            "echo \"root:$PASSWORD\" | chpasswd",
            "echo 'é",
            // White space of all sorts ends a word, and the next begins behind it.
            "a\u{a0}b",
            "a\u{b}b",
            "a\u{85}b\u{c}c",
            "\u{3000}",
        ] {
            assert_eq!(in_script(script), None, "{script}");
        }
    }
}
