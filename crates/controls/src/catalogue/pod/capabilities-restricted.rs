//! A container has more capabilities than the restricted level grants.
//!
//! ## What it checks
//! Both halves of the Pod Security Standards' restricted rule for every container: `ALL` among
//! `securityContext.capabilities.drop`, and nothing but `NET_BIND_SERVICE` among `add`. Names count exactly as
//! written, as they do at admission: `all` is not `ALL`. Pods for Windows (`spec.os.name: windows`) pass.
//!
//! ## Why it matters
//! What holds to this level can't change owners, make devices or touch the network's settings even as root.
//! A namespace that enforces it refuses the pod otherwise.
//!
//! ## How to fix
//! Drop `ALL`, and add `NET_BIND_SERVICE` alone where the program listens below port 1024.
//!
//! ## How others differ
//! Trivy takes `all` in any case, which admission refuses.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [all] # <- here
//!       add:
//!       - NET_BIND_SERVICE
//!       - CHOWN # <- here
//! - name: helper # <- here
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [all, ALL]
//!       add:
//!       - NET_BIND_SERVICE
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop:
//!       - ALL
//! ```
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add: [CAP_NET_BIND_SERVICE] # <- here
//! ```
//! ```yaml bad
//! # To the API server `null` is a capability without a name.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add: [~] # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [NET_RAW, ALL]
//!       add: [NET_BIND_SERVICE]
//! ```
//! ```yaml near-miss
//! os: {name: windows}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.isWindows ? [] :
//! variables.containers
//!   .filter(c, !("ALL" in c.?securityContext.?capabilities.?drop.orValue([])))
//!   .map(c, 'container "' + c.name + '" doesn\'t drop all capabilities: add ALL to capabilities.drop') +
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).exists(name, name != "NET_BIND_SERVICE"))
//!   .map(c, 'container "' + c.name + '" adds capabilities: the restricted level allows NET_BIND_SERVICE alone')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capabilities-restricted",
    title: "Capabilities beyond restricted",
    severity: Low,
    frameworks: &[pss("restricted/capabilities_restricted"), cis("5.2.9"), owasp("K01")],
    aliases: &["trivy:KSV-0106"],
    profiles: &[Restricted],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.pod().is_windows() {
        return;
    }
    let drop = container.security("capabilities.drop");
    if !drop.contains("ALL") {
        let message =
            format!("{} doesn't drop all capabilities: add ALL to capabilities.drop", container.title());
        found.at(&drop, message).unsafe_fix(append(&drop, "ALL"));
    }
    for (item, capability) in capabilities::added(container) {
        if capability != "NET_BIND_SERVICE" {
            let capability = capabilities::shown(capability);
            let message = format!(
                "{} adds {capability}: the restricted level allows NET_BIND_SERVICE alone",
                container.title()
            );
            found.at(&item, message).unsafe_fix(remove(&item));
        }
    }
}
