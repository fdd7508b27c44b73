//! The Pod Security Standards in CEL: every check of every version, with the API server's own words.

mod capabilities;
mod host;
mod privileges;
mod profiles;

use plimsoll_podsecurity::{CheckId, Checks, LevelVersion, NEWEST, Version};

use crate::policy::Binding;
use crate::{Action, Options, Policy, cel, workload};

/// A check at a version: what it needs, and what it says.
struct Said {
    /// Names and expressions.
    variables: Vec<(&'static str, String)>,
    /// An expression that is `reason (detail)` where the pod fails, and an empty text where it doesn't.
    text: String,
}

/// The policy of a level at a version: it denies and warns as the API server's own plugin does, and in its
/// words. `None` for privileged, which says no to nothing.
pub fn standard(at: LevelVersion, options: &Options) -> Option<Policy> {
    let checks = Checks::of(at);
    if checks.is_empty() {
        return None;
    }
    let minor = match at.version {
        Version::V1(minor) => minor.min(NEWEST),
        Version::Latest => NEWEST,
    };
    let mut own = Vec::new();
    let mut texts = Vec::new();
    for check in checks.iter() {
        let said = said(check, minor);
        let name = format!("{}Violation", variable(check));
        texts.push(format!("variables.{name}"));
        own.extend(said.variables.into_iter().map(|(name, expression)| (name.to_owned(), expression)));
        own.push((name, said.text));
    }
    let violations = format!("[\n  {}\n].filter(text, text != \"\")", texts.join(",\n  "));
    own.push(("violations".to_owned(), violations));

    let expression = "variables.violations.size() == 0".to_owned();
    let all: Vec<(&str, &str)> = workload::variables(options.scope)
        .into_iter()
        .chain(own.iter().map(|(name, expression)| (name.as_str(), expression.as_str())))
        .collect();
    let variables = cel::needed(all, &expression)
        .into_iter()
        .map(|(name, expression)| (name.to_owned(), expression.to_owned()))
        .collect();
    let mut conditions = Vec::new();
    if options.scope.has_pods() {
        conditions.push(workload::CONTAINERS_CHANGED);
    }
    // The plugin warns about what makes pods at every update; a denial would hold up controllers.
    if options.scope.has_workloads() && options.workload_actions.contains(&Action::Deny) {
        conditions.push(workload::TEMPLATE_CHANGED);
    }
    let name = name(at);
    Some(Policy {
        annotations: vec![("plimsoll.dev/pod-security", at.to_string())],
        rules: workload::rules(options.scope),
        conditions: conditions.into_iter().map(|(name, expression)| (name, expression.to_owned())).collect(),
        variables,
        expression,
        message_expression: format!(
            "{} + variables.violations.join(\", \")",
            cel::string(&format!("violates PodSecurity \"{at}\": "))
        ),
        message: format!("violates PodSecurity \"{at}\""),
        failure_policy: options.failure_policy,
        bindings: bindings(&name, options),
        name,
    })
}

fn name(at: LevelVersion) -> String {
    format!("plimsoll-pod-security-{}-{}", at.level, at.version.to_string().replace('.', "-"))
}

/// One binding for pods and one for what makes them, where different things happen to them.
pub(crate) fn bindings(policy: &str, options: &Options) -> Vec<Binding> {
    let binding = |suffix: &str, actions: &[Action], rules| Binding {
        name: format!("{policy}{suffix}"),
        actions: actions.to_vec(),
        rules,
        selector: namespaces(options),
    };
    match (options.scope.has_pods(), options.scope.has_workloads()) {
        (true, true) if options.actions != options.workload_actions => vec![
            binding("-pods", &options.actions, workload::pod_rules()),
            binding("-workloads", &options.workload_actions, workload::workload_rules()),
        ],
        (false, true) => vec![binding("", &options.workload_actions, Vec::new())],
        _ => vec![binding("", &options.actions, Vec::new())],
    }
}

/// The namespaces in which a binding holds. Every namespace has its name as a label.
pub(crate) fn namespaces(options: &Options) -> Vec<crate::Requirement> {
    let mut selector = options.selector.clone();
    if !options.excluded.is_empty() {
        selector.push(crate::Requirement {
            key: "kubernetes.io/metadata.name".to_owned(),
            operator: "NotIn",
            values: options.excluded.clone(),
        });
    }
    selector
}

/// The name of a check as the beginning of a variable's name.
fn variable(check: CheckId) -> String {
    check.name().replace("_b", "B").replace("_r", "R")
}

fn said(check: CheckId, minor: u64) -> Said {
    match check {
        CheckId::AppArmorProfile => profiles::app_armor(),
        CheckId::CapabilitiesBaseline => capabilities::baseline(),
        CheckId::HostNamespaces => host::namespaces(),
        CheckId::HostPathVolumes => host::path_volumes(),
        CheckId::HostPorts => host::ports(),
        CheckId::HostProbesAndHostLifecycle => host::handlers(),
        CheckId::Privileged => privileges::privileged(),
        CheckId::ProcMount => privileges::proc_mount(minor >= 35),
        CheckId::SeLinuxOptions => profiles::se_linux(minor),
        CheckId::SeccompProfileBaseline if minor < 19 => profiles::seccomp_annotations(),
        CheckId::SeccompProfileBaseline => profiles::seccomp(),
        CheckId::Sysctls => host::sysctls(minor),
        CheckId::WindowsHostProcess => host::process(),
        CheckId::AllowPrivilegeEscalation => privileges::escalation(minor >= 25),
        CheckId::CapabilitiesRestricted => capabilities::restricted(minor >= 25),
        CheckId::ProcMountRestricted => privileges::proc_mount(false),
        CheckId::RestrictedVolumes => host::restricted_volumes(),
        CheckId::RunAsNonRoot => privileges::non_root(minor >= 35),
        CheckId::RunAsUser => privileges::user(minor >= 35),
        CheckId::SeccompProfileRestricted => profiles::seccomp_restricted(minor >= 25),
    }
}

/// An expression for the names in a variable, as the API server lists them: `containers "a", "b"`.
fn listed(noun: &str, names: &str) -> String {
    format!(
        "(variables.{names}.size() == 1 ? '{noun} \"' : '{noun}s \"') + variables.{names}.join('\", \"') + '\"'"
    )
}

/// An expression for a check's text: `words` where `fails` is true.
fn where_it_fails(fails: &str, words: &[&str]) -> String {
    format!("{fails} ?\n{} :\n\"\"", words.join(" +\n"))
}

fn some(names: &str) -> String {
    format!("variables.{names}.size() > 0")
}

/// An expression for who sets something, as the API server says it: `pod and containers "a", "b"`.
fn setters(is_pod: &str, names: &str) -> String {
    format!(
        "(({is_pod} ? [\"pod\"] : []) +\n (variables.{names}.size() > 0 ? [{}] : [])).join(\" and \")",
        listed("container", names)
    )
}

/// The same list, empty where a condition exempts the pod.
fn unless(exempt: bool, condition: &str, list: String) -> String {
    if exempt { format!("{condition} ? [] :\n{list}") } else { list }
}

const IN_USER_NAMESPACE: &str = "!variables.spec.?hostUsers.orValue(true)";
const ON_WINDOWS: &str = "variables.isWindows";
