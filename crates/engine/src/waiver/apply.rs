//! Holding findings against waivers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use plimsoll_doc::{Document, SourceFile, Span};
use plimsoll_kubernetes::{Object, objects};

use crate::chosen::Places;
use crate::waiver::comment::{self, Comment, Covers, NAME};
use crate::waiver::{Named, Terms, Waiver, annotation, directive};
use crate::{Chosen, Date, Finding, Names, Notice, NoticeKind, ObjectName, Surroundings, Waived};

/// What waivers are found in and judged by.
#[derive(Clone, Copy)]
pub struct Waiving<'a> {
    /// All that was read, the documents of a file in their order.
    pub documents: &'a [Document],
    pub chosen: &'a Chosen<'a>,
    pub names: &'a (dyn Names + Sync),
    pub surroundings: &'a Surroundings<'a>,
    pub today: Date,
}

/// Marks the findings that a waiver of a comment, of an annotation or of the configuration lets go.
/// Notices tell of waivers that expired, that matched nothing, or that can't be read; they are sorted.
pub fn waive(findings: &mut [Box<Finding>], waiving: &Waiving<'_>) -> Vec<Notice> {
    Waivers::read(*waiving).hold_against(findings)
}

/// All waivers of a scan, which can be read before anything is found.
pub struct Waivers<'a> {
    waiving: Waiving<'a>,
    places: Places<'a, 'a>,
    grants: Grants<'a>,
}

impl<'a> Waivers<'a> {
    pub fn read(waiving: Waiving<'a>) -> Self {
        let mut places = Places::new(waiving.chosen, waiving.surroundings);
        let grants = Grants::collect(&waiving, &mut places);
        Waivers { waiving, places, grants }
    }

    /// See [`waive`].
    pub fn hold_against(self, findings: &mut [Box<Finding>]) -> Vec<Notice> {
        let Waivers { waiving, places, mut grants } = self;
        if !grants.list.is_empty() {
            findings.iter_mut().for_each(|finding| grants.judge(finding, &waiving));
        }
        notices(grants, &waiving, places)
    }
}

/// What is to be said of the waivers themselves, once they were held against all findings.
fn notices<'a>(grants: Grants<'a>, waiving: &Waiving<'a>, mut places: Places<'a, 'a>) -> Vec<Notice> {
    let Grants { list, mut notices, .. } = grants;
    let mut spots = None;
    for grant in &list {
        if waiving.today > grant.terms.until && grant.used.contains(&true) {
            notices.push(grant.notice(
                NoticeKind::WaiverExpired,
                format!(
                    "the waiver of {} expired after {} ({}): its findings count again; mend them or agree on \
                     a new date",
                    grant.terms.names(),
                    grant.terms.until,
                    grant.terms.owner,
                ),
            ));
        }
        for (named, _) in grant.terms.controls.iter().zip(&grant.used).filter(|(_, used)| !**used) {
            let runs = |spot: &Spot| {
                let place = places_of(&mut places, spot, waiving.surroundings);
                named.controls.iter().any(|control| waiving.chosen.runs_at(control, &place))
            };
            let is_unused = match &grant.reach {
                Reach::Nothing => true,
                Reach::Line(document) | Reach::Document(document) | Reach::Object(document, _) => {
                    spots_of(document).iter().any(runs)
                }
                Reach::Configured(waiver) => spots
                    .get_or_insert_with(|| waiving.documents.iter().flat_map(spots_of).collect::<Vec<_>>())
                    .iter()
                    .filter(|spot| is_read(waiver, spot, waiving.surroundings))
                    .any(runs),
            };
            if is_unused {
                let message = format!("the waiver of {} matches nothing: remove it", named.name);
                notices.push(grant.notice(NoticeKind::WaiverUnused, message));
            }
        }
    }
    notices.sort();
    notices.dedup();
    notices
}

