//! Text that sets many names: properties, environment files, INI, JSON, YAML, shell commands.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use plimsoll_doc::base64;

use crate::support::lines::lines;

use super::name::{Meaning, has_any_stem, meaning};
use super::value::{has_random_word, is_placeholder, is_port, is_random, is_reference};
use super::{in_header, in_words, is_header_of_login, value};

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
    let mut above = None;
    let mut line_above = "";
    lines(text).zip(1..).find_map(|(line, number)| {
        let before = std::mem::replace(&mut line_above, line);
        // A variable of a pod in two lines: its name, and its value.
        if let Some(name) = above.take()
            && let Some(what) = value_beside(line, name)
        {
            return Some(Assignment { what, name, line: number });
        }
        if !(has_any_stem(line) || signs.within(line).any()) || is_comment(line) {
            return None;
        }
        above = name_alone(line);
        let found = in_line(line, signs).or_else(|| default_beside(line, before))?;
        Some(Assignment { what: found.0, name: found.1, line: number })
    })
}

/// What may tell of a credential where no telling name does.
#[derive(Clone, Copy)]
struct Signs {
    /// The beginning of a salted hash.
    hash: bool,
    curl: bool,
    /// `IDENTIFIED` of SQL, in letters of any size.
    identified: bool,
    /// A directive that sets one.
    header: bool,
}

/// `{SHA}` and `{SSHA}`.
static SHA: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("SHA}"));
static CURL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("curl"));
static HEADER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("header"));

impl Signs {
    const ALL: Signs = Signs { hash: true, curl: true, identified: true, header: true };

    fn of(text: &str) -> Signs {
        Signs::ALL.within(text)
    }

    /// Those of a text that a part of it has. Few texts have any, and their lines needn't be searched.
    fn within(self, part: &str) -> Signs {
        let bytes = part.as_bytes();
        Signs {
            hash: self.hash
                && (memchr::memchr_iter(b'$', bytes).any(|at| begins_hash(&part[at..]))
                    || SHA.find(bytes).is_some()),
            curl: self.curl && CURL.find(bytes).is_some(),
            identified: self.identified && has_word(bytes, b"identified", 6),
            header: self.header && HEADER.find_iter(bytes).any(|at| is_set(bytes, at)),
        }
    }

    fn any(self) -> bool {
        self.hash || self.curl || self.identified || self.header
    }
}

/// Whether a directive is one of [`SETS_HEADER`], by where `header` stands in it.
fn is_set(text: &[u8], at: usize) -> bool {
    ["set_", "set-", "add-"].iter().any(|start| text[..at].ends_with(start.as_bytes()))
        || text[at..].starts_with(b"header_up ")
}

/// Whether a word is in a text, in letters of any size. It is looked for by its rarest letter, at a place of it.
fn has_word(text: &[u8], word: &[u8], rarest: usize) -> bool {
    let letter = word[rarest];
    memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), text).any(|at| {
        let start = at.checked_sub(rarest);
        let found = start.and_then(|start| text.get(start..start + word.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

/// What a line calls the value in the next one: `- name: DB_PASSWORD`, `"name": "DB_PASSWORD",`.
fn name_alone(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches(['-', ' ', '{', '"']);
    let (key, name) = ["name", "type"].iter().find_map(|key| Some((*key, line.strip_prefix(key)?)))?;
    let name = name.trim_start_matches('"').strip_prefix(':')?;
    let name = name.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    called_by(key, name).filter(|name| meaning(name).is_some())
}

/// What a field of an object calls the value beside it. A realm of Keycloak's has a password of the type `password`.
pub(crate) fn called_by<'t>(key: &str, text: &'t str) -> Option<&'t str> {
    let tells = matches!(key, "name" | "key") || key == "type" && text == "password";
    tells.then_some(text)
}

/// What the object that a value is part of calls it, before it in the same line.
fn name_beside(before: &str) -> Option<&str> {
    let (_, fields) = near(before).rsplit_once('{')?;
    let quotes = ['"', '\'', '\\'];
    fields.split(',').find_map(|field| {
        let (key, text) = field.split_once(':')?;
        called_by(key.trim().trim_matches(quotes), text.trim().trim_matches(quotes))
    })
}

/// The first password in a file that PostgreSQL's programs read passwords from, `HOST:PORT:DATABASE:USER:PASSWORD`
/// each, as the file's name says.
pub(super) fn in_pgpass<'t>(name: &str, text: &'t str) -> Option<Assignment<'t>> {
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

/// `password: password` below `username: postgres`: where a user is named, it is no word of a description.
fn default_beside<'t>(line: &'t str, above: &str) -> Option<(&'static str, &'t str)> {
    const USERS: &[&str] =
        &["admin", "administrator", "elastic", "guest", "mysql", "neo4j", "postgres", "root", "sa"];
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let (name, _) = field_of(line).filter(|(_, value)| *value == "password")?;
    let (key, user) = field_of(above)?;
    let is_default = matches!(key, "user" | "username" | "userName" | "login")
        && USERS.contains(&user)
        && indentation(line) == indentation(above)
        && meaning(name) == Some(Meaning::Password);
    is_default.then_some(("a default password", name))
}

