//! Profiles that confine a container: AppArmor, seccomp, SELinux.

use super::{ON_WINDOWS, Said, listed, setters, some, unless, where_it_fails};
use crate::cel;

/// Whether a profile's type, or what stands for a profile that isn't set, is one of the two that confine.
fn is_confined(context: &str, profile: &str) -> String {
    format!(
        "{context}.?securityContext.?{profile}.?type.orValue(\"Localhost\") in [\"RuntimeDefault\", \"Localhost\"]"
    )
}

fn unconfined(profile: &str) -> String {
    format!("variables.containers.filter(c, !({})).map(c, c.name)", is_confined("c", profile))
}

pub(super) fn app_armor() -> Said {
    let pod = "variables.podAppArmorUnconfined";
    let annotations = "variables.annotations\n  .filter(key, key.startsWith(\"container.apparmor.security.beta.kubernetes.io/\") && !(\n    \
                       variables.annotations[key] in [\"\", \"runtime/default\"] ||\n    \
                       variables.annotations[key].startsWith(\"localhost/\")))\n  \
                       .map(key, key + \"=\" + strings.quote(variables.annotations[key]))";
    let fields = format!("{pod} || {}", some("appArmorUnconfined"));
    let who = format!(
        "(({pod} ? [\"pod\"] : []) +\n ({} ? [{}] : []) +\n (variables.appArmorAnnotations.size() == 0 ? [] : \
         variables.appArmorAnnotations.size() == 1 ? [\"annotation\"] : [\"annotations\"])).join(\" and \")",
        some("appArmorUnconfined"),
        listed("container", "appArmorUnconfined")
    );
    Said {
        variables: vec![
            ("podAppArmorUnconfined", format!("!({})", is_confined("variables.spec", "appArmorProfile"))),
            ("appArmorUnconfined", unconfined("appArmorProfile")),
            ("appArmorAnnotations", annotations.to_owned()),
            ("appArmorValues", format!("({fields} ? [\"Unconfined\"] : []) + variables.appArmorAnnotations")),
        ],
        text: where_it_fails(
            &some("appArmorValues"),
            &[
                "(variables.appArmorValues.size() == 1 ? \"forbidden AppArmor profile (\" : \"forbidden AppArmor profiles (\")",
                &who,
                "' must not set AppArmor profile type to \"' + variables.appArmorValues.join('\", \"') + '\")'",
            ],
        ),
    }
}

const POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_ANNOTATIONS: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// Before 1.19 profiles were annotations.
pub(super) fn seccomp_annotations() -> Said {
    let bad = "key in variables.annotations && !(\n    \
               variables.annotations[key] in [\"runtime/default\", \"docker/default\"] ||\n    \
               variables.annotations[key].startsWith(\"localhost/\"))";
    let annotations = format!(
        "([{}] + variables.containers.map(c, {} + c.name))\n  .filter(key, {bad})\n  \
         .map(key, key + \"=\" + strings.quote(variables.annotations[key]))",
        cel::string(POD_ANNOTATION),
        cel::string(CONTAINER_ANNOTATIONS)
    );
    Said {
        variables: vec![("seccompAnnotations", annotations)],
        text: where_it_fails(
            &some("seccompAnnotations"),
            &[
                "\"seccompProfile (forbidden \"",
                "(variables.seccompAnnotations.size() == 1 ? \"annotation \" : \"annotations \")",
                "variables.seccompAnnotations.join(\", \") + \")\"",
            ],
        ),
    }
}

const POD_SECCOMP: &str = "variables.podSeccompUnconfined";

/// Nothing but `RuntimeDefault`, `Localhost` and `Unconfined` is valid.
fn must_not_be_unconfined() -> [String; 3] {
    [
        "\"seccompProfile (\"".to_owned(),
        setters(POD_SECCOMP, "seccompUnconfined"),
        "' must not set securityContext.seccompProfile.type to \"Unconfined\")'".to_owned(),
    ]
}

pub(super) fn seccomp() -> Said {
    let [start, who, end] = must_not_be_unconfined();
    Said {
        variables: vec![
            ("podSeccompUnconfined", format!("!({})", is_confined("variables.spec", "seccompProfile"))),
            ("seccompUnconfined", unconfined("seccompProfile")),
        ],
        text: where_it_fails(
            &format!("{POD_SECCOMP} || {}", some("seccompUnconfined")),
            &[&start, &who, &end],
        ),
    }
}

