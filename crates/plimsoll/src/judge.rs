//! Documents in, findings out.

use std::collections::{BTreeMap, HashSet};

use plimsoll_controls::{Catalogue, is_configured};
use plimsoll_doc::Document;
use plimsoll_engine::waiver::{Waiving, waive};
use plimsoll_engine::{Chosen, Finding, Incomplete, Notice, Surroundings, run};
use plimsoll_kubernetes::{Inventory, objects};

use crate::settings::today;

/// What the controls said of a set of documents.
pub struct Judged {
    /// Settled by path and namespace, with their waivers.
    pub findings: Vec<Finding>,
    pub notices: Vec<Notice>,
    /// Kubernetes objects among the documents.
    pub objects: usize,
    /// What looks like an object and can't be read as one.
    pub incomplete: Vec<Incomplete>,
    /// Files that can't be edited, and how many findings in each lost their fix for that.
    pub uneditable: BTreeMap<String, usize>,
    /// Ids of the controls that had something to look at.
    pub with_subject: HashSet<&'static str>,
}

pub fn judge(documents: &[Document], chosen: &Chosen<'_>, surroundings: &Surroundings<'_>) -> Judged {
    let mut found = Vec::new();
    let mut incomplete = Vec::new();
    for document in documents {
        objects(document.root(), |object| match object {
            Ok(object) => found.push(object),
            Err(error) => incomplete.push(Incomplete {
                file: document.file().name().to_owned(),
                line: Some(document.file().position(error.at.span().start).line),
                reason: format!("this looks like a Kubernetes object, but {}", error.reason),
            }),
        });
    }
    let objects = found.len();
    let inventory = Inventory::new(found, surroundings.namespace);
    let findings = run(documents, &inventory, &chosen.selection);
    let controls = chosen.selection.controls.iter().map(|selected| selected.control);
    let with_subject = controls
        .filter(|control| is_configured(control, &chosen.selection.parameters))
        .filter(|control| control.has_subject(&inventory))
        .map(|control| control.id)
        .collect();
    let mut findings = chosen.settle(findings, surroundings);
    let waiving = Waiving { documents, chosen, names: &Catalogue, surroundings, today: today() };
    let notices = waive(&mut findings, &waiving);
    let uneditable = drop_fixes(&mut findings);
    Judged { findings, notices, objects, incomplete, uneditable, with_subject }
}

/// Takes the fixes from findings in text that was made from other files: there is nothing to edit, and no
/// report may say that there is.
fn drop_fixes(findings: &mut [Finding]) -> BTreeMap<String, usize> {
    let mut uneditable = BTreeMap::new();
    for finding in findings.iter_mut().filter(|finding| !finding.place.file.is_verbatim()) {
        if finding.fix.take().is_some() && finding.waived.is_none() {
            *uneditable.entry(finding.place.file.name().to_owned()).or_default() += 1;
        }
    }
    uneditable
}
