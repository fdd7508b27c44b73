//! JSON for programs: `schemas/report-v1.schema.json` says what every name means. Later versions only
//! add names. One finding a line, so that two reports can be compared with `diff`.

use std::io;

use plimsoll_engine::{Finding, ObjectName, Place, Severity, Waived};
use serde::Serialize;

use crate::compliance::{Standing, answers};
use crate::in_order::in_order;
use crate::{Counts, Report};

/// Findings that one thread writes in a row, and bytes that one takes, about.
const TOGETHER: usize = 64;
const EACH: usize = 1024;

/// What `location` holds: lines and columns count from 1, columns in characters; `endColumn` is one
/// past the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize)]
struct Waiver<'a> {
    reason: &'a str,
    owner: &'a str,
    /// The last day it holds.
    expiry: &'a str,
    place: &'a str,
}

#[derive(Serialize)]
struct RelatedPlace<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Item<'a> {
    control: &'a str,
    title: &'a str,
    aliases: &'a [&'a str],
    severity: Severity,
    message: &'a str,
    object: Option<Object<'a>>,
    container: Option<&'a str>,
    path: &'a str,
    location: Location<'a>,
    fix: &'a str,
    waived: Option<Waiver<'a>>,
    fingerprint: String,
    related: Vec<RelatedPlace<'a>>,
}

#[derive(Serialize)]
struct Gap<'a> {
    file: &'a str,
    line: Option<u32>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Covered<'a> {
    files: usize,
    documents: usize,
    objects: usize,
    incomplete: Vec<Gap<'a>>,
    schemaless: Vec<Schemaless<'a>>,
}

#[derive(Serialize)]
struct Schemaless<'a> {
    #[serde(rename = "apiVersion")]
    api_version: &'a str,
    kind: &'a str,
    objects: usize,
}

#[derive(Serialize)]
struct Remark<'a> {
    kind: &'a str,
    file: &'a str,
    line: Option<u32>,
    message: &'a str,
}

#[derive(Serialize)]
struct Known {
    known: usize,
    mended: usize,
}

#[derive(Serialize)]
struct Summary {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    waived: usize,
}

impl<'a> Location<'a> {
    fn of(place: &'a Place) -> Self {
        let (start, end) = (place.start(), place.end());
        Location {
            file: place.file.name(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl<'a> Object<'a> {
    fn of(name: &'a ObjectName) -> Self {
        Object {
            api_version: &name.api_version,
            kind: &name.kind,
            namespace: name.namespace.as_deref(),
            name: &name.name,
        }
    }
}

impl<'a> Item<'a> {
    fn of(finding: &'a Finding) -> Self {
        Item {
            control: finding.control.id,
            title: finding.control.title,
            aliases: finding.control.aliases,
            severity: finding.severity,
            message: &finding.message,
            object: finding.object.as_deref().map(Object::of),
            container: finding.container.as_deref(),
            path: &finding.path,
            location: Location::of(&finding.place),
            fix: finding.fix_name(),
            waived: finding.waived.as_deref().map(|Waived { reason, owner, until, place }| Waiver {
                reason,
                owner,
                expiry: until,
                place,
            }),
            fingerprint: finding.fingerprint.to_string(),
            related: finding
                .related
                .iter()
                .map(|related| RelatedPlace {
                    message: &related.message,
                    location: Location::of(&related.place),
                })
                .collect(),
        }
    }
}

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let out = &mut out as &mut dyn io::Write;
    out.write_all(b"{\"version\":1,\n\"tool\":")?;
    value(out, &serde_json::json!({"name": "plimsoll", "version": env!("CARGO_PKG_VERSION")}))?;
    out.write_all(b",\n\"verdict\":")?;
    value(out, report.verdict().name())?;
    let counts: Counts = report.counts();
    out.write_all(b",\n\"summary\":")?;
    value(
        out,
        &Summary {
            critical: counts.critical,
            high: counts.high,
            medium: counts.medium,
            low: counts.low,
            waived: report.findings.len() - counts.total(),
        },
    )?;
    out.write_all(b",\n\"threshold\":")?;
    value(out, &report.threshold)?;
    out.write_all(b",\n\"least\":")?;
    value(out, &report.least)?;
    out.write_all(b",\n\"controls\":")?;
    value(out, &report.controls.len())?;
    out.write_all(b",\n\"baseline\":")?;
    value(out, &report.baseline.map(|baseline| Known { known: baseline.known, mended: baseline.mended }))?;
    out.write_all(b",\n\"coverage\":")?;
    let coverage = report.coverage;
    value(
        out,
        &Covered {
            files: coverage.files,
            documents: coverage.documents,
            objects: coverage.objects,
            incomplete: coverage
                .incomplete
                .iter()
                .map(|gap| Gap { file: &gap.file, line: gap.line, reason: &gap.reason })
                .collect(),
            schemaless: coverage
                .schemaless
                .iter()
                .map(|((api_version, kind), objects)| Schemaless { api_version, kind, objects: *objects })
                .collect(),
        },
    )?;
    out.write_all(b",\n\"notices\":")?;
    let notices: Vec<_> = report
        .notices
        .iter()
        .map(|notice| Remark {
            kind: notice.kind.name(),
            file: &notice.file,
            line: notice.line,
            message: &notice.message,
        })
        .collect();
    value(out, &notices)?;
    if let Some(framework) = report.framework {
        let answers = answers(framework, report);
        out.write_all(b",\n\"framework\":")?;
        value(out, &Standing::of(framework, &answers))?;
        out.write_all(b",\n\"requirements\":")?;
        value(out, &answers)?;
    }
    out.write_all(b",\n\"findings\":[")?;
    let mut is_first = true;
    in_order(report.findings.chunks(TOGETHER), lines, |lines: io::Result<Vec<u8>>| {
        // Each line begins with the comma that the first one has no need of.
        let lines = lines?;
        let from = usize::from(std::mem::take(&mut is_first));
        out.write_all(lines.get(from..).unwrap_or_default())
    })?;
    out.write_all(b"\n]}\n")?;
    out.flush()
}

/// Findings, a line each, after a comma and a line end.
fn lines(findings: &[Box<Finding>]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::with_capacity(findings.len() * EACH);
    for finding in findings {
        lines.extend_from_slice(b",\n");
        value(&mut lines, &Item::of(finding))?;
    }
    Ok(lines)
}

fn value<T: Serialize + ?Sized>(out: &mut dyn io::Write, value: &T) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}
