//! Names of variables, keys and flags: which of them promise a credential.

mod stem;
mod vocabulary;
mod words;

pub(super) use stem::{has_any_stem, may_be_of_password, stem_after};

use vocabulary::{ABOUT, FIRST, OF_WHICH};
use words::{LONGEST, Words};

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

#[cfg(test)]
mod tests {
    use super::*;

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
