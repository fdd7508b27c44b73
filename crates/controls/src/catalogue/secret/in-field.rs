//! A credential stands in a field of an object that is no Secret.
//!
//! ## What it checks
//! Every text and number of every other object, custom resources too: credentials by their form, fields whose name
//! promises one (`password: …`, `clientSecret: …`) with a value that looks made, pairs of `name` and `value` (variables
//! of pipelines, parameters of charts, headers of probes), assignments in text (`Server=db;Password=…`), and the keys
//! of an EncryptionConfiguration. Definitions of custom resources, `secretKey` of External Secrets, which is the name
//! of a key, and names of other objects are left out, and what other controls of this area look at.
//!
//! ## Why it matters
//! Custom resources are stored without encryption, and roles that may read them are given freely.
//!
//! ## How to fix
//! Change the credential: it counts as known. Most kinds have a field beside it that refers to a Secret
//! (`passwordSecretRef`, `valueFrom`).
//!
//! ```yaml bad
//! apiVersion: argoproj.io/v1alpha1
//! kind: Application
//! metadata:
//!   name: votes
//! spec:
//!   source:
//!     repoURL: https://ci:hunter2-not-real@git.example.com/votes.git # <- here
//!     helm:
//!       parameters:
//!       - name: db.password
//!         value: hunter2-not-real # <- here
//!       valuesObject:
//!         auth: {adminPassword: hunter2-not-real} # <- here
//! ```
//! ```yaml bad
//! # A probe's header.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     readinessProbe:
//!       httpGet:
//!         port: 8080
//!         httpHeaders:
//!         - name: Authorization
//!           value: Basic Y2k6aHVudGVyMi1ub3QtcmVhbA== # <- here
//! ```
//! ```yaml bad
//! # Metadata of what an object makes, a number, a connection string, and the key that etcd is encrypted with.
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: report
//! spec:
//!   jobTemplate:
//!     metadata:
//!       annotations:
//!         example.com/db-password: hunter2-not-real # <- here
//! ---
//! apiVersion: example.com/v1
//! kind: Database
//! metadata:
//!   name: votes
//! spec:
//!   password: 12345678 # <- here
//!   connection: Server=db;Password=hunter2-not-real # <- here
//! ---
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - aescbc:
//!       keys:
//!       - name: first
//!         secret: c2VjcmV0IGlzIHNlY3VyZTEyMzQ1Njc4OTAxMjM0NTY= # <- here
//! ```
//! ```yaml bad
//! apiVersion: k8s.keycloak.org/v2alpha1
//! kind: KeycloakRealmImport
//! metadata:
//!   name: votes
//! spec:
//!   keycloakCRName: keycloak
//!   realm:
//!     realm: votes
//!     users:
//!     - username: ci
//!       credentials:
//!       - type: password
//!         value: hunter2-not-real # <- here
//!     clients:
//!     - clientId: web
//!       secret: 3f2a9c77aa01bbcc3f2a9c77aa01bbcc # <- here
//! ```
//! ```yaml good
//! apiVersion: argoproj.io/v1alpha1
//! kind: Application
//! metadata:
//!   name: votes
//! spec:
//!   source:
//!     repoURL: https://git.example.com/votes.git
//!     helm:
//!       parameters:
//!       - name: db.existingSecret
//!         value: db-credentials
//! ```
//! ```yaml near-miss
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: db
//! spec:
//!   secretStoreRef: {name: vault, kind: SecretStore}
//!   target: {name: db}
//!   data:
//!   - secretKey: auth0ClientSecret
//!     remoteRef: {key: votes/db, property: password}
//! ---
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: db
//! spec:
//!   provider: vault
//!   parameters:
//!     objects: |
//!       - objectName: password
//!         secretPath: secret/data/db
//!         secretKey: db12-password
//! ---
//! apiVersion: example.com/v1
//! kind: Database
//! metadata:
//!   name: votes
//! spec:
//!   adminPassword: admin-secret-12
//!   secret: db-creds-9f7gkt2hb5
//!   fields:
//!   - {type: text, value: hunter2-not-real}
//!   token: {length: 32}
//!   passwordLength: 12345
//! ---
//! apiVersion: wgpolicyk8s.io/v1alpha2
//! kind: PolicyReport
//! metadata:
//!   name: votes
//! summary: {pass: 1500}
//! ---
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - aescbc:
//!       keys:
//!       - name: first
//!         secret: <base64 of 32 bytes>
//! ---
//! apiVersion: bitnami.com/v1alpha1
//! kind: SealedSecret
//! metadata:
//!   name: db
//! spec:
//!   encryptedData:
//!     password: AgBq7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU
//! ---
//! apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata:
//!   name: logins.example.com
//! spec:
//!   group: example.com
//!   versions:
//!   - name: v1
//!     schema:
//!       openAPIV3Schema:
//!         properties:
//!           password: {type: string, default: hunter2-not-real}
//! ```

