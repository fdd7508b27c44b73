//! `plimsoll pss`: the Pod Security Standards that workloads meet.

mod apply;
mod arguments;
mod json;
mod namespaces;
mod paint;
mod table;
mod workloads;

use plimsoll_engine::Coverage;
use plimsoll_podsecurity::LevelVersion;

pub use arguments::Pss;

use crate::arguments::Choice;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::settings::Settings;
use crate::terminal::{Color, note};
use crate::{outputs, sources};
use arguments::Format;
use workloads::Estate;

pub fn pss(arguments: &Pss, color: Color) -> Result<Exit, Failure> {
    let configuration = arguments.admission_config.as_deref().map(apply::configuration).transpose()?;
    let settings = Settings::load(&choice(arguments))?;
    let progress = Progress::start("reading");
    let loaded = sources::load(&arguments.sources, &settings)?;
    progress.stage("checking");
    let estate = Estate::new(&loaded.documents, &arguments.namespace);
    drop(progress);
    loaded.notes.iter().for_each(|text| note(text));
    let mut coverage = loaded.coverage;
    coverage.incomplete.extend_from_slice(&estate.incomplete);
    coverage.incomplete.sort();
    if estate.workloads.is_empty() && coverage.incomplete.is_empty() {
        nothing(arguments);
        return Ok(Exit::Nothing);
    }
    let paint = paint::Paint::new(color.style());
    let is_json = arguments.output == Format::Json;
    let (text, is_bad) = if let Some(level) = arguments.apply_level {
        let version = arguments.apply_version.unwrap_or(plimsoll_podsecurity::Version::Latest);
        let at = LevelVersion::new(level, version);
        let applied = apply::apply(&estate, at, configuration.unwrap_or_default())?;
        let text =
            if is_json { json::applied(&applied, &coverage) } else { table::applied(&applied, &paint) };
        (text, applied.says_something())
    } else if let Some(level) = arguments.level {
        let at = LevelVersion::new(level, arguments.version);
        let is_bad = estate
            .workloads
            .iter()
            .any(|workload| workload.unreadable.is_none() && !workload.facts.denied(at).is_empty());
        let text =
            if is_json { json::judged(&estate, at, &coverage) } else { table::judged(&estate, at, &paint) };
        (text, is_bad)
    } else {
        let namespaces = namespaces::of(&estate, arguments.version, &coverage);
        let text = if is_json {
            json::levels(&estate, &namespaces, arguments.version, &coverage)
        } else {
            table::levels(&estate, &namespaces, arguments.version, &paint)
        };
        (text, false)
    };
    outputs::stdout(text.as_bytes())?;
    for gap in &coverage.incomplete {
        let line = gap.line.map(|line| format!(":{line}")).unwrap_or_default();
        note(&format!("{}{line}: not read: {}", gap.file, gap.reason));
    }
    let unreadable = estate.workloads.iter().any(|workload| workload.unreadable.is_some());
    Ok(match (is_bad, unreadable || !coverage.incomplete.is_empty()) {
        (true, _) => Exit::Findings,
        (false, true) => Exit::Incomplete,
        (false, false) => Exit::Clean,
    })
}

/// What is left out of the sources is the configuration's choice; its controls don't matter here.
fn choice(arguments: &Pss) -> Choice {
    Choice {
        profile: None,
        select: Vec::new(),
        ignore: Vec::new(),
        severity: None,
        kubernetes_version: None,
        namespace: arguments.namespace.clone(),
        config: arguments.config.clone(),
        no_config: arguments.no_config,
    }
}

fn nothing(arguments: &Pss) {
    let paths: Vec<_> = arguments.sources.paths.iter().map(|path| path.display().to_string()).collect();
    note(&format!("nothing to check: no pod and no pod template with a spec in {}", paths.join(", ")));
}

/// Whether everything was read.
fn is_complete(coverage: &Coverage) -> bool {
    coverage.incomplete.is_empty()
}
