//! Decisions: a configuration and a request in, an answer out. Nothing here does IO.

mod exec;
mod plan;
mod pod_security;
mod recurring;
mod rules;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use plimsoll_engine::{Check, Control, Date};
use plimsoll_kubernetes::{Inventory, Object};
use plimsoll_podsecurity::admission::Admission;

use crate::configuration::{Action, Configuration, Failure};
use crate::known::{Known, Need};
use crate::mutate::Mutation;
use crate::review::{Answer, Operation, Request};

use plan::Plans;
use recurring::Recurring;

pub(crate) use rules::namespace;

/// Which part of the configuration a webhook serves. What can deny and what only advises are two webhooks
/// where one of them may fail and the other must not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// `/validate`: all of it.
    #[default]
    Whole,
    /// `/validate/enforce`: what can deny.
    Enforce,
    /// `/validate/advise`: what warns or audits.
    Advise,
}

impl Part {
    /// Whether Pod Security judges a request here. It denies pods, and warns of what they are made from. Labels
    /// of namespaces are with what warns: when nobody answers, a broken one means restricted all the same.
    fn has_pod_security(self, request: &Request<'_>) -> bool {
        let denies = request.resource.group.is_empty() && request.resource.name == "pods";
        match self {
            Part::Whole => true,
            Part::Enforce => denies,
            Part::Advise => !denies,
        }
    }
}

/// A configuration, made ready.
pub struct Gate {
    configuration: Configuration,
    admission: Option<Admission>,
    left_out: Vec<&'static Control>,
    plans: Plans,
    mutation: Mutation,
    recurring: Recurring,
}

/// What came of a request, besides the answer to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub answer: Answer,
    /// Controls with findings, and what became of these.
    pub found: Vec<(&'static str, Action)>,
    /// Waivers that would have let a finding go, had they not expired: their place and their last day.
    pub expired: Vec<String>,
    pub waived: usize,
    /// Why the object could not be judged.
    pub unjudged: Option<String>,
}

/// Where a pod's spec can change; any other part of an object is none of ours.
const JUDGED_SUBRESOURCES: [&str; 3] = ["", "ephemeralcontainers", "resize"];

impl Gate {
    pub fn new(configuration: Configuration) -> Self {
        let chosen = configuration.rules.iter().filter(|rule| rule.action != Action::Ignore);
        let mut left_out: Vec<&'static Control> = chosen
            .flat_map(|rule| rule.controls.iter().copied())
            .filter(|control| !is_decided_from_one_object(control))
            .collect();
        left_out.sort_by_key(|control| control.id);
        left_out.dedup_by_key(|control| control.id);
        Gate {
            admission: configuration.pod_security.clone().map(Admission::new),
            plans: Plans::new(&configuration.rules, &configuration.parameters),
            mutation: Mutation::new(&configuration),
            left_out,
            recurring: Recurring::new(),
            configuration,
        }
    }

    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Controls of rules that can't be decided from one object, and never run here.
    pub fn left_out(&self) -> &[&'static Control] {
        &self.left_out
    }

    /// What has to be known of the cluster to decide the request.
    pub fn needs<'d>(&self, request: &Request<'d>) -> Vec<Need<'d>> {
        let mut needs = Vec::new();
        if self.admission.is_some() {
            pod_security::needs(request, &mut needs);
        }
        if exec::is_meant(&self.configuration.exec, request) {
            needs.push(Need::Pod { namespace: request.namespace, name: request.name });
        }
        needs
    }

    /// The answer of a validating webhook.
    pub fn validate(&self, request: &Request<'_>, known: &Known, part: Part, today: Date) -> Outcome {
        let mut outcome = Outcome::default();
        if exec::is_meant(&self.configuration.exec, request) && part != Part::Advise {
            self.exec(request, known, &mut outcome);
            return outcome;
        }
        let is_judged =
            matches!(request.operation, Operation::Create | Operation::Update) && !request.is_being_deleted();
        if !is_judged {
            return outcome;
        }
        if let Some(admission) = &self.admission
            && part.has_pod_security(request)
            && Admission::is_applicable(request.resource.group, request.resource.name)
        {
            pod_security::judge(admission, request, known, &mut outcome);
        }
        if JUDGED_SUBRESOURCES.contains(&request.subresource) && !self.configuration.rules.is_empty() {
            self.rules(request, part, today, &mut outcome);
        }
        words::bound(&mut outcome.answer);
        outcome
    }

    /// The answer of a mutating webhook.
    pub fn mutate(&self, request: &Request<'_>) -> Outcome {
        let mut outcome = Outcome::default();
        match self.mutation.patch(request) {
            Ok(patch) => outcome.answer.patch = patch,
            Err(reason) => self.give_up(&reason, &mut outcome),
        }
        outcome
    }

    /// Decides, and answers as it does for what can't be judged where that panics: a mistake of ours in one
    /// control is no reason to stop answering everybody.
    pub fn guarded(&self, decide: impl FnOnce(&Gate) -> Outcome) -> Outcome {
        catch_unwind(AssertUnwindSafe(|| decide(self))).unwrap_or_else(|_| {
            let mut outcome = Outcome::default();
            self.give_up("an internal error of plimsoll; please report it", &mut outcome);
            outcome
        })
    }

    /// The answer where a request can't be judged.
    fn give_up(&self, reason: &str, outcome: &mut Outcome) {
        outcome.unjudged = Some(reason.to_owned());
        match self.configuration.failure {
            Failure::Deny => {
                let message = format!("plimsoll can't judge this: {reason}");
                outcome.answer.refusal.get_or_insert(crate::review::Refusal {
                    code: 400,
                    reason: "BadRequest",
                    message,
                    details: None,
                });
            }
            Failure::Allow => {
                outcome.answer.audit_annotations.push(("plimsoll-unjudged", reason.to_owned()));
                outcome.answer.warnings.push(format!("plimsoll could not judge this: {reason}"));
            }
        }
    }
}

/// Whether a control can be decided from one object: not by all that a scan read, nor by how a document was
/// written.
fn is_decided_from_one_object(control: &Control) -> bool {
    !matches!(control.check, Check::Inventory(..) | Check::Document(_))
}

/// The object of a request, in an inventory of its own.
fn inventory<'d>(object: Object<'d>, namespace: &'d str) -> Inventory<'d> {
    Inventory::new(vec![object], namespace)
}
