//! What the API server would refuse to decode.

use std::fmt;

use plimsoll_doc::Value;
use plimsoll_kubernetes::Field;

use crate::PodFields;
use crate::fact::Fact;
use crate::walk::{Sink, Wanted, Whose, walk};

/// A pod with values of wrong types among those that the checks look at. It is neither allowed nor denied:
/// the API server takes no such object, so that no check sees one.
#[derive(Clone)]
pub struct Unreadable<'d> {
    problems: Vec<(Field<'d>, Wanted)>,
}

impl<'d> Unreadable<'d> {
    /// What can't be decoded in a pod of whose [`Facts`](crate::Facts) that is said.
    pub fn of(pod: PodFields<'d>) -> Self {
        let mut unreadable = Unreadable { problems: Vec::new() };
        walk(pod, &mut unreadable);
        unreadable
    }

    /// The fields to blame, in the order of the text.
    pub fn fields(&self) -> impl Iterator<Item = Field<'d>> {
        self.problems.iter().map(|(field, _)| *field)
    }

    /// Each field with what it must be: `a boolean`.
    pub fn problems(&self) -> impl Iterator<Item = (Field<'d>, &'static str)> {
        self.problems.iter().map(|(field, wanted)| (*field, wanted.name()))
    }
}

impl Wanted {
    const fn name(self) -> &'static str {
        match self {
            Wanted::Mapping => "a mapping",
            Wanted::Sequence => "a list",
            Wanted::Text => "a string",
            Wanted::Bool => "a boolean",
            Wanted::Int32 => "an integer of 32 bits",
            Wanted::Int64 => "an integer of 64 bits",
        }
    }
}

impl fmt::Display for Unreadable<'_> {
    /// `spec.hostNetwork must be a boolean`, from the top of the document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (field, wanted)) in self.problems.iter().enumerate() {
            let path = field.path_from(field.anchor().document().root());
            write!(f, "{}{path} must be {}", if number > 0 { "; " } else { "" }, wanted.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Unreadable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unreadable({self})")
    }
}

impl std::error::Error for Unreadable<'_> {}

impl<'d> Sink<'d> for Unreadable<'d> {
    fn note(&mut self, _: Fact, _: Whose<'d>, _: Value<'d>) {}

    fn missing(&mut self, _: Fact, _: Whose<'d>, _: Value<'d>, _: &'static str) {}

    fn unreadable(&mut self, at: Value<'d>, wanted: Wanted) {
        self.problems.push((Field::new(at), wanted));
    }
}
