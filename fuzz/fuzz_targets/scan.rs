//! The whole scan of any bytes: it reads, judges, waives, reports and fixes, and never panics. The same
//! bytes are also taken for a configuration and for a baseline.

#![no_main]

use std::path::Path;
use std::sync::{Arc, OnceLock};

use libfuzzer_sys::fuzz_target;
use plimsoll_controls::{Catalogue, frameworks, select};
use plimsoll_doc::{Document, Limits, SourceFile, parse, to_json};
use plimsoll_engine::waiver::{Waiving, waive};
use plimsoll_engine::{
    Baseline, Choice, Chosen, Configuration, Coverage, Date, Finding, Notice, Severity, Surroundings, run,
};
use plimsoll_fix::Options;
use plimsoll_kubernetes::{Inventory, objects};
use plimsoll_report::{Format, Report, Style};

/// Larger inputs are not fixed: proving a fix scans them again and again.
const SMALL: usize = 2048;

fn surroundings() -> Surroundings<'static> {
    Surroundings { root: Path::new(""), working_directory: Path::new(""), namespace: "default" }
}

/// Every control, with waivers in annotations permitted.
fn chosen() -> &'static Chosen<'static> {
    static CONFIGURATION: OnceLock<Configuration> = OnceLock::new();
    static CHOSEN: OnceLock<Chosen<'static>> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let configuration = CONFIGURATION.get_or_init(|| {
            let text = "profile: all\nwaivers-by-annotation: true\n";
            let file = Arc::new(SourceFile::new("plimsoll.yaml", text.into()));
            Configuration::parse(&file, &Catalogue).expect("a configuration")
        });
        select(&Choice::default(), configuration).expect("a choice")
    })
}

fn judge(bytes: &[u8]) -> (Vec<Box<Finding>>, Vec<Notice>) {
    let (chosen, surroundings) = (chosen(), &surroundings());
    let file = Arc::new(SourceFile::new("fuzz.yaml", bytes.to_vec()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let mut json = String::new();
    let mut all = Vec::new();
    for document in &documents {
        to_json(document.root(), &mut json);
        objects(document.root(), |object| all.extend(object));
    }
    let inventory = Inventory::new(all, "default");
    let mut findings =
        chosen.settle(run(&documents, &inventory, &chosen.selection), surroundings).shown;
    let today = Date::from_unix_seconds(1_800_000_000);
    let waiving = Waiving { documents: &documents, chosen, names: &Catalogue, surroundings, today };
    let notices = waive(&mut findings, &waiving);
    (findings, notices)
}

fuzz_target!(|bytes: &[u8]| {
    let (findings, notices) = judge(bytes);
    let report = Report {
        findings: &findings,
        hidden: &[],
        coverage: &Coverage::default(),
        notices: &notices,
        controls: &chosen().selection.controls,
        not_run: &[],
        baseline: None,
        threshold: Severity::Low,
        least: Severity::Low,
        root: None,
        framework: None,
    };
    let narrow = Style { color: true, width: Some(40), hyperlinks: true };
    let sink = &mut std::io::sink();
    for format in Format::ALL {
        plimsoll_report::write(format, &report, &narrow, sink).expect("a sink takes everything");
    }
    for framework in frameworks::ALL {
        for format in [Format::Terminal, Format::Markdown] {
            let view = Report { framework: Some(framework), ..report };
            plimsoll_report::write(format, &view, &narrow, sink).expect("a sink takes everything");
        }
    }
    if bytes.len() <= SMALL {
        let changes = plimsoll_fix::fix(&findings, &Options { allow_unsafe: true }, &mut |replaced| {
            Ok(match replaced {
                [(_, text)] => judge(text.as_bytes()).0,
                _ => findings.clone(),
            })
        });
        for change in changes {
            plimsoll_fix::diff(change.file.text(), &change.text, "fuzz.yaml");
        }
    }

    let file = Arc::new(SourceFile::new("plimsoll.yaml", bytes.to_vec()));
    let _ = Configuration::parse(&file, &Catalogue);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Baseline::read("baseline.json", text);
    }
});
