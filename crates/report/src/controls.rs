//! The catalogue as a table and as JSON, for `plimsoll controls`.

use std::io;

use plimsoll_controls::Entry;
use plimsoll_engine::{Profile, Safety};
use serde::Serialize;

use crate::Style;
use crate::paint::{Paint, Tone};
use crate::text::{columns, counted};

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    severity: &'a str,
    applies: Vec<String>,
    aliases: &'a [&'a str],
    frameworks: Vec<String>,
    profiles: Vec<&'a str>,
    fix: &'a str,
    /// Whether it can be exported as an admission policy.
    cel: bool,
}

#[derive(Serialize)]
struct Catalogue<'a> {
    version: u32,
    controls: Vec<Row<'a>>,
}

/// `safe`, `unsafe` or `none`: the best fix that a control offers.
pub(crate) fn fix_name(fix: Option<Safety>) -> &'static str {
    match fix {
        None => "none",
        Some(Safety::Safe) => "safe",
        Some(Safety::Unsafe) => "unsafe",
    }
}

/// Names of all profiles that a control belongs to.
pub(crate) fn profiles(entry: &Entry) -> Vec<&'static str> {
    Profile::ALL
        .into_iter()
        .filter(|profile| entry.control.in_profile(*profile))
        .map(Profile::name)
        .chain(["all"])
        .collect()
}

/// Writes the controls as a table: severity, id, title, fix.
pub fn controls_table(entries: &[&Entry], style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint::new(style.color);
    let ids = entries.iter().map(|entry| entry.control.id.len()).max().unwrap_or(0) + 2;
    let titles = entries.iter().map(|entry| columns(entry.control.title)).max().unwrap_or(0) + 2;
    let mut text = String::with_capacity(entries.len() * 96);
    for entry in entries {
        let control = entry.control;
        paint.pad(&mut text, Tone::Severity(control.severity), control.severity.name(), "critical".len() + 2);
        paint.pad(&mut text, Tone::Name, control.id, ids);
        match control.fix {
            None => text.push_str(control.title),
            Some(safety) => {
                let mark = if safety == Safety::Safe { "fix" } else { "unsafe fix" };
                text.push_str(control.title);
                crate::paint::spaces(&mut text, titles.saturating_sub(columns(control.title)));
                paint.push(&mut text, Tone::Dim, mark);
            }
        }
        text.push('\n');
    }
    text.push_str(&counted(entries.len(), "control"));
    text.push('\n');
    out.write_all(text.as_bytes())
}

/// Writes the controls as JSON: `{"version":1,"controls":[…]}`.
pub fn controls_json(entries: &[&Entry], out: &mut dyn io::Write) -> io::Result<()> {
    let controls = entries
        .iter()
        .map(|entry| {
            let control = entry.control;
            Row {
                id: control.id,
                title: control.title,
                severity: control.severity.name(),
                applies: control.applies(),
                aliases: control.aliases,
                frameworks: control
                    .frameworks
                    .iter()
                    .map(|reference| format!("{}:{}", reference.framework, reference.requirement))
                    .collect(),
                profiles: profiles(entry),
                fix: fix_name(control.fix),
                cel: entry.text().cel.is_some(),
            }
        })
        .collect();
    let mut out = io::BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, &Catalogue { version: 1, controls })?;
    io::Write::write_all(&mut out, b"\n")?;
    io::Write::flush(&mut out)
}
