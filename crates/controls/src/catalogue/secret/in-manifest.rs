//! A Secret's manifest holds the credential itself.
//!
//! ## What it checks
//! Every value of a Secret's `data`, decoded, and `stringData`: private keys, logins of registries, tokens,
//! kubeconfigs, passwords and keys by their names, and values as random as a key. A value is judged by itself: user
//! names, addresses, certificates and placeholders are none, nor is what SOPS or another tool has encrypted. Helm's
//! own release records are left out.
//!
//! ## Why it matters
//! Base64 is no encryption: who may read the repository, its history, a pipeline's log or a backup of it has the
//! credential.
//!
//! ## How to fix
//! Change the credential: it counts as known. Keep it in an external store (External Secrets, the Secrets Store CSI
//! driver) or encrypt it in the repository (SealedSecret, SOPS).
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! data:
//!   username: cG9zdGdyZXM=
//!   password: aHVudGVyMi1ub3QtcmVhbA== # <- here
//! stringData:
//!   url: postgres://votes:hunter2-not-real@db/votes # <- here
//! ```
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: web-tls
//! type: kubernetes.io/tls
//! stringData:
//!   tls.crt: |
//!     -----BEGIN CERTIFICATE-----
//!     VGhpcyBpcyBub3QgYSBjZXJ0aWZpY2F0ZQ==
//!     -----END CERTIFICATE-----
//!   tls.key: | # <- here
//!     -----BEGIN PRIVATE KEY-----
//!     VGhpcyBpcyBub3QgYSBwcml2YXRlIGtleQ==
//!     -----END PRIVATE KEY-----
//! ---
//! # The key says nothing, the Secret's name does.
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: payment-api-key
//! stringData:
//!   value: hunter2-not-real # <- here
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: registry
//! type: kubernetes.io/dockerconfigjson
//! stringData:
//!   .dockerconfigjson: '{"auths":{"registry.example.com":{"username":"ci","password":"hunter2-not-real"}}}' # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! type: Opaque
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! stringData:
//!   username: postgres
//!   host: db.example.com
//!   password: ${DB_PASSWORD}
//!   token: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//!   api-key: <path:secret/data/votes#api-key>
//!   admin-password: ""
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: sh.helm.release.v1.votes.v1
//! type: helm.sh/release.v1
//! data:
//!   release: cTdSdFoxcFc5eEtjNExtQjJ2TnM4WWhENmZHalQzZVU=
//! ```

use crate::prelude::*;
use crate::support::secrets;

const KINDS: &[GroupKind] = &[GroupKind::new("", "Secret")];

pub const CONTROL: Control = Control {
    id: "secret/in-manifest",
    title: "Credential in a Secret's manifest",
    severity: High,
    frameworks: &[mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.get("type").text().starts_with("helm.sh/release") {
        return;
    }
    for entry in secrets::entries(object) {
        if let Some(what) = entry.credential(object) {
            let how = if entry.is_encoded { "only encoded" } else { "in plain text" };
            let key = entry.key;
            found.at(
                &entry.field,
                format!("key {key:?} holds {what}, {how}: change it and keep it in a store or sealed"),
            );
        }
    }
}
