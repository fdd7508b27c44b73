//! The keys of the configuration, as a table.

use plimsoll_engine::GlobKind;
use plimsoll_engine::settings::{
    PARAMETERS_SETTING, Setting, Shape, WAIVERS_SETTING, required, schema_of, setting,
};
use serde_json::Value as Json;

/// What a rule does.
pub(super) const ACTIONS: &[&str] = &["enforce", "warn", "audit", "ignore"];
/// What becomes of what can't be judged.
pub(super) const FAILURES: &[&str] = &["deny", "allow"];
/// What `exec.deny` may name.
pub(super) const BOUNDARIES: &[&str] = &["privileged", "host-pid", "host-ipc", "host-network"];

/// Clouds, and the annotation that makes a load balancer of theirs internal.
pub(super) const CLOUDS: &[&str] =
    &["azure", "aws", "google", "oracle", "openstack", "alibaba", "digitalocean"];

/// The annotation of a cloud, and its value.
pub(super) fn internal_load_balancer(cloud: &str) -> Option<(&'static str, &'static str)> {
    Some(match cloud {
        "azure" => ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
        "aws" => ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
        "google" => ("networking.gke.io/load-balancer-type", "Internal"),
        "oracle" => ("service.beta.kubernetes.io/oci-load-balancer-internal", "true"),
        "openstack" => ("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"),
        "alibaba" => ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"),
        "digitalocean" => ("service.beta.kubernetes.io/do-loadbalancer-network", "INTERNAL"),
        _ => return None,
    })
}

pub(super) const SETTINGS: &[Setting] = &[
    setting("version", Shape::Version, "Version of this format."),
    setting(
        "failure",
        Shape::Word(FAILURES),
        "What becomes of an object that can't be judged: deny (the default) or allow.",
    ),
    setting(
        "pod-security",
        Shape::Mapping(POD_SECURITY),
        "Pod Security Admission, as the API server does it: levels by the labels of namespaces.",
    ),
    setting(
        "rules",
        Shape::List(RULES),
        "What happens where controls find something. Of two rules for one control in one namespace the later counts.",
    ),
    setting("exec", Shape::Mapping(EXEC), "Pods that nobody may exec into or attach to."),
    setting(
        "mutate",
        Shape::Mapping(MUTATE),
        "What is written into new objects. Everything is off by default.",
    ),
    PARAMETERS_SETTING,
    WAIVERS_SETTING,
    setting(
        "waivers-by-annotation",
        Shape::Switch(false),
        "Whether objects may waive findings of rules by the annotation plimsoll.dev/waive.",
    ),
];

const POD_SECURITY: &[Setting] = &[
    setting("enabled", Shape::Switch(true), "Whether the server does it at all."),
    setting(
        "configuration",
        Shape::Opaque,
        "A PodSecurityConfiguration (pod-security.admission.config.k8s.io/v1): defaults and exemptions.",
    ),
];

const NAMESPACES: Setting =
    setting("namespaces", Shape::Globs(GlobKind::Names), "Only in these namespaces. Default: everywhere.");
const EXCEPT: Setting =
    setting("except-namespaces", Shape::Globs(GlobKind::Names), "Not in these namespaces.");

const RULES: &[Setting] = &[
    setting(
        "profile",
        Shape::Profile,
        "Controls by profile: baseline, restricted, recommended, all, or a framework.",
    ),
    setting(
        "controls",
        Shape::Controls,
        "Controls by name, besides those of the profile where one is named.",
    ),
    setting("except-controls", Shape::Controls, "Controls that the rule is not about."),
    setting("severity", Shape::Severity, "Only controls of this severity and above. Default: low."),
    required("action", Shape::Word(ACTIONS), "What a finding does: enforce, warn, audit or ignore."),
    NAMESPACES,
    EXCEPT,
];

const EXEC: &[Setting] = &[
    required(
        "deny",
        Shape::Words(BOUNDARIES),
        "Pods that are privileged, or that share the processes, the IPC or the network of their node.",
    ),
    NAMESPACES,
    EXCEPT,
    setting("users", Shape::Texts, "Users who may nevertheless."),
    setting("groups", Shape::Texts, "Groups whose users may nevertheless."),
];

const MUTATE: &[Setting] = &[
    NAMESPACES,
    EXCEPT,
    setting("always-pull", Shape::Switch(false), "Set imagePullPolicy to Always."),
    setting(
        "seccomp",
        Shape::Switch(false),
        "Set the seccomp profile to RuntimeDefault where there is none.",
    ),
    setting(
        "no-service-account-token",
        Shape::Switch(false),
        "Mount no service account token where the pod doesn't ask for one.",
    ),
    setting("drop-capabilities", Shape::Switch(false), "Drop all capabilities besides those that are added."),
    setting(
        "no-privilege-escalation",
        Shape::Switch(false),
        "Set allowPrivilegeEscalation to false where it isn't written.",
    ),
    setting(
        "internal-load-balancers",
        Shape::Word(CLOUDS),
        "Make load balancers internal, by the annotation of this cloud.",
    ),
    setting("requests", Shape::TextByName, "Requests of containers that have none, by resource."),
    setting("limits", Shape::TextByName, "Limits of containers that have none, by resource."),
    setting("templates", Shape::Switch(false), "Change pod templates too, and not pods alone."),
];

/// The JSON Schema of the configuration.
pub fn schema() -> Json {
    schema_of(
        "Plimsoll admission configuration",
        "What plimsoll admit --config reads: what is denied, warned of, audited and written.",
        SETTINGS,
    )
}
