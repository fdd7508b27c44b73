//! The line of source that a finding points at, made fit to show.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use plimsoll_doc::{SourceFile, Span};
use plimsoll_engine::Finding;
use rayon::prelude::*;

use crate::text::{columns, is_hostile, is_plain};

/// A line of source, or the part of it around the marked text. Tabs are spaces, hostile characters
/// replaced, values that can be secrets masked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// From 1.
    pub(crate) line: u32,
    pub(crate) text: String,
    /// Bytes of `text` that are marked; never empty.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// So many findings are looked through by one thread.
const FEW: usize = 1024;

/// Stands for a value, and says nothing of its length.
const MASK: &str = "••••••••";
const TAB: &str = "    ";
const CUT: char = '…';

/// Keys whose values name things and are shown even where values can be secrets.
const NAMING_KEYS: [&str; 5] = ["apiVersion", "kind", "name", "namespace", "secretName"];

/// Makes excerpts, and knows which lines of which files hold secrets.
#[derive(Default)]
pub(crate) struct Excerpts {
    /// What controls of the area `secret` point at, and long numbers, by the address of the file.
    secrets: HashMap<usize, Secrets, RandomState>,
}

/// Spans of one file, for asking whether one of them lies somewhere without looking through them all:
/// a file of JSON can be one line.
#[derive(Default)]
struct Secrets {
    /// Sorted; `end` is the furthest that this span or one before it reaches.
    reach: Vec<Span>,
}

impl Secrets {
    /// Whether a span begins at a place or before it, and reaches another.
    fn reaches(&self, begins: u32, reaches: u32) -> bool {
        let after = self.reach.partition_point(|span| span.start <= begins);
        self.reach.get(..after).and_then(<[Span]>::last).is_some_and(|last| last.end >= reaches)
    }
}

/// How much of a line may be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    /// The entry around the mark: secrets stand elsewhere in the line.
    Entry,
    /// Keys, and the values of [`NAMING_KEYS`].
    Names,
    Keys,
}

impl Excerpts {
    /// Of files, by all that was found in them.
    pub(crate) fn new(findings: &[Box<Finding>]) -> Self {
        let mut secrets: HashMap<usize, Secrets, RandomState> = HashMap::default();
        let may_be_secret = |finding: &&Finding| is_of_secrets(finding) || is_long_number(finding);
        let all = findings.par_iter().with_min_len(FEW).map(AsRef::as_ref);
        let few: Vec<&Finding> = all.filter(may_be_secret).collect();
        for finding in few {
            secrets.entry(address(&finding.place.file)).or_default().reach.push(finding.place.span);
        }
        for Secrets { reach } in secrets.values_mut() {
            reach.sort_unstable();
            let mut furthest = 0;
            for span in reach {
                furthest = span.end.max(furthest);
                span.end = furthest;
            }
        }
        Excerpts { secrets }
    }

    /// The excerpt of a finding, at most `width` columns wide. `None` where the text isn't at hand.
    pub(crate) fn of(&self, finding: &Finding, width: usize) -> Option<Excerpt> {
        let file = &finding.place.file;
        let span = finding.place.span;
        let (number, line) = file.line_at(span.start);
        let text = file.text().get(line.start as usize..line.end as usize)?;
        let start = floor(text, span.start.saturating_sub(line.start) as usize);
        let end = floor(text, span.end.saturating_sub(line.start) as usize).max(start);
        let mut excerpt = match self.show(finding, line) {
            Show::All => cut(text, start, end, width),
            Show::Entry => entry(text, start, end, width),
            show => masked(text, start, end, show).unwrap_or_else(|| cut(text, start, end, width)),
        };
        excerpt.line = number;
        Some(excerpt)
    }

    fn show(&self, finding: &Finding, line: Span) -> Show {
        let of_secret = finding
            .object
            .as_ref()
            .is_some_and(|object| object.kind == "Secret" && object.api_version == "v1");
        if of_secret || is_of_secrets(finding) {
            let first = finding.path.split(['.', '[']).next().unwrap_or("");
            let is_value = matches!(first, "data" | "stringData" | "binaryData")
                || finding.path.ends_with(".value")
                || finding.path.starts_with("metadata.annotations");
            return if is_value { Show::Keys } else { Show::Names };
        }
        let Some(secrets) = self.secrets.get(&address(&finding.place.file)) else { return Show::All };
        if !secrets.reaches(line.end, line.start) {
            return Show::All;
        }
        // At a secret, or inside of one of several lines: nothing of it is shown.
        let span = finding.place.span;
        let is_begun = line.start > 0 && secrets.reaches(line.start - 1, line.start);
        let goes_on = secrets.reaches(line.end, line.end.saturating_add(1));
        if secrets.reaches(span.end, span.start) || is_begun || goes_on { Show::Names } else { Show::Entry }
    }
}

fn is_of_secrets(finding: &Finding) -> bool {
    finding.control.id.starts_with("secret/")
}

