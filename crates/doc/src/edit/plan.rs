//! What the operations on one document amount to, node by node.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::LOST;
use crate::{Action, Document, EditError, Kind, Literal, Operation, Value};

/// Changes by the number of the node that they touch.
#[derive(Default)]
pub(super) struct Plan {
    replaced: BTreeMap<u32, Literal>,
    collections: BTreeMap<u32, Changes>,
}

/// What happens to the entries or items of a collection.
#[derive(Default)]
pub(super) struct Changes {
    pub removed: BTreeSet<u32>,
    /// Entries to add to a mapping.
    pub entries: Vec<(String, Literal)>,
    /// Items to add to a sequence.
    pub items: Vec<Literal>,
}

impl Plan {
    pub fn new(document: &Document, operations: &[Operation]) -> Result<Self, EditError> {
        let mut plan = Plan::default();
        let mut null: BTreeMap<u32, Option<Literal>> = BTreeMap::new();
        let mut added: BTreeMap<u32, Option<Literal>> = BTreeMap::new();
        for operation in operations {
            let (value, absent) = locate(document, operation)?;
            refuse_shared(value)?;
            if absent.is_empty() && !matches!(operation.action, Action::Append(_)) {
                refuse_anchors(value)?;
            }
            match (&operation.action, absent) {
                (Action::Remove, []) => plan.remove(value)?,
                (Action::Remove, _) => return Err(EditError::Missing),
                (action, absent) => match (value.kind(), absent, action) {
                    (Kind::Null, ..) => merge(null.entry(value.node()).or_default(), absent, action)?,
                    (_, [], Action::Set(literal)) => match plan.replaced.get(&value.node()) {
                        Some(other) if other != literal => return Err(EditError::Conflict),
                        _ => {
                            plan.replaced.insert(value.node(), literal.clone());
                        }
                    },
                    (Kind::Sequence, [], Action::Append(item)) => {
                        let items = &mut plan.collections.entry(value.node()).or_default().items;
                        if !items.contains(item) {
                            items.push(item.clone());
                        }
                    }
                    (_, [], _) => return Err(EditError::NotSequence),
                    (Kind::Mapping, ..) => merge(added.entry(value.node()).or_default(), absent, action)?,
                    _ => return Err(EditError::NotMapping),
                },
            }
        }
        for (node, literal) in null {
            plan.replaced.extend(literal.map(|literal| (node, literal)));
        }
        for (node, literal) in added {
            if let Some(Literal::Mapping(entries)) = literal {
                plan.collections.entry(node).or_default().entries = entries;
            }
        }
        plan.settle(document)?;
        Ok(plan)
    }

    fn remove(&mut self, value: Value<'_>) -> Result<(), EditError> {
        let parent = value.parent().ok_or(EditError::Missing)?;
        let removed = &mut self.collections.entry(parent.node()).or_default().removed;
        removed.insert(value.node());
        // Of two duplicate keys the lost one would count again.
        if value.raw().flags & LOST == 0 {
            let duplicates = value.document().duplicates();
            removed.extend(
                duplicates.filter(|duplicate| duplicate.kept == value).map(|duplicate| duplicate.lost.node()),
            );
        }
        Ok(())
    }

    /// Drops what happens within removed values, and refuses what happens within replaced ones.
    fn settle(&mut self, document: &Document) -> Result<(), EditError> {
        let removed: BTreeSet<u32> =
            self.collections.values().flat_map(|changes| changes.removed.iter().copied()).collect();
        let is_removed = |node: u32| {
            let value = Value::at(document, node);
            std::iter::successors(value, |value| value.parent()).any(|value| removed.contains(&value.node()))
        };
        self.replaced.retain(|node, _| !is_removed(*node));
        self.collections.retain(|node, _| !is_removed(*node));
        for node in self.nodes() {
            let value = Value::at(document, node).ok_or(EditError::Missing)?;
            let own = self.collections.contains_key(&node).then_some(value);
            let mut above =
                own.into_iter().chain(std::iter::successors(value.parent(), |value| value.parent()));
            if above.any(|value| self.replaced.contains_key(&value.node())) {
                return Err(EditError::Conflict);
            }
        }
        Ok(())
    }

    /// Every node that something happens to, in order.
    pub fn nodes(&self) -> BTreeSet<u32> {
        self.replaced.keys().chain(self.collections.keys()).copied().collect()
    }

    pub fn replaced(&self, node: u32) -> Option<&Literal> {
        self.replaced.get(&node)
    }

    pub fn collection(&self, node: u32) -> Option<&Changes> {
        self.collections.get(&node)
    }
}

/// The nearest value that is there, and the keys below it that are not.
pub(super) fn locate<'d, 'o>(
    document: &'d Document,
    operation: &'o Operation,
) -> Result<(Value<'d>, &'o [String]), EditError> {
    let mut value = operation.anchor_in(document).ok_or(EditError::Missing)?;
    let mut absent = operation.absent.as_slice();
    while let Some((key, rest)) = absent.split_first()
        && let Some(child) = value.get(key)
    {
        value = child;
        absent = rest;
    }
    Ok((value, absent))
}

fn refuse_shared(value: Value<'_>) -> Result<(), EditError> {
    if std::iter::successors(Some(value), |value| value.parent()).any(Value::is_shared) {
        return Err(EditError::Shared);
    }
    Ok(())
}

/// Refuses to take away a value in which something stands that an alias elsewhere refers to. What came
/// through an alias itself has its place outside.
fn refuse_anchors(value: Value<'_>) -> Result<(), EditError> {
    let span = value.span();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        let start = value.span().start;
        if value.is_shared() && (span.start..span.end).contains(&start) {
            return Err(EditError::Shared);
        }
        open.extend(value.children());
    }
    Ok(())
}

/// Does an action below a value that is being made.
pub(super) fn merge(slot: &mut Option<Literal>, absent: &[String], action: &Action) -> Result<(), EditError> {
    let Some((key, rest)) = absent.split_first() else {
        return match (slot.as_mut(), action) {
            (None, Action::Set(literal)) => {
                *slot = Some(literal.clone());
                Ok(())
            }
            (Some(there), Action::Set(literal)) if there == literal => Ok(()),
            (None, Action::Append(item)) => {
                *slot = Some(Literal::Sequence(vec![item.clone()]));
                Ok(())
            }
            (Some(Literal::Sequence(items)), Action::Append(item)) => {
                if !items.contains(item) {
                    items.push(item.clone());
                }
                Ok(())
            }
            _ => Err(EditError::Conflict),
        };
    };
    let Literal::Mapping(entries) = slot.get_or_insert_with(|| Literal::Mapping(Vec::new())) else {
        return Err(EditError::Conflict);
    };
    if let Some((_, value)) = entries.iter_mut().find(|(name, _)| name == key) {
        let mut below = Some(value.clone());
        merge(&mut below, rest, action)?;
        if let Some(below) = below {
            *value = below;
        }
        return Ok(());
    }
    let mut below = None;
    merge(&mut below, rest, action)?;
    entries.extend(below.map(|below| (key.clone(), below)));
    Ok(())
}
