//! Where a field that a type doesn't have would be known: under a like name, or elsewhere in the object.

use plimsoll_engine::nearest;
use plimsoll_kubernetes::lifecycle::Minor;
use plimsoll_kubernetes::pod_templates;
use plimsoll_kubernetes::schema::{Type, served};

use crate::prelude::*;

/// Where a field stands: the types around it, from the object inwards, each with the key that leads to it.
pub(crate) struct Place<'d> {
    above: Vec<(&'d str, &'static Type)>,
    release: Minor,
}

impl<'d> Place<'d> {
    /// Of a field of an object. Around a pod template of a custom resource nothing is known.
    pub fn of(field: &Field<'d>, object: &Object<'d>, release: Minor) -> Self {
        let mut keys = Vec::new();
        let mut at = field.anchor().parent();
        while let Some(value) = at.filter(|value| *value != object.root()) {
            keys.extend(value.key());
            at = value.parent();
        }
        let mut above = Vec::new();
        keys.reverse();
        let mut keys = keys.into_iter();
        let mut known = match object.served() {
            Some(known) => Some(("", known.of)),
            None => skip_to_template(object, &mut keys),
        };
        while let Some((key, of)) = known {
            above.push((key, of));
            known = keys.next().and_then(|key| Some((key, of.child(key)?)));
        }
        Place { above, release }
    }

    /// What to do about a key that its type doesn't have: ": did you mean …?".
    pub fn hint(&self, key: &str, of: &'static Type) -> String {
        if let Some(near) = nearest(key, of.fields_in(self.release)) {
            return format!(": did you mean {near:?}?");
        }
        if of.name() == "LabelSelector" {
            return ": it belongs below \"matchLabels\"".to_owned();
        }
        if let Some(elsewhere) = self.elsewhere(key, of) {
            return format!(": {elsewhere}");
        }
        let meant = self.in_other_letters(key);
        match meant.and_then(|meant| Some((meant, self.elsewhere(meant, of)?))) {
            Some((meant, elsewhere)) => format!(": did you mean {meant:?}? Then {elsewhere}"),
            None => ": take it out, or correct its name or its indentation".to_owned(),
        }
    }

    /// A field that the types around have, or the types of their fields, and that differs in capitals alone.
    fn in_other_letters(&self, key: &str) -> Option<&'static str> {
        let around = self.above.iter().rev().map(|(_, of)| *of);
        let types = around.flat_map(|of| {
            let children = self.fields(of).filter_map(|field| of.child(field));
            let further = of.child("containers").and_then(|container| container.child("securityContext"));
            std::iter::once(of).chain(children).chain(further)
        });
        types.flat_map(|of| of.fields_in(self.release)).find(|field| field.eq_ignore_ascii_case(key))
    }

    /// Where else a key would be known.
    fn elsewhere(&self, key: &str, of: &'static Type) -> Option<String> {
        if let Some(below) = self.below(of, key) {
            return Some(below);
        }
        // From the inside out; the last is the type itself.
        let outer = self.above.iter().rev().skip(1);
        if let Some((_, holder)) = outer.clone().find(|(_, holder)| self.has(holder, key)) {
            return Some(format!("it belongs further out, to {}", holder.name()));
        }
        let holder = self.above.last().map_or("", |(key, _)| *key);
        for (_, outer) in outer {
            for field in self.fields(outer) {
                let Some(child) = outer.child(field) else { continue };
                // A pod's securityContext and its containers' have different fields.
                if child.child(holder).is_some_and(|cousin| self.has(cousin, key)) {
                    return Some(match field {
                        "containers" => format!("it belongs to a container's {holder}"),
                        _ => format!("it belongs below {holder:?} of {field:?}"),
                    });
                }
                if self.has(child, key) {
                    return Some(format!("it belongs to {field:?} of {}", outer.name()));
                }
            }
        }
        None
    }

    fn has(&self, of: &Type, key: &str) -> bool {
        of.life(key).is_some_and(|life| life.is_in(self.release))
    }

    /// Where the key would be known further in: in a field's own type, in the containers' securityContext, in
    /// the pod that a workload makes.
    fn below(&self, of: &'static Type, key: &str) -> Option<String> {
        let has = |of: Option<&Type>| of.is_some_and(|of| self.has(of, key));
        if let Some(field) = self.fields(of).find(|field| has(of.child(field))) {
            return Some(format!("it belongs below {field:?}"));
        }
        if has(of.child("containers").and_then(|container| container.child("securityContext"))) {
            return Some("it belongs to a container's securityContext".to_owned());
        }
        let pod = of.child("template").and_then(|template| template.child("spec"));
        has(pod).then(|| "it belongs to the \"spec\" of \"template\"".to_owned())
    }

    /// The fields of a type, those first that most are misplaced from.
    fn fields(&self, of: &'static Type) -> impl Iterator<Item = &'static str> {
        let first = ["containers", "securityContext", "template"].into_iter().filter(|field| of.has(field));
        first.chain(of.fields_in(self.release))
    }
}

/// The pod template of a custom resource, its keys skipped.
fn skip_to_template<'d>(
    object: &Object<'d>,
    keys: &mut (impl Iterator<Item = &'d str> + Clone),
) -> Option<(&'d str, &'static Type)> {
    let template = served("", "v1", "PodTemplate")?.of.child("template")?;
    pod_templates(object.group(), object.kind()).iter().find_map(|path| {
        let mut rest = keys.clone();
        for step in path.split('.') {
            let name = step.trim_end_matches("[]").trim_end_matches("{}");
            if rest.next() != Some(name) || (step.ends_with("{}") && rest.next().is_none()) {
                return None;
            }
        }
        *keys = rest;
        Some(("", template))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Limits, SourceFile, parse};
    use plimsoll_kubernetes::objects;
    use plimsoll_kubernetes::schema::Trouble;

    use super::*;

    /// What is said of the unknown fields of a pod with one container, whose lines are given.
    fn hints(container: &str) -> Vec<String> {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - name: a\n    image: a\n    {container}\n"
        );
        let file = Arc::new(SourceFile::new("test.yaml", text.into_bytes()));
        let mut hints = Vec::new();
        for document in parse(&file, &Limits::default()).into_iter().flatten() {
            objects(document.root(), |object| {
                let object = object.expect("an object");
                let inventory = Inventory::new(vec![object], "default");
                for problem in inventory.problems_of(&object) {
                    if let Trouble::Unknown { of } = problem.trouble {
                        let key = problem.field.anchor().key().unwrap_or_default();
                        hints.push(Place::of(&problem.field, &object, 37).hint(key, of));
                    }
                }
            });
        }
        hints
    }

    #[test]
    fn a_field_is_looked_for_by_its_name_and_by_its_place() {
        for (field, hint) in [
            ("imagePullPolcy: Always", ": did you mean \"imagePullPolicy\"?"),
            ("runAsNonRoot: true", ": it belongs below \"securityContext\""),
            (
                "runAsNonroot: true",
                ": did you mean \"runAsNonRoot\"? Then it belongs below \"securityContext\"",
            ),
            ("hostNetwork: true", ": it belongs further out, to PodSpec"),
            ("hostnetwork: true", ": did you mean \"hostNetwork\"? Then it belongs further out, to PodSpec"),
            ("nothingLikeIt: 1", ": take it out, or correct its name or its indentation"),
        ] {
            assert_eq!(hints(field), [hint], "{field}");
        }
    }
}
