//! A credential stands in an environment variable, written out.
//!
//! ## What it checks
//! The `value` of every variable of every container: init, app and ephemeral ones. A value is a credential by its form
//! (private keys, tokens of known issuers, JSON web tokens, addresses with a password, connection strings), by the
//! variable's name (`DB_PASSWORD`, `API_KEY`, `SESSION_SECRET`) where the value may be one, or where it is as random as
//! a generated key, or looks like a password (letters of both sizes, digits and a mark such as `&`) where the name
//! speaks of one anywhere (`JWT_SECRET_STRING`). Placeholders, references, paths, public keys and names of Secrets are
//! none.
//!
//! ## Why it matters
//! Whoever reads the manifest, its repository's history or the pod has the credential, and reading pods needs far
//! less than reading Secrets. Variables also end in crash dumps, logs and child processes.
//!
//! ## How to fix
//! Change the credential: it counts as known. Keep the new one in an external store or a Secret, and mount it as a
//! file or refer to it with `valueFrom.secretKeyRef`.
//!
//! ## How others differ
//! kube-linter looks for `secret` in the name alone, so `TLS_SECRET_NAME` alarms and `DB_PASSWORD` doesn't. Kubescape
//! looks for words in names and in values, passes values that begin with `/`, and reports every `envFrom` of a Secret,
//! which is `secret/env-reference` here. Polaris looks for words in the name and reports paths, references and empty
//! values too.
//!
//! ```yaml bad
//! initContainers:
//! - name: migrate
//!   image: registry.example.com/migrate:1.4
//!   env:
//!   - name: DATABASE_URL
//!     value: postgres://app:hunter2-not-real@db/votes # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - name: DB_PASSWORD
//!     value: hunter2-not-real # <- here
//!   - {name: ADMIN_PASSWORD, value: changeme} # <- here
//!   - {name: MYSQL_ROOT_PASSWORD, value: example} # <- here
//!   - {name: NEO4J_AUTH, value: neo4j/hunter2-not-real} # <- here
//!   - {name: adminPw, value: hunter2-not-real} # <- here
//!   - {name: JWT_SECRET_STRING, value: Not-Re4l&} # <- here
//!   - {name: DB_PASSPHRASE, value: correct horse battery staple} # <- here
//!   - {name: QUEUE, value: "amqp://user:password@queue:5672"} # <- here
//!   - name: STORAGE
//!     value: DefaultEndpointsProtocol=https;AccountName=votes;AccountKey=hunter2-not-real # <- here
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   env:
//!   - name: API_KEY
//!     value: hunter2-not-real # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - name: DB_PASSWORD
//!     valueFrom:
//!       secretKeyRef: {name: db, key: password}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - {name: DB_PASSWORD_FILE, value: /run/secrets/db}
//!   - {name: GOOGLE_APPLICATION_CREDENTIALS, value: /var/secrets/key.json}
//!   - {name: SECRET_NAME, value: db-credentials}
//!   - {name: PASSWORD_POLICY, value: strong}
//!   - {name: SECRET_STAGE, value: Production-2}
//!   - {name: TOKEN_TTL, value: 15m}
//!   - {name: DATABASE_URL, value: postgres://app:$(DB_PASSWORD)@db/votes}
//!   - {name: ADMIN_PASSWORD, value: "<set at install>"}
//!   - {name: API_TOKEN, value: ""}
//!   - {name: DB_PASSWORD, value: example}
//!   - {name: NEO4J_AUTH, value: none}
//!   - {name: USE_PASSWORD, value: "true"}
//!   - {name: ETCD_INITIAL_CLUSTER_TOKEN, value: etcd-cluster-1}
//!   - {name: BACKUP_SECRET, value: velero-backup}
//!   - {name: RECAPTCHA_SITE_KEY, value: 6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI}
//!   - {name: TENANT_ID, value: 0f8fad5b-d9cb-469f-a165-70867728950e}
//!   - {name: GF_DATABASE_PASSWORD, value: "$__file{/etc/secrets/db}"}
//!   - {name: SMTP_PASSWORD, value: smtp-password@azurekeyvault}
//!   - {name: LDAP_PASSWORD, value: "conjur:apps/ldap/password"}
//!   - {name: CONFIG_SHA, value: 0c9f3d1a7be2b8a5a1f6cf5a2f3c4f5e0b7de1a6b5c4d3e2f1a0b9c8d7e6f5a4}
//! ```

use crate::prelude::*;
use crate::support::credential;

pub const CONTROL: Control = Control {
    id: "secret/in-env",
    title: "Credential in an environment variable",
    severity: High,
    frameworks: &[nsa("network/secrets"), mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[
        "kubescape:C-0012",
        "kubescape:C-0259",
        "kube-linter:env-var-secret",
        "polaris:sensitiveContainerEnvVar",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["env"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for variable in container.get("env").items() {
        let (name, value) = (variable.get("name").text(), variable.get("value"));
        let Some(text) = value.as_str() else { continue };
        let credential = credential::anywhere(name, text)
            .map(|credential| credential.describe())
            .or_else(|| credential::passphrase(name, text).map(str::to_owned));
        if let Some(credential) = credential {
            found.at(
                &value,
                format!(
                    "variable {name:?} of {} holds {credential} in clear text: change it and refer to a Secret",
                    container.title()
                ),
            );
        }
    }
}
