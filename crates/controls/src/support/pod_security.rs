//! Where a PodSecurityConfiguration stands.

use plimsoll_kubernetes::{Field, GroupKind, Object};

/// The kinds that hold one: by itself, or in the configuration of admission.
pub(crate) const KINDS: &[GroupKind] = &[
    GroupKind::new("apiserver.config.k8s.io", "AdmissionConfiguration"),
    GroupKind::new("pod-security.admission.config.k8s.io", "PodSecurityConfiguration"),
];

/// The configuration of Pod Security: the object itself, or that of the plugin in an AdmissionConfiguration.
pub(crate) fn configuration<'d>(object: &Object<'d>) -> Option<Field<'d>> {
    match object.kind() {
        "PodSecurityConfiguration" => Some(object.field()),
        _ => object
            .get("plugins")
            .items()
            .find(|plugin| plugin.get("name").is("PodSecurity"))
            .map(|plugin| plugin.get("configuration"))
            .filter(Field::exists),
    }
}
