//! Runs controls over an inventory: each on what it applies to alone.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use plimsoll_doc::Document;
use plimsoll_kubernetes::{Inventory, Object, Pod};
use rayon::prelude::*;

use crate::{Check, Control, Finding, Findings, Parameters, Severity};

/// A control that takes part in a scan, and how severe it is there.
#[derive(Clone, Copy, Debug)]
pub struct Selected {
    pub control: &'static Control,
    pub severity: Severity,
}

/// The controls of a scan, in the order of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    pub controls: Vec<Selected>,
    pub parameters: Parameters,
}

/// Objects that one thread checks in a row.
const CHUNK: usize = 16;

type Kinds = HashMap<&'static str, Vec<(&'static str, &'static Control)>>;

/// Controls sorted by what they look at.
#[derive(Default)]
struct Table {
    pods: Vec<&'static Control>,
    kinds: Kinds,
    any: Vec<&'static Control>,
    inventory: Vec<&'static Control>,
    documents: Vec<&'static Control>,
}

impl Table {
    fn new(selection: &Selection) -> Self {
        let mut table = Table::default();
        for Selected { control, .. } in &selection.controls {
            match control.check {
                Check::Pod(_) | Check::Container(_) => table.pods.push(control),
                Check::Object(kinds, _) => {
                    for kind in kinds {
                        table.kinds.entry(kind.kind).or_default().push((kind.group, control));
                    }
                }
                Check::AnyObject(_) => table.any.push(control),
                Check::Inventory(..) => table.inventory.push(control),
                Check::Document(_) => table.documents.push(control),
            }
        }
        table
    }
}

/// Runs the selected controls over the documents and the inventory made from them. Findings are
/// sorted by file, place and control.
pub fn run<'d>(documents: &'d [Document], inventory: &Inventory<'d>, selection: &Selection) -> Vec<Finding> {
    let Some(first) = selection.controls.first() else { return Vec::new() };
    let table = Table::new(selection);
    let sink = || Findings::new(inventory, &selection.parameters, first.control);

    let of_objects = inventory.objects().par_chunks(CHUNK).map(|objects| {
        let mut found = sink();
        objects.iter().for_each(|object| check_object(&table, object, &mut found));
        found.into_vec()
    });
    let of_inventory = table.inventory.par_iter().map(|control| {
        let mut found = sink();
        found.speak_for(control);
        if let Check::Inventory(_, check) = control.check {
            check(inventory, &mut found);
        }
        found.into_vec()
    });
    let mut found: Vec<Vec<Finding>> = of_objects.chain(of_inventory).collect();
    if !table.documents.is_empty() {
        let mut sink = sink();
        for document in documents {
            for control in &table.documents {
                sink.speak_for(control);
                if let Check::Document(check) = control.check {
                    check(document, &mut sink);
                }
            }
        }
        found.push(sink.into_vec());
    }
    let mut found = sorted(found);

    let severities: HashMap<&str, Severity> =
        selection.controls.iter().map(|selected| (selected.control.id, selected.severity)).collect();
    for finding in &mut found {
        if let Some(severity) = severities.get(finding.control.id) {
            finding.severity = *severity;
        }
    }
    tell_twins_apart(&mut found);
    found
}

/// Findings of one control at one path (the same object in two files, two secrets in one value) are
/// told apart by their order.
pub(crate) fn tell_twins_apart(found: &mut [Finding]) {
    let mut seen: HashMap<u128, u128> = HashMap::with_capacity(found.len());
    for finding in found {
        let count = seen.entry(finding.fingerprint.0).or_default();
        finding.fingerprint.0 = finding.fingerprint.0.wrapping_add(*count);
        *count += 1;
    }
}

fn check_object<'d>(table: &Table, object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if !table.pods.is_empty() {
        for pod in &Pod::all_of(*object) {
            for control in &table.pods {
                found.speak_for(control);
                match control.check {
                    Check::Pod(check) => check(pod, found),
                    Check::Container(check) => {
                        pod.containers().for_each(|container| check(&container, found))
                    }
                    _ => {}
                }
            }
        }
    }
    for (group, control) in table.kinds.get(object.kind()).into_iter().flatten() {
        if *group == "*" || *group == object.group() {
            found.speak_for(control);
            if let Check::Object(_, check) = control.check {
                check(object, found);
            }
        }
    }
    for control in &table.any {
        found.speak_for(control);
        if let Check::AnyObject(check) = control.check {
            check(object, found);
        }
    }
}

/// All findings, by file, place and control.
pub(crate) fn sorted(found: Vec<Vec<Finding>>) -> Vec<Finding> {
    let mut all = Vec::with_capacity(found.iter().map(Vec::len).sum());
    found.into_iter().for_each(|found| all.extend(found));
    // Findings are large: what is sorted is where they are, and each is then moved once.
    let mut order: Vec<(u32, usize)> = all
        .iter()
        .enumerate()
        .map(|(at, finding): (usize, &Finding)| (finding.place.span.start, at))
        .collect();
    order.par_sort_unstable_by(|a, b| {
        let (first, second) = (&all[a.1], &all[b.1]);
        let file = if Arc::ptr_eq(&first.place.file, &second.place.file) {
            Ordering::Equal
        } else {
            first.place.file.name().cmp(second.place.file.name())
        };
        file.then_with(|| a.0.cmp(&b.0))
            .then_with(|| first.control.id.cmp(second.control.id))
            .then_with(|| first.path.cmp(&second.path))
            .then_with(|| first.message.cmp(&second.message))
            .then_with(|| a.1.cmp(&b.1))
    });
    let mut from: Vec<usize> = order.into_iter().map(|(_, at)| at).collect();
    for start in 0..from.len() {
        let mut hole = start;
        while from[hole] != start {
            let next = from[hole];
            all.swap(hole, next);
            from[hole] = hole;
            hole = next;
        }
        from[hole] = hole;
    }
    all
}
