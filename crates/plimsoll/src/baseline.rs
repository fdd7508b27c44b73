//! `plimsoll baseline`, and the file that it writes.

use std::fs;
use std::path::Path;

use plimsoll_engine::Baseline;

use crate::arguments::Baseline as Verb;
use crate::exit::{Exit, Failure};
use crate::settings::Settings;
use crate::terminal::note;
use crate::{files, scan, sources};

pub fn baseline(verb: &Verb) -> Result<Exit, Failure> {
    let (Verb::Create(arguments) | Verb::Prune(arguments)) = verb;
    let file = arguments.baseline.as_path();
    let old = match verb {
        Verb::Create(_) => None,
        Verb::Prune(_) => Some(read(file)?),
    };
    let settings = Settings::load(&arguments.choice)?;
    let chosen = settings.choose(&arguments.choice)?;
    let (judged, coverage) = scan::look(&arguments.sources, &arguments.choice, &settings, &chosen, &[file])?;
    if judged.objects == 0 && coverage.incomplete.is_empty() {
        sources::nothing(&arguments.sources);
        return Ok(Exit::Nothing);
    }
    let is_complete = coverage.incomplete.is_empty();
    let (new, what) = match old {
        None => (Baseline::of(&judged.findings), String::new()),
        // What could not be read may hold what the baseline knows: nothing is dropped then.
        Some(_) if !is_complete => {
            note("nothing is pruned: not everything could be read; plimsoll scan tells what");
            return Ok(Exit::Incomplete);
        }
        Some(old) => {
            let pruned = old.prune(&judged.findings, &judged.hidden, &chosen.selection.controls);
            let unseen = match pruned.unseen {
                0 => String::new(),
                unseen => format!(", {unseen} kept since their control did not run there"),
            };
            (pruned.baseline, format!(", {} dropped{unseen}", pruned.mended))
        }
    };
    let mut text = Vec::new();
    new.write(&mut text)?;
    fs::write(file, text)
        .map_err(|error| format!("cannot write the baseline to {}: {error}", file.display()))?;
    note(&format!("{}: {} known{what}", file.display(), new.len()));
    Ok(if is_complete { Exit::Clean } else { Exit::Incomplete })
}

/// Reads a baseline file.
pub fn read(file: &Path) -> Result<Baseline, Failure> {
    let shown = file.display();
    let bytes = files::read(file).map_err(|error| format!("cannot read the baseline {shown}: {error}"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| format!("cannot read the baseline {shown}: it is not UTF-8, so it is no baseline"))?;
    Baseline::read(&file.display().to_string(), &text).map_err(|error| Failure::Error(error.to_string()))
}