/// The key and the value of a line of YAML or JSON.
fn field_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let quotes = ['"', '\''];
    Some((key.trim().trim_matches(quotes), value.trim().trim_end_matches(',').trim_matches(quotes)))
}

/// The first password in a file that curl, git and others read logins from, `machine HOST login USER password PASSWORD`
/// each, in one line or many, as the file's name says.
pub(super) fn in_netrc<'t>(name: &str, text: &'t str) -> Option<Assignment<'t>> {
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

/// A line that gives a value to the name above.
fn value_beside(line: &str, name: &str) -> Option<&'static str> {
    let line = line.trim_start().trim_start_matches('"');
    let value = line.strip_prefix("value")?.trim_start_matches('"').strip_prefix(':')?;
    value_after("", value, b':', meaning(name)?, name)
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

/// How directives of nginx, HAProxy and Caddy end that give a request a header.
const SETS_HEADER: [&str; 4] = ["set_header ", "set-header ", "add-header ", "header_up "];

/// A login in a directive of nginx, HAProxy or Caddy that gives a request a header:
/// `proxy_set_header Authorization "Basic …";`.
fn set_header(line: &str) -> Option<(&'static str, &str)> {
    let (_, rest) = SETS_HEADER.iter().find_map(|directive| line.split_once(directive))?;
    let (name, value) = rest.trim_start().split_once([' ', '\t'])?;
    let value = begin(value.trim_start());
    // A condition may follow it.
    let value = match value.split_once(' ') {
        Some((first, _)) if !value.starts_with(['"', '\'']) => first,
        _ => value,
    };
    header(name, value.trim_end_matches(';')).map(|what| (what, name))
}

/// A login in what a text gives a header: its value alone, as it is written there.
fn header(name: &str, after: &str) -> Option<&'static str> {
    if !is_header_of_login(name) {
        return None;
    }
    let after = after.trim_start();
    let after = after.strip_prefix('\\').unwrap_or(after);
    let value = match after.strip_prefix('"').or_else(|| after.strip_prefix('\'')) {
        Some(inner) => inner.split(after.chars().next()?).next()?,
        None => after.split(['"', '\'', ',', '}']).next()?,
    };
    let value = value.split(" #").next()?.trim_end_matches(['\\', ' ']);
    // Text also tells where a key is looked for: `x-api-key: header`.
    let scheme = value.split_once(' ').map(|(scheme, _)| scheme);
    let looks_made = match scheme {
        Some(scheme) => ["basic", "bearer", "token"].iter().any(|known| known.eq_ignore_ascii_case(scheme)),
        None => is_mixed(value) || is_random(value),
    };
    if looks_made && !value.contains('$') { in_header(name, value) } else { None }
}

/// `'password' => 'value'` of PHP and Ruby, where rules of forms stand too: `'password' => 'required'`.
fn pair<'t>(before: &'t str, after: &str) -> Option<(&'static str, &'t str)> {
    let after = after.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = after[1..].split_once(quote)?;
    let name = name_before(before)?;
    let meaning = meaning(name)?;
    // 'password2' => 'Passwort2' of a translation.
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_label = !number.is_empty() && value.ends_with(number);
    let is_rule = is_label || value.contains(['|', ':', ' ']) || !value.bytes().any(|b| b.is_ascii_digit());
    (!is_rule && is_literal(value, meaning, name, true)).then(|| (in_words(meaning, value), name))
}

