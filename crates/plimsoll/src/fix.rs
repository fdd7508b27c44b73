//! `plimsoll fix`.

use std::path::Path;

use plimsoll_fix::{Change, Options};
use plimsoll_report::shown;

use crate::arguments::Fix;
use crate::exit::{Exit, Failure};
use crate::judge::{Judged, judge};
use crate::progress::Progress;
use crate::settings::Settings;
use crate::terminal::note;
use crate::{outputs, sources};

pub fn fix(arguments: &Fix) -> Result<Exit, Failure> {
    if arguments.write && arguments.sources.paths.iter().any(|path| path.as_os_str() == "-") {
        let reason =
            "standard input can't be written to: leave --write out to see the diff, or name the file";
        return Err(Failure::Error(reason.to_owned()));
    }
    let settings = Settings::load(&arguments.choice)?;
    let chosen = settings.choose(&arguments.choice)?;
    let surroundings = settings.surroundings(&arguments.choice);
    let progress = Progress::start("reading");
    let loaded = sources::load(&arguments.sources, &settings)?;
    progress.stage("checking and proving");
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
    drop(progress);
    loaded.notes.iter().for_each(|text| note(text));
    let mut out = String::new();
    let mut written = Vec::new();
    let mut failures = Vec::new();
    for change in changes.iter().filter(|change| !change.is_empty()) {
        let name = change.file.name();
        if arguments.write {
            // One file that can't be written keeps no other from being mended.
            match plimsoll_fix::write(Path::new(name), change.file.text(), &change.text) {
                Ok(()) => {
                    let fixes = count(change.applied.len(), "fix", "fixes");
                    out.push_str(&format!("{}: {fixes}\n", shown(name)));
                    written.push(change);
                }
                Err(_) if !Path::new(name).exists() => {
                    failures.push(format!("{name} can't be written: there is no file of this name; one with bytes that are not UTF-8 must be renamed first"));
                }
                Err(error) => failures.push(error.to_string()),
            }
        } else {
            out.push_str(&plimsoll_fix::diff(change.file.text(), &change.text, name));
            written.push(change);
        }
    }
    outputs::stdout(out.as_bytes())?;
    tell_refused(&changes, &judged);
    summarize(&changes, &written, &judged, arguments);
    if !failures.is_empty() {
        return Err(Failure::Error(failures.join("\n")));
    }
    Ok(if incomplete > 0 { Exit::Incomplete } else { Exit::Clean })
}

/// What has a fix that isn't made, and why: on stderr, since the diff alone is on stdout for `patch` to read.
fn tell_refused(changes: &[Change], judged: &Judged) {
    for (name, number) in &judged.uneditable {
        let fixes = count(*number, "fix", "fixes");
        let reason = match Path::new(name).is_file() {
            true => "the file is not UTF-8: convert it first",
            false => "the text is rendered and can't be edited: change what it is rendered from",
        };
        note(&format!("{name}: {fixes} left out, {reason}"));
    }
    for (change, refused) in
        changes.iter().flat_map(|change| change.refused.iter().map(move |one| (change, one)))
    {
        if let Some(finding) = judged.findings.get(refused.finding) {
            let line = finding.place.start().line;
            note(&format!(
                "{}:{line}: {} is not fixed: {}",
                change.file.name(),
                finding.control.id,
                refused.reason
            ));
        }
    }
}

/// What was done, and what more there is to do.
fn summarize(changes: &[Change], written: &[&Change], judged: &Judged, arguments: &Fix) {
    let applied: usize = written.iter().map(|change| change.applied.len()).sum();
    let left: usize = changes.iter().map(|change| change.left_unsafe.len()).sum();
    let files = written.len();
    let without = judged.findings.iter().filter(|finding| finding.waived.is_none() && finding.fix.is_none());
    let open = without.count() - judged.uneditable.values().sum::<usize>();
    let done = match (applied, arguments.write) {
        (0, _) if changes.iter().any(|change| !change.is_empty()) => "nothing was written".to_owned(),
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
