//! Command lines of programs that take a credential by a flag which doesn't say so.

use crate::support::shell::{Place, base_name, next_word};

use super::beginnings::Beginnings;
use super::in_header;
use super::name::Meaning;
use super::text::{begin_of, is_literal};
use super::value::{is_default_password, is_port};

/// What a flag of a program is followed by.
#[derive(Clone, Copy)]
enum Takes {
    Password,
    PasswordOrPort,
    /// `user:password`
    Login,
    /// `Name: value`
    Header,
}

/// A program by the end of its path, and its flags.
struct Program {
    names: &'static [&'static str],
    /// The words before its flags and passwords, other flags aside, where only that command has these: of each, any.
    command: &'static [&'static [&'static str]],
    flags: &'static [(&'static str, Takes)],
    /// Flags of one letter that their value may follow without a blank.
    attached: &'static [(char, Takes)],
    /// Flags of one letter that take nothing, and may stand before those in one word.
    switches: &'static str,
    /// Whether its first word that is no flag begins another command.
    runs: bool,
    /// Which word after those of the command is a password, where there are no flags before it; 0 for none.
    password: usize,
}

impl Program {
    const fn new(names: &'static [&'static str], flags: &'static [(&'static str, Takes)]) -> Self {
        Program { names, command: &[], flags, attached: &[], switches: "", runs: false, password: 0 }
    }
}

const PROGRAMS: &[Program] = &[
    Program {
        attached: &[('u', Takes::Login), ('H', Takes::Header)],
        switches: "#0123BGIJLNOSafgijklnpqsv",
        ..Program::new(
            &["curl"],
            &[
                ("-u", Takes::Login),
                ("--user", Takes::Login),
                ("-H", Takes::Header),
                ("--header", Takes::Header),
            ],
        )
    },
    Program::new(&["wget"], &[("--header", Takes::Header)]),
    Program::new(&["redis-cli", "valkey-cli"], &[("-a", Takes::Password)]),
    Program {
        attached: &[('p', Takes::PasswordOrPort)],
        ..Program::new(&["mysql", "mysqladmin", "mysqldump", "mariadb", "mariadb-admin", "mariadb-dump"], &[])
    },
    Program::new(&["mongo", "mongosh", "mongodump"], &[("-p", Takes::PasswordOrPort)]),
    Program {
        command: &[&["login"]],
        ..Program::new(&["docker", "podman", "oras"], &[("-p", Takes::PasswordOrPort)])
    },
    Program {
        command: &[&["registry"], &["login"]],
        ..Program::new(&["helm"], &[("-p", Takes::PasswordOrPort)])
    },
    Program { command: &[&["login"]], ..Program::new(&["az"], &[("-p", Takes::PasswordOrPort)]) },
    Program::new(&["cqlsh", "cypher-shell"], &[("-p", Takes::PasswordOrPort)]),
    Program::new(&["etcdctl"], &[("--user", Takes::Login)]),
    Program::new(&["influx"], &[("-password", Takes::Password)]),
    Program { attached: &[('P', Takes::Password)], ..Program::new(&["sqlcmd"], &[("-P", Takes::Password)]) },
    Program {
        attached: &[('w', Takes::Password)],
        switches: "LZnvx",
        ..Program::new(
            &["ldapadd", "ldapdelete", "ldapmodify", "ldappasswd", "ldapsearch", "ldapwhoami"],
            &[("-w", Takes::Password)],
        )
    },
    // htpasswd -b FILE USER PASSWORD
    Program {
        command: &[&["-b", "-bc", "-cb", "-bB", "-Bb", "-bBc", "-bcB", "-Bbc", "-Bcb", "-cBb", "-cbB"]],
        password: 3,
        ..Program::new(&["htpasswd"], &[])
    },
    // rabbitmqctl add_user USER PASSWORD
    Program {
        command: &[&["add_user", "change_password"]],
        password: 2,
        ..Program::new(&["rabbitmqctl"], &[])
    },
    // mc alias set NAME ADDRESS KEY SECRET
    Program { command: &[&["alias"], &["set"]], password: 4, ..Program::new(&["mc"], &[]) },
    Program {
        attached: &[('p', Takes::Password)],
        switches: "v",
        runs: true,
        ..Program::new(&["sshpass"], &[("-p", Takes::Password)])
    },
];

/// What the password of a user is set by, that stands before it.
const CHPASSWD: &str = "chpasswd";

