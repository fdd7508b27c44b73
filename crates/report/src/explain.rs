//! The text of a control, a framework or a requirement for the terminal, for `plimsoll explain`.

use std::io;

use plimsoll_controls::{ENTRIES, Entry, ExampleKind, frameworks};
use plimsoll_engine::framework::{Decided, Framework, Requirement};

use crate::Style;
use crate::controls::{fix_name, profiles};
use crate::paint::{Paint, Tone, spaces};
use crate::text::{counted, wrap};

/// Writes what a control checks, why, how to fix it, with its examples and references.
pub fn explain(entry: &Entry, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let control = entry.control;
    let text = entry.text();
    let mut page = Page::new(style);

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

    if let Some(cel) = &text.cel {
        page.heading("In CEL, exactly");
        page.paragraph(
            "plimsoll export vap writes a ValidatingAdmissionPolicy of it: the list of what is wrong.",
            2,
            2,
        );
        page.text.push('\n');
        for line in cel.lines() {
            spaces(&mut page.text, 2);
            page.text.push_str(line);
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

/// Writes the requirements of a framework, each with the controls that speak for it.
pub fn explain_framework(framework: &Framework, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page::new(style);
    page.framework(framework);
    let mut answered = 0;
    for section in framework.requirements.chunk_by(|a, b| a.section == b.section) {
        if let Some(first) = section.first() {
            page.heading(first.section);
        }
        for requirement in section {
            answered +=
                usize::from(page.requirement(framework, requirement, |entry| entry.control.id.to_owned()));
        }
    }
    page.text.push('\n');
    let all = framework.requirements.len();
    page.paragraph(&format!("{}, {answered} with controls", counted(all, "requirement")), 0, 0);
    page.paragraph("manual: only a person decides it, or a program that sees more than manifests", 0, 0);
    page.hint("plimsoll scan --framework ", framework.id, " PATH shows which are met");
    out.write_all(page.text.as_bytes())
}

/// Writes a requirement of a framework, with the controls that speak for it.
pub fn explain_requirement(
    framework: &Framework,
    requirement: &Requirement,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut page = Page::new(style);
    page.framework(framework);
    page.heading(requirement.section);
    let titled = |entry: &Entry| format!("{}: {}", entry.control.id, entry.control.title);
    page.requirement(framework, requirement, titled);
    out.write_all(page.text.as_bytes())
}

struct Page {
    text: String,
    paint: Paint,
    width: usize,
}

impl Page {
    fn new(style: &Style) -> Self {
        let width = style.width.unwrap_or(Style::WIDTH).clamp(40, 100);
        Page { text: String::with_capacity(4096), paint: Paint::new(style.color), width }
    }

    fn framework(&mut self, framework: &Framework) {
        self.paint.push(&mut self.text, Tone::Name, framework.id);
        self.text.push_str(&format!("  {} {}\n{}\n", framework.name, framework.version, framework.url));
    }

    /// Whether any control speaks for it.
    fn requirement(
        &mut self,
        framework: &Framework,
        requirement: &Requirement,
        describe: impl Fn(&Entry) -> String,
    ) -> bool {
        self.paragraph(&format!("{} {}", requirement.id, requirement.title), 2, 4);
        let mut is_answered = false;
        for entry in ENTRIES {
            let speaks = entry.control.frameworks.iter().any(|reference| {
                reference.framework == framework.id && reference.requirement == requirement.id
            });
            if speaks {
                is_answered = true;
                self.paragraph(&format!("- {}", describe(entry)), 4, 6);
            }
        }
        if !is_answered {
            let who = match requirement.decided {
                Decided::Automated => "no control yet",
                Decided::Manual => "manual",
            };
            self.paint.push(&mut self.text, Tone::Dim, &format!("    {who}"));
            self.text.push('\n');
        }
        is_answered
    }

    fn hint(&mut self, before: &str, name: &str, after: &str) {
        self.text.push_str(before);
        self.paint.push(&mut self.text, Tone::Name, name);
        self.text.push_str(after);
        self.text.push('\n');
    }

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
