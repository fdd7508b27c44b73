//! Exemptions that switch Pod Security off for whoever can choose them.
//!
//! ## What it checks
//! `exemptions` of a PodSecurityConfiguration, alone or in an AdmissionConfiguration: user names (any; those of service
//! accounts of controllers most of all), runtime classes, and namespaces other than `kube-system`.
//!
//! ## Why it matters
//! An exempt user is exempt for every namespace: exempting a controller's service account exempts everyone who may make
//! what it controls. A runtime class is chosen by who writes the pod.
//!
//! ## How to fix
//! Give the namespace its own label instead (`pod-security.kubernetes.io/enforce: privileged`), which a review sees.
//!
//! ```yaml bad
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: AdmissionConfiguration
//! plugins:
//! - name: PodSecurity
//!   configuration:
//!     apiVersion: pod-security.admission.config.k8s.io/v1
//!     kind: PodSecurityConfiguration
//!     exemptions:
//!       usernames:
//!       - system:serviceaccount:kube-system:replicaset-controller # <- here
//!       runtimeClasses:
//!       - runc # <- here
//!       namespaces:
//!       - kube-system
//!       - shop # <- here
//! ```
//! ```yaml good
//! apiVersion: pod-security.admission.config.k8s.io/v1
//! kind: PodSecurityConfiguration
//! exemptions:
//!   namespaces: [kube-system]
//! ```
//! ```yaml near-miss
//! apiVersion: pod-security.admission.config.k8s.io/v1
//! kind: PodSecurityConfiguration
//! exemptions: {usernames: [], runtimeClasses: [], namespaces: []}
//! ```

use crate::prelude::*;
use crate::support::pod_security;

pub const CONTROL: Control = Control {
    id: "control-plane/pod-security-exemptions",
    title: "Wide exemptions from Pod Security",
    severity: High,
    frameworks: &[cis("5.2.1"), nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(pod_security::KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(configuration) = pod_security::configuration(object) else { return };
    let exemptions = configuration.get("exemptions");
    for user in exemptions.get("usernames").items() {
        found.at(&user, format!("{} is exempt in every namespace: label the namespace instead", user.text()));
    }
    for class in exemptions.get("runtimeClasses").items() {
        found.at(
            &class,
            format!("every pod that asks for the runtime class {} is exempt: take it out", class.text()),
        );
    }
    for namespace in exemptions.get("namespaces").items().filter(|namespace| !namespace.is("kube-system")) {
        let message = format!(
            "the namespace {} is exempt from Pod Security: label it with a level instead",
            namespace.text()
        );
        found.at(&namespace, message);
    }
}
