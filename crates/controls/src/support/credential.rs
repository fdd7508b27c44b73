//! Credentials in clear text: recognised by the form of a value, by the name it goes by, and in text
//! that holds many of both. Nothing here keeps or returns a value: only what it is, in words.

mod beginnings;
mod command;
mod form;
mod name;
mod text;
mod value;

pub(crate) use command::{Command, in_script};
pub(crate) use form::by_form;
pub(crate) use name::{Meaning, meaning};
pub(crate) use text::{Assignment, called_by, in_text};

/// What stands under a name, where that is a credential: its form says so, or its name does and the value
/// may be one, or it is as random as only a key is.
///
/// For values that stand by themselves: a variable, an entry of a Secret, the value of a flag.
pub(crate) fn named(name: &str, text: &str) -> Option<&'static str> {
    by_form(text)
        .or_else(|| by_name(name, text))
        .or_else(|| example_of_image(name, text.trim()))
        .or_else(|| login(text))
        .or_else(|| {
            (value::is_random(text.trim()) && name::may_be_random(name))
                .then_some("a value as random as a key")
        })
        .or_else(|| user_and_password(name, text.trim()))
        .or_else(|| {
            (value::has_signs_of_a_password(text.trim()) && name::speaks_of_a_password(name))
                .then_some("a password")
        })
}

/// Several words under the name of a password, where nothing but the password can stand.
pub(crate) fn passphrase(name: &str, text: &str) -> Option<&'static str> {
    let text = text.trim();
    let is_phrase = text.split(' ').count() > 3
        && text.len() <= 128
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_.".contains(&byte))
        && !value::is_placeholder(text);
    (is_phrase && meaning(name) == Some(Meaning::Password)).then_some("a password")
}

/// The password that is set in the descriptions of databases' images, where anybody finds it. Elsewhere the word is a
/// placeholder; an image takes it as it is.
fn example_of_image(name: &str, text: &str) -> Option<&'static str> {
    const NAMES: &[&str] = &[
        "MARIADB_PASSWORD",
        "MARIADB_ROOT_PASSWORD",
        "MONGO_INITDB_ROOT_PASSWORD",
        "MYSQL_PASSWORD",
        "MYSQL_ROOT_PASSWORD",
        "POSTGRES_PASSWORD",
    ];
    (text == "example" && NAMES.contains(&name)).then_some("a default password")
}

/// `BASIC_AUTH=user:password`, `NEO4J_AUTH=user/password`
fn user_and_password(name: &str, text: &str) -> Option<&'static str> {
    let is_of_neo4j = name == "NEO4J_AUTH";
    let (user, password) = text.split_once(if is_of_neo4j { '/' } else { ':' })?;
    let is_login = (is_of_neo4j || name::is_of_login(name))
        && !user.is_empty()
        && !text.contains(char::is_whitespace)
        && !user.contains(['/', '$', '{', '<'])
        // A port.
        && !password.bytes().all(|b| b.is_ascii_digit())
        && !value::is_reference(text)
        && value::is_plausible(Meaning::Password, name, password);
    is_login.then_some("a user and a password")
}

/// As [`named`], for places that also hold descriptions and names of other things: annotations, fields of
/// objects. A name must be met by a value that looks made.
pub(crate) fn strictly_named(name: &str, text: &str) -> Option<&'static str> {
    // Hashes of Secrets stand in annotations too, for pods to be replaced.
    by_form(text).or_else(|| strictly_by_name(name, text, value::is_random))
}

/// A name of a Secret's kind, `secret`, must be met by a value of which this is true.
fn strictly_by_name(name: &str, text: &str, is_generated: fn(&str) -> bool) -> Option<&'static str> {
    // Only passwords have less than a few digits and letters. Most texts have no digit, which is asked first.
    let looks_made = text.bytes().any(|byte| byte.is_ascii_digit()) && text.trim().len() >= 8;
    if !looks_made && !name::may_be_of_password(name) {
        return None;
    }
    let text = text.trim();
    let meaning = meaning(name).filter(|meaning| {
        !matches!(meaning, Meaning::Secret { may_be_a_name: true }) || is_generated(text)
    })?;
    // `adminPassword: admin-secret-12`
    if value::is_object_name(text) && value::tells_of_a_secret(text) || value::is_path_of_store(text) {
        return None;
    }
    text::is_literal(text, meaning, name, true).then(|| in_words(meaning, text))
}