/// PHP: define('DB_PASSWORD', 'value');
fn constant(line: &str) -> Option<(&'static str, &str)> {
    let (name, value) = line.trim_start().strip_prefix("define(")?.split_once(',')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let value = value.trim().trim_end_matches([';', ')', ' ']);
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let meaning = meaning(name)?;
    is_literal(value, meaning, name, true).then(|| (in_words(meaning, value), name))
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

/// What an element of XML calls itself in an attribute before another: `<add key="ApiPassword" `.
fn attribute(before: &str) -> Option<&str> {
    let before = near(before).rsplit_once('<')?.1;
    // Words and fields of forms.
    let element = before.split(' ').next().unwrap_or(before);
    if ["string", "label", "input", "option", "button"].contains(&element) {
        return None;
    }
    let name = ["name=\"", "key=\""].iter().find_map(|start| before.rsplit_once(start))?.1;
    name.split('"').next()
}

/// `<password>value</password>`
fn element(line: &str, end: usize) -> Option<(&'static str, &str)> {
    let before = line.get(..end)?;
    let name = name_before(before)?;
    let opens = before.strip_suffix(name).is_some_and(|rest| rest.ends_with('<'))
        // <property name="password">
        || attribute(before) == Some(name);
    let meaning = meaning(name).filter(|_| opens)?;
    let (value, rest) = line.get(end + 1..)?.split_once('<')?;
    let closes = rest.starts_with('/');
    (closes && is_literal(value, meaning, name, true)).then(|| (in_words(meaning, value), name))
}

/// The hashes of SHA-1 that Apache's password files and directories hold, without and with a salt (RFC 2307).
fn is_sha(after: &str) -> bool {
    let word = after.split([' ', '\t', '\r', '"', '\'', ',']).next().unwrap_or(after);
    let bytes = |start| Some(base64::decode(word.strip_prefix(start)?.as_bytes())?.len());
    bytes("{SHA}") == Some(20) || bytes("{SSHA}").is_some_and(|bytes| (21..=64).contains(&bytes))
}

/// What the salted hashes begin with that password files hold: Apache's, bcrypt, SHA-crypt, Argon2.
const HASHES: [&str; 7] = ["$apr1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$argon2"];

fn begins_hash(text: &str) -> bool {
    HASHES.iter().any(|start| text.starts_with(start))
}

/// Whether a value is a salted hash. They can be guessed at.
fn is_password_hash(after: &str) -> bool {
    let after = after.trim_start().trim_start_matches(['"', '\'']);
    if after.starts_with('{') {
        return is_sha(after);
    }
    if !after.starts_with('$') {
        return false;
    }
    HASHES
        .iter()
        .any(|start| after.strip_prefix(start).is_some_and(|rest| rest.len() >= 20 && rest.contains('$')))
}

/// First words of a line of redis.conf.
const REDIS: [&str; 2] = ["requirepass", "masterauth"];

/// Whether a line may be one of [`phrases`], at a quick look.
fn may_be_phrase(line: &str, signs: Signs) -> bool {
    let start = line.trim_start().as_bytes();
    let is_of_redis =
        |word: &str| start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    let signs = signs.within(line);
    signs.curl
        || signs.identified
        || has_word(line.as_bytes(), b"password", 4)
        || REDIS.into_iter().any(is_of_redis)
}

/// Ways to give a password that name it without a separator.
fn phrases(line: &str, signs: Signs) -> Option<(&'static str, &str)> {
    if may_be_phrase(line, signs) { phrase(line) } else { None }
}

fn phrase(line: &str) -> Option<(&'static str, &str)> {
    let mut words = line.split_whitespace().peekable();
    let mut before = "";
    let mut is_curl = false;
    let is_netrc = line.contains("login ") && line.contains("machine ");
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or("");
        let is = |text: &str| word.eq_ignore_ascii_case(text);
        let quoted = next.strip_prefix(['\'', '"']).and_then(|rest| rest.split(['\'', '"']).next());
        is_curl |= word.ends_with("curl");
        let value = if is("password") && next.starts_with('\'')
            || is("by") && before.eq_ignore_ascii_case("identified")
        {
            // SQL: PASSWORD 'value', IDENTIFIED BY 'value'.
            quoted
        } else if before.is_empty() && REDIS.iter().any(|first| is(first)) {
            Some(next.trim_matches('"'))
        } else if is("password") && is_netrc {
            // .netrc
            Some(next)
        } else if is_curl && (word == "-u" || word == "--user") {
            next.trim_matches(['"', '\'']).split_once(':').map(|(_, password)| password)
        } else {
            None
        };
        if let Some(value) = value
            && !value.contains(' ')
            && is_literal(value, Meaning::Password, "phrase", true)
        {
            return Some((in_words(Meaning::Password, value), word.trim_start_matches('-')));
        }
        before = word;
    }
    None
}

/// `--password value` and `-u user:password` within a command.
fn flags(line: &str) -> Option<(&'static str, &str)> {
    memchr::memmem::find(line.as_bytes(), b"--")?;
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Some(flag) = word.strip_prefix("--").filter(|flag| !flag.contains('=')) else { continue };
        let Some(next) = words.peek().filter(|next| !next.starts_with('-')) else { continue };
        let bare = next.trim_matches(['"', '\'', '\\']);
        if let Some(meaning) = meaning(flag)
            && is_literal(bare, meaning, flag, bare.len() < next.len())
        {
            return Some((in_words(meaning, bare), flag));
        }
    }
    None
}

