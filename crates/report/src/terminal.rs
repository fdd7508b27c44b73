//! For people at a terminal: files, objects, source, findings; then what was not covered, and a summary.

mod tally;

use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex};

use plimsoll_engine::{Finding, ObjectName, Safety, Severity};

use self::tally::Tally;
use crate::excerpt::{Excerpt, Excerpts};
use crate::in_order::in_order;
use crate::paint::{Paint, Tone, spaces};
use crate::text::{columns, counted, shown, wrap};
use crate::{Counts, Report, Style, Verdict, open};

/// Namespaces that the summary names; the others are counted together.
const TOP_NAMESPACES: usize = 10;
/// Longer ids push their message to the right; the others stay in line.
const LONG_ID: usize = 34;
/// Bytes that most pages have room in.
const ROOM: usize = 1 << 16;
/// Files that one thread writes together.
const TOGETHER: usize = 4;

pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rest = report.findings;
    // Pages begin where files do. Where, is found while the pages before are made: findings stand all over the memory.
    let pages = std::iter::from_fn(|| {
        let length = rest.chunk_by(|a, b| is_same_file(a, b)).take(TOGETHER).map(<[_]>::len).sum();
        let page;
        (page, rest) = rest.split_at(length);
        (!page.is_empty()).then_some(page)
    });
    // Pages that are written out leave their memory to the next ones.
    let spare = Mutex::new(Vec::new());
    let render = |findings| {
        let text = spare.lock().ok().and_then(|mut spare| spare.pop());
        page(findings, text.unwrap_or_else(|| String::with_capacity(ROOM)), style)
    };
    let mut tally = Tally::default();
    in_order(pages, render, |(mut text, of_page)| {
        tally.add(of_page);
        out.write_all(text.as_bytes())?;
        text.clear();
        if let Ok(mut spare) = spare.lock() {
            spare.push(text);
        }
        Ok(())
    })?;
    let excerpts = Excerpts::default();
    let mut page = Page::new(String::new(), &excerpts, style);
    page.not_covered(report);
    page.notices(report);
    page.summary(report, &tally);
    page.verdict(report, &tally);
    out.write_all(page.text.as_bytes())
}

/// The page of some files, by all that was found in them: written into an empty text, and what the summary counts there.
fn page<'f>(findings: &'f [Box<Finding>], text: String, style: &Style) -> (String, Tally<'f>) {
    let excerpts = Excerpts::new(findings);
    let mut page = Page::new(text, &excerpts, style);
    let mut tally = Tally::default();
    for of_file in findings.chunk_by(|a, b| is_same_file(a, b)) {
        let open: Vec<&Finding> = open(of_file).collect();
        if !open.is_empty() {
            page.file(&open);
            tally.count(&open);
        }
    }
    (page.text, tally)
}

fn is_same_file(a: &Finding, b: &Finding) -> bool {
    Arc::ptr_eq(&a.place.file, &b.place.file) || a.place.file.name() == b.place.file.name()
}

/// How many digits the number of a line has.
fn digits(line: u32) -> usize {
    line.max(1).ilog10() as usize + 1
}

struct Page<'e> {
    text: String,
    paint: Paint,
    excerpts: &'e Excerpts,
    /// Columns that a message may reach to: without end where lines aren't to be broken.
    width: usize,
    /// Columns that a line of source may reach to, of which there is always an end.
    source_width: usize,
    hyperlinks: bool,
    /// What stands left of what is said, and the columns before its line.
    edge: String,
    gutter: usize,
}

/// Findings of one object that point at the same text, at least one.
#[derive(Clone, Copy)]
struct Spot<'s, 'f>(&'s [&'f Finding]);

impl<'e> Page<'e> {
    fn new(text: String, excerpts: &'e Excerpts, style: &Style) -> Self {
        Page {
            text,
            paint: Paint::new(style.color),
            excerpts,
            width: style.width.map_or(usize::MAX, |width| width.clamp(40, 160)),
            source_width: style.width.unwrap_or(Style::WIDTH).clamp(40, 160),
            hyperlinks: style.hyperlinks,
            edge: String::new(),
            gutter: 0,
        }
    }

