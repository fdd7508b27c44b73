//! A client certificate can't be revoked.
//!
//! ## What it checks
//! CertificateSigningRequests for the signer `kubernetes.io/kube-apiserver-client`, or for
//! `kubernetes.io/legacy-unknown`.
//!
//! ## Why it matters
//! The API server takes the certificate until it expires, whoever holds the key by then: Kubernetes has
//! no revocation, and a deleted user or a lost laptop changes nothing.
//!
//! ## How to fix
//! Let people in through OpenID Connect or the cloud's identities, and programs through service
//! accounts with projected tokens.
//!
//! ## How others differ
//! Kubescape asks a person whether such certificates are used.
//!
//! ```yaml bad
//! apiVersion: certificates.k8s.io/v1
//! kind: CertificateSigningRequest
//! metadata:
//!   name: jane
//! spec:
//!   request: ""
//!   signerName: kubernetes.io/kube-apiserver-client # <- here
//!   usages: ["client auth"]
//! ```
//! ```yaml good
//! apiVersion: certificates.k8s.io/v1
//! kind: CertificateSigningRequest
//! metadata:
//!   name: jane
//! spec:
//!   request: ""
//!   signerName: kubernetes.io/kubelet-serving
//!   usages: ["client auth"]
//! ```
//! ```yaml near-miss
//! apiVersion: certificates.k8s.io/v1
//! kind: CertificateSigningRequest
//! metadata:
//!   name: jane
//! spec:
//!   request: ""
//!   signerName: issuers.example.com/shop.internal
//!   usages: ["client auth"]
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "rbac/client-certificate",
    title: "Client certificate for a person",
    severity: Low,
    frameworks: &[cis("3.1.1"), mitre("T1078"), owasp("K09")],
    aliases: &["kubescape:C-0286"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("certificates.k8s.io", "CertificateSigningRequest")], check),
};

fn check<'d>(request: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let signer = request.get("spec.signerName");
    if signer.is("kubernetes.io/kube-apiserver-client") || signer.is("kubernetes.io/legacy-unknown") {
        found.at(&signer, "a client certificate can't be revoked: let people in through OpenID Connect");
    }
}
