//! Bad input: too much, too deep, broken, damaged. A clear error each, and nothing else lost.

use std::sync::Arc;

use plimsoll_doc::{
    Document, Entry, ErrorKind, Kind, Limits, SourceFile, Value, parse, parse_by_all_rules, to_json,
};

fn read_bytes(bytes: &[u8], limits: &Limits) -> Vec<Entry> {
    parse(&Arc::new(SourceFile::new("test.yaml", bytes.to_vec())), limits)
}

fn read(text: &str) -> Vec<Entry> {
    read_bytes(text.as_bytes(), &Limits::default())
}

fn json(document: &Document) -> String {
    let mut json = String::new();
    to_json(document.root(), &mut json);
    json
}

/// Each entry: its JSON, or the kind and line of its error.
fn outline(entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| match entry {
        Ok(document) => json(document),
        Err(error) => format!("{:?} {}", error.kind, error.position.line),
    };
    entries.iter().map(line).collect()
}

#[test]
fn documents_can_be_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Document>();
    check::<Value<'_>>();
}

#[test]
fn deep_nesting_is_a_limit_in_every_notation() {
    for depth in [511, 512, 513, 20_000] {
        let block: String = (0..depth).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
        let mut texts = vec![
            format!("a: {}{}\n", "[".repeat(depth - 1), "]".repeat(depth - 1)),
            format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
            format!("{}1\n", "- ".repeat(depth)),
            format!("&a {}{}\n", "[".repeat(depth), "]".repeat(depth)),
            format!("{{a: {}{}}}\n", "[".repeat(depth - 1), "]".repeat(depth - 1)),
        ];
        if depth < 1000 {
            texts.push(block);
        }
        for text in texts {
            let entries = read(&text);
            let start: String = text.chars().take(20).collect();
            assert_eq!(entries.len(), 1, "{start} {depth}");
            match &entries[0] {
                Ok(document) => {
                    assert!(depth <= 512, "{start} {depth}");
                    assert!(json(document).len() >= depth);
                }
                Err(error) => {
                    assert!(depth > 512, "{start} {depth}: {error}");
                    assert_eq!(error.kind, ErrorKind::Limit, "{start} {depth}: {error}");
                }
            }
        }
    }
}

#[test]
fn a_greater_depth_can_be_allowed() {
    let limits = Limits { depth: 1 << 20, ..Limits::default() };
    let deep = 9_000;
    let entries = read_bytes(format!("{}{}\n", "[".repeat(deep), "]".repeat(deep)).as_bytes(), &limits);
    assert!(entries[0].as_ref().is_ok_and(|document| json(document).len() == 2 * deep));
    // The library has a bound of its own.
    let deep = 10_001;
    let entries = read_bytes(format!("a: {}{}\n", "[".repeat(deep), "]".repeat(deep)).as_bytes(), &limits);
    assert!(entries[0].is_err());
}

#[test]
fn alias_bombs_are_limits() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    bomb.push_str("---\nb: 1\n");
    assert_eq!(outline(&read(&bomb)), ["Limit 4", "{\"b\":1}"]);
    // The same with merge keys.
    let mut bomb = "a0: &a0 {x: 1}\n".to_owned();
    for level in 1..20 {
        bomb.push_str(&format!("a{level}: &a{level}\n  p: {{<<: *a{0}}}\n  q: *a{0}\n", level - 1));
    }
    let entries = read(&bomb);
    assert!(matches!(&entries[0], Err(error) if error.kind == ErrorKind::Limit), "{entries:?}");
}

#[test]
fn too_many_documents_and_bytes_are_limits() {
    let limits = Limits { documents: 3, ..Limits::default() };
    let text = "a: 1\n---\n".repeat(5);
    assert_eq!(
        outline(&read_bytes(text.as_bytes(), &limits)),
        ["{\"a\":1}", "{\"a\":1}", "{\"a\":1}", "Limit 7"]
    );
    let text = "{\"a\":1}".repeat(5);
    assert_eq!(outline(&read_bytes(text.as_bytes(), &limits)).len(), 4);
    let limits = Limits { bytes: 8, ..Limits::default() };
    assert_eq!(outline(&read_bytes(b"a: 123456", &limits)), ["Limit 1"]);
    assert_eq!(outline(&read_bytes(b"a: 12345", &limits)), ["{\"a\":12345}"]);
}

