//! Controls of the catalogue as policies.

use plimsoll_controls::{entry, is_configured};
use plimsoll_engine::{Check, Control, Parameters};
use plimsoll_kubernetes::GroupKind;

use crate::policy::Binding;
use crate::resource::Resource;
use crate::{Options, Policy, cel, registry, standard, workload};

/// A control that no policy stands for.
#[derive(Clone, Debug)]
pub struct LeftOut {
    pub control: &'static Control,
    pub reason: &'static str,
}

/// Parameters that expressions may use: lists as variables of the same name, and the minor version of the cluster.
fn constants(parameters: &Parameters) -> [(&'static str, String); 3] {
    let registries = |patterns: &[String]| {
        let patterns: Vec<String> = patterns.iter().map(|pattern| registry::expression(pattern)).collect();
        cel::long_list(patterns.iter().map(String::as_str))
    };
    [
        ("allowedRegistries", registries(&parameters.allowed_registries)),
        ("deniedRegistries", registries(&parameters.denied_registries)),
        ("kubernetesMinor", parameters.kubernetes_minor().to_string()),
    ]
}

/// A policy for every control that has an exact form in CEL, and the others with the reason why not. Both
/// are in the order of the controls.
pub fn controls(
    controls: impl IntoIterator<Item = &'static Control>,
    parameters: &Parameters,
    options: &Options,
) -> (Vec<Policy>, Vec<LeftOut>) {
    let mut policies = Vec::new();
    let mut left_out = Vec::new();
    for control in controls {
        match policy(control, parameters, options) {
            Ok(policy) => policies.push(policy),
            Err(reason) => left_out.push(LeftOut { control, reason }),
        }
    }
    (policies, left_out)
}

/// The control in CEL.
pub fn cel_of(control: &Control) -> Option<String> {
    entry(control.id)?.text().cel
}

/// Why a control has no form in CEL; `None` where it has one.
pub fn why_not(control: &Control) -> Option<&'static str> {
    if cel_of(control).is_some() {
        return None;
    }
    Some(match control.check {
        Check::Inventory(..) => "it depends on other objects, and a policy sees one object alone",
        Check::Document(_) => "it is about how the file is written, which the API server never sees",
        Check::AnyObject(..) => "it is about objects of every kind, those of custom kinds too",
        Check::Object(kinds, _) if kinds.iter().any(|kind| !is_served(kind)) => {
            "it is about a kind that is no API of Kubernetes itself, or a file that is never sent to one"
        }
        Check::Pod(..) | Check::Container(..) | Check::Object(..) => "nobody has written it in CEL yet",
    })
}

/// Groups of Kubernetes itself have no dot, or end in this.
fn is_served(kind: &GroupKind) -> bool {
    const NOT_SERVED: [&str; 6] = [
        "apiserver.config.k8s.io",
        "audit.k8s.io",
        "gateway.networking.k8s.io",
        "pod-security.admission.config.k8s.io",
        "policy.networking.k8s.io",
        "snapshot.storage.k8s.io",
    ];
    let group = kind.group;
    (!group.contains('.') && group != "*") || (group.ends_with(".k8s.io") && !NOT_SERVED.contains(&group))
}

fn policy(
    control: &'static Control,
    parameters: &Parameters,
    options: &Options,
) -> Result<Policy, &'static str> {
    if let Some(reason) = why_not(control) {
        return Err(reason);
    }
    if !is_configured(control, parameters) {
        return Err("it finds nothing without its parameter: set it in plimsoll.yaml");
    }
    let violations = cel_of(control).unwrap_or_default();
    let name = format!("plimsoll-{}", control.id.replace('/', "-"));
    let constants = constants(parameters);
    let subject = Subject::of(control, options)?;
    let own = [("violations", violations.as_str())];
    let variables = constants
        .iter()
        .map(|(name, list)| (*name, list.as_str()))
        .chain(workload::variables(options.scope))
        .chain(own);
    let expression = "variables.violations.size() == 0".to_owned();
    let variables = cel::needed(variables, &expression);
    Ok(Policy {
        annotations: vec![
            ("plimsoll.dev/control", control.id.to_owned()),
            ("plimsoll.dev/severity", control.severity.name().to_owned()),
            ("plimsoll.dev/title", control.title.to_owned()),
        ],
        rules: subject.rules,
        conditions: subject.conditions,
        variables: variables
            .into_iter()
            .map(|(name, expression)| (name.to_owned(), expression.to_owned()))
            .collect(),
        expression,
        message_expression: "variables.violations.join(\"; \")".to_owned(),
        message: format!("{}: {}", control.id, control.title),
        failure_policy: options.failure_policy,
        bindings: (subject.bind)(&name, options),
        name,
    })
}

/// What a control is about, for the API server.
struct Subject {
    rules: Vec<crate::resource::Rule>,
    conditions: Vec<(&'static str, String)>,
    bind: fn(&str, &Options) -> Vec<Binding>,
}

impl Subject {
    fn of(control: &Control, options: &Options) -> Result<Subject, &'static str> {
        let Check::Object(kinds, _) = control.check else {
            let mut conditions = Vec::new();
            if options.scope.has_pods() {
                conditions.push(workload::SPEC_CHANGED);
            }
            if options.scope.has_workloads() {
                conditions.push(workload::TEMPLATE_CHANGED);
            }
            return Ok(Subject {
                rules: workload::rules(options.scope),
                conditions: conditions
                    .into_iter()
                    .map(|(name, expression)| (name, expression.to_owned()))
                    .collect(),
                bind: standard::bindings,
            });
        };
        let resources: Option<Vec<&Resource>> = kinds.iter().map(Resource::of).collect();
        let resources = resources.ok_or("it is about a kind that the export doesn't know")?;
        Ok(Subject {
            rules: resources.iter().map(|resource| resource.rule()).collect(),
            conditions: vec![("relevant-change", changed(&resources))],
            bind: |policy, options| {
                vec![Binding {
                    name: policy.to_owned(),
                    actions: options.actions.clone(),
                    rules: Vec::new(),
                    selector: standard::namespaces(options),
                }]
            },
        })
    }
}

/// Whether a request changes a part that says what the object does.
fn changed(resources: &[&Resource]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in resources.iter().flat_map(|resource| resource.parts) {
        let path = part.replace('.', ".?");
        let part = format!("dyn(object).?{path} != dyn(oldObject).?{path}");
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    format!("request.operation != \"UPDATE\" ||\n{}", parts.join(" ||\n"))
}
