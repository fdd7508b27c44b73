//! The direct parser against all the rules: the same documents, node for node.

use std::path::Path;
use std::sync::Arc;

use plimsoll_doc::{Document, Limits, Reader, SourceFile, Value, parse, parse_by_all_rules, to_json};
use plimsoll_test_support::{Random, files, rounds};

mod support;

/// Everything that a document says of itself.
fn describe(document: &Document) -> Vec<String> {
    let mut lines = vec![format!("{:?}", document.span())];
    for number in 0.. {
        let Some(value) = Value::at(document, number) else { break };
        lines.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} parent {:?} text {:?} number {:?} {:?} {:?} shared {}",
            value.kind(),
            value.style(),
            value.span(),
            value.key(),
            value.key_span(),
            value.index(),
            value.parent(),
            value.as_str(),
            value.as_bool(),
            value.as_i64(),
            value.as_f64(),
            value.is_shared(),
        ));
    }
    lines.extend(document.duplicates().map(|duplicate| format!("{duplicate:?}")));
    lines.extend(document.comments().iter().map(|comment| format!("{comment:?}")));
    let mut json = String::new();
    to_json(document.root(), &mut json);
    lines.push(json);
    lines
}

/// How many documents of a text the tiers read alike; panics where they differ.
fn compare(text: &str) -> usize {
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let limits = Limits::default();
    let (direct, strict) = (parse(&file, &limits), parse_by_all_rules(&file, &limits));
    assert_eq!(direct.len(), strict.len(), "{text:?}");
    for (direct, strict) in direct.iter().zip(&strict) {
        match (direct, strict) {
            (Ok(direct), Ok(strict)) => {
                let (direct, strict) = (describe(direct), describe(strict));
                for (direct, strict) in direct.iter().zip(&strict) {
                    assert_eq!(direct, strict, "{text:?}");
                }
                assert_eq!(direct.len(), strict.len(), "{text:?}");
            }
            (Err(direct), Err(strict)) => assert_eq!(direct.to_string(), strict.to_string(), "{text:?}"),
            _ => panic!("{text:?}: {direct:?}, but {strict:?}"),
        }
    }
    direct.iter().flatten().for_each(compare_early_keys);
    compare_shared(text);
    direct.iter().filter(|entry| entry.is_ok()).count()
}

fn first_early(value: Value<'_>) -> Option<Value<'_>> {
    let children: Vec<Value<'_>> = value.children().collect();
    children.windows(2).find(|pair| pair[1].key() < pair[0].key()).map(|pair| pair[1])
}

/// Panics where the early keys that a document knows aren't those that a look at all its values finds.
fn compare_early_keys(document: &Document) {
    let below = |value: Value<'_>, of: Value<'_>| {
        std::iter::successors(Some(value), |value| value.parent()).any(|above| above == of)
    };
    let all: Vec<Value<'_>> = (0..).map_while(|number| Value::at(document, number)).collect();
    for &of in all.iter().step_by(1 + all.len() / 7) {
        if let Some(early) = document.early_keys(of) {
            let mut found: Vec<Value<'_>> = all
                .iter()
                .filter(|value| below(**value, of))
                .filter_map(|value| first_early(*value))
                .collect();
            found.sort_by_key(|value| value.node());
            assert_eq!(early.collect::<Vec<_>>(), found, "below {of:?} of {:?}", document.file().text());
        }
    }
}

/// Panics where a text that was read before, in another file and at another place, is read in another way.
fn compare_shared(text: &str) {
    // Only texts of some length are kept.
    let text = format!("{text}\n#{}", "-".repeat(1 << 10));
    let file = |name: &str, text: String| Arc::new(SourceFile::new(name, text.into_bytes()));
    let reader = Reader::new(Limits::default());
    reader.parse(&file("first.yaml", text.clone()));
    let second = file("second.yaml", format!("# Another one.\nkind: Other\n---\n{text}"));
    let said = |entries: Vec<plimsoll_doc::Entry>| {
        entries
            .into_iter()
            .map(|entry| entry.map(|document| describe(&document)).map_err(|error| error.to_string()))
    };
    assert!(said(reader.parse(&second)).eq(said(parse(&second, &Limits::default()))), "{text:?}");
}

fn cases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let texts: Vec<_> = paths.iter().map(|path| std::fs::read_to_string(path).expect("text")).collect();
    texts.iter().flat_map(|text| text.split("=====\n").map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_corpus() {
    assert!(cases().iter().map(|case| compare(case)).sum::<usize>() > 0);
}

#[test]
fn generated_documents() {
    let cases = cases();
    for seed in 0..rounds() {
        let mut random = Random(1 << 32 | seed);
        for _ in 0..4_000 {
            compare(&support::structured(&mut random));
            compare(&support::soup(&mut random));
            let case = &cases[random.below(cases.len())];
            compare(&support::mutated(&mut random, case));
        }
    }
}

#[test]
fn a_folder() {
    let Ok(folder) = std::env::var("PLIMSOLL_CORPUS") else { return };
    let texts = files(Path::new(&folder), &["yaml", "yml"]).into_iter();
    let documents: usize =
        texts.filter_map(|path| std::fs::read_to_string(path).ok()).map(|text| compare(&text)).sum();
    assert!(documents > 0);
}
