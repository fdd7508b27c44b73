//! Where a PodSecurityConfiguration stands.

use plimsoll_kubernetes::{Field, GroupKind, Object};

/// The kinds that hold one: by itself, or in the configuration of admission.
pub(crate) const KINDS: &[GroupKind] = &[
    GroupKind::new("apiserver.config.k8s.io", "AdmissionConfiguration"),
    // Its first group, which the API server still reads.
    GroupKind::new("apiserver.k8s.io", "AdmissionConfiguration"),
    GroupKind::new("pod-security.admission.config.k8s.io", "PodSecurityConfiguration"),
];

/// The configuration of Pod Security: the object itself, or that of the plugin in an AdmissionConfiguration,
/// whether it is there or not. `None` where it stands in another file, or there is no plugin.
pub(crate) fn configuration<'d>(object: &Object<'d>) -> Option<Field<'d>> {
    if object.kind() == "PodSecurityConfiguration" {
        return Some(object.field());
    }
    let plugin = plugin(object)?;
    let configuration = plugin.get("configuration");
    (configuration.exists() || plugin.get("path").text().is_empty()).then_some(configuration)
}

/// The entry of the plugin in an AdmissionConfiguration.
pub(crate) fn plugin<'d>(configuration: &Object<'d>) -> Option<Field<'d>> {
    configuration.get("plugins").items().find(|plugin| plugin.get("name").is("PodSecurity"))
}
