//! The whole way from a request to documents.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::PathBuf;
use std::time::Duration;

use plimsoll_doc::{Document, Limits, Reader, SourceFile};
use plimsoll_engine::{Coverage, Incomplete};
use rayon::prelude::*;

use crate::ahead::{Ahead, FEW};
use crate::glob::Exclusion;
use crate::read::{self, Parsed, Standing};
use crate::render::render;
use crate::tool::Tools;
use crate::walk::{self, Candidate};
use crate::{Error, Request, name};

/// Time for one run of a program that renders; a big chart takes a second.
const RENDERING: Duration = Duration::from_secs(30);

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// In the order of the paths, then of the names, then of the text.
    pub documents: Vec<Document>,
    /// `objects` is left to whoever reads the documents as objects.
    pub coverage: Coverage,
    /// What a person should know, one plain line each.
    pub notes: Vec<String>,
}

/// What a scan takes from the process around it.
pub(crate) struct Surroundings<'a> {
    /// The working directory, without `.` and `..`.
    pub directory: PathBuf,
    pub stdin: &'a mut (dyn Read + Send),
    /// Where programs that render are looked for, as the `PATH` variable has it.
    pub search_path: OsString,
    /// How long one run of such a program may take.
    pub time: Duration,
}

/// Finds, reads and parses what a request names.
///
/// # Errors
/// When a path or a glob is wrong; whatever is there and can't be read is in the coverage instead.
pub fn load(request: &Request) -> Result<Loaded, Error> {
    let directory =
        std::env::current_dir().map_err(|error| Error::Directory { reason: error.to_string() })?;
    let surroundings = Surroundings {
        directory: name::resolve(&directory),
        stdin: &mut io::stdin(),
        search_path: std::env::var_os("PATH").unwrap_or_default(),
        time: RENDERING,
    };
    load_in(request, surroundings)
}

pub(crate) fn load_in(request: &Request, surroundings: Surroundings<'_>) -> Result<Loaded, Error> {
    let exclusion = Exclusion::new(&request.exclude, &surroundings.directory)?;
    let reader = Reader::new(request.limits.clone());
    let (found, ahead) = Ahead::while_finding(&reader, |ahead| {
        walk::find(&request.paths, exclusion, &surroundings.directory, &mut |file| ahead.begin(file))
    });
    let found = found?;
    let mut loaded = Loaded::default();
    loaded.coverage.incomplete = found.incomplete;
    let tools = Tools {
        search_path: surroundings.search_path,
        time: surroundings.time,
        bytes: request.limits.bytes,
        allow_network: request.allow_network,
    };
    let rendered = render(found.files, request.render, &tools, &reader);
    loaded.notes = rendered.notes;
    let read = read_all(&rendered.files, ahead, &reader, surroundings.stdin);
    loaded.documents.reserve_exact(read.iter().map(|parsed| parsed.documents.len()).sum());
    for parsed in read.into_iter().chain(rendered.parsed) {
        loaded.add(parsed);
    }
    loaded.coverage.incomplete.sort();
    loaded.coverage.incomplete.dedup();
    Ok(loaded)
}

/// Reads the files that weren't read yet, at the same time, and gives all in their order.
fn read_all(
    files: &[Candidate],
    mut ahead: Ahead,
    reader: &Reader,
    stdin: &mut (dyn Read + Send),
) -> Vec<Parsed> {
    let mut parsed: Vec<Option<Parsed>> = files.iter().map(|file| ahead.take(file)).collect();
    // There is one standard input at most; it is read while nothing else is.
    if let Some(piped) = files.iter().position(|candidate| candidate.file.is_none()) {
        parsed[piped] = Some(read::read(&files[piped], reader, stdin));
    }
    let late: Vec<usize> =
        (0..).zip(&parsed).filter(|(_, parsed)| parsed.is_none()).map(|(at, _)| at).collect();
    let read = |at: usize| (at, read::read(&files[at], reader, &mut io::empty()));
    let late: Vec<(usize, Parsed)> = if late.len() < FEW {
        late.into_iter().map(read).collect()
    } else {
        // One by one: a few files of megabytes stand among thousands of small ones, and often side by side.
        late.into_par_iter().with_max_len(1).map(read).collect()
    };
    for (at, read) in late {
        parsed[at] = Some(read);
    }
    parsed.into_iter().flatten().collect()
}

/// The documents of a text that takes the place of a file's, for proving a change before it is
/// written: what parses, and what doesn't.
pub fn reparse(name: &str, text: String, limits: &Limits) -> (Vec<Document>, Vec<Incomplete>) {
    let parsed =
        read::text(SourceFile::new(name, text.into_bytes()), &Reader::new(limits.clone()), Standing::Meant);
    (parsed.documents, parsed.incomplete)
}

impl Loaded {
    fn add(&mut self, parsed: Parsed) {
        self.coverage.files += parsed.files;
        self.coverage.documents += parsed.documents.len();
        self.coverage.incomplete.extend(parsed.incomplete);
        self.documents.extend(parsed.documents);
    }
}
