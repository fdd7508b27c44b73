//! The command: flags, wiring, exit codes; nothing else.

mod arguments;
mod baseline;
mod exit;
mod explain;
mod fix;
mod judge;
mod outputs;
mod read;
mod scan;
mod settings;
mod sources;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::arguments::{Arguments, Verb};
use crate::exit::{Exit, Failure};

fn main() -> ExitCode {
    let parsed = command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for and go to stdout; anything else is a usage error.
            let _ = error.print();
            return if error.use_stderr() { Exit::Error.into() } else { Exit::Clean.into() };
        }
    };
    let done = match arguments.verb {
        Verb::Scan(scan) => scan::scan(&scan),
        Verb::Fix(fix) => fix::fix(&fix),
        Verb::Read(read) => read::read(&read),
        Verb::Explain(explain) => explain::explain(&explain),
        Verb::Controls(controls) => explain::controls(&controls),
        Verb::Baseline(verb) => baseline::baseline(&verb),
        Verb::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "plimsoll", &mut std::io::stdout());
            Ok(Exit::Clean)
        }
        Verb::Man => man(),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(Failure::Closed) => Exit::Clean.into(),
        Err(Failure::Error(message)) => {
            anstream::eprintln!("{}error:{} {message}", terminal::ERROR, anstyle::Reset);
            Exit::Error.into()
        }
    }
}

/// The command line, under the name that it was called by: `kubectl` runs its plugins by their file's name.
fn command() -> clap::Command {
    let called = std::env::args_os().next().map(std::path::PathBuf::from);
    let is_plugin =
        called.is_some_and(|path| path.file_stem().is_some_and(|name| name == "kubectl-plimsoll"));
    let command = Arguments::command();
    if is_plugin { command.bin_name("kubectl plimsoll") } else { command }
}

fn man() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    outputs::stdout(&page)?;
    Ok(Exit::Clean)
}
