//! Equality with the Go libraries that kubectl reads with: what is accepted, the values, the lines of errors.
//!
//! Runs where `go` is installed and can build `tests/go-yaml`; elsewhere each test says that it is skipped,
//! or fails if `PLIMSOLL_REQUIRE_GO` is set. `PLIMSOLL_CORPUS=DIR` compares over every
//! file of a folder too; `PLIMSOLL_ROUNDS=N` makes N times as many generated documents.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use plimsoll_doc::{ErrorKind, Kind, Limits, SourceFile, parse, to_json};
use plimsoll_test_support::{GoProgram, Random, files, lines, rounds};
use serde_json::Value as Json;

mod support;

/// The Go program; `None` where it can't be built.
fn program() -> Option<GoProgram> {
    GoProgram::build("go-yaml", env!("CARGO_TARGET_TMPDIR"))
}

/// What the Go libraries make of texts: for each, a list of results.
fn ask<T: AsRef<[u8]> + Sync>(program: &GoProgram, kind: char, texts: &[T]) -> Vec<Vec<Json>> {
    let answers: Vec<_> = lines(&mut program.command(), |stdin| {
        texts.iter().map(AsRef::as_ref).try_for_each(|text| {
            writeln!(stdin, "{kind} {}", text.len())?;
            stdin.write_all(text)
        })
    });
    assert_eq!(answers.len(), texts.len());
    answers
}

/// What is different between our reading of a text and theirs.
fn difference(text: &str, theirs: &[Json], stream: bool) -> Option<String> {
    if theirs.iter().any(|their| their["ambiguous"] == true) || text.contains("\u{feff}\u{feff}") {
        return None;
    }
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let entries = parse(&file, &Limits::default());
    let mut ours = entries
        .iter()
        .filter(|entry| match entry {
            Ok(document) => document.root().kind() != Kind::Null,
            Err(error) => error.kind != ErrorKind::Ignored,
        })
        .map(|entry| match entry {
            Ok(document) => {
                let mut json = String::new();
                to_json(document.root(), &mut json);
                Ok(json)
            }
            Err(error) => Err(error),
        });
    for their in theirs {
        if let Some(json) = their["json"].as_str() {
            if json == "null" {
                continue;
            }
            // Bytes that are not UTF-8 are written as an escape, though they are the same character.
            let json = json.replace("\\ufffd", "\u{fffd}");
            match ours.next() {
                Some(Ok(our)) if our == json || (stream && unsigned(&our) == unsigned(&json)) => {}
                Some(our) => return Some(format!("ours: {our:?}\ngo: {json}")),
                None => return Some(format!("ours: nothing\ngo: {json}")),
            }
            continue;
        }
        let message = their["error"].as_str().unwrap_or_default();
        if message.starts_with("panic") {
            return None;
        }
        // The document before a bad separator is lost to kubectl; we read on. Behind JSON it tells of that.
        let told = entries
            .iter()
            .any(|entry| entry.as_ref().is_err_and(|error| error.message.contains("separator")));
        if message.contains("invalid Yaml document separator") || (message.starts_with("json:") && told) {
            return (!told).then(|| format!("ours: no error\ngo: {message}"));
        }
        return match ours.next() {
            Some(Err(error)) => {
                let line = their["line"].as_u64();
                // A mark of byte order inside the text shifts the library's lines.
                let same = stream
                    || text.chars().skip(1).any(|character| character == '\u{feff}')
                    || line.is_none_or(|line| line == u64::from(error.position.line));
                (!same).then(|| format!("ours: {error}\ngo: {message}"))
            }
            our => Some(format!("ours: {our:?}\ngo: {message}")),
        };
    }
    ours.next().map(|our| format!("ours: {our:?}\ngo: nothing more"))
}

/// JSON whose zeros have no sign: the Go program reads and writes a stream once more, and loses it.
fn unsigned(json: &str) -> String {
    [",", "]", "}"]
        .iter()
        .fold(json.to_owned(), |json, end| json.replace(&format!("-0{end}"), &format!("0{end}")))
}

/// Compares a batch; texts with separators, and JSON, are compared as files.
fn compare(program: &GoProgram, what: &str, texts: Vec<String>) -> usize {
    let (streams, documents): (Vec<_>, Vec<_>) = texts.into_iter().partition(|text| {
        text.starts_with("---") || text.contains("\n---") || text.trim_start().starts_with('{')
    });
    let mut different = 0;
    for (kind, texts) in [('D', documents), ('S', streams)] {
        let answers = ask(program, kind, &texts);
        for (text, theirs) in texts.iter().zip(&answers) {
            if let Some(difference) = difference(text, theirs, kind == 'S') {
                different += 1;
                if different <= 20 {
                    eprintln!("{what}: {text:?}\n{difference}\n");
                }
            }
        }
    }
    different
}

fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read_to_string(path).expect("text")).collect()
}

