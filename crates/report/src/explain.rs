//! A control's text for the terminal, for `plimsoll explain`.

use std::io;

use plimsoll_controls::{ENTRIES, Entry, ExampleKind, frameworks};
use plimsoll_engine::framework::Framework;

use crate::Style;
use crate::controls::{fix_name, profiles};
use crate::paint::{Paint, Tone, spaces};
use crate::text::wrap;

/// Writes what a control checks, why, how to fix it, with its examples and references.
pub fn explain(entry: &Entry, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let control = entry.control;
    let text = entry.text();
    let width = style.width.clamp(40, 100);
    let mut page = Page { text: String::with_capacity(4096), paint: Paint::new(style.color), width };

    page.paint.push(&mut page.text, Tone::Name, control.id);
    page.text.push_str("  ");
    page.paint.push(&mut page.text, Tone::Severity(control.severity), control.severity.name());
    page.text.push_str("\n\n");
    page.markdown(&text.summary, 0);

    for section in &text.sections {
        page.heading(&section.heading);
        page.markdown(&section.body, 2);
    }
    for example in &text.examples {
        page.heading(match example.kind {
            ExampleKind::Bad => "Fails",
            ExampleKind::Good => "Passes",
            ExampleKind::NearMiss => "Passes, though it looks alike",
            ExampleKind::Fixed => "After the fix",
        });
        if !example.parameters.is_empty() {
            let line = format!("with the parameters {}", example.parameters);
            page.paint.push(&mut page.text, Tone::Dim, "  ");
            page.text.push_str(&line);
            page.text.push('\n');
        }
        for (line, number) in example.yaml.lines().zip(1..) {
            let is_marked = example.marks.contains(&number);
            if is_marked {
                page.paint.push(&mut page.text, Tone::Bad, "> ");
                page.paint.push(&mut page.text, Tone::Name, line);
            } else if !line.is_empty() {
                spaces(&mut page.text, 2);
                page.text.push_str(line);
            }
            page.text.push('\n');
        }
    }

    page.heading("Facts");
    page.fact("Fix", fix_name(control.fix));
    page.fact("Profiles", &profiles(entry).join(", "));
    page.fact("Looks at", &control.applies().join(", "));
    if !control.aliases.is_empty() {
        page.fact("Elsewhere", &control.aliases.join(", "));
    }
    if !control.frameworks.is_empty() {
        page.heading("Frameworks");
        for reference in control.frameworks {
            let framework = frameworks::framework(reference.framework);
            let name = framework.map_or(reference.framework.to_owned(), |framework| {
                format!("{} {}", framework.name, framework.version)
            });
            let title = framework
                .and_then(|framework| framework.requirement(reference.requirement))
                .map_or("", |requirement| requirement.title);
            let line = format!("{name}: {} {title}", reference.requirement);
            page.paragraph(line.trim_end(), 2, 4);
        }
    }
    out.write_all(page.text.as_bytes())
}

/// Writes a framework's requirements, each with the controls that speak for it.
pub fn explain_framework(framework: &Framework, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let width = style.width.clamp(40, 100);
    let mut page = Page { text: String::with_capacity(16384), paint: Paint::new(style.color), width };
    page.paint.push(&mut page.text, Tone::Name, framework.id);
    page.text.push_str("\n\n");
    page.paragraph(&format!("{} {}", framework.name, framework.version), 0, 0);
    page.paragraph(framework.url, 0, 0);
    let mut section = "";
    for requirement in framework.requirements {
        if requirement.section != section {
            section = requirement.section;
            page.heading(section);
        }
        page.paragraph(&format!("{} {}", requirement.id, requirement.title), 2, 4);
        let speaks = |entry: &&Entry| {
            let mut references = entry.control.frameworks.iter();
            references.any(|r| r.framework == framework.id && r.requirement == requirement.id)
        };
        let controls: Vec<&str> = ENTRIES.iter().filter(speaks).map(|entry| entry.control.id).collect();
        if controls.is_empty() {
            page.paragraph("(no control)", 4, 4);
        } else {
            page.paragraph(&controls.join(", "), 4, 4);
        }
    }
    out.write_all(page.text.as_bytes())
}

struct Page {
    text: String,
    paint: Paint,
    width: usize,
}

impl Page {
    fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.paint.push(&mut self.text, Tone::Heading, heading);
        self.text.push('\n');
    }

    fn fact(&mut self, name: &str, value: &str) {
        let line = format!("{name}: {value}");
        self.paragraph(&line, 2, 4);
    }

    /// Paragraphs and list items broken anew at the width; fenced text and tables stay as they are.
    fn markdown(&mut self, markdown: &str, indent: usize) {
        let mut block = String::new();
        let mut is_fenced = false;
        for line in markdown.lines() {
            let is_fence = line.starts_with("```");
            let is_verbatim = is_fenced || is_fence || line.starts_with('|') || line.starts_with("    ");
            let is_item = line.starts_with("- ") || line.starts_with("* ");
            if is_verbatim || is_item || line.is_empty() {
                self.block(&mut block, indent);
            }
            if is_fence {
                is_fenced = !is_fenced;
            } else if is_verbatim {
                spaces(&mut self.text, indent);
                self.text.push_str(line);
                self.text.push('\n');
            } else if line.is_empty() {
                self.text.push('\n');
            } else {
                if !block.is_empty() {
                    block.push(' ');
                }
                block.push_str(line.trim());
            }
        }
        self.block(&mut block, indent);
    }

    fn block(&mut self, block: &mut String, indent: usize) {
        if !block.is_empty() {
            let hang = if block.starts_with("- ") || block.starts_with("* ") { 2 } else { 0 };
            self.paragraph(block, indent, indent + hang);
            block.clear();
        }
    }

    fn paragraph(&mut self, paragraph: &str, first: usize, other: usize) {
        for (number, line) in wrap(paragraph, self.width - other).enumerate() {
            spaces(&mut self.text, if number == 0 { first } else { other });
            self.text.push_str(line);
            self.text.push('\n');
        }
    }
}
