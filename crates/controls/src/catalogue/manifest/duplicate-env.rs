//! An environment variable that is set twice.
//!
//! ## What it checks
//! The names under `env` of every container.
//!
//! ## Why it matters
//! The last one counts, and a reviewer may read the first. Server-side apply keeps one of the two for good.
//!
//! ## How to fix
//! Keep one.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - {name: LEVEL, value: info}
//!   - name: LEVEL # <- here
//!     value: debug
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - {name: LEVEL, value: info}
//! ```
//! ```yaml near-miss
//! # Names are case-sensitive, and each container has its own.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   env:
//!   - {name: LEVEL, value: info}
//!   - {name: level, value: debug}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   env:
//!   - {name: LEVEL, value: info}
//! ```

use crate::prelude::*;
use crate::support::firsts::Firsts;

pub const CONTROL: Control = Control {
    id: "manifest/duplicate-env",
    title: "Environment variable set twice",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0295",
        "kube-linter:duplicate-env-var",
        "kube-score:environment-variable-key-duplication",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["env"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let mut firsts = Firsts::default();
    for variable in container.get("env").items() {
        let name = variable.get("name");
        if let Some(before) = firsts.before(name.text().into(), &name).filter(|_| name.exists()) {
            let message =
                format!("{} sets {} twice, and the last counts: keep one", container.title(), name.text());
            found.at(&name, message).also(&before, "set here first");
        }
    }
}
