//! The files of a mounted Secret can be read by every user in the container.
//!
//! ## What it checks
//! `defaultMode` of secret volumes and of projected volumes with a Secret, and `mode` of their items: a bit for
//! others is set. Absent means 0644; where every item has a `mode` of its own, nothing has the default. Judged only
//! where the pod has an `fsGroup`: without one, a process that isn't root needs that bit.
//!
//! ## Why it matters
//! A helper process that runs as another user, to have less power, reads the credential too.
//!
//! ## How to fix
//! Set `defaultMode: 0440`: the `fsGroup` owns the files.
//!
//! ```yaml bad
//! securityContext: {fsGroup: 10001}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret:
//!     secretName: db
//!     defaultMode: 0444 # <- here
//! ```
//! ```yaml fixed
//! securityContext: {fsGroup: 10001}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret:
//!     secretName: db
//!     defaultMode: 288
//! ```
//! ```yaml bad
//! securityContext: {fsGroup: 10001}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret: # <- here
//!     secretName: db
//! ```
//! ```yaml good
//! securityContext: {fsGroup: 10001}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret:
//!     secretName: db
//!     defaultMode: 0440
//! ```
//! ```yaml near-miss
//! # Every item has a mode of its own.
//! securityContext: {fsGroup: 10001}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret:
//!     secretName: db
//!     items:
//!     - {key: password, path: password, mode: 0440}
//! ```
//! ```yaml near-miss
//! # No fsGroup: only the bit for others lets a user that isn't root read the file.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret:
//!     secretName: db
//!     defaultMode: 0444
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "secret/volume-mode",
    title: "Secret files readable by everybody",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["fsGroup"]), check),
};

/// Read, write or execute for others.
const OTHERS: i64 = 0o007;
/// Read for owner and group.
const GROUP_READS: i64 = 0o440;
/// What the API server sets.
const DEFAULT: i64 = 0o644;

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if !pod.security("fsGroup").exists() {
        return;
    }
    for volume in pod.volumes() {
        let (secret, projected) = (volume.get("secret"), volume.get("projected"));
        let holds_secret = projected.get("sources").items().any(|source| source.get("secret").exists());
        let source = if secret.exists() {
            secret
        } else if holds_secret {
            projected
        } else {
            continue;
        };
        let default = source.get("defaultMode");
        let projected_items =
            projected.get("sources").items().flat_map(|source| source.get("secret.items").items());
        let modes = secret.get("items").items().chain(projected_items).map(|item| item.get("mode"));
        let written = if default.exists() { default.as_i64() } else { Some(DEFAULT) };
        let mut secrets = projected
            .get("sources")
            .items()
            .map(|source| source.get("secret"))
            .chain([secret])
            .filter(Field::exists);
        let uses_default = secrets.any(|secret| {
            let items = secret.get("items");
            items.is_empty() || items.items().any(|item| !item.get("mode").exists())
        });
        let wrong = uses_default
            .then_some((default, written))
            .into_iter()
            .chain(modes.filter(Field::exists).map(|mode| (mode, mode.as_i64())))
            .filter(|(_, mode)| mode.is_some_and(|mode| mode & OTHERS != 0));
        for (field, _) in wrong {
            found
                .at(
                    &field,
                    format!("every user reads the files of volume {:?}: set the mode to 0440", volume.name()),
                )
                .unsafe_fix(set(&field, GROUP_READS));
        }
    }
}
