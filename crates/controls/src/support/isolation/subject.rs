//! Whom a policy is asked about, and what is known of it.

use plimsoll_kubernetes::{Inventory, LabelSelector, Labels, Pod};

use super::super::scope;
use super::super::selector::{self, Known, Match, match_namespace, match_selector};

/// Whom a policy is asked about, in a namespace.
#[derive(Clone, Copy)]
pub(super) enum Who<'s, 'd> {
    Pod(&'s Pod<'d>),
    /// A pod that a selector matches: the labels that the selector names are known.
    Like(LabelSelector<'d>),
    /// Some pod, whatever its labels.
    Any,
    /// A pod that has no label: only what selects every pod selects it.
    Unlabelled,
}

pub(super) struct Subject<'s, 'd> {
    pub namespace: &'d str,
    pub who: Who<'s, 'd>,
    /// Whether a NetworkPolicy isolates it in the direction that is asked about.
    pub is_selected: bool,
    pub inventory: &'s Inventory<'d>,
}

impl<'d> Subject<'_, 'd> {
    pub(super) fn label(&self, key: &str) -> Known<'d> {
        match self.who {
            Who::Pod(pod) => scope::label(pod, key),
            Who::Like(selector) => {
                Labels(selector.field().get("matchLabels")).get(key).map_or(Known::Unknown, Known::Is)
            }
            Who::Any => Known::Unknown,
            Who::Unlabelled => Known::Absent,
        }
    }

    pub(super) fn namespace_label(&self, key: &str) -> Known<'d> {
        selector::namespace_label(key, self.namespace, self.inventory)
    }

    /// The name of its ServiceAccount.
    pub(super) fn account(&self) -> Known<'d> {
        match self.who {
            Who::Pod(pod) => Known::Is(pod.service_account()),
            _ => Known::Unknown,
        }
    }

    /// Whether a selector of pods matches it.
    pub(super) fn meets(&self, selector: LabelSelector<'_>) -> Match {
        match_selector(selector, |key| self.label(key))
    }

    /// Whether a selector of namespaces matches its own.
    pub(super) fn is_within(&self, selector: LabelSelector<'_>) -> Match {
        match_namespace(selector, self.namespace, self.inventory)
    }
}
