//! Values of the types that the API server decodes them into.

use plimsoll_kubernetes::Field;

/// A value that the API server would refuse to decode.
#[derive(Clone, Copy)]
pub struct Problem<'d> {
    pub field: Field<'d>,
    /// What it must be: `a boolean`.
    pub wanted: &'static str,
}

/// Reads fields, and remembers those of a wrong type.
#[derive(Default)]
pub(crate) struct Reader<'d> {
    pub problems: Vec<Problem<'d>>,
}

impl<'d> Reader<'d> {
    fn read<T>(
        &mut self,
        field: Field<'d>,
        wanted: &'static str,
        value: impl FnOnce(&Field<'d>) -> Option<T>,
    ) -> Option<T> {
        if !field.exists() {
            return None;
        }
        let value = value(&field);
        if value.is_none() {
            self.problems.push(Problem { field, wanted });
        }
        value
    }

    pub fn boolean(&mut self, field: Field<'d>) -> Option<bool> {
        self.read(field, "a boolean", Field::as_bool)
    }

    /// A boolean that is false where it is absent.
    pub fn flag(&mut self, field: Field<'d>) -> bool {
        self.boolean(field).unwrap_or_default()
    }

    pub fn integer(&mut self, field: Field<'d>) -> Option<i64> {
        self.read(field, "an integer", Field::as_i64)
    }

    pub fn text(&mut self, field: Field<'d>) -> Option<&'d str> {
        self.read(field, "a string", Field::as_str)
    }

    /// The field, where it is a mapping.
    pub fn mapping(&mut self, field: Field<'d>) -> Option<Field<'d>> {
        self.read(field, "a mapping", |field| field.is_mapping().then_some(*field))
    }

    /// The items of a list; none where there is none.
    pub fn list(&mut self, field: Field<'d>) -> Vec<Field<'d>> {
        self.written_list(field).unwrap_or_default()
    }

    /// The items of a list, where there is one: to Go an empty list isn't always an absent one.
    pub fn written_list(&mut self, field: Field<'d>) -> Option<Vec<Field<'d>>> {
        self.read(field, "a list", |field| field.is_sequence().then(|| field.items().collect()))
    }

    /// The items of a list that are mappings. A `null` among them is one without keys, as Go reads it.
    pub fn mappings(&mut self, field: Field<'d>) -> Vec<Field<'d>> {
        let items = self.list(field);
        for item in items.iter().filter(|item| item.exists() && !item.is_mapping()) {
            self.problems.push(Problem { field: *item, wanted: "a mapping" });
        }
        items
    }

    /// The strings of a list.
    pub fn texts(&mut self, field: Field<'d>) -> Vec<&'d str> {
        // A `null` among them is the empty string, as Go reads it.
        self.list(field).into_iter().map(|item| self.text(item).unwrap_or_default()).collect()
    }
}
