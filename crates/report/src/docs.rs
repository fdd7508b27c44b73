//! The pages of `docs/` that follow from the catalogue: one for each control and each framework, and
//! an index of both. `cargo run -p plimsoll-report --example docs` writes them.

use std::fmt::Write as _;

use plimsoll_controls::{ENTRIES, Entry, ExampleKind, frameworks};
use plimsoll_engine::framework::{Decided, Framework, Requirement};

use crate::controls::{fix_name, profiles};
use crate::text::counted;

/// A page: where it goes below `docs/`, and what it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// With forward slashes: `controls/pod/privileged.md`.
    pub path: String,
    pub text: String,
}

/// First line of every page.
const WRITTEN: &str =
    "<!-- Written from the catalogue by `cargo run -p plimsoll-report --example docs`: change that. -->\n\n";

/// Every page, sorted by path.
pub fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = ENTRIES.iter().map(control).collect();
    pages.push(controls_index());
    pages.extend(frameworks::ALL.iter().map(|framework| of_framework(framework)));
    pages.push(frameworks_index());
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

fn control(entry: &Entry) -> Page {
    let control = entry.control;
    let text = entry.text();
    let mut page = String::with_capacity(4096);
    page.push_str(WRITTEN);
    let _ = writeln!(page, "# {}: `{}`\n", control.title, control.id);
    let _ = writeln!(page, "{}\n", text.summary);
    page.push_str("| | |\n|---|---|\n");
    let _ = writeln!(page, "| Severity | {} |", control.severity);
    let _ = writeln!(page, "| Profiles | {} |", profiles(entry).join(", "));
    let _ = writeln!(page, "| Fix | {} |", fix_name(control.fix));
    let applies: Vec<String> = control.applies().iter().map(|kind| format!("`{kind}`")).collect();
    let _ = writeln!(page, "| Looks at | {} |", applies.join(", "));
    if !control.aliases.is_empty() {
        let aliases: Vec<String> = control.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        let _ = writeln!(page, "| Elsewhere | {} |", aliases.join(", "));
    }
    for section in &text.sections {
        let _ = writeln!(page, "\n## {}\n\n{}", section.heading, section.body);
    }
    if !text.examples.is_empty() {
        page.push_str("\n## Examples\n");
    }
    for example in &text.examples {
        let heading = match example.kind {
            ExampleKind::Bad => "Fails on the marked lines:",
            ExampleKind::Good => "Passes:",
            ExampleKind::NearMiss => "Passes, though it looks alike:",
            ExampleKind::Fixed => "After the fix:",
        };
        let _ = writeln!(page, "\n{heading}");
        if !example.parameters.is_empty() {
            let _ = writeln!(page, "(with the parameters `{}`)", example.parameters);
        }
        page.push_str("\n```yaml\n");
        for (line, number) in example.yaml.lines().zip(1..) {
            let mark = if example.marks.contains(&number) { " # <- here" } else { "" };
            let _ = writeln!(page, "{line}{mark}");
        }
        page.push_str("```\n");
    }
    if let Some(cel) = &text.cel {
        page.push_str("\n## In CEL\n\nThe list of what is wrong, as [`plimsoll export vap`](../../export-vap.md) puts it into a policy:\n\n");
        let _ = writeln!(page, "```cel\n{cel}\n```");
    }
    if !control.frameworks.is_empty() {
        page.push_str("\n## Frameworks\n\n");
        for reference in control.frameworks {
            let Some(framework) = frameworks::framework(reference.framework) else { continue };
            let title =
                framework.requirement(reference.requirement).map_or("", |requirement| requirement.title);
            let _ = writeln!(
                page,
                "- [{} {}](../../frameworks/{}.md): {} {title}",
                framework.name, framework.version, framework.id, reference.requirement
            );
        }
    }
    Page { path: format!("controls/{}.md", control.id), text: page }
}

fn controls_index() -> Page {
    let mut page = String::with_capacity(ENTRIES.len() * 120);
    page.push_str(WRITTEN);
    let _ = writeln!(
        page,
        "# Controls\n\n{}, each with its text, its examples and its fix. `plimsoll explain ID` shows the same at a terminal.",
        counted(ENTRIES.len(), "control")
    );
    for area in ENTRIES.chunk_by(|a, b| a.control.area() == b.control.area()) {
        let Some(first) = area.first() else { continue };
        let _ = writeln!(
            page,
            "\n## {}\n\n| Control | | Severity | Profiles | Fix |\n|---|---|---|---|---|",
            first.control.area()
        );
        for entry in area {
            let control = entry.control;
            let own: Vec<_> = profiles(entry).into_iter().filter(|name| *name != "all").collect();
            let _ = writeln!(
                page,
                "| [`{id}`]({id}.md) | {} | {} | {} | {} |",
                control.title,
                control.severity,
                own.join(", "),
                fix_name(control.fix),
                id = control.id,
            );
        }
    }
    Page { path: "controls/README.md".to_owned(), text: page }
}

/// Controls that speak for a requirement, in the order of the catalogue.
fn voices(framework: &Framework, requirement: &Requirement) -> Vec<&'static str> {
    ENTRIES
        .iter()
        .filter(|entry| {
            entry.control.frameworks.iter().any(|reference| {
                reference.framework == framework.id && requirement.holds(reference.requirement)
            })
        })
        .map(|entry| entry.control.id)
        .collect()
}

fn of_framework(framework: &Framework) -> Page {
    let mut page = String::with_capacity(framework.requirements.len() * 160);
    page.push_str(WRITTEN);
    let _ = writeln!(page, "# {} {}\n", framework.name, framework.version);
    let _ = writeln!(
        page,
        "<{}>\n\n`plimsoll scan --framework {} PATH` shows which of these requirements hold. Those that\nmanifests cannot decide are manual.",
        framework.url, framework.id
    );
    for section in framework.requirements.chunk_by(|a, b| a.section == b.section) {
        let Some(first) = section.first() else { continue };
        let _ = writeln!(
            page,
            "\n## {}\n\n| Requirement | | Decided | Controls |\n|---|---|---|---|",
            first.section
        );
        for requirement in section {
            let decided = match requirement.decided {
                Decided::Automated => "automated",
                Decided::Manual => "manual",
            };
            let controls: Vec<String> = voices(framework, requirement)
                .iter()
                .map(|id| format!("[`{id}`](../controls/{id}.md)"))
                .collect();
            let _ = writeln!(
                page,
                "| {} | {} | {decided} | {} |",
                requirement.id,
                requirement.title.replace('|', "\\|"),
                controls.join(", ")
            );
        }
    }
    Page { path: format!("frameworks/{}.md", framework.id), text: page }
}

fn frameworks_index() -> Page {
    let mut page = String::from(WRITTEN);
    page.push_str("# Frameworks\n\n| Framework | Version | Requirements | Automated | With a control |\n|---|---|--:|--:|--:|\n");
    for framework in frameworks::ALL {
        let automated = framework
            .requirements
            .iter()
            .filter(|requirement| requirement.decided == Decided::Automated)
            .count();
        let spoken_for = framework
            .requirements
            .iter()
            .filter(|requirement| !voices(framework, requirement).is_empty())
            .count();
        let _ = writeln!(
            page,
            "| [{}]({}.md) | {} | {} | {automated} | {spoken_for} |",
            framework.name,
            framework.id,
            framework.version,
            framework.requirements.len()
        );
    }
    Page { path: "frameworks/README.md".to_owned(), text: page }
}
