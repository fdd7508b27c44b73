//! Edits of generated documents: what comes out reads as the old values with the operation done to
//! them, and every byte outside the edits is what it was.
//!
//! `PLIMSOLL_EDITS=100000` tries more of them than usual.

use std::path::Path;
use std::sync::Arc;

use plimsoll_doc::{
    Action, Document, EditError, Kind, Limits, Literal, Operation, SourceFile, TextEdit, Value, apply, lower,
    lower_to_patch, parse, to_json, verify,
};

/// A small generator of numbers (xorshift), so that a failure is known by its seed.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// A value, with the number of the generated node that it comes from.
#[derive(Clone, Debug, PartialEq)]
struct Tree {
    id: usize,
    data: Data,
}

#[derive(Clone, Debug, PartialEq)]
enum Data {
    Null,
    Bool(bool),
    Integer(i64),
    String(String),
    Sequence(Vec<Tree>),
    Mapping(Vec<(String, Tree)>),
}

/// What was put in; no generated node.
const NEW: usize = usize::MAX;

const KEYS: &[&str] =
    &["name", "image", "args", "env", "a b", "x/y", "true", "1", "key", "spec", "é", "on", "labels"];

const STRINGS: &[&str] = &[
    "",
    "a",
    "true",
    "1.0",
    "yes",
    "nginx:1.4",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "it's",
    "\"q\"",
    "a\nb",
    "a\nb\n",
    "  a",
    "a ",
    "{a}",
    "[",
    "*a",
    "&a",
    "!a",
    "null",
    "~",
    "0x10",
    "1e3",
    "2024-01-02",
    "é☃",
    "a, b",
    "\\",
    "%",
    "@",
    "a\tb",
    "/etc/passwd",
    "256Mi",
    "RuntimeDefault",
    "12:30",
    "<<",
    "=",
    "a:",
    ":a",
    "?",
    "|",
    ">-",
    "---",
];

fn scalar(random: &mut Random) -> Data {
    match random.below(6) {
        0 => Data::Null,
        1 => Data::Bool(random.one_in(2)),
        2 => Data::Integer(random.below(2000) as i64 - 1000),
        _ => Data::String((*random.pick(STRINGS)).to_owned()),
    }
}

fn tree(random: &mut Random, depth: usize, ids: &mut usize) -> Tree {
    let id = *ids;
    *ids += 1;
    let is_root = id == 0;
    let data = match random.below(if depth == 0 { 3 } else { 10 }) {
        0..3 if !is_root => scalar(random),
        3..6 => {
            let length = random.below(4) + usize::from(is_root);
            Data::Sequence((0..length).map(|_| tree(random, depth.saturating_sub(1), ids)).collect())
        }
        _ => {
            let mut entries: Vec<(String, Tree)> = Vec::new();
            for _ in 0..random.below(5) + usize::from(is_root) {
                let key = (*random.pick(KEYS)).to_owned();
                if entries.iter().all(|(name, _)| *name != key) {
                    entries.push((key, tree(random, depth.saturating_sub(1), ids)));
                }
            }
            Data::Mapping(entries)
        }
    };
    Tree { id, data }
}

/// Writes a tree in a style that is chosen anew for every node.
struct Writer<'r> {
    random: &'r mut Random,
    out: String,
    step: usize,
    dash: usize,
    is_json: bool,
    is_pretty: bool,
}

