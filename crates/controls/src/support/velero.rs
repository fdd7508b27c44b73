//! What a Velero Schedule backs up.

use plimsoll_kubernetes::{Field, LabelSelector, Labels, Object};

use super::backup::Claim;
use super::glob;

/// The label of what no backup takes: of a claim, of a pod, or of a namespace with all that is in it.
const EXCLUDED: &str = "velero.io/exclude-from-backup";

/// Names of a kind: in the singular, in the plural, and short.
type Names = [&'static str; 3];

const CLAIMS: Names = ["persistentvolumeclaim", "persistentvolumeclaims", "pvc"];
const PODS: Names = ["pod", "pods", "po"];

/// Whether a schedule takes a claim: by itself, or with a pod that mounts it. What comes with a pod must be of the
/// schedule's namespaces and kinds too, but isn't held against its label selectors.
pub(crate) fn takes(schedule: &Object<'_>, claim: &Claim<'_, '_>) -> bool {
    let template = schedule.get("spec.template");
    let namespace = claim.inventory.namespace(claim.namespace);
    !schedule.get("spec.paused").is_true()
        && claim.label(EXCLUDED) != Some("true")
        && !namespace.is_some_and(|namespace| is_excluded(Labels(namespace.labels())))
        && has_namespace(&template, claim.namespace)
        && has_kind(&template, CLAIMS)
        && (selects(&template, |key| claim.label(key))
            || has_kind(&template, PODS)
                && claim
                    .pods()
                    .map(|pod| Labels(pod.labels()))
                    .any(|labels| !is_excluded(labels) && selects(&template, |key| labels.get(key))))
}

fn is_excluded(labels: Labels<'_>) -> bool {
    labels.get(EXCLUDED) == Some("true")
}

fn has_namespace(template: &Field<'_>, namespace: &str) -> bool {
    let listed = |list: &Field<'_>| list.strings().any(|pattern| glob::matches(pattern, namespace));
    let included = template.get("includedNamespaces");
    (included.is_empty() || listed(&included)) && !listed(&template.get("excludedNamespaces"))
}

fn selects<'l>(template: &Field<'_>, label: impl Fn(&str) -> Option<&'l str>) -> bool {
    let selector = template.get("labelSelector");
    let alternatives = template.get("orLabelSelectors");
    (!selector.exists() || LabelSelector::new(selector).matches_by(&label))
        && (alternatives.is_empty()
            || alternatives.items().any(|alternative| LabelSelector::new(alternative).matches_by(&label)))
}

fn has_kind(template: &Field<'_>, [singular, plural, short]: Names) -> bool {
    // Names of resources are found in letters of any size, short names in small ones.
    let is_kind = |resource: &str| {
        resource == "*"
            || resource == short
            || [singular, plural].iter().any(|name| name.eq_ignore_ascii_case(resource))
    };
    // By kinds of all scopes, or by those of namespaces and of clusters apart.
    let includes = |list: Field<'_>| list.is_empty() || list.strings().any(is_kind);
    let excludes = |list: Field<'_>| list.strings().any(is_kind);
    includes(template.get("includedResources"))
        && includes(template.get("includedNamespaceScopedResources"))
        && !excludes(template.get("excludedResources"))
        && !excludes(template.get("excludedNamespaceScopedResources"))
}
