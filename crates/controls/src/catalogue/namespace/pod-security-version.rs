//! A Pod Security level that changes with the cluster.
//!
//! ## What it checks
//! `pod-security.kubernetes.io/enforce-version` of every Namespace that enforces `baseline` or `restricted`: `latest` or
//! `v1.N`, written out. What isn't a version counts as `latest` to the API server.
//!
//! ## Why it matters
//! Without a version the level follows the cluster's upgrade, and pods that ran yesterday are refused on the day of the
//! upgrade. `latest` on purpose is a choice; nothing written is an accident.
//!
//! ## How to fix
//! Set the version that you tested, and raise it after each upgrade.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels: # <- here
//!     pod-security.kubernetes.io/enforce: restricted
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: bank
//!   labels:
//!     pod-security.kubernetes.io/enforce: restricted
//!     pod-security.kubernetes.io/enforce-version: "1.34" # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     pod-security.kubernetes.io/enforce: restricted
//!     pod-security.kubernetes.io/enforce-version: v1.34
//! ```
//! ```yaml near-miss
//! # Privileged has no versions, and latest was written.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: agents
//!   labels: {pod-security.kubernetes.io/enforce: privileged}
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     pod-security.kubernetes.io/enforce: baseline
//!     pod-security.kubernetes.io/enforce-version: latest
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "namespace/pod-security-version",
    title: "Pod Security level without a version",
    severity: Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Namespace")], check),
};

fn check<'d>(namespace: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if !matches!(namespace.label("pod-security.kubernetes.io/enforce").text(), "baseline" | "restricted") {
        return;
    }
    let version = namespace.label("pod-security.kubernetes.io/enforce-version");
    if !is_version(version.text()) {
        found.at(&version, "the level changes with the cluster: set enforce-version to v1.N or latest");
    }
}

/// `latest`, or `v1.N` where N has no leading zero.
fn is_version(text: &str) -> bool {
    text == "latest"
        || text.strip_prefix("v1.").is_some_and(|minor| {
            !minor.is_empty()
                && minor.bytes().all(|byte| byte.is_ascii_digit())
                && (minor == "0" || !minor.starts_with('0'))
        })
}
