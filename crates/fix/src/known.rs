//! Knowing findings again after an edit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use plimsoll_engine::{Finding, ObjectName};

/// By what a finding is known before and after an edit. Its fingerprint won't do: that of the second of
/// two equal ones changes when the first is fixed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    pub file: String,
    /// First byte of the document, as it was before.
    pub document: u32,
    pub control: &'static str,
    /// Kind, namespace and name; the kind alone in a document where one of the others is mended. A fix may move an
    /// object to another version, even to another group.
    object: Option<(String, Option<String>, String)>,
    pub path: String,
}

impl Key {
    /// The same wherever in its object it is found.
    pub fn anywhere(&self) -> Key {
        Key { path: String::new(), ..self.clone() }
    }
}

/// How often a key was found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub all: usize,
    /// Those that no waiver lets go.
    pub open: usize,
}

/// How places of an edited scan are taken back to places of the one before.
#[derive(Default)]
pub(crate) struct Places {
    /// First bytes of documents before, by file and first byte after; of edited files alone.
    pub documents: HashMap<String, BTreeMap<u32, u32>>,
    /// Documents, as before, in which items of lists moved up: their numbers tell nothing.
    pub moved: BTreeSet<(String, u32)>,
    /// Documents, as before, in which an object gets another name or namespace: these tell nothing.
    pub renamed: BTreeSet<(String, u32)>,
}

impl Places {
    /// The key of a finding of the scan before.
    pub fn before(&self, finding: &Finding) -> Key {
        self.key(finding, finding.place.document)
    }

    /// The key of a finding of the edited scan.
    pub fn after(&self, finding: &Finding) -> Key {
        let start = finding.place.document;
        let documents = self.documents.get(finding.place.file.name());
        let start = documents.and_then(|documents| documents.get(&start)).copied().unwrap_or(start);
        self.key(finding, start)
    }

    fn key(&self, finding: &Finding, document: u32) -> Key {
        let file = finding.place.file.name().to_owned();
        let place = (file.clone(), document);
        let has_moved = self.moved.contains(&place);
        let is_renamed = self.renamed.contains(&place);
        Key {
            path: if has_moved { without_numbers(&finding.path) } else { finding.path.to_string() },
            file,
            document,
            control: finding.control.id,
            object: finding.object.as_deref().map(|object: &ObjectName| match is_renamed {
                true => (object.kind.clone(), None, String::new()),
                false => (object.kind.clone(), object.namespace.clone(), object.name.clone()),
            }),
        }
    }
}

impl Count {
    pub fn exceeds(self, other: Count) -> bool {
        self.all > other.all || self.open > other.open
    }
}

/// How often controls find something in an object, wherever that is.
pub(crate) fn in_objects(counts: &HashMap<Key, Count>) -> HashMap<Key, Count> {
    let mut totals: HashMap<Key, Count> = HashMap::new();
    for (key, count) in counts {
        let total = totals.entry(key.anywhere()).or_default();
        total.all += count.all;
        total.open += count.open;
    }
    totals
}

pub(crate) fn count(findings: &[Box<Finding>], key: impl Fn(&Finding) -> Key) -> HashMap<Key, Count> {
    let mut counts: HashMap<Key, Count> = HashMap::new();
    for finding in findings {
        let count = counts.entry(key(finding)).or_default();
        count.all += 1;
        count.open += usize::from(finding.waived.is_none());
    }
    counts
}

/// `a[0].b["c"]` as `a[].b["c"]`.
fn without_numbers(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        out.push('[');
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_items_are_left_out() {
        assert_eq!(without_numbers("a[0].b[12].c"), "a[].b[].c");
        assert_eq!(without_numbers("a[\"1.b\"].c1"), "a[\"1.b\"].c1");
        assert_eq!(without_numbers(""), "");
    }
}
