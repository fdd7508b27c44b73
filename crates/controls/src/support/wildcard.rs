//! Wildcards in the rules of roles.

use plimsoll_kubernetes::{Field, Object};

use super::rbac::{is_shipped_role, written_rules};

/// The items of one list (`verbs`, `resources`, `apiGroups`, `nonResourceURLs`) that stand for all, over the
/// rules of a role that somebody wrote. Every URL begins with what is left of `/*` or `**`, too.
pub(crate) fn items<'d>(role: &Object<'d>, list: &'static str) -> Vec<Field<'d>> {
    if is_shipped_role(role) {
        return Vec::new();
    }
    written_rules(role)
        .flat_map(|rule| rule.field().get(list).items())
        .filter(|item| {
            let text = item.text();
            // All asterisks at the end of a URL count as one.
            let prefix = text.trim_end_matches('*');
            text == "*" || (list == "nonResourceURLs" && prefix != text && matches!(prefix, "" | "/"))
        })
        .collect()
}
