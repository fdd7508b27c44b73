//! Names of variables, keys and flags: which of them promise a credential.

use super::beginnings::Beginnings;

/// What a name promises of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A password: any text may be one, also a bad one.
    Password,
    /// A shared secret. Names such as `TLS_SECRET` often hold the name of a Secret instead.
    Secret { may_be_a_name: bool },
    /// Few names promise one that may be any word, as Vault takes it from a flag.
    Token { may_be_a_word: bool },
    /// Names such as `PRIMARY_KEY` often are a key of data instead.
    Key { may_be_of_data: bool },
}

/// Longest name that is looked at.
const LONGEST: usize = 128;
/// Most words of a name that are looked at.
const WORDS: usize = 16;

/// What a name promises; `None` where it promises nothing, or something about a credential (its name,
/// place, life time, policy).
pub(crate) fn meaning(name: &str) -> Option<Meaning> {
    if name.len() < 3 || name.len() > LONGEST || !has_any_stem(name) {
        return None;
    }
    let name = name.trim_start_matches(['-', '.', '_']);
    let mut lower = [0u8; LONGEST];
    let words = Words::split(name, &mut lower);
    let mut words = words.as_slice();
    if words.ends_with(&["dev", "root", "token", "id"]) {
        return Some(Meaning::Token { may_be_a_word: true });
    }
    if words.ends_with(&["secret", "key", "base"]) {
        return Some(Meaning::Key { may_be_of_data: false });
    }
    // Of which environment or user it is, at the end: DB_PASSWORD_PROD, PASSWORD_ADMIN.
    if let [rest @ .., _, last] = words
        && OF_WHICH.contains(last)
    {
        words = &words[..rest.len() + 1];
    }
    let last = *words.last()?;
    let before = words.len().checked_sub(2).and_then(|index| words.get(index)).copied().unwrap_or("");
    if ABOUT.contains(&last) || is_of_something_else(name, words) {
        return None;
    }
    if ["password", "passwd", "passphrase", "passcode"].iter().any(|stem| last.ends_with(stem))
        || matches!(last, "pwd" | "pass" | "passwrd" | "pswrd" | "psk" | "requirepass" | "masterauth")
        || last.len() > 3 && last.ends_with("pwd")
        || last == "pw" && words.len() > 1
        || ["db", "user", "root", "admin", "smtp", "redis", "mysql"]
            .iter()
            .any(|of| last.strip_prefix(of) == Some("pass"))
    {
        return Some(Meaning::Password);
    }
    match last {
        "secret" => Some(Meaning::Secret {
            may_be_a_name: !matches!(
                before,
                "jwt"
                    | "nextauth"
                    | "session"
                    | "client"
                    | "app"
                    | "cookie"
                    | "shared"
                    | "signing"
                    | "webhook"
                    | "hmac"
                    | "oauth"
                    | "consumer"
                    | "encryption"
                    | "api"
                    | "token"
                    | "hash"
                    | "application"
            ),
        }),
        "appsecret" | "clientsecret" => Some(Meaning::Secret { may_be_a_name: false }),
        "credential" | "credentials" | "creds" => Some(Meaning::Secret { may_be_a_name: true }),
        "token" | "authtoken" | "accesstoken" | "apitoken" | "identitytoken" | "registrytoken" | "bearer"
        | "jwt" => Some(Meaning::Token { may_be_a_word: false }),
        // Whoever has it runs what he likes in the nodes of a cluster of Erlang's.
        "cookie" if before == "erlang" => Some(Meaning::Secret { may_be_a_name: false }),
        "encryptionkey" | "dockerconfigjson" | "dockercfg" => Some(Meaning::Key { may_be_of_data: false }),
        "key"
            if matches!(
                before,
                "api"
                    | "access"
                    | "secret"
                    | "private"
                    | "signing"
                    | "encryption"
                    | "encrypt"
                    | "crypto"
                    | "master"
                    | "account"
                    | "auth"
                    | "shared"
                    | "ssh"
            ) =>
        {
            Some(Meaning::Key { may_be_of_data: false })
        }
        "key"
            if matches!(
                before,
                "session"
                    | "app"
                    | "application"
                    | "service"
                    | "admin"
                    | "primary"
                    | "secondary"
                    | "instrumentation"
                    | "batch"
                    | "storage"
                    | "deploy"
                    | "license"
                    | "licence"
            ) =>
        {
            Some(Meaning::Key { may_be_of_data: true })
        }
        "data" if words.ends_with(&["client", "key", "data"]) => Some(Meaning::Key { may_be_of_data: false }),
        "content" if words.ends_with(&["key", "content"]) => Some(Meaning::Key { may_be_of_data: false }),
        _ if [
            "apikey",
            "accountkey",
            "secretkey",
            "accesskey",
            "privatekey",
            "authkey",
            "masterkey",
            "signingkey",
        ]
        .iter()
        .any(|stem| last.ends_with(stem)) =>
        {
            Some(Meaning::Key { may_be_of_data: false })
        }
        _ if last.ends_with("authtoken") => Some(Meaning::Token { may_be_a_word: false }),
        _ => None,
    }
}

