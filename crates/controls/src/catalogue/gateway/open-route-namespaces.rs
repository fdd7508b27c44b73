//! A listener that takes routes from every namespace lets each of them serve its hosts.
//!
//! ## What it checks
//! `allowedRoutes.namespaces.from: All` of Gateway listeners, and a selector there that is empty.
//!
//! ## Why it matters
//! Who may write a route in any namespace attaches it to the Gateway: for a host that is still free, or a
//! more exact path of one that isn't, and receives the requests of its users with their cookies.
//!
//! ## How to fix
//! Use `from: Selector` with a label that namespaces get from those who run the Gateway, or `Same`, the default.
//!
//! ```yaml bad
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!     allowedRoutes:
//!       namespaces:
//!         from: All # <- here
//!   - name: other
//!     protocol: HTTPS
//!     port: 8443
//!     allowedRoutes:
//!       namespaces:
//!         from: Selector
//!         selector: {} # <- here
//! ```
//! ```yaml good
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!     allowedRoutes:
//!       namespaces:
//!         from: Selector
//!         selector: {matchLabels: {edge: "true"}}
//! ```
//! ```yaml near-miss
//! # The default is the Gateway's own namespace.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//! ```

use crate::prelude::*;
use crate::support::route;

pub const CONTROL: Control = Control {
    id: "gateway/open-route-namespaces",
    title: "Gateway that takes routes from every namespace",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new(route::GROUP, "Gateway")], check),
};

fn check<'d>(gateway: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for listener in gateway.get("spec.listeners").items() {
        let namespaces = listener.get("allowedRoutes.namespaces");
        let from = namespaces.get("from");
        let selector = namespaces.get("selector");
        let field = if from.is("All") {
            from
        } else if from.is("Selector") && selector.exists() && LabelSelector::new(selector).is_empty() {
            selector
        } else {
            continue;
        };
        found.at(&field, "every namespace may attach routes: select namespaces by a label");
    }
}
