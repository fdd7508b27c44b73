//! Tools that back claims up, and which claims each of them takes.

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Labels, Object, Pod};

use super::{glob, velero};

/// A claim, or those that a template of a StatefulSet makes.
pub(crate) struct Claim<'c, 'd> {
    pub inventory: &'c Inventory<'d>,
    /// The claim, or the StatefulSet.
    pub object: &'c Object<'d>,
    pub template: Option<Field<'d>>,
    pub namespace: &'d str,
}

impl<'c, 'd> Claim<'c, 'd> {
    pub(crate) fn label(&self, key: &str) -> Option<&'d str> {
        let Some(template) = self.template else { return Labels(self.object.labels()).get(key) };
        // What the controller writes into a claim: the selector's labels over those of the template.
        Labels(self.object.get("spec.selector.matchLabels"))
            .get(key)
            .or_else(|| Labels(template.get("metadata.labels")).get(key))
    }

    fn is_named(&self, name: &str) -> bool {
        let Some(template) = self.template else { return name == self.object.name() };
        name.strip_prefix(template.get("metadata.name").text())
            .and_then(|rest| rest.strip_prefix('-')?.strip_prefix(self.object.name())?.strip_prefix('-'))
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The pods that mount it.
    pub(crate) fn pods(&self) -> impl Iterator<Item = &'c Pod<'d>> {
        let (of_set, others) = match self.template {
            Some(_) => (self.inventory.pods_of(self.object), None),
            None => (&[][..], Some(self.inventory.pods_in(self.namespace))),
        };
        let name = self.object.name();
        let mounts = move |pod: &&Pod<'d>| {
            pod.volumes().any(|volume| volume.get("persistentVolumeClaim.claimName").is(name))
        };
        of_set.iter().chain(others.into_iter().flatten().filter(mounts))
    }
}

/// A kind of object that asks for backups.
pub(crate) struct Tool {
    group: &'static str,
    kind: &'static str,
    /// Whether an object of the kind asks for backups, and not for other work.
    asks: fn(&Object<'_>) -> bool,
    /// Whether it takes a claim. What can't be told from the object is taken.
    takes: fn(&Object<'_>, &Claim<'_, '_>) -> bool,
}

impl Tool {
    pub(crate) fn is_in(&self, inventory: &Inventory<'_>) -> bool {
        inventory.of_kind(self.group, self.kind).any(|object| (self.asks)(object))
    }

    pub(crate) fn takes(&self, claim: &Claim<'_, '_>) -> bool {
        claim
            .inventory
            .of_kind(self.group, self.kind)
            .any(|object| (self.asks)(object) && (self.takes)(object, claim))
    }
}

pub(crate) const TOOLS: &[Tool] = &[
    Tool { group: "velero.io", kind: "Schedule", asks: |_| true, takes: velero::takes },
    Tool { group: "k8up.io", kind: "Schedule", asks: |_| true, takes: shares_namespace },
    Tool {
        group: "snapscheduler.backube",
        kind: "SnapshotSchedule",
        asks: |_| true,
        takes: |schedule, claim| {
            // Without a selector: all claims of the namespace.
            let selector = LabelSelector::new(schedule.get("spec.claimSelector"));
            !schedule.get("spec.disabled").is_true()
                && shares_namespace(schedule, claim)
                && selector.matches_by(|key| claim.label(key))
        },
    },
    Tool {
        group: "postgresql.cnpg.io",
        kind: "ScheduledBackup",
        asks: |_| true,
        // The operator makes the claims, and labels them with their cluster.
        takes: |backup, claim| {
            let cluster = backup.get("spec.cluster.name").as_str();
            !backup.get("spec.suspend").is_true()
                && shares_namespace(backup, claim)
                && cluster.is_some()
                && claim.label("cnpg.io/cluster") == cluster
        },
    },
    Tool {
        group: "config.kio.kasten.io",
        kind: "Policy",
        asks: |policy| {
            let actions = policy.get("spec.actions");
            actions.is_empty() || actions.items().any(|action| action.get("action").is("backup"))
        },
        takes: is_selected_by_kasten,
    },
    Tool {
        group: "stork.libopenstorage.org",
        kind: "ApplicationBackupSchedule",
        asks: |_| true,
        takes: |schedule, claim| {
            let namespaces = schedule.get("spec.template.spec.namespaces");
            !schedule.get("spec.suspend").is_true()
                && (namespaces.contains(claim.namespace)
                    || (namespaces.is_empty() && shares_namespace(schedule, claim)))
        },
    },
    Tool {
        group: "volsync.backube",
        kind: "ReplicationSource",
        asks: |_| true,
        takes: |source, claim| {
            shares_namespace(source, claim) && claim.is_named(source.get("spec.sourcePVC").text())
        },
    },
    // Longhorn's jobs also trim and clean up. Which volumes are in a job's groups only the cluster knows.
    Tool {
        group: "longhorn.io",
        kind: "RecurringJob",
        asks: |job| job.get("spec.task").text().starts_with("backup"),
        takes: |_, _| true,
    },
];

fn shares_namespace(object: &Object<'_>, claim: &Claim<'_, '_>) -> bool {
    object.namespace().unwrap_or(claim.inventory.default_namespace()) == claim.namespace
}

/// By the name of the namespace, with patterns. What else a selector asks of an application can't be told.
fn is_selected_by_kasten(policy: &Object<'_>, claim: &Claim<'_, '_>) -> bool {
    const NAMESPACE: &str = "k10.kasten.io/appNamespace";
    let selector = policy.get("spec.selector");
    let by_name = selector.get("matchLabels").key(NAMESPACE);
    let mut expressions = selector.get("matchExpressions").items();
    (!by_name.exists() || glob::matches(by_name.text(), claim.namespace))
        && expressions.all(|expression| {
            let is_listed =
                || expression.get("values").strings().any(|pattern| glob::matches(pattern, claim.namespace));
            match expression.get("operator").text() {
                _ if !expression.get("key").is(NAMESPACE) => true,
                "In" => is_listed(),
                "NotIn" => !is_listed(),
                _ => true,
            }
        })
}
