//! A Secret's values come as environment variables.
//!
//! ## What it checks
//! `env[].valueFrom.secretKeyRef` and `envFrom[].secretRef` of every container: init, app and ephemeral ones.
//!
//! ## Why it matters
//! Variables are inherited by every child process, end in crash dumps and debug pages, and stay as they were when the
//! Secret is changed.
//!
//! ## How to fix
//! Mount the Secret as a file and give the program its path: many images read `…_FILE`. The kubelet renews the file, and
//! only who may open it reads it.
//!
//! ## How others differ
//! kube-linter doesn't see `envFrom`. Kubescape, Checkov and KICS don't look at ephemeral containers.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - name: DB_PASSWORD
//!     valueFrom:
//!       secretKeyRef: {name: db, key: password} # <- here
//!   envFrom:
//!   - secretRef: # <- here
//!       name: api
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - name: DB_PASSWORD_FILE
//!     value: /run/secrets/db/password
//!   volumeMounts:
//!   - name: db
//!     mountPath: /run/secrets/db
//!     readOnly: true
//! volumes:
//! - name: db
//!   secret: {secretName: db}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - name: LOG_LEVEL
//!     valueFrom:
//!       configMapKeyRef: {name: app, key: level}
//!   envFrom:
//!   - configMapRef: {name: app}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?env.orValue([]).exists(v, v.?valueFrom.?secretKeyRef.hasValue()) ||
//!     c.?envFrom.orValue([]).exists(s, s.?secretRef.hasValue()))
//!   .map(c, 'container "' + c.name + '" gets a Secret in its environment: mount it as a file')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "secret/env-reference",
    title: "Secret in an environment variable",
    severity: Low,
    frameworks: &[cis("5.4.1"), aks("4.5.1"), eks("4.4.1"), owasp("K03")],
    aliases: &[
        "kubescape:C-0207",
        "checkov:CKV_K8S_35",
        "kube-linter:read-secret-from-env-var",
        "kubesec:SecretsAsEnvironmentVariables",
        "kics:Secrets-As-Environment-Variables",
    ],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["secretKeyRef", "secretRef"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let variables = container.get("env").items().map(|variable| variable.get("valueFrom.secretKeyRef"));
    let sources = container.get("envFrom").items().map(|source| source.get("secretRef"));
    for reference in variables.chain(sources).filter(Field::exists) {
        found.at(
            &reference,
            format!(
                "{} gets Secret {:?} in its environment: mount it as a file",
                container.title(),
                reference.get("name").text()
            ),
        );
    }
}