impl Writer<'_> {
    fn newline(&mut self, column: usize) {
        self.out.push('\n');
        self.out.push_str(&" ".repeat(column));
    }

    /// A comment behind what stands on the line, and whole lines of comment and emptiness below it.
    fn gap(&mut self, column: usize) {
        if self.random.one_in(6) {
            self.out.push_str(" # behind");
        }
        if self.random.one_in(8) {
            self.newline(column);
            self.out.push_str("# own line");
        }
        if self.random.one_in(10) {
            self.out.push('\n');
        }
    }

    fn double_quoted(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn string(&mut self, text: &str) {
        let is_simple = text.len() > 1
            && text.bytes().all(|b| b.is_ascii_lowercase())
            && !["true", "yes", "null", "on"].contains(&text);
        match self.random.below(3) {
            _ if self.is_json => self.double_quoted(text),
            0 if is_simple => self.out.push_str(text),
            1 if !text.contains(['\n', '\t']) => {
                self.out.push_str(&format!("'{}'", text.replace('\'', "''")));
            }
            _ => self.double_quoted(text),
        }
    }

    fn scalar(&mut self, data: &Data) {
        match data {
            Data::Null if self.is_json || self.random.one_in(2) => self.out.push_str("null"),
            Data::Null => self.out.push('~'),
            Data::Bool(value) if self.is_json || self.random.one_in(2) => {
                self.out.push_str(&value.to_string())
            }
            Data::Bool(value) => self.out.push_str(if *value { "yes" } else { "Off" }),
            Data::Integer(value) => self.out.push_str(&value.to_string()),
            Data::String(text) => self.string(text),
            Data::Sequence(_) | Data::Mapping(_) => {}
        }
    }

    fn flow(&mut self, tree: &Tree, column: usize, is_open: bool) {
        let (count, open, close) = match &tree.data {
            Data::Sequence(items) => (items.len(), '[', ']'),
            Data::Mapping(entries) => (entries.len(), '{', '}'),
            scalar => return self.scalar(scalar),
        };
        // Over several lines only where no closing bracket would stand too far to the left.
        let is_open = is_open && count > 0;
        let inner = column + self.step;
        self.out.push(open);
        for index in 0..count {
            if is_open {
                self.newline(inner);
            } else if index > 0 && (!self.is_json || self.random.one_in(2)) {
                self.out.push(' ');
            }
            match &tree.data {
                Data::Sequence(items) => self.flow(&items[index], inner, is_open),
                Data::Mapping(entries) => {
                    let (key, value) = &entries[index];
                    self.string(key);
                    self.out.push_str(if self.is_json && !self.is_pretty { ":" } else { ": " });
                    self.flow(value, inner, is_open);
                }
                _ => {}
            }
            if index + 1 < count || (!self.is_json && self.random.one_in(5)) {
                self.out.push(',');
            }
            if is_open && !self.is_json && self.random.one_in(5) {
                self.out.push_str(" # in brackets");
            }
        }
        if is_open {
            self.newline(column);
        }
        self.out.push(close);
    }

    /// A value behind a colon or a dash; `column` is that of the key, or of what follows the dash.
    fn value(&mut self, tree: &Tree, column: usize, is_item: bool) {
        match &tree.data {
            Data::Null if self.random.one_in(2) => self.gap(column),
            Data::String(text) if text.contains('\n') && self.random.one_in(2) => {
                self.out.push_str(if text.ends_with('\n') { " |" } else { " >-" });
                if self.random.one_in(3) {
                    self.out.push_str(" # header");
                }
                let indent = column + self.step;
                for line in text.lines() {
                    self.newline(indent);
                    self.out.push_str(line);
                    if !text.ends_with('\n') {
                        self.out.push('\n');
                    }
                }
                if self.out.ends_with('\n') {
                    self.out.pop();
                }
            }
            Data::Mapping(entries) if !entries.is_empty() && !self.random.one_in(4) => {
                if is_item && !self.random.one_in(6) {
                    self.out.push(' ');
                    self.entries(entries, column);
                } else {
                    let column = column + if is_item { 0 } else { self.step };
                    self.gap(column);
                    self.newline(column);
                    self.entries(entries, column);
                }
            }
            Data::Sequence(items) if !items.is_empty() && !self.random.one_in(4) => {
                if is_item {
                    self.out.push(' ');
                    self.items(items, column);
                } else {
                    self.gap(column + self.dash);
                    self.newline(column + self.dash);
                    self.items(items, column + self.dash);
                }
            }
            _ => {
                self.out.push(' ');
                let is_open = self.random.one_in(3);
                self.flow(tree, column + self.step, is_open);
                self.gap(column);
            }
        }
    }

    fn entries(&mut self, entries: &[(String, Tree)], column: usize) {
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                self.newline(column);
            }
            self.string(key);
            self.out.push(':');
            self.value(value, column, false);
        }
    }

    fn items(&mut self, items: &[Tree], column: usize) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.newline(column);
            }
            self.out.push('-');
            self.value(item, column + 2, true);
        }
    }

    fn document(&mut self, tree: &Tree) {
        match &tree.data {
            Data::Mapping(entries) if !self.is_json => self.entries(entries, 0),
            Data::Sequence(items) if !self.is_json => self.items(items, 0),
            _ => self.flow(tree, 0, self.is_pretty),
        }
    }
}

