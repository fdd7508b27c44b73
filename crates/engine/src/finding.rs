//! Findings: what a control has to say about a place.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use plimsoll_doc::{Position, SourceFile, Span};
use plimsoll_kubernetes::Object;

use crate::{Control, Fix, Safety, Severity};

/// Something that is not as it should be, at a place.
#[derive(Clone, Debug)]
pub struct Finding {
    pub control: &'static Control,
    /// The control's, unless the configuration says otherwise.
    pub severity: Severity,
    /// One line: what is wrong, and what would make it pass.
    pub message: Cow<'static, str>,
    /// `None` for findings about a document that is no object.
    pub object: Option<Arc<ObjectName>>,
    /// Name of the container.
    pub container: Option<Arc<str>>,
    /// Path from the object: `spec.containers[0].image`.
    pub path: Box<str>,
    pub place: Place,
    pub fix: Option<Box<Fix>>,
    /// Whether it has no fix only because the value came through an alias or a merge key.
    pub is_shared: bool,
    pub related: Box<[Related]>,
    pub waived: Option<Box<Waived>>,
    pub fingerprint: Fingerprint,
    /// Whether its fingerprint was made from an item of a list that has no name: it changes with what the
    /// item holds.
    pub is_in_unnamed: bool,
}

/// What an object is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    pub api_version: String,
    pub kind: String,
    /// As written; `None` where the object leaves it open or has none.
    pub namespace: Option<String>,
    pub name: String,
}

/// A place in a file.
#[derive(Clone, Debug)]
pub struct Place {
    pub file: Arc<SourceFile>,
    /// First byte of the document, by which it is known in its file.
    pub document: u32,
    pub span: Span,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    pub message: String,
    pub place: Place,
}

/// Why a finding is let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    pub reason: String,
    pub owner: String,
    /// The last day it holds, as `YYYY-MM-DD`.
    pub until: String,
    /// Where the waiver stands: `file:line`.
    pub place: String,
}

/// Knows a finding again after lines moved or the file was reformatted. Made from the control, the
/// object and the path, never from the text. An item of a list goes by its name, or where it has none by what it
/// holds; a namespace that is written by what it is where none is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Finding {
    /// `safe`, `unsafe` or `none`.
    pub fn fix_name(&self) -> &'static str {
        match &self.fix {
            None => "none",
            Some(fix) if fix.safety == Safety::Safe => "safe",
            Some(_) => "unsafe",
        }
    }
}

impl Place {
    pub fn start(&self) -> Position {
        self.file.position(self.span.start)
    }

    pub fn end(&self) -> Position {
        self.file.position(self.span.end)
    }
}

impl ObjectName {
    pub fn of(object: &Object<'_>) -> Self {
        ObjectName {
            api_version: object.api_version().to_owned(),
            kind: object.kind().to_owned(),
            namespace: object.namespace().map(str::to_owned),
            name: object.name().to_owned(),
        }
    }
}

impl fmt::Display for ObjectName {
    /// `Deployment shop/web`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        f.write_str(if self.name.is_empty() { "(no name)" } else { &self.name })
    }
}
