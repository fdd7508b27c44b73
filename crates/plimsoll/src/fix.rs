//! `plimsoll fix`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use plimsoll_controls::Catalogue;
use plimsoll_doc::{Document, SourceFile};
use plimsoll_engine::{Finding, Names};
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
    let judge = |documents: &[Document]| judge(documents, &chosen, &surroundings);
    let judged = judge(&loaded.documents);
    let mut incomplete = loaded.coverage.incomplete;
    incomplete.extend_from_slice(&judged.incomplete);
    if judged.objects == 0 && incomplete.is_empty() {
        drop(progress);
        sources::nothing(&arguments.sources);
        return Ok(Exit::Nothing);
    }
    let options = Options { allow_unsafe: arguments.allow_unsafe };
    let guards: Vec<_> = GUARDS.iter().flat_map(|id| Catalogue.controls(id).into_iter().flatten()).collect();
    let guarded = chosen.with(&guards);
    let recheck = |documents: &[Document]| {
        let Judged { mut findings, hidden, .. } = crate::judge::judge(documents, &guarded, &surroundings);
        findings.extend(hidden.into_iter().filter(|finding| GUARDS.contains(&finding.control.id)));
        findings.retain(|finding| !ASIDE.contains(&finding.control.id));
        findings
    };
    let mended = mend(loaded.documents, judged, &options, &judge, &recheck);
    drop(progress);

    loaded.notes.iter().for_each(|text| note(text));
    for gap in &incomplete {
        let line = gap.line.map(|line| format!(":{line}")).unwrap_or_default();
        note(&format!("{}{line}: not covered: {}", gap.file, gap.reason));
    }
    let mut out = String::new();
    let mut failures = Vec::new();
    let mut done = Vec::new();
    for (name, file) in &mended.files {
        if !arguments.write {
            out.push_str(&plimsoll_fix::diff(file.source.text(), &file.text, name));
        } else if let Err(failure) = write(name, file) {
            // One file that can't be written keeps no other from being mended.
            failures.push(failure);
            continue;
        } else {
            out.push_str(&format!("{}: {}\n", shown(name), count(file.fixes, "fix", "fixes")));
        }
        done.push(file);
    }
    outputs::stdout(out.as_bytes())?;
    if !arguments.write && mended.files.keys().any(|name| !plimsoll_fix::is_patchable(name)) {
        note("patch and git refuse names that lead upwards: run this from the folder above, or add --write");
    }
    tell_refused(&mended);
    summarize(&mended, &done, arguments.write);
    if !failures.is_empty() {
        return Err(Failure::Error(failures.join("\n")));
    }
    Ok(if incomplete.is_empty() { Exit::Clean } else { Exit::Incomplete })
}

/// Controls by which a fix is proved whatever was asked for: with a new finding of one of them, the cluster would
/// refuse or drop what was written.
const GUARDS: [&str; 4] =
    ["manifest/invalid-value", "manifest/newer-field", "manifest/unknown-field", "manifest/wrong-type"];

/// Controls whose new findings are no reason against a fix: a new key stands last, and a pod that leaves its node's
/// network is given the cluster's DNS.
const ASIDE: [&str; 2] = ["manifest/ndots", "manifest/unsorted-keys"];

/// Rounds of fixing. One fix can make another possible: who is privileged no more can be kept from gaining
/// privileges. Two rounds are the most that controls need today.
const ROUNDS: usize = 4;

/// What came of all rounds.
struct Mended {
    /// Changed files by name.
    files: BTreeMap<String, File>,
    /// Why fixes were not made, by what they would have fixed.
    refused: BTreeMap<Spot, String>,
    /// Fixes left that can change how a workload behaves.
    left_unsafe: usize,
    /// What is still found.
    judged: Judged,
}

