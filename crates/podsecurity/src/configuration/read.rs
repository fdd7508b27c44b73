//! From a document to a configuration.

use std::collections::BTreeSet;
use std::str::FromStr;

use plimsoll_doc::{Position, Value};
use plimsoll_kubernetes::Field;

use super::strict::{Strict, place};
use super::{Configuration, ConfigurationError, Exemptions, GROUP, names};
use crate::go::quoted;
use crate::{Level, LevelVersion, Policy, Version};

const KIND: &str = "PodSecurityConfiguration";

const VERSIONS: [&str; 3] = ["v1", "v1beta1", "v1alpha1"];

/// The modes in the order in which the API server validates them.
const MODES: [[&str; 2]; 3] =
    [["enforce", "enforce-version"], ["warn", "warn-version"], ["audit", "audit-version"]];

impl Configuration {
    /// Reads a `PodSecurityConfiguration` of any version, or an `AdmissionConfiguration` that holds one.
    /// Where the latter says nothing of the plugin, the plugin has its defaults.
    ///
    /// # Errors
    /// In the API server's words, where it wouldn't start with this configuration.
    pub fn read(root: Value<'_>) -> Result<Configuration, ConfigurationError> {
        let root = Field::new(root);
        let type_of = |key: &'static str| root.get(key).text();
        let (api_version, kind) = (type_of("apiVersion"), type_of("kind"));
        let error = |message: String| Err(ConfigurationError::Decoding(message, Some(place(root.anchor()))));
        if kind.is_empty() {
            return error(format!("Object 'Kind' is missing: {KIND} is expected"));
        }
        if api_version.is_empty() {
            return error(format!("Object 'apiVersion' is missing: {GROUP}/v1 is expected"));
        }
        let is_ours = |version: &&str| api_version.strip_prefix(GROUP) == Some(&format!("/{version}"));
        match (VERSIONS.into_iter().find(is_ours), kind) {
            (Some(version), KIND) => pod_security(root.anchor(), version),
            _ if is_admission(api_version) && kind == "AdmissionConfiguration" => admission(root),
            _ => error(format!(
                "no kind {} is registered for version {}: {GROUP}/v1 has {KIND}",
                quoted(kind),
                quoted(api_version)
            )),
        }
    }
}

fn is_admission(api_version: &str) -> bool {
    matches!(
        api_version,
        "apiserver.config.k8s.io/v1" | "apiserver.config.k8s.io/v1alpha1" | "apiserver.k8s.io/v1alpha1"
    )
}

/// The configuration of the plugin within that of all plugins.
fn admission(root: Field<'_>) -> Result<Configuration, ConfigurationError> {
    const NAME: &str = "AdmissionConfiguration";
    let version = root.get("apiVersion").text().rsplit('/').next().unwrap_or("");
    let mut strict = Strict::new(root.anchor(), version);
    let mut found = None;
    let entries = strict.mapping(root.anchor(), "", NAME, NAME, &["apiVersion", "kind", "plugins"]);
    for (_, plugins) in entries.into_iter().filter(|(key, _)| *key == "plugins") {
        for (index, plugin) in plugins.items().enumerate() {
            let path = format!("plugins[{index}]");
            let known = ["name", "path", "configuration"];
            strict.mapping(plugin, &path, "AdmissionPluginConfiguration", NAME, &known);
            let is_ours = Field::new(plugin).get("name").is("PodSecurity");
            found = found.or(is_ours.then_some(plugin));
        }
    }
    strict.finish(root.anchor())?;
    let Some(plugin) = found.map(Field::new) else { return Ok(Configuration::default()) };
    let (path, configuration) = (plugin.get("path"), plugin.get("configuration"));
    match configuration.value() {
        Some(configuration) => Configuration::read(configuration),
        None if path.text().is_empty() => Ok(Configuration::default()),
        None => Err(ConfigurationError::Decoding(
            format!("the configuration of PodSecurity stands in {}: name that file", quoted(path.text())),
            Some(place(path.anchor())),
        )),
    }
}

