//! Values under a telling name: which may be a credential, and which are placeholders, references, paths.

use super::name::Meaning;

/// Longest value that is judged by its name; what is longer is text and judged line by line.
const LONGEST: usize = 4096;

/// Whether a value may be what its name promises.
pub(super) fn is_plausible(meaning: Meaning, name: &str, value: &str) -> bool {
    if value.is_empty()
        || value.len() > LONGEST
        || is_placeholder(value)
        || is_reference(value)
        || is_path(value)
        || value.contains('\n')
        || value.bytes().filter(|byte| *byte == b' ').count() > 2
    {
        return false;
    }
    match meaning {
        Meaning::Password => {
            let is_of_proxy = ["proxy_pass", "proxy-pass"].iter().any(|end| contains_any_case(name, end));
            !(is_of_proxy && is_upstream(value))
        }
        _ if is_default(meaning, value) => true,
        Meaning::Token { may_be_a_word: true } => true,
        _ if value.len() < 6 || is_default_password(value) || repeats(name, value) => false,
        Meaning::Secret { may_be_a_name } => {
            let is_name = names_a_secret(value)
                || is_object_name(value)
                || is_path_of_store(value)
                || is_lower_word(value)
                || pulls_or_tls(name);
            let is_made_beforehand = is_of_others(name) && is_object_name(value) && tells_of_a_secret(value);
            !(names_a_certificate(value) || may_be_a_name && is_name || is_made_beforehand)
        }
        Meaning::Key { may_be_of_data: true } => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            value.len() >= 16 && digits >= 3 && value.bytes().any(|b| b.is_ascii_alphabetic())
        }
        Meaning::Token { .. } | Meaning::Key { .. } => {
            let is_word = value.len() < 20 && is_lower_word(value);
            let is_number = value.len() < 12 && value.bytes().all(|b| b.is_ascii_digit());
            !is_word && !is_number && !names_a_key(value) && !names_a_header(value) && !names_a_version(value)
        }
    }
}

