//! What was read, and what was not.

use std::collections::{BTreeMap, HashSet};

/// How much of what was asked for was read.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    pub files: usize,
    pub documents: usize,
    pub objects: usize,
    pub incomplete: Vec<Incomplete>,
    /// Objects whose fields could not be held against a schema, by apiVersion and kind: custom resources whose
    /// definition wasn't read. They were judged all the same, by every control that knows them.
    pub schemaless: BTreeMap<(String, String), usize>,
    /// Ids of the controls that could find something: what they look at was there, and the parameters they
    /// need are set. That another control found nothing proves nothing.
    pub with_subject: HashSet<&'static str>,
}

/// Something that was to be read and could not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Incomplete {
    pub file: String,
    /// From 1; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// One plain line: what is not covered, and what to do.
    pub reason: String,
}