fn written(random: &mut Random, tree: &Tree) -> String {
    let is_json = random.one_in(4);
    let is_pretty = random.one_in(2);
    let step = *random.pick(&[2, 2, 4]);
    let dash = *random.pick(&[0, 2]);
    let mut writer = Writer { random: &mut *random, out: String::new(), step, dash, is_json, is_pretty };
    writer.document(tree);
    let mut text = writer.out;
    if !random.one_in(3) {
        text.push('\n');
    }
    if random.one_in(4) {
        text = format!("---\n{text}");
    }
    if random.one_in(4) { text.replace('\n', "\r\n") } else { text }
}

fn read(text: &str) -> Result<Document, String> {
    let file = Arc::new(SourceFile::new("generated.yaml", text.as_bytes().to_vec()));
    let mut entries = parse(&file, &Limits::default());
    if entries.len() != 1 {
        return Err(format!("{} documents", entries.len()));
    }
    entries.remove(0).map_err(|error| error.to_string())
}

/// Where a value isn't what a tree says.
fn differs(tree: &Tree, value: Value<'_>) -> Option<String> {
    let is_same = match &tree.data {
        Data::Null => value.is_null(),
        Data::Bool(expected) => value.as_bool() == Some(*expected),
        Data::Integer(expected) => value.kind() == Kind::Integer && value.as_i64() == Some(*expected),
        Data::String(expected) => value.as_str() == Some(expected),
        Data::Sequence(items) => {
            if value.kind() == Kind::Sequence && value.len() == items.len() {
                return items.iter().zip(value.items()).find_map(|(item, value)| differs(item, value));
            }
            false
        }
        Data::Mapping(entries) => {
            if value.kind() == Kind::Mapping && value.len() == entries.len() {
                let mut pairs = entries.iter().zip(value.entries());
                return pairs.find_map(|((key, tree), (name, value))| {
                    if key == name { differs(tree, value) } else { Some(format!("{name:?} is not {key:?}")) }
                });
            }
            false
        }
    };
    (!is_same).then(|| format!("{value:?} ({:?}) is not {:?}", value.kind(), tree.data))
}

/// Nodes of a tree and of the document that it was written as, side by side.
fn pairs<'t>(tree: &'t Tree, value: Value<'_>, out: &mut Vec<(&'t Tree, u32)>) {
    out.push((tree, value.node()));
    match &tree.data {
        Data::Sequence(items) => {
            items.iter().zip(value.items()).for_each(|(item, value)| pairs(item, value, out));
        }
        Data::Mapping(entries) => {
            entries.iter().zip(value.entries()).for_each(|((_, tree), (_, value))| pairs(tree, value, out));
        }
        _ => {}
    }
}

