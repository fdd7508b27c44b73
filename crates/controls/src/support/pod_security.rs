//! Where a PodSecurityConfiguration stands.

use plimsoll_kubernetes::{Field, Object};

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
