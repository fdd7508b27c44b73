//! What one pod costs, as an admission webhook judges it: on one core, every control, nothing kept between
//! pods but the prepared selection.
//!
//! `cargo bench -p plimsoll --bench pod -- [ROUNDS]` prints the time of reading a pod and of checking it, for
//! one that little is found in and for one that much is found in. `valgrind --tool=callgrind` over the same
//! program counts instructions, which a busy machine doesn't change.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll_allocator::Allocator;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Parameters, Prepared, Selected, Selection};
use plimsoll_kubernetes::{Inventory, Object};

const PODS: [(&str, &str); 2] =
    [("hardened", include_str!("hardened.json")), ("weak", include_str!("weak.json"))];

/// The program's own.
#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let rounds: u32 = arguments.first().map_or(Ok(20_000), |rounds| rounds.parse())?;
    let select = |entry: &plimsoll_controls::Entry| Selected {
        control: entry.control,
        severity: entry.control.severity,
    };
    let selection =
        Selection { controls: ENTRIES.iter().map(select).collect(), parameters: Parameters::default() };
    let prepared = Prepared::new(&selection);
    println!("{:<10}{:>8}{:>10}{:>10}{:>10}{:>10}", "", "bytes", "read µs", "all µs", "check µs", "findings");
    for (name, text) in PODS {
        let documents = read(text);
        let object = object(&documents)?;
        let found = prepared.check(&object, &Inventory::new(vec![object], "default")).len();
        let reading = time(rounds, || {
            black_box(read(black_box(text)));
        });
        let whole = time(rounds, || {
            let documents = read(black_box(text));
            if let Ok(object) = self::object(&documents) {
                black_box(prepared.check(&object, &Inventory::new(vec![object], "default")));
            }
        });
        let inventory = Inventory::new(vec![object], "default");
        let checking = time(rounds, || {
            black_box(prepared.check(black_box(&object), &inventory));
        });
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        println!(
            "{name:<10}{:>8}{:>10.2}{:>10.2}{:>10.2}{found:>10}",
            text.len(),
            micros(reading),
            micros(whole),
            micros(checking)
        );
    }
    Ok(())
}

fn read(text: &str) -> Vec<Document> {
    let file = Arc::new(SourceFile::new("request", text.into()));
    parse(&file, &Limits::default()).into_iter().flatten().collect()
}

fn object(documents: &[Document]) -> Result<Object<'_>, &'static str> {
    documents.first().and_then(|document| Object::new(document.root())).ok_or("the pod cannot be read")
}

/// The time of one round: the median of several runs of many.
fn time(rounds: u32, mut round: impl FnMut()) -> Duration {
    let mut runs: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            (0..rounds).for_each(|_| round());
            start.elapsed() / rounds.max(1)
        })
        .collect();
    runs.sort_unstable();
    runs[runs.len() / 2]
}