fn literal(random: &mut Random, depth: usize) -> Literal {
    match random.below(if depth == 0 { 3 } else { 5 }) {
        0 => Literal::Bool(random.one_in(2)),
        1 => Literal::Integer(random.below(100) as i64),
        2 => Literal::String((*random.pick(STRINGS)).to_owned()),
        3 => Literal::Sequence((0..random.below(3)).map(|_| literal(random, depth - 1)).collect()),
        _ => Literal::Mapping(
            ["p", "q: r", "on"]
                .iter()
                .take(random.below(4))
                .map(|key| ((*key).to_owned(), literal(random, depth - 1)))
                .collect(),
        ),
    }
}

fn planted(literal: &Literal) -> Tree {
    let data = match literal {
        Literal::Bool(value) => Data::Bool(*value),
        Literal::Integer(value) => Data::Integer(*value),
        Literal::String(text) => Data::String(text.clone()),
        Literal::Sequence(items) => Data::Sequence(items.iter().map(planted).collect()),
        Literal::Mapping(entries) => {
            Data::Mapping(entries.iter().map(|(key, value)| (key.clone(), planted(value))).collect())
        }
    };
    Tree { id: NEW, data }
}

/// An operation by the generated node that it starts from.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    id: usize,
    absent: Vec<String>,
    action: Action,
}

fn step(random: &mut Random, nodes: &[(&Tree, u32)]) -> (Step, u32) {
    let (tree, node) = *random.pick(nodes);
    let (absent, action) = match (&tree.data, random.below(4)) {
        (_, 0) if tree.id != 0 => (Vec::new(), Action::Remove),
        (Data::Mapping(_) | Data::Null, 1..) => {
            let depth = 1 + random.below(3);
            let absent =
                ["new", "two words", "deep"].iter().take(depth).map(|key| (*key).to_owned()).collect();
            let value = literal(random, 2);
            (absent, if random.one_in(3) { Action::Append(value) } else { Action::Set(value) })
        }
        (Data::Sequence(_), 1..3) => (Vec::new(), Action::Append(literal(random, 2))),
        _ => (Vec::new(), Action::Set(literal(random, 2))),
    };
    (Step { id: tree.id, absent, action }, node)
}

/// Does an operation to a tree; nothing where its node is gone with a parent.
fn act(tree: &mut Tree, step: &Step) {
    if tree.id == step.id {
        return act_here(tree, &step.absent, &step.action);
    }
    match &mut tree.data {
        Data::Sequence(items) => {
            if step.action == Action::Remove && step.absent.is_empty() {
                items.retain(|item| item.id != step.id);
            }
            items.iter_mut().for_each(|item| act(item, step));
        }
        Data::Mapping(entries) => {
            if step.action == Action::Remove && step.absent.is_empty() {
                entries.retain(|(_, value)| value.id != step.id);
            }
            entries.iter_mut().for_each(|(_, value)| act(value, step));
        }
        _ => {}
    }
}

fn act_here(tree: &mut Tree, absent: &[String], action: &Action) {
    if let Some((key, rest)) = absent.split_first() {
        if matches!(tree.data, Data::Null) {
            tree.data = Data::Mapping(Vec::new());
        }
        if let Data::Mapping(entries) = &mut tree.data {
            if entries.iter().all(|(name, _)| name != key) {
                entries.push((key.clone(), Tree { id: NEW, data: Data::Null }));
            }
            if let Some((_, value)) = entries.iter_mut().find(|(name, _)| name == key) {
                act_here(value, rest, action);
            }
        }
        return;
    }
    match action {
        Action::Set(literal) => tree.data = planted(literal).data,
        Action::Append(item) => {
            if matches!(tree.data, Data::Null) {
                tree.data = Data::Sequence(Vec::new());
            }
            if let Data::Sequence(items) = &mut tree.data {
                // The same item is added once, whoever asks for it.
                let item = planted(item);
                if !items.contains(&item) {
                    items.push(item);
                }
            }
        }
        Action::Remove => {}
    }
}

