//! Controls: what a rule is.

use plimsoll_doc::Document;
use plimsoll_kubernetes::{Container, GroupKind, Inventory, Object, Pod};

use crate::framework::Reference;
use crate::{Findings, Safety, Severity};

/// One rule of the catalogue. Its text and its examples stand at the head of the file that defines it.
#[derive(Debug)]
pub struct Control {
    /// `area/what`, in words.
    pub id: &'static str,
    /// A few words that say what is wrong.
    pub title: &'static str,
    pub severity: Severity,
    /// The requirements it speaks for.
    pub frameworks: &'static [Reference],
    /// What other tools call the same check: `checkov:CKV_K8S_16`.
    pub aliases: &'static [&'static str],
    /// The profiles it belongs to; every control belongs to `all`.
    pub profiles: &'static [Profile],
    /// The best fix that it offers; single findings may have none.
    pub fix: Option<Safety>,
    pub check: Check,
}

/// What a control looks at, and how.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Every pod and pod template.
    Pod(Needs, for<'a, 'd> fn(&Pod<'d>, &mut Findings<'a, 'd>)),
    /// Every container of every pod: init, app and ephemeral ones.
    Container(Needs, for<'a, 'p, 'd> fn(&Container<'p, 'd>, &mut Findings<'a, 'd>)),
    /// Every object of these kinds.
    Object(&'static [GroupKind], for<'a, 'd> fn(&Object<'d>, &mut Findings<'a, 'd>)),
    /// Every object.
    AnyObject(Needs, for<'a, 'd> fn(&Object<'d>, &mut Findings<'a, 'd>)),
    /// All that was read at once; the kinds say what it speaks about, and where none of them is there it
    /// finds nothing, or what is missing.
    Inventory(&'static [GroupKind], for<'a, 'd> fn(&Inventory<'d>, &mut Findings<'a, 'd>)),
    /// Every document, before it is an object.
    Document(for<'a, 'd> fn(&'d Document, &mut Findings<'a, 'd>)),
}

/// What must have been read for a check to find anything: without it, it isn't run.
#[derive(Clone, Copy, Debug)]
pub enum Needs {
    /// It may find something anywhere: what is missing, or what a value means.
    Nothing,
    /// One of these keys, anywhere in the document.
    Key(&'static [&'static str]),
    /// An object of one of these kinds.
    Kind(&'static [GroupKind]),
}

/// A choice of controls for a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Pod Security Standards, baseline.
    Baseline,
    /// Pod Security Standards, restricted: what it adds to baseline.
    Restricted,
    /// What most clusters should hold to.
    Recommended,
}

/// Kinds that hold a pod or a pod template, as `applies` lists them.
const WORKLOADS: &[&str] = &[
    "Pod",
    "PodTemplate",
    "apps/Deployment",
    "apps/StatefulSet",
    "apps/DaemonSet",
    "apps/ReplicaSet",
    "ReplicationController",
    "batch/Job",
    "batch/CronJob",
];

impl Control {
    /// The kinds a control speaks about, as `group/Kind`.
    pub fn applies(&self) -> Vec<String> {
        match self.check {
            Check::Pod(..) | Check::Container(..) => {
                WORKLOADS.iter().map(|kind| (*kind).to_owned()).collect()
            }
            Check::Object(kinds, _) | Check::Inventory(kinds, _) => kinds
                .iter()
                .map(|kind| match kind.group {
                    "" => kind.kind.to_owned(),
                    group => format!("{group}/{}", kind.kind),
                })
                .collect(),
            Check::AnyObject(..) | Check::Document(_) => vec!["*".to_owned()],
        }
    }

    /// Whether anything that the control looks at was read.
    pub fn has_subject(&self, inventory: &Inventory<'_>) -> bool {
        match self.check {
            Check::Pod(..) => !inventory.pods().is_empty(),
            Check::Container(..) => inventory.containers().next().is_some(),
            Check::Object(kinds, _) | Check::Inventory(kinds, _) => {
                kinds.iter().any(|kind| match kind.group {
                    "*" => inventory.objects().iter().any(|object| object.kind() == kind.kind),
                    group => inventory.has(group, kind.kind),
                })
            }
            Check::AnyObject(..) | Check::Document(_) => !inventory.objects().is_empty(),
        }
    }

    /// Whether the control belongs to a profile. Restricted holds all of baseline.
    pub fn in_profile(&self, profile: Profile) -> bool {
        self.profiles.contains(&profile)
            || (profile == Profile::Restricted && self.profiles.contains(&Profile::Baseline))
    }

    /// Whether `name` is the control's id or one of its aliases, with or without the tool's name.
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name
            || self.aliases.iter().any(|alias| {
                alias.eq_ignore_ascii_case(name)
                    || alias.split_once(':').is_some_and(|(_, bare)| bare.eq_ignore_ascii_case(name))
            })
    }

    /// The area: `pod` of `pod/privileged`.
    pub fn area(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(area, _)| area)
    }
}

impl Profile {
    pub const ALL: [Profile; 3] = [Profile::Baseline, Profile::Restricted, Profile::Recommended];

    pub const fn name(self) -> &'static str {
        match self {
            Profile::Baseline => "baseline",
            Profile::Restricted => "restricted",
            Profile::Recommended => "recommended",
        }
    }
}

#[cfg(test)]
mod tests {
    use plimsoll_kubernetes::objects;

    use super::*;
    use crate::testing::{A, documents};

    fn has_subject(check: Check, text: &str) -> bool {
        let documents = documents("test.yaml", text);
        let mut found = Vec::new();
        for document in &documents {
            objects(document.root(), |object| found.extend(object.ok()));
        }
        Control { check, ..A }.has_subject(&Inventory::new(found, "default"))
    }

    const POD: &str =
        "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{name: c}]}}}\n";

    #[test]
    fn a_subject_is_what_the_check_looks_at() {
        let pod = Check::Pod(Needs::Nothing, |_, _| {});
        let container = Check::Container(Needs::Nothing, |_, _| {});
        assert!(has_subject(pod, POD) && has_subject(container, POD));
        let empty = POD.replace("[{name: c}]", "[]");
        assert!(has_subject(pod, &empty) && !has_subject(container, &empty));
        let map = "apiVersion: v1\nkind: ConfigMap\n";
        assert!(!has_subject(pod, map) && !has_subject(container, map));
        assert!(
            has_subject(Check::AnyObject(Needs::Nothing, |_, _| {}), map)
                && !has_subject(Check::AnyObject(Needs::Nothing, |_, _| {}), "")
        );
    }

    #[test]
    fn kinds_are_of_their_group_or_of_any() {
        const OWN: &[GroupKind] = &[GroupKind::new("example.com", "Thing")];
        const ANY: &[GroupKind] = &[GroupKind::new("*", "Thing")];
        let (of_own, of_any) = (Check::Object(OWN, |_, _| {}), Check::Inventory(ANY, |_, _| {}));
        let thing = "apiVersion: example.com/v1\nkind: Thing\n";
        assert!(has_subject(of_own, thing) && has_subject(of_any, thing));
        let other = "apiVersion: example.org/v1\nkind: Thing\n";
        assert!(!has_subject(of_own, other) && has_subject(of_any, other));
        assert!(!has_subject(of_any, "apiVersion: example.com/v1\nkind: Thin\n"));
    }
}
