//! A pod names its account in a field that is deprecated.
//!
//! ## What it checks
//! `serviceAccount` of a pod, unless `serviceAccountName` says the same, as the API server writes both.
//!
//! ## Why it matters
//! `serviceAccountName` wins where both stand, so the pod may run as another account than the reader thinks; many tools
//! and policies read only that one.
//!
//! ## How to fix
//! Write `serviceAccountName`, and remove `serviceAccount`.
//!
//! ```yaml bad
//! serviceAccount: web # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! serviceAccountName: web
//! ```
//! ```yaml bad
//! serviceAccount: admin # <- here
//! serviceAccountName: web
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! serviceAccountName: web
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! serviceAccountName: web
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # As the API server gives it back.
//! serviceAccount: web
//! serviceAccountName: web
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "service-account/deprecated-field",
    title: "Deprecated serviceAccount field",
    severity: Low,
    frameworks: &[],
    aliases: &["kubescape:C-0294", "kube-linter:deprecated-service-account-field"],
    profiles: &[Recommended],
    fix: Some(Safe),
    check: Check::Pod(Needs::Key(&["serviceAccount"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let deprecated = pod.get("serviceAccount");
    let named = pod.get("serviceAccountName");
    let name = deprecated.text();
    if name.is_empty() || named.is(name) {
        return;
    }
    if named.text().is_empty() {
        found
            .at(&deprecated, "serviceAccount is deprecated: write serviceAccountName")
            .fix(set(&named, name))
            .fix(remove(&deprecated));
    } else {
        found
            .at(&deprecated, "serviceAccount is ignored where serviceAccountName stands: remove it")
            .fix(remove(&deprecated));
    }
}
