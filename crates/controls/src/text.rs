//! The text at the head of a control's file, and the examples in it.

/// What the head of a control's file says.
#[derive(Debug, Default)]
pub struct Text {
    /// The first sentence.
    pub summary: String,
    /// The sections, each with its heading, in Markdown, without the examples.
    pub sections: Vec<Section>,
    pub examples: Vec<Example>,
    /// The control in CEL, where that says exactly the same of a single object as the API server holds it: an
    /// expression for the list of what is wrong, a text for each. `variables.spec`, `variables.containers`
    /// (all of them), `variables.volumes`, `variables.annotations` and `variables.isWindows` are of the pod or
    /// the template; `object` is an object of another kind.
    pub cel: Option<String>,
}

/// A section of a control's text.
#[derive(Debug)]
pub struct Section {
    /// `Why it matters`
    pub heading: String,
    pub body: String,
}

/// An example; every one is run as a test.
#[derive(Debug)]
pub struct Example {
    pub kind: ExampleKind,
    /// The manifest, or the fields of a pod's spec; marks (`# <- here`) taken out.
    pub yaml: String,
    /// Lines (from 1) that carry a mark.
    pub marks: Vec<u32>,
    /// Parameters that the example runs with, as JSON; empty for none.
    pub parameters: String,
}

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// The control finds something on every marked line, and nowhere else.
    Bad,
    /// The control finds nothing.
    Good,
    /// Looks alike, and the control finds nothing.
    NearMiss,
    /// What the example before it becomes when all of its fixes are applied.
    Fixed,
}

/// What a fenced block is.
enum Fence {
    Example(ExampleKind),
    Cel,
    /// Part of the text.
    Other,
}

/// Marks the lines of a bad example on which the control has a finding.
const MARK: &str = "# <- here";

impl Text {
    /// Reads the `//!` lines at the head of a source file.
    pub(crate) fn read(source: &str) -> Text {
        let mut text = Text::default();
        let mut fence: Option<(Fence, String, String)> = None;
        for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
            let line = line.strip_prefix(' ').unwrap_or(line);
            if let Some((kind, parameters, mut yaml)) = fence.take() {
                if line.trim_end() == "```" {
                    match kind {
                        Fence::Example(kind) => text.examples.push(Example::new(kind, &yaml, parameters)),
                        Fence::Cel => text.cel = Some(yaml.trim_end().to_owned()),
                        Fence::Other => text.push_line(&format!("```\n{yaml}```")),
                    }
                } else {
                    yaml.push_str(line);
                    yaml.push('\n');
                    fence = Some((kind, parameters, yaml));
                }
            } else if let Some(info) = line.strip_prefix("```") {
                let mut words = info.split_whitespace();
                let kind = match (words.next(), words.next().and_then(ExampleKind::named)) {
                    (Some("cel"), _) => Fence::Cel,
                    (_, Some(kind)) => Fence::Example(kind),
                    _ => Fence::Other,
                };
                let parameters =
                    info.split_once("parameters=").map_or("", |(_, json)| json.trim()).to_owned();
                fence = Some((kind, parameters, String::new()));
            } else if let Some(heading) = line.strip_prefix("## ") {
                text.sections.push(Section { heading: heading.trim().to_owned(), body: String::new() });
            } else {
                text.push_line(line);
            }
        }
        text.summary = text.summary.trim().to_owned();
        for section in &mut text.sections {
            section.body = section.body.trim().to_owned();
        }
        text
    }

    fn push_line(&mut self, line: &str) {
        let body = self.sections.last_mut().map_or(&mut self.summary, |section| &mut section.body);
        body.push_str(line);
        body.push('\n');
    }

    /// The body of a section.
    pub fn section(&self, heading: &str) -> Option<&str> {
        self.sections.iter().find(|section| section.heading == heading).map(|section| section.body.as_str())
    }
}

impl ExampleKind {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "bad" => ExampleKind::Bad,
            "good" => ExampleKind::Good,
            "near-miss" => ExampleKind::NearMiss,
            "fixed" => ExampleKind::Fixed,
            _ => return None,
        })
    }
}

impl Example {
    fn new(kind: ExampleKind, marked: &str, parameters: String) -> Self {
        let mut yaml = String::with_capacity(marked.len());
        let mut marks = Vec::new();
        for (line, number) in marked.lines().zip(1..) {
            match line.split_once(MARK) {
                Some((before, _)) => {
                    marks.push(number);
                    yaml.push_str(before.trim_end());
                }
                None => yaml.push_str(line),
            }
            yaml.push('\n');
        }
        Example { kind, yaml, marks, parameters }
    }

    /// Whether the example is only the fields of a pod's spec.
    pub fn is_pod_spec(&self) -> bool {
        !self
            .yaml
            .lines()
            .any(|line| line.starts_with("apiVersion:") || line.starts_with('{') || line.starts_with("kind:"))
    }

    /// The example as a manifest, and how many lines and columns stand before it there.
    pub fn manifest(&self) -> (String, u32) {
        if !self.is_pod_spec() {
            return (self.yaml.clone(), 0);
        }
        let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: example\nspec:\n";
        let mut manifest = head.to_owned();
        for line in self.yaml.lines() {
            if !line.is_empty() {
                manifest.push_str("  ");
                manifest.push_str(line);
            }
            manifest.push('\n');
        }
        (manifest, head.lines().count() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_summary_sections_and_examples() {
        let text = Text::read(
            "//! A thing is wrong.\n//!\n//! ## Why it matters\n//! Because.\n//!\n//! ```yaml bad parameters={\"a\":1}\n//! a: 1\n//! b: 2 # <- here\n//! ```\n//! ```cel\n//! object.a == 1 ?\n//!   [] : [\"b\"]\n//! ```\n\nuse x;\n//! not text\n",
        );
        assert_eq!(text.summary, "A thing is wrong.");
        assert_eq!(text.section("Why it matters"), Some("Because."));
        let [example] = text.examples.as_slice() else { panic!("one example") };
        assert_eq!(text.cel.as_deref(), Some("object.a == 1 ?\n  [] : [\"b\"]"));
        assert_eq!(example.kind, ExampleKind::Bad);
        assert_eq!(example.yaml, "a: 1\nb: 2\n");
        assert_eq!(example.marks, [2]);
        assert_eq!(example.parameters, "{\"a\":1}");
    }
}