/// The name right before a separator: `db.password`, `"password"`, `Pwd`.
fn name_before(before: &str) -> Option<&str> {
    let before = before.trim_end();
    // `:=` assigns in Go and in makefiles.
    let before = before.strip_suffix(':').map_or(before, str::trim_end);
    let unquoted = before.strip_suffix(['"', '\'']);
    let is_quoted = unquoted.is_some();
    let before = unquoted.unwrap_or(before);
    let before = before.strip_suffix('\\').unwrap_or(before);
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let start = before.bytes().rposition(|byte| !is_of_name(&byte)).map_or(0, |at| at + 1);
    // A shell compares what a variable holds: `[ "$PASSWORD" = "" ]`.
    if is_quoted && before.get(..start).is_some_and(|before| before.ends_with('$')) {
        return None;
    }
    before.get(start..).map(|name| name.trim_start_matches(['-', '.'])).filter(|name| name.len() >= 3)
}

fn value_after(
    before: &str,
    after: &str,
    separator: u8,
    meaning: Meaning,
    name: &str,
) -> Option<&'static str> {
    let spaced = after.starts_with([' ', '\t']);
    if separator == b'=' && !spaced && is_property(before, after, meaning, name) {
        return Some(in_words(meaning, after.trim_end()));
    }
    // psql puts a variable in: PASSWORD :'app_password'.
    if separator == b':'
        && before.ends_with([' ', '\t'])
        && after.starts_with(['"', '\''])
        && !ends_quoted(before)
    {
        return None;
    }
    let after = after.trim_start();
    let after = after.strip_prefix('\\').unwrap_or(after);
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inner = &after[1..];
        let end = inner.find(quote)?;
        let value = inner[..end].trim_end_matches('\\');
        return is_literal(value, meaning, name, true).then(|| in_words(meaning, value));
    }
    // A bare value of YAML or of properties ends with the line, in a connection string with a semicolon.
    let is_yaml = separator == b':' && spaced;
    let in_flow = is_yaml && is_in_flow(before, after);
    let end = after.find(|c| {
        matches!(c, '"' | '\'' | ' ' | '\t' | '|')
            || !is_yaml && matches!(c, ';' | '&')
            || in_flow && matches!(c, ',' | '}')
    });
    let end = end.unwrap_or(after.len());
    let value = after.get(..end)?;
    // A host and its port: http://password:8080.
    if separator == b':'
        && !spaced
        && (is_port(value) || before.strip_suffix(name).is_some_and(|of| of.ends_with("//")))
    {
        return None;
    }
    // Of a version that a package manager installs (`passwd=1:4.8`), and of a name with colons in it that goes on.
    if separator == b'='
        && value.starts_with(|c: char| c.is_ascii_digit())
        && value.contains(':')
        && name == "passwd"
        || separator == b':' && !spaced && value.contains(':')
    {
        return None;
    }
    // Between braces code has names too, which are words.
    if in_flow && !value.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // Reports count what passes: `pass: 1500`.
    if separator == b':' && name.eq_ignore_ascii_case("pass") && value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = after.get(end..).unwrap_or("").trim_start();
    // A quote that ends what wasn't begun here: a message in code ("password: missing").
    if separator == b':' && spaced && rest.starts_with(['"', '\'']) {
        return None;
    }
    // More words: a sentence, or code (`password = get(x)`, `token: &str,`).
    let is_whole = rest.is_empty()
        || rest.starts_with([';', '&', '"', '\'', '|', '#', '-'])
        || in_flow && rest.starts_with([',', '}'])
        || separator == b'=' && !spaced;
    // In a connection string a value may be anything: Server=db;Password=Pa(ss)w0rd;
    let is_quoted = separator == b'=' && is_of_connection(before) && !value.contains('$');
    (is_whole && is_literal(value, meaning, name, is_quoted)).then(|| in_words(meaning, value))
}

/// Whether a name and its value are part of a mapping of YAML in one line that is all there is in it:
/// `basic_auth: {username: a, password: b}`. An object of code has a call or a declaration before it, or a comma or a
/// semicolon behind it.
fn is_in_flow(before: &str, after: &str) -> bool {
    const LONGEST: usize = 1024;
    if before.len() > LONGEST || !after.trim_end().ends_with(['}', ']']) {
        return false;
    }
    let Some((key, inner)) = before.trim_start().trim_start_matches("- ").split_once('{') else {
        return false;
    };
    let is_of_key = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./\"'".contains(&byte);
    let is_key =
        key.is_empty() || key.trim_end().strip_suffix(':').is_some_and(|key| key.bytes().all(is_of_key));
    is_key && !inner.contains(['(', ';', '=']) && inner.rfind('}') <= inner.rfind('{')
}

/// Whether the name before a separator stands in quotes.
fn ends_quoted(before: &str) -> bool {
    before.trim_end().ends_with(['"', '\''])
}

