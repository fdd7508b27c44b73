//! Where the time of one review goes, without a socket: `cargo bench -p plimsoll-admission --bench judge`.
//!
//! Each line is the best of several rounds on one thread, in microseconds. The last lines name the controls
//! that take longest.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use plimsoll_admission::known::Known;
use plimsoll_admission::manifests::Manifests;
use plimsoll_admission::review::{Request, read};
use plimsoll_admission::{Configuration, Gate, Part};
use plimsoll_allocator::Allocator;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::SourceFile;
use plimsoll_engine::{Check, Prepared, Selected, Selection};
use plimsoll_kubernetes::{Inventory, Object};

const REVIEW: &str = include_str!("serve/review.json");
const NAMESPACE: &str = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}}";

/// Which controls to run, by what they look at.
type Wants<'w> = &'w dyn Fn(&Check) -> bool;

fn time(times: u32, mut work: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..20 {
        let begun = Instant::now();
        for _ in 0..times {
            work();
        }
        best = best.min(begun.elapsed().as_secs_f64() * 1e6 / f64::from(times));
    }
    best
}

fn show(what: &str, work: impl FnMut()) {
    println!("{what:<44}{:>9.3}", time(500, work));
}

fn gate(text: &str) -> Gate {
    let file = Arc::new(SourceFile::new("admission.yaml", text.into()));
    Gate::new(Configuration::parse(&file).expect("a configuration"))
}

/// The program's own.
#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fn main() {
    let body = REVIEW.as_bytes();
    show("the body, copied", || drop(black_box(body.to_vec())));
    show("the document", || drop(black_box(read(body.to_vec()))));
    let document = read(body.to_vec()).expect("a document");
    show("the request", || {
        black_box(Request::of(&document).is_ok());
    });
    let Ok(request) = Request::of(&document) else { return };
    let object = Object::new(request.object.expect("an object")).expect("an object");
    show("an inventory of one object", || drop(black_box(Inventory::new(vec![object], "shop"))));
    let inventory = Inventory::new(vec![object], "shop");
    let prepared = |wants: Wants<'_>| {
        let controls = ENTRIES.iter().map(|entry| entry.control).filter(|control| wants(&control.check));
        let controls: Vec<_> =
            controls.map(|control| Selected { control, severity: control.severity }).collect();
        (controls.len(), Prepared::new(&Selection { controls, ..Selection::default() }))
    };
    let kinds: [(&str, Wants<'_>); 4] = [
        ("controls of pods", &|check| matches!(check, Check::Pod(..))),
        ("controls of containers", &|check| matches!(check, Check::Container(..))),
        ("controls of kinds", &|check| matches!(check, Check::Object(..))),
        ("controls of any object", &|check| matches!(check, Check::AnyObject(..))),
    ];
    for (what, wants) in kinds {
        let (count, prepared) = prepared(wants);
        let found = prepared.check(&object, &inventory).len();
        show(&format!("{what}: {count}, {found} findings"), || {
            drop(black_box(prepared.check(&object, &inventory)));
        });
    }
    let manifests = Manifests::read(vec![SourceFile::new("n", NAMESPACE.into())]).expect("manifests");
    let today = "2026-11-28".parse().expect("a day");
    for (what, text) in [
        ("nothing but reading", "pod-security: {enabled: false}"),
        ("Pod Security", ""),
        ("restricted enforced", "rules: [{profile: restricted, action: enforce}]"),
        ("recommended audited", "rules: [{profile: recommended, action: audit}]"),
        ("all audited", "rules: [{profile: all, action: audit}]"),
    ] {
        let gate = gate(text);
        let mut out = String::new();
        show(&format!("a whole review: {what}"), || {
            let document = read(body.to_vec()).expect("a document");
            let Ok(request) = Request::of(&document) else { return };
            let known = Known::at_once(&gate.needs(&request), &manifests);
            out.clear();
            gate.validate(&request, &known, Part::Whole, today).answer.write(request.uid, &mut out);
            black_box(&out);
        });
    }
    let mut each: Vec<_> = ENTRIES
        .iter()
        .map(|entry| entry.control)
        .filter(|control| !matches!(control.check, Check::Inventory(..) | Check::Document(_)))
        .map(|control| {
            let controls = vec![Selected { control, severity: control.severity }];
            let prepared = Prepared::new(&Selection { controls, ..Selection::default() });
            let found = prepared.check(&object, &inventory).len();
            // What a control learns of an inventory is learned anew for each review.
            let check = || {
                let inventory = Inventory::new(vec![object], "shop");
                drop(black_box(prepared.check(&object, &inventory)));
            };
            (time(50, check), control.id, found)
        })
        .collect();
    each.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("sum of all, one by one: {:.1}", each.iter().map(|(time, _, _)| time).sum::<f64>());
    each.iter().take(40).for_each(|(time, id, found)| println!("  {id:<42}{time:>9.3}  {found} findings"));
}
