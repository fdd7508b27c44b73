//! The ingress-nginx controller is retired: it gets no more security fixes.
//!
//! ## What it checks
//! The image of every container: the controller of the project `kubernetes/ingress-nginx`, from its own
//! registry or any mirror that keeps the name (`…/ingress-nginx/controller`, `…ingress-nginx-controller`,
//! `nginx-ingress-controller` of the project's own old repositories, of Rancher and of Bitnami).
//!
//! ## Why it matters
//! The project ended in March 2026, after years in which annotations of any tenant led to code execution in a
//! controller that reads every Secret of the cluster (CVE-2025-1974 and its kin). New holes stay open.
//!
//! ## How to fix
//! Move to the Gateway API or to a maintained ingress controller. On AKS, the application routing add-on
//! supports its own build to November 2026.
//!
//! ## How others differ
//! Kubescape looks at Deployments, DaemonSets and StatefulSets, and at three spellings.
//!
//! ```yaml bad
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.12.1 # <- here
//! - name: mirror
//!   image: registry.example.com/mirror/ingress-nginx/controller:v1.12.1 # <- here
//! - name: mirrored
//!   image: rancher/mirrored-ingress-nginx-controller:v1.12.1 # <- here
//! - name: old
//!   image: quay.io/kubernetes-ingress-controller/nginx-ingress-controller-amd64:0.26.1 # <- here
//! - name: older
//!   image: gcr.io/google_containers/nginx-ingress-controller:0.9.0 # <- here
//! - name: rancher
//!   image: rancher/nginx-ingress-controller:nginx-1.9.4-rancher1 # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: controller
//!   image: registry.example.com/contour:v1.33.0
//! ```
//! ```yaml near-miss
//! # The controller of F5 NGINX, and a helper of ingress-nginx that serves no traffic.
//! containers:
//! - name: f5
//!   image: docker.io/nginx/nginx-ingress:5.3.0
//! - name: certificates
//!   image: registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.0
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "image/ingress-nginx-retired",
    title: "Retired ingress-nginx controller",
    severity: Medium,
    frameworks: &[nsa("upgrading/patches"), owasp("K07")],
    aliases: &["kubescape:C-0292"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let Some(image) = container.image() else { return };
    if ingress::is_ingress_nginx(&image) {
        let message = format!(
            "{} is the retired ingress-nginx controller: move to a maintained one",
            container.title()
        );
        found.at(&container.get("image"), message);
    }
}
