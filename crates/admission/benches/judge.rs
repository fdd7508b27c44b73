use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Limits, SourceFile, parse};
use plimsoll_engine::{Check, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, Object};
use std::sync::Arc;
use std::time::Instant;

fn time(what: &str, n: u32, mut f: impl FnMut()) {
    for _ in 0..n / 10 {
        f();
    }
    let mut best = f64::MAX;
    for _ in 0..5 {
        let t = Instant::now();
        for _ in 0..n {
            f();
        }
        best = best.min(t.elapsed().as_secs_f64() / f64::from(n));
    }
    println!("{what:<40} {:>9.3} us", best * 1e6);
}

fn main() {
    let bytes = include_bytes!("serve/review.json").to_vec();
    time("copy", 20000, || {
        std::hint::black_box(bytes.clone());
    });
    time("source", 20000, || {
        std::hint::black_box(SourceFile::new("r", bytes.clone()));
    });
    time("parse", 20000, || {
        let file = Arc::new(SourceFile::new("r", bytes.clone()));
        std::hint::black_box(parse(&file, &Limits::default()));
    });
    let file = Arc::new(SourceFile::new("r", bytes.clone()));
    let entries = parse(&file, &Limits::default());
    let document = entries[0].as_ref().unwrap();
    let object = document.root().get("request").unwrap().get("object").unwrap();
    time("inventory", 20000, || {
        std::hint::black_box(Inventory::new(vec![Object::new(object).unwrap()], "default"));
    });
    let inventory = Inventory::new(vec![Object::new(object).unwrap()], "default");
    let of = |keep: &dyn Fn(&Check) -> bool| Selection {
        controls: ENTRIES
            .iter()
            .map(|e| e.control)
            .filter(|c| keep(&c.check))
            .map(|control| Selected { control, severity: control.severity })
            .collect(),
        ..Selection::default()
    };
    for (name, keep) in [
        ("pod", &(|c: &Check| matches!(c, Check::Pod(_))) as &dyn Fn(&Check) -> bool),
        ("container", &|c| matches!(c, Check::Container(_))),
        ("object", &|c| matches!(c, Check::Object(..))),
        ("any", &|c| matches!(c, Check::AnyObject(_))),
        ("document", &|c| matches!(c, Check::Document(_))),
        ("inventory", &|c| matches!(c, Check::Inventory(..))),
        ("none", &|_| false),
    ] {
        let selection = of(keep);
        println!(
            "{name}: {} controls, {} findings",
            selection.controls.len(),
            run(&[], &inventory, &selection).len()
        );
        time(name, 2000, || {
            std::hint::black_box(run(&[], &inventory, &selection));
        });
    }
    let mut each = Vec::new();
    for entry in ENTRIES {
        if matches!(entry.control.check, Check::Inventory(..) | Check::Document(_)) {
            continue;
        }
        let selection = Selection {
            controls: vec![Selected { control: entry.control, severity: entry.control.severity }],
            ..Selection::default()
        };
        let n = 500;
        let t = Instant::now();
        let mut f = 0;
        for _ in 0..n {
            f = run(&[], &inventory, &selection).len();
        }
        each.push((t.elapsed().as_secs_f64() / n as f64 * 1e6, entry.control.id, f));
    }
    each.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (us, id, f) in &each[..40] {
        println!("{us:>9.3} {id} {f}");
    }
}