/// Whether a password or a secret is spoken of anywhere in a name that [`meaning`] makes nothing of, and nothing in it
/// says that the value is something about one: `SECRET_STAGE2`, `JWT_SECRET_STRING`.
pub(super) fn speaks_of_a_password(name: &str) -> bool {
    if name.len() > LONGEST || !has_any_stem(name) {
        return false;
    }
    let mut lower = [0u8; LONGEST];
    let words = Words::split(name, &mut lower);
    let words = words.as_slice();
    let is_password = |word: &&str| {
        matches!(*word, "password" | "passwords" | "passwd" | "passphrase" | "pwd" | "secret" | "secrets")
    };
    words.iter().any(is_password)
        && !words.iter().any(|word| ABOUT.contains(word))
        && !is_of_something_else(name, words)
}

/// Whether a name is a switch, or of what is no credential though it is called like one.
fn is_of_something_else(name: &str, words: &[&str]) -> bool {
    words.first().is_some_and(|first| FIRST.contains(first) && words.len() > 1)
        || words.iter().any(|word| matches!(*word, "public" | "publishable" | "pub" | "pubkey" | "dummy"))
        || is_of_a_hash(name, words)
        || is_of_an_injector(name)
        || is_of_nginx(words)
        // etcd's label of a cluster, which tells its members from those of another.
        || words.ends_with(&["initial", "cluster", "token"])
}

/// Whether a name is of the hash of a credential, not of the credential: `checksum/db-password`, as Helm's charts
/// write it for pods to be replaced.
fn is_of_a_hash(name: &str, words: &[&str]) -> bool {
    let is_hash = |word: &str| {
        let word = word.to_ascii_lowercase();
        matches!(word.as_str(), "hash" | "digest" | "fingerprint" | "sum" | "md5") || word.starts_with("sha")
    };
    // Elsewhere these words tell of what a key is for: HASH_SECRET, HMAC_SHA256_KEY.
    words.iter().any(|word| matches!(*word, "checksum" | "checksums"))
        || name.split_once('/').is_some_and(|(prefix, rest)| {
            prefix.split(['.', '-']).chain(rest.split(['.', '-', '_']).take(1)).any(is_hash)
        })
}

/// Whether a name is of an annotation that tells an injector where a credential is, in which file it goes and how, or
/// a reloader for which one to wait: what it is called stands at its end.
fn is_of_an_injector(name: &str) -> bool {
    let Some((domain, rest)) = name.split_once('/') else { return false };
    // How the agent logs in is given by these too, and may be written out.
    let is_of_vault = ["vault.hashicorp.com", "openbao.org"].iter().any(|of| domain.ends_with(of))
        && !rest.starts_with("auth-config");
    is_of_vault || matches!(domain, "conjur.org" | "reloader.stakater.com")
}

/// Directives of nginx that name the server behind it.
fn is_of_nginx(words: &[&str]) -> bool {
    ["fastcgi", "uwsgi", "scgi", "grpc", "memcached"].iter().any(|kind| words.ends_with(&[kind, "pass"]))
}

/// Whether a value under this name can be judged by its randomness alone: the name doesn't say that it is
/// something random that is no secret.
pub(super) fn may_be_random(name: &str) -> bool {
    if name.len() > LONGEST {
        return false;
    }
    let mut lower = [0u8; LONGEST];
    let words = Words::split(name, &mut lower);
    !words.as_slice().iter().any(|word| {
        ABOUT.contains(word)
            || matches!(
                *word,
                "checksum"
                    | "digest"
                    | "hash"
                    | "hashes"
                    | "sha"
                    | "sha1"
                    | "sha256"
                    | "sha512"
                    | "md5"
                    | "sum"
                    | "fingerprint"
                    | "integrity"
                    | "etag"
                    | "commit"
                    | "revision"
                    | "uid"
                    | "uuid"
                    | "guid"
                    | "cert"
                    | "certs"
                    | "certificate"
                    | "crt"
                    | "ca"
                    | "bundle"
                    | "pem"
                    | "public"
                    | "pub"
                    | "image"
                    | "images"
                    | "tag"
                    | "args"
                    | "opts"
                    | "nonce"
                    | "anon"
                    | "signature"
                    | "sig"
                    | "sitekey"
                    | "site"
                    | "publishable"
            )
    })
}

