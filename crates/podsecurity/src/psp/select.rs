//! Which of several policies decides.

use super::error::FieldError;
use super::evaluate::{Evaluation, Outcome};
use crate::go;

/// What is done with the pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode<'a> {
    /// It is created: policies may fill in.
    Create,
    /// It is changed: they may not. The policy that admitted it, as the annotation `kubernetes.io/psp` says, is
    /// asked first.
    Update { validated_by: &'a str },
}

/// Whether the pod's service account or the user may use a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usable {
    Yes,
    No,
    /// What was read doesn't tell.
    Unknown,
}

/// What becomes of the pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The policy of this number admits it.
    Admitted(usize),
    /// No policy does: what those say against it that may be used.
    Denied(Vec<FieldError>),
    /// There is no policy that the plugin could ask.
    NoPolicies,
    /// It depends on who may use what: each of these may be what decides, and where `may_be_denied` none of them.
    Unknown { candidates: Vec<usize>, may_be_denied: bool },
}

/// Chooses among policies: the first by name that admits the pod as it is, else the first that admits it with
/// what it fills in.
pub fn select(
    evaluations: &[Evaluation<'_, '_>],
    mode: Mode<'_>,
    usable: impl Fn(&Evaluation<'_, '_>) -> Usable,
) -> Selection {
    let mut order: Vec<(usize, &Evaluation<'_, '_>)> = evaluations.iter().enumerate().collect();
    order.sort_by_key(|(_, evaluation)| {
        let name = evaluation.policy.name();
        let is_first = matches!(mode, Mode::Update { validated_by } if validated_by == name);
        (!is_first, name)
    });
    order.retain(|(_, evaluation)| !matches!(evaluation.outcome, Outcome::Unusable(_)));
    if order.is_empty() {
        return Selection::NoPolicies;
    }
    let usable: Vec<Usable> = order.iter().map(|(_, evaluation)| usable(evaluation)).collect();
    // Whoever may be chosen, in the order of preference, up to the first that surely is.
    let mut candidates = Vec::new();
    for rank in [Rank::AsItIs, Rank::FilledIn] {
        for ((number, evaluation), usable) in order.iter().zip(&usable) {
            if rank_of(evaluation, mode) != Some(rank) || *usable == Usable::No {
                continue;
            }
            candidates.push(*number);
            if *usable == Usable::Yes {
                return match candidates.as_slice() {
                    [only] => Selection::Admitted(*only),
                    _ => Selection::Unknown { candidates, may_be_denied: false },
                };
            }
        }
    }
    if !candidates.is_empty() {
        return Selection::Unknown { candidates, may_be_denied: true };
    }
    let errors = order.iter().zip(&usable).filter(|(_, usable)| **usable != Usable::No);
    let errors = errors.filter_map(|((_, evaluation), _)| match &evaluation.outcome {
        Outcome::Denies(errors) => Some(errors.iter().cloned()),
        Outcome::Admits { .. } | Outcome::Unusable(_) => None,
    });
    Selection::Denied(errors.flatten().collect())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    AsItIs,
    FilledIn,
}

/// How a policy admits the pod; `None` where it doesn't.
fn rank_of(evaluation: &Evaluation<'_, '_>, mode: Mode<'_>) -> Option<Rank> {
    match &evaluation.outcome {
        Outcome::Admits { changes, .. } if changes.is_empty() => Some(Rank::AsItIs),
        Outcome::Admits { .. } if mode == Mode::Create => Some(Rank::FilledIn),
        _ => None,
    }
}

/// The API server's words for a pod that no policy admits; `None` for one that some policy does, or may.
pub fn message(pod: &str, mode: Mode<'_>, selection: &Selection) -> Option<String> {
    let why = match selection {
        Selection::NoPolicies => "no providers available to validate pod request".to_owned(),
        Selection::Denied(errors) => {
            let what = if mode == Mode::Create { "admit" } else { "validate" };
            let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
            format!("unable to {what} pod: [{}]", errors.join(" "))
        }
        Selection::Admitted(_) | Selection::Unknown { .. } => return None,
    };
    let pod = if pod.is_empty() { "Unknown" } else { pod };
    Some(format!("pods {} is forbidden: PodSecurityPolicy: {why}", go::quoted(pod)))
}
