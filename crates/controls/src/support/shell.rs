//! Commands of a shell's script, and of a list of words: which programs are called.

/// Words that a command follows.
const BEFORE: &[&str] = &[
    "!", "{", "command", "do", "elif", "else", "env", "eval", "exec", "if", "nice", "nohup", "setsid",
    "sudo", "then", "time", "timeout", "tini", "until", "while", "xargs",
];

/// Flags of [`BEFORE`] that a value follows: of a user, a signal, a placeholder.
const BEFORE_VALUES: &[&str] = &["-I", "-L", "-P", "-d", "-g", "-k", "-s", "-u"];

/// Where in a command a word stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where it begins: a program's name elsewhere is a host's or a directory's.
    #[default]
    Begin,
    /// After words that a command follows, or where the value of a flag of them is.
    Before,
    BeforeValue,
    /// After `command`, which with a flag only tells of a program.
    Command,
    /// After a program, whose words these are.
    Argument,
}

impl Place {
    /// Where the next word stands. Before the program's own name, [`Place::Argument`] comes after it.
    pub(crate) fn after(self, word: &str) -> Place {
        match self {
            // kubectl exec db -- mysql, find . -exec mysql
            Place::Argument if matches!(word, "--" | "-exec" | "-execdir") => Place::Begin,
            Place::Argument => Place::Argument,
            Place::Command if word.starts_with("-v") || word.starts_with("-V") => Place::Argument,
            Place::BeforeValue => Place::Before,
            Place::Before if BEFORE_VALUES.contains(&word) => Place::BeforeValue,
            // `timeout -v 5s`, `xargs -n 1`
            Place::Before | Place::Command if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                Place::Before
            }
            _ if base_name(word) == "command" => Place::Command,
            _ if BEFORE.contains(&base_name(word)) => Place::Before,
            place if is_variable(word) => place,
            _ => Place::Argument,
        }
    }

    /// Whether a word here may name the program that is called.
    pub(crate) fn is_of_program(self) -> bool {
        !matches!(self, Place::BeforeValue | Place::Argument)
    }
}

/// `NAME=value`
fn is_variable(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

pub(crate) fn base_name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// The next word of a script, with what is quoted in it, or the sign that begins or ends a command.
pub(crate) fn next_word(script: &str) -> Option<(&str, &str)> {
    let is_blank = |c: char| c == '\\' || c.is_whitespace() && c != '\n';
    let mut script = script.trim_start_matches(is_blank);
    if script.starts_with('#') {
        script = script.get(script.find('\n')?..)?;
    }
    let is_sign = |c: char| matches!(c, '|' | ';' | '&' | '\n' | '(' | ')' | '`');
    if script.starts_with(is_sign) {
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
        None => c.is_whitespace() || is_sign(c),
    });
    // A word that has nothing would be read for ever.
    Some(script.split_at(end.unwrap_or(script.len()))).filter(|(word, _)| !word.is_empty())
}

/// How many scripts within the words of one another are read.
const DEEPEST: usize = 3;

/// Whether a script calls a program of which this is true. A name that is an argument, a path, in a comment or
/// printed calls nothing.
pub(crate) fn calls(script: &str, is_program: fn(&str) -> bool) -> bool {
    calls_within(script, is_program, DEEPEST)
}

fn calls_within(script: &str, is_program: fn(&str) -> bool, deepest: usize) -> bool {
    let mut place = Place::default();
    let mut last = "";
    let mut rest = script;
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        if matches!(word, "|" | ";" | "&" | "\n" | "(" | ")" | "`") {
            place = Place::default();
            last = "";
            continue;
        }
        let bare = word.trim_matches(['"', '\'']);
        if place.is_of_program() && is_program(bare) {
            return true;
        }
        // sh -ec "…", eval "…": a script of its own; "$(…)": what a command prints.
        let is_script = bare.len() < word.len() && (last == "eval" || is_flag_of_script(last));
        let within = if is_script {
            Some(bare)
        } else if word.contains('"') {
            word.split_once("$(").map(|(_, within)| within)
        } else {
            None
        };
        if deepest > 0 && within.is_some_and(|within| calls_within(within, is_program, deepest - 1)) {
            return true;
        }
        place = place.after(bare);
        last = word;
    }
    false
}

/// `-c`, `-lc`: a flag of a shell that a script follows.
fn is_flag_of_script(word: &str) -> bool {
    word.strip_prefix('-')
        .and_then(|letters| letters.strip_suffix('c'))
        .is_some_and(|letters| letters.len() <= 4 && letters.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sudo(word: &str) -> bool {
        base_name(word) == "sudo"
    }

    #[test]
    fn programs_are_called_where_a_command_begins() {
        for script in [
            "sudo ls",
            "ls; sudo ls",
            "ls\nsudo ls",
            "ls\\\n && /usr/bin/sudo ls",
            "echo a | sudo tee /b",
            "exec sudo a",
            "if sudo -n true; then ls; fi",
            "for a in b; do sudo a; done",
            "A=1 B=2 sudo -E a",
            "nohup sudo a &",
            "timeout -k 1s 5 sudo a",
            "[ -x /usr/bin/sudo ] && sudo a",
            "A=$(sudo cat b)",
            "A=\"$(sudo cat b)\"",
            "A=`sudo cat b`",
            "a() { ls; sudo ls; }",
            "(sudo ls)",
            "bash -lc \"sudo ls\"",
            "su app -c 'sh -c \"sudo ls\"'",
            "eval 'sudo ls'",
            "eval sudo ls",
            "find . -exec sudo rm {} +",
            "ls | xargs -n 1 sudo rm",
            "command sudo ls",
            "cat <<EOF | sudo tee a\nb\nEOF",
            "case $1 in a) sudo b;; esac",
        ] {
            assert!(calls(script, is_sudo), "{script}");
        }
        for script in [
            "",
            "usermod -aG sudo app",
            "adduser app sudo",
            "groups | grep sudo",
            "grep -q sudo /etc/group",
            "rm -f /usr/bin/sudo",
            "chmod u-s /usr/bin/sudo",
            "ls -l /usr/bin/sudo",
            "# sudo\nls",
            "exit 0 # sudo ls",
            "dpkg -l sudo",
            "apk add --no-cache sudo bash",
            "if command -v sudo; then ls; fi",
            "command -V sudo",
            "hash sudo",
            "getent group sudo",
            "test -x /usr/bin/sudo",
            "printf 'sudo ls'",
            "echo \"sudo ls\"",
            "sed -i 's/sudo ls/ls/' a",
            "useradd -G sudo,docker app",
            "A=sudo; B=2",
            "for a in sudo doas; do ls; done",
        ] {
            assert!(!calls(script, is_sudo), "{script}");
        }
    }
}