/// What a text of a field of an object holds, and where in it.
pub(crate) fn in_field<'t>(name: &str, text: &'t str) -> Option<Found<'t>> {
    let mut assigns = false;
    form::by_form_or_sign(text, &mut assigns)
        .or_else(|| strictly_by_name(name, text, value::is_generated))
        .or_else(|| in_header(name, text))
        .map(|what| Found { what, inside: None })
        .or_else(|| {
            // Queries select by labels, and messages are for people.
            let is_of_others = matches!(name, "expr" | "query" | "message" | "description");
            let inside = (!is_of_others && (assigns || text.contains('\n'))).then(|| in_text(text))??;
            Some(Found { what: inside.what, inside: Some(inside) })
        })
}

/// A password of digits alone that isn't quoted. Reports count what passes: `pass: 1500`.
pub(crate) fn numeric(name: &str, number: i64) -> Option<Found<'static>> {
    let counts = ["pass", "pwd", "pw"].iter().any(|word| word.eq_ignore_ascii_case(name));
    if number < 1000 || counts || !name::may_be_of_password(name) || meaning(name) != Some(Meaning::Password)
    {
        return None;
    }
    Some(Found { what: in_words(Meaning::Password, &number.to_string()), inside: None })
}

/// `Bearer TOKEN` and `Basic BASE64`, as the header `Authorization` has them (RFC 7235).
fn login(text: &str) -> Option<&'static str> {
    let (scheme, value) = text.trim().split_once(' ')?;
    let is_login = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => value.len() >= 8 && text::is_mixed(value) && !value::is_placeholder(value),
        "basic" => is_basic(value),
        _ => false,
    };
    is_login.then_some("a login in a header")
}

/// Whether a header of a request holds a login.
pub(crate) fn in_header(name: &str, text: &str) -> Option<&'static str> {
    if !is_header_of_login(name) {
        return None;
    }
    let value = text.trim();
    let with_scheme = ["Basic ", "Bearer ", "Token "].iter().find_map(|scheme| {
        value.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
        Some((*scheme, value.get(scheme.len()..)?.trim()))
    });
    let is_written =
        |value: &str| value.len() >= 6 && !value::is_placeholder(value) && !value::is_reference(value);
    let is_login = match with_scheme {
        Some(("Basic ", login)) => is_basic(login),
        Some((_, token)) if token.contains(char::is_whitespace) => false,
        Some((_, token)) => is_written(token) && (token.len() >= 20 || text::is_mixed(token)),
        // Settings are called so too: `authorization: AlwaysAllow`.
        None if is_authorization(name) => {
            is_written(value) && (value::has_random_word(value) || value::is_random(value))
        }
        None => is_written(value),
    };
    is_login.then_some("a login in a header")
}

fn is_header_of_login(name: &str) -> bool {
    ["authorization", "proxy-authorization", "x-api-key", "x-auth-token", "private-token"]
        .iter()
        .any(|header| header.eq_ignore_ascii_case(name))
}

fn is_authorization(header: &str) -> bool {
    ["authorization", "proxy-authorization"].iter().any(|name| name.eq_ignore_ascii_case(header))
}

/// `user:password` in base64.
fn is_basic(login: &str) -> bool {
    plimsoll_doc::base64::decode(login.as_bytes()).is_some_and(|login| login.contains(&b':'))
}

/// Whether a value is one word that is written out: no placeholder, reference, path or text.
pub(crate) fn is_written_out(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && !value::is_placeholder(text)
        && !value::is_reference(text)
        && !value::is_path(text)
}

/// What the name says that the value is, where the value may be that: no placeholder, no reference, no path.
pub(crate) fn by_name(name: &str, text: &str) -> Option<&'static str> {
    let meaning = meaning(name)?;
    let text = text.trim();
    if !value::is_plausible(meaning, name, text) {
        return None;
    }
    Some(in_words(meaning, text))
}