/// The file, the control and the path of a finding.
type Spot = (String, &'static str, String);

fn spot(finding: &Finding) -> Spot {
    (finding.place.file.name().to_owned(), finding.control.id, finding.path.to_string())
}

struct File {
    /// As it was read.
    source: Arc<SourceFile>,
    text: String,
    fixes: usize,
}

/// Fixes until nothing more can be, each round proved against the one before.
fn mend(
    mut documents: Vec<Document>,
    mut judged: Judged,
    options: &Options,
    judge: &dyn Fn(&[Document]) -> Judged,
    recheck: &dyn Fn(&[Document]) -> Vec<Box<Finding>>,
) -> Mended {
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    let mut refused = BTreeMap::new();
    let mut round = 1;
    loop {
        // To find out again what can't be fixed is the dearest part.
        for finding in judged.findings.iter_mut().filter(|finding| finding.fix.is_some()) {
            if refused.contains_key(&spot(finding)) {
                finding.fix = None;
            }
        }
        let changes = plimsoll_fix::fix(&judged.findings, options, &mut |replaced| {
            Ok(recheck(&sources::replace(&documents, replaced)?))
        });
        for one in changes.iter().flat_map(|change| &change.refused) {
            if let Some(finding) = judged.findings.get(one.finding) {
                refused.insert(spot(finding), one.reason.clone());
            }
        }
        let made: Vec<&Change> = changes.iter().filter(|change| !change.is_empty()).collect();
        let texts: Vec<_> = made.iter().map(|change| (change.file.name(), change.text.as_str())).collect();
        let replaced = match sources::replace(&documents, &texts) {
            Ok(replaced) if !texts.is_empty() => replaced,
            _ => {
                let left_unsafe = changes.iter().map(|change| change.left_unsafe.len()).sum();
                return Mended { files, refused, left_unsafe, judged };
            }
        };
        for change in made {
            let file = files.entry(change.file.name().to_owned()).or_insert_with(|| File {
                source: Arc::clone(&change.file),
                text: String::new(),
                fixes: 0,
            });
            file.text.clone_from(&change.text);
            file.fixes += change.applied.len();
        }
        documents = replaced;
        judged = judge(&documents);
        if round == ROUNDS {
            return Mended { files, refused, left_unsafe: 0, judged };
        }
        round += 1;
    }
}

fn write(name: &str, file: &File) -> Result<(), String> {
    let path = Path::new(name);
    plimsoll_fix::write(path, file.source.text(), &file.text).map_err(|error| match path.exists() {
        true => error.to_string(),
        false => format!(
            "{name} can't be written: there is no file of this name; \
             one with bytes that are not UTF-8 must be renamed first"
        ),
    })
}

/// What has a fix that isn't made, and why: on stderr, since the diff alone is on stdout for `patch` to read.
fn tell_refused(mended: &Mended) {
    let uneditable: BTreeSet<&str> = mended
        .judged
        .findings
        .iter()
        .filter(|finding| is_uneditable(finding))
        .map(|finding| finding.place.file.name())
        .collect();
    for name in uneditable {
        let reason = match Path::new(name).is_file() {
            true => "it is not UTF-8: convert it first",
            false => "it is rendered and can't be edited: change what it is rendered from",
        };
        note(&format!("{name}: nothing is fixed here, {reason}"));
    }
    let shared = mended.judged.findings.iter().filter(|finding| is_shared(finding)).map(|finding| {
        let reason = "its value comes through an alias or a merge key: change it where it stands";
        (spot(finding), reason.to_owned())
    });
    let mut refused = mended.refused.clone();
    refused.extend(shared);
    for ((name, id, path), reason) in &refused {
        let path = if path.is_empty() { "the object" } else { path };
        note(&format!("{name}: {id} at {path} is not fixed: {reason}"));
    }
}

/// Whether a finding has no fix only because its text isn't that of a file.
fn is_uneditable(finding: &Finding) -> bool {
    finding.waived.is_none() && finding.control.fix.is_some() && !finding.place.file.is_verbatim()
}

/// Whether a finding has no fix only because its value stands in other places too.
fn is_shared(finding: &Finding) -> bool {
    finding.waived.is_none() && finding.is_shared && finding.fix.is_none()
}

/// What was done, and what more there is to do.
fn summarize(mended: &Mended, done: &[&File], is_written: bool) {
    let fixes: usize = done.iter().map(|file| file.fixes).sum();
    let fixes = count(fixes, "fix", "fixes");
    let files = count(done.len(), "file", "files");
    note(&match (done.is_empty(), is_written) {
        (true, _) if mended.files.is_empty() => "nothing to fix".to_owned(),
        (true, _) => "nothing was written".to_owned(),
        (false, true) => format!("{fixes} written to {files}"),
        (false, false) => format!("{fixes} for {files}: write them with --write"),
    });
    if mended.left_unsafe > 0 {
        let left = mended.left_unsafe;
        note(&format!("{left} more can change how a workload behaves: add them with --unsafe"));
    }
    let without = mended.judged.findings.iter().filter(|finding| {
        finding.waived.is_none()
            && finding.fix.is_none()
            && !is_uneditable(finding)
            && !is_shared(finding)
            && !mended.refused.contains_key(&spot(finding))
    });
    let open = without.count();
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
