//! Linux capabilities that a container adds and drops.

use plimsoll_kubernetes::{Container, Field};

/// A capability as the kernel knows it, without the prefix that some runtimes accept:
/// `cap_sys_admin`, `CAP_SYS_ADMIN` and `SYS_ADMIN` are one.
pub(crate) fn normal(name: &str) -> String {
    without_prefix(name).to_ascii_uppercase()
}

fn without_prefix(name: &str) -> &str {
    const PREFIX: &str = "CAP_";
    match name.split_at_checked(PREFIX.len()) {
        Some((prefix, bare)) if prefix.eq_ignore_ascii_case(PREFIX) => bare,
        _ => name,
    }
}

/// The field of every capability that the container adds, and the capability as written. `null` among them is
/// the capability without a name, as the API server reads it.
pub(crate) fn added<'d>(
    container: &Container<'_, 'd>,
) -> impl Iterator<Item = (Field<'d>, &'d str)> + use<'d> {
    container.security("capabilities.add").items().filter_map(|item| match item.value() {
        None => Some((item, "")),
        Some(value) => value.as_str().map(|name| (item, name)),
    })
}

/// How messages call a capability.
pub(crate) fn shown(name: &str) -> &str {
    if name.is_empty() { "a capability without a name" } else { name }
}

/// The names that the container drops with effect. containerd puts `CAP_` before every name, so one that begins with
/// it drops nothing.
pub(crate) fn dropped<'d>(container: &Container<'_, 'd>) -> impl Iterator<Item = &'d str> + use<'d> {
    let is_bare = |name: &&str| !name.is_empty() && without_prefix(name).len() == name.len();
    container.security("capabilities.drop").strings().filter(is_bare)
}

/// Whether the container drops a capability, by its bare name or with `ALL`. Runtimes ignore case here.
pub(crate) fn drops(container: &Container<'_, '_>, capability: &str) -> bool {
    dropped(container).any(|name| name.eq_ignore_ascii_case("ALL") || name.eq_ignore_ascii_case(capability))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_and_case_make_no_difference() {
        for name in ["SYS_ADMIN", "sys_admin", "CAP_SYS_ADMIN", "cap_Sys_Admin"] {
            assert_eq!(normal(name), "SYS_ADMIN");
        }
        assert_eq!(normal("SYS_ADMINISTRATOR"), "SYS_ADMINISTRATOR");
        assert_eq!(normal("CAP_"), "");
    }
}
