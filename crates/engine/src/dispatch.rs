//! Runs controls over an inventory: each on what it applies to alone.

use std::collections::HashMap;

use plimsoll_doc::{Document, Key, Keys};
use plimsoll_kubernetes::{GroupKind, Inventory, Object, Pod};
use rayon::prelude::*;

use crate::findings::Speaker;
use crate::order::{Files, List, sorted};
use crate::{Check, Control, Finding, Findings, Needs, Parameters, Severity};

/// A control that takes part in a scan, and how severe it is there.
#[derive(Clone, Copy, Debug)]
pub struct Selected {
    pub control: &'static Control,
    pub severity: Severity,
}

/// The controls of a scan, in the order of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    pub controls: Vec<Selected>,
    pub parameters: Parameters,
}

/// Pods that one thread checks in a row, control by control: what a control needs of the processor's caches is then
/// there for all of them.
const PODS: usize = 16;

/// The same of objects. An object can hold a megabyte of text.
const OBJECTS: usize = 8;

/// Controls sorted by what they look at, and what they are told. Made once by who judges many objects one
/// after another, as an admission webhook does.
#[derive(Debug)]
pub struct Prepared {
    parameters: Parameters,
    pods: Vec<(Screen, Speaker)>,
    kinds: HashMap<&'static str, Vec<(&'static str, Speaker)>, foldhash::fast::RandomState>,
    any: Vec<(Screen, Speaker)>,
    inventory: Vec<Speaker>,
    documents: Vec<Speaker>,
}

/// Runs the selected controls over the documents and the inventory made from them. Findings are
/// sorted by file, place and control.
pub fn run<'d>(
    documents: &'d [Document],
    inventory: &Inventory<'d>,
    selection: &Selection,
) -> Vec<Box<Finding>> {
    Prepared::new(selection).run(documents, inventory)
}

impl Prepared {
    pub fn new(selection: &Selection) -> Prepared {
        let mut prepared = Prepared {
            parameters: selection.parameters.clone(),
            pods: Vec::new(),
            kinds: HashMap::default(),
            any: Vec::new(),
            inventory: Vec::new(),
            documents: Vec::new(),
        };
        let mut ids: Vec<&str> = selection.controls.iter().map(|selected| selected.control.id).collect();
        ids.sort_unstable();
        for Selected { control, severity } in &selection.controls {
            let rank = ids.partition_point(|id| *id < control.id) as u32;
            let speaker = Speaker::new(control, *severity, rank);
            match control.check {
                Check::Pod(needs, _) | Check::Container(needs, _) => {
                    prepared.pods.push((Screen::new(needs), speaker));
                }
                Check::Object(kinds, _) => {
                    for kind in kinds {
                        prepared.kinds.entry(kind.kind).or_default().push((kind.group, speaker));
                    }
                }
                Check::AnyObject(needs, _) => prepared.any.push((Screen::new(needs), speaker)),
                Check::Inventory(..) => prepared.inventory.push(speaker),
                Check::Document(_) => prepared.documents.push(speaker),
            }
        }
        prepared
    }

