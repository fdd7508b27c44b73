//! The strategies of a policy: each fills in one thing, and validates it.

mod app_armor;
mod capabilities;
mod group;
mod se_linux;
mod seccomp;
mod sysctl;
mod user;

pub use app_armor::AppArmor;
pub use capabilities::CapabilityRule;
pub use group::Group;
pub use se_linux::SeLinuxRule;
pub use seccomp::Seccomp;
pub use sysctl::{SAFE_SYSCTLS, Sysctls};
pub use user::User;

pub(crate) use app_armor::ANNOTATION as APP_ARMOR;
pub(crate) use seccomp::POD_ANNOTATION as SECCOMP_OF_POD;

use plimsoll_kubernetes::Field;

use super::read::Reader;

/// Numbers of users or groups, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdRange {
    pub min: i64,
    pub max: i64,
}

impl IdRange {
    pub(crate) fn read_all<'d>(field: Field<'d>, reader: &mut Reader<'d>) -> Vec<IdRange> {
        let ranges = reader.mappings(field);
        // An absent end is 0.
        let mut bound = |field| reader.integer(field).unwrap_or_default();
        let ends: Vec<_> =
            ranges.iter().map(|range| (bound(range.get("min")), bound(range.get("max")))).collect();
        ends.into_iter().map(|(min, max)| IdRange { min, max }).collect()
    }

    pub fn contains(self, id: i64) -> bool {
        (self.min..=self.max).contains(&id)
    }
}

/// Ranges as the messages show them: `[{1 100} {200 300}]`.
pub(crate) fn shown(ranges: &[IdRange]) -> String {
    let each: Vec<_> = ranges.iter().map(|range| format!("{{{} {}}}", range.min, range.max)).collect();
    format!("[{}]", each.join(" "))
}
