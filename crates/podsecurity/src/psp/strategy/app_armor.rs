//! Which AppArmor profiles containers have.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::go;
use crate::psp::container::PspContainer;
use crate::psp::error::FieldError;
use crate::psp::pod::PspPod;

/// The annotation of a container, before its name.
pub(crate) const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";
const DEFAULT: &str = "apparmor.security.beta.kubernetes.io/defaultProfileName";
const ALLOWED: &str = "apparmor.security.beta.kubernetes.io/allowedProfileNames";

/// What a policy's annotations say of AppArmor profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppArmor {
    /// Empty for none.
    pub default: String,
    /// `None`: whatever, or nothing.
    pub allowed: Option<Vec<String>>,
    /// As written.
    written: String,
}

impl AppArmor {
    pub(crate) fn read(annotations: &BTreeMap<Cow<'_, str>, Cow<'_, str>>) -> Self {
        let text = |key| annotations.get(key).map(|text| text.clone().into_owned());
        let written = text(ALLOWED);
        AppArmor {
            default: text(DEFAULT).unwrap_or_default(),
            allowed: written.as_ref().map(|written| written.split(',').map(str::to_owned).collect()),
            written: written.unwrap_or_default(),
        }
    }

    pub(crate) fn validate(&self, pod: &PspPod<'_>, container: &PspContainer<'_>) -> Option<FieldError> {
        let allowed = self.allowed.as_ref()?;
        let key = format!("{ANNOTATION}{}", container.name);
        let forbidden =
            |detail: &str| Some(FieldError::forbidden(format!("pod.metadata.annotations[{key}]"), detail));
        match pod.annotation(&key) {
            "" => forbidden("AppArmor profile must be set"),
            profile if allowed.iter().any(|allowed| allowed == profile) => None,
            profile => forbidden(&format!(
                "{profile} is not an allowed profile. Allowed values: {}",
                go::quoted(&self.written)
            )),
        }
    }
}
