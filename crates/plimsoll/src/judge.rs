//! Documents in, findings out.

use std::collections::{BTreeMap, HashSet};

use plimsoll_controls::{Catalogue, is_configured};
use plimsoll_doc::Document;
use plimsoll_engine::waiver::{Waivers, Waiving};
use plimsoll_engine::{Chosen, Finding, Incomplete, Notice, Settled, Surroundings, run};
use plimsoll_kubernetes::Inventory;

use crate::objects::objects_of;
use crate::settings::today;

/// What the controls said of a set of documents.
pub struct Judged {
    /// Settled by path and namespace, with their waivers.
    pub findings: Vec<Box<Finding>>,
    /// What is found where its control isn't wanted.
    pub hidden: Vec<Box<Finding>>,
    pub notices: Vec<Notice>,
    /// Kubernetes objects among the documents.
    pub objects: usize,
    /// Objects without a schema, by apiVersion and kind.
    pub schemaless: BTreeMap<(String, String), usize>,
    /// What looks like an object and can't be read as one.
    pub incomplete: Vec<Incomplete>,
    /// Ids of the controls that had something to look at.
    pub with_subject: HashSet<&'static str>,
}

pub fn judge(documents: &[Document], chosen: &Chosen<'_>, surroundings: &Surroundings<'_>) -> Judged {
    let (found, incomplete) = objects_of(documents);
    let objects = found.len();
    let inventory = Inventory::new(found, surroundings.namespace);
    let waiving = Waiving { documents, chosen, names: &Catalogue, surroundings, today: today() };
    // What needs no findings is done while they are looked for.
    let (settled, (waivers, (schemaless, with_subject))) = rayon::join(
        || chosen.settle(run(documents, &inventory, &chosen.selection), surroundings),
        || (Waivers::read(waiving), (schemaless(&inventory), with_subject(&inventory, chosen))),
    );
    let Settled { shown: mut findings, hidden } = settled;
    let notices = waivers.hold_against(&mut findings);
    Judged { findings, hidden, notices, objects, schemaless, incomplete, with_subject }
}

fn schemaless(inventory: &Inventory<'_>) -> BTreeMap<(String, String), usize> {
    let mut schemaless = BTreeMap::new();
    for object in inventory.objects().iter().filter(|object| !inventory.has_schema(object)) {
        *schemaless.entry((object.api_version().to_owned(), object.kind().to_owned())).or_default() += 1;
    }
    schemaless
}

fn with_subject(inventory: &Inventory<'_>, chosen: &Chosen<'_>) -> HashSet<&'static str> {
    let controls = chosen.selection.controls.iter().map(|selected| selected.control);
    controls
        .filter(|control| is_configured(control, &chosen.selection.parameters))
        .filter(|control| control.has_subject(inventory))
        .map(|control| control.id)
        .collect()
}
