//! Controls made ready to judge one object at a time, again and again, as an admission server does.

use std::collections::HashMap;

use plimsoll_kubernetes::{Inventory, Object, Pod};

use crate::dispatch::{sorted, tell_twins_apart};
use crate::{Check, Control, Finding, Findings, Parameters};

/// Controls, sorted once by what they look at. Those that need more than one object (a whole inventory) or
/// the text that it was written in (a document) can't be decided here, and are left out.
#[derive(Debug)]
pub struct Prepared {
    parameters: Parameters,
    pods: Vec<(usize, &'static Control)>,
    objects: HashMap<&'static str, Vec<(&'static str, usize, &'static Control)>>,
    any: Vec<(usize, &'static Control)>,
    left_out: Vec<&'static Control>,
}

/// Which of the prepared controls run: one bit for each, by its place among those that were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(Vec<u64>);

impl Wanted {
    /// Those controls, of so many, that `wants` wants.
    pub fn new(controls: usize, wants: impl Fn(usize) -> bool) -> Self {
        let mut bits = vec![0; controls.div_ceil(64)];
        for at in (0..controls).filter(|at| wants(*at)) {
            if let Some(word) = bits.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        Wanted(bits)
    }

    #[inline]
    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

impl Prepared {
    pub fn new(controls: &[&'static Control], parameters: Parameters) -> Self {
        let mut prepared = Prepared {
            parameters,
            pods: Vec::new(),
            objects: HashMap::new(),
            any: Vec::new(),
            left_out: Vec::new(),
        };
        for (at, control) in controls.iter().copied().enumerate() {
            match control.check {
                Check::Pod(_) | Check::Container(_) => prepared.pods.push((at, control)),
                Check::Object(kinds, _) => {
                    for kind in kinds {
                        prepared.objects.entry(kind.kind).or_default().push((kind.group, at, control));
                    }
                }
                Check::AnyObject(_) => prepared.any.push((at, control)),
                Check::Inventory(..) | Check::Document(_) => prepared.left_out.push(control),
            }
        }
        prepared
    }

    /// Controls that can't be decided from one object.
    pub fn left_out(&self) -> &[&'static Control] {
        &self.left_out
    }

    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// What the wanted controls find in the objects of an inventory, in the order of
    /// [`run`](crate::run), with each control's own severity.
    pub fn judge(&self, inventory: &Inventory<'_>, wanted: &Wanted) -> Vec<Finding> {
        let first = self
            .pods
            .first()
            .or(self.any.first())
            .map(|(_, control)| *control)
            .or_else(|| self.objects.values().flatten().next().map(|(_, _, control)| *control));
        let Some(first) = first else { return Vec::new() };
        let mut found = Findings::new(inventory, &self.parameters, first);
        for object in inventory.objects() {
            self.object(object, inventory, wanted, &mut found);
        }
        let mut found = found.into_vec();
        if found.len() > 1 {
            found = sorted(vec![found]);
            tell_twins_apart(&mut found);
        }
        found
    }

    fn object<'d>(
        &self,
        object: &Object<'d>,
        inventory: &Inventory<'d>,
        wanted: &Wanted,
        found: &mut Findings<'_, 'd>,
    ) {
        for pod in inventory.pods().iter().filter(|pod| pod.object().root() == object.root()) {
            self.pod(pod, wanted, found);
        }
        for (group, at, control) in self.objects.get(object.kind()).into_iter().flatten() {
            if wanted.has(*at)
                && (*group == "*" || *group == object.group())
                && let Check::Object(_, check) = control.check
            {
                found.speak_for(control);
                check(object, found);
            }
        }
        for (at, control) in &self.any {
            if wanted.has(*at)
                && let Check::AnyObject(check) = control.check
            {
                found.speak_for(control);
                check(object, found);
            }
        }
    }

    fn pod<'d>(&self, pod: &Pod<'d>, wanted: &Wanted, found: &mut Findings<'_, 'd>) {
        for (at, control) in &self.pods {
            if !wanted.has(*at) {
                continue;
            }
            found.speak_for(control);
            match control.check {
                Check::Pod(check) => check(pod, found),
                Check::Container(check) => pod.containers().for_each(|container| check(&container, found)),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use plimsoll_kubernetes::objects;

    use super::*;
    use crate::testing::{Known, documents};
    use crate::{Names, Selected, Selection, run};

    #[test]
    fn the_same_findings_as_a_run() {
        let controls = Known.profile("all").expect("a profile");
        let prepared = Prepared::new(&controls, Parameters::default());
        let all = Wanted::new(controls.len(), |_| true);
        let selection = Selection {
            controls: controls
                .iter()
                .map(|control| Selected { control, severity: control.severity })
                .collect(),
            parameters: Parameters::default(),
        };
        let documents =
            documents("a.yaml", "apiVersion: example.com/v1\nkind: Thing\nspec: {a: true, b: 1, c: true}\n");
        let mut found = Vec::new();
        objects(documents[0].root(), |object| found.extend(object));
        let inventory = Inventory::new(found, "default");
        let show = |findings: &[Finding]| -> Vec<_> {
            findings.iter().map(|f| (f.control.id, f.path.clone(), f.fingerprint)).collect()
        };
        let expected = show(&run(&documents, &inventory, &selection));
        assert!(!expected.is_empty());
        assert_eq!(show(&prepared.judge(&inventory, &all)), expected);
        let none = Wanted::new(controls.len(), |_| false);
        assert!(none.is_empty() && prepared.judge(&inventory, &none).is_empty());
        let one = Wanted::new(controls.len(), |at| controls[at].id == "test/a");
        assert!(prepared.judge(&inventory, &one).iter().all(|finding| finding.control.id == "test/a"));
    }
}
