//! A ConfigMap holds personal data.
//!
//! ## What it checks
//! Values of `data` in ConfigMaps: e-mail addresses, IBANs and numbers of payment cards (their check digits must be
//! right), and user names by the key (`username`, `db.user.name`, `login`). Addresses reserved for documentation
//! (`example.com` and its kin), those of service accounts of Google Cloud, and placeholders are none.
//!
//! ## Why it matters
//! ConfigMaps are read by nearly everybody, copied and logged. User names are half of a login.
//!
//! ## How to fix
//! Keep it in a Secret or where personal data belongs; use an address of a team instead of a person's.
//!
//! ## How others differ
//! Trivy looks for words in keys and lines (`key`, `phone`, `SHA1`, `MD5`), and takes three to twenty capitals and
//! digits for the number of a passport.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data:
//!   contact: Ada <ada@votes.org> # <- here
//!   username: postgres # <- here
//!   refund.ini: | # <- here
//!     [account]
//!     iban = DE89 3704 0044 0532 0130 00
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data:
//!   contact: https://wiki.example.com/oncall
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data:
//!   username: ${DB_USER}
//!   usernameField: login_name
//!   image: registry.example.com/app@sha256:0c9f3d1a7be2b8a5
//!   repository: git@git.example.com:votes/votes.git
//!   port: "5432"
//!   owner: ops@team.example.com
//!   identity: app@project.iam.gserviceaccount.com
//!   last_login: "2026"
//!   enableLogin: strict
//!   started: "1760000000000000"
//! ```

use crate::prelude::*;
use crate::support::{credential, personal};

const KINDS: &[GroupKind] = &[GroupKind::new("", "ConfigMap")];

pub const CONTROL: Control = Control {
    id: "secret/personal-data",
    title: "Personal data in a ConfigMap",
    severity: Low,
    frameworks: &[],
    aliases: &["trivy:KSV-1010", "trivy:KSV-01010"],
    profiles: &[],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (key, field) in object.get("data").entries() {
        let Some(text) = field.as_str() else { continue };
        let what = personal::in_text(text)
            .or_else(|| (is_of_user(key) && credential::is_written_out(text)).then_some("a user name"));
        if let Some(what) = what {
            found.at(&field, format!("key {key:?} holds {what}: keep it out of ConfigMaps"));
        }
    }
}

fn is_of_user(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    if ["username", "user_name", "user-name", "user.name"].iter().any(|end| key.ends_with(end)) {
        return true;
    }
    // When or whether somebody logs in is told by the word before.
    const BEFORE: &[&str] =
        &["last", "first", "enable", "disable", "allow", "require", "auto", "force", "max", "social"];
    key.strip_suffix("login").is_some_and(|before| {
        let before = before.trim_end_matches(['_', '-', '.']);
        !BEFORE.iter().any(|word| before.ends_with(word))
    })
}
