//! One policy and one pod.

use super::change::Change;
use super::error::FieldError;
use super::mutate::mutate;
use super::pod::PspPod;
use super::policy::PodSecurityPolicy;
use super::validate::validate;

/// What a policy makes of a pod.
pub struct Evaluation<'p, 'd> {
    pub policy: &'p PodSecurityPolicy<'d>,
    pub outcome: Outcome<'d>,
}

/// See [`Evaluation`].
pub enum Outcome<'d> {
    /// It admits the pod, with what it fills in; nothing where the pod fits as it is.
    Admits {
        changes: Vec<Change>,
        pod: Box<PspPod<'d>>,
    },
    Denies(Vec<FieldError>),
    /// The plugin passes it over.
    Unusable(String),
}

/// Fills in a policy's defaults and validates what comes of it.
pub fn evaluate<'p, 'd>(policy: &'p PodSecurityPolicy<'d>, pod: &PspPod<'d>) -> Evaluation<'p, 'd> {
    let outcome = match &policy.strategies {
        Err(reason) => Outcome::Unusable(reason.clone()),
        Ok(strategies) => {
            let mut pod = Box::new(pod.clone());
            let changes = mutate(policy, strategies, &mut pod);
            let errors = validate(policy, strategies, &pod);
            if errors.is_empty() { Outcome::Admits { changes, pod } } else { Outcome::Denies(errors) }
        }
    };
    Evaluation { policy, outcome }
}
