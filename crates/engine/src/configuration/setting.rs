//! The settings that a configuration can have, as a table. What is read, what is refused, the JSON
//! Schema and its descriptions all come from here. Other files of ours are tables of the same kind.

use std::sync::LazyLock;

use serde_json::Value as Json;

use super::GlobKind;
use crate::Parameters;

/// One key of a configuration.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub key: &'static str,
    /// What the key means: a sentence or two for an editor to show.
    pub description: &'static str,
    pub shape: Shape,
    pub is_required: bool,
}

/// What a key can hold.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// The number 1.
    Version,
    /// True or false, with the default.
    Switch(bool),
    Text,
    /// `YYYY-MM-DD`
    Date,
    Severity,
    Profile,
    /// A control's name, or a list of them.
    Controls,
    /// A pattern, or a list of them.
    Globs(GlobKind),
    /// Controls' names with severities.
    Severities,
    /// [`Parameters`]
    Parameters,
    /// A list of mappings.
    List(&'static [Setting]),
    /// A mapping.
    Mapping(&'static [Setting]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, or a list of them.
    Words(&'static [&'static str]),
    /// A text, or a list of them.
    Texts,
    /// Names and texts of one's own choice.
    TextByName,
    /// A mapping that another reader checks.
    Opaque,
}

/// A key that may be left out.
pub const fn setting(key: &'static str, shape: Shape, description: &'static str) -> Setting {
    Setting { key, description, shape, is_required: false }
}

/// A key that must be there.
pub const fn required(key: &'static str, shape: Shape, description: &'static str) -> Setting {
    Setting { key, description, shape, is_required: true }
}

/// The waivers of a configuration, under `waivers`.
pub const WAIVERS_SETTING: Setting =
    setting("waivers", Shape::List(WAIVERS), "Findings that are let go, for a reason, until a day.");

/// What controls need to know, under `parameters`.
pub const PARAMETERS_SETTING: Setting =
    setting("parameters", Shape::Parameters, "What controls need to know about your organisation.");

pub(super) const SETTINGS: &[Setting] = &[
    setting("version", Shape::Version, "Version of this format."),
    setting(
        "profile",
        Shape::Profile,
        "Which controls run: baseline and restricted (Pod Security Standards), recommended (the default), all, or \
         a framework such as cis-kubernetes-1.12 for those that speak for one of its requirements. Version numbers \
         can be left out.",
    ),
    setting(
        "select",
        Shape::Controls,
        "Controls to run: besides those of the profile where one is named, else these alone.",
    ),
    setting("ignore", Shape::Controls, "Controls that don't run. Wins over select."),
    setting("severity", Shape::Severity, "The least severity that is shown. Default: low."),
    setting("fail-on", Shape::Severity, "The least severity that fails a run. Default: low."),
    setting(
        "severities",
        Shape::Severities,
        "Severities in the place of the controls' own. An id counts more than its area.",
    ),
    PARAMETERS_SETTING,
    setting("paths", Shape::List(PATHS), "Settings for files. Where several match, the later counts more."),
    setting(
        "namespaces",
        Shape::List(NAMESPACES),
        "Settings for namespaces. They count more than those for files; where several match, the later counts more.",
    ),
    setting(
        "exclude",
        Shape::Globs(GlobKind::Paths),
        "Files that are not read: patterns relative to the folder of this file.",
    ),
    WAIVERS_SETTING,
    setting(
        "waivers-by-annotation",
        Shape::Switch(false),
        "Whether objects may waive findings by the annotation plimsoll.dev/waive.",
    ),
    setting(
        "render",
        Shape::Switch(true),
        "Whether charts and kustomizations are rendered, where helm, kustomize or kubectl is installed.",
    ),
];

const PATHS: &[Setting] = &[
    required(
        "match",
        Shape::Globs(GlobKind::Paths),
        "Patterns relative to the folder of this file. * stays within a folder, ** doesn't; a folder's pattern \
         holds for everything in it.",
    ),
    SCOPED_SELECT,
    SCOPED_IGNORE,
    SCOPED_SEVERITIES,
    SCOPED_ANNOTATIONS,
];

const NAMESPACES: &[Setting] = &[
    required(
        "match",
        Shape::Globs(GlobKind::Names),
        "Patterns of namespaces. A Namespace object belongs to itself.",
    ),
    SCOPED_SELECT,
    SCOPED_IGNORE,
    SCOPED_SEVERITIES,
    SCOPED_ANNOTATIONS,
];

const SCOPED_SELECT: Setting =
    setting("select", Shape::Controls, "Controls that run here besides those that run everywhere.");
const SCOPED_IGNORE: Setting =
    setting("ignore", Shape::Controls, "Controls that don't run here. Wins over select.");
const SCOPED_SEVERITIES: Setting =
    setting("severities", Shape::Severities, "Severities that controls have here.");
const SCOPED_ANNOTATIONS: Setting = setting(
    "waivers-by-annotation",
    Shape::Switch(false),
    "Whether objects here may waive findings by the annotation plimsoll.dev/waive. Default: as everywhere.",
);

const WAIVERS: &[Setting] = &[
    required("control", Shape::Controls, "The controls whose findings are let go."),
    required("reason", Shape::Text, "Why they are let go."),
    required("owner", Shape::Text, "Who answers for that."),
    required("until", Shape::Date, "The last day the waiver holds, as YYYY-MM-DD."),
    setting(
        "paths",
        Shape::Globs(GlobKind::Paths),
        "Only in these files: patterns relative to the folder of this file.",
    ),
    setting("namespaces", Shape::Globs(GlobKind::Names), "Only in these namespaces."),
    setting("kinds", Shape::Globs(GlobKind::Kinds), "Only for these kinds: Deployment, or apps/Deployment."),
    setting("names", Shape::Globs(GlobKind::Names), "Only for objects of these names."),
    setting("containers", Shape::Globs(GlobKind::Names), "Only for containers of these names."),
];

/// One parameter: its key, what it means, and its default, which says what it can hold.
#[derive(Debug)]
pub(super) struct Parameter {
    pub key: String,
    pub description: String,
    pub default: Json,
}

/// Every parameter, in order.
pub(super) static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
    let defaults = serde_json::to_value(Parameters::default()).unwrap_or_default();
    let parameter = |(name, text): &(&str, &[&str])| {
        let key = name.replace('_', "-");
        let default = defaults.get(&key).cloned().unwrap_or_default();
        let description = text.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        Parameter { key, description, default }
    };
    Parameters::MEANINGS.iter().map(parameter).collect()
});