/// Whether what stands before a value are the other parts of a connection string, one of which says where it leads.
fn is_of_connection(before: &str) -> bool {
    const PLACES: &[&str] = &[
        "server",
        "data source",
        "datasource",
        "host",
        "hostname",
        "endpoint",
        "database",
        "initial catalog",
        "user id",
        "userid",
        "uid",
        "accountname",
        "accountendpoint",
        "addr",
    ];
    let before = near(before);
    let before = before.rsplit(['"', '\'']).next().unwrap_or(before);
    let mut parts = before.rsplit(';');
    // The name of the value.
    let _ = parts.next();
    let is_place = |key: &str| PLACES.iter().any(|place| place.eq_ignore_ascii_case(key.trim()));
    // The whole string may be the value of a name itself: CONNECTION=Server=db;…
    let keys = parts.map(|part| part.rsplit_once('=').map(|(key, _)| key.rsplit('=').next().unwrap_or(key)));
    let mut is_any_place = false;
    for key in keys {
        let Some(key) = key else { return false };
        is_any_place |= is_place(key);
    }
    is_any_place
}

/// Whether a line is a property and no more, `db.password=!Summer2026`: what follows the sign is the value as it is.
fn is_property(before: &str, after: &str, meaning: Meaning, name: &str) -> bool {
    let value = after.trim_end();
    // A line may be a whole document: nothing but an indentation and `export` stands before a property.
    let is_all = before.len() <= name.len() + 64
        && before.trim().trim_start_matches("export ") == name
        && !value.contains(char::is_whitespace);
    if !is_all {
        return false;
    }
    // `password=password` hands on an argument in code; no argument has a dot or a dash in its name.
    let has_prefix = name.contains(['.', '-', '_']);
    // `label.password=Password` is how a form calls it.
    let is_label = value.starts_with(|c: char| c.is_ascii_uppercase());
    has_prefix && !is_label && value::is_default(meaning, value)
        || meaning == Meaning::Password
            && value.starts_with(['!', '@', '%', '*', '?'])
            && is_made_up(value)
            && value::is_plausible(meaning, name, value)
}

/// Whether a value has letters and digits, as passwords do that have signs in them too.
fn is_made_up(value: &str) -> bool {
    value.len() >= 8
        && value.bytes().any(|b| b.is_ascii_alphabetic())
        && value.bytes().any(|b| b.is_ascii_digit())
        && !value.contains(['\\', '`', '<', '>', '^', '$'])
}

/// Whether a value of text is one that is written out, and not code, a type, a column or a default.
pub(super) fn is_literal(text: &str, meaning: Meaning, name: &str, quoted: bool) -> bool {
    const TYPES: &[&str] = &[
        "string", "str", "text", "bytes", "number", "object", "any", "password", "token", "secret", "key",
        "varchar", "bool", "boolean", "int", "self", "this", "args", "env", "field", "keyword", "basic",
        "bearer", "plain", "scram", "md5", "trust", "peer", "cert", "file", "prompt", "opaque", "value",
        "files", "compat", "sss",
    ];
    if !value::is_plausible(meaning, name, text)
        || is_placeholder(text)
        || is_reference(text)
        || value::is_version(text)
    {
        return false;
    }
    let last_word = name.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(name);
    if text.eq_ignore_ascii_case(name)
        || !quoted && TYPES.iter().any(|known| known.eq_ignore_ascii_case(text))
        || text.eq_ignore_ascii_case(last_word) && !quoted
        || has_signs(text)
            && !(quoted && meaning == Meaning::Password && is_password_with_signs(text))
            && !(quoted && meaning == (Meaning::Key { may_be_of_data: false }) && is_key_with_signs(text))
        // What is called secretKey is the name of a key where secrets are fetched from a store.
        || name == "secretKey" && !is_random(text) && !has_random_word(text) && !value::is_default(meaning, text)
    {
        return false;
    }
    // A word with a capital: how forms and translations label a field.
    let mut letters = text.chars();
    if letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.all(|c| c.is_ascii_lowercase()) {
        return false;
    }
    let is_code = !quoted
        && (text.ends_with([',', ';', ':'])
            || text.contains("->")
            // `request.password`, and not `hunter2.x1y`.
            || text.contains('.')
                && text.split('.').all(is_identifier)
                && text.split('.').filter(|part| part.contains(|c: char| c.is_ascii_digit())).count() < 2);
    if is_code {
        return false;
    }
    match meaning {
        Meaning::Password | Meaning::Token { may_be_a_word: true } => {
            text.len() >= 4 || quoted && text.len() >= 3
        }
        // Names such as token and secret stand in all sorts of text: their values must look made.
        _ => text.len() >= 8 && (is_mixed(text) || is_random(text)) && !value::is_object_name(text),
    }
}

