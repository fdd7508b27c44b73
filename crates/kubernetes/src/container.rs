//! Containers of a pod, with the API server's defaults.

use crate::{Field, ImageReference, Pod, Quantity, VolumeMount};

/// Which list of the pod a container stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    Init,
    App,
    Ephemeral,
}

impl ContainerKind {
    /// The field of the pod's spec that holds containers of this kind.
    pub const fn list(self) -> &'static str {
        match self {
            ContainerKind::Init => "initContainers",
            ContainerKind::App => "containers",
            ContainerKind::Ephemeral => "ephemeralContainers",
        }
    }
}

/// A container of a pod.
#[derive(Clone, Copy)]
pub struct Container<'p, 'd> {
    pod: &'p Pod<'d>,
    parts: &'p Parts<'d>,
}

/// What a pod keeps of a container: many rules ask for it.
#[derive(Clone)]
pub(crate) struct Parts<'d> {
    kind: ContainerKind,
    index: usize,
    field: Field<'d>,
    security: Field<'d>,
    limits: Field<'d>,
    requests: Field<'d>,
    image: Option<ImageReference<'d>>,
    /// How messages call it.
    title: Box<str>,
}

impl<'d> Parts<'d> {
    /// Those of all containers of a pod's spec, as the Pod Security Standards visit them: init, then app, then
    /// ephemeral ones.
    pub fn all_of(spec: &Field<'d>) -> Box<[Parts<'d>]> {
        let mut all = Vec::new();
        for kind in [ContainerKind::Init, ContainerKind::App, ContainerKind::Ephemeral] {
            for (index, field) in spec.get(kind.list()).items().enumerate() {
                let (security, resources) = (field.get("securityContext"), field.get("resources"));
                let (limits, requests) = (resources.get("limits"), resources.get("requests"));
                let image = image(field.get("image").text());
                let title = title(kind, index, field.get("name").text()).into_boxed_str();
                all.push(Parts { kind, index, field, security, limits, requests, image, title });
            }
        }
        all.into_boxed_slice()
    }
}

impl<'p, 'd> Container<'p, 'd> {
    pub(crate) fn new(pod: &'p Pod<'d>, parts: &'p Parts<'d>) -> Self {
        Container { pod, parts }
    }

    pub fn pod(&self) -> &'p Pod<'d> {
        self.pod
    }

    pub fn kind(&self) -> ContainerKind {
        self.parts.kind
    }

    /// Its place in its list, from 0.
    pub fn index(&self) -> usize {
        self.parts.index
    }

    pub fn field(&self) -> Field<'d> {
        self.parts.field
    }

    /// A field of the container: `securityContext.privileged`.
    #[inline(always)]
    pub fn get(&self, path: &'static str) -> Field<'d> {
        self.parts.field.get(path)
    }

    pub fn name(&self) -> &'d str {
        self.get("name").text()
    }

    /// A field of the container's security context.
    #[inline(always)]
    pub fn security(&self, path: &'static str) -> Field<'d> {
        self.parts.security.get(path)
    }

    /// A security field that the container inherits from the pod where it doesn't set it itself
    /// (`runAsNonRoot`, `runAsUser`, `runAsGroup`, `seccompProfile`, `seLinuxOptions`,
    /// `appArmorProfile`, `windowsOptions`): the container's field where set, else the pod's where set,
    /// else the container's absent one.
    #[inline(always)]
    pub fn inherited(&self, path: &'static str) -> Field<'d> {
        let own = self.security(path);
        let pod = self.pod.security(path);
        if !own.exists() && pod.exists() { pod } else { own }
    }

    /// Whether an init container stays for the life of the pod (`restartPolicy: Always`).
    pub fn is_sidecar(&self) -> bool {
        self.kind() == ContainerKind::Init && self.get("restartPolicy").is("Always")
    }

    /// The image as written; `None` where no image can be told from it.
    pub fn image(&self) -> Option<ImageReference<'d>> {
        self.parts.image
    }

    /// The pull policy after defaulting: as written, else `Always` for the tag `latest` or none
    /// (and no digest), else `IfNotPresent`.
    pub fn image_pull_policy(&self) -> &'d str {
        let written = self.get("imagePullPolicy").text();
        if !written.is_empty() {
            return written;
        }
        match self.image() {
            Some(image) if image.digest.is_none() && image.tag.is_none_or(|tag| tag == "latest") => "Always",
            _ => "IfNotPresent",
        }
    }

    /// A limit (`cpu`, `memory`, …), where one is set. `None` too where it isn't a quantity.
    pub fn limit(&self, resource: &'static str) -> Option<Quantity> {
        Quantity::of(&self.parts.limits.key(resource))
    }

    /// A request after defaulting: as written, else the limit. Written as `null` it is 0, and no default takes its
    /// place.
    pub fn request(&self, resource: &'static str) -> Option<Quantity> {
        let written = self.parts.requests.key(resource);
        if written.exists() {
            Quantity::of(&written)
        } else if written.is_null() {
            Some(Quantity::ZERO)
        } else {
            self.limit(resource)
        }
    }

    pub fn mounts(&self) -> impl Iterator<Item = VolumeMount<'d>> + use<'d> {
        self.get("volumeMounts").items().map(VolumeMount::new)
    }

    /// `container "web"`, `init container "setup"`: how messages call it.
    pub fn title(&self) -> &'p str {
        &self.parts.title
    }
}

fn title(kind: ContainerKind, index: usize, name: &str) -> String {
    let kind = match kind {
        ContainerKind::Init => "init container",
        ContainerKind::App => "container",
        ContainerKind::Ephemeral => "ephemeral container",
    };
    match name {
        "" => format!("{kind} {}", index + 1),
        name => format!("{kind} {name:?}"),
    }
}

/// An image as written, of a container or a volume. `None` too for `ko://…`, which names Go code that the tool ko
/// builds and replaces by the digest of its image.
pub(crate) fn image(written: &str) -> Option<ImageReference<'_>> {
    if written.starts_with("ko://") { None } else { ImageReference::parse(written) }
}