/// Whether what stands between the edits is the same in both texts.
fn keeps_the_rest(before: &str, after: &str, edits: &[TextEdit]) -> bool {
    let (mut old, mut new) = (0, 0);
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let kept = &before[old..start];
        if after.get(new..new + kept.len()) != Some(kept) || edit.span.start > edit.span.end {
            return false;
        }
        new += kept.len() + edit.text.len();
        old = end;
    }
    after.get(new..) == Some(&before[old..])
}

fn comments(document: &Document) -> Vec<&str> {
    let text = document.file().text();
    document.comments().iter().map(|span| &text[span.start as usize..span.end as usize]).collect()
}

fn json(value: Value<'_>) -> serde_json::Value {
    let mut out = String::new();
    to_json(value, &mut out);
    serde_json::from_str(&out).expect("JSON")
}

/// The value with a JSON Patch applied; only what ours are made of is known.
fn patched(mut value: serde_json::Value, patch: &str) -> serde_json::Value {
    let steps: Vec<serde_json::Value> = serde_json::from_str(patch).expect("a patch");
    for step in steps {
        let path = step["path"].as_str().expect("a path");
        let new = step.get("value").cloned();
        let Some((parent, key)) = path.rsplit_once('/') else {
            value = new.expect("a value for the root");
            continue;
        };
        let key = key.replace("~1", "/").replace("~0", "~");
        let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("no {path} in {patch}"));
        match (parent, new) {
            (serde_json::Value::Object(entries), Some(new)) => drop(entries.insert(key, new)),
            (serde_json::Value::Object(entries), None) => drop(entries.remove(&key).expect("something")),
            (serde_json::Value::Array(items), Some(new)) if key == "-" => items.push(new),
            (serde_json::Value::Array(items), Some(new)) => {
                items[key.parse::<usize>().expect("a place")] = new
            }
            (serde_json::Value::Array(items), None) => drop(items.remove(key.parse().expect("a place"))),
            _ => panic!("{path} in {patch}"),
        }
    }
    value
}

/// What one seed showed.
#[derive(Default)]
struct Seen {
    edited: usize,
    refused: usize,
}

fn try_seed(seed: u64, seen: &mut Seen) -> Result<(), String> {
    let mut random = Random::new(seed);
    let tree = tree(&mut random, 4, &mut 0);
    let before = written(&mut random, &tree);
    let document =
        read(&before).map_err(|error| format!("the generated text doesn't parse: {error}\n{before}"))?;
    if let Some(trouble) = differs(&tree, document.root()) {
        return Err(format!("the generated text reads otherwise: {trouble}\n{before}"));
    }
    let mut nodes = Vec::new();
    pairs(&tree, document.root(), &mut nodes);
    let mut steps: Vec<Step> = Vec::new();
    let mut operations = Vec::new();
    for _ in 0..1 + random.below(3) {
        let (step, node) = step(&mut random, &nodes);
        if !steps.contains(&step) {
            let (absent, action) = (step.absent.clone(), step.action.clone());
            operations.push(Operation { anchor: node, absent, action });
            steps.push(step);
        }
    }
    let told =
        |what: &str, after: &str| format!("{what}\n{steps:?}\n--- before\n{before}\n--- after\n{after}");
    let edits = match lower(&document, &operations) {
        Ok(edits) => edits,
        // Two operations may want different things of one place.
        Err(EditError::Conflict | EditError::NotMapping | EditError::NotSequence) if steps.len() > 1 => {
            seen.refused += 1;
            return Ok(());
        }
        Err(error) => return Err(told(&format!("refused: {error}"), "")),
    };
    let after = apply(&before, &edits).map_err(|error| told(&error.to_string(), ""))?;
    if !keeps_the_rest(&before, &after, &edits) {
        return Err(told("other bytes changed", &after));
    }
    let edited =
        read(&after).map_err(|error| told(&format!("it doesn't parse any more: {error}"), &after))?;
    let mut expected = tree.clone();
    // A removal takes away what other operations do below it, whatever their order.
    let (removals, others): (Vec<&Step>, Vec<&Step>) =
        steps.iter().partition(|step| step.action == Action::Remove);
    others.iter().chain(&removals).for_each(|step| act(&mut expected, step));
    if let Some(trouble) = differs(&expected, edited.root()) {
        return Err(told(&trouble, &after));
    }
    let patch = lower_to_patch(&document, document.root(), &operations)
        .map_err(|error| told(&format!("no patch: {error}"), &after))?;
    let patched = patched(json(document.root()), &patch);
    if patched != json(edited.root()) {
        return Err(told(&format!("the patch {patch} makes {patched}"), &after));
    }
    verify(&document, &operations, &edited).map_err(|error| told(&error.to_string(), &after))?;
    let is_addition = |step: &Step| !step.absent.is_empty() || matches!(step.action, Action::Append(_));
    if steps.iter().all(is_addition) && comments(&document) != comments(&edited) {
        return Err(told("comments changed", &after));
    }
    seen.edited += 1;
    Ok(())
}

