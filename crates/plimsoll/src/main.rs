//! The command: flags, wiring, exit codes; nothing else.

mod admit;
mod arguments;
mod baseline;
mod break_glass;
mod exit;
mod explain;
mod export;
mod files;
mod fix;
mod install;
mod judge;
mod manual;
mod objects;
mod outputs;
mod progress;
mod psp;
mod pss;
mod read;
mod scan;
mod settings;
mod sources;
mod terminal;
mod threads;

use std::process::ExitCode;

use clap::FromArgMatches;
use plimsoll_allocator::Allocator;

use crate::arguments::{Arguments, Deferred, Verb, command};
use crate::exit::{Exit, Failure};

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        terminal::error(&format!(
            "internal error: {panic}\nplease report it, with the input if you can share it"
        ));
        std::process::exit(Exit::Error.into());
    }));
    let arguments =
        match command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches)) {
            Ok(arguments) => arguments,
            Err(error) => {
                // Help and version are asked for and go to stdout; anything else is a usage error.
                let _ = error.print();
                return if error.use_stderr() { Exit::Error.into() } else { Exit::Clean.into() };
            }
        };
    let color = arguments.color;
    color.govern_stderr();
    let done = match arguments.verb {
        Verb::Scan(Deferred(scan)) => scan::scan(&scan, color),
        Verb::Fix(Deferred(fix)) => fix::fix(&fix),
        Verb::Export(verb) => export::export(&verb),
        Verb::Read(Deferred(read)) => read::read(&read),
        Verb::Psp(Deferred(psp)) => psp::psp(&psp),
        Verb::Pss(Deferred(pss)) => pss::pss(&pss, color),
        Verb::Explain(Deferred(explain)) => explain::explain(&explain, color),
        Verb::Controls(Deferred(controls)) => explain::controls(&controls, color),
        Verb::Admit(Deferred(admit)) => admit::admit(&admit),
        Verb::Baseline(verb) => baseline::baseline(&verb),
        Verb::Install(Deferred(install)) => install::install(&install),
        Verb::BreakGlass(Deferred(break_glass)) => break_glass::break_glass(&break_glass),
        Verb::Completions { shell } => manual::completions(shell),
        Verb::Man { command } => manual::page(&command),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(Failure::Closed) => Exit::Clean.into(),
        Err(Failure::Error(message)) => {
            terminal::error(&message);
            Exit::Error.into()
        }
    }
}