/// Whether a name promises a user with a password, `user:password`.
pub(super) fn is_of_login(name: &str) -> bool {
    if name.len() > LONGEST {
        return false;
    }
    let mut lower = [0u8; LONGEST];
    let words = Words::split(name, &mut lower);
    let words = words.as_slice();
    [&["basic", "auth"][..], &["http", "basic"], &["basicauth"], &["userpass"], &["userpwd"]]
        .iter()
        .any(|end| words.ends_with(end))
}

/// A last word that tells of which environment or user a credential is, or that it is a file of it.
const OF_WHICH: &[&str] = &[
    "prod",
    "production",
    "dev",
    "development",
    "staging",
    "test",
    "default",
    "admin",
    "root",
    "primary",
    "secondary",
    "txt",
];

/// A first word that turns what follows into a switch or a reference.
const FIRST: &[&str] = &[
    "existing",
    "enable",
    "enabled",
    "disable",
    "disabled",
    "use",
    "uses",
    "is",
    "has",
    "allow",
    "allowed",
    "require",
    "required",
    "requires",
    "no",
    "skip",
    "generate",
    "auto",
    "automount",
    "create",
    "change",
    "max",
    "min",
    "minimum",
    "maximum",
    "show",
    "hide",
    "num",
    "without",
    "forbid",
    "reset",
    "rotate",
    "validate",
    "verify",
    "accept",
    "ignore",
    "forget",
    "forgot",
];

/// A last word that tells something about a credential, not the credential.
const ABOUT: &[&str] = &[
    "name",
    "names",
    "ref",
    "refs",
    "reference",
    "file",
    "files",
    "filename",
    "path",
    "paths",
    "dir",
    "directory",
    "folder",
    "mount",
    "location",
    "url",
    "urls",
    "uri",
    "endpoint",
    "endpoints",
    "host",
    "port",
    "addr",
    "address",
    "id",
    "ids",
    "ttl",
    "policy",
    "policies",
    "length",
    "len",
    "size",
    "count",
    "timeout",
    "expiry",
    "expiration",
    "expires",
    "seconds",
    "minutes",
    "hours",
    "days",
    "lifetime",
    "duration",
    "interval",
    "period",
    "rotation",
    "age",
    "type",
    "kind",
    "format",
    "algorithm",
    "alg",
    "algo",
    "enabled",
    "disabled",
    "required",
    "mode",
    "provider",
    "backend",
    "store",
    "class",
    "prefix",
    "suffix",
    "header",
    "field",
    "param",
    "parameter",
    "user",
    "username",
    "owner",
    "namespace",
    "version",
    "issuer",
    "audience",
    "scope",
    "scopes",
    "env",
    "var",
    "variable",
    "template",
    "pattern",
    "regex",
    "validator",
    "validation",
    "strategy",
    "method",
    "manager",
    "server",
    "service",
    "claim",
    "review",
    "limit",
    "bucket",
    "prompt",
    "hint",
    "label",
    "text",
    "title",
    "message",
    "description",
    "placeholder",
    "complexity",
    "history",
    "rounds",
    "cost",
    "source",
    "usage",
    "selector",
    "annotation",
    "schema",
    "attribute",
    "column",
    "arn",
    "region",
    "vault",
    "domain",
];

/// What a name may promise, at a quick look before it is taken apart: a password, or anything else.
const PASSWORD: u8 = 1;
const OTHER: u8 = 2;

/// What a stem promises, of which every telling name has one somewhere. `rau` is of `masterauth`.
const STEMS: &[(&[u8; 3], u8)] = &[
    (b"pas", PASSWORD),
    (b"pwd", PASSWORD),
    (b"psw", PASSWORD),
    (b"psk", PASSWORD),
    (b"_pw", PASSWORD),
    (b"-pw", PASSWORD),
    (b"rau", PASSWORD),
    (b"sec", OTHER),
    (b"tok", OTHER),
    (b"key", OTHER),
    (b"cre", OTHER),
    (b"jwt", OTHER),
    (b"bea", OTHER),
    (b"doc", OTHER),
    (b"coo", OTHER),
];