/// Whether a finding points at a number that should have been quoted and is longer than a port's: a
/// password of digits is one.
fn is_long_number(finding: &Finding) -> bool {
    let Span { start, end } = finding.place.span;
    finding.control.id == "manifest/wrong-type"
        && end.saturating_sub(start) > 5
        && finding
            .place
            .file
            .text()
            .get(start as usize..end as usize)
            .is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn address(file: &Arc<SourceFile>) -> usize {
    Arc::as_ptr(file).addr()
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A builder that keeps the mark true while text is replaced.
#[derive(Default)]
struct Line {
    text: String,
    mark: Option<(usize, usize)>,
}

impl Line {
    /// A line with room for a text.
    fn with_room(text: &str) -> Line {
        Line { text: String::with_capacity(text.len() + 8), mark: None }
    }

    fn push(&mut self, text: &str) {
        if is_plain(text) {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            match c {
                '\t' => self.text.push_str(TAB),
                c if is_hostile(c) => self.text.push(char::REPLACEMENT_CHARACTER),
                c => self.text.push(c),
            }
        }
    }

    /// Adds a piece that starts at byte `at` of the source line, which the mark may begin or end in.
    fn push_marked(&mut self, at: usize, piece: &str, start: usize, end: usize) {
        let from = floor(piece, start.saturating_sub(at));
        let to = floor(piece, end.saturating_sub(at)).max(from);
        let (before, rest) = piece.split_at(from);
        let (marked, after) = rest.split_at(to - from);
        self.push(before);
        if start < at + piece.len() && end > at || (start == end && start == at + from) {
            let begin = self.text.len();
            self.push(marked);
            let (first, _) = self.mark.unwrap_or((begin, begin));
            self.mark = Some((first, self.text.len()));
        } else {
            self.push(marked);
        }
        self.push(after);
    }

    fn done(mut self) -> Excerpt {
        let (start, mut end) = self.mark.unwrap_or((self.text.len(), self.text.len()));
        if start == end {
            // Something that isn't written: the mark stands where it would be.
            match self.text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(next) => end += next.len_utf8(),
                None => {
                    self.text.push(' ');
                    end = self.text.len();
                }
            }
        }
        Excerpt { line: 0, text: self.text, start, end }
    }
}

/// The whole line where it fits, or the entry around the mark: of a long line, which may be a whole
/// file of JSON, nothing else is shown.
fn cut(text: &str, start: usize, end: usize, width: usize) -> Excerpt {
    let text = text.trim_end();
    let (start, end) = (start.min(text.len()), end.min(text.len()));
    if text.len() <= width || (text.len() <= width * 4 && columns(text) <= width) {
        let mut line = Line::with_room(text);
        line.push_marked(0, text, start, end);
        return line.done();
    }
    entry(text, start, end, width)
}

/// What stands between the brackets and commas around the mark.
fn entry(text: &str, start: usize, end: usize, width: usize) -> Excerpt {
    let text = text.trim_end();
    let (start, end) = (start.min(text.len()), end.min(text.len()));
    let mut line = Line::default();
    let is_edge = |c: char| matches!(c, ',' | '{' | '}' | '[' | ']');
    let reach = width / 2;
    let before = text.get(..start).unwrap_or("");
    let from = before
        .char_indices()
        .rev()
        .take(reach)
        .take_while(|(_, c)| !is_edge(*c))
        .last()
        .map_or(start, |(at, _)| at);
    let budget = width.saturating_sub(columns(text.get(from..start).unwrap_or("")) + 2).max(8);
    let after = text.get(start..).unwrap_or("");
    let mut used = 0;
    let mut to = start;
    for (at, c) in after.char_indices() {
        used += columns(after.get(at..at + c.len_utf8()).unwrap_or(""));
        if used > budget || (start + at >= end && is_edge(c)) {
            break;
        }
        to = start + at + c.len_utf8();
    }
    if from > 0 {
        line.text.push(CUT);
    }
    let piece = text.get(from..to).unwrap_or("");
    let skipped = piece.len() - piece.trim_start().len();
    line.push_marked(from + skipped, piece.trim_start(), start, end.min(to));
    if to < text.len() {
        line.text.push(CUT);
    }
    line.done()
}

/// The line with its values masked. `None` where there is nothing to mask.
fn masked(text: &str, start: usize, end: usize, show: Show) -> Option<Excerpt> {
    let text = text.trim_end();
    let head = head_of(text);
    let value = text.get(head..)?;
    if value.is_empty() || matches!(value, "{" | "[" | "|" | ">" | "|-" | ">-" | "|+" | ">+") {
        return None;
    }
    if show == Show::Names && is_word(value) {
        let key = text.get(..head)?.trim().trim_end_matches(':').trim_start_matches(['-', ' ']);
        if NAMING_KEYS.contains(&key.trim_matches(['"', '\''])) {
            return None;
        }
    }
    let mut line = Line::with_room(text);
    line.push_marked(0, text.get(..head)?, start, end);
    let is_key = end > start && text.get(end.min(text.len())..)?.trim_start().starts_with(':');
    if is_key && start >= head {
        // A key further on in the line: of all that stands around it nothing is shown.
        line.push(MASK);
        line.push(" ");
        line.push_marked(start, text.get(start..end)?, start, end);
        line.push(": ");
        line.push(MASK);
    } else {
        let begin = line.text.len();
        line.push(MASK);
        if line.mark.is_none() {
            line.mark = Some((begin, line.text.len()));
        }
    }
    Some(line.done())
}

/// Bytes of indentation, dashes and the first key with its colon: what stands before the value.
fn head_of(text: &str) -> usize {
    let body = text.trim_start_matches([' ', '\t', '-']);
    let indent = text.len() - body.len();
    let is_dashed = text.get(..indent).is_some_and(|dashes| dashes.contains('-'));
    // `--password=x` in a list: the dashes that touch the value are its own.
    let indent = if is_dashed && !text.get(..indent).is_some_and(|dashes| dashes.ends_with([' ', '\t'])) {
        text.find("- ").map_or(0, |at| at + 2)
    } else {
        indent
    };
    let body = text.get(indent..).unwrap_or("");
    let Some((key, value)) = body.split_once(':') else { return indent };
    let quoted = |quote: char| key.strip_prefix(quote).and_then(|key| key.strip_suffix(quote));
    let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(key);
    let is_key = !bare.is_empty()
        && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
        && (value.is_empty() || value.starts_with([' ', '\t']));
    if !is_key {
        return indent;
    }
    let gap = value.len() - value.trim_start().len();
    indent + key.len() + 1 + gap
}

/// A plain name, as objects have.
fn is_word(value: &str) -> bool {
    value
        .trim_matches(['"', '\''])
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(excerpt: &Excerpt) -> &str {
        &excerpt.text[excerpt.start..excerpt.end]
    }

    fn cut_at(text: &str, word: &str, width: usize) -> Excerpt {
        let start = text.find(word).expect("the word stands in the text");
        cut(text, start, start + word.len(), width)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let excerpt = cut_at("  privileged: on", "on", 80);
        assert_eq!(excerpt.text, "  privileged: on");
        assert_eq!(mark(&excerpt), "on");
    }

    #[test]
    fn tabs_and_hostile_characters_are_replaced() {
        let excerpt = cut_at("\ta\x1b: 船\tx", "船", 80);
        assert_eq!(excerpt.text, "    a\u{fffd}: 船    x");
        assert_eq!(mark(&excerpt), "船");
    }

    #[test]
    fn of_a_long_line_only_the_entry_is_shown() {
        let text = format!("{{\"a\":\"{}\",\"privileged\":true,\"password\":\"hunter2\"}}", "x".repeat(400));
        let excerpt = cut_at(&text, "true", 60);
        assert_eq!(excerpt.text, "…\"privileged\":true…");
        assert_eq!(mark(&excerpt), "true");
    }

    #[test]
    fn a_long_value_is_cut() {
        let text = format!("key: {}", "船".repeat(100));
        let excerpt = cut(&text, 5, text.len(), 40);
        assert!(columns(&excerpt.text) <= 40, "{}", excerpt.text);
        assert!(excerpt.text.starts_with("key: 船") && excerpt.text.ends_with('…'));
        assert!(mark(&excerpt).chars().all(|c| c == '船'));
    }

    #[test]
    fn what_is_not_written_is_marked_where_it_would_be() {
        let excerpt = cut("key:", 4, 4, 80);
        assert_eq!((excerpt.text.as_str(), mark(&excerpt)), ("key: ", " "));
    }

    #[test]
    fn values_are_masked_whole() {
        for (text, span, shown) in [
            ("  password: hunter2 # old", "hunter2", "  password: ••••••••"),
            ("  password: hunter2", "password", "  password: ••••••••"),
            ("  - --password=hunter2", "--password=hunter2", "  - ••••••••"),
            ("- name: hunter2", "hunter2", "- name: ••••••••"),
            ("  MIIEhunter2==", "MIIEhunter2", "  ••••••••"),
            ("  \"a\": \"hunter2\", \"b\": \"hunter2\"", "\"hunter2\"", "  \"a\": ••••••••"),
            ("{a: hunter2, b: hunter2}", "b", "•••••••• b: ••••••••"),
            ("  value: \"postgres://u:hunter2@db\"", "\"postgres://u:hunter2@db\"", "  value: ••••••••"),
            ("- \"AUTH: hunter2\"", "\"AUTH: hunter2\"", "- ••••••••"),
        ] {
            let start = text.find(span).expect("the span stands in the text");
            let excerpt = masked(text, start, start + span.len(), Show::Keys).expect("masked");
            assert_eq!(excerpt.text, shown);
            assert!(excerpt.start < excerpt.end);
            assert!(!excerpt.text.contains("hunter2"));
        }
    }

    #[test]
    fn names_and_bare_keys_are_no_secrets() {
        assert_eq!(masked("kind: Secret", 6, 12, Show::Names), None);
        assert_eq!(masked("- name: app", 2, 6, Show::Names), None);
        assert!(masked("- name: app", 2, 6, Show::Keys).is_some());
        assert!(masked("name: a b", 0, 4, Show::Names).is_some());
        assert_eq!(masked("tls.key: |", 0, 7, Show::Keys), None);
    }
}