    fn file(&mut self, findings: &[&Finding]) {
        let Some(first) = findings.first() else { return };
        let name = first.place.file.name();
        self.paint.push(&mut self.text, Tone::Heading, &shown(name));
        self.text.push_str("  ");
        let counts = Counts::of(findings.iter().copied());
        self.paint.push(&mut self.text, Tone::Dim, &counts.by_severity());
        self.text.push('\n');

        let mut sorted = findings.to_vec();
        sorted.sort_by(|a, b| {
            (a.place.span, b.severity, a.control.id).cmp(&(b.place.span, a.severity, b.control.id))
        });
        let is_same = |a: &&Finding, b: &&Finding| a.place.span == b.place.span && a.object == b.object;
        let spots: Vec<Spot<'_, '_>> = sorted.chunk_by(is_same).map(Spot).collect();
        self.gutter = sorted.last().map_or(1, |last| digits(last.place.start().line)).max(2) + 2;
        self.edge.clear();
        spaces(&mut self.edge, self.gutter);
        self.paint.push(&mut self.edge, Tone::Dim, " │ ");
        let ids = findings.iter().map(|finding| finding.control.id.len()).max().unwrap_or(0).min(LONG_ID);
        for of_object in spots.chunk_by(|a, b| a.object() == b.object()) {
            self.object(of_object, ids);
        }
        self.text.push('\n');
    }

    fn object(&mut self, spots: &[Spot<'_, '_>], ids: usize) {
        self.text.push('\n');
        spaces(&mut self.text, self.gutter + 1);
        match spots.first().and_then(Spot::object) {
            Some(object) => {
                self.paint.push(&mut self.text, Tone::Name, &shown(&object.to_string()));
            }
            None => self.paint.push(&mut self.text, Tone::Dim, "not in an object"),
        }
        self.text.push('\n');
        // The same words about places that follow one another are said once, below all of them.
        for (number, same) in spots.chunk_by(Spot::says_the_same).enumerate() {
            if number > 0 {
                spaces(&mut self.text, self.gutter);
                self.paint.push(&mut self.text, Tone::Dim, " │");
                self.text.push('\n');
            }
            for spot in same {
                self.excerpt(*spot);
            }
            if let Some(Spot(findings)) = same.first() {
                for finding in *findings {
                    self.row(finding, ids, same.len());
                }
            }
        }
    }

