//! Where reports go: `--output FORMAT[=FILE]`, several times.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use plimsoll_engine::framework::Framework;
use plimsoll_report::{Format, Report, Style};

use crate::exit::Failure;
use crate::terminal::{Color, width};

/// One report: what form, and where to.
#[derive(Clone, Debug)]
pub struct Output {
    pub format: Format,
    /// Standard output where there is none.
    pub file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, file) = match text.split_once('=') {
            Some((_, "" | "-")) => (text.split_once('=').map_or(text, |(format, _)| format), None),
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        Ok(Output { format: format.parse()?, file })
    }
}

/// What is written when nothing is said.
pub fn or_terminal(outputs: &[Output]) -> Result<Vec<Output>, Failure> {
    if outputs.is_empty() {
        return Ok(vec![Output { format: Format::Terminal, file: None }]);
    }
    if outputs.iter().filter(|output| output.file.is_none()).count() > 1 {
        return Err(Failure::Error(
            "two outputs go to standard output: give all but one a file, as in --output sarif=plimsoll.sarif"
                .into(),
        ));
    }
    Ok(outputs.to_vec())
}

/// Writes a report to all of its outputs; with a framework, its requirements in place of the findings
/// where the format has such a view.
pub fn write(
    outputs: &[Output],
    report: &Report<'_>,
    framework: Option<&Framework>,
    color: Color,
) -> Result<(), Failure> {
    for output in outputs {
        let mut text = Vec::new();
        let style =
            Style { color: output.file.is_none() && color.on_stdout(), width: width(), hyperlinks: false };
        match (framework, output.format) {
            (Some(framework), Format::Terminal | Format::Json) => {
                plimsoll_report::write_compliance(output.format, framework, report, &style, &mut text)?;
            }
            _ => plimsoll_report::write(output.format, report, &style, &mut text)?,
        }
        match &output.file {
            None => stdout(&text)?,
            Some(file) => fs::write(file, &text).map_err(|error| {
                Failure::Error(format!("cannot write the report to {}: {error}", file.display()))
            })?,
        }
    }
    Ok(())
}

/// Writes everything to standard output in one go.
pub fn stdout(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}
