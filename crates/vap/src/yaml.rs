//! Policies as YAML that a person can read: the same policies give the same bytes.

use std::fmt::Write;

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
        let _ = writeln!(text, "    {key}: {}", scalar(value));
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
    let _ = writeln!(text, "  - expression: {}", scalar(&policy.expression));
    write_expression("messageExpression", &policy.message_expression, text);
    let _ = writeln!(text, "    message: {}\n    reason: Forbidden", scalar(&policy.message));
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
    let list = |items: &[&str]| items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join(", ");
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
        for value in &requirement.values {
            let _ = writeln!(text, "        - {}", quoted(value));
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

/// Plain where no reader of YAML could take it for anything but this text.
fn scalar(value: &str) -> String {
    let is_plain = value.starts_with(|first: char| first.is_ascii_alphabetic())
        && !value.ends_with([' ', ':'])
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.contains(|letter: char| letter.is_control() || ",[]{}\"'".contains(letter))
        && !matches!(
            value.to_ascii_lowercase().as_str(),
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
        );
    if is_plain { value.to_owned() } else { quoted(value) }
}

/// In double quotes, whose escapes are those of CEL's strings.
fn quoted(value: &str) -> String {
    crate::cel::string(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_quoted_where_they_must_be() {
        for plain in ["pods/ephemeralcontainers", "variables.violations.size() == 0", "v1"] {
            assert_eq!(scalar(plain), plain);
        }
        for other in ["", "yes", "No", "1", "a: b", "a #b", "- a", "[a", "a\"b", "restricted:", "null"] {
            assert_eq!(scalar(other), quoted(other));
        }
    }
}
