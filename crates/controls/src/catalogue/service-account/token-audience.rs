//! A token that is meant for another service works at the API server.
//!
//! ## What it checks
//! `audience` of `serviceAccountToken` sources in projected volumes: absent, empty or one of the API server's usual
//! (`https://kubernetes.default.svc…`), where no container mounts the volume at
//! `/var/run/secrets/kubernetes.io/serviceaccount`, the place of the API server's own token.
//!
//! ## Why it matters
//! The service that the token is shown to can use it at the API server, in the name of the pod.
//!
//! ## How to fix
//! Set `audience` to what the receiver calls itself, and let it check that.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: token
//!   projected:
//!     sources:
//!     - serviceAccountToken: # <- here
//!         path: token
//! ```
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: token
//!   projected:
//!     sources:
//!     - serviceAccountToken:
//!         path: token
//!         audience: https://kubernetes.default.svc.cluster.local # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: token
//!   projected:
//!     sources:
//!     - serviceAccountToken:
//!         path: token
//!         audience: vault
//! ```
//! ```yaml near-miss
//! # The API server's own token, mounted by hand.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - name: token
//!     mountPath: /var/run/secrets/kubernetes.io/serviceaccount/
//! volumes:
//! - name: token
//!   projected:
//!     sources:
//!     - serviceAccountToken: {path: token}
//! ```

use crate::prelude::*;
use crate::support::accounts::is_for_api_server;

pub const CONTROL: Control = Control {
    id: "service-account/token-audience",
    title: "Projected token for the API server",
    severity: Low,
    frameworks: &[nsa("pod-security/service-account-tokens"), mitre("T1528"), owasp("K01")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["serviceAccountToken"]), check),
};

/// Where client libraries look for the API server's token.
const USUAL_PLACE: &str = "/run/secrets/kubernetes.io/serviceaccount";

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for volume in pod.volumes() {
        let is_usual = pod.containers().any(|container| {
            container.mounts().any(|mount| {
                let path = mount.get("mountPath").text().trim_end_matches('/');
                mount.name() == volume.name() && path.strip_prefix("/var").unwrap_or(path) == USUAL_PLACE
            })
        });
        if is_usual {
            continue;
        }
        for source in volume.get("projected.sources").items() {
            let token = source.get("serviceAccountToken");
            let audience = token.get("audience");
            if token.exists() && is_for_api_server(audience.text()) {
                found.at(
                    &audience,
                    format!(
                        "the token of volume {:?} works at the API server: set the audience of its receiver",
                        volume.name()
                    ),
                );
            }
        }
    }
}
