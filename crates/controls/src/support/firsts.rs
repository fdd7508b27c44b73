//! Which items of a list are the first of their kind.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use plimsoll_kubernetes::Field;

/// The fields that keys stood at first.
#[derive(Default)]
pub(crate) struct Firsts<'d> {
    /// Most lists have one item, which needs no table.
    first: Option<(Cow<'d, str>, Field<'d>)>,
    others: HashMap<Cow<'d, str>, Field<'d>, RandomState>,
}

impl<'d> Firsts<'d> {
    /// Where a key stood before; else it is taken note of.
    pub(crate) fn before(&mut self, key: Cow<'d, str>, field: &Field<'d>) -> Option<Field<'d>> {
        let Some((first_key, first)) = &self.first else {
            self.first = Some((key, *field));
            return None;
        };
        if *first_key == key {
            return Some(*first);
        }
        let before = self.others.get(&key).copied();
        if before.is_none() {
            self.others.insert(key, *field);
        }
        before
    }
}
