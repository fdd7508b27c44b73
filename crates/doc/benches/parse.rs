//! Bytes read in a second, on one core.
//!
//! `PLIMSOLL_CORPUS=DIR cargo bench -p plimsoll-doc` reads every YAML file of a folder; without it, the
//! examples of this repository. Each way of reading goes over all files until two seconds have passed,
//! three times; the best time counts.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll_doc::{Limits, SourceFile, parse, parse_by_all_rules};

fn files(folder: PathBuf) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml") {
                texts.extend(std::fs::read(&path).ok().filter(|text| std::str::from_utf8(text).is_ok()));
            }
        }
    }
    texts
}

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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/go-yaml");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-yaml");
    let built = Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(folder).status();
    if !built.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    writeln!(stdin, "B {}", documents.len()).ok()?;
    stdin.write_all(documents).ok()?;
    drop(stdin);
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    child.wait().ok()?;
    let nanoseconds: f64 = line.trim().parse().ok()?;
    Some(bytes as f64 / 1e6 / (nanoseconds / 1e9))
}

fn main() {
    let folder = match std::env::var_os("PLIMSOLL_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples"),
    };
    let files: Vec<Arc<SourceFile>> =
        files(folder).into_iter().map(|text| Arc::new(SourceFile::new("bench.yaml", text))).collect();
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
