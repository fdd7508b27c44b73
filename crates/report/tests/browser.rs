//! The HTML report in a real browser: what a person sees is what was found.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Coverage, Parameters, Selected, Selection, Severity, run};
use plimsoll_kubernetes::{Inventory, objects};
use plimsoll_report::{Format, Report, Style, write};

const MANIFEST: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: <b>web</b>
  namespace: shop
spec:
  containers:
  - name: app
    image: registry.example.com/app:1.4
    securityContext:
      privileged: true # </script><script>document.title='owned'</script>
";

/// A browser that runs without a screen, if this machine has one.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    ["chromium", "chromium-browser", "google-chrome", "chrome"]
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

fn page() -> Vec<u8> {
    let file = Arc::new(SourceFile::new("web.yaml", MANIFEST.as_bytes().to_vec()));
    let documents: Vec<Document> =
        parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("it parses")).collect();
    let mut all = Vec::new();
    documents.iter().for_each(|document| objects(document.root(), |object| all.extend(object)));
    let inventory = Inventory::new(all, "default");
    let controls: Vec<_> = ENTRIES
        .iter()
        .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
        .collect();
    let selection = Selection { controls, parameters: Parameters::default() };
    let findings = run(&documents, &inventory, &selection);
    assert!(findings.iter().any(|finding| finding.control.id == "pod/privileged"));
    let coverage = Coverage { files: 1, documents: 1, objects: 1, ..Coverage::default() };
    let report = Report {
        findings: &findings,
        hidden: &[],
        coverage: &coverage,
        notices: &[],
        controls: &selection.controls,
        not_run: &[],
        baseline: None,
        threshold: Severity::Low,
        least: Severity::Low,
        root: None,
        framework: None,
    };
    let mut html = Vec::new();
    write(Format::Html, &report, &Style::default(), &mut html).expect("a buffer takes everything");
    html
}

#[test]
fn the_page_shows_its_findings_and_runs_nothing_of_theirs() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser is installed (chromium or chrome)");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    std::fs::write(&file, page()).expect("the page is written");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--virtual-time-budget=5000"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout);
    let shown = dom.split("<script").next().unwrap_or_default();
    assert!(shown.contains("pod/privileged"), "the script has put the findings on the page");
    assert!(shown.contains("&lt;b&gt;web&lt;/b&gt;"), "names are text");
    assert!(!dom.contains("<title>owned"), "nothing of a manifest runs");
}