#[test]
fn ten_thousand_documents() {
    let entries = read(&"a: 1\n---\n".repeat(10_000));
    assert_eq!(entries.len(), 10_000);
}

#[test]
fn a_broken_document_does_not_lose_the_others() {
    let entries = read("a: 1\n---\nb: [\n---\nc: 3\n---\nd: \"x\n---\ne: 5\n");
    assert_eq!(outline(&entries), ["{\"a\":1}", "Syntax 3", "{\"c\":3}", "Syntax 8", "{\"e\":5}"]);
}

#[test]
fn what_kubectl_passes_over_is_told() {
    assert_eq!(outline(&read("a: 1\n...\nb: 2\n---\nc: 3\n")), ["{\"a\":1}", "Ignored 3", "{\"c\":3}"]);
    assert_eq!(outline(&read("a: 1\n...\n# nothing\n")), ["{\"a\":1}"]);
    assert_eq!(outline(&read("[a] b\n")), ["[\"a\"]", "Ignored 1"]);
    assert_eq!(
        outline(&read("a: 1\n--- {b: 2}\n---\nc: 3\n")),
        ["{\"a\":1}", "Syntax 2", "{\"b\":2}", "{\"c\":3}"]
    );
    assert_eq!(
        outline(&read("{\"a\":1}\n{\"b\":2}\n---\nc: 3\n")),
        ["{\"a\":1}", "{\"b\":2}", "Syntax 3", "{\"c\":3}"]
    );
}

#[test]
fn invalid_utf8_spoils_its_document_alone() {
    let entries = read_bytes(b"a: 1\n---\nb: \xff\xfe\n---\nc: \xc3\xa9\n", &Limits::default());
    assert_eq!(outline(&entries), ["{\"a\":1}", "Encoding 3", "{\"c\":\"é\"}"]);
    let entries = read_bytes(b"{\"a\": \"\xff\"}", &Limits::default());
    assert_eq!(outline(&entries), ["Encoding 1"]);
    let entries = read_bytes(b"a: 1 # \xff\n", &Limits::default());
    assert_eq!(outline(&entries), ["Encoding 1"]);
}

#[test]
fn binary_files_are_errors() {
    let bytes: Vec<u8> = (0..=255).cycle().take(5000).collect();
    assert!(read_bytes(&bytes, &Limits::default()).iter().all(Result::is_err));
    assert_eq!(outline(&read_bytes(b"a: \0\n", &Limits::default())), ["Encoding 1"]);
    assert_eq!(
        outline(&read_bytes(b"a: 1\n---\nb: \x07\n", &Limits::default())),
        ["{\"a\":1}", "Encoding 3"]
    );
}

