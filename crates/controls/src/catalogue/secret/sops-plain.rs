//! A Secret that SOPS should have encrypted has values in clear text.
//!
//! ## What it checks
//! Values of `data` and `stringData` in a Secret that carries SOPS's own block (`sops`, with `mac` or
//! `lastmodified`): each must begin with `ENC[`. Empty values are left alone, as SOPS leaves them, and so are keys
//! that end in `unencrypted_suffix`, which is `_unencrypted` where the block says nothing else: who names a key so
//! means it. What another rule of the block leaves (`encrypted_regex`, `unencrypted_regex`, `encrypted_suffix`) is
//! reported where it is a credential: a user's name may stand there, a password may not. So it is where an expression
//! is more than words.
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
//! ```yaml bad
//! # The rule encrypts all of it, and the value was added later.
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: app
//! stringData:
//!   host: db.example.com # <- here
//! sops:
//!   encrypted_regex: ^(data|stringData)$
//!   mac: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//! stringData:
//!   host: db.example.com
//!   user: votes # <- here
//!   password: hunter2-not-real # <- here
//! sops:
//!   unencrypted_regex: ^(apiVersion|metadata|kind|type|host|password)$
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
//! # What the rules leave on purpose.
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: rules
//! stringData:
//!   pass: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//!   user: votes
//! sops:
//!   encrypted_regex: ^(pass|token)$
//!   mac: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: others
//! stringData:
//!   pass: ENC[AES256_GCM,data:b2s=,iv:b2s=,tag:b2s=,type:str]
//!   user: votes
//! sops:
//!   unencrypted_regex: ^(user|host)
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

use plimsoll_doc::Value;

use crate::prelude::*;
use crate::support::secrets;

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
    let rule = Rule::of(&sops);
    for entry in secrets::entries(object) {
        let text = entry.field.text();
        if text.is_empty() || text.starts_with("ENC[") {
            continue;
        }
        let map = entry.field.anchor().parent().and_then(Value::key).unwrap_or("");
        if rule.encrypts(map, entry.key).unwrap_or_else(|| entry.credential(object).is_some()) {
            found.at(
                &entry.field,
                format!(
                    "key {:?} is not encrypted in a file of SOPS: change it and encrypt again",
                    entry.key
                ),
            );
        }
    }
}

/// What tells SOPS which values to encrypt. The rules exclude each other.
enum Rule<'d> {
    /// All but those of keys that end so. It is in force where there is no other.
    AllBut(&'d str),
    /// Those of keys that end so.
    Ending(&'d str),
    /// Those below keys that match.
    Matching(&'d str),
    /// Those below no key that matches.
    NotMatching(&'d str),
    /// By comments, which aren't kept.
    ByComments,
}

impl<'d> Rule<'d> {
    fn of(sops: &Field<'d>) -> Self {
        let rule = |key| Some(sops.get(key).text()).filter(|text| !text.is_empty());
        let by_comments = rule("unencrypted_comment_regex").or_else(|| rule("encrypted_comment_regex"));
        rule("unencrypted_suffix")
            .map(Rule::AllBut)
            .or_else(|| rule("encrypted_suffix").map(Rule::Ending))
            .or_else(|| rule("encrypted_regex").map(Rule::Matching))
            .or_else(|| rule("unencrypted_regex").map(Rule::NotMatching))
            .or_else(|| by_comments.map(|_| Rule::ByComments))
            .unwrap_or(Rule::AllBut("_unencrypted"))
    }

    /// Whether the value of a key is to be encrypted. `None` where the rule leaves it, which may be meant so or a
    /// mistake, and where that can't be told.
    fn encrypts(&self, map: &str, key: &str) -> Option<bool> {
        let any = |regex| Some(matches(regex, map)? || matches(regex, key)?);
        match self {
            Rule::AllBut(suffix) => Some(!key.ends_with(suffix)),
            Rule::Ending(suffix) => key.ends_with(suffix).then_some(true),
            Rule::Matching(regex) => any(regex).filter(|is_any| *is_any),
            Rule::NotMatching(regex) => any(regex).filter(|is_any| !is_any).map(|_| true),
            Rule::ByComments => None,
        }
    }
}

/// Whether a regular expression that is words alone, `^(data|stringData)$`, matches a key. `None` for others.
fn matches(regex: &str, key: &str) -> Option<bool> {
    let (begins, words) = regex.strip_prefix('^').map_or((false, regex), |words| (true, words));
    let (ends, words) = words.strip_suffix('$').map_or((false, words), |words| (true, words));
    let grouped = words.strip_prefix('(').and_then(|words| words.strip_suffix(')'));
    let is_of_words = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'|');
    let words = grouped.unwrap_or(words);
    // Signs at the ends are those of the first and the last word where nothing is around all.
    let is_plain =
        words.bytes().all(is_of_words) && (grouped.is_some() || !words.contains('|') || !begins && !ends);
    is_plain.then(|| {
        words.split('|').any(|word| match (begins, ends) {
            (true, true) => key == word,
            (true, false) => key.starts_with(word),
            (false, true) => key.ends_with(word),
            (false, false) => key.contains(word),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_of_words() {
        for (regex, key, expected) in [
            ("^(data|stringData)$", "data", Some(true)),
            ("^(data|stringData)$", "metadata", Some(false)),
            ("data", "metadata", Some(true)),
            ("^pass", "password", Some(true)),
            ("word$", "password", Some(true)),
            ("^data$", "data", Some(true)),
            ("data|user", "username", Some(true)),
            ("^data|user$", "data", None),
            ("^.*$", "data", None),
            ("^(?i)data$", "data", None),
        ] {
            assert_eq!(matches(regex, key), expected, "{regex}: {key}");
        }
    }
}
