//! What a document says, asked through the public interface.

use std::sync::Arc;

use plimsoll_doc::{Document, Kind, Limits, SourceFile, Value, parse};

fn read(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let mut entries = parse(&file, &Limits::default());
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries.remove(0).expect("a document")
}

fn written(value: Value<'_>) -> &str {
    let span = value.span();
    &value.document().file().text()[span.start as usize..span.end as usize]
}

#[test]
fn a_pod() {
    let document =
        read("apiVersion: v1\nkind: Pod # a pod\nspec:\n  containers:\n  - name: 'a''b'\n    args: [x, 1]\n");
    let root = document.root();
    assert_eq!(root.kind(), Kind::Mapping);
    assert_eq!(root.len(), 3);
    assert_eq!(root.get("kind").and_then(Value::as_str), Some("Pod"));
    let container = root.get("spec").and_then(|spec| spec.get("containers")).and_then(|c| c.items().next());
    let container = container.expect("a container");
    assert_eq!(container.index(), Some(0));
    assert_eq!(container.get("name").and_then(Value::as_str), Some("a'b"));
    let args = container.get("args").expect("args");
    assert_eq!(written(args), "[x, 1]");
    assert_eq!(args.items().nth(1).and_then(Value::as_i64), Some(1));
    assert_eq!(written(container), "name: 'a''b'\n    args: [x, 1]");
    let comment = document.comments()[0];
    assert_eq!(&document.file().text()[comment.start as usize..comment.end as usize], "# a pod");
}

#[test]
fn items_know_their_place() {
    for text in [
        "- a\n- [b, [c], {d: e}]\n-\n  - f\n- g\n",
        r#"["a", ["b", ["c"], {"d": "e"}], ["f"], "g"]"#,
        "- a\n- [b, &c [c], {d: e}]\n- [f, *c]\n- g\n",
    ] {
        let document = read(text);
        assert_eq!(document.root().index(), None);
        for number in 0.. {
            let Some(value) = Value::at(&document, number) else { break };
            for (place, item) in value.items().enumerate() {
                assert_eq!(item.index(), Some(place), "{text:?} {item:?}");
            }
            assert!(value.entries().all(|(_, entry)| entry.index().is_none()), "{text:?}");
        }
    }
}

#[test]
fn keys_are_told_apart_as_they_are_read() {
    let document = read("ab: 1\n'ac': 2\n\"ad\": 3\n\"\\x61e\": 4\nyes: 5\n0x10: 6\n\"\": 7\n");
    let get = |key| document.root().get(key).and_then(Value::as_i64);
    let found = ["ab", "ac", "ad", "ae", "true", "16", ""].map(get);
    assert_eq!(found, [1, 2, 3, 4, 5, 6, 7].map(Some));
    assert!(["a", "abc", "'ac'", "yes", "0x10", "b", "\\x61e"].into_iter().all(|key| get(key).is_none()));
}

#[test]
fn the_last_of_two_keys_counts() {
    let document = read("on: 1\nb: 2\ntrue: 3\n");
    let root = document.root();
    assert_eq!(root.get("true").and_then(Value::as_i64), Some(3));
    assert_eq!(root.entries().map(|(key, _)| key).collect::<Vec<_>>(), ["b", "true"]);
    let duplicate = document.duplicates().next().expect("a duplicate");
    assert_eq!(duplicate.lost.as_i64(), Some(1));
    assert_eq!(duplicate.kept.as_i64(), Some(3));
}

#[test]
fn aliases_and_merges() {
    let document = read("a: &a {x: 1, z: 2}\nb:\n  z: 0\n  <<: *a\n  x: 3\n");
    let b = document.root().get("b").expect("b");
    assert_eq!(b.get("x").and_then(Value::as_i64), Some(3));
    // The library lets a merge key overwrite what stands above it.
    assert_eq!(b.get("z").and_then(Value::as_i64), Some(2));
    assert!(b.get("z").is_some_and(Value::is_shared));
    assert!(!b.get("x").is_some_and(Value::is_shared));
    let a = document.root().get("a").expect("a");
    assert!(a.is_shared() && a.get("x").is_some_and(Value::is_shared));
}