/// Whether a value has what code, templates and expressions consist of.
fn has_signs(text: &str) -> bool {
    text.contains(['(', ')', '{', '}', '[', ']', '<', '>', '\\', '`'])
        || text.starts_with(['$', '@', '%', '&', '*', '!', '?', ',', '.', ':', '=', '|'])
}

/// Whether a quoted value with such signs is a password all the same: letters and digits, and neither a template nor
/// an expression.
fn is_password_with_signs(text: &str) -> bool {
    const EXPRESSIONS: &[&str] = &["[a-", "[A-", "[0-", "[^", ".*", ".+", "()", "?:", "]+", "]*", "){", "]{"];
    let is_wrapped = matches!(
        (text.bytes().next(), text.bytes().last()),
        (Some(b'('), Some(b')')) | (Some(b'['), Some(b']')) | (Some(b'{'), Some(b'}'))
    );
    let is_variable = text.starts_with('$') || text.starts_with('%') && text.ends_with('%');
    is_made_up(text)
        && !is_wrapped
        && !is_variable
        && !text.contains(' ')
        && !EXPRESSIONS.iter().any(|sign| text.contains(sign))
}

/// Whether a quoted value is a key as Django makes one, of 50 small letters, digits and signs.
fn is_key_with_signs(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let signs = count(|byte| b"!@#$%^&*(-_=+)".contains(byte));
    (32..=128).contains(&text.len())
        && digits + letters + signs == text.len()
        && digits >= 3
        && letters >= 8
        && signs >= 4
}

