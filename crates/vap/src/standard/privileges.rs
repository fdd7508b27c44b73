//! Who a container runs as, and what it may become.

use super::{IN_USER_NAMESPACE, ON_WINDOWS, Said, listed, setters, some, unless, where_it_fails};

pub(super) fn privileged() -> Said {
    Said {
        variables: vec![(
            "privileged",
            "variables.containers.filter(c, c.?securityContext.?privileged.orValue(false)).map(c, c.name)"
                .to_owned(),
        )],
        text: where_it_fails(
            &some("privileged"),
            &[
                "\"privileged (\"",
                &listed("container", "privileged"),
                "\" must not set securityContext.privileged=true)\"",
            ],
        ),
    }
}

/// Nothing but `Default` and `Unmasked` is valid.
pub(super) fn proc_mount(exempts_user_namespaces: bool) -> Said {
    let unmasked = "variables.containers.filter(c, c.?securityContext.?procMount.orValue(\"Default\") != \"Default\").map(c, c.name)";
    Said {
        variables: vec![(
            "unmasked",
            unless(exempts_user_namespaces, IN_USER_NAMESPACE, unmasked.to_owned()),
        )],
        text: where_it_fails(
            &some("unmasked"),
            &[
                "\"procMount (\"",
                &listed("container", "unmasked"),
                "' must not set securityContext.procMount to \"Unmasked\")'",
            ],
        ),
    }
}

pub(super) fn escalation(exempts_windows: bool) -> Said {
    let escalating = "variables.containers.filter(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true)).map(c, c.name)";
    Said {
        variables: vec![("escalating", unless(exempts_windows, ON_WINDOWS, escalating.to_owned()))],
        text: where_it_fails(
            &some("escalating"),
            &[
                "\"allowPrivilegeEscalation != false (\"",
                &listed("container", "escalating"),
                "\" must set securityContext.allowPrivilegeEscalation=false)\"",
            ],
        ),
    }
}

pub(super) fn non_root(exempts_user_namespaces: bool) -> Said {
    let pod = "variables.podAllowsRoot";
    let saying = |condition: &str| format!("variables.containers.filter(c, {condition}).map(c, c.name)");
    let rootful = saying("!c.?securityContext.?runAsNonRoot.orValue(true)");
    let silent = format!(
        "variables.spec.?securityContext.?runAsNonRoot.orValue(false) ? [] :\n{}",
        saying("!c.?securityContext.?runAsNonRoot.hasValue()")
    );
    let must_not = format!(
        "{pod} || {} ?\n\"runAsNonRoot != true (\" +\n{} +\n\" must not set securityContext.runAsNonRoot=false)\" :\n",
        some("rootful"),
        setters(pod, "rootful")
    );
    let must = where_it_fails(
        &some("silentOnRoot"),
        &[
            "\"runAsNonRoot != true (pod or \"",
            &listed("container", "silentOnRoot"),
            "\" must set securityContext.runAsNonRoot=true)\"",
        ],
    );
    let exempt = |list| unless(exempts_user_namespaces, IN_USER_NAMESPACE, list);
    let allows_root = "!variables.spec.?securityContext.?runAsNonRoot.orValue(true)";
    Said {
        variables: vec![
            ("podAllowsRoot", on_host_users(exempts_user_namespaces, allows_root)),
            ("rootful", exempt(rootful)),
            ("silentOnRoot", exempt(silent)),
        ],
        text: format!("{must_not}{must}"),
    }
}

/// A condition that holds for no pod with users of its own, where those are exempt.
fn on_host_users(exempts_user_namespaces: bool, condition: &str) -> String {
    if exempts_user_namespaces {
        format!("variables.spec.?hostUsers.orValue(true) && {condition}")
    } else {
        condition.to_owned()
    }
}

pub(super) fn user(exempts_user_namespaces: bool) -> Said {
    let pod = "variables.podRunsAsUserZero";
    let is_pod = "variables.spec.?securityContext.?runAsUser.orValue(1) == 0";
    let zero = "variables.containers.filter(c, c.?securityContext.?runAsUser.orValue(1) == 0).map(c, c.name)";
    Said {
        variables: vec![
            ("podRunsAsUserZero", on_host_users(exempts_user_namespaces, is_pod)),
            ("userZero", unless(exempts_user_namespaces, IN_USER_NAMESPACE, zero.to_owned())),
        ],
        text: where_it_fails(
            &format!("{pod} || {}", some("userZero")),
            &["\"runAsUser=0 (\"", &setters(pod, "userZero"), "\" must not set runAsUser=0)\""],
        ),
    }
}