fn in_words(meaning: Meaning, text: &str) -> &'static str {
    match meaning {
        Meaning::Password if value::is_default_password(text) => "a default password",
        Meaning::Password => "a password",
        Meaning::Secret { .. } => "a secret",
        Meaning::Token { .. } => "a token",
        Meaning::Key { .. } => "a key",
    }
}

/// The first credential that a value of any length holds, with the name and the line where its own text
/// names one.
pub(crate) fn anywhere<'t>(name: &str, text: &'t str) -> Option<Found<'t>> {
    let is_text = text.trim().contains(['\n', ' ', '=', ';', '{', '<', ':']);
    if let Some(what) = named(name, text).or_else(|| in_header(name, text)) {
        return Some(Found { what, inside: None });
    }
    let inside = text::in_pgpass(name, text)
        .or_else(|| text::in_netrc(name, text))
        .or_else(|| if is_text { in_text(text) } else { None })?;
    Some(Found { what: inside.what, inside: Some(inside) })
}

/// A credential that was found, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    /// `a password`
    pub(crate) what: &'static str,
    /// Where within the text, if the text itself gives it a name.
    pub(crate) inside: Option<Assignment<'t>>,
}

impl Found<'_> {
    /// `a password`, or `a password ("db.password", line 3)`. Never the value.
    pub(crate) fn describe(&self) -> String {
        match self.inside {
            Some(inside) if inside.name.is_empty() => format!("{} (line {})", self.what, inside.line),
            Some(inside) => format!("{} ({:?}, line {})", self.what, inside.name, inside.line),
            None => self.what.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_under_names() {
        for (name, text) in [
            ("DB_PASSWORD", "hunter2-not-real"),
            ("POSTGRES_PASSWORD", "changeme"),
            ("password", "admin"),
            ("PGPASSWORD", "Tr0ub4dor&3"),
            ("MYSQL_PWD", "123456"),
            ("SMTP_PASS", "s3cr3t!"),
            ("spring.datasource.password", "letmein"),
            ("rootPassword", "toor"),
            ("SESSION_SECRET", "hunter2-not-real"),
            ("JWT_SECRET", "my-jwt-secret"),
            ("clientSecret", "Kq8Q~0aZ1bY2cX3dW4eV5fU6gT7hS8iR9jQ0kP"),
            ("SECRET_KEY", "django-insecure-1q2w3e4r5t"),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            ("AGENT_API_KEY", "hunter2-not-real"),
            ("NGROK_AUTHTOKEN", "hunter2-not-real"),
            ("DD_APP_KEY", "0f8fad5bd9cb469fa16570867728950e"),
            ("apiKey", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("STORAGE_ACCOUNT_KEY", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA=="),
            ("REDIS_URL", "redis://:hunter2-not-real@redis:6379/0"),
            ("ANYTHING", "AKIA2E0A8F3B244C9986"),
            ("SETTING", "q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU"),
            ("token", "hunter2-not-real"),
            ("ROOT_PASSWORD_1", "abc12345"),
            ("AUTH_HEADER", "bearer abc123def"),
            ("AUTH_HEADER", "Basic Y2k6aHVudGVyMi1ub3QtcmVhbA=="),
            ("APP_SECRET", "8f2a9c1d-hunter2-not-real"),
            ("AWS_SECRET", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYz9KLQE2vB1"),
            ("PROXY_PASS", "hunter2-not-real"),
            ("MINIO_ACCESS_KEY", "minioadmin"),
            ("MINIO_SECRET_KEY", "minio123"),
            ("JWT_SECRET", "secret"),
            ("JWT_SECRET", "changeme"),
            ("SECRET_KEY", "changeme"),
            ("API_KEY", "supersecret"),
            ("API_KEY", "x-3f2a9c77aa01bb"),
            ("ADMIN_TOKEN", "admin-9f3c71ab-v1"),
            ("SECRET_KEY_BASE", "8f2a9c1d4e5b6a7f8f2a9c1d4e5b6a7f"),
            ("VAULT_DEV_ROOT_TOKEN_ID", "myroot"),
            ("DB_PASSWORD_PROD", "hunter2-not-real"),
            ("SECRET_BLAH", "Tr0ub4dor&3"),
            ("APP_SECRET_VALUE", "Tr0ub4dor&3"),
            ("PASSWORD_DB", "Tr0ub4dor&3"),
            ("JWT_SECRET_STRING", "Tr0ub4dor&3"),
            ("appSecrets", "Tr0ub4dor!"),
            ("API_KEY_PROD", "8f2a9c1d4e5b6a7f8f2a9c1d"),
            ("DBPASS", "hunter2"),
            ("DB_PW", "hunter2"),
            ("db-pw", "hunter2"),
            ("dbPw", "hunter2"),
            ("RABBITMQ_ERLANG_COOKIE", "SWQOKODSQALRPCLNMEQG"),
            ("BASIC_AUTH", "admin:hunter2"),
            ("USERPASS", "admin:hunter2"),
            ("NEO4J_AUTH", "neo4j/hunter2"),
            ("MYSQL_ROOT_PASSWORD", "example"),
            ("NEXTAUTH_SECRET", "secret"),
            ("SECRET_KEY", "mysecretkey"),
            ("ENCRYPT_KEY", "hunter2x9"),
            ("DB_PASSWORD", "$ecret.9"),
            ("DB_PASSWORD", "hunter2@azurekeyvaults"),
            ("DB_PASSWORD", "hunter:two"),
            ("DB_PASSWORD", "hunter:two/three"),
            ("SSH_KEY", "key-hunter2-not-real"),
        ] {
            assert!(named(name, text).is_some(), "{name}");
        }
    }

    #[test]
    fn near_misses() {
        for (name, text) in [
            ("SECRET_KEY_BASE", "assets-precompile"),
            ("API_KEY_DEFAULT", "x-api-key"),
            ("TOKEN_ADMIN", "admin-role-v1"),
            ("DB_PASSWORD", ""),
            ("DB_PASSWORD", "  "),
            ("SECRET_BLAH", "db-credentials"),
            ("SECRET_STAGE", "Production-2"),
            ("SECRET_NAME", "Tr0ub4dor&3"),
            ("PASSWORD_FILE", "Tr0ub4dor&3"),
            ("SECRET_KEY_REF", "Tr0ub4dor&3"),
            ("PASSWORD_MIN_LENGTH", "Tr0ub4dor&3"),
            ("PASSWORD_REGEX_CLIENT", "[A-Z]+[a-z]+[0-9]+!"),
            ("PASSWORD_SYMBOLS", "abcABC012!#$%&"),
            ("PASSWORD_RULES", "^(?=.*[A-Z])(?=.*[0-9]).{8,}$"),
            ("PASSWORD_RECOVERY", "https://a.example.com/Reset?id=1&x=2"),
            ("SECRET_DATES", "%Y-%m-%d_V1"),
            ("USE_SECRET_V2", "Tr0ub4dor&3"),
            ("BLAH", "Tr0ub4dor&3"),
            ("DB_PASSWORD", "${DB_PASSWORD}"),
            ("DB_PASSWORD", "$(DB_PASSWORD)"),
            ("DB_PASSWORD", "$DB_PASSWORD"),
            ("DB_PASSWORD", "{{ .Values.password }}"),
            ("DB_PASSWORD", "<password>"),
            ("DB_PASSWORD", "<path:secret/data/db#password>"),
            ("DB_PASSWORD", "********"),
            ("DB_PASSWORD", "REPLACE_ME"),
            ("DB_PASSWORD", "your-password-here"),
            ("DB_PASSWORD", "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]"),
            ("DB_PASSWORD", "/run/secrets/db-password"),
            ("DB_PASSWORD", "vault:secret/data/db#password"),
            ("DB_PASSWORD", "true"),
            ("WEATHER_API_KEY", "WEATHER_API_KEY_VAL"),
            ("DB_PASSWORD_FILE", "/run/secrets/db"),
            ("PASSWORD_POLICY", "strong-and-long"),
            ("passwordMinLength", "12"),
            ("PASSWORD_KEY", "postgres-password"),
            ("TOKEN_TTL", "15m"),
            ("TOKEN_URL", "https://login.example.com/oauth2/token"),
            ("TOKEN", "false"),
            ("SECRET_NAME", "db-credentials"),
            ("DB_SECRET_REF", "db"),
            ("existingSecret", "db-credentials"),
            ("TLS_SECRET", "web-tls"),
            ("WATCH_SECRET", "kube-system/foo"),
            ("PRIMARY_KEY", "user_id"),
            ("SERVICE_KEY", "billing-service"),
            ("WEBHOOK_SECRET", "webhook-server-cert"),
            ("IMAGE_PULL_SECRET", "registry-pull"),
            ("keyVaultSecretName", "kv-prod-db"),
            ("SECRETS_STORE", "azure-keyvault"),
            ("GOOGLE_APPLICATION_CREDENTIALS", "/var/secrets/google/key.json"),
            ("PUBLIC_KEY", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabc"),
            ("SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabc me@example.com"),
            ("AWS_ACCESS_KEY_ID", "minio"),
            ("checksum/config", "0c9f3d1a7be2b8a5a1f6cf5a2f3c4f5e0b7de1a6b5c4d3e2f1a0b9c8d7e6f5a4"),
            ("IMAGE_DIGEST", "sha256:0c9f3d1a7be2b8a5a1f6cf5a2f3c4f5e0b7de1a6b5c4d3e2f1a0b9c8d7e6f5a4"),
            ("GIT_COMMIT", "3f786850e387550fdab836ed7e6dc881de23001b"),
            ("TENANT_ID", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("CLIENT_ID", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("HOMEPAGE", "https://example.com/a@b"),
            ("PWD", "/app"),
            ("COMPASS", "north-west-9"),
            ("MONKEY", "bananas12"),
            ("TOKENIZER", "sentencepiece-32k"),
            ("MAX_TOKENS", "4096"),
            ("KEYS", "a,b,c"),
            ("JAVA_CLASS", "org.springframework.boot.loader.launch.JarLauncher"),
            ("apiKey", "OPENAI_API_KEY"),
            ("OPENAI_API_KEY", "none"),
            ("AUTH_TOKEN", "bearer"),
            ("AUTH_HEADER", "Bearer ${TOKEN}"),
            ("AUTH_HEADER", "Basic authentication"),
            ("TYPE", "bearer authentication"),
            ("USE_TOKEN", "abcdef123456"),
            ("ETCD_INITIAL_CLUSTER_TOKEN", "etcd-cluster-1"),
            ("VAULT_SECRET", "kv/data/team/app2"),
            ("DB_SECRET", "prod/myapp/db"),
            ("DB_SECRET", "my-app-db"),
            ("CLIENT_SECRET", "web-client-secret"),
            ("CLIENT_SECRET", "$dex.github.clientSecret"),
            ("DB_PASSWORD", "#{password}#"),
            ("DB_PASSWORD", "@@PASSWORD@@"),
            ("DB_PASSWORD", ">>PASSWORD<<"),
            ("DB_PASSWORD", "((db_password))"),
            ("DB_PASSWORD", "from-secret"),
            ("DB_PASSWORD", "secretKeyRef"),
            ("DB_PASSWORD", "aws:secretsmanager:prod/db"),
            ("DB_PASSWORD", "@/etc/file"),
            ("GF_DATABASE_PASSWORD", "$__file{/etc/secrets/db}"),
            ("GF_DATABASE_PASSWORD", "$__env{DB_PW}"),
            ("GF_DATABASE_PASSWORD", "$__vault{kv/data/db:password}"),
            ("DB_PASSWORD", "db-password@azurekeyvault"),
            ("DB_PASSWORD", "db@azurekeyvault?password"),
            ("DB_PASSWORD", ">>vault:secret/data/db#password"),
            ("DB_PASSWORD", "secretref:db-password"),
            ("DB_PASSWORD", "conjur:apps/db/password"),
            ("RECAPTCHA_SITE_KEY", "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI"),
            ("STRIPE_KEY", "pk_live_51HabCdEfGhIj1234KlMnOpQr5678"),
            ("PROXY_PASS", "backend:8080"),
            ("DB_SECRET", "secret"),
            ("BASIC_AUTH", "enabled"),
            ("NEO4J_AUTH", "none"),
            ("NEO4J_AUTH", "neo4j/$(PASSWORD)"),
            ("NEO4J_AUTH", "neo4j/"),
            ("DB_PASSWORD", "example"),
            ("MYSQL_ROOT_PASSWORD", "example-password"),
            ("DB_PASSWORD", "not-used"),
            ("DB_PASSWORD", "unused"),
            ("SECRET_KEY", "mykey"),
            ("BASIC_AUTH", "admin:${PASSWORD}"),
            ("BASIC_AUTH", "auth:8080"),
            ("PASSWORD_USER", "postgres"),
            ("VAULT_DEV_ROOT_TOKEN_ID", "$(TOKEN)"),
            ("SESSION_COOKIE", "vote-session-1a2b"),
            ("PRIMARY_KEY", "12345678"),
            ("ACCESS_KEY", "default"),
            ("API_TOKEN", "admin"),
            ("STORAGE_KEY", "user-prefs-v2"),
            ("ENCRYPTION_KEY", "alias/prod-key-2"),
            ("SSH_KEY", "id_rsa"),
            ("SIGNING_KEY", "key-2024-01"),
        ] {
            assert_eq!(named(name, text), None, "{name}: {text}");
        }
    }

    #[test]
    fn what_objects_are_called_is_no_credential_in_a_field() {
        for (name, text) in [
            ("clientSecret", "oauth2-client-v2"),
            ("accessKey", "s3-creds-12ab"),
            ("sshKey", "git-ssh-key-12"),
            ("adminPassword", "admin-secret-12"),
            ("token", "my-token-v12"),
            ("dbPassword", "secret/data/db"),
            ("secret", "db-creds-9f7gkt2hb5"),
            ("secret", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("credentials", "5f3e9c77aa01bbcc3f2a9c77"),
        ] {
            assert_eq!(strictly_named(name, text), None, "{name}: {text}");
        }
        for (name, text) in [
            ("token", "3f2a9c77aa01bbcc"),
            ("token", "abcdef.0123456789abcdef"),
            ("clientSecret", "8f2a9c1d-4e5b-6a7f-8f2a-9c1d4e5b6a7f"),
            ("adminPassword", "hunter2-not-real"),
            ("dbPassword", "!Summer2026"),
            ("secret", "q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU"),
            ("dbPassword", "p@$$w0rd9"),
        ] {
            assert!(strictly_named(name, text).is_some(), "{name}: {text}");
        }
        let hexadecimal = "3f2a9c77aa01bbcc3f2a9c77aa01bbcc";
        assert!(in_field("stripe_secret", hexadecimal).is_some());
        assert_eq!(strictly_named("example.com/secret", hexadecimal), None, "the hash of one");
    }

    #[test]
    fn passphrases() {
        assert!(passphrase("DB_PASSPHRASE", "correct horse battery staple").is_some());
        for (name, text) in [
            ("DB_PASSWORD", "<the words of your vault>"),
            ("DB_PASSWORD", "put the right words here"),
            ("PASSWORD_HINT", "correct horse battery staple"),
            ("DB_PASSWORD", "hunter2"),
        ] {
            assert_eq!(passphrase(name, text), None, "{name}: {text}");
        }
    }

    #[test]
    fn logins_in_headers() {
        for (name, text) in [
            ("Authorization", "Basic Y2k6aHVudGVyMi1ub3QtcmVhbA=="),
            ("authorization", "Bearer 3f2a9c77aa01bbcc"),
            ("Authorization", "token hunter2A"),
            ("Authorization", "3f2a9c77aa01bbcc"),
            ("X-Api-Key", "hunter2-not-real"),
        ] {
            assert!(in_header(name, text).is_some(), "{name}: {text}");
        }
        for (name, text) in [
            ("authorization", "AlwaysAllow"),
            ("authorization", "simple-acl"),
            ("Authorization", "keycloak"),
            ("AUTHORIZATION", "rbac-only"),
            ("Authorization", "Basic authentication"),
            ("Authorization", "Bearer $(TOKEN)"),
            ("Authorization", "Bearer authentication"),
            ("Authorization", "Bearer tokens that the server gives"),
            ("X-Api-Key", "${KEY}"),
        ] {
            assert_eq!(in_header(name, text), None, "{name}: {text}");
        }
    }

    #[test]
    fn text_of_many_lines_is_described_by_its_own_names() {
        let text = "db.user=postgres\ndb.password=hunter2-not-real\n";
        let found = anywhere("app.properties", text).expect("a password");
        assert_eq!(found.describe(), "a password (\"db.password\", line 2)");
    }
}
