//! Privileges of containers and whom they run as.

use super::{Words, setters, values};
use crate::fact::Fact;
use crate::go::join_quoted;
use crate::notes::Notes;

pub(super) fn privileged<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::Privileged]);
    let detail = format!("{} must not set securityContext.privileged=true", setters::told(&notes));
    Words::new(detail, notes)
}

pub(super) fn escalation<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::PrivilegeEscalation]);
    let detail = format!("{} must set securityContext.allowPrivilegeEscalation=false", setters::told(&notes));
    Words::new(detail, notes)
}

pub(super) fn proc_mount<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::ProcMount]);
    let detail = format!(
        "{} must not set securityContext.procMount to {}",
        setters::told(&notes),
        join_quoted(values(&notes))
    );
    Words::new(detail, notes)
}

pub(super) fn non_root<'d>(notes: &Notes<'d>) -> Words<'d> {
    let explicit = notes.with(&[Fact::RootAllowed]);
    if !explicit.is_empty() {
        let setters = setters::all(&explicit).join(" and ");
        let detail = format!("{setters} must not set securityContext.runAsNonRoot=false");
        return Words::new(detail, explicit);
    }
    let unset = notes.with(&[Fact::RootUnset]);
    let detail = format!("pod or {} must set securityContext.runAsNonRoot=true", setters::told(&unset));
    Words::new(detail, unset)
}

pub(super) fn user<'d>(notes: &Notes<'d>) -> Words<'d> {
    let notes = notes.with(&[Fact::RootUser]);
    let detail = format!("{} must not set runAsUser=0", setters::all(&notes).join(" and "));
    Words::new(detail, notes)
}