/// What the stems begin with.
static BEGINNINGS: Beginnings = {
    let mut beginnings = Beginnings::NONE;
    let mut index = 0;
    while index < STEMS.len() {
        beginnings = beginnings.and_in_any_case(STEMS[index].0);
        index += 1;
    }
    let mut before = b'a';
    while before <= b'z' {
        beginnings = beginnings.and(&[before, b'P', b'w']);
        before += 1;
    }
    beginnings
};

/// The hump of `dbPw`, with the letter before it.
fn is_hump(letters: &[u8; 3]) -> bool {
    letters[0].is_ascii_lowercase() && letters[1..] == *b"Pw"
}

/// Where the first stem is that promises one of these, in a name or in a text that may hold one.
fn place_of_stem(name: &str, of: u8) -> Option<usize> {
    let bytes = name.as_bytes();
    let is_stem = |index: usize| {
        let letters = bytes.get(index..)?.first_chunk::<3>()?;
        if of & PASSWORD != 0 && is_hump(letters) {
            return Some(index);
        }
        let letters = letters.map(|letter| letter.to_ascii_lowercase());
        let (_, promise) = STEMS.iter().find(|(stem, _)| **stem == letters)?;
        (promise & of != 0).then_some(index)
    };
    BEGINNINGS.find_map(bytes, is_stem)
}

/// Whether a telling name can be anywhere in a text.
pub(super) fn has_any_stem(text: &str) -> bool {
    place_of_stem(text, PASSWORD | OTHER).is_some()
}

/// The first place, not before another one, where a telling name may be.
pub(super) fn stem_after(text: &str, place: usize) -> Option<usize> {
    place_of_stem(text.get(place..)?, PASSWORD | OTHER).map(|at| place + at)
}

/// Whether [`meaning`] can be a password.
pub(super) fn may_be_of_password(name: &str) -> bool {
    place_of_stem(name, PASSWORD).is_some()
}

/// The words of a name in lower case: split at what is no letter or digit and before a capital of
/// camelCase; words of digits alone are left out (`PASSWORD_1`).
struct Words<'b> {
    words: [&'b str; WORDS],
    count: usize,
}

