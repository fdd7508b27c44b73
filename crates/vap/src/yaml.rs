//! Policies as YAML that a person can read: the same policies give the same bytes.

use std::fmt::Write;

use plimsoll_doc::yaml_string;

use crate::cel;
use crate::policy::Binding;
use crate::resource::Rule;
use crate::{Policy, Requirement};

/// Writes policies and their bindings as a stream of documents, each policy before its bindings.
pub fn write(policies: &[Policy]) -> String {
    let mut text = String::with_capacity(policies.len() * 2048);
    for policy in policies {
        write_policy(policy, &mut text);
        for binding in &policy.bindings {
            write_binding(policy, binding, &mut text);
        }
    }
    text
}

fn head(kind: &str, name: &str, policy: &Policy, text: &mut String) {
    let _ = writeln!(text, "---\napiVersion: admissionregistration.k8s.io/v1\nkind: {kind}");
    let _ = writeln!(text, "metadata:\n  name: {name}");
    text.push_str("  labels:\n    app.kubernetes.io/managed-by: plimsoll\n  annotations:\n");
    for (key, value) in &policy.annotations {
        let _ = writeln!(text, "    {key}: {}", yaml_string(value, false));
    }
    text.push_str("spec:\n");
}

fn write_policy(policy: &Policy, text: &mut String) {
    head("ValidatingAdmissionPolicy", &policy.name, policy, text);
    let _ = writeln!(text, "  failurePolicy: {}", policy.failure_policy.name());
    text.push_str("  matchConstraints:\n    resourceRules:\n");
    write_rules(&policy.rules, text);
    if !policy.conditions.is_empty() {
        text.push_str("  matchConditions:\n");
    }
    for (name, expression) in &policy.conditions {
        let _ = writeln!(text, "  - name: {name}");
        write_expression("expression", expression, text);
    }
    if !policy.variables.is_empty() {
        text.push_str("  variables:\n");
    }
    for (name, expression) in &policy.variables {
        let _ = writeln!(text, "  - name: {name}");
        write_expression("expression", expression, text);
    }
    text.push_str("  validations:\n");
    let _ = writeln!(text, "  - expression: {}", yaml_string(&policy.expression, false));
    write_expression("messageExpression", &policy.message_expression, text);
    let _ = writeln!(text, "    message: {}\n    reason: Forbidden", yaml_string(&policy.message, false));
}

fn write_binding(policy: &Policy, binding: &Binding, text: &mut String) {
    head("ValidatingAdmissionPolicyBinding", &binding.name, policy, text);
    let _ = writeln!(text, "  policyName: {}", policy.name);
    let actions: Vec<_> = binding.actions.iter().map(|action| action.name()).collect();
    let _ = writeln!(text, "  validationActions: [{}]", actions.join(", "));
    if binding.rules.is_empty() && binding.selector.is_empty() {
        return;
    }
    text.push_str("  matchResources:\n");
    if !binding.rules.is_empty() {
        text.push_str("    resourceRules:\n");
        write_rules(&binding.rules, text);
    }
    if !binding.selector.is_empty() {
        text.push_str("    namespaceSelector:\n      matchExpressions:\n");
        binding.selector.iter().for_each(|requirement| write_requirement(requirement, text));
    }
}

fn write_rules(rules: &[Rule], text: &mut String) {
    let list =
        |items: &[&str]| items.iter().map(|item| yaml_string(item, true)).collect::<Vec<_>>().join(", ");
    for rule in rules {
        let _ = writeln!(text, "    - apiGroups: [{}]", list(&[rule.group]));
        let _ = writeln!(text, "      apiVersions: [{}]", list(&[rule.version]));
        let _ = writeln!(text, "      operations: [{}]", list(rule.operations));
        let _ = writeln!(text, "      resources: [{}]", list(&rule.resources));
    }
}

fn write_requirement(requirement: &Requirement, text: &mut String) {
    let _ = writeln!(text, "      - key: {}\n        operator: {}", requirement.key, requirement.operator);
    if !requirement.values.is_empty() {
        text.push_str("        values:\n");
        // In quotes even where none are needed: CEL's are YAML's.
        for value in &requirement.values {
            let _ = writeln!(text, "        - {}", cel::string(value));
        }
    }
}

/// Expressions are literal blocks: nothing in them needs an escape.
fn write_expression(key: &str, expression: &str, text: &mut String) {
    let _ = writeln!(text, "    {key}: |-");
    for line in expression.lines() {
        let _ = writeln!(text, "      {line}");
    }
}
