//! `plimsoll fix`.

use std::path::Path;

use plimsoll_engine::Finding;
use plimsoll_fix::{Change, Options};

use crate::arguments::Fix;
use crate::exit::{Exit, Failure};
use crate::judge::judge;
use crate::settings::Settings;
use crate::terminal::note;
use crate::{outputs, sources};

pub fn fix(arguments: &Fix) -> Result<Exit, Failure> {
    let settings = Settings::load(&arguments.choice)?;
    let chosen = settings.choose(&arguments.choice)?;
    let surroundings = settings.surroundings(&arguments.sources);
    let loaded = sources::load(&arguments.sources, &settings)?;
    let judged = judge(&loaded.documents, &chosen, &surroundings);
    let incomplete = loaded.coverage.incomplete.len() + judged.incomplete.len();
    if judged.objects == 0 && incomplete == 0 {
        sources::nothing(&arguments.sources);
        return Ok(Exit::Nothing);
    }
    for gap in loaded.coverage.incomplete.iter().chain(&judged.incomplete) {
        let line = gap.line.map(|line| format!(":{line}")).unwrap_or_default();
        note(&format!("{}{line}: not covered: {}", gap.file, gap.reason));
    }

    let options = Options { allow_unsafe: arguments.allow_unsafe };
    let changes = plimsoll_fix::fix(&judged.findings, &options, &mut |replaced| {
        let documents = sources::replace(&loaded.documents, replaced)?;
        Ok(judge(&documents, &chosen, &surroundings).findings)
    });
    let mut out = String::new();
    for change in changes.iter().filter(|change| !change.is_empty()) {
        let name = change.file.name();
        if arguments.write {
            plimsoll_fix::write(Path::new(name), change.file.text(), &change.text)
                .map_err(|error| error.to_string())?;
            out.push_str(&format!("{name}: {}\n", count(change.applied.len(), "fix", "fixes")));
        } else {
            out.push_str(&plimsoll_fix::diff(change.file.text(), &change.text, name));
        }
    }
    outputs::stdout(out.as_bytes())?;
    summarize(&changes, &judged.findings, arguments);
    Ok(if incomplete > 0 { Exit::Incomplete } else { Exit::Clean })
}

/// What was done and what was not, on stderr: the diff alone is on stdout, for `patch` to read.
fn summarize(changes: &[Change], findings: &[Finding], arguments: &Fix) {
    for (change, refused) in
        changes.iter().flat_map(|change| change.refused.iter().map(move |one| (change, one)))
    {
        if let Some(finding) = findings.get(refused.finding) {
            let line = finding.place.start().line;
            note(&format!(
                "{}:{line}: {} is not fixed: {}",
                change.file.name(),
                finding.control.id,
                refused.reason
            ));
        }
    }
    let sum = |of: fn(&Change) -> usize| changes.iter().map(of).sum::<usize>();
    let applied = sum(|change| change.applied.len());
    let left = sum(|change| change.left_unsafe.len());
    let files = changes.iter().filter(|change| !change.is_empty()).count();
    let open = findings.iter().filter(|finding| finding.waived.is_none() && finding.fix.is_none()).count();
    let done = match (applied, arguments.write) {
        (0, _) => "nothing to fix".to_owned(),
        (_, true) => {
            format!("{} written to {}", count(applied, "fix", "fixes"), count(files, "file", "files"))
        }
        (_, false) => format!(
            "{} for {}: write them with --write",
            count(applied, "fix", "fixes"),
            count(files, "file", "files")
        ),
    };
    note(&done);
    if left > 0 {
        note(&format!("{left} more can change how a workload behaves: add them with --unsafe"));
    }
    if open > 0 {
        note(&format!(
            "{} no mechanical fix: plimsoll scan shows them",
            count(open, "finding has", "findings have")
        ));
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