    /// As [`run`], with the selection that this was made from.
    pub fn run<'d>(&self, documents: &'d [Document], inventory: &Inventory<'d>) -> Vec<Box<Finding>> {
        let files = Files::of(documents.iter().map(Document::file));
        let of_pods = inventory.pods().par_chunks(PODS).with_max_len(1).map(|pods| {
            let mut found = self.sink(inventory);
            self.look_at_pods(pods, &mut found);
            List::new(found.into_found(), &files)
        });
        let of_objects = inventory.objects().par_chunks(OBJECTS).with_max_len(1).map(|objects| {
            let mut found = self.sink(inventory);
            self.look_at(objects, &mut found);
            List::new(found.into_found(), &files)
        });
        let of_inventory = self.inventory.par_iter().map(|speaker| {
            let mut found = self.sink(inventory);
            found.speak_for(speaker);
            if let Check::Inventory(_, check) = speaker.control.check {
                check(inventory, &mut found);
            }
            List::new(found.into_found(), &files)
        });
        let mut found: Vec<List> = of_inventory.chain(of_pods).chain(of_objects).collect();
        // What looks at everything takes longest and is begun first; its findings stand behind the others'.
        found.rotate_left(self.inventory.len());
        if !self.documents.is_empty() {
            let mut sink = self.sink(inventory);
            for document in documents {
                for speaker in &self.documents {
                    sink.speak_for(speaker);
                    if let Check::Document(check) = speaker.control.check {
                        check(document, &mut sink);
                    }
                }
            }
            found.push(List::new(sink.into_found(), &files));
        }
        sorted(found, &files)
    }

    /// What the controls of pods, of containers and of single objects say of one object of an inventory, in
    /// the order of [`run`]. It stays on the calling thread, and costs little where nothing is found. Controls
    /// that look at documents or at the inventory as a whole are left out.
    pub fn check<'d>(&self, object: &Object<'d>, inventory: &Inventory<'d>) -> Vec<Box<Finding>> {
        let mut found = self.sink(inventory);
        self.look_at_pods(inventory.pods_of(object), &mut found);
        self.look_at(std::slice::from_ref(object), &mut found);
        let found = found.into_found();
        if found.is_empty() {
            return Vec::new();
        }
        let files = Files::of(inventory.objects().iter().map(|object| object.root().document().file()));
        sorted(vec![List::new(found, &files)], &files)
    }

    fn sink<'a, 'd>(&'a self, inventory: &'a Inventory<'d>) -> Findings<'a, 'd> {
        Findings::new(inventory, &self.parameters)
    }

    fn look_at_pods<'d>(&self, pods: &[Pod<'d>], found: &mut Findings<'_, 'd>) {
        let inventory = found.inventory();
        // A list in the place of the spec is no pod, and `manifest/wrong-type` says so.
        let pods: Vec<_> = pods.iter().filter(|pod| pod.spec().is_mapping()).collect();
        for (screen, speaker) in &self.pods {
            for pod in &pods {
                if !screen.lets(pod.object().root().document().all_keys(), inventory) {
                    continue;
                }
                found.speak_for(speaker);
                match speaker.control.check {
                    Check::Pod(_, check) => check(pod, found),
                    Check::Container(_, check) => {
                        pod.containers().for_each(|container| check(&container, found));
                    }
                    _ => {}
                }
            }
        }
    }

    fn look_at<'d>(&self, objects: &[Object<'d>], found: &mut Findings<'_, 'd>) {
        let inventory = found.inventory();
        for object in objects {
            for (group, speaker) in self.kinds.get(object.kind()).into_iter().flatten() {
                if *group == "*" || *group == object.group() {
                    found.speak_for(speaker);
                    if let Check::Object(_, check) = speaker.control.check {
                        check(object, found);
                    }
                }
            }
        }
        for (screen, speaker) in &self.any {
            for object in objects {
                if screen.lets(object.root().document().all_keys(), inventory) {
                    found.speak_for(speaker);
                    if let Check::AnyObject(_, check) = speaker.control.check {
                        check(object, found);
                    }
                }
            }
        }
    }
}

/// What a control [`Needs`], made ready to be asked of each object.
#[derive(Debug)]
enum Screen {
    Open,
    Key(Box<[Key<'static>]>),
    Kind(&'static [GroupKind]),
}

impl Screen {
    fn new(needs: Needs) -> Screen {
        match needs {
            Needs::Nothing => Screen::Open,
            Needs::Key(keys) => Screen::Key(keys.iter().map(|key| Key::new(key)).collect()),
            Needs::Kind(kinds) => Screen::Kind(kinds),
        }
    }

    /// Whether the control may find something.
    #[inline]
    fn lets(&self, keys: &Keys, inventory: &Inventory<'_>) -> bool {
        match self {
            Screen::Open => true,
            Screen::Key(wanted) => wanted.iter().any(|key| keys.may_have(*key)),
            Screen::Kind(kinds) => kinds.iter().any(|kind| inventory.has(kind.group, kind.kind)),
        }
    }
}