#[test]
fn edits_do_what_they_say_and_nothing_else() {
    let count = std::env::var("PLIMSOLL_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(4000);
    let mut seen = Seen::default();
    for seed in 0..count {
        if let Err(trouble) = try_seed(seed, &mut seen) {
            panic!("seed {seed}: {trouble}");
        }
    }
    assert!(seen.edited > seen.refused * 4, "{} edited, {} refused", seen.edited, seen.refused);
}

/// Texts that are written in ways that the generator has not.
const STRANGE: &[&str] = &[
    "a: |+\n  x\n\n\nb: |\n  y\n# c\n  # deep\nc: 1\n",
    "a: |\n  x\nb: 1\n   # deep\n\n# c\nc: >-\n   y\n\n   z\n  # less\nd:\n",
    "m:\n  a: |+\n\n  b: >2\n      x\n     y\n\n\n  c: |\n    # text\n    \n      \nz: [1]\n",
    "a: 1\na: 2\nb: {c: 1, c: 2}\nd:\n- e: 1\n  e: 2\n",
    "a: &x\n  b: 1\n  c: [1, 2]\nd: *x\ne:\n  <<: *x\n  f: 1\ng:\n  h: 1\n  <<: *x\ni: [*x , 2, &y 3]\nj: {<<: *x, k: *y}\n",
    "? a\n: b\n? c\n: - d\n  - e\nf: 1\n",
    "a: one\n  two\n\n  three # c\nb: \"x\n  y\n  z\" # d\nc: 'p\n\n  q'\nd:\n  plain\n  text\n",
    "a: !!str 1\nb: !!map {c: 1}\nd: !!seq\n- e\nf: !custom\n  g: 1\nh: !!null\ni: &z\n",
    "- a:\t1\n- b: 2\t# c\n",
    "- - - a\n    - b\n  - - c\n- - d: 1\n    e: 2\n  -\n    f: 3\n",
    "a: {b: , c, d: [x: 1, {y: 2}], \"e\":1, f: {\n  g: 1, # c\n  h: [\n    1,\n    # d\n    2\n    ]\n  }}\n",
    "a:   # c\n\n  # d\n  b: 1   # e\n\n  # f\n\n# g\nc:\n  # h\n  - 1\n  # i\n  - 2\n  # j\n",
    "\u{feff}# head\na: 1 # c\r\nb:\r\n- x\r\n- y: 1\r\n  z: 2\r\n",
    "--- # c\na: 1\nb:\n- 1\n... # d\n",
    "a: {}\nb: []\nc: \"\"\nd: ''\n",
    "{\n  \"a\": {\n  },\n  \"b\" : [ 1,2 ,3 ],\n  \"c\":{\"d\":null}\n}\n",
    "{\"a\":[{\"b\":1},{\"c\":[]}],\"d\":\"\\u00e9\\n\"}",
    "{a: 1, b: [c, d,], e: {f: 1,},}",
    "[a, {b: 1}, [c], 'd', \"e\"]\n",
    "a:\n    - b:\n          c: 1\n      d:\n      - 1\n    -   e: 2\n        f: 3\n",
    "'a': 1\n\"b\" : 2\nc  :  3\n'd e':\n  - 'f'\n",
    "a: b\n\n\n",
    "a: b\r\n\r\n\r\nc:\r\n  d: |\r\n    x\r\n\r\n    y\r\n",
    "on: yes\ny: n\n1: 2\n0x10: 3\ntrue: 5\n",
    "plain\n",
    "|\n  text\n",
];

fn every_node<'d>(value: Value<'d>, out: &mut Vec<Value<'d>>) {
    out.push(value);
    value.items().chain(value.entries().map(|(_, value)| value)).for_each(|value| every_node(value, out));
}