pub(super) fn seccomp_restricted(exempts_windows: bool) -> Said {
    let exempt = |list| unless(exempts_windows, ON_WINDOWS, list);
    let pod = format!("!({})", is_confined("variables.spec", "seccompProfile"));
    let silent = "variables.spec.?securityContext.?seccompProfile.hasValue() && !variables.podSeccompUnconfined ? [] :\n\
                  variables.containers.filter(c, !c.?securityContext.?seccompProfile.hasValue()).map(c, c.name)";
    let must_not = format!(
        "{POD_SECCOMP} || {} ?\n{} :\n",
        some("seccompUnconfined"),
        must_not_be_unconfined().join(" +\n")
    );
    let must = where_it_fails(
        &some("silentOnSeccomp"),
        &[
            "\"seccompProfile (pod or \"",
            &listed("container", "silentOnSeccomp"),
            "' must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")'",
        ],
    );
    Said {
        variables: vec![
            ("podSeccompUnconfined", if exempts_windows { format!("!{ON_WINDOWS} && {pod}") } else { pod }),
            ("seccompUnconfined", exempt(unconfined("seccompProfile"))),
            ("silentOnSeccomp", exempt(silent.to_owned())),
        ],
        text: format!("{must_not}{must}"),
    }
}

/// SELinux types that confine a container, with the minor version that allows them first.
const SE_LINUX_TYPES: [(&str, u64); 5] = [
    ("", 0),
    ("container_t", 0),
    ("container_init_t", 0),
    ("container_kvm_t", 0),
    ("container_engine_t", 31),
];

pub(super) fn se_linux(minor: u64) -> Said {
    let types = SE_LINUX_TYPES.iter().filter(|(_, since)| *since <= minor).map(|(name, _)| *name);
    let pod = "variables.badPodSELinux.size() > 0";
    let bad = "!(o.?type.orValue(\"\") in variables.allowedSELinuxTypes) || \
               o.?user.orValue(\"\") != \"\" || o.?role.orValue(\"\") != \"\"";
    let of = |context: &str| {
        format!(
            "[{context}.?securityContext.?seLinuxOptions].filter(o, o.hasValue()).map(o, o.value()).filter(o, {bad})"
        )
    };
    let containers = format!("variables.containers.filter(c, {}.size() > 0)", of("c"));
    let values = "variables.badPodSELinux + variables.badSELinux.map(c, c.securityContext.seLinuxOptions)";
    let bad_types = "variables.badSELinuxOptions\n  .map(o, o.?type.orValue(\"\"))\n  \
                     .filter(name, !(name in variables.allowedSELinuxTypes))\n  .map(name, '\"' + name + '\"')";
    let set = |field: &str| {
        format!(
            "(variables.badSELinuxOptions.exists(o, o.?{field}.orValue(\"\") != \"\") ? [\"{field} may not be set\"] : [])"
        )
    };
    let data = format!(
        "((variables.badSELinuxTypes.size() == 0 ? [] :\n  \
         [(variables.badSELinuxTypes.size() == 1 ? \"type \" : \"types \") + variables.badSELinuxTypes.join(\", \")]) +\n \
         {} +\n {}).join(\"; \")",
        set("user"),
        set("role")
    );
    Said {
        variables: vec![
            ("allowedSELinuxTypes", cel::list(types)),
            ("badPodSELinux", of("variables.spec")),
            ("badSELinux", containers),
            ("badSELinuxNames", "variables.badSELinux.map(c, c.name)".to_owned()),
            ("badSELinuxOptions", values.to_owned()),
            ("badSELinuxTypes", bad_types.to_owned()),
        ],
        text: where_it_fails(
            &format!("{pod} || {}", some("badSELinuxNames")),
            &[
                "\"seLinuxOptions (\"",
                &setters(pod, "badSELinuxNames"),
                "\" set forbidden securityContext.seLinuxOptions: \"",
                &format!("{data} + \")\""),
            ],
        ),
    }
}
