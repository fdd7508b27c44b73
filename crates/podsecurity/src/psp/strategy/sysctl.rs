//! Which sysctls a pod sets.

use crate::go;
use crate::psp::error::FieldError;

/// What every policy allows unless it forbids it.
pub const SAFE_SYSCTLS: [&str; 5] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start",
];

/// `forbiddenSysctls` and `allowedUnsafeSysctls`: names, and beginnings of names with a star behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sysctls<'d> {
    pub forbidden: Vec<&'d str>,
    pub allowed_unsafe: Vec<&'d str>,
}

impl Sysctls<'_> {
    pub fn is_forbidden(&self, name: &str) -> bool {
        matches(&self.forbidden, name)
    }

    pub(crate) fn validate(&self, sysctls: &[&str]) -> Vec<FieldError> {
        let error = |(index, name): (usize, &&str)| {
            let detail = if self.is_forbidden(name) {
                format!("sysctl {} is not allowed", go::quoted(name))
            } else if SAFE_SYSCTLS.contains(name) || matches(&self.allowed_unsafe, name) {
                return None;
            } else {
                format!("unsafe sysctl {} is not allowed", go::quoted(name))
            };
            Some(FieldError::forbidden(format!("pod.spec.securityContext.sysctls[{index}]"), &detail))
        };
        sysctls.iter().enumerate().filter_map(error).collect()
    }
}

fn matches(patterns: &[&str], name: &str) -> bool {
    patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *pattern,
    })
}
