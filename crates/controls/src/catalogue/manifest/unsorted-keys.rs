//! Keys that don't stand in alphabetical order.
//!
//! ## What it checks
//! Every mapping of every object, at every depth; the order is that of the bytes. One finding an object. In the profile
//! `all` alone: most people put `name` first, and that is good.
//!
//! ## Why it matters
//! It doesn't to a cluster. Sorted manifests have smaller differences.
//!
//! ## How to fix
//! Sort them.
//!
//! ```yaml bad
//! apiVersion: v1
//! metadata:
//!   name: web
//!   labels: {app: web}
//! kind: ConfigMap # <- here
//! ---
//! apiVersion: v1
//! kind: Service # <- here
//! metadata: {name: web}
//! spec:
//!   ports:
//!   - port: 80
//!     name: http
//!   - name: https
//!     port: 443
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   labels: {app: web}
//!   name: web
//! ```
//! ```yaml near-miss
//! # Capitals come before small letters, digits as text; a list is no mapping.
//! apiVersion: v1
//! data: {"10": a, "9": b, B: c, a: d, a-b: e, a.b: f}
//! kind: ConfigMap
//! metadata:
//!   finalizers: [b, a]
//!   name: web
//! ```

use plimsoll_doc::{Kind, Value};

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/unsorted-keys",
    title: "Unsorted keys",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:sorted-keys"],
    profiles: &[],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let mut late: Vec<Value<'d>> = Vec::new();
    late.extend(too_late(object.root()));
    object.root().walk(|value| {
        let is_collection = matches!(value.kind(), Kind::Mapping | Kind::Sequence);
        if !is_collection || value.parent().is_none_or(|around| !is_within(value, around)) {
            return false;
        }
        late.extend(too_late(value));
        true
    });
    // Nodes are numbered in the order of the text.
    if let Some(first) = late.iter().min_by_key(|value| value.node()) {
        let count = match late.len() {
            1 => "one mapping".to_owned(),
            count => format!("{count} mappings"),
        };
        found
            .on(object, format!("the keys of {count} are not in alphabetical order: sort them"))
            .also(&Field::new(*first), "the first key that stands too late");
    }
}

/// The first entry of a mapping whose key stands too late.
fn too_late(mapping: Value<'_>) -> Option<Value<'_>> {
    let mut before = "";
    mapping.entries().filter(|(_, value)| is_within(*value, mapping)).find_map(|(key, value)| {
        let is_late = key < before;
        before = key;
        is_late.then_some(value)
    })
}

/// Whether a value is written in the collection that it is of. What came through an alias or a merge key is
/// judged where it is written.
fn is_within(value: Value<'_>, collection: Value<'_>) -> bool {
    if !value.is_shared() {
        return true;
    }
    let (written, around) = (value.key_span().unwrap_or(value.span()), collection.span());
    written.start >= around.start && written.end <= around.end
}
