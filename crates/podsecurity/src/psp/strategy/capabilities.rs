//! Which capabilities containers add and drop.

use std::collections::BTreeSet;

use crate::psp::error::{FieldError, NULL, capabilities, text};
use crate::psp::security::Capabilities;

/// `defaultAddCapabilities`, `requiredDropCapabilities` and `allowedCapabilities`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CapabilityRule<'d> {
    pub default_add: Vec<&'d str>,
    pub required_drop: Vec<&'d str>,
    pub allowed: Vec<&'d str>,
}

impl<'d> CapabilityRule<'d> {
    pub fn allows_all(&self) -> bool {
        self.allowed.contains(&"*")
    }

    /// What a container has with the defaults; `None` where they change nothing.
    pub(crate) fn default(&self, own: Option<&Capabilities<'d>>) -> Option<Capabilities<'d>> {
        let set = |list: &[&'d str]| list.iter().copied().collect::<BTreeSet<_>>();
        let (added, dropped) = own.map_or_else(Default::default, |own| (set(own.adds()), set(own.drops())));
        // What a container drops on purpose, no default gives back.
        let add: BTreeSet<_> =
            set(&self.default_add).difference(&dropped).copied().chain(added.iter().copied()).collect();
        let drop: BTreeSet<_> = set(&self.required_drop).union(&dropped).copied().collect();
        if add.len() == added.len() && drop.len() == dropped.len() {
            return None;
        }
        let list = |set: BTreeSet<&'d str>| (!set.is_empty()).then(|| set.into_iter().collect());
        Some(Capabilities { add: list(add), drop: list(drop) })
    }

    pub(crate) fn validate(&self, path: &str, own: Option<&Capabilities<'_>>) -> Vec<FieldError> {
        let Some(own) = own else {
            if self.default_add.is_empty() && self.required_drop.is_empty() {
                return Vec::new();
            }
            let detail = "required capabilities are not set on the securityContext";
            return vec![FieldError::invalid(path, NULL, detail)];
        };
        if self.allows_all() {
            return Vec::new();
        }
        let added = own
            .adds()
            .iter()
            .filter(|added| !self.default_add.contains(added) && !self.allowed.contains(added));
        let added = added.map(|added| {
            FieldError::invalid(format!("{path}.add"), text(added), "capability may not be added")
        });
        let missing = self.required_drop.iter().filter(|required| !own.drops().contains(required));
        let missing = missing.map(|required| {
            let detail = format!("{required} is required to be dropped but was not found");
            FieldError::invalid(format!("{path}.drop"), capabilities(own.drop.as_deref()), &detail)
        });
        added.chain(missing).collect()
    }
}
