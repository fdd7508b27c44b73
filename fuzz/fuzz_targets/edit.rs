//! Any edit of any text is refused, or leaves all other bytes alone; nothing panics.
//!
//! The first eight bytes of the input choose the operations, the rest is the text.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use plimsoll_doc::{
    Action, Kind, Limits, Literal, Operation, SourceFile, Value, apply, lower, parse, verify,
};

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_at_checked(8) else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let limits = Limits { alias_nodes: 1000, ..Limits::default() };
    let file = Arc::new(SourceFile::new("fuzz.yaml", text.as_bytes().to_vec()));
    let before = parse(&file, &limits);
    let readable: Vec<_> = before.iter().flatten().collect();
    let [which, first @ .., second, _] = choice else { return };
    let Some(document) = readable.get(usize::from(*which) % readable.len().max(1)) else { return };
    let mut nodes = Vec::new();
    every_node(document.root(), &mut nodes);
    let mut operations = vec![operation(&nodes, first)];
    if *second > 127 {
        operations.push(operation(&nodes, choice.get(3..).unwrap_or_default()));
    }
    let Ok(edits) = lower(document, &operations) else { return };
    let edited = apply(text, &edits).expect("the edits fit the text");
    let (mut old, mut new) = (0, 0);
    for edit in &edits {
        let kept = &text[old..edit.span.start as usize];
        assert!(edited[new..].starts_with(kept), "bytes before {edit:?} changed");
        new += kept.len() + edit.text.len();
        old = edit.span.end as usize;
    }
    assert_eq!(edited[new..], text[old..], "bytes behind the last edit changed");

    // What doesn't read as meant is refused; reading and comparing it must not panic either.
    let file = Arc::new(SourceFile::new("fuzz.yaml", edited.into_bytes()));
    let after = parse(&file, &limits);
    let place =
        before.iter().position(|entry| entry.as_ref().is_ok_and(|entry| std::ptr::eq(entry, *document)));
    if let Some(Ok(after)) = place.and_then(|place| after.get(place)) {
        let _ = verify(document, &operations, after);
    }
});

fn every_node<'d>(value: Value<'d>, nodes: &mut Vec<Value<'d>>) {
    nodes.push(value);
    value.items().chain(value.entries().map(|(_, value)| value)).for_each(|value| every_node(value, nodes));
}

/// An operation that bytes choose.
fn operation(nodes: &[Value<'_>], choice: &[u8]) -> Operation {
    let byte = |index: usize| usize::from(choice.get(index).copied().unwrap_or(0));
    let value = nodes[(byte(0) * 256 + byte(1)) % nodes.len()];
    let can_hold_keys = value.kind() == Kind::Mapping || value.is_null();
    let depth = if can_hold_keys { byte(2) % 3 } else { 0 };
    let literal = match byte(3) % 6 {
        0 => Literal::Bool(false),
        1 => Literal::Integer(1000),
        2 => Literal::from("RuntimeDefault"),
        3 => Literal::from("a: #\n'\""),
        4 => Literal::from(vec!["ALL"]),
        _ => Literal::from([("type", Literal::from("1.0")), ("on", Literal::from(vec![true]))]),
    };
    let action = match byte(2) / 3 % 3 {
        0 => Action::Set(literal),
        1 => Action::Append(literal),
        _ => Action::Remove,
    };
    let absent = ["absent", "deeper"].iter().take(depth).map(|key| (*key).to_owned()).collect();
    Operation { anchor: value.node(), absent, action }
}
