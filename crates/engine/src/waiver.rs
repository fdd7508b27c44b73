//! Waivers: findings that someone lets go, for a reason, until a day.
//!
//! They stand in comments of the file, in annotations where the configuration permits it, and in the
//! configuration.

mod annotation;
mod apply;
mod comment;
mod directive;
#[cfg(test)]
mod tests;

use crate::{Control, Date, Globs};

pub use annotation::annotated;
pub use apply::{Waivers, Waiving, waive};

/// A waiver of the configuration. A finding is waived where every pattern that is given matches.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub terms: Terms,
    /// Where the waiver stands.
    pub file: String,
    pub line: u32,
    pub paths: Option<Globs>,
    pub namespaces: Option<Globs>,
    /// Held against `Deployment` and against `apps/Deployment`.
    pub kinds: Option<Globs>,
    pub names: Option<Globs>,
    pub containers: Option<Globs>,
}

/// What every waiver has to say.
#[derive(Clone, Debug)]
pub struct Terms {
    pub controls: Vec<Named>,
    pub reason: String,
    pub owner: String,
    /// The last day it holds.
    pub until: Date,
}

/// Controls, by the name that they were called.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub controls: Vec<&'static Control>,
}

impl Terms {
    /// Whether a control is among those that are meant.
    pub fn speaks_of(&self, control: &Control) -> bool {
        self.controls.iter().any(|named| named.controls.iter().any(|known| known.id == control.id))
    }

    /// The controls as they were called.
    fn names(&self) -> String {
        self.controls.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}
