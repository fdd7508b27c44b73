use std::sync::Arc;
use std::time::Instant;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Finding, Parameters, Selected, Selection, run};
use plimsoll_fix::{Options, fix};
use plimsoll_kubernetes::{Inventory, objects};
fn scan(text: &str) -> Vec<Finding> {
    let file = Arc::new(SourceFile::new("big.yaml", text.as_bytes().to_vec()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let mut all = Vec::new();
    for d in &documents { objects(d.root(), |o| all.extend(o)); }
    let inv = Inventory::new(all, "default");
    let controls = ENTRIES.iter().map(|e| Selected { control: e.control, severity: e.control.severity }).collect();
    run(&documents, &inv, &Selection { controls, parameters: Parameters::default() })
}
#[test]
fn perf() {
    let n: usize = std::env::var("N").unwrap().parse().unwrap();
    let one = std::fs::read_to_string("../../examples/voting-app/weak/worker.yaml").unwrap();
    let docs: String = (0..n).map(|i| format!("---\n{}", one.replace("name: worker", &format!("name: worker{i}")))).collect();
    // and as one list document
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{}", (0..n).map(|i| {
        let d = one.split("---").next().unwrap().replace("name: worker", &format!("name: worker{i}"));
        let d: String = d.lines().filter(|l| !l.starts_with('#')).enumerate().map(|(k, l)| if k == 0 { format!("- {l}\n") } else { format!("  {l}\n") }).collect();
        d
    }).collect::<String>());
    for text in [docs, list] {
        let t = Instant::now();
        let f = scan(&text);
        eprintln!("{} bytes {} findings {} fixable, scan {:?}", text.len(), f.len(), f.iter().filter(|f| f.fix.is_some()).count(), t.elapsed());
        let t = Instant::now();
        let mut checks = 0;
        let c = fix(&f, &Options { allow_unsafe: true }, &mut |r| { checks += 1; Ok(scan(r.first().map_or(&text, |(_, t)| t))) });
        eprintln!("fix {:?} checks {checks} applied {} refused {:?}", t.elapsed(), c[0].applied.len(), c[0].refused.iter().take(3).map(|r| (f[r.finding].control.id, &r.reason)).collect::<Vec<_>>());
    }
}
