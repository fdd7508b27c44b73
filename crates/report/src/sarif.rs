//! SARIF 2.1.0 for code hosts.
//!
//! GitHub takes 25,000 results a run, 20 tags a rule and 1,000 locations a result, and 10 MB of gzip.
//! What goes beyond is cut, the least severe first, and a notification says how much. What was not
//! covered is a notification too.

use std::collections::HashMap;
use std::io;

use plimsoll_engine::{Finding, NoticeKind, Place, Selected, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Report;
use crate::text::counted;

const RESULTS: usize = 25_000;
const TAGS: usize = 20;
const LOCATIONS: usize = 1_000;
/// Bytes of results before compression; they compress to less than a tenth.
const BYTES: usize = 80 << 20;
/// Notifications of one kind; the others are counted in one more.
const NOTIFICATIONS: usize = 1_000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (findings, mut left_out) = chosen(report.findings);
    let rules = rules(report, &findings);
    let index: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(index, rule)| (rule.control.id, index)).collect();

    let mut results = Vec::with_capacity(findings.len() * 700);
    for (number, finding) in findings.iter().enumerate() {
        if results.len() > BYTES {
            left_out += findings.len() - number;
            break;
        }
        if number > 0 {
            results.push(b',');
        }
        results.push(b'\n');
        serde_json::to_writer(
            &mut results,
            &result(report, finding, index.get(finding.control.id).copied()),
        )?;
    }

    let driver = json!({
        "name": "Plimsoll",
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(rule).collect::<Vec<_>>(),
    });
    let invocation = json!({
        "executionSuccessful": true,
        "toolExecutionNotifications": notifications(report, left_out),
    });
    let mut out = io::BufWriter::new(out);
    let out = &mut out as &mut dyn io::Write;
    out.write_all(b"{\"version\":\"2.1.0\",\n\"$schema\":")?;
    value(out, SCHEMA)?;
    out.write_all(b",\n\"runs\":[{\"tool\":{\"driver\":")?;
    value(out, &driver)?;
    out.write_all(b"},\n\"columnKind\":\"unicodeCodePoints\",\n\"invocations\":[")?;
    value(out, &invocation)?;
    out.write_all(b"],\n\"results\":[")?;
    out.write_all(&results)?;
    out.write_all(b"\n]}]}\n")?;
    out.flush()
}

fn value<T: Serialize + ?Sized>(out: &mut dyn io::Write, value: &T) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

/// The findings that fit, in their order, and how many don't: waived ones go first, then the least
/// severe.
fn chosen(findings: &[Box<Finding>]) -> (Vec<&Finding>, usize) {
    if findings.len() <= RESULTS {
        return (findings.iter().map(AsRef::as_ref).collect(), 0);
    }
    let mut numbered: Vec<(usize, &Finding)> = findings.iter().map(AsRef::as_ref).enumerate().collect();
    numbered.sort_by_key(|(number, finding)| {
        (finding.waived.is_some(), std::cmp::Reverse(finding.severity), *number)
    });
    numbered.truncate(RESULTS);
    numbered.sort_by_key(|(number, _)| *number);
    (numbered.into_iter().map(|(_, finding)| finding).collect(), findings.len() - RESULTS)
}

/// The controls that the findings come from, in the order of the catalogue.
fn rules(report: &Report<'_>, findings: &[&Finding]) -> Vec<Selected> {
    let mut used: HashMap<&str, Selected> = HashMap::new();
    for finding in findings {
        let of_finding = || Selected { control: finding.control, severity: finding.severity };
        used.entry(finding.control.id).or_insert_with(of_finding);
    }
    for selected in report.controls {
        if let Some(rule) = used.get_mut(selected.control.id) {
            rule.severity = selected.severity;
        }
    }
    let mut rules: Vec<Selected> = used.into_values().collect();
    rules.sort_by_key(|rule| rule.control.id);
    rules
}

fn rule(selected: &Selected) -> Value {
    let control = selected.control;
    let mut tags = vec!["security".to_owned(), "kubernetes".to_owned(), control.area().to_owned()];
    tags.extend(
        control
            .frameworks
            .iter()
            .map(|reference| format!("{}/{}", reference.framework, reference.requirement)),
    );
    tags.dedup();
    tags.truncate(TAGS);
    let (summary, text, markdown) = help(control.id, control.title);
    json!({
        "id": control.id,
        "name": control.title,
        "shortDescription": {"text": control.title},
        "fullDescription": {"text": summary},
        "help": {"text": text, "markdown": markdown},
        "helpUri": format!("{}/blob/main/docs/controls/{}.md", env!("CARGO_PKG_REPOSITORY"), control.id),
        "defaultConfiguration": {"level": level(selected.severity)},
        "properties": {
            "security-severity": security_severity(selected.severity),
            "precision": "high",
            "tags": tags,
        },
    })
}