fn is_identifier(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Letters and digits, and no words with separators: `web-tls-2`, `v1.2.3`.
pub(super) fn is_mixed(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 2 && letters >= 2 && !text.contains(['/', ' '])
        || digits >= 1
            && text.bytes().any(|b| b.is_ascii_uppercase())
            && text.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn assignments_in_many_formats() {
        for (text, name, line) in [
            ("db.user=postgres\ndb.password=hunter2-not-real", "db.password", 2),
            ("[db]\npassword = hunter2", "password", 2),
            ("db:\n  host: db\n  password: hunter2\n", "password", 3),
            ("db: {password: \"hunter2\"}", "password", 1),
            ("{\"user\":\"a\",\"password\":\"hunter2\"}", "password", 1),
            ("Server=db;User=sa;Password=hunter2;", "Password", 1),
            ("jdbc:postgresql://db/x?user=a&password=hunter2", "password", 1),
            ("export API_TOKEN='abc123def456'", "API_TOKEN", 1),
            ("redis-cli --requirepass hunter2 ping", "requirepass", 1),
            ("mysql --password=hunter2 -e 'select 1'", "password", 1),
            ("secret_key: q7RtZ1pW9xKc4LmB", "secret_key", 1),
            ("requirepass: hunter2", "requirepass", 1),
            ("# nothing\npassword: admin", "password", 2),
            ("<password>hunter2</password>", "password", 1),
            ("<login user=\"a\" password=\"hunter2\"/>", "password", 1),
            ("CREATE USER app WITH PASSWORD 'hunter2';", "PASSWORD", 1),
            ("ALTER USER 'root'@'%' IDENTIFIED BY 'hunter2';", "BY", 1),
            ("bind 0.0.0.0\nrequirepass hunter2", "requirepass", 2),
            ("machine git.example.com login ci password hunter2", "password", 1),
            ("curl -u admin:hunter2 https://a.example.com", "u", 1),
            ("admin:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/", "admin", 1),
            ("# htpasswd -s\nadmin:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=", "admin", 2),
            ("dn: uid=ci\nuserPassword: {SSHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc5Z7kQ", "userPassword", 2),
            ("client-key-data: q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU", "client-key-data", 1),
            ("db.password=password", "db.password", 1),
            ("spring.datasource.password=secret\r", "spring.datasource.password", 1),
            ("jwt.secret=secret", "jwt.secret", 1),
            ("spring.datasource.password=!Qaz2wsx#9", "spring.datasource.password", 1),
            ("password=@bc12345", "password", 1),
            ("password: \"!Summer2026\"", "password", 1),
            ("\"password\": \"p@ss{w0rd}1\"", "password", 1),
            ("password: \"Pa(ss)w0rd1\"", "password", 1),
            ("password: hunter2.x1y", "password", 1),
            ("password: ab&cd12", "password", 1),
            ("password:hunter2", "password", 1),
            ("{\"password\" :\"hunter2\"}", "password", 1),
            ("CONN=Server=db;User Id=sa;Password=Pa(ss)w0rd1!;", "Password", 1),
            ("$db_password = \"hunter2\";", "db_password", 1),
            ("secretKey: q7RtZ1pW9xKc4LmB", "secretKey", 1),
            ("//registry.example.com/:_authToken=0f8fad5b-d9cb-469f-a165-70867728950e", "_authToken", 1),
            ("Authorization: Bearer 3f2a9c77aa01bbcc", "Authorization", 1),
            ("{\"a\":{\"Authorization\":\"Bearer 3f2a9c77aa01bbcc\"},\"b\":\"${B}\"}", "Authorization", 1),
            ("{\\\"x-api-key\\\": \\\"3f2a9c77aa01bbcc\\\"}", "x-api-key", 1),
            ("curl -H \"X-Auth-Token: 3f2a9c77aa01bbcc\" $URL", "X-Auth-Token", 1),
            ("<property name=\"db.password\">hunter2</property>", "db.password", 1),
            ("<add key=\"ApiPassword\" value=\"hunter2\"/>", "ApiPassword", 1),
            ("'password' => 'hunter2',", "password", 1),
            ("define('DB_PASSWORD', 'hunter2');", "DB_PASSWORD", 1),
            ("  username: postgres\n  password: password", "password", 2),
            ("\"user\": \"root\",\n\"password\": \"password\"", "password", 2),
            ("db: {password: hunter2}", "password", 1),
            ("- basic_auth: {username: admin, password: hunter2-not-real}", "password", 1),
            ("- {password: hunter2-not-real, username: admin}", "password", 1),
            ("{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}", "DB_PASSWORD", 1),
            ("[{\\\"name\\\": \\\"DB_PASSWORD\\\", \\\"value\\\": \\\"hunter2\\\"}]", "DB_PASSWORD", 1),
            ("- {name: DB_PASSWORD, value: hunter2}", "DB_PASSWORD", 1),
            ("\"credentials\":[{\"type\":\"password\",\"value\":\"hunter2\"}]", "password", 1),
            ("\"type\": \"password\",\n\"value\": \"hunter2\"", "password", 2),
            ("SECRET_KEY = '8j#)x1l9^k$2@w(p0z&v5q!m7n3b=c6t4r+e-y_u*i%o8'", "SECRET_KEY", 1),
            ("app.config['SECRET_KEY'] = '8f2a9c1d4e5b6a7f8f2a9c1d'", "SECRET_KEY", 1),
            ("$cfg['Servers'][1]['password'] = 'hunter2-not-real';", "password", 1),
            ("gitlab_rails['initial_root_password'] = \"hunter2\"", "initial_root_password", 1),
            ("  proxy_set_header  Authorization \"Basic Y2k6aHVudGVyMi1ub3QtcmVhbA==\";", "Authorization", 1),
            ("proxy_set_header X-Api-Key 3f2a9c77aa01bbcc;", "X-Api-Key", 1),
            ("http-request set-header X-Api-Key 3f2a9c77aa01bbcc if is_api", "X-Api-Key", 1),
            ("header_up Authorization \"Bearer 3f2a9c77aa01bbcc\"", "Authorization", 1),
            ("env:\n- name: DB_PASSWORD\n  value: hunter2", "DB_PASSWORD", 3),
            ("{\n\"name\": \"DB_PASSWORD\",\n\"value\": \"hunter2\"}", "DB_PASSWORD", 3),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn text_without_credentials() {
        for text in [
            "commit: {SHA} of the release",
            "image:{SHA}0DPiKuNIrrVmD8IUCuw1hQ==",
            "",
            "password=",
            "password:",
            "{\"headers\":{\"Authorization\":\"Bearer $TOKEN\"},\"Retries\":12}",
            "{\"x-api-key\":\"\",\"commit\":\"3f2a9c77aa01bbcc\"}",
            "x-api-key: header",
            "Authorization: Bearer tokens that the server gives",
            "password: \"\"",
            "# password: hunter2",
            "// password = hunter2",
            "password: ${DB_PASSWORD}",
            "password: {{ .Values.password }}",
            "PASSWORD=$(cat /run/secrets/db)",
            "PASSWORD=\"$DB_PASSWORD\"",
            "password = os.environ[\"DB_PASSWORD\"]",
            "password = request.password",
            "token := getToken(ctx)",
            "func login(user, password string) error {",
            "password: string",
            "\"password\": {\"type\": \"string\"}",
            "the password: it must be long",
            "if password == other {",
            "password_file: /etc/db/password",
            "password-encryption: scram-sha-256",
            "token: bearer",
            "tokenEndpoint: https://login.example.com/token",
            "secret: web-tls",
            "key: value",
            "credentials: include",
            "apiKey: OPENAI_API_KEY",
            "client-key: /etc/kubernetes/pki/admin.key",
            "password: /run/secrets/db",
            "password, err := read()",
            "accessToken: session.accessToken,",
            "--password-file /run/secrets/db",
            "--token $(TOKEN)",
            "ein Passwort: ä",
            "passwd: files sss",
            "passwd: compat",
            "login.password=Passwort",
            "throw new Error(\"password: missing\")",
            "<password>${db.password}</password>",
            "<password></password>",
            "<passwordPolicy>strong1A</passwordPolicy>",
            "CREATE USER app WITH PASSWORD '$PASSWORD';",
            "a password \"must be\" long",
            "curl -u \"$USER:$PASSWORD\" https://a.example.com",
            "chown -u root:root /a",
            "requirepass",
            "password=password",
            "// the password: hunter2",
            "Authorization: Bearer $TOKEN",
            "password: required|min:8",
            "'password' => 'required|min:8',",
            "'password' => 'secret',",
            "define('DB_PASSWORD', getenv('DB_PASSWORD'));",
            "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: db, key: password}",
            "- name: DB_PASSWORD\n  value: $(PASSWORD)",
            "<add key=\"PasswordPolicy\" value=\"strong1A\"/>",
            "db.password=${DB_PASSWORD}",
            "db.password=@DB_PASSWORD@",
            "password=*args",
            "password: \"^[a-z0-9]{8,}$\"",
            "password: \"[A-Za-z0-9]{8}\"",
            "password: \"(8 characters)\"",
            "password: \"getPassword1()\"",
            "password: \"$password1a\"",
            "password: \"<8 digits>\"",
            "if [ -z \"$PASSWORD\" ]; then echo password: missing; fi",
            "[ \"$PASSWORD\" = \"hunter\" ]",
            "apt-get install -y passwd=1:4.8",
            "- record: password:failures:rate5m",
            "secretKey: auth0ClientSecret",
            "secretKey: db12-password",
            "- secretKey: AWS_S3_KEY_V2",
            "token: my-token-v12",
            "sshKey: git-ssh-key-12",
            "Password=Pa(ss)w0rd1",
            "user=u; password=row.password",
            "var a=1;var password=decodeField(1);var c=2;",
            "x=b; password=getPassword(row1)",
            "e.type=\"x\";e.password=t.inputs[0].value",
            "SET @u='a'; SET @x=1; SET password=PASSWORD(@p1);",
            "IFS=; read u; PASSWORD=prompt",
            "u=root; pass=ask",
            "label.password=Password",
            "<string name=\"password\">Passwort1</string>",
            "<input type=\"password\" name=\"password\" value=\"Password1\"/>",
            "db.password=!{secret:db1}",
            "spring.datasource.password=*****12ab",
            "\"password\": \"@string/password1\"",
            "password = $__file{/etc/secrets/db1}",
            "credentials:1389.vd7a_b_f5fa_50a_2",
            "password:1.2.3",
            "plain-credentials:183.va_de8f1dd5a_2b_",
            "ALTER ROLE app WITH PASSWORD :'app_password1';",
            "url = http://password:8080",
            "url = http://password:8080/reset1",
            "upstream password:8080",
            "db: {password: password}",
            "summary: {pass: 1500, fail: 12}",
            "pass: 1500",
            "password: password",
            "username: username\npassword: password",
            "fields:\n  user: login\n  password: password",
            "username: postgres\n  password: password",
            "username: postgres\nauthentication: password",
            "db: {password: {length: 12}}",
            "db: {password: ${PASSWORD1}, a: b}",
            "const a = {user: user1, password: pass1}",
            "login({user: user1, password: pass1})",
            "auth: {user: user1, password: pass1},",
            "auth: {user: env.USER, password: env.PASS1}",
            "{\"name\": \"DB_PASSWORD\", \"value\": \"${DB_PASSWORD}\"}",
            "{\"name\": \"DB_USER\", \"value\": \"hunter2\"}",
            "{\"name\": \"DB_PASSWORD\"}, {\"value\": \"hunter2\"}",
            "{\"type\": \"text\", \"value\": \"hunter2\"}",
            "{\"type\":\"password\",\"value\":\"\"}",
            "- type: password\n  label: hunter2",
            "SECRET_KEY = 'get(secret)[\"django\"][0123456789](a, b)'",
            "SECRET_KEY = os.environ['SECRET_KEY']",
            "$lang['password2'] = 'Passwort2';",
            "$lang['new_password'] = 'Neues Passwort';",
            "$rules['password'] = 'required|min:8';",
            "if ($a['password'] == 'hunter2') {",
            "app.config['SECRET_KEY'] = os.environ['SECRET_KEY1']",
            "proxy_set_header Authorization \"\";",
            "proxy_set_header Authorization $http_authorization;",
            "proxy_set_header Authorization \"Bearer $token1\";",
            "proxy_set_header X-Api-Key $http_x_api_key;",
            "add_header Access-Control-Allow-Headers \"Authorization, X-Api-Key\";",
            "http-request set-header Authorization \"Basic %[env(LOGIN)]\"",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }

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
