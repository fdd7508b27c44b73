//! An ingress controller that takes snippets trusts everybody who may write an Ingress.
//!
//! ## What it checks
//! ConfigMaps with `allow-snippet-annotations: "true"`, the setting of ingress-nginx.
//!
//! ## Why it matters
//! With it the right to write an Ingress in one namespace is the right to read the Secrets of all of
//! them (CVE-2021-25742).
//!
//! ## How to fix
//! Set it to `"false"`, the default since ingress-nginx 1.9.
//!
//! ## How others differ
//! Kubescape's C-0059 looks at the version of the controller first: see `ingress/controller-outdated`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: ingress-nginx-controller
//!   namespace: ingress-nginx
//! data:
//!   allow-snippet-annotations: "true" # <- here
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: ingress-nginx-controller
//!   namespace: ingress-nginx
//! data:
//!   allow-snippet-annotations: "false"
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: ingress-nginx-controller
//!   namespace: ingress-nginx
//! data:
//!   allow-snippet-annotations: "false"
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: notes
//! data:
//!   README: 'allow-snippet-annotations: "true"'
//! ```

use crate::prelude::*;
use crate::support::go;

pub const CONTROL: Control = Control {
    id: "ingress/controller-allows-snippets",
    title: "Ingress controller that allows snippets",
    severity: High,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9025")],
    aliases: &["kubescape:C-0059"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("", "ConfigMap")], check),
};

fn check<'d>(map: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let allow = map.get("data.allow-snippet-annotations");
    if go::parse_bool(allow.text()) == Some(true) {
        found
            .at(&allow, "who may write an Ingress may configure the controller: set it to \"false\"")
            .unsafe_fix(set(&allow, "false"));
    }
}
