//! An annotation that breaks out of its place in the web server's configuration.
//!
//! ## What it checks
//! The annotations `auth-url`, `auth-signin`, `mirror-target`, `mirror-host` and `auth-tls-match-cn` of
//! ingress-nginx, whatever the class or prefix: characters that end the value and begin a directive. In an
//! address: line ends, quotes, `;`, `{`, `}`, `<`, `>`, `|`, `^`, a backslash, a backtick. In a common
//! name: line ends, `;`, `{`, `}`, `#`. Space around the whole value doesn't count.
//!
//! ## Why it matters
//! Controllers before 1.11.5 and 1.12.1 copy them as they are (CVE-2025-24514, CVE-2025-1097,
//! CVE-2025-1098): with `load_module` or `ssl_engine` the author runs code in the controller, and reads the
//! Secrets of every namespace.
//!
//! ## How to fix
//! Remove the annotation, find out who wrote it, and update the controller.
//!
//! ## How others differ
//! Trivy looks only where `spec.ingressClassName` is `nginx`, and takes the `|` of an expression such as
//! `CN=(a|b)` for an attack.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/auth-url: "http://example.com/#;\nload_module /tmp/x;" # <- here
//!     nginx.ingress.kubernetes.io/auth-tls-match-cn: "CN=abc #(\n){}" # <- here
//!     nginx.ingress.kubernetes.io/mirror-target: "http://example.com/;" # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/auth-url: https://$host/oauth2/auth?scope=a&x=%7B
//!     nginx.ingress.kubernetes.io/auth-tls-match-cn: CN=client.example.com
//! ```
//! ```yaml near-miss
//! # A line end after the value, an expression, and a title that only looks like one.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/auth-url: |
//!       https://auth.example.com/verify
//!     nginx.ingress.kubernetes.io/auth-tls-match-cn: CN=(alice|bob)
//!     example.com/note: "http://example.com/;"
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/injection",
    title: "Ingress annotation that injects configuration",
    severity: Critical,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9025")],
    aliases: &["trivy:KCV-0093"],
    profiles: &[Recommended],
    fix: None,
    check: ingress::every(check),
};

const IN_ADDRESS: &[char] = &['\n', '\r', '"', '\'', ';', '{', '}', '<', '>', '|', '^', '\\', '`'];
const IN_COMMON_NAME: &[char] = &['\n', '\r', ';', '{', '}', '#'];

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (name, value) in ingress::named_annotations(object) {
        let breaking = match name {
            "auth-url" | "auth-signin" | "mirror-target" | "mirror-host" => IN_ADDRESS,
            "auth-tls-match-cn" => IN_COMMON_NAME,
            _ => continue,
        };
        if value.text().trim().contains(breaking) {
            found.at(
                &value,
                format!("{name} has characters that begin a directive of their own: remove it and update the controller"),
            );
        }
    }
}
