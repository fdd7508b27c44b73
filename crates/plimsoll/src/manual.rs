//! `plimsoll man` and `plimsoll completions`.

use clap::CommandFactory;

use crate::arguments::Arguments;
use crate::exit::{Exit, Failure};
use crate::outputs;

/// The manual page of the program, or of one of its commands.
pub fn page(command: Option<&str>) -> Result<Exit, Failure> {
    let mut program = Arguments::command();
    program.build();
    let described = match command {
        None => program,
        Some(name) => {
            let verb = program
                .find_subcommand(name)
                .ok_or_else(|| format!("there is no command {name:?}: plimsoll --help lists them"))?;
            verb.clone()
        }
    };
    let mut page = Vec::new();
    let source = concat!("plimsoll ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(described).source(source).manual("Plimsoll").render(&mut page)?;
    outputs::stdout(&page)?;
    Ok(Exit::Clean)
}

pub fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plimsoll", &mut script);
    outputs::stdout(&script)?;
    Ok(Exit::Clean)
}
