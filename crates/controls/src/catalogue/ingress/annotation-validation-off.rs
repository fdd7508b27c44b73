//! An ingress-nginx controller that doesn't look at what annotations hold copies it into its configuration.
//!
//! ## What it checks
//! Commands and arguments of containers that run ingress-nginx (by its image, or the program
//! `nginx-ingress-controller`): the flag `enable-annotation-validation`, with one dash or two, set to a false
//! value.
//!
//! ## Why it matters
//! The validation is what keeps a crafted annotation from becoming a directive: without it the right to
//! write an Ingress is the right to read the Secrets of every namespace (CVE-2023-5043, CVE-2025-24514).
//!
//! ## How to fix
//! Remove the flag, and mend the annotations that the controller then refuses. It is on by default since 1.12.
//!
//! ```yaml bad
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.12.1
//!   args:
//!   - /nginx-ingress-controller
//!   - --enable-annotation-validation=false # <- here
//! - name: build
//!   image: docker.io/bitnami/nginx-ingress-controller:1.12.1
//!   args:
//!   - --enable-annotation-validation=false # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.12.1
//!   args:
//!   - /nginx-ingress-controller
//!   - --enable-annotation-validation
//! ```
//! ```yaml near-miss
//! # Another flag, and another program.
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.12.1
//!   args:
//!   - /nginx-ingress-controller
//!   - --enable-metrics=false
//! - name: notes
//!   image: registry.example.com/notes:1.4
//!   args: [--enable-annotation-validation=false]
//! ```

use crate::prelude::*;
use crate::support::{go, ingress};

pub const CONTROL: Control = Control {
    id: "ingress/annotation-validation-off",
    title: "Ingress controller that doesn't validate annotations",
    severity: High,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9025")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["command", "args"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let words = || ["command", "args"].into_iter().flat_map(|list| container.get(list).items());
    let is_controller = container.image().is_some_and(|image| ingress::is_built_from_ingress_nginx(&image))
        || words().any(|word| word.text().ends_with("nginx-ingress-controller"));
    if !is_controller {
        return;
    }
    for word in words() {
        let value = word.text().trim_start_matches('-').strip_prefix("enable-annotation-validation=");
        if value.and_then(go::parse_bool) == Some(false) {
            found.at(&word, "annotations become configuration unseen: remove the flag");
        }
    }
}