/// Whether a value only says its name again, with little more: `API_KEY_VALUE` of `API_KEY`.
fn repeats(name: &str, value: &str) -> bool {
    value.len() <= name.len() + 8
        && value.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// Whether a value is one that every attacker tries first.
pub(super) fn is_default_password(value: &str) -> bool {
    const DEFAULTS: &[&str] = &[
        "admin",
        "administrator",
        "changeme",
        "change-me",
        "change_me",
        "changeit",
        "default",
        "guest",
        "letmein",
        "master",
        "minio",
        "minio123",
        "minioadmin",
        "mysql",
        "pass",
        "passw0rd",
        "password",
        "password1",
        "password123",
        "postgres",
        "qwerty",
        "rabbitmq",
        "redis",
        "root",
        "secret",
        "test",
        "toor",
        "user",
        "welcome",
        "1234",
        "12345",
        "123456",
        "12345678",
        "123456789",
        "1234567890",
    ];
    DEFAULTS.iter().any(|default| default.eq_ignore_ascii_case(value))
}

/// Whether a value is one that every attacker tries first where a name promises this: of secrets and keys, those of
/// the words that are not names of something as well.
pub(super) fn is_default(meaning: Meaning, value: &str) -> bool {
    let names_others = [
        "admin",
        "administrator",
        "default",
        "guest",
        "master",
        "minio",
        "mysql",
        "pass",
        "postgres",
        "rabbitmq",
        "redis",
        "root",
        "test",
        "user",
        "welcome",
    ];
    let is_any = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    match meaning {
        Meaning::Password => is_default_password(value),
        // What a Secret may be called, too.
        Meaning::Secret { may_be_a_name: true } if is_any(&["secret", "password"]) => false,
        Meaning::Key { may_be_of_data: true } => false,
        _ if value.len() < 6 || value.bytes().all(|b| b.is_ascii_digit()) => false,
        _ => {
            is_default_password(value) && !is_any(&names_others)
                || is_any(&["supersecret", "mysecretkey", "supersecretkey"])
        }
    }
}

/// Whether a value stands for another that is put in later, or for none.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'', '`']);
    let bytes = value.as_bytes();
    let Some((&first, rest)) = bytes.split_first() else { return true };
    let last = bytes.last().copied().unwrap_or(first);
    // One character over and over: ****, xxxx, 0000.
    if rest.iter().all(|byte| *byte == first) {
        return true;
    }
    let is_marked = bytes.iter().any(|byte| matches!(byte, b'$' | b'{' | b'<' | b'%'));
    if is_marked
        && ["${", "$(", "{{", "<%", "$[", "%(", "#{", "!{", "@{", "%{"]
            .iter()
            .any(|mark| value.contains(mark))
    {
        return true;
    }
    let is_name = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.' || b == b'-')
    };
    match (first, last) {
        (b'<', b'>') | (b'[', b']') | (b'{', b'}') => return true,
        (b'%' | b'@' | b'#', _) if last == first && is_name(&value[1..value.len() - 1]) => return true,
        (b'%', _) if bytes.len() == 2 => return true,
        // The marks of Concourse, of MSBuild and of others.
        (b'(', b')') if value.starts_with("((") && value.ends_with("))") => return true,
        (b'@', b'@') if value.starts_with("@@") && value.ends_with("@@") => return true,
        // Android's texts, and what was struck out.
        (b'@', _) if value.starts_with("@string/") => return true,
        (b'*', b'*') => return true,
        (b'*', _) if value.starts_with("***") => return true,
        (b'>', b'<') if value.starts_with(">>") && value.ends_with("<<") => return true,
        (b'_', b'_') if value.starts_with("__") && value.ends_with("__") => return true,
        // $NAME, but not $2y$10$… (a hash) nor a password that begins with a dollar sign.
        (b'$', _)
            if value[1..].bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') =>
        {
            return !value[1..].starts_with(|c: char| c.is_ascii_digit());
        }
        _ => {}
    }
    const WHOLE: &[&str] = &[
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "nil",
        "undefined",
        "unset",
        "empty",
        "n/a",
        "na",
        "enabled",
        "disabled",
        "optional",
        "required",
        "auto",
        "automatic",
        "random",
        "generated",
        "string",
        "str",
        "text",
        "hidden",
        "masked",
        "omitted",
        "data+omitted",
        "set-me",
        "set_me",
        "setme",
        "to-be-set",
        "to-be-defined",
        "from-secret",
        "unused",
        "not-used",
        "ignored",
        "secretKeyRef",
        "valueFrom",
        "~",
        "-",
        "foo",
        "bar",
        "baz",
        "foobar",
        "xyz",
        "...",
    ];
    if WHOLE.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return true;
    }
    const WORDS: &[&str] = &[
        "your",
        "yours",
        "replace",
        "replaceme",
        "replaced",
        "placeholder",
        // Rails wants a key where assets are built, and uses it for nothing.
        "precompile",
        "redacted",
        "todo",
        "tbd",
        "fixme",
        "insert",
        "dummy",
        "example",
        "sample",
        "here",
        "enter",
        "put",
        "fill",
        "omitted",
        "obfuscated",
        "some",
        "mocked",
        "xxx",
        "xxxx",
        "xxxxx",
        "xxxxxx",
        "xxxxxxxx",
    ];
    // Words that only a sentence to a reader holds; a random value isn't split into such words.
    value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
        && !is_random(value)
        || starts_with_any_case(value, "yourpassword")
        || starts_with_any_case(value, "yoursecret")
        || starts_with_any_case(value, "replaceme")
}

