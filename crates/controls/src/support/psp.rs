//! PodSecurityPolicy: its kinds, and the switches that admit something.

use plimsoll_engine::Findings;
use plimsoll_kubernetes::{GroupKind, Object};

/// The two groups that served PodSecurityPolicy before it was removed.
pub(crate) const KINDS: &[GroupKind] =
    &[GroupKind::new("policy", "PodSecurityPolicy"), GroupKind::new("extensions", "PodSecurityPolicy")];

/// Finds a switch of the policy's spec that is on: `hostPID`, `privileged`. Absent is off.
pub(crate) fn check_switch<'d>(policy: &Object<'d>, switch: &'static str, found: &mut Findings<'_, 'd>) {
    let field = policy.get("spec").get(switch);
    if field.is_true() {
        found.at(&field, format!("the policy admits pods with {switch}: set it to false"));
    }
}
