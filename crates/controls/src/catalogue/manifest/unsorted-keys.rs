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
    let root = object.root();
    let late = match root.document().early_keys(root) {
        Some(mut early) => Late { mappings: early.len(), first: early.next() },
        None => {
            let mut late = Late { mappings: 0, first: None };
            late.look_at(root);
            late
        }
    };
    if let Some(first) = late.first {
        let count = match late.mappings {
            1 => "one mapping".to_owned(),
            count => format!("{count} mappings"),
        };
        found
            .on(object, format!("the keys of {count} are not in alphabetical order: sort them"))
            .also(&Field::new(first), "the first key that stands too late");
    }
}

/// Mappings with a key that stands too late.
struct Late<'d> {
    mappings: usize,
    /// The entry of the first such key, of all of them.
    first: Option<Value<'d>>,
}

impl<'d> Late<'d> {
    /// Looks at a collection and at all that is written in it. Documents have a limited depth.
    fn look_at(&mut self, collection: Value<'d>) {
        let mut is_sorted = collection.kind() == Kind::Mapping;
        let mut before = "";
        for value in collection.children().filter(|value| is_within(*value, collection)) {
            if is_sorted && let Some(key) = value.key() {
                is_sorted = !is_before(key, before);
                before = key;
                if !is_sorted {
                    self.add(value);
                }
            }
            if matches!(value.kind(), Kind::Mapping | Kind::Sequence) {
                self.look_at(value);
            }
        }
    }

    fn add(&mut self, late: Value<'d>) {
        self.mappings += 1;
        // Nodes are numbered in the order of the text.
        if self.first.is_none_or(|first| late.node() < first.node()) {
            self.first = Some(late);
        }
    }
}

/// Whether a key belongs before another. Mostly, the first byte says.
fn is_before(key: &str, other: &str) -> bool {
    let (first, first_of_other) = (key.as_bytes().first(), other.as_bytes().first());
    first < first_of_other || first == first_of_other && key < other
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