#[test]
fn marks_of_byte_order() {
    assert_eq!(outline(&read("\u{feff}a: 1\n---\nb: 2\n")), ["{\"a\":1}", "{\"b\":2}"]);
    assert_eq!(outline(&read("\u{feff}---\na: 1\n")), ["{\"a\":1}"]);
    assert_eq!(outline(&read("\u{feff}\u{feff}a: 1\n")), ["Encoding 1"]);
    for (mark, encode) in
        [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
    {
        let mut bytes = mark.to_vec();
        bytes.extend("a: yes\n---\nb: ü😀\n".encode_utf16().flat_map(encode));
        assert_eq!(outline(&read_bytes(&bytes, &Limits::default())), ["{\"a\":true}", "{\"b\":\"ü😀\"}"]);
        bytes.pop();
        assert_eq!(
            outline(&read_bytes(&bytes, &Limits::default())).last().map(String::as_str),
            Some("Encoding 3")
        );
    }
}

#[test]
fn line_ends_of_every_sort() {
    let expected = ["{\"a\":\"x y\",\"b\":\"one\\ntwo\\n\"}", "{\"c\":1}"];
    for end in ["\n", "\r\n"] {
        let text = "a: x\n  y\nb: |\n  one\n  two\n---\nc: 1\n".replace('\n', end);
        assert_eq!(outline(&read(&text)), expected, "{end:?}");
    }
    assert_eq!(outline(&read("a: 1\rb: 2\r")), ["{\"a\":1,\"b\":2}"]);
    assert_eq!(outline(&read("a: x\r\r\n  y\n")), ["{\"a\":\"x y\"}"]);
}

#[test]
fn templates_say_so() {
    for text in [
        "a: {{ .Values.a }}\n",
        "{{- if .Values.a }}\na: 1\n{{- end }}\n",
        "a:\n  {{- toYaml .Values.a | nindent 2 }}\n",
        "a: 1\n{{ include \"x\" . }}\n",
    ] {
        let entries = read(text);
        assert!(
            entries[0].as_ref().is_err_and(|error| error.kind == ErrorKind::Template),
            "{text}: {entries:?}"
        );
        assert!(
            entries[0].as_ref().is_err_and(|error| error.message.contains("not been rendered")),
            "{text}"
        );
    }
    for text in ["a: |\n  {{ x }}\n", "a: \"{{ x }}\"\n", "# {{ x }}\na: 1\n", "a: x {{ y }}\n"] {
        assert!(read(text)[0].is_ok(), "{text}");
    }
    assert_eq!(outline(&read("# {{ x }}\n\n\na: [\n")), ["Syntax 4"]);
}

#[test]
fn comments_are_found_between_scalars() {
    let text = "# a\nx: 1 # b\ny: \"# no\"  #c\nz: a#no # d\nw: | # e\n  # no\n  text\n# f\nv: [a, # g\n  b]\nu: it's # h\nt: &t 1 # i\ns: *t # j\n";
    for entries in
        [read(text), parse_by_all_rules(&Arc::new(SourceFile::new("x", text.into())), &Limits::default())]
    {
        let document = entries[0].as_ref().expect("a document");
        let found: Vec<&str> =
            document.comments().iter().map(|span| &text[span.start as usize..span.end as usize]).collect();
        assert_eq!(found, ["# a", "# b", "#c", "# d", "# e", "# f", "# g", "# h", "# i", "# j"]);
    }
}

#[test]
fn spans_are_what_is_written() {
    let text = "a: 'x'\nb:\n- c: \"y\" # c\n  d: |\n    one\n\n    two\n\n- {e: [1, 2]}\nf:\ng: many\n  lines\nh: &i !!str 5\n";
    let entries = read(text);
    let document = entries[0].as_ref().expect("a document");
    let written = |value: Value<'_>| text[value.span().start as usize..value.span().end as usize].to_owned();
    let root = document.root();
    let get = |key: &str| root.get(key).expect("a value");
    assert_eq!(written(root), text.trim_end());
    assert_eq!(written(get("a")), "'x'");
    assert_eq!(written(get("b")), "- c: \"y\" # c\n  d: |\n    one\n\n    two\n\n- {e: [1, 2]}");
    let first = get("b").items().next().expect("an item");
    assert_eq!(written(first), "c: \"y\" # c\n  d: |\n    one\n\n    two");
    assert_eq!(first.get("d").and_then(Value::as_str), Some("one\n\ntwo\n"));
    assert_eq!(written(get("f")), "");
    assert_eq!(get("f").kind(), Kind::Null);
    assert_eq!(get("f").span().start as usize, text.find("f:").expect("f") + 2);
    assert_eq!(written(get("g")), "many\n  lines");
    assert_eq!(written(get("h")), "5");
    assert_eq!(get("h").as_str(), Some("5"));
    let key = get("g").key_span().expect("a key");
    assert_eq!(&text[key.start as usize..key.end as usize], "g");
}

#[test]
fn long_mappings_know_their_duplicates() {
    let mut text: String = (0..1000).map(|at| format!("key{at}: {at}\n")).collect();
    text.push_str("key500: again\nkey7: again\n");
    let entries = read(&text);
    let document = entries[0].as_ref().expect("a document");
    assert_eq!(document.root().len(), 1000);
    assert_eq!(document.root().get("key500").and_then(Value::as_str), Some("again"));
    let lost: Vec<_> = document.duplicates().map(|pair| (pair.lost.as_i64(), pair.kept.key())).collect();
    assert_eq!(lost, [(Some(7), Some("key7")), (Some(500), Some("key500"))]);
}

#[test]
fn every_prefix_of_a_manifest_reads_without_panic() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: \"a\\n\", labels: {a: 'b''c'}}\nspec:\n  containers:\n  - name: &x y # é\n    args: [\"1\", *x]\n    command: >-\n      a\n      b\n\n    env: !!map {<<: {a: 1}}\n";
    for end in 0..text.len() {
        let entries = read_bytes(&text.as_bytes()[..end], &Limits::default());
        for document in entries.iter().flatten() {
            assert!(!json(document).is_empty());
        }
    }
}
