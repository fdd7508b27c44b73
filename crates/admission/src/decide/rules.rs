//! The controls of the catalogue, on one object.

use std::collections::HashSet;
use std::path::Path;

use plimsoll_doc::Value;
use plimsoll_engine::{Date, Finding, Fingerprint, Prepared, Surroundings, waiver};
use plimsoll_kubernetes::Object;

use super::words::{violation, violations};
use super::{Gate, Outcome, Part, inventory};
use crate::configuration::{Action, NAMES};
use crate::review::{Operation, Refusal, Request};

impl Gate {
    /// Adds what the rules say of the object of a request.
    pub(super) fn rules(&self, request: &Request<'_>, part: Part, today: Date, outcome: &mut Outcome) {
        let namespace = namespace(request);
        let plan = self.plans.of(namespace);
        let Some(prepared) = plan.prepared(part) else { return };
        let object = match request.object {
            None => return self.give_up("the request has no object", outcome),
            Some(value) => match Object::new(value) {
                Some(object) => object,
                None => return self.give_up("the object has no apiVersion or no kind", outcome),
            },
        };
        let mut findings = prepared.check(&object, &inventory(object, request.namespace));
        if findings.is_empty() {
            return;
        }
        if request.operation == Operation::Update
            && let Some(old) = request.old_object
        {
            forget_known(&mut findings, old, request.namespace, prepared);
        }
        self.waive(&mut findings, object, namespace, today, outcome);

        let [mut denied, mut audited] = [Vec::new(), Vec::new()];
        for finding in &findings {
            let action = plan.action(finding.control);
            outcome.found.push((finding.control.id, action));
            match action {
                Action::Enforce => denied.push(violation(finding)),
                Action::Warn => outcome.answer.warnings.push(violation(finding)),
                Action::Audit => audited.push(violation(finding)),
                Action::Ignore => {}
            }
        }
        let answer = &mut outcome.answer;
        if !denied.is_empty() {
            let told = violations(&denied);
            match &mut answer.refusal {
                Some(refusal) => {
                    refusal.message.push_str("; ");
                    refusal.message.push_str(&told);
                }
                None => {
                    answer.refusal =
                        Some(Refusal { code: 403, reason: "Forbidden", message: told, details: None });
                }
            }
        }
        if !audited.is_empty() {
            answer.audit_annotations.push(("plimsoll-audit", violations(&audited)));
        }
    }

    /// Drops what waivers let go.
    fn waive(
        &self,
        findings: &mut Vec<Box<Finding>>,
        object: Object<'_>,
        namespace: &str,
        today: Date,
        outcome: &mut Outcome,
    ) {
        let surroundings =
            Surroundings { root: Path::new("/"), working_directory: Path::new("/"), namespace };
        let annotated = match self.configuration.waivers_by_annotation {
            true => waiver::annotated(&object, &NAMES),
            false => Vec::new(),
        };
        if annotated.is_empty() && self.configuration.waivers.is_empty() {
            return;
        }
        let expired = &mut outcome.expired;
        let before = findings.len();
        let mut lets_go = |terms: &waiver::Terms, place: &dyn Fn() -> String| {
            if today <= terms.until {
                return true;
            }
            let told = format!("the waiver at {} expired after {}", place(), terms.until);
            if !expired.contains(&told) {
                expired.push(told);
            }
            false
        };
        findings.retain(|finding| {
            let by_file = self.configuration.waivers.iter().any(|waiver| {
                waiver.speaks_of(finding, &surroundings)
                    && lets_go(&waiver.terms, &|| format!("{}:{}", waiver.file, waiver.line))
            });
            let is_let_go = by_file
                || annotated.iter().any(|terms| {
                    terms.speaks_of(finding.control)
                        && lets_go(terms, &|| "the object's annotation".to_owned())
                });
            !is_let_go
        });
        outcome.waived = before - findings.len();
    }
}

/// Drops what the object had before it was changed: the same control, place and words. Who changes a label
/// isn't the one to mend the rest.
fn forget_known(findings: &mut Vec<Box<Finding>>, old: Value<'_>, namespace: &str, prepared: &Prepared) {
    let Some(old) = Object::new(old) else { return };
    let known = prepared.check(&old, &inventory(old, namespace));
    let known: HashSet<(Fingerprint, &str)> =
        known.iter().map(|finding| (finding.fingerprint, &*finding.message)).collect();
    findings.retain(|finding| !known.contains(&(finding.fingerprint, &*finding.message)));
}

/// The namespace that rules take a request to be in: a Namespace is in itself.
pub(crate) fn namespace<'d>(request: &Request<'d>) -> &'d str {
    let is_namespace = request.resource.group.is_empty() && request.resource.name == "namespaces";
    if is_namespace { request.name } else { request.namespace }
}