/// Whether a value says where the credential is, or holds it encrypted.
pub(super) fn is_reference(value: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "ENC[",
        "ENC(",
        "vault:",
        "bao:",
        "secret:",
        "keyring:",
        "aws:secretsmanager:",
        "alias/",
        "@/",
        "@./",
        "ref+",
        "arn:",
        "projects/",
        "op://",
        "sm://",
        "secret://",
        "secretref+",
        "@Microsoft.KeyVault(",
        "keyvault:",
        "akv:",
        "{cipher}",
        "kms:",
        "awskms:",
        "gcpkms:",
        "azurekms:",
        "hashivault:",
        "env:",
        "env.",
        "env://",
        "file:",
        "file://",
        "k8s:",
        "k8s://",
        "ssm:",
        "ssm://",
        "secretsmanager:",
        "aws-secretsmanager",
        "gcp:",
        "azkv:",
        "{vault}",
        "!vault",
        "!Ref",
        "var.",
        "-----BEGIN CERTIFICATE",
        "-----BEGIN PUBLIC",
        "-----BEGIN RSA PUBLIC",
        "-----BEGIN PGP MESSAGE",
        "-----BEGIN AGE ENCRYPTED",
        "ssh-rsa ",
        "ssh-ed25519 ",
        "ecdsa-sha2-",
        "sha256:",
        "sha512:",
        "AQICA",
        // What Grafana reads elsewhere, and Bank-Vaults puts into the vault first.
        "$__file{",
        "$__env{",
        "$__vault{",
        ">>vault:",
        // Of the settings of Azure's Container Apps.
        "secretref:",
    ];
    if PREFIXES.iter().any(|prefix| value.starts_with(prefix)) || value.starts_with("$ANSIBLE_VAULT") {
        return true;
    }
    // An address without a credential in it: by_form has looked for one.
    if value.contains("://") {
        return true;
    }
    // db-password@azurekeyvault, db@azurekeyvault?password: an AzureKeyVaultSecret of akv2k8s.
    if let Some((_, field)) = value.split_once("@azurekeyvault")
        && (field.is_empty() || field.starts_with('?'))
    {
        return true;
    }
    // conjur:apps/db/password: a path in a store of whatever kind.
    if let Some((store, path)) = value.split_once(':')
        && !store.is_empty()
        && is_lower_word(store)
        && is_path_of_store(path)
    {
        return true;
    }
    // An entry of a Secret, as the settings of Argo CD and Dex refer to one: $dex.github.clientSecret, $dex:secret.
    if let Some(entry) = value.strip_prefix('$')
        && entry.contains(['.', ':'])
        && entry.split(['.', ':']).all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
    {
        return true;
    }
    // The name of a variable: OPENAI_API_KEY.
    value.contains('_')
        && value.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        && super::name::meaning(value).is_some()
}

/// Whether a value is the path of a file.
pub(super) fn is_path(value: &str) -> bool {
    let is_segment = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    let rooted = ["/", "./", "../", "~/"].iter().any(|root| value.starts_with(root))
        || value.as_bytes().get(1..3).is_some_and(|drive| drive == b":\\" || drive == b":/");
    const ENDINGS: &[&str] = &[
        ".pem",
        ".key",
        ".crt",
        ".cer",
        ".json",
        ".txt",
        ".yaml",
        ".yml",
        ".token",
        ".properties",
        ".conf",
        ".jks",
        ".p12",
        ".pfx",
        ".env",
        ".pub",
        ".ini",
        ".toml",
        ".xml",
    ];
    if ENDINGS.iter().any(|ending| value.ends_with(ending)) && !value.contains(' ') {
        return true;
    }
    // A base64 text may begin with a slash too.
    rooted
        && value.split(['/', '\\']).all(|segment| {
            is_segment(segment.trim_end_matches(':').trim_start_matches('~')) && !is_random(segment)
        })
}

/// `my-app-db`, `oauth2-client-v2`: words of small letters with dashes or dots between them, as objects are called.
/// Words of letters alone, with dashes between them.
fn is_of_words(text: &str) -> bool {
    text.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// The name of a header that a key is sent in: `x-api-key`.
fn names_a_header(value: &str) -> bool {
    value.strip_prefix(['x', 'X']).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_of_words)
}

/// The name of a version of something: `admin-role-v1`.
fn names_a_version(value: &str) -> bool {
    let version = value.rsplit_once('-').and_then(|(name, last)| Some((name, last.strip_prefix('v')?)));
    version.is_some_and(|(name, number)| {
        matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit()) && is_of_words(name)
    })
}

/// `1.2.3`, and `1389.vd7a_b_f5fa_50a_2`: versions, the other one of a plugin of Jenkins, which has the hash of a commit
/// in it.
pub(super) fn is_version(value: &str) -> bool {
    let are_numbers =
        |text: &str| text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let is_hash = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b) || b == b'_')
    };
    if !value.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    match value.rsplit_once(".v") {
        Some((numbers, hash)) => are_numbers(numbers) && is_hash(hash),
        None => value.bytes().filter(|b| *b == b'.').count() >= 2 && are_numbers(value),
    }
}

