//! Keys that don't stand in alphabetical order.
//!
//! ## What it checks
//! Every mapping of every object, at every depth; the order is that of the bytes. One finding a mapping, at the first
//! key that stands too late. In the profile `all` alone: most people put `name` first, and that is good.
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
//!   labels: {app: web} # <- here
//! kind: ConfigMap # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   ports:
//!   - port: 80
//!     name: http # <- here
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

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/unsorted-keys",
    title: "Unsorted keys",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:sorted-keys"],
    profiles: &[],
    fix: None,
    check: Check::AnyObject(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let mut open = vec![object.field()];
    while let Some(field) = open.pop() {
        let span = field.anchor().span();
        // What came through an alias or a merge key is judged where it is written.
        let is_here = |child: &Field<'d>| {
            let child = child.anchor().key_span().unwrap_or(child.anchor().span());
            child.start >= span.start && child.end <= span.end
        };
        let mut before = "";
        let mut is_sorted = true;
        for (key, value) in field.entries().filter(|(_, value)| is_here(value)) {
            if is_sorted && key < before {
                is_sorted = false;
                found.at_key(&value, "this key stands after one that it comes before: sort the keys");
            }
            before = key;
            open.push(value);
        }
        open.extend(field.items().filter(is_here));
    }
}
