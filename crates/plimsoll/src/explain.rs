//! `plimsoll explain` and `plimsoll controls`.

use plimsoll_controls::{ENTRIES, Entry, named, nearest};
use plimsoll_report::Style;

use crate::arguments::{Controls, Explain, ListFormat};
use crate::exit::{Exit, Failure};
use crate::outputs;
use crate::terminal::{Color, width};

pub fn explain(arguments: &Explain) -> Result<Exit, Failure> {
    let style = style(arguments.color);
    let mut text = Vec::new();
    let entries = named(&arguments.name);
    if entries.is_empty() {
        let framework =
            plimsoll_controls::framework(&arguments.name).map_err(|_| unknown(&arguments.name))?;
        plimsoll_report::explain_framework(framework, &style, &mut text)?;
    }
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            text.push(b'\n');
        }
        plimsoll_report::explain(entry, &style, &mut text)?;
    }
    outputs::stdout(&text)?;
    Ok(Exit::Clean)
}

pub fn controls(arguments: &Controls) -> Result<Exit, Failure> {
    let entries: Vec<&'static Entry> = match &arguments.profile {
        None => ENTRIES.iter().collect(),
        Some(profile) => plimsoll_controls::profile(profile).map_err(Failure::Error)?,
    };
    let mut text = Vec::new();
    match arguments.output {
        ListFormat::Json => plimsoll_report::controls_json(&entries, &mut text)?,
        ListFormat::Table => plimsoll_report::controls_table(&entries, &style(arguments.color), &mut text)?,
    }
    outputs::stdout(&text)?;
    Ok(Exit::Clean)
}

fn unknown(name: &str) -> Failure {
    let hint = match nearest(name) {
        Some(id) => format!("did you mean {id}?"),
        None => "`plimsoll controls` lists the controls".to_owned(),
    };
    Failure::Error(format!("no control and no framework is called {name:?}: {hint}"))
}

fn style(color: Color) -> Style {
    Style { color: color.on_stdout(), width: width(), hyperlinks: false }
}
