//! Controls that wait for a parameter.

use plimsoll_engine::{Control, Parameters};

/// Whether the control has the parameters that it needs to find anything. Without them its silence proves
/// nothing.
pub fn is_configured(control: &Control, parameters: &Parameters) -> bool {
    match control.id {
        "image/denied-registry" => !parameters.denied_registries.is_empty(),
        "image/registry-not-allowed" => !parameters.allowed_registries.is_empty(),
        "manifest/required-annotations" => !parameters.required_annotations.is_empty(),
        "manifest/required-labels" => !parameters.required_labels.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ENTRIES;

    #[test]
    fn some_controls_wait_for_a_parameter() {
        let waiting = |parameters: &Parameters| -> Vec<_> {
            let controls = ENTRIES.iter().map(|entry| entry.control);
            controls.filter(|control| !is_configured(control, parameters)).map(|control| control.id).collect()
        };
        assert_eq!(
            waiting(&Parameters::default()),
            [
                "image/denied-registry",
                "image/registry-not-allowed",
                "manifest/required-annotations",
                "manifest/required-labels",
            ]
        );
        let some = vec!["example.com".to_owned()];
        let parameters = Parameters {
            allowed_registries: some.clone(),
            denied_registries: some.clone(),
            required_labels: some.clone(),
            required_annotations: some,
            ..Parameters::default()
        };
        assert!(waiting(&parameters).is_empty());
    }
}
