//! `plimsoll export vap`: admission policies for clusters that want no webhook.

use plimsoll_engine::Control;
use plimsoll_podsecurity::{Level, LevelVersion};
use plimsoll_vap::{Action, LeftOut, Options, Policy, controls, parse_selector, standard, write};
use serde_json::json;

use crate::arguments::{Vap, VapFormat};
use crate::exit::{Exit, Failure};
use crate::settings::Settings;
use crate::{outputs, terminal};

/// What comes of an export.
struct Exported {
    policies: Vec<Policy>,
    left_out: Vec<LeftOut>,
    /// The command's own words for what was chosen.
    chosen: String,
}

pub fn vap(arguments: &Vap) -> Result<Exit, Failure> {
    let options = options(arguments)?;
    let exported = match arguments.level {
        Some(level) => of_level(LevelVersion::new(level, arguments.version), &options)?,
        None => of_controls(arguments, &options)?,
    };
    if !arguments.list {
        for left in &exported.left_out {
            terminal::note(&format!("{} is not exported: {}", left.control.id, left.reason));
        }
    }
    let text = match (arguments.output, arguments.list) {
        (VapFormat::Json, _) => json_list(&exported),
        (VapFormat::Yaml, true) => list(&exported),
        (VapFormat::Yaml, false) => manifests(&exported),
    };
    outputs::stdout(text.as_bytes())?;
    Ok(match (exported.policies.is_empty(), exported.left_out.is_empty()) {
        (_, false) => Exit::Incomplete,
        (true, true) => Exit::Nothing,
        (false, true) => Exit::Clean,
    })
}

fn options(arguments: &Vap) -> Result<Options, Failure> {
    let mut selector = Vec::new();
    if let Some(text) = &arguments.namespace_selector {
        selector = parse_selector(text).map_err(|error| format!("--namespace-selector: {error}"))?;
    }
    let excluded: Vec<String> =
        arguments.exclude_namespace.iter().filter(|name| !name.is_empty()).cloned().collect();
    if let Some(name) = excluded.iter().find(|name| !is_dns_label(name)) {
        return Err(Failure::Error(format!("--exclude-namespace: {name:?} is no name of a namespace")));
    }
    // The API server's own plugin warns about what makes pods and never refuses it.
    let like_the_plugin = || vec![Action::Warn, Action::Audit];
    let workload_actions = match (&arguments.workload_action, arguments.level) {
        (given, _) if !given.is_empty() => given.clone(),
        (_, Some(_)) if arguments.action.contains(&Action::Deny) => like_the_plugin(),
        _ => arguments.action.clone(),
    };
    Ok(Options {
        actions: checked("--action", &arguments.action)?,
        workload_actions: checked("--workload-action", &workload_actions)?,
        scope: arguments.scope,
        excluded,
        selector,
        failure_policy: arguments.failure_policy,
    })
}

/// The API server refuses both at once, which would tell the same thing twice.
fn checked(flag: &str, actions: &[Action]) -> Result<Vec<Action>, Failure> {
    if actions.contains(&Action::Deny) && actions.contains(&Action::Warn) {
        return Err(Failure::Error(format!(
            "{flag}: deny and warn don't go together, as a denial says it already: leave warn out"
        )));
    }
    Ok(Action::ALL.into_iter().filter(|action| actions.contains(action)).collect())
}

fn is_dns_label(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

fn of_level(at: LevelVersion, options: &Options) -> Result<Exported, Failure> {
    if at.level == Level::Privileged {
        return Err(Failure::Error(
            "the level privileged admits everything: there is no policy to write".to_owned(),
        ));
    }
    Ok(Exported {
        policies: standard(at, options).into_iter().collect(),
        left_out: Vec::new(),
        chosen: format!("Pod Security {at}"),
    })
}

fn of_controls(arguments: &Vap, options: &Options) -> Result<Exported, Failure> {
    let choice = arguments.choice();
    let settings = Settings::load(&choice)?;
    let chosen = settings.choose(&choice)?;
    let selected: Vec<&'static Control> =
        chosen.selection.controls.iter().map(|selected| selected.control).collect();
    let (policies, left_out) = controls(selected, &chosen.selection.parameters, options);
    let words = match &choice.profile {
        Some(profile) => format!("the profile {profile}"),
        None if choice.select.is_empty() => "the chosen controls".to_owned(),
        None => choice.select.join(", "),
    };
    Ok(Exported { policies, left_out, chosen: words })
}

/// The policies, with what has none in a comment: whoever applies the file should know.
fn manifests(exported: &Exported) -> String {
    let mut text = format!(
        "# Admission policies for {}, written by plimsoll {}.\n# They need Kubernetes 1.30 or later.\n",
        exported.chosen,
        env!("CARGO_PKG_VERSION")
    );
    if !exported.left_out.is_empty() {
        text.push_str("#\n# No policy says exactly what these controls say:\n");
    }
    for left in &exported.left_out {
        text.push_str(&format!("# - {}: {}\n", left.control.id, left.reason));
    }
    text.push_str(&write(&exported.policies));
    text
}

fn list(exported: &Exported) -> String {
    let mut text = String::new();
    for policy in &exported.policies {
        text.push_str(&format!("exported  {}\n", policy.name()));
    }
    for left in &exported.left_out {
        text.push_str(&format!("left out  {}: {}\n", left.control.id, left.reason));
    }
    text
}

fn json_list(exported: &Exported) -> String {
    let policies: Vec<_> = exported
        .policies
        .iter()
        .map(|policy| json!({"policy": policy.name(), "for": policy.stands_for()}))
        .collect();
    let left_out: Vec<_> = exported
        .left_out
        .iter()
        .map(|left| json!({"control": left.control.id, "reason": left.reason}))
        .collect();
    let list = json!({"version": 1, "exported": policies, "left_out": left_out});
    format!("{list:#}\n")
}
