//! Findings counted by severity.

use plimsoll_engine::{Finding, Severity};

use crate::text::counted;

/// How many findings there are of each severity. Ordered by the most severe first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    pub critical: usize,
    pub high: usize,
    pub medium: usize,
    pub low: usize,
}

impl Counts {
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            counts.add(finding.severity);
        }
        counts
    }

    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Critical => self.critical += 1,
            Severity::High => self.high += 1,
            Severity::Medium => self.medium += 1,
            Severity::Low => self.low += 1,
        }
    }

    pub(crate) fn merge(&mut self, other: &Counts) {
        self.critical += other.critical;
        self.high += other.high;
        self.medium += other.medium;
        self.low += other.low;
    }

    pub const fn get(&self, severity: Severity) -> usize {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
        }
    }

    pub const fn total(&self) -> usize {
        self.critical + self.high + self.medium + self.low
    }

    /// `3 findings (1 critical, 2 low)`, `no findings`
    pub fn in_words(&self) -> String {
        if self.total() == 0 {
            return "no findings".to_owned();
        }
        format!("{} ({})", counted(self.total(), "finding"), self.by_severity())
    }

    /// `1 critical, 2 low`
    pub fn by_severity(&self) -> String {
        let mut words = Vec::with_capacity(4);
        for severity in Severity::ALL {
            let count = self.get(severity);
            if count > 0 {
                words.push(format!("{count} {severity}"));
            }
        }
        words.join(", ")
    }
}