/// A waiver, wherever it stands.
struct Grant<'a> {
    terms: Terms,
    file: &'a str,
    line: u32,
    reach: Reach<'a>,
    /// Which of the named controls had a finding.
    used: Vec<bool>,
}

/// What a waiver holds for.
enum Reach<'a> {
    /// A line of the document's file; the index knows which.
    Line(&'a Document),
    Document(&'a Document),
    Object(&'a Document, ObjectName),
    Configured(&'a Waiver),
    /// It stands where no document follows.
    Nothing,
}

/// A file, by the address of its text.
type FileKey = usize;

#[derive(Default)]
struct Grants<'a> {
    list: Vec<Grant<'a>>,
    notices: Vec<Notice>,
    by_line: HashMap<(FileKey, u32), Vec<usize>>,
    /// By the first byte of the document. Those of objects too.
    by_document: HashMap<(FileKey, u32), Vec<usize>>,
    configured: Vec<usize>,
    /// Whether a file has waivers in comments on lines.
    has_lines: HashSet<FileKey>,
}

impl<'a> Grants<'a> {
    fn collect(waiving: &Waiving<'a>, places: &mut Places<'a, 'a>) -> Self {
        let mut grants = Grants::default();
        let name = memchr::memmem::Finder::new(NAME);
        let mut read: Option<(FileKey, bool)> = None;
        let mut end = 0;
        for (index, document) in waiving.documents.iter().enumerate() {
            let file = document.file();
            let key = file_key(file);
            let speaks = read
                .filter(|(of, _)| *of == key)
                .map_or_else(|| name.find(file.text().as_bytes()).is_some(), |(_, speaks)| speaks);
            read = Some((key, speaks));
            if !speaks {
                continue;
            }
            let previous = index.checked_sub(1).and_then(|previous| waiving.documents.get(previous));
            if previous.is_none_or(|previous| !Arc::ptr_eq(previous.file(), file)) {
                end = 0;
            }
            let before = Span { start: end, end: document.span().start.max(end) };
            let next = waiving.documents.get(index + 1);
            let is_followed = next.is_some_and(|next| Arc::ptr_eq(next.file(), file));
            let inside;
            (inside, end) = comment::inside(document, is_followed);
            for comment in comment::between(file, before).into_iter().chain(inside) {
                grants.comment(comment, Some(document), file, waiving);
            }
            if !is_followed {
                let end = file.text().len() as u32;
                let after = Span { start: document.span().end.min(end), end };
                for comment in comment::between(file, after) {
                    grants.comment(comment, None, file, waiving);
                }
            }
            let Span { start, end } = document.span();
            let text = file.text().get(start as usize..end as usize);
            if text.is_some_and(|text| comment::has(text, annotation::KEY)) {
                objects(document.root(), |object| {
                    if let Ok(object) = object {
                        grants.annotation(&object, document, waiving, places);
                    }
                });
            }
        }
        for waiver in &waiving.chosen.configuration.waivers {
            let number =
                grants.push(waiver.terms.clone(), &waiver.file, waiver.line, Reach::Configured(waiver));
            grants.configured.push(number);
        }
        grants
    }

    fn comment(
        &mut self,
        comment: Comment<'_>,
        document: Option<&'a Document>,
        file: &'a Arc<SourceFile>,
        waiving: &Waiving<'_>,
    ) {
        let text = comment.text.trim_start();
        let verb: &str = text.split(char::is_whitespace).next().unwrap_or("");
        if verb != "waive" {
            let message = "only `plimsoll: waive` means something in a comment: this one does nothing";
            return self.invalid(file.name(), comment.line, message.to_owned());
        }
        let terms = match directive::parse(text.get(verb.len()..).unwrap_or(""), waiving.names) {
            Ok(terms) => terms,
            Err(error) => return self.invalid(file.name(), comment.line, waives_nothing(&error)),
        };
        let key = file_key(file);
        let reach = match (document, comment.covers) {
            (None, _) => Reach::Nothing,
            (Some(document), Covers::Line(_)) => Reach::Line(document),
            (Some(document), Covers::Document) => Reach::Document(document),
        };
        let number = self.push(terms, file.name(), comment.line, reach);
        match (document, comment.covers) {
            (None, _) => {}
            (Some(_), Covers::Line(line)) => {
                self.has_lines.insert(key);
                self.by_line.entry((key, line)).or_default().push(number);
            }
            (Some(document), Covers::Document) => {
                self.by_document.entry((key, document.span().start)).or_default().push(number);
            }
        }
    }

    fn annotation(
        &mut self,
        object: &Object<'a>,
        document: &'a Document,
        waiving: &Waiving<'_>,
        places: &mut Places<'a, 'a>,
    ) {
        let Some(annotation) = annotation::of(object) else { return };
        let file = document.file();
        let name = ObjectName::of(object);
        let place = places.of(file.path(), waiving.surroundings.namespace_of(&name));
        if !waiving.chosen.annotations_waive_at(&place) {
            let message = format!(
                "{} waives nothing: the configuration permits no waivers by annotation here",
                annotation::KEY
            );
            return self.invalid(file.name(), annotation.line, message);
        }
        let Some(text) = annotation.text else {
            let message = format!("{} waives nothing: it is no text; put quotes around it", annotation::KEY);
            return self.invalid(file.name(), annotation.line, message);
        };
        for text in text.lines().filter(|line| !line.trim().is_empty()) {
            match directive::parse(text, waiving.names) {
                Ok(terms) => {
                    let reach = Reach::Object(document, name.clone());
                    let number = self.push(terms, file.name(), annotation.line, reach);
                    let key = (file_key(file), document.span().start);
                    self.by_document.entry(key).or_default().push(number);
                }
                Err(error) => self.invalid(file.name(), annotation.line, waives_nothing(&error)),
            }
        }
    }

    fn push(&mut self, terms: Terms, file: &'a str, line: u32, reach: Reach<'a>) -> usize {
        let used = vec![false; terms.controls.len()];
        self.list.push(Grant { terms, file, line, reach, used });
        self.list.len() - 1
    }

    fn invalid(&mut self, file: &str, line: u32, message: String) {
        let file = file.to_owned();
        self.notices.push(Notice { kind: NoticeKind::WaiverInvalid, file, line: Some(line), message });
    }

    /// Lets a finding go where a waiver says so: one in the file before one of the configuration.
    fn judge(&mut self, finding: &mut Finding, waiving: &Waiving<'_>) {
        let key = file_key(&finding.place.file);
        let on_line = match self.has_lines.contains(&key) {
            true => self.by_line.get(&(key, finding.place.start().line)),
            false => None,
        };
        let in_document = self.by_document.get(&(key, finding.place.document));
        let numbers = on_line.into_iter().chain(in_document).flatten().chain(&self.configured);
        for number in numbers {
            let Some(grant) = self.list.get_mut(*number) else { continue };
            if grant.matches(finding, waiving.surroundings)
                && waiving.today <= grant.terms.until
                && finding.waived.is_none()
            {
                finding.waived = Some(Box::new(Waived {
                    reason: grant.terms.reason.clone(),
                    owner: grant.terms.owner.clone(),
                    until: grant.terms.until.to_string(),
                    place: format!("{}:{}", grant.file, grant.line),
                }));
            }
        }
    }
}

impl Grant<'_> {
    /// Whether the waiver speaks of a finding; if so, it is marked as used.
    fn matches(&mut self, finding: &Finding, surroundings: &Surroundings<'_>) -> bool {
        let speaks_of = |named: &Named| named.controls.iter().any(|control| control.id == finding.control.id);
        if !self.terms.controls.iter().any(speaks_of) {
            return false;
        }
        let is_meant = match &self.reach {
            Reach::Line(_) | Reach::Document(_) => true,
            Reach::Object(_, name) => finding.object.as_deref() == Some(name),
            Reach::Configured(waiver) => is_meant(waiver, finding, surroundings),
            Reach::Nothing => false,
        };
        if is_meant {
            for (named, used) in self.terms.controls.iter().zip(&mut self.used) {
                *used |= speaks_of(named);
            }
        }
        is_meant
    }

    fn notice(&self, kind: NoticeKind, message: String) -> Notice {
        Notice { kind, file: self.file.to_owned(), line: Some(self.line), message }
    }
}

impl Waiver {
    /// Whether the waiver speaks of a finding, whatever the day is.
    pub fn speaks_of(&self, finding: &Finding, surroundings: &Surroundings<'_>) -> bool {
        self.terms.speaks_of(finding.control) && is_meant(self, finding, surroundings)
    }
}

fn waives_nothing(error: &str) -> String {
    format!("this waiver waives nothing: {error}")
}

fn is_meant(waiver: &Waiver, finding: &Finding, surroundings: &Surroundings<'_>) -> bool {
    let containers = &waiver.containers;
    let file = finding.place.file.path();
    waiver.paths.as_ref().is_none_or(|globs| globs.matches(&surroundings.path(file)))
        && is_object_meant(waiver, finding.object.as_deref(), surroundings)
        && containers
            .as_ref()
            .is_none_or(|globs| finding.container.as_deref().is_some_and(|c| globs.matches(c)))
}

fn is_object_meant(waiver: &Waiver, object: Option<&ObjectName>, surroundings: &Surroundings<'_>) -> bool {
    let (namespaces, kinds, names) = (&waiver.namespaces, &waiver.kinds, &waiver.names);
    let Some(object) = object else {
        return namespaces.is_none() && kinds.is_none() && names.is_none();
    };
    let namespace = surroundings.namespace_of(object);
    namespaces.as_ref().is_none_or(|globs| namespace.is_some_and(|namespace| globs.matches(namespace)))
        && names.as_ref().is_none_or(|globs| globs.matches(&object.name))
        && kinds.as_ref().is_none_or(|globs| {
            globs.matches(&object.kind)
                || object
                    .api_version
                    .split_once('/')
                    .is_some_and(|(group, _)| globs.matches(&format!("{group}/{}", object.kind)))
        })
}

/// Something that was read: an object of a file, or a document without one.
struct Spot<'a> {
    /// As settings know it.
    path: &'a str,
    object: Option<ObjectName>,
}

