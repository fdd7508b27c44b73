//! What each operation makes of a text, as tables.

use std::sync::Arc;

use super::*;
use crate::{Action, Kind, Limits, Literal, SourceFile, Value, parse};

/// An operation on the path `a/0/b`.
fn operation(document: &Document, path: &str, action: Action) -> Operation {
    let mut value = document.root();
    let mut absent = Vec::new();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        let child = match (value.kind(), step.parse::<usize>()) {
            (Kind::Sequence, Ok(index)) => value.items().nth(index),
            _ if absent.is_empty() => value.get(step),
            _ => None,
        };
        match child {
            Some(child) => value = child,
            None => absent.push(step.to_owned()),
        }
    }
    Operation { anchor: value.node(), absent, action }
}

type Step<'s> = (&'s str, Action);

fn set<'s>(path: &'s str, value: impl Into<Literal>) -> Step<'s> {
    (path, Action::Set(value.into()))
}

fn append<'s>(path: &'s str, value: impl Into<Literal>) -> Step<'s> {
    (path, Action::Append(value.into()))
}

fn remove(path: &str) -> Step<'_> {
    (path, Action::Remove)
}

fn read(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let mut entries = parse(&file, &Limits::default());
    assert_eq!(entries.len(), 1, "one document in {text:?}");
    entries.remove(0).unwrap_or_else(|error| panic!("{error} in\n{text}"))
}

