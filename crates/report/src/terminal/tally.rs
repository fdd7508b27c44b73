//! What the summary says of all findings, counted where their pages are made.

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_engine::{Finding, Safety};

use crate::Counts;

/// See the module.
#[derive(Default)]
pub(super) struct Tally<'f> {
    pub findings: usize,
    pub files: usize,
    /// `""` is none.
    pub namespaces: BTreeMap<&'f str, Counts>,
    /// Fixes, and those that can change behaviour.
    pub safe: usize,
    pub risky: usize,
    /// The last of the most severe.
    pub worst: Option<&'f Finding>,
}

impl<'f> Tally<'f> {
    /// Counts the findings of a file.
    pub fn count(&mut self, findings: &[&'f Finding]) {
        self.files += 1;
        self.findings += findings.len();
        let is_same_object = |a: &&Finding, b: &&Finding| match (&a.object, &b.object) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        for findings in findings.chunk_by(is_same_object) {
            let object = findings.first().and_then(|finding| finding.object.as_ref());
            let namespace = object.and_then(|object| object.namespace.as_deref()).unwrap_or("");
            let counts = self.namespaces.entry(namespace).or_default();
            findings.iter().for_each(|finding| counts.add(finding.severity));
        }
        for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
            match fix.safety {
                Safety::Safe => self.safe += 1,
                Safety::Unsafe => self.risky += 1,
            }
        }
        self.found(findings.iter().copied().max_by_key(|finding| finding.severity));
    }

    /// Adds what was counted of later findings.
    pub fn add(&mut self, later: Tally<'f>) {
        self.findings += later.findings;
        self.files += later.files;
        for (namespace, counts) in later.namespaces {
            self.namespaces.entry(namespace).or_default().merge(&counts);
        }
        self.safe += later.safe;
        self.risky += later.risky;
        self.found(later.worst);
    }

    fn found(&mut self, later: Option<&'f Finding>) {
        let is_worse = |later: &&Finding| self.worst.is_none_or(|worst| later.severity >= worst.severity);
        self.worst = later.filter(is_worse).or(self.worst);
    }

    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.namespaces.values().for_each(|counts| total.merge(counts));
        total
    }
}