impl<'b> Words<'b> {
    fn split(name: &str, lower: &'b mut [u8; LONGEST]) -> Self {
        let bytes = name.as_bytes();
        for (slot, byte) in lower.iter_mut().zip(bytes) {
            *slot = byte.to_ascii_lowercase();
        }
        let lower: &'b [u8] = lower;
        let mut words = Words { words: [""; WORDS], count: 0 };
        let mut start = 0;
        for (index, &byte) in bytes.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| bytes.get(before)).copied();
            let after = bytes.get(index + 1).copied();
            let starts_hump = byte.is_ascii_uppercase()
                && (before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                    || before.is_some_and(|b| b.is_ascii_uppercase())
                        && after.is_some_and(|b| b.is_ascii_lowercase()));
            if !byte.is_ascii_alphanumeric() {
                words.push(lower.get(start..index));
                start = index + 1;
            } else if starts_hump {
                words.push(lower.get(start..index));
                start = index;
            }
        }
        words.push(lower.get(start..bytes.len()));
        words
    }

    fn push(&mut self, word: Option<&'b [u8]>) {
        let Some(word) = word.and_then(|word| std::str::from_utf8(word).ok()) else { return };
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if word.is_empty() {
            return;
        }
        if self.count == WORDS {
            // Only the last words decide; the first is kept.
            self.words.copy_within(2.., 1);
            self.count -= 1;
        }
        self.words[self.count] = word;
        self.count += 1;
    }

    fn as_slice(&self) -> &[&'b str] {
        &self.words[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_found_wherever_they_stand() {
        for (stem, promise) in STEMS {
            let stem = String::from_utf8_lossy(*stem).into_owned();
            for before in 0..6 {
                for stem in [
                    stem.clone(),
                    stem.to_uppercase(),
                    stem.replacen(&stem[1..2], &stem[1..2].to_uppercase(), 1),
                ] {
                    let name = format!("{}{stem}", "-".repeat(before));
                    for name in [
                        name.clone(),
                        format!("{name}xx"),
                        format!("{name}é0"),
                        format!("{}{stem}", "é".repeat(before)),
                    ] {
                        assert!(place_of_stem(&name, *promise).is_some(), "{name}");
                        assert!(place_of_stem(&name, (PASSWORD | OTHER) & !promise).is_none(), "{name}");
                    }
                }
            }
        }
        for name in ["", "pa", "pas", "ra", "master", "auth", "p\u{e1}s", "0AS", "PA\u{13}"] {
            assert_eq!(has_any_stem(name), name == "pas", "{name}");
        }
    }

    #[test]
    fn names_mean_what_their_last_words_say() {
        for (name, expected) in [
            ("password", Some(Meaning::Password)),
            ("psk", Some(Meaning::Password)),
            ("wifi_psk", Some(Meaning::Password)),
            ("PSK_FILE", None),
            ("DB_PASSWORD", Some(Meaning::Password)),
            ("dbPassword", Some(Meaning::Password)),
            ("--db-password", Some(Meaning::Password)),
            ("dbpassword2", Some(Meaning::Password)),
            ("SMTP_PASS", Some(Meaning::Password)),
            ("--requirepass", Some(Meaning::Password)),
            ("bypass", None),
            ("compass", None),
            ("token", Some(Meaning::Token { may_be_a_word: false })),
            ("GITHUB_TOKEN", Some(Meaning::Token { may_be_a_word: false })),
            ("tokens", None),
            ("tokenPath", None),
            ("apiKey", Some(Meaning::Key { may_be_of_data: false })),
            ("APIKey", Some(Meaning::Key { may_be_of_data: false })),
            ("AWS_SECRET_ACCESS_KEY", Some(Meaning::Key { may_be_of_data: false })),
            ("AWS_ACCESS_KEY_ID", None),
            ("monkey", None),
            ("primaryKey", Some(Meaning::Key { may_be_of_data: true })),
            ("JWT_SECRET", Some(Meaning::Secret { may_be_a_name: false })),
            ("TLS_SECRET", Some(Meaning::Secret { may_be_a_name: true })),
            ("imagePullSecrets", None),
            ("secretName", None),
            ("client-key-data", Some(Meaning::Key { may_be_of_data: false })),
            ("certificate-authority-data", None),
            ("sshPublicKey", None),
            ("enablePassword", None),
            ("CHANGE_PASSWORD", None),
            ("checksum/jwt-secret", None),
            ("sha256.example.com/password", None),
            ("example.com/checksum-password", None),
            ("hash/api-token", None),
            ("HASH_SECRET", Some(Meaning::Secret { may_be_a_name: false })),
            ("HMAC_SHA256_SECRET", Some(Meaning::Secret { may_be_a_name: true })),
            ("ETCD_INITIAL_CLUSTER_TOKEN", None),
            ("initialClusterToken", None),
            ("CLUSTER_TOKEN", Some(Meaning::Token { may_be_a_word: false })),
            ("-dev-root-token-id", Some(Meaning::Token { may_be_a_word: true })),
            ("secret_key_base", Some(Meaning::Key { may_be_of_data: false })),
            ("DB_PASSWORD_DEFAULT", Some(Meaning::Password)),
            ("password_default_length", None),
            ("DB_PW", Some(Meaning::Password)),
            ("db-pw", Some(Meaning::Password)),
            ("dbPw", Some(Meaning::Password)),
            ("pw", None),
            ("httpwd", Some(Meaning::Password)),
            ("helpWanted", None),
            ("UpWind", None),
            ("dbpass", Some(Meaning::Password)),
            ("RABBITMQ_ERLANG_COOKIE", Some(Meaning::Secret { may_be_a_name: false })),
            ("SESSION_COOKIE", None),
            ("TOKEN_DEFAULT_TTL", None),
            ("password.txt", Some(Meaning::Password)),
            ("identitytoken", Some(Meaning::Token { may_be_a_word: false })),
            ("STRIPE_PUBLISHABLE_KEY", None),
            ("fastcgi_pass", None),
            ("vault.hashicorp.com/agent-inject-secret-db-password", None),
            ("vault.hashicorp.com/auth-config-password", Some(Meaning::Password)),
            ("bao.openbao.org/agent-inject-perms-password", None),
            ("conjur.org/secret-file-path.db-password", None),
            ("reloader.stakater.com/match-password", None),
            ("example.com/db-password", Some(Meaning::Password)),
            ("", None),
            ("é-password", Some(Meaning::Password)),
        ] {
            assert_eq!(meaning(name), expected, "{name}");
        }
        assert_eq!(meaning(&format!("{}password", "x.".repeat(40))), Some(Meaning::Password));
        assert_eq!(meaning(&"password".repeat(100)), None, "too long");
    }
}
