//! `plimsoll psp`: PodSecurityPolicies, and the way out of them.

mod diff;
mod fixes;
mod limits;
mod migrate;
mod standard;
mod survey;
mod text;
mod users;
mod yaml;

use std::fs;
use std::path::Path;

use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::Inventory;
use plimsoll_rbac::User;
use serde_json::json;

use crate::arguments::Psp;
use crate::exit::{Exit, Failure};
use crate::objects::objects_of;
use crate::terminal::note;
use crate::{outputs, sources};

use migrate::{File, labels_of, migration};
use survey::{Survey, survey};
use users::Users;

/// What is written, and where to.
enum Format<'a> {
    Table(Option<&'a Path>),
    Json(Option<&'a Path>),
    Migration(Option<&'a Path>),
    Diff,
}

pub fn psp(arguments: &Psp) -> Result<Exit, Failure> {
    let format = format(arguments)?;
    let loaded = sources::load_plain(&arguments.sources)?;
    loaded.notes.iter().for_each(|text| note(text));
    let mut incomplete = loaded.coverage.incomplete;
    let (objects, unreadable) = objects_of(&loaded.documents);
    incomplete.extend(unreadable);
    let inventory = Inventory::new(objects, &arguments.namespace);
    let groups = arguments.as_groups.iter().map(String::as_str);
    let creator = arguments.as_user.as_deref().map(|name| User::authenticated(name, groups));
    let users = Users::new(&inventory, creator);
    let survey = survey(&inventory, &users, arguments.version);
    incomplete.extend_from_slice(&survey.incomplete);
    for gap in &incomplete {
        let line = gap.line.map(|line| format!(":{line}")).unwrap_or_default();
        note(&format!("{}{line}: not covered: {}", gap.file, gap.reason));
    }
    if survey.policies.is_empty() && incomplete.is_empty() {
        note("nothing to check: no PodSecurityPolicy was read");
        return Ok(Exit::Nothing);
    }
    if !users.are_known() {
        note(
            "no roles and bindings were read, so who may use which policy is unknown: add them to what is read",
        );
    }
    match format {
        Format::Table(file) => put(file, &text::text(&survey, arguments.version))?,
        Format::Json(file) => put(file, &as_json(&survey, &incomplete, arguments))?,
        Format::Migration(place) => {
            let files = migration(&survey, &inventory, arguments.version);
            write_migration(&files, place)?;
        }
        Format::Diff => {
            let diff = diff::diff(&survey);
            diff.notes.iter().for_each(|text| note(text));
            put(None, &diff.text)?;
        }
    }
    let is_clean = survey.denied() == 0 && survey.changing() == 0;
    let is_known = survey.unknown() == 0 && incomplete.is_empty();
    if !is_clean && !is_known {
        let (pods, gaps) = (survey.unknown(), incomplete.len());
        note(&format!("not everything was decided: {pods} unknown pods, {gaps} gaps in what was read"));
    }
    Ok(match (is_clean, is_known) {
        (false, _) => Exit::Findings,
        (true, false) => Exit::Incomplete,
        (true, true) => Exit::Clean,
    })
}

fn format(arguments: &Psp) -> Result<Format<'_>, Failure> {
    let output = arguments.output.as_deref();
    if arguments.diff {
        return Ok(Format::Diff);
    }
    if arguments.migrate {
        return Ok(Format::Migration(output.filter(|path| *path != "-").map(Path::new)));
    }
    let Some(output) = output else { return Ok(Format::Table(None)) };
    let (name, file) = output.split_once('=').unwrap_or((output, "-"));
    let file = Some(file).filter(|file| *file != "-").map(Path::new);
    match name {
        "table" | "terminal" => Ok(Format::Table(file)),
        "json" => Ok(Format::Json(file)),
        _ => Err(Failure::Error(format!(
            "--output {output:?} is neither table nor json; with --migrate it names a file or a folder"
        ))),
    }
}

fn put(file: Option<&Path>, text: &str) -> Result<(), Failure> {
    match file {
        None => match outputs::stdout(text.as_bytes()) {
            // Whoever stopped reading has seen enough; the exit code still tells.
            Err(Failure::Closed) => Ok(()),
            done => done,
        },
        Some(file) => fs::write(file, text)
            .map_err(|error| Failure::Error(format!("cannot write to {}: {error}", file.display()))),
    }
}

fn as_json(survey: &Survey<'_>, incomplete: &[Incomplete], arguments: &Psp) -> String {
    let labels: serde_json::Map<_, _> = survey
        .namespaces
        .iter()
        .map(|namespace| (namespace.name.to_owned(), json!(labels_of(namespace, arguments.version))))
        .collect();
    let mut value = json!(survey);
    value["labels"] = labels.into();
    value["incomplete"] = incomplete
        .iter()
        .map(|gap| json!({"file": gap.file, "line": gap.line, "reason": gap.reason}))
        .collect();
    format!("{value:#}\n")
}

/// One stream, one file, or a folder with a file for each part.
fn write_migration(files: &[File], place: Option<&Path>) -> Result<(), Failure> {
    let is_folder = |path: &Path| {
        path.is_dir() || path.extension().is_none() || path.as_os_str().to_string_lossy().ends_with('/')
    };
    match place {
        Some(folder) if is_folder(folder) => {
            fs::create_dir_all(folder)
                .map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;
            files.iter().try_for_each(|file| put(Some(&folder.join(file.name)), &file.text))
        }
        place => {
            // What isn't for the cluster stays in comments, so that all of it can be applied.
            let mut out = String::new();
            for file in files {
                out.push_str(&format!("# {}\n", file.name));
                if file.text.contains("---\n") || file.text.lines().all(|line| line.starts_with('#')) {
                    out.push_str(&file.text);
                } else {
                    for line in file.text.lines() {
                        out.push_str(if line.starts_with('#') { "" } else { "# " });
                        out.push_str(line);
                        out.push('\n');
                    }
                }
            }
            put(place, &out)
        }
    }
}
