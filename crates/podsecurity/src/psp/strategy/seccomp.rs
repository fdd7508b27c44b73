//! Which seccomp profiles a pod and its containers have.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::psp::container::PspContainer;
use crate::psp::error::FieldError;
use crate::psp::pod::PspPod;

/// The annotation of a pod.
pub(crate) const POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_ANNOTATION: &str = "container.seccomp.security.alpha.kubernetes.io/";
const DEFAULT: &str = "seccomp.security.alpha.kubernetes.io/defaultProfileName";
const ALLOWED: &str = "seccomp.security.alpha.kubernetes.io/allowedProfileNames";

/// What a policy's annotations say of seccomp profiles, by the names that annotations have for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seccomp {
    /// Empty for none.
    pub default: String,
    /// Without the star; none means that no profile may be set, unless any may.
    pub allowed: Vec<String>,
    pub allows_any: bool,
    /// As written.
    written: String,
}

impl Seccomp {
    pub(crate) fn read(annotations: &BTreeMap<Cow<'_, str>, Cow<'_, str>>) -> Self {
        let mut seccomp = Seccomp::default();
        if let Some(default) = annotations.get(DEFAULT) {
            seccomp.default = default.clone().into_owned();
        }
        let Some(written) = annotations.get(ALLOWED) else { return seccomp };
        for profile in written.split(',') {
            match profile {
                "*" => seccomp.allows_any = true,
                // Two names of one thing.
                "docker/default" | "runtime/default" => {
                    seccomp.allowed.extend(["docker/default".to_owned(), "runtime/default".to_owned()]);
                }
                _ => seccomp.allowed.push(profile.to_owned()),
            }
        }
        seccomp.written = written.clone().into_owned();
        seccomp
    }

    /// The annotation that a pod gets: its own, else what its field says, else the default.
    pub(crate) fn default_of(&self, pod: &PspPod<'_>) -> String {
        match (pod.annotation(POD_ANNOTATION), &pod.security.seccomp) {
            ("", Some(field)) => field.clone(),
            ("", None) => self.default.clone(),
            (own, _) => own.to_owned(),
        }
    }

    pub(crate) fn validate_pod(&self, pod: &PspPod<'_>) -> Option<FieldError> {
        let profile = match (pod.annotation(POD_ANNOTATION), &pod.security.seccomp) {
            ("", Some(field)) => field,
            (own, _) => own,
        };
        self.validate(POD_ANNOTATION, profile)
    }

    pub(crate) fn validate_container(
        &self,
        pod: &PspPod<'_>,
        container: &PspContainer<'_>,
    ) -> Option<FieldError> {
        let key = format!("{CONTAINER_ANNOTATION}{}", container.name);
        let own = container.security.seccomp.as_deref();
        let own = own.or_else(|| pod.annotations.get(key.as_str()).map(|value| &**value));
        let profile = own.or(pod.security.seccomp.as_deref());
        self.validate(&key, profile.unwrap_or_else(|| pod.annotation(POD_ANNOTATION)))
    }

    fn validate(&self, annotation: &str, profile: &str) -> Option<FieldError> {
        let forbidden = |detail: &str| {
            Some(FieldError::forbidden(format!("pod.metadata.annotations[{annotation}]"), detail))
        };
        if !self.allows_any && self.allowed.is_empty() && !profile.is_empty() {
            return forbidden("seccomp may not be set");
        }
        if self.is_allowed(profile) {
            return None;
        }
        let written = &self.written;
        forbidden(&format!("{profile} is not an allowed seccomp profile. Valid values are {written}"))
    }

    fn is_allowed(&self, profile: &str) -> bool {
        (self.allowed.is_empty() && profile.is_empty())
            || self.allows_any
            || self.allowed.iter().any(|allowed| allowed == profile)
    }
}
