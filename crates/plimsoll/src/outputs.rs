//! Where reports go: `--output FORMAT[=FILE]`, several times.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, TypedValueParser};
use plimsoll_doc::Document;
use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::objects;
use plimsoll_report::{Format, Report};

use crate::exit::Failure;
use crate::terminal::{Color, note};

/// One report: what form, and where to.
#[derive(Clone, Debug)]
pub struct Output {
    pub format: Format,
    /// Standard output where there is none.
    pub file: Option<PathBuf>,
}

/// Reads `FORMAT[=FILE]`; the formats are offered by completions.
#[derive(Clone, Copy, Debug)]
pub struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Output, clap::Error> {
        let read = |text: &str| -> Result<Output, String> {
            let (format, file) = text.split_once('=').unwrap_or((text, "-"));
            let file = Some(file).filter(|file| *file != "-").map(PathBuf::from);
            if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) {
                return Err("the name of the file is empty; - is standard output".to_owned());
            }
            Ok(Output { format: format.parse()?, file })
        };
        read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::ALL.into_iter().map(|format| PossibleValue::new(format.name()))))
    }
}

/// What is asked for, or a report for the terminal. No two go to the same place.
pub fn chosen(outputs: &[Output]) -> Result<Vec<Output>, Failure> {
    let mut taken = HashSet::new();
    for output in outputs {
        if taken.insert(output.file.as_deref().map(plain_path)) {
            continue;
        }
        return Err(Failure::Error(match &output.file {
            None => "two outputs go to standard output: give all but one a file, as in \
                     --output sarif=plimsoll.sarif"
                .to_owned(),
            Some(file) => {
                format!("two outputs go to {}: give each a file of its own", file.display())
            }
        }));
    }
    if outputs.is_empty() {
        return Ok(vec![Output { format: Format::Terminal, file: None }]);
    }
    Ok(outputs.to_vec())
}

/// A file's path whichever way it is spelt. What stands in it is found by its folder, since it may not be there yet.
fn plain_path(file: &Path) -> PathBuf {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let whole = || Some(fs::canonicalize(folder).ok()?.join(file.file_name()?));
    fs::canonicalize(file).ok().or_else(whole).unwrap_or_else(|| file.to_owned())
}

/// Bytes of a report that are collected before they go to standard output: whoever reads it is woken for each piece, and
/// may have to share a processor with those who write it. A longer piece goes there as it is.
const BUFFER: usize = 1 << 17;

/// Writes a report to all of its outputs, also when one of them can't be written.
pub fn write(outputs: &[Output], report: &Report<'_>, color: Color) -> Result<(), Failure> {
    let mut failures = Vec::new();
    for output in outputs {
        let style = if output.file.is_none() { color.style() } else { Color::plain() };
        let render = |out: &mut dyn Write| plimsoll_report::write(output.format, report, &style, out);
        if report.framework.is_some() && !output.format.has_requirements() {
            note(&format!("{} has no view of requirements: it has the findings", output.format));
        }
        let written = match &output.file {
            None => {
                widen_pipe();
                let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
                render(&mut out).and_then(|()| out.flush()).map_err(closed)
            }
            Some(file) => {
                let mut text = Vec::new();
                render(&mut text)?;
                fs::write(file, &text).map_err(|error| {
                    Failure::Error(format!("cannot write the report to {}: {error}", file.display()))
                })
            }
        };
        match written {
            // Whoever stopped reading has seen enough; what was found still decides the exit code.
            Ok(()) | Err(Failure::Closed) => {}
            Err(Failure::Error(message)) => failures.push(message),
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::Error(failures.join("\n"))) }
}

/// Makes room in the pipe that standard output may be: who reads slowly is not to hold up who writes, and a report
/// takes megabytes.
#[cfg(target_os = "linux")]
fn widen_pipe() {
    // As much as anybody may ask for. What is no pipe refuses, and so may the system: both are well.
    let _ = rustix::pipe::fcntl_setpipe_size(io::stdout(), 1 << 20);
}

#[cfg(not(target_os = "linux"))]
fn widen_pipe() {}

/// Refuses a file to write that objects were read from.
pub fn spare_inputs(
    written: &[&Path],
    documents: &[Document],
    incomplete: &[Incomplete],
) -> Result<(), Failure> {
    for file in written {
        // What isn't there yet overwrites nothing.
        let Ok(path) = fs::canonicalize(file) else { continue };
        // Names are compared first: to ask for each file's takes longer.
        let is_it = |name: &str| {
            Path::new(name).file_name() == path.file_name()
                && fs::canonicalize(name).is_ok_and(|other| other == path)
        };
        let holds_objects = |document: &Document| {
            let mut has_some = false;
            objects(document.root(), |_| has_some = true);
            has_some
        };
        let is_read =
            documents.iter().any(|document| is_it(document.file().name()) && holds_objects(document));
        if is_read || incomplete.iter().any(|gap| is_it(&gap.file)) {
            return Err(Failure::Error(format!(
                "{} is one of the files that are checked: write to another one",
                file.display()
            )));
        }
    }
    Ok(())
}

/// Writes everything to standard output in one go.
pub fn stdout(text: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).map_err(closed)
}

/// Why standard output takes no more.
fn closed(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Error(format!("cannot write to standard output: {error}")),
    }
}