/// An edit of a strange text is refused, or does what it says.
fn try_strange(text: &str, random: &mut Random) -> Result<bool, String> {
    let document = read(text).map_err(|error| format!("{error}\n{text}"))?;
    let mut values = Vec::new();
    every_node(document.root(), &mut values);
    let mut operations: Vec<Operation> = Vec::new();
    for _ in 0..1 + random.below(2) {
        let value = *random.pick(&values);
        let absent = if value.kind() == Kind::Mapping || value.is_null() { random.below(3) } else { 0 };
        let absent = ["new", "deep"].iter().take(absent).map(|key| (*key).to_owned()).collect();
        let action = match random.below(3) {
            0 => Action::Remove,
            1 => Action::Append(literal(random, 1)),
            _ => Action::Set(literal(random, 2)),
        };
        operations.push(Operation { anchor: value.node(), absent, action });
    }
    let Ok(edits) = lower(&document, &operations) else { return Ok(false) };
    let told =
        |what: &str, after: &str| format!("{what}\n{operations:?}\n--- before\n{text}\n--- after\n{after}");
    let after = apply(text, &edits).map_err(|error| told(&error.to_string(), ""))?;
    if !keeps_the_rest(text, &after, &edits) {
        return Err(told("other bytes changed", &after));
    }
    let edited =
        read(&after).map_err(|error| told(&format!("it doesn't parse any more: {error}"), &after))?;
    verify(&document, &operations, &edited).map_err(|error| told(&error.to_string(), &after))?;
    Ok(true)
}

/// Tries edits of each text; what goes wrong in one doesn't keep the others from being tried.
fn try_texts<'t>(texts: impl Iterator<Item = &'t str>, rounds: usize) {
    let mut troubles = Vec::new();
    for (index, text) in texts.enumerate() {
        let mut random = Random::new(index as u64 + 1);
        let mut edited = 0;
        for _ in 0..rounds {
            match try_strange(text, &mut random) {
                Ok(done) => edited += usize::from(done),
                Err(trouble) => {
                    troubles.push(trouble);
                    break;
                }
            }
        }
        assert!(edited > 0 || !troubles.is_empty(), "nothing could be edited in\n{text}");
    }
    assert!(troubles.is_empty(), "{} texts\n{}", troubles.len(), troubles.join("\n======\n"));
}

fn rounds() -> usize {
    std::env::var("PLIMSOLL_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(4000) / 10
}

#[test]
fn strange_texts_are_edited_right_or_not_at_all() {
    try_texts(STRANGE.iter().copied(), rounds());
}

#[test]
fn the_examples_are_edited_right_or_not_at_all() {
    let mut texts = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the examples") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                texts.push(std::fs::read_to_string(path).expect("an example"));
            }
        }
    }
    texts.sort();
    let documents = texts.iter().flat_map(|text| text.split("\n---\n")).filter(|text| read(text).is_ok());
    try_texts(documents, rounds() / 20);
}
