//! `plimsoll scan`.

use plimsoll_engine::Severity;
use plimsoll_report::{Report, Verdict};

use crate::arguments::Scan;
use crate::exit::{Exit, Failure};
use crate::judge::judge;
use crate::{choose, outputs, sources};

pub fn scan(arguments: &Scan) -> Result<Exit, Failure> {
    let outputs = outputs::or_terminal(&arguments.output)?;
    let selection = choose::selection(&arguments.choice)?;
    let mut loaded = sources::load(&arguments.sources)?;
    let judged = judge(&loaded.documents, &arguments.sources.namespace, &selection);
    loaded.coverage.objects = judged.objects;
    loaded.coverage.incomplete.extend(judged.incomplete);
    loaded.coverage.incomplete.sort();
    let report = Report {
        findings: &judged.findings,
        coverage: &loaded.coverage,
        notices: &[],
        controls: &selection.controls,
        baseline: None,
        threshold: arguments.fail_on.unwrap_or(Severity::Low),
        root: None,
    };
    outputs::write(&outputs, &report, arguments.color)?;
    Ok(match report.verdict() {
        Verdict::Failed => Exit::Findings,
        Verdict::Incomplete => Exit::Incomplete,
        Verdict::Passed if judged.objects == 0 => {
            sources::nothing(&arguments.sources);
            Exit::Nothing
        }
        Verdict::Passed => Exit::Clean,
    })
}
