//! Which controls run in a namespace, and what their findings do there.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use plimsoll_engine::{Control, Parameters, Prepared, Selected, Selection};

use super::{Part, is_decided_from_one_object};
use crate::configuration::{Action, Rule};

/// What holds in a namespace.
pub(super) struct Plan {
    actions: HashMap<&'static str, Action>,
    /// By [`Part`]; `None` where nothing runs.
    whole: Option<Prepared>,
    enforce: Option<Prepared>,
    advise: Option<Prepared>,
}

impl Plan {
    fn new<'r>(rules: impl Iterator<Item = &'r Rule>, parameters: &Parameters) -> Self {
        let mut chosen: HashMap<&'static str, (&'static Control, Action)> = HashMap::new();
        for rule in rules {
            for control in rule.controls.iter().copied() {
                if control.severity >= rule.severity && is_decided_from_one_object(control) {
                    chosen.insert(control.id, (control, rule.action));
                }
            }
        }
        let mut all: Vec<_> = chosen.into_values().filter(|(_, action)| *action != Action::Ignore).collect();
        all.sort_by_key(|(control, _)| control.id);
        let prepared = |wants: &dyn Fn(Action) -> bool| {
            let wanted = all.iter().filter(|(_, action)| wants(*action));
            let controls: Vec<_> =
                wanted.map(|(control, _)| Selected { control, severity: control.severity }).collect();
            let parameters = parameters.clone();
            (!controls.is_empty()).then(|| Prepared::new(&Selection { controls, parameters }))
        };
        Plan {
            whole: prepared(&|_| true),
            enforce: prepared(&|action| action == Action::Enforce),
            advise: prepared(&|action| action != Action::Enforce),
            actions: all.iter().map(|(control, action)| (control.id, *action)).collect(),
        }
    }

    pub fn prepared(&self, part: Part) -> Option<&Prepared> {
        match part {
            Part::Whole => self.whole.as_ref(),
            Part::Enforce => self.enforce.as_ref(),
            Part::Advise => self.advise.as_ref(),
        }
    }

    pub fn action(&self, control: &Control) -> Action {
        self.actions.get(control.id).copied().unwrap_or_default()
    }
}

/// The plans of all namespaces, each made when its first object comes.
pub(super) struct Plans {
    rules: Vec<Rule>,
    parameters: Parameters,
    /// The plan of every namespace, where the rules are the same in all of them.
    everywhere: Option<Arc<Plan>>,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    by_namespace: HashMap<Box<str>, Arc<Plan>>,
    /// By the rules that hold: most namespaces share theirs.
    by_rules: HashMap<Vec<bool>, Arc<Plan>>,
}

/// So many namespaces are remembered, and so many plans: what is forgotten can be made again.
const NAMESPACES: usize = 16_384;
const PLANS: usize = 64;

impl Plans {
    pub fn new(rules: &[Rule], parameters: &Parameters) -> Self {
        let is_same = rules.iter().all(|rule| rule.scope.is_everywhere());
        Plans {
            everywhere: is_same.then(|| Arc::new(Plan::new(rules.iter(), parameters))),
            rules: rules.to_vec(),
            parameters: parameters.clone(),
            known: RwLock::default(),
        }
    }

    pub fn of(&self, namespace: &str) -> Arc<Plan> {
        if let Some(plan) = &self.everywhere {
            return Arc::clone(plan);
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = known.by_namespace.get(namespace) {
            return Arc::clone(plan);
        }
        drop(known);
        let holds: Vec<bool> = self.rules.iter().map(|rule| rule.scope.has(namespace)).collect();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.by_namespace.len() >= NAMESPACES || known.by_rules.len() >= PLANS {
            *known = Known::default();
        }
        let rules = self.rules.iter().zip(&holds).filter(|(_, holds)| **holds).map(|(rule, _)| rule);
        let plan = match known.by_rules.get(&holds) {
            Some(plan) => Arc::clone(plan),
            None => Arc::new(Plan::new(rules, &self.parameters)),
        };
        known.by_namespace.insert(namespace.into(), Arc::clone(&plan));
        known.by_rules.insert(holds, Arc::clone(&plan));
        plan
    }
}
