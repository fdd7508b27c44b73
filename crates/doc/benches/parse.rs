//! Bytes read in a second, on one core.
//!
//! `PLIMSOLL_CORPUS=DIR cargo bench -p plimsoll-doc` reads every YAML file of a folder; without it, the
//! examples of this repository. Each way of reading goes over all files until two seconds have passed,
//! three times; the best time counts.

use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll_doc::{Limits, SourceFile, parse, parse_by_all_rules};
use plimsoll_test_support::{GoProgram, files, lines};

/// Megabytes in a second of a way to read all files.
fn measure(bytes: usize, mut round: impl FnMut()) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let started = Instant::now();
        let mut rounds = 0;
        while started.elapsed() < Duration::from_secs(2) {
            round();
            rounds += 1;
        }
        best = best.min(started.elapsed() / rounds);
    }
    bytes as f64 / 1e6 / best.as_secs_f64()
}

/// The same of the library that kubectl uses, where Go is installed.
fn measure_go(bytes: usize, documents: &[u8]) -> Option<f64> {
    let program = GoProgram::build("go-yaml", env!("CARGO_TARGET_TMPDIR"))?;
    let answers: Vec<f64> = lines(&mut program.command(), |stdin| {
        writeln!(stdin, "B {}", documents.len())?;
        stdin.write_all(documents)
    });
    let nanoseconds = answers.first()?;
    Some(bytes as f64 / 1e6 / (nanoseconds / 1e9))
}

fn main() {
    let folder = match std::env::var_os("PLIMSOLL_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples"),
    };
    let texts = files(&folder, &["yaml", "yml"]).into_iter().filter_map(|path| std::fs::read(path).ok());
    let files: Vec<Arc<SourceFile>> = texts
        .filter(|text| std::str::from_utf8(text).is_ok())
        .map(|text| Arc::new(SourceFile::new("bench.yaml", text)))
        .collect();
    let bytes: usize = files.iter().map(|file| file.text().len()).sum();
    let limits = Limits::default();
    let (mut read, mut refused) = (0, 0);
    for file in &files {
        for entry in parse(file, &limits) {
            if entry.is_ok() { read += 1 } else { refused += 1 }
        }
    }
    println!("{} files, {:.1} MB, {read} documents read, {refused} refused", files.len(), bytes as f64 / 1e6);

    let ours = measure(bytes, || {
        for file in &files {
            black_box(parse(file, &limits));
        }
    });
    println!("plimsoll                      {ours:8.0} MB/s");
    let strict = measure(bytes, || {
        for file in &files {
            black_box(parse_by_all_rules(file, &limits));
        }
    });
    println!("plimsoll, by all the rules    {strict:8.0} MB/s");
    let granit = measure(bytes, || {
        for file in &files {
            for event in granit_parser::Parser::new_from_str(file.text()) {
                if black_box(event).is_err() {
                    break;
                }
            }
        }
    });
    println!("granit-parser, events alone   {granit:8.0} MB/s   1 : {:.1}", ours / granit);
    match measure_go(bytes, &documents(&files)) {
        Some(go) => println!("sigs.k8s.io/yaml              {go:8.0} MB/s   1 : {:.1}", ours / go),
        None => println!("sigs.k8s.io/yaml              skipped: go is not installed"),
    }
}

/// What the Go library is to read: the documents, framed.
fn documents(files: &[Arc<SourceFile>]) -> Vec<u8> {
    let mut framed = Vec::new();
    for file in files {
        for document in parse(file, &Limits::default()).into_iter().flatten() {
            let span = document.span();
            let text = &file.text()[span.start as usize..span.end as usize];
            framed.extend_from_slice(&(text.len() as u32).to_le_bytes());
            framed.extend_from_slice(text.as_bytes());
        }
    }
    framed
}
