//! `plimsoll explain` and `plimsoll controls`.

use plimsoll_controls::{ENTRIES, Entry, framework_called, named, nearest};

use crate::arguments::{Controls, Explain, ListFormat};
use crate::exit::{Exit, Failure};
use crate::outputs;
use crate::terminal::Color;

pub fn explain(arguments: &Explain, color: Color) -> Result<Exit, Failure> {
    let name = arguments.name.as_str();
    let style = color.style();
    let mut text = Vec::new();
    let entries = named(name);
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            text.push(b'\n');
        }
        plimsoll_report::explain(entry, &style, &mut text)?;
    }
    if entries.is_empty() {
        let (id, requirement) = match name.split_once(':') {
            Some((id, requirement)) => (id, Some(requirement)),
            None => (name, None),
        };
        let framework = framework_called(id)?.ok_or_else(|| unknown(name))?;
        match requirement {
            None => plimsoll_report::explain_framework(framework, &style, &mut text)?,
            Some(id) => {
                let requirement = framework.requirement(id).ok_or_else(|| {
                    let framework = framework.id;
                    format!(
                        "{framework} has no requirement {id:?}: `plimsoll explain {framework}` lists them"
                    )
                })?;
                plimsoll_report::explain_requirement(framework, requirement, &style, &mut text)?;
            }
        }
    }
    outputs::stdout(&text)?;
    Ok(Exit::Clean)
}

pub fn controls(arguments: &Controls, color: Color) -> Result<Exit, Failure> {
    let entries: Vec<&'static Entry> = match &arguments.profile {
        None => ENTRIES.iter().collect(),
        Some(profile) => plimsoll_controls::profile(profile)?,
    };
    let mut text = Vec::new();
    match arguments.output {
        ListFormat::Json => plimsoll_report::controls_json(&entries, &mut text)?,
        ListFormat::Table => plimsoll_report::controls_table(&entries, &color.style(), &mut text)?,
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