/// What the name of each program begins with.
static NAMES: Beginnings = {
    let mut beginnings = Beginnings::NONE.and(CHPASSWD.as_bytes());
    let mut program = 0;
    while program < PROGRAMS.len() {
        let mut name = 0;
        while name < PROGRAMS[program].names.len() {
            beginnings = beginnings.and(PROGRAMS[program].names[name].as_bytes());
            name += 1;
        }
        program += 1;
    }
    beginnings
};

/// Whether a script names any of the programs: most don't, and needn't be read word by word.
fn names_any(script: &str) -> bool {
    let names = PROGRAMS.iter().flat_map(|program| program.names).chain([&CHPASSWD]);
    let is_of_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let begins = |at: usize| {
        let (before, rest) = script.as_bytes().split_at_checked(at)?;
        let is_named = |name: &str| rest.starts_with(name.as_bytes()) && !is_of_word(rest.get(name.len()));
        (!is_of_word(before.last()) && names.clone().any(|name| is_named(name))).then_some(())
    };
    NAMES.find_map(script.as_bytes(), begins).is_some()
}

/// How far the words of a command were read.
#[derive(Clone, Copy)]
enum Reads {
    /// Up to a place of words of which nothing is known.
    To(Place),
    /// Up to words of a program that is known, and how many of its command's.
    Flags(&'static Program, usize),
}

impl Default for Reads {
    fn default() -> Self {
        Reads::To(Place::default())
    }
}

/// Words of a program that isn't known.
const OTHERS: Reads = Reads::To(Place::Argument);

/// A command line that is read word by word.
#[derive(Default)]
pub(crate) struct Command {
    reads: Reads,
    takes: Option<Takes>,
}

impl Command {
    /// What the next word is, where it is a credential.
    pub(crate) fn take(&mut self, word: &str) -> Option<&'static str> {
        if let Some(takes) = self.takes.take() {
            return credential(takes, word);
        }
        match self.reads {
            Reads::Flags(program, read) => self.take_of(program, read, word),
            Reads::To(place) => {
                self.reads = after(place, word);
                None
            }
        }
    }