fn spots_of(document: &Document) -> Vec<Spot<'_>> {
    let path = document.file().path();
    let mut spots = Vec::new();
    objects(document.root(), |object| {
        spots.extend(object.ok().map(|object| Spot { path, object: Some(ObjectName::of(&object)) }));
    });
    if spots.is_empty() {
        spots.push(Spot { path, object: None });
    }
    spots
}

/// Whether a waiver of the configuration speaks of something that was read. One with paths does where
/// a file matches; one without where an object does, since the rest of the estate may not be at hand.
fn is_read(waiver: &Waiver, spot: &Spot<'_>, surroundings: &Surroundings<'_>) -> bool {
    match &waiver.paths {
        Some(globs) => globs.matches(&surroundings.path(spot.path)),
        None => is_object_meant(waiver, spot.object.as_ref(), surroundings),
    }
}

fn places_of<'c>(
    places: &mut Places<'c, '_>,
    spot: &Spot<'_>,
    surroundings: &Surroundings<'_>,
) -> Vec<&'c crate::Scope> {
    let namespace = spot.object.as_ref().and_then(|object| surroundings.namespace_of(object));
    places.of(spot.path, namespace)
}

fn file_key(file: &Arc<SourceFile>) -> FileKey {
    Arc::as_ptr(file).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_begins_with_the_name_too() {
        assert!(annotation::KEY.starts_with(NAME));
    }
}
