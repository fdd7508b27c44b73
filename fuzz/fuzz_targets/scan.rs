//! The whole scan of any bytes: it reads, judges, reports and fixes, and never panics.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Coverage, Finding, Parameters, Selected, Selection, Severity, run};
use plimsoll_fix::Options;
use plimsoll_kubernetes::{Inventory, objects};
use plimsoll_report::{Format, Report, Style};

const FORMATS: [Format; 4] = [Format::Terminal, Format::Json, Format::Sarif, Format::Html];

fn judge(bytes: &[u8], selection: &Selection) -> Vec<Finding> {
    let file = Arc::new(SourceFile::new("fuzz.yaml", bytes.to_vec()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let mut all = Vec::new();
    documents.iter().for_each(|document| objects(document.root(), |object| all.extend(object)));
    let inventory = Inventory::new(all, "default");
    run(&documents, &inventory, selection)
}

fuzz_target!(|bytes: &[u8]| {
    let controls: Vec<_> = ENTRIES
        .iter()
        .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
        .collect();
    let selection = Selection { controls, parameters: Parameters::default() };
    let findings = judge(bytes, &selection);
    let report = Report {
        findings: &findings,
        coverage: &Coverage::default(),
        notices: &[],
        controls: &selection.controls,
        baseline: None,
        threshold: Severity::Low,
        root: None,
    };
    for format in FORMATS {
        plimsoll_report::write(format, &report, &Style::default(), &mut std::io::sink())
            .expect("a sink takes everything");
    }
    plimsoll_fix::fix(&findings, &Options { allow_unsafe: true }, &mut |replaced| {
        Ok(match replaced {
            [(_, text)] => judge(text.as_bytes(), &selection),
            _ => findings.clone(),
        })
    });
});
