//! How time grows with the size of what is scanned.
//!
//! `cargo bench -p plimsoll --bench scan -- [SIZE [NAME]]` scans inputs that are each big in another
//! way (see `estate.rs`), at a quarter of the size and at all of it, and prints the time of the whole
//! process and how it grew: the exponent is 1 where it is linear. Controls that grow faster are named.

mod estate;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll_allocator::Allocator;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};

use self::estate::SHAPES;

const PROGRAM: &str = env!("CARGO_BIN_EXE_plimsoll");
/// An exponent above this is named.
const LINEAR: f64 = 1.3;
/// A control that takes less than this is not worth a name.
const WORTH_A_NAME: Duration = Duration::from_millis(40);

/// The program's own.
#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let size: usize = arguments.first().map_or(Ok(10_000), |size| size.parse())?;
    let wanted = arguments.get(1).map_or("", String::as_str);
    println!("{:<46}{:>8}{:>10}{:>10}{:>10}{:>6}", "", "MB", "n/4 ms", "n ms", "MB/s", "exp");
    for shape in SHAPES.iter().filter(|shape| shape.name.contains(wanted)) {
        let (small, large) = ((shape.text)(size / 4), (shape.text)(size));
        let (before, after) = (scan(&small)?, scan(&large)?);
        let megabytes = large.len() as f64 / 1e6;
        let seconds = after.as_secs_f64();
        let exponent = growth(before, after);
        println!(
            "{:<46}{megabytes:>8.1}{:>10.1}{:>10.1}{:>10.1}{exponent:>6.2}{}",
            shape.name,
            before.as_secs_f64() * 1e3,
            seconds * 1e3,
            megabytes / seconds,
            if exponent > LINEAR { "  <-" } else { "" }
        );
        if !wanted.is_empty() || exponent > LINEAR {
            controls(&small, &large);
        }
    }
    Ok(())
}

/// How time grows where the input grows by four.
fn growth(before: Duration, after: Duration) -> f64 {
    (after.as_secs_f64() / before.as_secs_f64()).log(4.0)
}

/// The time of a scan with every control, as a whole process.
fn scan(text: &str) -> Result<Duration, Box<dyn Error>> {
    let begun = Instant::now();
    let mut child = Command::new(PROGRAM)
        .args(["scan", "--no-config", "--profile", "all", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    child.wait()?;
    Ok(begun.elapsed())
}

/// Names the controls that take long, or grow faster than their input.
fn controls(small: &str, large: &str) {
    let (small, large) = (read(small), read(large));
    let (small_inventory, large_inventory) = (inventory(&small), inventory(&large));
    for entry in ENTRIES {
        let selected = Selected { control: entry.control, severity: entry.control.severity };
        let selection = Selection { controls: vec![selected], ..Selection::default() };
        let time = |documents: &[Document], inventory: &Inventory<'_>| {
            let begun = Instant::now();
            let found = run(documents, inventory, &selection).len();
            (begun.elapsed(), found)
        };
        let (before, _) = time(&small, &small_inventory);
        let (after, found) = time(&large, &large_inventory);
        if after > WORTH_A_NAME {
            let (id, exponent) = (entry.control.id, growth(before, after));
            println!("    {id:<42}{:>28.1}{:>16.2}  {found} findings", after.as_secs_f64() * 1e3, exponent);
        }
    }
}

fn read(text: &str) -> Vec<Document> {
    let file = Arc::new(SourceFile::new("estate.yaml", text.as_bytes().to_vec()));
    parse(&file, &Limits::default()).into_iter().flatten().collect()
}

fn inventory(documents: &[Document]) -> Inventory<'_> {
    let mut found = Vec::new();
    for document in documents {
        objects(document.root(), |object| found.extend(object));
    }
    Inventory::new(found, "default")
}