fn edited(before: &str, steps: &[Step<'_>]) -> Result<String, EditError> {
    let document = read(before);
    let operations: Vec<_> =
        steps.iter().map(|(path, action)| operation(&document, path, action.clone())).collect();
    let after = apply(before, &lower(&document, &operations)?)?;
    verify(&document, &operations, &read(&after)).unwrap_or_else(|error| panic!("{error} in\n{after}"));
    Ok(after)
}

#[track_caller]
fn check<const N: usize>(before: &str, steps: [Step<'_>; N], after: &str) {
    match edited(before, &steps) {
        Ok(text) => assert!(text == after, "expected\n{after}\nfound\n{text}\n({text:?})"),
        Err(error) => panic!("{error}: {before:?}"),
    }
    // With other line ends the same happens.
    if before.contains('\n') && !before.contains('\r') {
        let text = edited(&before.replace('\n', "\r\n"), &steps).expect("the same edit with CRLF");
        assert_eq!(text, after.replace('\n', "\r\n"));
    }
}

#[track_caller]
fn check_refused<const N: usize>(before: &str, steps: [Step<'_>; N], error: EditError) {
    assert_eq!(edited(before, &steps), Err(error));
}

#[test]
fn a_scalar_is_set_in_place() {
    check("a: true # why\nb: 1\n", [set("a", false)], "a: false # why\nb: 1\n");
    check("a:   yes\n", [set("a", false)], "a:   false\n");
    check("a: 'x'\n", [set("a", "y z")], "a: 'y z'\n");
    check("a: \"x\" # c\n", [set("a", "y")], "a: \"y\" # c\n");
    check("a: 'x'\n", [set("a", "it's")], "a: 'it''s'\n");
    check("a: \"true\"\n", [set("a", true)], "a: true\n");
    check("a: x\n", [set("a", "true")], "a: \"true\"\n");
    check("a: x", [set("a", 7)], "a: 7");
    check("- a\n- b\n", [set("1", "c")], "- a\n- c\n");
    check("a: {b: true, c: 1}\n", [set("a/b", false)], "a: {b: false, c: 1}\n");
    check("a: [x, 'y']\n", [set("a/1", "z")], "a: [x, 'z']\n");
    check("a: one\n  two # c\nb: 1\n", [set("a", "x")], "a: x # c\nb: 1\n");
    check("a:\n  one\nb: 1\n", [set("a", "x")], "a:\n  x\nb: 1\n");
    check("\"a\" : 1\n", [set("a", 2)], "\"a\" : 2\n");
}

#[test]
fn a_block_scalar_gives_way_to_one_line() {
    check("a: | # note\n  x\n  y\nb: 1\n", [set("a", "z")], "a: z # note\nb: 1\n");
    check("a: >-\n  x\n\n  y\n\nb: 1\n", [set("a", 1)], "a: 1\n\nb: 1\n");
    check("a: |+\n  x\n\n", [set("a", "z")], "a: z\n");
    check("- |\n  x\n- b\n", [set("0", "z")], "- z\n- b\n");
    check("a: |\n  x", [set("a", "z")], "a: z");
}

#[test]
fn strings_are_quoted_where_they_would_read_as_something_else() {
    for text in [
        "",
        "true",
        "yes",
        "on",
        "Off",
        "n",
        "null",
        "~",
        "1",
        "1.0",
        "0x1f",
        "0o17",
        "1_000",
        "1e3",
        "12:30:45",
        "2024-01-02",
        ".inf",
        ".5",
        "+1",
        "-1",
        "-",
        "- a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "*",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "'a",
        "\"a",
        "[a",
        "{a",
        "]",
        ",a",
        "? a",
        ":a",
        " a",
        "a ",
        "=",
        "<<",
        "---",
        "...",
        "a\nb",
        "a\tb",
        "é",
        "\u{feff}x",
        "a\u{2028}b",
        "\u{7}",
        "\\",
        "a\\b",
    ] {
        let block = edited("a: x\n", &[set("a", text)]).expect(text);
        let quoted = matches!(block.as_bytes().get(3), Some(b'"' | b'\''));
        assert!(quoted || matches!(text, "a\\b" | "é"), "{block:?}");
        for before in ["a: {b: 1}\n", "{\"a\": {\"b\": 1}}", "a: ['b']\n", "a:\n- b\n"] {
            let path = if before.contains('[') || before.contains('-') { "a/0" } else { "a/b" };
            edited(before, &[set(path, text)])
                .unwrap_or_else(|error| panic!("{error}: {text:?} in {before:?}"));
        }
    }
    for text in [
        "a",
        "RuntimeDefault",
        "registry:5000/app:1.4@sha256:ab",
        "256Mi",
        "100m",
        "/var/run",
        "a b",
        "10s",
        "./x",
        "a-b_c",
        "app.example.com/x",
        "1.4-alpine",
    ] {
        check("a: x\n", [set("a", text)], &format!("a: {text}\n"));
    }
    check("a: {b: x}\n", [set("a/b", "c, d")], "a: {b: \"c, d\"}\n");
    check("a: {b: x}\n", [set("a/b", "c:1")], "a: {b: \"c:1\"}\n");
    check("z: 'q'\na: x\n", [set("a", "1")], "z: 'q'\na: '1'\n");
    check("a: x\n", [set("y", 1), set("on", 2)], "a: x\n\"y\": 1\n\"on\": 2\n");
}

#[test]
fn an_absent_key_follows_the_last_entry() {
    check("a: 1\n", [set("b", true)], "a: 1\nb: true\n");
    check("a: 1", [set("b", true)], "a: 1\nb: true");
    check("a: 1 # c\n", [set("b", true)], "a: 1 # c\nb: true\n");
    check("a:\n  b: 1\nc: 2\n", [set("a/d", 3)], "a:\n  b: 1\n  d: 3\nc: 2\n");
    check("a:\n    b: 1\nc: 2\n", [set("c2/d", 3)], "a:\n    b: 1\nc: 2\nc2:\n    d: 3\n");
    check("l:\n- a: 1\n  b: 2\n- a: 3\n", [set("l/0/c", 3)], "l:\n- a: 1\n  b: 2\n  c: 3\n- a: 3\n");
    check("l:\n  - a: 1\n  - a: 3\n", [set("l/1/c", 3)], "l:\n  - a: 1\n  - a: 3\n    c: 3\n");
    check("l:\n-   a: 1\n", [set("l/0/c", 3)], "l:\n-   a: 1\n    c: 3\n");
    check("- - a: 1\n", [set("0/0/c", 3)], "- - a: 1\n    c: 3\n");
    check(
        "a:\n  b:\n    c: 1\n\n# next\nd: 2\n",
        [set("a/e", 3)],
        "a:\n  b:\n    c: 1\n  e: 3\n\n# next\nd: 2\n",
    );
    check("a:\n  b: 1\n  # about b\nd: 2\n", [set("a/e", 3)], "a:\n  b: 1\n  e: 3\n  # about b\nd: 2\n");
    check(
        "a:\n  b:\n    c: 1\n    # d: 2\ne: 2\n",
        [set("a/f", 3)],
        "a:\n  b:\n    c: 1\n    # d: 2\n  f: 3\ne: 2\n",
    );
    check("a:\n  b: {x: 1,\n    y: 2} # c\n", [set("a/f", 3)], "a:\n  b: {x: 1,\n    y: 2} # c\n  f: 3\n");
    check("a:\n  b:\n", [set("a/f", 3)], "a:\n  b:\n  f: 3\n");
    check("a:\n  b: # none\n", [set("a/f", 3)], "a:\n  b: # none\n  f: 3\n");
    check("a:\n  b:\n  - x\n  -\n", [set("a/f", 3)], "a:\n  b:\n  - x\n  -\n  f: 3\n");
    check("\"a\": 1\n\"b\": 2\n", [set("c", 3)], "\"a\": 1\n\"b\": 2\n\"c\": 3\n");
    check("\u{feff}a: 1\n", [set("b", 2)], "\u{feff}a: 1\nb: 2\n");
    check("---\na: 1\n...\n", [set("b", 2)], "---\na: 1\nb: 2\n...\n");
    check("a: 1\na: 2\n", [set("b", 2)], "a: 1\na: 2\nb: 2\n");
    check("b: 1\na: \"x\n  y\"\n", [set("c", 2)], "b: 1\na: \"x\n  y\"\nc: 2\n");
}

#[test]
fn an_absent_key_follows_a_block_scalar() {
    check("a: |\n  x\n  # no comment\n", [set("b", 1)], "a: |\n  x\n  # no comment\nb: 1\n");
    check("a: |\n  x\n\n\n# c\n", [set("b", 1)], "a: |\n  x\nb: 1\n\n\n# c\n");
    check("a: |+\n  x\n\n\n", [set("b", 1)], "a: |+\n  x\n\n\nb: 1\n");
    check("m:\n  a: |+\n    x\n\nz: 1\n", [set("m/b", 1)], "m:\n  a: |+\n    x\n\n  b: 1\nz: 1\n");
    check("a: |-\n  x", [set("b", 1)], "a: |-\n  x\nb: 1");
    check("a: |\n  x\n     \nz: 1\n", [set("b", 1)], "a: |\n  x\n     \nz: 1\nb: 1\n");
    check("m:\n  a: >2\n      x\n\n", [set("m/b", 1)], "m:\n  a: >2\n      x\n  b: 1\n\n");
    check("m:\n  a: |\nz: 1\n", [set("m/b", 1)], "m:\n  a: |\n  b: 1\nz: 1\n");
}

#[test]
fn a_block_scalar_that_ends_the_file_keeps_its_text() {
    check("a: |\n  x", [set("b", 1)], "a: |\n  x\nb: 1");
    check("m:\n  a: >+ # c\n    x", [set("m/b", 1), set("o", 2)], "m:\n  a: >+ # c\n    x\n  b: 1\no: 2");
    check("a: |\n  x\nb: 1", [remove("b")], "a: |\n  x");
}

#[test]
fn absent_parents_are_made() {
    check(
        "spec:\n  containers:\n  - name: a\n",
        [set("spec/securityContext/seccompProfile/type", "RuntimeDefault")],
        "spec:\n  containers:\n  - name: a\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n",
    );
    check(
        "a: 1\n",
        [set("s/x", true), set("s/t/u", 1), set("s/w", false), set("s/t/v", 2)],
        "a: 1\ns:\n  x: true\n  t:\n    u: 1\n    v: 2\n  w: false\n",
    );
    check("a: 1\n", [set("s/x", true), set("s/x", true)], "a: 1\ns:\n  x: true\n");
    check_refused("a: 1\n", [set("s/x", true), set("s/x", false)], EditError::Conflict);
    check_refused("a: 1\n", [set("s", true), set("s/x", false)], EditError::Conflict);
    check_refused("a: 1\n", [set("a/b", true)], EditError::NotMapping);
    check_refused("a: [1]\n", [set("a/b", true)], EditError::NotMapping);
    check_refused("a: 1\n", [append("a", true)], EditError::NotSequence);
    check_refused("a: 1\n", [remove("b")], EditError::Missing);
    check_refused("a: 1\n", [remove("")], EditError::Missing);
}

#[test]
fn a_value_that_is_not_written_is_filled() {
    check("s:\nz: 1\n", [set("s/a/b", true)], "s:\n  a:\n    b: true\nz: 1\n");
    check("s: # c\nz: 1\n", [set("s/a", true)], "s: # c\n  a: true\nz: 1\n");
    check("s: null # c\nz: 1\n", [set("s/a", true)], "s: # c\n  a: true\nz: 1\n");
    check("s: ~\n", [set("s/a", true), set("s/b", true)], "s:\n  a: true\n  b: true\n");
    check("s:", [set("s/a", true)], "s:\n  a: true");
    check("s:\n", [set("s", true)], "s: true\n");
    check("s: # c\n", [set("s", "x")], "s: x # c\n");
    check("s: ~\n", [set("s", "x")], "s: x\n");
    check("s:\n  a:\n", [set("s/a/b", 1), set("s/c", 2)], "s:\n  a:\n    b: 1\n  c: 2\n");
    check("- a:\n- b\n", [set("0/a", 1)], "- a: 1\n- b\n");
    check("-\n- b\n", [set("0", 1)], "- 1\n- b\n");
    check("- # c\n- b\n", [set("0/a", 1), set("0/b", 2)], "- a: 1\n  b: 2 # c\n- b\n");
    check("- ~\n- b\n", [set("0/a", 1), set("0/b", 2)], "- a: 1\n  b: 2\n- b\n");
    check("{a: , b: 1}\n", [set("a", 1)], "{a: 1, b: 1}\n");
    check("{a, b: 1}\n", [set("a", 1)], "{a: 1, b: 1}\n");
    check("x: {a: null}\n", [set("x/a/b", 1)], "x: {a: {b: 1}}\n");
    check("x:\n  l:\n", [append("x/l", "i")], "x:\n  l:\n  - i\n");
    check("x:\n  l: null\n", [append("x/l", "i"), append("x/l", "j")], "x:\n  l:\n  - i\n  - j\n");
}

#[test]
fn flow_mappings_stay_flow_mappings() {
    check("a: {}\n", [set("a/b", 1)], "a: {b: 1}\n");
    check("a: { }\n", [set("a/b", 1), set("a/c/d", "x")], "a: {b: 1, c: {d: x}}\n");
    check("a: {b: 1} # c\n", [set("a/c", 2)], "a: {b: 1, c: 2} # c\n");
    check("a: { b: 1 }\n", [set("a/c", 2)], "a: { b: 1, c: 2 }\n");
    check("a: {b: 1,}\n", [set("a/c", 2)], "a: {b: 1, c: 2,}\n");
    check(
        "a: {b: {c: 1}}\n",
        [set("a/b/d", [("e", Literal::Bool(true))]), set("a/f", 1)],
        "a: {b: {c: 1, d: {e: true}}, f: 1}\n",
    );
    check("a: {\n  b: 1\n}\n", [set("a/c", 2)], "a: {\n  b: 1,\n  c: 2\n}\n");
    check("a: {\n  b: 1, # c\n}\n", [set("a/c", 2)], "a: {\n  b: 1, # c\n  c: 2,\n}\n");
    check("a: {\n  b: 1 # c\n}\n", [set("a/c", 2), set("a/d", 3)], "a: {\n  b: 1, # c\n  c: 2,\n  d: 3\n}\n");
    check("a: {b: 1,\n  c: 2}\n", [set("a/d", 3)], "a: {b: 1,\n  c: 2, d: 3}\n");
    check("a: {\n  # nothing\n}\n", [set("a/c", 2)], "a: {c: 2\n  # nothing\n}\n");
    check("a: {'b': 1}\n", [set("a/c", "x y")], "a: {'b': 1, 'c': \"x y\"}\n");
    check("a: {b}\n", [set("a/c", 2)], "a: {b, c: 2}\n");
    check("a: {b: }\n", [set("a/c", 2)], "a: {b: , c: 2}\n");
}

#[test]
fn json_stays_json() {
    check("{\"a\":1}", [set("b", true)], "{\"a\":1,\"b\":true}");
    check(
        "{\"a\":{\"x\":[]}}\n",
        [set("a/b/c", "t"), append("a/x", "i")],
        "{\"a\":{\"x\":[\"i\"],\"b\":{\"c\":\"t\"}}}\n",
    );
    check("{\"a\": 1}", [set("b/c", 1)], "{\"a\": 1, \"b\": {\"c\": 1}}");
    check("{\"a\":null,\"b\":1}", [set("a/c", "x")], "{\"a\":{\"c\":\"x\"},\"b\":1}");
    check("{\"a\":1,\"b\":2,\"c\":3}", [remove("b")], "{\"a\":1,\"c\":3}");
    check("{\"a\":1,\"b\":2,\"c\":3}", [remove("a"), remove("c"), set("d", 4)], "{\"b\":2,\"d\":4}");
    check(
        "{\n  \"a\": 1,\n  \"b\": {}\n}\n",
        [set("b/c/d", true), set("e", vec!["x"])],
        "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": {\n      \"d\": true\n    }\n  },\n  \"e\": [\n    \"x\"\n  ]\n}\n",
    );
    check(
        "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}",
        [set("a/c", 2)],
        "{\n\t\"a\": {\n\t\t\"b\": 1,\n\t\t\"c\": 2\n\t}\n}",
    );
    check(
        "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": 1\n}",
        [remove("a/1"), remove("b")],
        "{\n  \"a\": [\n    1\n  ]\n}",
    );
    check("{\n  \"a\": [\n    1\n  ]\n}", [append("a", 3)], "{\n  \"a\": [\n    1,\n    3\n  ]\n}");
    check("{\n  \"a\": [\n    1\n  ]\n}", [remove("a/0")], "{\n  \"a\": []\n}");
    check("[{\"a\":1}]", [set("0/b", 1)], "[{\"a\":1,\"b\":1}]");
    check("{\"a\":\"x\"}", [set("a", vec!["y", "z"])], "{\"a\":[\"y\",\"z\"]}");
}

#[test]
fn items_are_appended() {
    check("l:\n- a\n- b # c\nz: 1\n", [append("l", "x")], "l:\n- a\n- b # c\n- x\nz: 1\n");
    check("l:\n  - a\nz: 1\n", [append("l", "x"), append("m", "w")], "l:\n  - a\n  - x\nz: 1\nm:\n  - w\n");
    check("l: [a]\n", [append("l", "x"), append("l", "x")], "l: [a, x]\n");
    check("l: [\"a\", \"b\"]\n", [append("l", "x")], "l: [\"a\", \"b\", \"x\"]\n");
    check("l:\n- 'a'\n", [append("l", "x")], "l:\n- 'a'\n- 'x'\n");
    check("l: []\n", [append("l", "x")], "l: [x]\n");
    check("l: [\n  a,\n  b,\n]\n", [append("l", "x")], "l: [\n  a,\n  b,\n  x,\n]\n");
    check("l: [a,b]\n", [append("l", "x")], "l: [a,b,x]\n");
    check(
        "l:\n- a: 1\n",
        [append("l", [("b", Literal::Integer(2)), ("c", vec!["x"].into())])],
        "l:\n- a: 1\n- b: 2\n  c:\n  - x\n",
    );
    check("c:\n- n: a\n", [append("c/0/s/drop", "ALL")], "c:\n- n: a\n  s:\n    drop:\n    - ALL\n");
    check("- - a\n", [append("0", "b"), append("", "c")], "- - a\n  - b\n- c\n");
}

#[test]
fn entries_are_removed_with_their_lines() {
    check("a: 1\nb: 2 # c\nc: 3\n", [remove("b")], "a: 1\nc: 3\n");
    check("a: 1\nb: 2\n", [remove("a")], "b: 2\n");
    check("a: 1\nb: 2\n", [remove("b")], "a: 1\n");
    check("a: 1\nb: 2", [remove("b")], "a: 1");
    check("a: 1\nb: 2\n# c\nc: 3\nd: 4\n", [remove("a"), remove("b"), remove("c")], "# c\nd: 4\n");
    check("\u{feff}a: 1\nb: 2\n", [remove("a")], "\u{feff}b: 2\n");
    check(
        "a: 1\n# about b\nb:\n  x: 1\n  # deep\n# about c\nc: 3\n",
        [remove("b")],
        "a: 1\n# about b\n# about c\nc: 3\n",
    );
    check("a:\n  b: 1\n  c: 2\nd: 3\n", [remove("a/b"), remove("d")], "a:\n  c: 2\n");
    check("a: |\n  x\n\nb: 1\n", [remove("a")], "\nb: 1\n");
    check("a: 1\nb: 2\na: 3\n", [remove("a")], "b: 2\n");
    check("a: |+\n  x\n\nb: 1\n\nc: 2\n", [remove("b")], "a: |+\n  x\n\nc: 2\n");
    check("a: |\n  x\nb: 1\n\n  # deep\n# c\nc: 2\n", [remove("b")], "a: |\n  x\n# c\nc: 2\n");
    check("---\na: 1\nb: 2\n", [remove("a")], "---\nb: 2\n");
    check("a: 1\nb: 2\nc: 3\n", [remove("b"), remove("c"), set("d", 4)], "a: 1\nd: 4\n");
    check("s:\n  a:\n    x: 1\nt: 1\n", [remove("s/a/x"), set("s/b", 2)], "s:\n  a: {}\n  b: 2\nt: 1\n");
    check("s:\n  a:\n    x: 1\n", [remove("s/a"), set("s/a/x", 2)], "s: {}\n");
}

#[test]
fn the_entry_at_the_dash_gives_its_place_to_the_next() {
    check("- a: 1\n  b: 2\n- c: 3\n", [remove("0/a")], "- b: 2\n- c: 3\n");
    check("- a: 1 # c\n\n  b: 2\n", [remove("0/a")], "- b: 2\n");
    check("- a: 1\n  # about b\n  b: 2\n", [remove("0/a")], "- # about b\n  b: 2\n");
    check("- a:\n    x: 1\n  b: 2\n  c: 3\n", [remove("0/a"), remove("0/b")], "- c: 3\n");
    check("- a: 1\n  b: 2\n", [remove("0/a"), remove("0/b")], "- {}\n");
    check("- a: 1\n  b: 2\n", [remove("0/a"), remove("0/b"), set("0/c", 3)], "- c: 3\n");
    check("- - a\n  - b\n", [remove("0/0")], "- - b\n");
    check("-\n  a: 1\n  b: 2\n", [remove("0/a")], "-\n  b: 2\n");
}

#[test]
fn items_are_removed_with_their_lines() {
    check("l:\n- a\n- b # c\n- c\n", [remove("l/1")], "l:\n- a\n- c\n");
    check("l:\n- a: 1\n  b: 2\n- c: 3\nz: 1\n", [remove("l/0")], "l:\n- c: 3\nz: 1\n");
    check("l:\n- a\n- b\n", [remove("l/1")], "l:\n- a\n");
    check("l:\n- a\n-\n- b\n", [remove("l/1")], "l:\n- a\n- b\n");
    check("l:\n- a\n- b\n- c\n", [remove("l/0"), remove("l/1"), append("l", "d")], "l:\n- c\n- d\n");
}

#[test]
fn what_becomes_empty_says_so() {
    check("s:\n  a: 1\nz: 1\n", [remove("s/a")], "s: {}\nz: 1\n");
    check("s: # c\n  a: 1\n", [remove("s/a")], "s: {} # c\n");
    check("s:\n  a: 1", [remove("s/a")], "s: {}");
    check("l:\n- a\n- b\nz: 1\n", [remove("l/0"), remove("l/1")], "l: []\nz: 1\n");
    check("a: 1\n", [remove("a")], "{}\n");
    check("s: {a: 1}\n", [remove("s/a")], "s: {}\n");
    check("s:\n  a: 1\nz: 1\n", [remove("s/a"), set("s/b", 2)], "s:\n  b: 2\nz: 1\n");
}

#[test]
fn commas_follow_what_is_removed() {
    check("a: [x, y, z]\n", [remove("a/0")], "a: [y, z]\n");
    check("a: [x, y, z]\n", [remove("a/1")], "a: [x, z]\n");
    check("a: [x, y, z]\n", [remove("a/2")], "a: [x, y]\n");
    check("a: [x, y, z,]\n", [remove("a/2")], "a: [x, y,]\n");
    check("a: [x, y, z]\n", [remove("a/0"), remove("a/2")], "a: [y]\n");
    check("a: [x, y, z]\n", [remove("a/1"), remove("a/2"), append("a", "w")], "a: [x, w]\n");
    check("a: [\n  x, # 1\n  y, # 2\n  z # 3\n]\n", [remove("a/1")], "a: [\n  x, # 1\n  z # 3\n]\n");
    check("a: [\n  x, # 1\n  y # 2\n]\n", [remove("a/1")], "a: [\n  x # 1\n]\n");
    check("a: [\n  x, # 1\n  y, # 2\n]\n", [remove("a/1"), append("a", "z")], "a: [\n  x, # 1\n  z,\n]\n");
    check("a: {b: 1, c: 2}\n", [remove("a/b")], "a: {c: 2}\n");
    check("a: {b, c: 2}\n", [remove("a/b")], "a: {c: 2}\n");
    check("a: {b: [1, 2], c: {d: 1}}\n", [remove("a/c")], "a: {b: [1, 2]}\n");
}

#[test]
fn collections_are_replaced() {
    check("a:\n  b: 1\n  c: 2\nz: 1\n", [set("a", true)], "a: true\nz: 1\n");
    check("a: # c\n  b: 1\nz: 1\n", [set("a", [("x", Literal::Bool(true))])], "a: # c\n  x: true\nz: 1\n");
    check("l:\n- a\n- b\nz: 1\n", [set("l", vec!["x"])], "l:\n- x\nz: 1\n");
    check("l: [a, b]\n", [set("l", vec!["x"])], "l: [x]\n");
    check("l: [\"a\", \"b\"]\n", [set("l", vec!["x"])], "l: [\"x\"]\n");
    check("l: x # c\nz: 1\n", [set("l", vec!["x", "z"])], "l: # c\n- x\n- z\nz: 1\n");
    check("l: |\n  x\nz: 1\n", [set("l", vec!["x", "z"])], "l:\n- x\n- z\nz: 1\n");
    check(
        "- a: 1\n  b: 2\n- c\n",
        [set("0", [("x", Literal::Integer(1)), ("z", Literal::Integer(2))])],
        "- x: 1\n  z: 2\n- c\n",
    );
    check("- a: 1\n- c\n", [set("0", "s")], "- s\n- c\n");
    check("l:\n- a\n", [set("l", Literal::Sequence(Vec::new()))], "l: []\n");
    check_refused("a:\n  b: 1\n", [set("a", true), set("a/b", 2)], EditError::Conflict);
}

#[test]
fn shared_values_are_refused() {
    check_refused("a: &x\n  b: 1\nc: *x\n", [set("a/b", 2)], EditError::Shared);
    check_refused("a: &x\n  b: 1\nc: *x\n", [set("c/b", 2)], EditError::Shared);
    check_refused("a: &x\n  b: 1\nc:\n  <<: *x\n  d: 1\n", [set("c/b", 2)], EditError::Shared);
    check(
        "a: &x\n  b: 1\nc:\n  d: 1\n  <<: *x\nz: 1\n",
        [set("c/e", 2)],
        "a: &x\n  b: 1\nc:\n  d: 1\n  <<: *x\n  e: 2\nz: 1\n",
    );
    check("a: &x 1\nc:\n  d: *x\nz: 1\n", [set("c/e", 2)], "a: &x 1\nc:\n  d: *x\n  e: 2\nz: 1\n");
    check_refused("a: {b: &x 1}\nc: *x\n", [remove("a")], EditError::Shared);
    check("a: &x 1\nb:\n  c: *x\nd: 2\n", [remove("b")], "a: &x 1\nd: 2\n");
    check("a: &x 1\nc: [*x , 2]\n", [remove("c/1")], "a: &x 1\nc: [*x]\n");
    check_refused("a: !!str x\n", [set("a", true)], EditError::Layout("a value with a tag or an anchor"));
    check_refused("a: &x y\n", [set("a", true)], EditError::Layout("a value with a tag or an anchor"));
}

#[test]
fn text_that_is_not_verbatim_is_refused() {
    let file = Arc::new(SourceFile::new("x", vec![0xff, 0xfe, b'a', 0, b':', 0, b' ', 0, b'1', 0]));
    for document in parse(&file, &Limits::default()).into_iter().flatten() {
        let operation = operation(&document, "a", Action::Set(Literal::Bool(true)));
        assert_eq!(lower(&document, &[operation]), Err(EditError::NotVerbatim));
    }
}

#[test]
fn only_the_document_that_is_meant_changes() {
    let text = "a: 1\n---\na: 2\nb: 3\n---\na: 4\n";
    let file = Arc::new(SourceFile::new("x", text.as_bytes().to_vec()));
    let documents = parse(&file, &Limits::default());
    let Some(Ok(document)) = documents.get(1) else { panic!("three documents") };
    let operations =
        [operation(document, "c", Action::Set(true.into())), operation(document, "a", Action::Remove)];
    let after = apply(text, &lower(document, &operations).expect("an edit")).expect("no overlap");
    assert_eq!(after, "a: 1\n---\nb: 3\nc: true\n---\na: 4\n");
}

#[test]
fn edits_that_overlap_or_leave_the_text_are_refused() {
    let edit = |start, end| TextEdit { span: Span { start, end }, text: "x".to_owned() };
    assert_eq!(apply("abcd", &[edit(0, 1), edit(1, 1), edit(3, 4)]), Ok("xxbcx".to_owned()));
    assert_eq!(apply("abcd", &[edit(0, 2), edit(1, 3)]), Err(EditError::Overlap));
    assert_eq!(apply("abcd", &[edit(2, 3), edit(0, 1)]), Err(EditError::Overlap));
    assert_eq!(apply("abcd", &[edit(3, 5)]), Err(EditError::Overlap));
    assert_eq!(apply("é", &[edit(1, 2)]), Err(EditError::Overlap));
}

#[test]
fn an_operation_on_a_node_that_is_not_there_is_refused() {
    let document = read("a: 1\n");
    let operation = Operation { anchor: 99, absent: Vec::new(), action: Action::Remove };
    assert_eq!(lower(&document, &[operation]), Err(EditError::Missing));
    assert!(Value::at(&document, 99).is_none());
}

#[test]
fn a_document_as_deep_as_may_be_is_edited() {
    let depth = Limits::default().depth - 2;
    let block: String = (0..depth).map(|level| format!("{:level$}a:\n", "")).collect();
    let path = "a/".repeat(depth) + "b";
    let text = edited(&block, &[set(&path, 1), set("c", 2)]).expect("a deep mapping");
    assert_eq!(text, format!("{block}{:depth$}b: 1\nc: 2\n", ""));
    let flow = format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    let path = "a/".to_owned() + &"0/".repeat(depth - 1);
    let text = edited(&flow, &[append(&path, 1)]).expect("a deep list");
    assert_eq!(text, flow.replace("[]", "[1]"));
}

#[test]
fn a_column_may_be_far_to_the_right() {
    let far = " ".repeat(70_000);
    check(
        &format!("a:\n{far}b: 1\n"),
        [set("a/c", vec!["x"])],
        &format!("a:\n{far}b: 1\n{far}c:\n{far}- x\n"),
    );
}

#[test]
fn strings_have_quotes_where_they_must() {
    for plain in ["pods/ephemeralcontainers", "variables.violations.size() == 0", "v1", "a:b"] {
        assert_eq!(yaml_string(plain, false), plain);
    }
    for other in
        ["", "yes", "No", "n", "1", "a: b", "a #b", "- a", "[a", "a\"b", "restricted:", "null", "a\nb"]
    {
        assert!(yaml_string(other, false).starts_with('"'), "{other:?}");
    }
    assert_eq!(yaml_string("a, b", true), "\"a, b\"");
    assert_eq!(yaml_string("a\"b\n", false), r#""a\"b\n""#);
}
