//! A Secret that SOPS should have encrypted has values in clear text.
//!
//! ## What it checks
//! Values of `data` and `stringData` in a Secret that carries SOPS's own block (`sops`, with `mac` or
//! `lastmodified`): each must begin with `ENC[`. Empty values are left alone, as SOPS leaves them, and so are keys
//! that end in `unencrypted_suffix`, which is `_unencrypted` where the block says nothing else: who names a key so
//! means it.
//!
//! ## Why it matters
//! The block makes everybody believe that the file is encrypted. An `encrypted_regex` that doesn't match, or a value
//! added by hand after encrypting, publishes the credential with it.
//!
//! ## How to fix
//! Change the credential, set `encrypted_regex: ^(data|stringData)$` in `.sops.yaml` and encrypt the file again.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! stringData:
//!   user: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//!   pass: hunter2-not-real # <- here
//! sops:
//!   encrypted_regex: ^user$
//!   lastmodified: "2026-01-31T08:00:00Z"
//!   mac: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! stringData:
//!   pass: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//!   note: ""
//!   owner_unencrypted: team-vote
//! sops:
//!   lastmodified: "2026-01-31T08:00:00Z"
//!   mac: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//! ```
//! ```yaml near-miss
//! # A suffix of one's own.
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: app
//! stringData:
//!   pass: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//!   owner_plain: team-vote
//! sops:
//!   unencrypted_suffix: _plain
//!   mac: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//! ---
//! # No block: never meant for SOPS.
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! stringData:
//!   pass: hunter2-not-real
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("", "Secret")];

pub const CONTROL: Control = Control {
    id: "secret/sops-plain",
    title: "Clear text in a file encrypted with SOPS",
    severity: High,
    frameworks: &[mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let sops = object.get("sops");
    if !sops.get("mac").exists() && !sops.get("lastmodified").exists() {
        return;
    }
    let plain = unencrypted_suffix(&sops);
    for map in ["data", "stringData"] {
        for (key, field) in object.get(map).entries() {
            if plain.is_some_and(|suffix| key.ends_with(suffix)) {
                continue;
            }
            if field.as_str().is_some_and(|text| !text.is_empty() && !text.starts_with("ENC[")) {
                found.at(
                    &field,
                    format!("key {key:?} is not encrypted in a file of SOPS: change it and encrypt again"),
                );
            }
        }
    }
}

/// How the names of keys end that are left in clear text on purpose. The rules exclude each other, and this one is in
/// force where there is no other.
fn unencrypted_suffix<'d>(sops: &Field<'d>) -> Option<&'d str> {
    let written = sops.get("unencrypted_suffix").text();
    let others = [
        "encrypted_suffix",
        "unencrypted_regex",
        "encrypted_regex",
        "unencrypted_comment_regex",
        "encrypted_comment_regex",
    ];
    if !written.is_empty() {
        return Some(written);
    }
    others.iter().all(|rule| sops.get(rule).text().is_empty()).then_some("_unencrypted")
}