/// Whether a value may be the name of an object: words of small letters and digits, with separators.
pub(super) fn is_object_name(value: &str) -> bool {
    value.len() <= 253
        && value.contains(['-', '.'])
        && value.split(['-', '.']).all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
        && value.bytes().any(|b| b.is_ascii_lowercase())
        && !has_random_word(value)
}

/// Whether a name says in one of its words that it is a Secret's.
pub(super) fn tells_of_a_secret(value: &str) -> bool {
    value
        .split(['-', '.'])
        .any(|word| matches!(word, "secret" | "secrets" | "credential" | "credentials" | "creds"))
}

/// Whether somebody else hands out the secret that a name promises, so that a Secret is made for it beforehand.
fn is_of_others(name: &str) -> bool {
    ["client", "oauth", "consumer", "webhook"].iter().any(|word| contains_any_case(name, word))
}

/// `kv/data/team/app`: where a store keeps a secret.
pub(super) fn is_path_of_store(value: &str) -> bool {
    value.bytes().filter(|byte| *byte == b'/').count() >= 2
        && value.split('/').all(|part| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
        })
        && !has_random_word(value)
}

/// Whether a value is as people make passwords that a form accepts: letters of both sizes, digits and a mark, which
/// names, addresses, patterns and formats don't have together.
pub(super) fn has_signs_of_a_password(value: &str) -> bool {
    const MARKS: &[u8] = b"!#$&^~";
    // What patterns, formats, templates and addresses have.
    const OTHERS: &[u8] = b"(){}[]<>|\\/:*?%\"'`";
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    (8..=64).contains(&value.len())
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && has(|byte| MARKS.contains(byte))
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !OTHERS.contains(&byte))
        // A set of characters to choose from.
        && value.bytes().filter(|byte| MARKS.contains(byte)).count() < 4
        && !is_placeholder(value)
        && !is_reference(value)
}

/// Whether a value as a whole was made by chance, and so is no name that has something random at its end.
pub(super) fn is_generated(value: &str) -> bool {
    let is_hexadecimal = value.len() >= 32
        && value.bytes().all(|b| b.is_ascii_hexdigit())
        && value.bytes().any(|b| b.is_ascii_alphabetic())
        && value.bytes().any(|b| b.is_ascii_digit());
    is_hexadecimal || is_random(value)
}

/// Whether one of the words of a value was made by chance: letters and digits by turns, or many hexadecimal ones.
pub(super) fn has_random_word(value: &str) -> bool {
    value.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let bytes = word.as_bytes();
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let turns =
            bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
        let is_hexadecimal =
            digits >= 3 && digits + 1 < bytes.len() && bytes.iter().all(u8::is_ascii_hexdigit);
        bytes.len() >= 8 && (turns >= 4 || is_hexadecimal || bytes.len() >= 20 && digits >= 2)
    })
}

/// `key-2024-01`, `key1`, `id_rsa`: what keys are called.
fn names_a_key(value: &str) -> bool {
    value.strip_prefix("key").is_some_and(|rest| {
        rest.bytes().any(|b| b.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'_' || b == b'v')
    }) || value
        .strip_prefix("id_")
        .is_some_and(|kind| matches!(kind, "rsa" | "dsa" | "ecdsa" | "ed25519" | "ecdsa_sk" | "ed25519_sk"))
}

