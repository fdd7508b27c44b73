//! The facts of a pod with what makes them so, in the order in which checks report them.

use plimsoll_doc::Value;
use plimsoll_kubernetes::Field;

use crate::fact::Fact;
use crate::walk::{APP_ARMOR_ANNOTATION, LISTS, Place, Sink, Wanted, Whose, walk};
use crate::{PodFields, Stage};

/// A fact, whose it is, and the field that makes it so.
#[derive(Clone, Copy)]
pub(crate) struct Note<'d> {
    pub fact: Fact,
    pub whose: Whose<'d>,
    pub at: Field<'d>,
}

impl<'d> Note<'d> {
    /// Of the pod first, then of containers as checks visit them.
    fn rank(&self) -> (u8, u32) {
        match self.whose {
            Whose::Pod => (0, 0),
            Whose::Container(place) => (place.list + 1, place.index),
        }
    }
}

pub(crate) struct Notes<'d>(Vec<Note<'d>>);

impl<'d> Notes<'d> {
    pub fn of(pod: PodFields<'d>) -> Self {
        let mut collected = Collected { notes: Vec::with_capacity(16) };
        walk(pod, &mut collected);
        let mut notes = collected.notes;
        if pod.stage == Stage::NewPod {
            copy_annotations(pod, &mut notes);
        }
        notes.sort_by_key(Note::rank);
        Notes(notes)
    }

    /// Those of some facts, in order.
    pub fn with(&self, facts: &[Fact]) -> Vec<Note<'d>> {
        self.0.iter().copied().filter(|note| facts.contains(&note.fact)).collect()
    }

    pub fn has(&self, fact: Fact) -> bool {
        self.0.iter().any(|note| note.fact == fact)
    }
}

/// What the API server does when a pod is created, before its admission plugin looks: a container whose
/// profile is an annotation gets it as a field, unless the pod has the same. Of all such profiles only
/// `unconfined` is one that a check minds.
fn copy_annotations<'d>(pod: PodFields<'d>, notes: &mut Vec<Note<'d>>) {
    if pod.spec.get("os.name").is("windows")
        || pod.spec.get("securityContext.appArmorProfile.type").is("Unconfined")
    {
        return;
    }
    let annotations = pod.metadata.get("annotations");
    for (list, field) in (0..).zip(LISTS) {
        for (index, container) in (0..).zip(pod.spec.get(field).items()) {
            let name = container.get("name").text();
            let unconfined = annotations.entries().find(|(key, value)| {
                key.strip_prefix(APP_ARMOR_ANNOTATION) == Some(name) && value.is("unconfined")
            });
            let Some((_, annotation)) = unconfined else { continue };
            if !container.get("securityContext.appArmorProfile").exists() {
                let whose = Whose::Container(Place { list, index, container: container.anchor() });
                notes.push(Note { fact: Fact::AppArmorField, whose, at: annotation });
            }
        }
    }
}

struct Collected<'d> {
    notes: Vec<Note<'d>>,
}

impl<'d> Sink<'d> for Collected<'d> {
    fn note(&mut self, fact: Fact, whose: Whose<'d>, at: Value<'d>) {
        self.notes.push(Note { fact, whose, at: Field::new(at) });
    }

    fn missing(&mut self, fact: Fact, whose: Whose<'d>, from: Value<'d>, path: &'static str) {
        self.notes.push(Note { fact, whose, at: Field::new(from).get(path) });
    }

    fn unreadable(&mut self, _: Value<'d>, _: Wanted) {}
}
