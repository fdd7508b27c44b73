//! Which controls run in a namespace, and what their findings do there.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use plimsoll_engine::{Control, Wanted};

use super::Part;
use crate::configuration::{Action, Rule};

/// What holds in a namespace.
#[derive(Debug)]
pub(super) struct Plan {
    actions: HashMap<&'static str, Action>,
    /// By [`Part`].
    whole: Wanted,
    enforce: Wanted,
    advise: Wanted,
}

impl Plan {
    fn new(rules: &[Rule], controls: &[&'static Control], namespace: &str) -> Self {
        let mut actions = HashMap::new();
        for rule in rules.iter().filter(|rule| rule.scope.has(namespace)) {
            for control in rule.controls.iter().filter(|control| control.severity >= rule.severity) {
                actions.insert(control.id, rule.action);
            }
        }
        let wanted = |wants: &dyn Fn(Action) -> bool| {
            Wanted::new(controls.len(), |at| {
                controls
                    .get(at)
                    .and_then(|control| actions.get(control.id))
                    .is_some_and(|action| wants(*action))
            })
        };
        Plan {
            whole: wanted(&|action| action != Action::Off),
            enforce: wanted(&|action| action == Action::Enforce),
            advise: wanted(&|action| matches!(action, Action::Warn | Action::Audit)),
            actions,
        }
    }

    pub fn wanted(&self, part: Part) -> &Wanted {
        match part {
            Part::Whole => &self.whole,
            Part::Enforce => &self.enforce,
            Part::Advise => &self.advise,
        }
    }

    pub fn action(&self, control: &Control) -> Action {
        self.actions.get(control.id).copied().unwrap_or_default()
    }
}

/// The plans of all namespaces, each made when its first object comes.
pub(super) struct Plans {
    rules: Vec<Rule>,
    controls: Vec<&'static Control>,
    /// The plan of every namespace, where the rules are the same in all of them.
    everywhere: Option<Arc<Plan>>,
    by_namespace: RwLock<HashMap<Box<str>, Arc<Plan>>>,
}

/// Plans that are kept: a cluster has fewer namespaces, or can make one again.
const KEPT: usize = 4096;

impl Plans {
    pub fn new(rules: &[Rule], controls: &[&'static Control]) -> Self {
        let is_same = rules.iter().all(|rule| rule.scope.is_everywhere());
        Plans {
            everywhere: is_same.then(|| Arc::new(Plan::new(rules, controls, ""))),
            rules: rules.to_vec(),
            controls: controls.to_vec(),
            by_namespace: RwLock::default(),
        }
    }

    pub fn of(&self, namespace: &str) -> Arc<Plan> {
        if let Some(plan) = &self.everywhere {
            return Arc::clone(plan);
        }
        let known = self.by_namespace.read().unwrap_or_else(PoisonError::into_inner).get(namespace).cloned();
        known.unwrap_or_else(|| {
            let plan = Arc::new(Plan::new(&self.rules, &self.controls, namespace));
            let mut plans = self.by_namespace.write().unwrap_or_else(PoisonError::into_inner);
            if plans.len() >= KEPT {
                plans.clear();
            }
            plans.insert(namespace.into(), Arc::clone(&plan));
            plan
        })
    }
}
