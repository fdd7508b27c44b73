//! A projected token is valid for more than a day.
//!
//! ## What it checks
//! `expirationSeconds` of `serviceAccountToken` sources in projected volumes: more than 86400. Absent means 3600.
//!
//! ## Why it matters
//! A stolen token works until it expires or the pod is gone. The kubelet renews it anyway, so a long life gives the
//! workload nothing.
//!
//! ## How to fix
//! Leave `expirationSeconds` out, or set 3600.
//!
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
//!         audience: vault
//!         expirationSeconds: 604800 # <- here
//! ```
//! ```yaml fixed
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
//!         expirationSeconds: 3600
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
//! # What the webhooks for cloud identities write.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: token
//!   projected:
//!     sources:
//!     - serviceAccountToken:
//!         path: token
//!         audience: sts.amazonaws.com
//!         expirationSeconds: 86400
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "service-account/token-expiration",
    title: "Projected token valid for long",
    severity: Low,
    frameworks: &[nsa("pod-security/service-account-tokens"), mitre("T1528"), owasp("K01")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["serviceAccountToken"]), check),
};

/// What the identity webhooks of the clouds ask for at most.
const A_DAY: i64 = 86_400;

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for volume in pod.volumes() {
        for source in volume.get("projected.sources").items() {
            let seconds = source.get("serviceAccountToken.expirationSeconds");
            if seconds.as_i64().is_some_and(|seconds| seconds > A_DAY) {
                found
                    .at(&seconds, "the token is valid for more than a day: set expirationSeconds to 3600")
                    .unsafe_fix(set(&seconds, 3600));
            }
        }
    }
}
