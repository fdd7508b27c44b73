//! Capabilities that containers add or don't drop.

use super::{Words, of, setters, values};
use crate::fact::Fact;
use crate::go::join_quoted;
use crate::notes::{Note, Notes};

pub(super) fn baseline<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::AddsBeyondBaseline]);
    Words::new(adds(&notes), notes)
}

pub(super) fn restricted<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::DropsTooLittle, Fact::AddsBeyondRestricted]);
    let mut details = Vec::new();
    let dropping = of(&notes, Fact::DropsTooLittle);
    if !dropping.is_empty() {
        details.push(format!(
            "{} must set securityContext.capabilities.drop=[\"ALL\"]",
            setters::told(&dropping)
        ));
    }
    let adding = of(&notes, Fact::AddsBeyondRestricted);
    if !adding.is_empty() {
        details.push(adds(&adding));
    }
    Words::new(details.join("; "), notes)
}

fn adds(notes: &[Note<'_>]) -> String {
    format!(
        "{} must not include {} in securityContext.capabilities.add",
        setters::told(notes),
        join_quoted(values(notes))
    )
}
