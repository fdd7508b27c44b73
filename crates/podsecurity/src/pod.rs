//! The part of an object that the standards look at.

use plimsoll_kubernetes::{Field, Object, Pod};

/// What of a pod the API server has done, since that decides what its checks see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The template of a controller: its defaults, and not those of a pod.
    Template,
    /// A pod after its defaults: as it is stored, and as an admission review shows it.
    Pod,
    /// A pod that somebody is about to create: the server copies AppArmor annotations to the fields of
    /// containers before its admission plugin looks.
    NewPod,
}

/// The metadata and the spec of a pod or of a pod template.
#[derive(Clone, Copy)]
pub struct PodFields<'d> {
    pub metadata: Field<'d>,
    pub spec: Field<'d>,
    pub stage: Stage,
}

impl<'d> PodFields<'d> {
    /// The pod itself, or the template of what makes it.
    pub fn of(pod: &Pod<'d>) -> Self {
        let stage = if pod.object().is("", "Pod") { Stage::Pod } else { Stage::Template };
        PodFields { metadata: pod.metadata(), spec: pod.spec(), stage }
    }

    /// Those of a Pod object, at a stage.
    pub fn of_pod(pod: Object<'d>) -> Self {
        PodFields { metadata: pod.get("metadata"), spec: pod.get("spec"), stage: Stage::Pod }
    }

    /// Those of a template: a value with `metadata` and `spec`.
    pub fn of_template(template: Field<'d>) -> Self {
        PodFields { metadata: template.get("metadata"), spec: template.get("spec"), stage: Stage::Template }
    }

    /// A pod as the API server's plugin sees it when it is created; a template stays what it is.
    #[must_use]
    pub fn as_created(mut self) -> Self {
        if self.stage == Stage::Pod {
            self.stage = Stage::NewPod;
        }
        self
    }
}
