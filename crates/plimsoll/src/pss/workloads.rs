//! What makes pods, with the facts of each.

use plimsoll_doc::Document;
use plimsoll_engine::{Incomplete, Place};
use plimsoll_kubernetes::schema::Trouble;
use plimsoll_kubernetes::{Field, Inventory, Object, Pod};
use plimsoll_podsecurity::{Facts, PodFields, Unreadable};

use crate::objects::objects_of;

/// A pod, or the template of one.
pub struct Workload<'d> {
    pub object: Object<'d>,
    pub namespace: &'d str,
    pub pod: PodFields<'d>,
    pub facts: Facts,
    /// Why nothing can be said of it: the API server wouldn't decode the object.
    pub unreadable: Option<Gap>,
    /// Where the object stands.
    pub place: Place,
}

/// Something in an object that can't be decoded.
pub struct Gap {
    pub reason: String,
    pub place: Place,
}

/// Everything that was read.
pub struct Estate<'d> {
    pub inventory: Inventory<'d>,
    pub workloads: Vec<Workload<'d>>,
    /// What looks like an object and can't be read as one.
    pub incomplete: Vec<Incomplete>,
}

impl<'d> Estate<'d> {
    pub fn new(documents: &'d [Document], namespace: &'d str) -> Self {
        let (found, incomplete) = objects_of(documents);
        let inventory = Inventory::new(found, namespace);
        let workloads = inventory.pods().iter().map(|pod| workload(pod, &inventory)).collect();
        Estate { inventory, workloads, incomplete }
    }
}

fn workload<'d>(pod: &Pod<'d>, inventory: &Inventory<'d>) -> Workload<'d> {
    let object = pod.object();
    let fields = PodFields::of(pod);
    let facts = Facts::of(fields);
    Workload {
        object,
        namespace: inventory.namespace_of(&object),
        pod: fields,
        facts,
        unreadable: gap(object, fields, facts, inventory),
        place: Place::of(&object.get("kind")),
    }
}

/// The first thing in an object that the API server can't decode, among what the checks look at or
/// elsewhere.
fn gap<'d>(object: Object<'d>, pod: PodFields<'d>, facts: Facts, inventory: &Inventory<'d>) -> Option<Gap> {
    let told = |field: Field<'d>, wanted: &str| Gap {
        reason: format!("{} must be {wanted}", field.path_from(object.root())),
        place: Place::of(&field),
    };
    if facts.is_unreadable() {
        let unreadable = Unreadable::of(pod);
        return unreadable.problems().next().map(|(field, wanted)| told(field, wanted));
    }
    let is_type = |trouble: &Trouble| matches!(trouble, Trouble::WrongType(_) | Trouble::Malformed(_));
    let problem = inventory.problems_of(&object).find(|problem| is_type(&problem.trouble))?;
    Some(told(problem.field, "of another type or form"))
}