fn pod_security<'d>(root: Value<'d>, version: &'d str) -> Result<Configuration, ConfigurationError> {
    const DEFAULTS: &str = "PodSecurityDefaults";
    const EXEMPTIONS: &str = "PodSecurityExemptions";
    let mut strict = Strict::new(root, version);
    // By mode: the texts of level and version, where they are written.
    let mut modes: [[Option<(&str, Value<'d>)>; 2]; 3] = Default::default();
    let (mut usernames, mut namespaces, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    for (key, value) in
        strict.mapping(root, "", KIND, KIND, &["apiVersion", "kind", "defaults", "exemptions"])
    {
        match key {
            "defaults" => {
                let known = MODES.as_flattened();
                for (key, value) in strict.mapping(value, key, DEFAULTS, KIND, known) {
                    let text = strict.text(value, &format!("defaults.{key}"), DEFAULTS);
                    for (mode, keys) in modes.iter_mut().zip(MODES) {
                        for (place, _) in mode.iter_mut().zip(keys).filter(|(_, name)| *name == key) {
                            *place = Some((text, value)).filter(|(text, _)| !text.is_empty());
                        }
                    }
                }
            }
            "exemptions" => {
                let known = ["usernames", "namespaces", "runtimeClasses"];
                for (key, value) in strict.mapping(value, key, EXEMPTIONS, KIND, &known) {
                    let texts = strict.texts(value, &format!("exemptions.{key}"), EXEMPTIONS);
                    match key {
                        "usernames" => usernames = texts,
                        "namespaces" => namespaces = texts,
                        _ => classes = texts,
                    }
                }
            }
            _ => {}
        }
    }
    strict.finish(root)?;
    let mut errors = Vec::new();
    let [enforce, warn, audit] = std::array::from_fn(|at| {
        let ([level_field, version_field], [level, version]): ([&str; 2], _) = (MODES[at], modes[at]);
        LevelVersion {
            level: parsed(level, level_field, Level::Privileged, &mut errors),
            version: parsed(version, version_field, Version::Latest, &mut errors),
        }
    });
    let exemptions = Exemptions {
        namespaces: listed(&namespaces, "namespaces", names::label, &mut errors),
        runtime_classes: listed(&classes, "runtimeClasses", names::subdomain, &mut errors),
        usernames: listed(&usernames, "usernames", username, &mut errors),
    };
    if errors.is_empty() {
        Ok(Configuration { defaults: Policy { enforce, audit, warn }, exemptions })
    } else {
        Err(ConfigurationError::Invalid(errors))
    }
}

/// The value of a field of the defaults; `default` where it isn't written.
fn parsed<T: FromStr<Err: ToString>>(
    written: Option<(&str, Value<'_>)>,
    field: &str,
    default: T,
    errors: &mut Vec<(String, Position)>,
) -> T {
    let Some((text, at)) = written else { return default };
    text.parse().unwrap_or_else(|error: T::Err| {
        let message = format!("defaults.{field}: Invalid value: {}: {}", quoted(text), error.to_string());
        errors.push((message, place(at)));
        default
    })
}

/// The names of a list of exemptions, each good and there once.
fn listed(
    names: &[(&str, Value<'_>)],
    field: &str,
    wrong: fn(&str) -> Vec<String>,
    errors: &mut Vec<(String, Position)>,
) -> Vec<String> {
    let mut valid = BTreeSet::new();
    let mut listed = Vec::new();
    for (index, (name, at)) in names.iter().enumerate() {
        let problems = wrong(name);
        let message = if !problems.is_empty() {
            format!("Invalid value: {}: {}", quoted(name), problems.join(", "))
        } else if !valid.insert(*name) {
            format!("Duplicate value: {}", quoted(name))
        } else {
            listed.push((*name).to_owned());
            continue;
        };
        errors.push((format!("exemptions.{field}[{index}]: {message}"), place(*at)));
    }
    listed
}

fn username(name: &str) -> Vec<String> {
    if name.is_empty() { vec!["username must not be empty".to_owned()] } else { Vec::new() }
}
