//! Any bytes: the direct parser and all the rules read the same documents, and nothing panics.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use plimsoll_doc::{Document, Limits, SourceFile, Value, parse, parse_by_all_rules, to_json};

fn describe(document: &Document) -> String {
    let text = document.file().text();
    let mut lines = format!("{:?}\n", document.span());
    for number in 0.. {
        let Some(value) = Value::at(document, number) else { break };
        let span = value.span();
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "a span is a range of the text");
        lines.push_str(&format!(
            "{:?} {:?} {span:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}\n",
            value.kind(),
            value.style(),
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
    lines.extend(document.duplicates().map(|duplicate| format!("{duplicate:?}\n")));
    lines.push_str(&format!("{:?}\n", document.comments()));
    to_json(document.root(), &mut lines);
    lines
}

fuzz_target!(|bytes: &[u8]| {
    let file = Arc::new(SourceFile::new("fuzz.yaml", bytes.to_vec()));
    let limits = Limits { bytes: 1 << 16, depth: 64, alias_nodes: 1000, documents: 100 };
    let (direct, strict) = (parse(&file, &limits), parse_by_all_rules(&file, &limits));
    assert_eq!(direct.len(), strict.len());
    for (direct, strict) in direct.iter().zip(&strict) {
        match (direct, strict) {
            (Ok(direct), Ok(strict)) => assert_eq!(describe(direct), describe(strict)),
            (Err(direct), Err(strict)) => assert_eq!(direct.to_string(), strict.to_string()),
            _ => panic!("{direct:?}, but {strict:?}"),
        }
    }
});
