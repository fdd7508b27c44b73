//! Values that say where something is, or what it is called: references, paths, names.

use super::super::name::meaning;
use super::{has_random_word, is_lower_word, is_random};

/// Whether a value says where the credential is, or holds it encrypted.
pub(crate) fn is_reference(value: &str) -> bool {
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
        && meaning(value).is_some()
}

/// Whether a value is the path of a file.
pub(crate) fn is_path(value: &str) -> bool {
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
pub(super) fn names_a_header(value: &str) -> bool {
    value.strip_prefix(['x', 'X']).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_of_words)
}

/// The name of a version of something: `admin-role-v1`.
pub(super) fn names_a_version(value: &str) -> bool {
    let version = value.rsplit_once('-').and_then(|(name, last)| Some((name, last.strip_prefix('v')?)));
    version.is_some_and(|(name, number)| {
        matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit()) && is_of_words(name)
    })
}

/// `1.2.3`, and `1389.vd7a_b_f5fa_50a_2`: versions, the other one of a plugin of Jenkins, which has the hash of a commit
/// in it.
pub(crate) fn is_version(value: &str) -> bool {
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
pub(crate) fn is_object_name(value: &str) -> bool {
    value.len() <= 253
        && value.contains(['-', '.'])
        && value.split(['-', '.']).all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
        && value.bytes().any(|b| b.is_ascii_lowercase())
        && !has_random_word(value)
}

/// Whether a name says in one of its words that it is a Secret's.
pub(crate) fn tells_of_a_secret(value: &str) -> bool {
    value
        .split(['-', '.'])
        .any(|word| matches!(word, "secret" | "secrets" | "credential" | "credentials" | "creds"))
}

/// `kv/data/team/app`: where a store keeps a secret.
pub(crate) fn is_path_of_store(value: &str) -> bool {
    value.bytes().filter(|byte| *byte == b'/').count() >= 2
        && value.split('/').all(|part| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
        })
        && !has_random_word(value)
}

/// `key-2024-01`, `key1`, `id_rsa`: what keys are called.
pub(super) fn names_a_key(value: &str) -> bool {
    value.strip_prefix("key").is_some_and(|rest| {
        rest.bytes().any(|b| b.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'_' || b == b'v')
    }) || value
        .strip_prefix("id_")
        .is_some_and(|kind| matches!(kind, "rsa" | "dsa" | "ecdsa" | "ed25519" | "ecdsa_sk" | "ed25519_sk"))
}

/// Whether a value is a port, which -p means for many programs, and people think for all.
pub(crate) fn is_port(value: &str) -> bool {
    value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// `backend:8080`: the server that a proxy passes requests to.
pub(super) fn is_upstream(value: &str) -> bool {
    value.rsplit_once(':').is_some_and(|(host, port)| {
        !host.is_empty() && (2..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `db-credentials`, `web-tls`: what Secrets are called.
pub(super) fn names_a_secret(value: &str) -> bool {
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
pub(super) fn names_a_certificate(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && value.contains('-')
        && value
            .split('-')
            .any(|word| matches!(word, "cert" | "certs" | "tls" | "certificate" | "certificates"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