/// Whether a value is a port, which -p means for many programs, and people think for all.
pub(super) fn is_port(value: &str) -> bool {
    value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// `backend:8080`: the server that a proxy passes requests to.
fn is_upstream(value: &str) -> bool {
    value.rsplit_once(':').is_some_and(|(host, port)| {
        !host.is_empty() && (2..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `db-credentials`, `web-tls`: what Secrets are called.
fn names_a_secret(value: &str) -> bool {
    let is_name = value.len() <= 253
        && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-./".contains(&b));
    // `namespace/name`
    let has_namespace = value
        .split_once('/')
        .is_some_and(|(namespace, name)| !namespace.is_empty() && !name.is_empty() && !name.contains('/'));
    if !is_name {
        return false;
    }
    has_namespace
        || value.split(['-', '.', '/']).any(|word| {
            matches!(
                word,
                "secret"
                    | "secrets"
                    | "tls"
                    | "cert"
                    | "certs"
                    | "certificate"
                    | "credential"
                    | "credentials"
                    | "creds"
                    | "token"
                    | "key"
                    | "keys"
                    | "auth"
                    | "password"
                    | "ca"
                    | "pull"
                    | "registry"
                    | "docker"
            )
        })
}

/// `webhook-server-cert`: what Secrets that controllers write certificates to are called.
fn names_a_certificate(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && value.contains('-')
        && value
            .split('-')
            .any(|word| matches!(word, "cert" | "certs" | "tls" | "certificate" | "certificates"))
}

/// Names of variables that hold the name of a Secret and never a secret.
fn pulls_or_tls(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["pull", "tls", "cert", "ca_", "ca-", "kube"].iter().any(|stem| name.contains(stem))
}

fn is_lower_word(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_lowercase())
}

fn contains_any_case(value: &str, part: &str) -> bool {
    value.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

fn starts_with_any_case(value: &str, prefix: &str) -> bool {
    value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Whether a value is as random as a generated key in letters of both cases and digits: at least 24 long,
/// and its classes change as often as they do by chance. Digests (hexadecimal) and UUIDs never are.
pub(super) fn is_random(value: &str) -> bool {
    const SHORTEST: usize = 24;
    const LONGEST: usize = 128;
    let bytes = value.as_bytes();
    // Stripe's publishable keys are in every page of a shop.
    if bytes.len() < SHORTEST || bytes.len() > LONGEST || value.starts_with("pk_") {
        return false;
    }
    let mut counts = [0u8; 256];
    let (mut upper, mut lower, mut digit_runs, mut others, mut changes) = (0u32, 0u32, 0u32, 0u32, 0u32);
    let mut last = 0u8;
    for &byte in bytes {
        let class = match byte {
            b'A'..=b'Z' => {
                upper += 1;
                1
            }
            b'a'..=b'z' => {
                lower += 1;
                2
            }
            b'0'..=b'9' => {
                digit_runs += u32::from(last != 3);
                3
            }
            b'+' | b'/' | b'=' | b'_' | b'-' | b'~' => {
                others += 1;
                last
            }
            _ => return false,
        };
        changes += u32::from(class != last && last != 0);
        last = class;
        counts[usize::from(byte)] += 1;
    }
    let length = bytes.len() as u32;
    let distinct = counts.iter().filter(|count| **count > 0).count() as u32;
    let is_mixed = upper * 6 >= length && lower * 6 >= length && digit_runs >= 2;
    is_mixed && others * 8 <= length && changes * 5 >= length * 2 && distinct * 5 >= length.min(40) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_values() {
        for value in ["q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYz9KLQE2vB1"] {
            assert!(is_random(value), "{value}");
        }
        for value in [
            "",
            "short1A",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "3f786850e387550fdab836ed7e6dc881de23001b",
            "org.springframework.boot.loader",
            "ThisIsAVeryLongCamelCaseNameOf2026Things",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            "/usr/local/openjdk-21/bin/java",
            "aaaaaaaaBBBBBBBB1111111122222222",
            "DefaultPodTopologySpread2,PodSecurity",
        ] {
            assert!(!is_random(value), "{value}");
        }
    }

    #[test]
    fn placeholders() {
        for value in
            ["x", "xxxx", "<token>", "${A}", "$(A)", "$A_B", "{{ a }}", "%TOKEN%", "__TOKEN__", "N/A"]
        {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["$2y$10$abcdefgh", "pa$$word", "ab", "here4you"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn paths() {
        for value in ["/etc/ssl/tls.key", "./a/b", "C:\\secrets\\a", "id.pem", "~/x"] {
            assert!(is_path(value), "{value}");
        }
        for value in ["/q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU", "a/b", "hunter2"] {
            assert!(!is_path(value), "{value}");
        }
    }
}
