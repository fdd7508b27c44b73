//! What a Velero Schedule backs up.

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Object};

/// Schedules of the scan that run: paused ones are left out.
pub(crate) fn running<'i, 'd>(inventory: &'i Inventory<'d>) -> impl Iterator<Item = &'i Object<'d>> {
    inventory.of_kind("velero.io", "Schedule").filter(|schedule| !schedule.get("spec.paused").is_true())
}

/// The label of what no backup takes: of a claim, or of a namespace with all that is in it.
pub(crate) const EXCLUDED: &str = "velero.io/exclude-from-backup";

/// Whether a schedule's template takes a claim of a namespace, with these labels.
pub(crate) fn covers<'l>(
    schedule: &Object<'_>,
    namespace: &str,
    label: impl Fn(&str) -> Option<&'l str>,
) -> bool {
    let template = schedule.get("spec.template");
    let listed = |list: &Field<'_>| list.strings().any(|pattern| glob(pattern, namespace));
    let included = template.get("includedNamespaces");
    let selector = template.get("labelSelector");
    let alternatives = template.get("orLabelSelectors");
    (included.is_empty() || listed(&included))
        && !listed(&template.get("excludedNamespaces"))
        && takes_claims(&template)
        && (!selector.exists() || LabelSelector::new(selector).matches_by(&label))
        && (alternatives.is_empty()
            || alternatives.items().any(|alternative| LabelSelector::new(alternative).matches_by(&label)))
}

fn takes_claims(template: &Field<'_>) -> bool {
    // Names of resources are found in letters of any size, short names in small ones.
    let is_claim = |resource: &str| {
        matches!(resource, "*" | "pvc")
            || ["persistentvolumeclaim", "persistentvolumeclaims"]
                .iter()
                .any(|name| name.eq_ignore_ascii_case(resource))
    };
    // By kinds of all scopes, or by those of namespaces and of clusters apart.
    let includes = |list: Field<'_>| list.is_empty() || list.strings().any(is_claim);
    let excludes = |list: Field<'_>| list.strings().any(is_claim);
    includes(template.get("includedResources"))
        && includes(template.get("includedNamespaceScopedResources"))
        && !excludes(template.get("excludedResources"))
        && !excludes(template.get("excludedNamespaceScopedResources"))
}

/// `*` stands for any characters.
fn glob(pattern: &str, name: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(head) else { return false };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    // Each part takes the first place that it fits, which leaves the most to those after it.
    for part in middle.split('*') {
        let Some((_, after)) = name.split_once(part).filter(|_| !part.is_empty()) else {
            if part.is_empty() { continue } else { return false }
        };
        name = after;
    }
    name.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_stand_for_anything() {
        assert!(glob("*", "shop"));
        assert!(glob("shop-*", "shop-eu"));
        assert!(glob("*-eu", "shop-eu"));
        assert!(!glob("shop", "shop-eu"));
        assert!(!glob("shop-*", "shop"));
        assert!(glob("s*o*-*u", "shop-eu"));
        assert!(glob("a*b*b", "abb"));
        assert!(!glob("a*b*b", "ab"));
        assert!(!glob("*ab*ab", "ab"));
    }
}
