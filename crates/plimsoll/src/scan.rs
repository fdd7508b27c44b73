//! `plimsoll scan`.

use std::collections::HashSet;
use std::path::Path;

use plimsoll_controls::{Catalogue, ENTRIES};
use plimsoll_engine::framework::Framework;
use plimsoll_engine::{Chosen, Coverage, Names as _, Severity};
use plimsoll_report::{BaselineSummary, Report, Verdict};

use crate::arguments::{Choice, Scan, Sources};
use crate::exit::{Exit, Failure};
use crate::judge::{Judged, judge};
use crate::progress::Progress;
use crate::settings::Settings;
use crate::terminal::{Color, note};
use crate::{baseline, outputs, sources, threads};

pub fn scan(arguments: &Scan, color: Color) -> Result<Exit, Failure> {
    threads::start();
    let outputs = outputs::chosen(&arguments.output)?;
    let framework = arguments.framework.as_deref().map(framework).transpose()?;
    let settings = Settings::load(&arguments.choice)?;
    let mut choice = arguments.choice.clone();
    if let (Some(framework), None, true) = (framework, &choice.profile, choice.select.is_empty()) {
        // Every control that speaks for a requirement has to run for its answer.
        choice.profile = Some(framework.id.to_owned());
    }
    let mut chosen = settings.choose(&choice)?;
    if let Some(framework) = framework {
        // What a setting leaves out runs too: hidden findings keep a requirement from passing.
        chosen = chosen.with(&Catalogue.profile(framework.id).map_err(Failure::Error)?);
    }
    let known = arguments.baseline.as_deref().map(baseline::read).transpose()?;
    let written: Vec<&Path> = outputs.iter().filter_map(|output| output.file.as_deref()).collect();
    let (mut judged, coverage) = look(&arguments.sources, &choice, &settings, &chosen, &written)?;
    let baseline = known.map(|known| {
        let findings = std::mem::take(&mut judged.findings);
        let split = known.split(findings, &judged.hidden, &chosen.selection.controls);
        judged.findings = split.new;
        BaselineSummary { known: split.known.len(), mended: split.mended }
    });
    let ran: HashSet<_> = chosen.selection.controls.iter().map(|selected| selected.control.id).collect();
    let all = ENTRIES.iter().map(|entry| entry.control);
    let not_run: Vec<_> = all.filter(|control| !ran.contains(control.id)).collect();
    let report = Report {
        findings: &judged.findings,
        hidden: &judged.hidden,
        coverage: &coverage,
        notices: &judged.notices,
        controls: &chosen.selection.controls,
        not_run: &not_run,
        baseline,
        threshold: arguments.fail_on.or(settings.configuration.fail_on).unwrap_or(Severity::Low),
        least: chosen.least(),
        root: Some(&settings.working_directory),
        framework,
    };
    outputs::write(&outputs, &report, color)?;
    let exit = match report.verdict() {
        Verdict::Failed => Exit::Findings,
        Verdict::Incomplete => Exit::Incomplete,
        Verdict::Nothing => {
            if coverage.objects == 0 {
                sources::nothing(&arguments.sources);
            } else {
                note("no control was chosen: the options and the configuration leave all of them out");
            }
            Exit::Nothing
        }
        Verdict::Passed => Exit::Clean,
    };
    std::mem::forget(judged);
    Ok(exit)
}

/// Reads and judges what the command line names.
pub fn look(
    sources: &Sources,
    choice: &Choice,
    settings: &Settings,
    chosen: &Chosen<'_>,
    written: &[&Path],
) -> Result<(Judged, Coverage), Failure> {
    let progress = Progress::start("reading");
    let mut loaded = sources::load(sources, settings)?;
    outputs::spare_inputs(written, &loaded.documents, &loaded.coverage.incomplete)?;
    progress.stage("checking");
    let mut judged = judge(&loaded.documents, chosen, &settings.surroundings(choice));
    drop(progress);
    loaded.notes.iter().for_each(|text| note(text));
    loaded.coverage.objects = judged.objects;
    loaded.coverage.schemaless = std::mem::take(&mut judged.schemaless);
    loaded.coverage.with_subject = std::mem::take(&mut judged.with_subject);
    loaded.coverage.incomplete.append(&mut judged.incomplete);
    loaded.coverage.incomplete.sort();
    // The process ends soon, and gives all of this back at once.
    std::mem::forget(loaded.documents);
    Ok((judged, loaded.coverage))
}

fn framework(name: &str) -> Result<&'static Framework, Failure> {
    plimsoll_controls::framework(name).map_err(Failure::Error)
}