use plimsoll_doc::{Key, Kind, Value, base64};

use crate::prelude::*;
use crate::support::credential;
use crate::support::encryption;

pub const CONTROL: Control = Control {
    id: "secret/in-field",
    title: "Credential in a field",
    severity: High,
    frameworks: &[nsa("network/secrets"), mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_left_out = match object.group() {
        "" => matches!(object.kind(), "Secret" | "ConfigMap" | "Event"),
        "apiextensions.k8s.io" => true,
        _ => false,
    };
    if is_left_out {
        return;
    }
    let makes_pods = !plimsoll_kubernetes::pod_templates(object.group(), object.kind()).is_empty();
    let encrypts = encryption::KINDS.iter().any(|kind| kind.matches(object.group(), object.kind()));
    let fetches = object.group().ends_with("external-secrets.io");
    let is_one_of = |value: Value<'d>, keys: &[Key<'_>]| keys.iter().any(|key| value.is_under(*key));
    for value in object.root().children().filter(|value| !is_one_of(*value, &METADATA)) {
        if matches!(value.kind(), Kind::String | Kind::Integer) {
            judge(value, found);
        }
        value.walk(|value| {
            let is_elsewhere = is_one_of(value, &ELSEWHERE)
                || makes_pods && is_one_of(value, &OF_CONTAINERS) && is_of_container(value)
                || makes_pods && is_one_of(value, &OF_TEMPLATES) && is_of_template(object, value, found)
                || fetches && value.is_under(SECRET_KEY);
            if is_elsewhere {
                return false;
            }
            if encrypts && value.is_under(SECRET) {
                judge_key(value, found);
            } else if matches!(value.kind(), Kind::String | Kind::Integer) {
                judge(value, found);
            }
            true
        });
    }
}

/// The key of a list of `keys`, and what it is called.
const SECRET: Key<'static> = Key::new("secret");
const SECRET_KEY: Key<'static> = Key::new("secretKey");

/// Keys of an object that hold nothing of its own.
const METADATA: [Key<'static>; 5] = Key::all(["metadata", "status", "sops", "apiVersion", "kind"]);

/// What other controls look at, and what is encrypted or public.
const ELSEWHERE: [Key<'static>; 3] = Key::all(["encryptedData", "caBundle", "managedFields"]);

/// The same of a pod's containers and of its metadata.
const OF_CONTAINERS: [Key<'static>; 3] = Key::all(["env", "args", "command"]);
const OF_TEMPLATES: [Key<'static>; 2] = Key::all(["annotations", "labels"]);

/// Whether a value is a container's own, or the command of one of its probes and hooks.
fn is_of_container(value: Value<'_>) -> bool {
    let around = value.parent();
    let list = around.and_then(Value::parent).and_then(Value::key);
    matches!(list, Some("containers" | "initContainers" | "ephemeralContainers"))
        || around.and_then(Value::key) == Some("exec")
}

/// Whether a value is part of the metadata of a pod that an object makes.
fn is_of_template<'d>(object: &Object<'d>, value: Value<'d>, found: &Findings<'_, 'd>) -> bool {
    let metadata = value.parent();
    found.inventory().pods_of(object).iter().any(|pod| pod.metadata().value() == metadata)
}

/// The key that an EncryptionConfiguration names, in base64.
fn judge_key<'d>(value: Value<'d>, found: &mut Findings<'_, 'd>) {
    let is_key = value
        .as_str()
        .and_then(|text| base64::decode(text.trim().as_bytes()))
        .is_some_and(|key| matches!(key.len(), 16 | 24 | 32));
    if is_key {
        found.at(
            &Field::new(value),
            "a key that etcd is encrypted with stands here in clear text: change it and use a KMS provider",
        );
    }
}

fn judge<'d>(value: Value<'d>, found: &mut Findings<'_, 'd>) {
    let name = name_of(value);
    let credential = match value.as_str() {
        Some(text) if text.len() >= 3 => credential::in_field(name, text),
        Some(_) => None,
        None => value.as_i64().and_then(|number| credential::numeric(name, number)),
    };
    if let Some(credential) = credential {
        found.at(
            &Field::new(value),
            format!(
                "{name:?} holds {} in clear text: change it and refer to a Secret",
                credential.describe()
            ),
        );
    }
}

/// What a value is called: the `name` beside a `value`, or a `type` that is a password, else its own key, of a list that of the list.
fn name_of<'d>(value: Value<'d>) -> &'d str {
    let parent = value.parent();
    match value.key() {
        Some(key @ ("value" | "stringValue" | "default")) => ["name", "key", "type"]
            .into_iter()
            .find_map(|sibling| credential::called_by(sibling, parent?.get(sibling)?.as_str()?))
            .unwrap_or(key),
        Some(key) => key,
        None => parent.and_then(Value::key).unwrap_or(""),
    }
}
