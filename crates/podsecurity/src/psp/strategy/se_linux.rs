//! Which SELinux options a pod and its containers have.

use crate::psp::error::{FieldError, text};
use crate::psp::security::SeLinux;

/// `seLinux`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeLinuxRule<'d> {
    /// Exactly these, and by default.
    MustRunAs(SeLinux<'d>),
    RunAsAny,
}

impl<'d> SeLinuxRule<'d> {
    pub(crate) fn read(rule: &str, options: Option<SeLinux<'d>>) -> Result<Self, String> {
        match (rule, options) {
            ("MustRunAs", Some(options)) => Ok(SeLinuxRule::MustRunAs(options)),
            ("MustRunAs", None) => Err("MustRunAs requires SELinuxOptions".to_owned()),
            ("RunAsAny", _) => Ok(SeLinuxRule::RunAsAny),
            _ => Err(format!("Unrecognized SELinuxContext strategy type {rule}")),
        }
    }

    /// The options of what has none.
    pub(crate) fn default(&self) -> Option<SeLinux<'d>> {
        match self {
            SeLinuxRule::MustRunAs(options) => Some(*options),
            SeLinuxRule::RunAsAny => None,
        }
    }

    pub(crate) fn validate(&self, path: &str, options: Option<SeLinux<'_>>) -> Vec<FieldError> {
        let SeLinuxRule::MustRunAs(wanted) = self else { return Vec::new() };
        let Some(options) = options else { return vec![FieldError::required(path, "")] };
        let parts = [
            ("level", wanted.level, options.level, is_same_level(wanted.level, options.level)),
            ("role", wanted.role, options.role, wanted.role == options.role),
            ("type", wanted.kind, options.kind, wanted.kind == options.kind),
            ("user", wanted.user, options.user, wanted.user == options.user),
        ];
        parts
            .into_iter()
            .filter(|(.., is_same)| !is_same)
            .map(|(part, wanted, is, _)| {
                FieldError::invalid(format!("{path}.{part}"), text(is), &format!("must be {wanted}"))
            })
            .collect()
    }
}

/// Whether two levels are the same, in whatever order their categories stand: `s0:c1,c2`.
fn is_same_level(a: &str, b: &str) -> bool {
    let categories = |level: &str| {
        let (sensitivity, categories) = level.split_once(':')?;
        let mut categories: Vec<_> = categories.split(',').map(str::to_owned).collect();
        categories.sort_unstable();
        Some((sensitivity.to_owned(), categories))
    };
    a == b || categories(a).is_some_and(|a| Some(a) == categories(b))
}
