//! `plimsoll man` and `plimsoll completions`.

use clap::CommandFactory;

use crate::arguments::Arguments;
use crate::exit::{Exit, Failure};
use crate::outputs;

/// The manual page of the program, or of one of its commands.
pub fn page(command: &[String]) -> Result<Exit, Failure> {
    let mut described = Arguments::command();
    described.build();
    for name in command {
        let below = described.find_subcommand(name).cloned();
        described = below.ok_or_else(|| {
            format!("there is no command {:?}: plimsoll --help lists them", command.join(" "))
        })?;
    }
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
