//! Renders manifests: `show FORMAT FILE…`. For looking at a format while working on it.

use std::io::Write as _;
use std::sync::Arc;

use plimsoll_controls::{ENTRIES, frameworks};
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Coverage, Incomplete, Parameters, Selected, Selection, Severity, run};
use plimsoll_kubernetes::{Inventory, objects};
use plimsoll_report::{Format, Report, Style, write, write_compliance};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let format = arguments.next().ok_or("show FORMAT FILE…")?;
    let mut coverage = Coverage::default();
    let mut documents: Vec<Document> = Vec::new();
    for name in arguments {
        let file = Arc::new(SourceFile::new(name.clone(), std::fs::read(&name)?));
        coverage.files += 1;
        for entry in parse(&file, &Limits::default()) {
            match entry {
                Ok(document) => documents.push(document),
                Err(error) => coverage.incomplete.push(Incomplete {
                    file: name.clone(),
                    line: Some(error.position.line),
                    reason: error.message,
                }),
            }
        }
    }
    coverage.documents = documents.len();
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.extend(object.ok()));
    }
    coverage.objects = found.len();
    let inventory = Inventory::new(found, "default");
    let controls = ENTRIES
        .iter()
        .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
        .collect();
    let selection = Selection { controls, parameters: Parameters::default() };
    let findings = run(&documents, &inventory, &selection);
    let report = Report {
        findings: &findings,
        coverage: &coverage,
        notices: &[],
        controls: &selection.controls,
        baseline: None,
        threshold: Severity::Medium,
        root: None,
    };
    let style = Style { color: std::env::var_os("COLOR").is_some(), width: 100, hyperlinks: false };
    let mut out = Vec::new();
    let began = std::time::Instant::now();
    match frameworks::framework(&format) {
        Some(framework) => write_compliance(Format::Terminal, framework, &report, &style, &mut out)?,
        None => write(format.parse()?, &report, &style, &mut out)?,
    }
    eprintln!("{} findings, {} bytes in {:?}", findings.len(), out.len(), began.elapsed());
    std::io::stdout().write_all(&out)?;
    Ok(())
}
