//! A pod before a level at a version: which checks it fails, and the API server's words for that.

use plimsoll_kubernetes::Field;

use crate::notes::Notes;
use crate::{CheckId, Checks, Facts, LevelVersion, PodFields, Unreadable, detail};

/// A check that a pod fails.
#[derive(Clone)]
pub struct Violation<'d> {
    pub id: CheckId,
    /// `host namespaces`
    pub reason: &'static str,
    /// `hostNetwork=true, hostPID=true`; in some checks of some pods it could be empty.
    pub detail: String,
    /// The fields to blame, present or absent: pods' first, then those of containers as the check visits
    /// them.
    pub blame: Vec<Field<'d>>,
}

/// What the checks of a level at a version make of a pod.
#[derive(Clone)]
pub struct Evaluation<'d> {
    /// The checks that were run.
    pub checks: Checks,
    /// Those that the pod fails, in the API server's order.
    pub violations: Vec<Violation<'d>>,
}

impl<'d> Evaluation<'d> {
    pub fn is_allowed(&self) -> bool {
        self.violations.is_empty()
    }

    /// Every check that was run, in the API server's order, with its violation.
    pub fn results(&self) -> impl Iterator<Item = (CheckId, Option<&Violation<'d>>)> {
        self.checks.iter().map(|id| (id, self.violations.iter().find(|violation| violation.id == id)))
    }

    /// The reasons: `host namespaces, privileged`.
    pub fn forbidden_reason(&self) -> String {
        let reasons: Vec<&str> = self.violations.iter().map(|violation| violation.reason).collect();
        reasons.join(", ")
    }

    /// The reasons with their details: `host namespaces (hostNetwork=true), privileged (container …)`.
    pub fn forbidden_detail(&self) -> String {
        let mut out = String::with_capacity(self.violations.len() * 96);
        for violation in &self.violations {
            if !out.is_empty() {
                out.push_str(", ");
            }
            out.push_str(violation.reason);
            if !violation.detail.is_empty() {
                out.push_str(" (");
                out.push_str(&violation.detail);
                out.push(')');
            }
        }
        out
    }
}

/// Runs the checks of a level at a version on a pod. To ask about several, or only whether a pod is
/// allowed, [`Facts`] are cheaper.
///
/// # Errors
/// Where the API server couldn't decode the pod. At `privileged` nothing is looked at.
pub fn evaluate<'d>(pod: PodFields<'d>, at: LevelVersion) -> Result<Evaluation<'d>, Unreadable<'d>> {
    let checks = Checks::of(at);
    if checks.is_empty() {
        return Ok(Evaluation { checks, violations: Vec::new() });
    }
    Facts::of(pod).evaluate(pod, at)
}

impl Facts {
    /// Runs the checks of a level at a version on the pod that the facts are of.
    ///
    /// # Errors
    /// Where the API server couldn't decode the pod.
    pub fn evaluate<'d>(
        self,
        pod: PodFields<'d>,
        at: LevelVersion,
    ) -> Result<Evaluation<'d>, Unreadable<'d>> {
        if self.is_unreadable() {
            return Err(Unreadable::of(pod));
        }
        let denied = self.denied(at);
        let violations = if denied.is_empty() {
            Vec::new()
        } else {
            let notes = Notes::of(pod);
            denied.iter().map(|check| detail::violation(check, &notes, self, at.version)).collect()
        };
        Ok(Evaluation { checks: Checks::of(at), violations })
    }

    /// The reasons alone against the pod that the facts are of, in the API server's order: cheaper than
    /// [`Facts::evaluate`], for who asks about many pods.
    pub fn reasons(self, pod: PodFields<'_>, at: LevelVersion) -> impl Iterator<Item = &'static str> + use<> {
        let denied = self.denied(at);
        let app_armor =
            denied.contains(CheckId::AppArmorProfile).then(|| detail::app_armor_reason(&Notes::of(pod)));
        denied.iter().map(move |check| match (check, app_armor) {
            (CheckId::AppArmorProfile, Some(reason)) => reason,
            _ => check.reason(),
        })
    }
}
