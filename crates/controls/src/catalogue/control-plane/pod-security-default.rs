//! Namespaces without a label get no Pod Security.
//!
//! ## What it checks
//! `defaults.enforce` of a PodSecurityConfiguration, alone or in an AdmissionConfiguration: `baseline` or
//! `restricted`. Absent, it is `privileged`. An AdmissionConfiguration without the plugin, or where it has neither
//! `configuration` nor `path`, has the same default; with a `path` it is decided in that file.
//!
//! ## Why it matters
//! Every namespace that nobody thought of admits privileged pods.
//!
//! ## How to fix
//! Set `defaults.enforce: baseline`, and label the namespaces that need more.
//!
//! ```yaml bad
//! apiVersion: pod-security.admission.config.k8s.io/v1
//! kind: PodSecurityConfiguration # <- here
//! exemptions: {namespaces: [kube-system]}
//! ---
//! apiVersion: pod-security.admission.config.k8s.io/v1
//! kind: PodSecurityConfiguration
//! defaults:
//!   enforce: privileged # <- here
//! ---
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: AdmissionConfiguration
//! plugins: # <- here
//! - {name: EventRateLimit, path: limits.yaml}
//! ---
//! apiVersion: apiserver.k8s.io/v1alpha1
//! kind: AdmissionConfiguration
//! plugins: # <- here
//! - {name: EventRateLimit, path: limits.yaml}
//! ---
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: AdmissionConfiguration
//! plugins:
//! - name: PodSecurity # <- here
//! ```
//! ```yaml good
//! apiVersion: pod-security.admission.config.k8s.io/v1
//! kind: PodSecurityConfiguration
//! defaults: {enforce: baseline, warn: restricted}
//! ```
//! ```yaml near-miss
//! # A plugin configured elsewhere.
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: AdmissionConfiguration
//! plugins:
//! - {name: PodSecurity, path: /etc/kubernetes/podsecurity.yaml}
//! ```

use crate::prelude::*;
use crate::support::pod_security;

pub const CONTROL: Control = Control {
    id: "control-plane/pod-security-default",
    title: "No Pod Security level by default",
    severity: Medium,
    frameworks: &[cis("5.2.1"), nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(pod_security::KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_admission = object.kind() == "AdmissionConfiguration";
    if is_admission && pod_security::plugin(object).is_none() {
        found.at(
            &object.get("plugins"),
            "namespaces without a label admit privileged pods: configure PodSecurity, with defaults.enforce",
        );
        return;
    }
    let Some(configuration) = pod_security::configuration(object) else { return };
    let enforce = configuration.get("defaults.enforce");
    let message = "namespaces without a label admit privileged pods: set defaults.enforce to baseline";
    match enforce.text() {
        "baseline" | "restricted" => {}
        _ if enforce.exists() || configuration.get("defaults").exists() || is_admission => {
            found.at(&enforce, message);
        }
        _ => {
            found.on(object, message);
        }
    }
}