    fn excerpt(&mut self, Spot(findings): Spot<'_, '_>) {
        let Some(finding) = findings.first() else { return };
        let Some(excerpt) = self.excerpts.of(finding, self.source_width.saturating_sub(self.gutter + 3))
        else {
            return;
        };
        let Excerpt { line, text, start, end } = &excerpt;
        spaces(&mut self.text, self.gutter.saturating_sub(digits(*line)));
        if self.hyperlinks {
            self.link(finding, *line);
        } else {
            self.paint.number(&mut self.text, Tone::Dim, *line);
        }
        self.paint.push(&mut self.text, Tone::Dim, " │ ");
        self.text.push_str(text);
        self.text.push('\n');

        self.text.push_str(&self.edge);
        let marked = text.get(*start..*end).unwrap_or("");
        spaces(&mut self.text, columns(text.get(..*start).unwrap_or("")));
        let worst = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Low);
        self.paint.around(&mut self.text, Tone::Severity(worst), |out| {
            out.extend(std::iter::repeat_n('^', columns(marked).max(1)));
        });
        self.text.push('\n');
    }

    /// The line's number as a link to the file.
    fn link(&mut self, finding: &Finding, line: u32) {
        let name = finding.place.file.name();
        match std::path::absolute(name) {
            Ok(path) => {
                let url = crate::sarif::encoded(&path.to_string_lossy());
                let _ = write!(self.text, "\x1b]8;;file://{url}#{line}\x1b\\");
                self.paint.number(&mut self.text, Tone::Dim, line);
                self.text.push_str("\x1b]8;;\x1b\\");
            }
            Err(_) => self.paint.number(&mut self.text, Tone::Dim, line),
        }
    }

    fn row(&mut self, finding: &Finding, ids: usize, places: usize) {
        let gutter = self.gutter;
        self.text.push_str(&self.edge);
        self.paint.pad(
            &mut self.text,
            Tone::Severity(finding.severity),
            finding.severity.name(),
            "critical".len() + 2,
        );
        let mut indent = gutter + 3 + "critical".len() + 2 + ids.max(finding.control.id.len()) + 2;
        let mut message = shown(&finding.message);
        if let Some(container) = &finding.container
            && !message.contains(&**container)
        {
            let _ = write!(message.to_mut(), " (container {})", shown(container));
        }
        if places > 1 {
            let _ = write!(message.to_mut(), " ({places} places)");
        }
        if self.width < indent + 36 {
            // No room beside the id: the message goes below it.
            self.paint.push(&mut self.text, Tone::Name, finding.control.id);
            indent = gutter + 5;
            self.text.push('\n');
            self.text.push_str(&self.edge);
            spaces(&mut self.text, 2);
        } else {
            let ids = ids.max(finding.control.id.len());
            self.paint.pad(&mut self.text, Tone::Name, finding.control.id, ids + 2);
        }
        let room = self.width.saturating_sub(indent).max(20);
        let mut last = "";
        for (number, line) in wrap(&message, room).enumerate() {
            if number > 0 {
                self.text.push('\n');
                self.text.push_str(&self.edge);
                spaces(&mut self.text, indent.saturating_sub(gutter + 3));
            }
            self.text.push_str(line);
            last = line;
        }
        if let Some(fix) = &finding.fix {
            let mark = match fix.safety {
                Safety::Safe => "[fix]",
                Safety::Unsafe => "[unsafe fix]",
            };
            if columns(last) + 1 + mark.len() > room {
                self.text.push('\n');
                self.text.push_str(&self.edge);
                spaces(&mut self.text, indent.saturating_sub(gutter + 3));
            } else {
                self.text.push(' ');
            }
            self.paint.push(&mut self.text, Tone::Dim, mark);
        }
        self.text.push('\n');
        for related in &finding.related {
            let place = related.place.start();
            let name = related.place.file.name();
            self.text.push_str(&self.edge);
            spaces(&mut self.text, indent.saturating_sub(gutter + 3));
            let line =
                format!("{}:{}:{}: {}", shown(name), place.line, place.column, shown(&related.message));
            self.paint.push(&mut self.text, Tone::Dim, "see ");
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn not_covered(&mut self, report: &Report<'_>) {
        if report.coverage.incomplete.is_empty() {
            return;
        }
        self.heading("Not covered");
        for gap in &report.coverage.incomplete {
            self.remark(&gap.file, gap.line, Tone::Unsure, "not read", &gap.reason);
        }
        self.text.push('\n');
    }

    fn notices(&mut self, report: &Report<'_>) {
        if report.notices.is_empty() {
            return;
        }
        self.heading("Notices");
        for notice in report.notices {
            self.remark(&notice.file, notice.line, Tone::Unsure, notice.kind.name(), &notice.message);
        }
        self.text.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.paint.push(&mut self.text, Tone::Heading, text);
        self.text.push('\n');
    }

    fn remark(&mut self, file: &str, line: Option<u32>, tone: Tone, kind: &str, message: &str) {
        self.text.push_str("  ");
        self.paint.push(&mut self.text, tone, kind);
        self.text.push_str("  ");
        let mut place = shown(file).into_owned();
        if let Some(line) = line {
            let _ = write!(place, ":{line}");
        }
        self.paint.push(&mut self.text, Tone::Name, &place);
        let message = shown(message);
        let used = 2 + columns(kind) + 2 + columns(&place) + 2;
        if used + columns(&message) <= self.width {
            self.text.push_str("  ");
            self.text.push_str(&message);
        } else {
            for line in wrap(&message, self.width - 6) {
                self.text.push_str("\n      ");
                self.text.push_str(line);
            }
        }
        self.text.push('\n');
    }

    fn summary(&mut self, report: &Report<'_>, tally: &Tally<'_>) {
        if tally.findings == 0 {
            return;
        }
        let mut rows: Vec<(String, Counts)> = tally
            .namespaces
            .iter()
            .map(|(name, counts)| {
                (
                    if name.is_empty() { "(no namespace)".to_owned() } else { shown(name).into_owned() },
                    *counts,
                )
            })
            .collect();
        rows.sort_by_key(|(_, counts)| std::cmp::Reverse(*counts));
        if rows.len() > TOP_NAMESPACES + 1 {
            let rest = rows.split_off(TOP_NAMESPACES);
            let mut counts = Counts::default();
            rest.iter().for_each(|(_, more)| counts.merge(more));
            rows.push((format!("{} more", counted(rest.len(), "namespace")), counts));
        }
        let width = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or(0).max("namespace".len()) + 2;

        spaces(&mut self.text, 2);
        self.paint.pad(&mut self.text, Tone::Dim, "namespace", width);
        for severity in Severity::ALL {
            let name = format!("{:>9}", severity.name());
            self.paint.push(&mut self.text, Tone::Severity(severity), &name);
        }
        self.text.push('\n');
        for (name, counts) in &rows {
            self.summary_row(name, counts, width, Tone::Name);
        }
        if rows.len() > 1 {
            self.summary_row("all", &tally.total(), width, Tone::Dim);
        }
        self.text.push('\n');

        let Tally { safe, risky, .. } = *tally;
        if safe > 0 {
            self.hint(&format!("{safe} fixable: "), "plimsoll fix --diff PATH", " shows how");
        }
        if risky > 0 {
            let before = format!(
                "{risky} {}fixable in a way that can change behaviour: ",
                if safe > 0 { "more " } else { "" }
            );
            self.hint(&before, "plimsoll fix --diff --unsafe PATH", "");
        }
        if let Some(finding) = tally.worst {
            self.hint("Why it matters: ", &format!("plimsoll explain {}", finding.control.id), "");
        }
        if let Some(baseline) = &report.baseline {
            let line = format!("{} in the baseline, {} of it mended\n", baseline.known, baseline.mended);
            self.text.push_str(&line);
        }
    }

    fn hint(&mut self, before: &str, command: &str, after: &str) {
        self.text.push_str(before);
        self.paint.push(&mut self.text, Tone::Name, command);
        self.text.push_str(after);
        self.text.push('\n');
    }

    fn summary_row(&mut self, name: &str, counts: &Counts, width: usize, tone: Tone) {
        spaces(&mut self.text, 2);
        self.paint.pad(&mut self.text, tone, name, width);
        for severity in Severity::ALL {
            match counts.get(severity) {
                0 => self.paint.push(&mut self.text, Tone::Dim, &format!("{:>9}", "·")),
                count => {
                    let _ = write!(self.text, "{count:>9}");
                }
            }
        }
        self.text.push('\n');
    }

    fn verdict(&mut self, report: &Report<'_>, tally: &Tally<'_>) {
        let coverage = report.coverage;
        let counts = tally.total();
        let verdict = report.verdict();
        let (tone, word) = match verdict {
            Verdict::Failed => (Tone::Bad, "Failed"),
            Verdict::Incomplete => (Tone::Unsure, "Incomplete"),
            Verdict::Nothing => (Tone::Unsure, "Nothing to check"),
            Verdict::Passed => (Tone::Good, "Passed"),
        };
        self.paint.push(&mut self.text, tone, word);
        self.text.push_str(": ");
        self.text.push_str(&counts.in_words());
        if tally.findings > 0 {
            let _ = write!(self.text, " in {} of {}", tally.files, counted(coverage.files, "file"));
            if verdict != Verdict::Failed {
                let _ = write!(self.text, ", none at or above {}", report.threshold);
            }
        } else if coverage.objects == 0 {
            let _ = write!(self.text, ", and no objects in {}", counted(coverage.files, "file"));
        } else {
            let _ = write!(
                self.text,
                " in {} of {}",
                counted(coverage.objects, "object"),
                counted(coverage.files, "file")
            );
        }
        if report.has_no_control() {
            self.text.push_str("; no control was chosen");
        } else if report.least > Severity::Low {
            let _ = write!(self.text, "; nothing below {} was looked for", report.least);
        }
        let waived = report.findings.len() - tally.findings;
        if waived > 0 {
            let _ = write!(self.text, "; {waived} waived");
        }
        if !coverage.incomplete.is_empty() {
            let _ = write!(self.text, "; {} not covered", coverage.incomplete.len());
        }
        let schemaless = coverage.schemaless.values().sum();
        if schemaless > 0 {
            let _ = write!(self.text, "; {} without a schema", counted(schemaless, "object"));
        }
        self.text.push('\n');
    }
}

impl<'f> Spot<'_, 'f> {
    fn object(&self) -> Option<&'f Arc<ObjectName>> {
        self.0.first().and_then(|finding| finding.object.as_ref())
    }

    fn says_the_same(&self, other: &Spot<'_, '_>) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(other.0).all(|(a, b)| {
                a.control.id == b.control.id
                    && a.severity == b.severity
                    && a.message == b.message
                    && a.container == b.container
                    && a.fix_name() == b.fix_name()
                    && a.related.is_empty()
                    && b.related.is_empty()
            })
    }
}
