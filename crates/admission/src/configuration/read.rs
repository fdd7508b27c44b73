//! From a file to a configuration.

use std::sync::Arc;

use plimsoll_doc::{SourceFile, Value};
use plimsoll_engine::settings::{
    check, document, globs, items, parameters, severity, switch, text, texts, waivers,
};
use plimsoll_engine::{ConfigurationError, Control, GlobKind, Names, Severity};
use plimsoll_kubernetes::{Field, Quantity};

use super::settings::{SETTINGS, internal_load_balancer};
use super::{Action, Boundary, Configuration, Exec, Failure, Mutate, NAMES, Rule, Scope};

impl Configuration {
    /// Reads the text of a configuration. One without content says nothing. The errors are everything that
    /// is wrong, in the order of the text.
    pub fn parse(file: &Arc<SourceFile>) -> Result<Self, Vec<ConfigurationError>> {
        let Some(document) = document(file)? else { return Ok(Configuration::default()) };
        let mut errors = check(&document, &NAMES, SETTINGS);
        if errors.is_empty() {
            errors = beyond_the_table(document.root());
        }
        let root = document.root();
        let pod_security = pod_security(root).unwrap_or_else(|mut found| {
            errors.append(&mut found);
            None
        });
        if !errors.is_empty() {
            errors.sort();
            errors.dedup();
            return Err(errors);
        }
        Ok(Configuration {
            failure: match text(root, "failure") {
                Some("allow") => Failure::Allow,
                _ => Failure::Deny,
            },
            pod_security,
            rules: items(root, "rules").map(rule).collect(),
            exec: root.get("exec").map(exec).unwrap_or_default(),
            mutate: root.get("mutate").map(mutate).unwrap_or_default(),
            parameters: parameters(root),
            waivers: waivers(&document, &NAMES),
            waivers_by_annotation: switch(root, "waivers-by-annotation").unwrap_or(false),
        })
    }
}

fn error(value: Value<'_>, message: String) -> ConfigurationError {
    let file = value.document().file();
    ConfigurationError { file: file.name().to_owned(), position: file.position(value.span().start), message }
}

/// What is wrong that a table can't tell.
fn beyond_the_table(root: Value<'_>) -> Vec<ConfigurationError> {
    let mut errors = Vec::new();
    for rule in items(root, "rules") {
        if rule.get("profile").is_none() && rule.get("controls").is_none() {
            errors
                .push(error(rule, "a rule names a profile, or controls: this one names neither".to_owned()));
        }
    }
    let resources = ["requests", "limits"].into_iter().filter_map(|key| root.get("mutate")?.get(key));
    for (name, quantity) in resources.flat_map(Value::entries) {
        if Quantity::of(&Field::new(quantity)).is_none() {
            errors.push(error(quantity, format!("{name} must be a quantity such as \"100m\" or \"64Mi\"")));
        }
    }
    errors
}

fn pod_security(
    root: Value<'_>,
) -> Result<Option<plimsoll_podsecurity::Configuration>, Vec<ConfigurationError>> {
    let default = plimsoll_podsecurity::Configuration::default();
    let Some(settings) = root.get("pod-security") else { return Ok(Some(default)) };
    if switch(settings, "enabled") == Some(false) {
        return Ok(None);
    }
    let Some(configuration) = settings.get("configuration").filter(|value| !value.is_null()) else {
        return Ok(Some(default));
    };
    plimsoll_podsecurity::Configuration::read(configuration).map(Some).map_err(|wrong| {
        let mut told = error(configuration, wrong.to_string());
        told.position = wrong.position().unwrap_or(told.position);
        vec![told]
    })
}

fn scope(value: Value<'_>) -> Scope {
    Scope {
        namespaces: globs(value, "namespaces", GlobKind::Names),
        except: globs(value, "except-namespaces", GlobKind::Names),
    }
}

fn controls(value: Value<'_>, key: &str) -> Vec<&'static Control> {
    texts(value, key).filter_map(|name| NAMES.controls(name).ok()).flatten().collect()
}

fn rule(value: Value<'_>) -> Rule {
    let of_profile = text(value, "profile").and_then(|name| NAMES.profile(name).ok());
    let mut all: Vec<_> = of_profile.unwrap_or_default();
    all.extend(controls(value, "controls"));
    let left_out = controls(value, "except-controls");
    all.retain(|control| !left_out.iter().any(|other| other.id == control.id));
    Rule {
        controls: all,
        action: match text(value, "action") {
            Some("enforce") => Action::Enforce,
            Some("warn") => Action::Warn,
            Some("audit") => Action::Audit,
            _ => Action::Ignore,
        },
        scope: scope(value),
        severity: severity(value.get("severity")).unwrap_or(Severity::Low),
    }
}

fn exec(value: Value<'_>) -> Exec {
    let boundary = |name| match name {
        "privileged" => Some(Boundary::Privileged),
        "host-pid" => Some(Boundary::HostPid),
        "host-ipc" => Some(Boundary::HostIpc),
        "host-network" => Some(Boundary::HostNetwork),
        _ => None,
    };
    Exec {
        deny: texts(value, "deny").filter_map(boundary).collect(),
        scope: scope(value),
        users: texts(value, "users").map(str::to_owned).collect(),
        groups: texts(value, "groups").map(str::to_owned).collect(),
    }
}

fn mutate(value: Value<'_>) -> Mutate {
    let is_on = |key| switch(value, key).unwrap_or(false);
    let quantities = |key| {
        let entries = value.get(key).into_iter().flat_map(Value::entries);
        entries.filter_map(|(name, value)| Some((name.to_owned(), value.as_str()?.to_owned()))).collect()
    };
    Mutate {
        scope: scope(value),
        always_pull: is_on("always-pull"),
        seccomp: is_on("seccomp"),
        no_token: is_on("no-service-account-token"),
        drop_capabilities: is_on("drop-capabilities"),
        no_privilege_escalation: is_on("no-privilege-escalation"),
        internal_load_balancers: text(value, "internal-load-balancers").and_then(internal_load_balancer),
        requests: quantities("requests"),
        limits: quantities("limits"),
        templates: is_on("templates"),
    }
}
