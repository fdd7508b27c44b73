//! A credential stands in a ConfigMap.
//!
//! ## What it checks
//! Every value of `data` and, decoded, of `binaryData`: credentials by their form, by the key's name, and in text of
//! many lines (properties, INI, JSON, YAML, scripts) by the names that the text itself sets. In password files the
//! hashes (htpasswd, LDAP) and, in one that is called so, the passwords of `.pgpass` and `.netrc`. In proxies' settings
//! (nginx, HAProxy, Caddy) the logins that they send in headers. In shell scripts (`*.sh`, or
//! a first line such as `#!/bin/sh`) also what some programs take one by: `mysql -p…`, `redis-cli -a`, `… | chpasswd`.
//! Comments, placeholders, templates, references, paths and code are none.
//!
//! ## Why it matters
//! ConfigMaps are not encrypted where Secrets are, nearly every role may read them, and they are printed and logged
//! without a thought.
//!
//! ## How to fix
//! Change the credential: it counts as known. Keep the new one in an external store or a Secret, and let the
//! configuration refer to a file or a variable.
//!
//! ## How others differ
//! Trivy, Polaris and Kubescape look for words anywhere in keys: `tokenizer` alarms, and so does `password.file`; with
//! Trivy `compass` too. None of them reads `binaryData`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: votes
//! data:
//!   LOG_LEVEL: debug
//!   DB_PASSWORD: hunter2-not-real # <- here
//!   app.properties: | # <- here
//!     db.url=jdbc:postgresql://db:5432/votes
//!     db.user=votes
//!     db.password=hunter2-not-real
//!   spring.properties: spring.datasource.password=secret # <- here
//!   settings.yaml: 'password: "!Summer2026"' # <- here
//!   .pgpass: "db:5432:votes:votes:hunter2-not-real" # <- here
//!   .netrc: | # <- here
//!     machine git.example.com
//!     login ci
//!     password hunter2-not-real
//!   prometheus.yml: | # <- here
//!     scrape_configs:
//!     - job_name: votes
//!       basic_auth: {username: ci, password: hunter2-not-real}
//!   realm.json: | # <- here
//!     {"users":[{"username":"ci","credentials":[{"type":"password","value":"hunter2-not-real"}]}]}
//!   settings.py: | # <- here
//!     app.config['SECRET_KEY'] = '3f2a9c77aa01bbcc'
//!   default.conf: | # <- here
//!     proxy_set_header Authorization "Basic Y2k6aHVudGVyMi1ub3QtcmVhbA==";
//!   .htpasswd: "admin:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=" # <- here
//!   id_rsa: | # <- here
//!     -----BEGIN OPENSSH PRIVATE KEY-----
//!     VGhpcyBpcyBub3QgYSBwcml2YXRlIGtleQ==
//!     -----END OPENSSH PRIVATE KEY-----
//!   migrate: | # <- here
//!     #!/bin/sh
//!     until mysqladmin ping; do sleep 1; done
//!     exec mysql -uroot -phunter2-not-real < /sql/votes.sql
//! binaryData:
//!   settings.ini: W2RiXQpwYXNzd29yZCA9IGh1bnRlcjItbm90LXJlYWwK # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: votes
//! data:
//!   LOG_LEVEL: debug
//!   app.properties: |
//!     db.url=jdbc:postgresql://db:5432/votes
//!     db.user=votes
//!     db.password=${DB_PASSWORD}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: votes
//! data:
//!   password.file: /run/secrets/db
//!   compass: north
//!   tokenizer: sentencepiece-32k
//!   .pgpass: "db:5432:votes:votes:${DB_PASSWORD}"
//!   ca.crt: |
//!     -----BEGIN CERTIFICATE-----
//!     VGhpcyBpcyBub3QgYSBjZXJ0aWZpY2F0ZQ==
//!     -----END CERTIFICATE-----
//!   app.py: |
//!     # password = "hunter2"
//!     password = os.environ["DB_PASSWORD"]
//!     token = client.token()
//!   check.sh: |
//!     if [ -z "$PASSWORD" ]; then echo password: missing; fi
//!     # mysql -uroot -phunter2-not-real
//!     wait-for --host mysql -photo-service && mysql -uroot -p"$PASSWORD"
//!   plugins.txt: |
//!     credentials:1389.vd7a_b_f5fa_50a_2
//!   init.sql: |
//!     ALTER ROLE app WITH PASSWORD :'app_password1';
//!   default.conf: |
//!     proxy_set_header Authorization $http_authorization;
//!   reset.properties: url=http://password:8080
//!   rules.yaml: |
//!     - record: password:failures:rate5m
//!   authorization: AlwaysAllow
//! ```
//! ```yaml near-miss
//! # Another group's kind of the same name.
//! apiVersion: example.com/v1
//! kind: ConfigMap
//! metadata:
//!   name: votes
//! data:
//!   DB_PASSWORD: hunter2-not-real
//! ```

use plimsoll_doc::base64;

use crate::prelude::*;
use crate::support::credential::{self, Found};

const KINDS: &[GroupKind] = &[GroupKind::new("", "ConfigMap")];

pub const CONTROL: Control = Control {
    id: "secret/in-config-map",
    title: "Credential in a ConfigMap",
    severity: High,
    frameworks: &[nsa("network/secrets"), mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &["kubescape:C-0012", "trivy:KSV-0109", "polaris:sensitiveConfigmapContent"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (key, field) in object.get("data").entries() {
        judge(key, &field, field.text(), found);
    }
    for (key, field) in object.get("binaryData").entries() {
        if let Some(bytes) = base64::decode(field.text().as_bytes())
            && let Ok(text) = std::str::from_utf8(&bytes)
        {
            judge(key, &field, text, found);
        }
    }
}

fn judge<'d>(key: &str, field: &Field<'d>, text: &str, found: &mut Findings<'_, 'd>) {
    let in_script = || {
        let what = if is_script(key, text) { credential::in_script(text) } else { None };
        what.map(|what| Found { what, inside: None })
    };
    if let Some(credential) = credential::anywhere(key, text).or_else(in_script) {
        found.at(
            field,
            format!(
                "key {key:?} holds {} in clear text: change it and keep it in a Secret",
                credential.describe()
            ),
        );
    }
}

/// Whether a shell reads a text: its name says so, or its first line.
fn is_script(key: &str, text: &str) -> bool {
    let is_shell = |word: &str| matches!(word, "sh" | "ash" | "bash" | "dash" | "ksh" | "zsh");
    let program = text.lines().next().and_then(|line| line.strip_prefix("#!"));
    key.ends_with(".sh")
        || key.ends_with(".bash")
        || program.is_some_and(|program| program.split(['/', ' ']).any(is_shell))
}
