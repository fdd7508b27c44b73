//! Values as YAML, in a style and a spelling that chance picks.

use crate::Random;

/// A value of a manifest. A mapping may hold a key twice: the last one counts.
#[derive(Clone, Debug)]
pub enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(&'static str, Node)>),
    /// A mapping whose keys are data, as annotations are.
    Named(Vec<(String, Node)>),
    Anchored(&'static str, Box<Node>),
    Alias(&'static str),
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Node::Bool(value)
    }
}

impl From<i64> for Node {
    fn from(value: i64) -> Self {
        Node::Int(value)
    }
}

impl From<&str> for Node {
    fn from(value: &str) -> Self {
        Node::Text(value.to_owned())
    }
}

pub fn yaml(node: &Node, random: &mut Random) -> String {
    let mut text = String::new();
    block(node, 0, random, &mut text);
    text
}

/// Writes a value after `key:` or `-`, with its line's end.
fn block(node: &Node, indent: usize, random: &mut Random, out: &mut String) {
    match node {
        Node::List(items) if !items.is_empty() && !random.chance(10) => {
            start(indent, out);
            for item in items {
                pad(indent, out);
                out.push('-');
                after(item, indent + 2, random, out);
            }
        }
        Node::Map(entries) if !entries.is_empty() && !random.chance(10) => {
            start(indent, out);
            for (key, value) in entries {
                entry(key, value, indent, random, out);
            }
        }
        Node::Named(entries) if !entries.is_empty() => {
            start(indent, out);
            for (key, value) in entries {
                entry(&format!("\"{key}\""), value, indent, random, out);
            }
        }
        Node::Anchored(name, value) => {
            out.push_str(&format!(" &{name}"));
            block(value, indent, random, out);
        }
        Node::Null if random.chance(30) => out.push('\n'),
        node => {
            out.push(' ');
            flow(node, random, out);
            if random.chance(3) {
                out.push_str(" # as agreed");
            }
            out.push('\n');
        }
    }
}

fn entry(key: &str, value: &Node, indent: usize, random: &mut Random, out: &mut String) {
    pad(indent, out);
    out.push_str(key);
    out.push(':');
    after(value, indent + 2, random, out);
}

fn after(value: &Node, indent: usize, random: &mut Random, out: &mut String) {
    match value {
        Node::Text(text) if is_line(text) && random.chance(3) => {
            out.push_str(" >-\n");
            pad(indent, out);
            out.push_str(text);
            out.push('\n');
        }
        value => block(value, indent, random, out),
    }
}

/// Whether a text can stand in a line of a block scalar, and means itself there.
fn is_line(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control) && text.trim() == text
}

/// A collection begins on the line after its key; the outermost has no key.
fn start(indent: usize, out: &mut String) {
    if indent > 0 {
        out.push('\n');
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn flow(node: &Node, random: &mut Random, out: &mut String) {
    match node {
        Node::Null => out.push_str(random.pick(&["null", "~", "Null", "NULL"])),
        Node::Bool(true) => {
            out.push_str(random.pick(&["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"]));
        }
        Node::Bool(false) => {
            out.push_str(random.pick(&["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"]));
        }
        Node::Int(number) => out.push_str(&integer(*number, random)),
        Node::Text(text) => out.push_str(&quoted(text, random)),
        Node::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                flow(item, random, out);
            }
            out.push(']');
        }
        Node::Map(entries) => mapping(entries.iter().map(|(key, value)| (*key, value)), random, out),
        Node::Named(entries) => {
            mapping(entries.iter().map(|(key, value)| (key.as_str(), value)), random, out);
        }
        Node::Anchored(name, value) => {
            out.push_str(&format!("&{name} "));
            flow(value, random, out);
        }
        // The space keeps a colon or comma out of the alias's name.
        Node::Alias(name) => out.push_str(&format!("*{name} ")),
    }
}

fn mapping<'n>(entries: impl Iterator<Item = (&'n str, &'n Node)>, random: &mut Random, out: &mut String) {
    out.push('{');
    for (index, (key, value)) in entries.enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        // A quoted `<<` is a key like any other.
        if key != "<<" && (key.contains('/') || random.chance(30)) {
            out.push_str(&format!("\"{key}\": "));
        } else {
            out.push_str(&format!("{key}: "));
        }
        flow(value, random, out);
    }
    out.push('}');
}

fn integer(number: i64, random: &mut Random) -> String {
    if number < 0 || random.chance(60) {
        return number.to_string();
    }
    match random.below(7) {
        0 => format!("0x{number:X}"),
        1 => format!("0{number:o}"),
        2 => format!("0b{number:b}"),
        3 => format!("+{number}"),
        4 => format!("{number}.0"),
        5 => format!("{number}_"),
        _ => format!("!!int \"{number}\""),
    }
}

fn quoted(text: &str, random: &mut Random) -> String {
    // Long words are no boolean, no null and no number.
    let is_plain = text.len() > 5
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    match random.below(5) {
        0 | 1 if is_plain => text.to_owned(),
        // A line's end would be a space between these quotes, and other controls may not stand there.
        2 if !text.contains(char::is_control) => format!("'{}'", text.replace('\'', "''")),
        3 => {
            text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).fold("\"".to_owned(), |a, b| a + &b)
                + "\""
        }
        4 => format!("!!str {}", double_quoted(text)),
        _ => double_quoted(text),
    }
}

fn double_quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}
