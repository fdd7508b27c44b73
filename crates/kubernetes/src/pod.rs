//! Pods: the template of every kind that makes them, with the API server's defaults.

use plimsoll_doc::Value;

use crate::container::Parts;
use crate::{Container, ContainerKind, Field, Object, Volume, has_partial_pods, joins_pods, pod_templates};

/// A pod or a pod template: its metadata and its spec.
#[derive(Clone)]
pub struct Pod<'d> {
    object: Object<'d>,
    metadata: Field<'d>,
    spec: Field<'d>,
    // Many rules ask for these.
    labels: Field<'d>,
    annotations: Field<'d>,
    security: Field<'d>,
    containers: Box<[Parts<'d>]>,
    is_windows: bool,
}

/// What sort of thing makes the pod; some rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodOrigin {
    /// A pod by itself.
    Bare,
    /// Kept running: Deployment, StatefulSet, DaemonSet and their like.
    LongRunning,
    /// Runs to its end: Job, CronJob and their like.
    Batch,
}

impl<'d> Pod<'d> {
    /// Every pod template of an object; none for a kind that makes no pods. A template that is not
    /// written is not a pod.
    pub fn all_of(object: Object<'d>) -> Vec<Pod<'d>> {
        let mut pods = Vec::new();
        each_template(object, |template| {
            let spec = template.get("spec");
            if spec.exists() {
                let metadata = template.get("metadata");
                pods.push(Pod {
                    object,
                    metadata,
                    spec,
                    labels: metadata.get("labels"),
                    annotations: metadata.get("annotations"),
                    security: spec.get("securityContext"),
                    containers: Parts::all_of(&spec),
                    is_windows: spec.get("os.name").is("windows"),
                });
            }
        });
        pods
    }

    /// The object that makes the pod, or the pod itself.
    pub fn object(&self) -> Object<'d> {
        self.object
    }

    pub fn metadata(&self) -> Field<'d> {
        self.metadata
    }

    pub fn spec(&self) -> Field<'d> {
        self.spec
    }

    /// A field of the pod's spec: `hostNetwork`, `securityContext.runAsNonRoot`.
    #[inline(always)]
    pub fn get(&self, path: &'static str) -> Field<'d> {
        self.spec.get(path)
    }

    /// A field of the pod's security context.
    #[inline(always)]
    pub fn security(&self, path: &'static str) -> Field<'d> {
        self.security.get(path)
    }

    pub fn labels(&self) -> Field<'d> {
        self.labels
    }

    pub fn annotations(&self) -> Field<'d> {
        self.annotations
    }

    pub fn annotation(&self, key: &'d str) -> Field<'d> {
        self.annotations.key(key)
    }

    pub fn origin(&self) -> PodOrigin {
        match self.object.kind() {
            "Pod" => PodOrigin::Bare,
            "Job" | "CronJob" | "BroadcastJob" | "AdvancedCronJob" | "JobSet" | "PyTorchJob" | "TFJob"
            | "MPIJob" | "RayJob" => PodOrigin::Batch,
            _ => PodOrigin::LongRunning,
        }
    }

    /// All containers as the Pod Security Standards visit them: init, then app, then ephemeral ones.
    pub fn containers(&self) -> impl Iterator<Item = Container<'_, 'd>> {
        self.containers.iter().map(move |parts| Container::new(self, parts))
    }

    /// The app containers, and the init containers that stay (`restartPolicy: Always`, sidecars).
    pub fn long_lived_containers(&self) -> impl Iterator<Item = Container<'_, 'd>> {
        self.containers().filter(|container| match container.kind() {
            ContainerKind::App => true,
            ContainerKind::Init => container.is_sidecar(),
            ContainerKind::Ephemeral => false,
        })
    }

    pub fn volumes(&self) -> impl Iterator<Item = Volume<'d>> + use<'d> {
        self.spec.get("volumes").items().map(Volume::new)
    }

    pub fn volume(&self, name: &str) -> Option<Volume<'d>> {
        self.volumes().find(|volume| volume.name() == name)
    }

    /// The service account that the pod runs as: `serviceAccountName`, else the deprecated
    /// `serviceAccount`, else `default`, as the API server sets it.
    pub fn service_account(&self) -> &'d str {
        [self.get("serviceAccountName"), self.get("serviceAccount")]
            .into_iter()
            .map(|field| field.text())
            .find(|name| !name.is_empty())
            .unwrap_or("default")
    }

    /// Whether the object itself is the pod: its metadata are the pod's.
    pub fn is_object(&self) -> bool {
        pod_templates(self.object.group(), self.object.kind()) == [""]
    }

    /// Whether this isn't a whole pod: not every field of one can be written, as [`has_partial_pods`] says.
    pub fn is_partial(&self) -> bool {
        has_partial_pods(self.object.group(), self.object.kind())
    }

    /// Whether these are containers that join other pods: nothing of the pod itself is said here.
    pub fn joins_others(&self) -> bool {
        joins_pods(self.object.group(), self.object.kind())
    }

    /// Whether the pod says that it runs on Windows (`spec.os.name`).
    pub fn is_windows(&self) -> bool {
        self.is_windows
    }

    /// The root that paths of findings start from.
    pub fn root(&self) -> Value<'d> {
        self.object.root()
    }
}

/// Calls `visit` for every pod template of an object, there or not.
pub(crate) fn each_template<'d>(object: Object<'d>, mut visit: impl FnMut(Field<'d>)) {
    for path in pod_templates(object.group(), object.kind()) {
        walk(object.field(), path, &mut visit);
    }
}

/// Calls `visit` for every field that a template path leads to.
fn walk<'d>(from: Field<'d>, path: &'static str, visit: &mut dyn FnMut(Field<'d>)) {
    if path.is_empty() {
        return visit(from);
    }
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    if let Some(list) = step.strip_suffix("[]") {
        from.key(list).items().for_each(|item| walk(item, rest, visit));
    } else if let Some(map) = step.strip_suffix("{}") {
        from.key(map).entries().for_each(|(_, item)| walk(item, rest, visit));
    } else {
        walk(from.key(step), rest, visit);
    }
}