/// The control's text: its summary, all of it as plain text, and as Markdown.
fn help(id: &str, title: &str) -> (String, String, String) {
    let Some(entry) = plimsoll_controls::entry(id) else {
        return (title.to_owned(), title.to_owned(), title.to_owned());
    };
    let text = entry.text();
    let summary = text.summary.replace('\n', " ");
    let mut plain = summary.clone();
    let mut markdown = text.summary.clone();
    for section in &text.sections {
        plain.push_str(&format!("\n\n{}\n{}", section.heading, section.body));
        markdown.push_str(&format!("\n\n## {}\n\n{}", section.heading, section.body));
    }
    (summary, plain, markdown)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// On the scale of CVSS that code hosts use: over 9.0 is critical, 7.0 high, 4.0 medium.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.5",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Value>,
    properties: Value,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "plimsoll/v1")]
    v1: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

fn result<'a>(report: &Report<'_>, finding: &'a Finding, rule_index: Option<usize>) -> Outcome<'a> {
    let text = match &finding.object {
        Some(object) => format!("{object}: {}", finding.message),
        None => finding.message.to_string(),
    };
    let mut location = at(report, &finding.place);
    if let Some(object) = &finding.object {
        let name =
            if finding.path.is_empty() { object.to_string() } else { format!("{object}: {}", finding.path) };
        location.logical_locations.push(json!({"fullyQualifiedName": name, "kind": "resource"}));
    }
    let related = finding.related.iter().take(LOCATIONS - 1).enumerate().map(|(number, related)| Location {
        id: Some(number + 1),
        message: Some(Message { text: related.message.clone() }),
        ..at(report, &related.place)
    });
    let suppressions = finding.waived.iter().map(|waived| {
        let is_here = waived
            .place
            .strip_prefix(finding.place.file.name())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
        json!({
            "kind": if is_here { "inSource" } else { "external" },
            "status": "accepted",
            "justification": format!("{} (waived until {} by {}, {})", waived.reason, waived.until, waived.owner, waived.place),
        })
    });
    Outcome {
        rule_id: finding.control.id,
        rule_index,
        level: level(finding.severity),
        message: Message { text },
        locations: [location],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { v1: finding.fingerprint.to_string() },
        suppressions: suppressions.collect(),
        properties: json!({"severity": finding.severity.name(), "fix": finding.fix_name()}),
    }
}

fn at(report: &Report<'_>, place: &Place) -> Location {
    let (start, end) = (place.start(), place.end());
    Location {
        id: None,
        message: None,
        physical_location: Physical {
            artifact_location: artifact(report, place.file.name()),
            region: Some(Region {
                start_line: start.line,
                start_column: Some(start.column),
                end_line: Some(end.line),
                end_column: Some(end.column),
            }),
        },
        logical_locations: Vec::new(),
    }
}

fn artifact(report: &Report<'_>, name: &str) -> Artifact {
    let path = report.relative(name);
    let uri_base_id = (!path.starts_with('/')).then_some("%SRCROOT%");
    Artifact { uri: encoded(&path), uri_base_id }
}

fn notifications(report: &Report<'_>, left_out: usize) -> Vec<Value> {
    let mut list = Vec::new();
    if left_out > 0 {
        list.push(json!({
            "descriptor": {"id": "limit"},
            "level": "error",
            "message": {"text": format!(
                "{} left out: a run may hold {RESULTS}. The least severe are left out; a JSON report has all of them.",
                counted(left_out, "finding")
            )},
        }));
    }
    let gaps = &report.coverage.incomplete;
    for gap in gaps.iter().take(NOTIFICATIONS) {
        list.push(notification(report, "coverage", "error", &gap.file, gap.line, &gap.reason));
    }
    if gaps.len() > NOTIFICATIONS {
        list.push(json!({
            "descriptor": {"id": "coverage"},
            "level": "error",
            "message": {"text": format!("{} more are not covered", gaps.len() - NOTIFICATIONS)},
        }));
    }
    for notice in report.notices.iter().take(NOTIFICATIONS) {
        let level = if notice.kind == NoticeKind::WaiverUnused { "note" } else { "warning" };
        list.push(notification(
            report,
            notice.kind.name(),
            level,
            &notice.file,
            notice.line,
            &notice.message,
        ));
    }
    if report.notices.len() > NOTIFICATIONS {
        list.push(json!({
            "descriptor": {"id": "notices"},
            "level": "note",
            "message": {"text": format!("{} more notices", report.notices.len() - NOTIFICATIONS)},
        }));
    }
    list
}

fn notification(
    report: &Report<'_>,
    id: &str,
    level: &str,
    file: &str,
    line: Option<u32>,
    message: &str,
) -> Value {
    let location = Location {
        id: None,
        message: None,
        physical_location: Physical {
            artifact_location: artifact(report, file),
            region: line.map(|line| Region {
                start_line: line,
                start_column: None,
                end_line: None,
                end_column: None,
            }),
        },
        logical_locations: Vec::new(),
    };
    json!({
        "descriptor": {"id": id},
        "level": level,
        "message": {"text": message},
        "locations": [location],
    })
}

/// A path as part of a URI.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
