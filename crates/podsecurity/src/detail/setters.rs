//! Who sets a value: `pod`, `container "a"`, or several of them.

use plimsoll_doc::Value;
use plimsoll_kubernetes::Field;

use crate::go::{join_quoted, plural};
use crate::notes::Note;
use crate::walk::Whose;

/// The containers that notes are of, each once, in order.
pub(super) fn containers<'d>(notes: &[Note<'d>]) -> Vec<Value<'d>> {
    let mut containers: Vec<Value<'d>> = Vec::new();
    for note in notes {
        if let Whose::Container(place) = note.whose
            && containers.last() != Some(&place.container)
        {
            containers.push(place.container);
        }
    }
    containers
}

/// The names of containers; several may have the same.
pub(super) fn names<'d>(containers: &[Value<'d>]) -> Vec<&'d str> {
    containers.iter().map(|container| Field::new(*container).get("name").text()).collect()
}

/// `container "a"` or `containers "a", "b"`.
pub(super) fn called(names: &[&str]) -> String {
    format!("{} {}", plural("container", "containers", names.len()), join_quoted(names.iter().copied()))
}

/// The containers that notes are of: `containers "a", "b"`.
pub(super) fn told(notes: &[Note<'_>]) -> String {
    called(&names(&containers(notes)))
}

/// The pod and the containers that notes are of: `pod and container "a"`.
pub(super) fn all(notes: &[Note<'_>]) -> Vec<String> {
    let mut setters = Vec::new();
    if notes.iter().any(|note| matches!(note.whose, Whose::Pod)) {
        setters.push("pod".to_owned());
    }
    let containers = containers(notes);
    if !containers.is_empty() {
        setters.push(called(&names(&containers)));
    }
    setters
}