/// Every document of the corpus by itself: in these files a line of `=====` separates cases.
fn cases() -> Vec<String> {
    corpus().iter().flat_map(|text| text.split("=====\n").map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn corpus_reads_as_in_go() {
    let Some(program) = program() else { return };
    let cases = cases();
    assert!(cases.len() > 100, "{} cases", cases.len());
    assert_eq!(compare(&program, "corpus", cases), 0);
}

#[test]
fn scalars_read_as_in_go() {
    let Some(program) = program() else { return };
    let mut texts = Vec::new();
    for scalar in support::SCALARS {
        for frame in [
            "{}",
            "a: {}\n",
            "- {}\n",
            "[{}]\n",
            "{a: {}}\n",
            "{}: a\n",
            "{{}: a}\n",
            "? {}\n: b\n",
            "a: {} # c\n",
            "a: {}\nb: c\n",
            "a:\n  {}\n",
            "a: {}",
        ] {
            texts.push(frame.replace("{}", scalar));
        }
    }
    assert_eq!(compare(&program, "scalar", texts), 0);
}

#[test]
fn damaged_documents_are_refused_as_in_go() {
    let Some(program) = program() else { return };
    let mut random = Random(11);
    let damages: &[&[u8]] = &[
        b"\xff",
        b"\xc3",
        b"\x80",
        b"\xc3\x28",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xf0\x9f",
        b"\xf4\x90\x80\x80",
        b"\xc0\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\0",
        b"\x1b",
        b"\xc2\x80",
        b"\xc2\x85",
        b"\xc2\xa0",
        b"\xef\xbf\xbe",
        b"\xef\xbf\xbf",
        b"\xef\xbb\xbf",
    ];
    let mut texts = Vec::new();
    while texts.len() < 3_000 {
        let mut text = if random.chance(80) {
            support::structured(&mut random).into_bytes()
        } else {
            support::long(&mut random).into_bytes()
        };
        for _ in 0..random.below(3) {
            let at = random.below(text.len());
            let damage = random.pick(damages);
            text.splice(at..at, damage.iter().copied());
        }
        let is_stream = text.starts_with(b"---") || text.windows(4).any(|line| line == b"\n---");
        if !is_stream && !text.trim_ascii_start().starts_with(b"{") {
            texts.push(text);
        }
    }
    let mut different = 0;
    for (text, theirs) in texts.iter().zip(ask(&program, 'D', &texts)) {
        let file = Arc::new(SourceFile::new("test.yaml", text.clone()));
        let entries = parse(&file, &Limits::default());
        let ours = entries.first().is_none_or(Result::is_ok)
            || entries
                .first()
                .is_some_and(|entry| entry.as_ref().is_err_and(|error| error.kind == ErrorKind::Ignored));
        if ours != theirs[0]["error"].is_null() {
            different += 1;
            eprintln!("{}\n{entries:?}\n{theirs:?}\n", text.escape_ascii());
        }
    }
    assert_eq!(different, 0);
}

#[test]
fn numbers_read_as_in_go() {
    let Some(program) = program() else { return };
    let mut random = Random(7);
    let mut texts = Vec::new();
    for _ in 0..20_000 {
        let mut number = f64::from_bits(random.number());
        match random.below(4) {
            0 => {}
            // Halves and quarters lie between two short texts.
            1 => number = (random.number() >> 12) as f64 / 4.0,
            2 => number = (random.number() >> random.below(64)) as f64 / (1 << random.below(20)) as f64,
            _ => number = f64::from(f32::from_bits(random.number() as u32)),
        }
        if number.is_finite() {
            texts.push(format!("{number:?}: {number:?}\n"));
            texts.push(format!("{number:e}: {number:e}\n"));
        }
    }
    for exponent in -1074..1024 {
        let number = 2f64.powi(exponent);
        texts.push(format!("{number:?}: {number:?}\n{:?}: {:?}\n", number * 1.5, number * 1.25));
    }
    assert_eq!(compare(&program, "number", texts), 0);
}

#[test]
fn generated_documents_read_as_in_go() {
    let Some(program) = program() else { return };
    let mut different = 0;
    for seed in 0..rounds() {
        let mut random = Random(seed);
        let texts = (0..20_000).map(|_| support::soup(&mut random)).collect();
        different += compare(&program, "soup", texts);
        let texts = (0..10_000).map(|_| support::structured(&mut random)).collect();
        different += compare(&program, "structured", texts);
        let cases = cases();
        let texts = (0..10_000)
            .map(|_| {
                let case = &cases[random.below(cases.len())];
                support::mutated(&mut random, case)
            })
            .collect();
        different += compare(&program, "mutated", texts);
        let texts = (0..4_000).map(|_| support::stream(&mut random)).collect();
        different += compare(&program, "stream", texts);
        let texts = (0..3_000).map(|_| support::long(&mut random)).collect();
        different += compare(&program, "long", texts);
        let texts = (0..4_000).map(|_| support::json(&mut random, 3)).collect();
        different += compare(&program, "json", texts);
    }
    assert_eq!(different, 0);
}

#[test]
fn a_folder_reads_as_in_go() {
    let Ok(folder) = std::env::var("PLIMSOLL_CORPUS") else { return };
    let Some(program) = program() else { return };
    let texts: Vec<_> = files(Path::new(&folder), &["yaml", "yml", "json"])
        .into_iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    eprintln!("{} files", texts.len());
    assert_eq!(compare(&program, "file", texts), 0);
}