    /// What a word of a known program is.
    fn take_of(&mut self, program: &'static Program, read: usize, word: &str) -> Option<&'static str> {
        let is_flag = word.starts_with('-');
        if let Some(next) = program.command.get(read) {
            if next.contains(&word) {
                self.reads = Reads::Flags(program, read + 1);
            } else if !is_flag {
                self.reads = OTHERS;
            }
            return None;
        }
        if program.password > 0 {
            let is_password = read + 1 == program.command.len() + program.password;
            self.reads = if is_flag || is_password { OTHERS } else { Reads::Flags(program, read + 1) };
            return if is_password && !is_flag { credential(Takes::Password, word) } else { None };
        }
        if program.runs && !is_flag {
            self.reads = after(Place::default(), word);
            return None;
        }
        if let Some(letters) = word.strip_prefix('-').filter(|rest| !rest.starts_with('-')) {
            let letters = letters.trim_start_matches(|letter| program.switches.contains(letter));
            let mut attached = program.attached.iter();
            let with_value = attached.find_map(|(flag, takes)| Some((letters.strip_prefix(*flag)?, *takes)));
            if let Some((value, takes)) = with_value.filter(|(value, _)| !value.is_empty()) {
                return credential(takes, value);
            }
            let alone = |(flag, _): &&(&str, Takes)| flag.strip_prefix('-') == Some(letters);
            if let Some((_, takes)) = program.flags.iter().find(alone) {
                self.takes = Some(*takes);
                return None;
            }
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

    /// Whether no program was named yet.
    fn begins(&self) -> bool {
        matches!(self.reads, Reads::To(place) if place.is_of_program())
    }

    /// This command, where another one stands in it: what that prints isn't written here.
    fn around(self) -> Command {
        Command { takes: None, ..self }
    }
}

/// What is read after a word before which no program that is known was named.
fn after(place: Place, word: &str) -> Reads {
    let to = place.after(word);
    let names_a_program = place.is_of_program() && to == Place::Argument;
    let name = base_name(word);
    let known = PROGRAMS.iter().find(|program| names_a_program && program.names.contains(&name));
    known.map_or(Reads::To(to), |program| Reads::Flags(program, 0))
}

fn credential(takes: Takes, value: &str) -> Option<&'static str> {
    let value = value.trim_matches(['"', '\'']);
    match takes {
        Takes::Header => {
            let (name, value) = value.split_once(':')?;
            in_header(name.trim(), value).filter(|_| !value.contains(['$', '`']))
        }
        Takes::PasswordOrPort if is_port(value) => None,
        Takes::Login => credential(Takes::Password, value.split_once(':')?.1),
        Takes::Password | Takes::PasswordOrPort => {
            let is_written = !value.contains('$') && is_literal(value, Meaning::Password, "phrase", true);
            is_written.then_some(if is_default_password(value) { "a default password" } else { "a password" })
        }
    }
}

/// The longest word that is taken for a login.
const LONGEST_LOGIN: usize = 4096;

/// How many commands within one another are told apart.
const DEEPEST: usize = 16;

/// The first credential that a program in a shell's script is called with.
pub(crate) fn in_script(script: &str) -> Option<&'static str> {
    let may_call = script.contains(char::is_whitespace) && names_any(script);
    if may_call { in_commands(begin_of(script), true) } else { None }
}

/// As [`in_script`]. Commands in words that are quoted are read too, but not those in the words of these.
fn in_commands(script: &str, reads_quoted: bool) -> Option<&'static str> {
    let mut command = Command::default();
    // Commands that stand around this one, and the sign that begins what stands in them.
    let mut around: Vec<(&str, Command)> = Vec::new();
    let mut rest = script;
    let mut last = "";
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        match word {
            "|" | ";" | "&" | "\n" => command = Command::default(),
            "`" if around.last().is_none_or(|(begin, _)| *begin != "`") && around.len() < DEEPEST => {
                around.push((word, std::mem::take(&mut command).around()));
            }
            "(" if around.len() < DEEPEST => {
                around.push((word, std::mem::take(&mut command).around()));
            }
            // Of nothing that began: the pattern of a case.
            "(" | ")" | "`" => command = around.pop().map(|(_, command)| command).unwrap_or_default(),
            // echo user:password | chpasswd
            word if command.begins() && base_name(word) == CHPASSWD => {
                if let Some(found) = credential(Takes::Login, std::mem::take(&mut last)) {
                    return Some(found);
                }
                command.reads = OTHERS;
            }
            word => {
                if let Some(found) = command.take(word) {
                    return Some(found);
                }
                if !command.begins() {
                    last = if word.len() <= LONGEST_LOGIN { word } else { "" };
                }
                if reads_quoted
                    && word.contains('"')
                    && let Some((_, quoted)) = word.split_once("$(")
                    && let Some(found) = in_commands(quoted, false)
                {
                    return Some(found);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_take_credentials_by_flags() {
        for script in [
            "curl -u admin:hunter2 https://a.example.com",
            "curl --user=admin:hunter2 https://a.example.com",
            "curl -uadmin:hunter2 https://a.example.com",
            "curl -fsSLu admin:hunter2 https://a.example.com",
            "curl -sku'admin:hunter2' https://a.example.com",
            "curl -sH'X-Api-Key: 3f2a9c77aa01bb' https://a.example.com",
            "curl -s -H 'Authorization: Bearer 3f2a9c77aa01bb' https://a.example.com",
            "curl -H \"X-Api-Key: 3f2a9c77aa01bb\" https://a.example.com",
            "redis-cli -a hunter2 ping",
            "until /usr/bin/mysqladmin ping -uroot -phunter2; do sleep 1; done",
            "mongosh -u root -p 'hunter2'",
            "docker login -u ci -p hunter2 registry.example.com",
            "sshpass -p hunter2 ssh a@b",
            "sshpass -phunter2 ssh a@b",
            "sshpass -p 12345 ssh a@b",
            "sshpass -vp12345 ssh a@b",
            "echo 'root:hunter2' | chpasswd",
            "echo 'root:hunter2' | sudo /usr/sbin/chpasswd -e",
            "cd /tmp && PGUSER=a sudo -u app env A=b curl -u admin:hunter2 https://a.example.com",
            "timeout -k 1s 5 redis-cli -a hunter2 ping",
            "ls | xargs -n 1 curl -u admin:hunter2",
            "if ! mysql -phunter2; then exit 1; fi",
            "A=$(curl -u admin:hunter2 https://a.example.com)",
            "A=\"$(curl -u admin:hunter2 https://a.example.com)\"",
            "A=`curl -u admin:hunter2 https://a.example.com`",
            "mysql -h $(hostname) -phunter2",
            "case $1 in start) mysql -phunter2;; esac",
            "kubectl exec db -- mysql -phunter2",
            "docker --debug login -p hunter2 registry.example.com",
            "helm registry login -p hunter2 registry.example.com",
            "sshpass -e curl -u admin:hunter2 https://a.example.com",
            "# a\ncurl -u admin:hunter2 https://a.example.com",
            "/opt/mssql-tools18/bin/sqlcmd -S localhost -U sa -P 'Hunter2-not-real' -Q 'SELECT 1'",
            "sqlcmd -U sa -PHunter2-not-real",
            "ldapsearch -x -D cn=admin -w hunter2",
            "ldapwhoami -xwhunter2",
            "cqlsh -u cassandra -p cassandra",
            "cypher-shell -u neo4j -p hunter2 'RETURN 1'",
            "az login --service-principal -u a -p hunter2 --tenant b",
            "etcdctl --user root:hunter2 get /a",
            "etcdctl --user=root:hunter2 get /a",
            "influx -username admin -password hunter2",
            "rabbitmqctl add_user ci hunter2",
            "rabbitmqctl change_password ci hunter2; ls",
            "htpasswd -c -b /auth/users ci hunter2",
            "htpasswd -bBc /auth/users ci hunter2",
            "until mc alias set a http://a:9000 minioadmin minioadmin; do sleep 1; done",
        ] {
            assert!(in_script(script).is_some(), "{script}");
        }
        for script in [
            "",
            "curl",
            "curl -u",
            "curl -u \"$USER:$PASSWORD\" https://a.example.com",
            "curl -u admin https://a.example.com",
            "curl -uadmin https://a.example.com",
            "curl -u\"$USER:$PASSWORD\" https://a.example.com",
            "curl -o /tmp/admin:hunter2 -Xu admin:hunter2 https://a.example.com",
            "curl --uadmin:hunter2 https://a.example.com",
            "curl -H \"Authorization: Bearer $TOKEN\" https://a.example.com",
            "curl -H \"Authorization: Bearer $(cat /run/token)\" https://a.example.com",
            "curl -H 'Accept: application/json12' https://a.example.com",
            "redis-cli -a $REDIS_PASSWORD ping",
            "redis-cli -p 6379 ping",
            "sqlcmd -U sa -P \"$SA_PASSWORD\"",
            "sqlcmd -U sa -p 1",
            "ldapsearch -x -y /run/secrets/ldap -W",
            "ldapsearch -x -D cn=admin -w \"$LDAP_PASSWORD\"",
            "cqlsh cassandra 9042",
            "az group list -p hunter2",
            "etcdctl --user root get /a",
            "rabbitmqctl list_users ci hunter2",
            "rabbitmqctl add_user ci",
            "rabbitmqctl add_user --node rabbit@a ci hunter2",
            "rabbitmqctl set_user_tags ci administrator",
            "rabbitmqctl add_user ci \"$PASSWORD\"",
            "mc alias set a http://a:9000 \"$KEY\" \"$SECRET\"",
            "mc alias list a b c d",
            "htpasswd -c /auth/users ci hunter2",
            "htpasswd -bc /auth/users ci \"$PASSWORD\"",
            "mc mirror a/b c/d e f",
            "mysql -uroot -p -P3306",
            "mysql -p\"$PASSWORD\"",
            "mkdir -p /var/lib/app",
            "mongosh; mkdir -p hunter2",
            "docker run -p 8080:80 app",
            "curl https://a.example.com | tee -a hunter2",
            "echo \"root:$PASSWORD\" | chpasswd",
            "echo 'é",
            // Names of programs that are hosts' and others'.
            "nc -z mysql -p3306hunter2",
            "nc -z $(hostname) mysql -phunter2",
            "wait --host mongo -p hunter2",
            "redis-cli -h mysql -phunter2",
            "sshpass -e ssh -p hunter2 a@b",
            "docker run --name login -p hunter2 app",
            "helm install login -p hunter2",
            "sshpass -p `cat /run/password` ssh a@b",
            "echo root:hunter2 chpasswd",
            // Ports.
            "mysql -p3306",
            "mongo -p 27017",
            "# curl -u admin:hunter2 https://a.example.com",
            "ls # curl -u admin:hunter2 https://a.example.com",
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
