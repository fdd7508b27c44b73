//! A pod before the policy of its namespace.

use super::response::{Decision, Evaluated, Mode, Response};
use super::{Admission, Request};
use crate::go::{aggregate, quoted};
use crate::{Evaluation, Facts, LabelError, LevelVersion, PodFields, Policy, Unreadable};

impl Admission {
    /// Holds a pod, or the template of one, against a policy. `enforce` is for pods alone.
    ///
    /// # Errors
    /// Where the API server couldn't decode the pod.
    pub(super) fn evaluate<'d>(
        &self,
        policy: &Policy,
        errors: &[LabelError],
        pod: PodFields<'d>,
        request: &Request<'_, '_>,
        enforce: bool,
    ) -> Result<Response, Unreadable<'d>> {
        let facts = Facts::of(pod);
        if facts.is_unreadable() {
            return Err(Unreadable::of(pod));
        }
        if self.is_exempt_runtime_class(pod.spec.get("runtimeClassName").text()) {
            return Ok(Response::exempt("runtimeClass"));
        }
        let mut response = Response::allowed();
        let mut evaluated = Vec::with_capacity(3);
        let mut record = |mode, policy, decision| evaluated.push(Evaluated { mode, policy, decision });
        let mut known: Vec<(LevelVersion, Evaluation<'d>)> = Vec::new();
        // The same level at the same version is evaluated once.
        let mut evaluate = |at: LevelVersion| -> Result<Option<String>, Unreadable<'d>> {
            if facts.denied(at).is_empty() {
                return Ok(None);
            }
            if let Some((_, evaluation)) = known.iter().find(|(known, _)| *known == at) {
                return Ok(Some(evaluation.forbidden_detail()));
            }
            let evaluation = facts.evaluate(pod, at)?;
            let detail = evaluation.forbidden_detail();
            known.push((at, evaluation));
            Ok(Some(detail))
        };
        let told = |at: LevelVersion, how: &str, detail: &str| {
            format!("{how} PodSecurity {}: {detail}", quoted(&at.to_string()))
        };
        if enforce {
            let at = policy.enforce;
            match evaluate(at)? {
                Some(detail) => {
                    response = Response::forbidden(request, &told(at, "violates", &detail));
                    record(Mode::Enforce, at, Decision::Deny);
                }
                None => record(Mode::Enforce, at, Decision::Allow),
            }
            response.audit_annotations.insert("enforce-policy", at.to_string());
        }
        if !errors.is_empty() {
            let all = aggregate(errors.iter().map(ToString::to_string));
            response.audit_annotations.insert("error", format!("Failed to parse policy: {all}"));
            response.error = Some(false);
        }
        if let Some(detail) = evaluate(policy.audit)? {
            let told = told(policy.audit, "would violate", &detail);
            response.audit_annotations.insert("audit-violations", told);
            record(Mode::Audit, policy.audit, Decision::Deny);
        }
        // Who is refused is told why already.
        if response.allowed
            && let Some(detail) = evaluate(policy.warn)?
        {
            response.warnings.push(told(policy.warn, "would violate", &detail));
            record(Mode::Warn, policy.warn, Decision::Deny);
        }
        response.evaluated = evaluated;
        Ok(response)
    }
}
