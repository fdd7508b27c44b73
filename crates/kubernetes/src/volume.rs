//! Volumes of a pod and where containers mount them.

use std::sync::LazyLock;

use crate::schema::{self, Type};
use crate::{Field, ImageReference, container};

/// The type of a volume.
static TYPE: LazyLock<Option<&'static Type>> =
    LazyLock::new(|| schema::type_of("", "v1", "Pod")?.child("spec")?.child("volumes"));

/// A volume of a pod.
#[derive(Clone, Copy)]
pub struct Volume<'d> {
    field: Field<'d>,
}

impl<'d> Volume<'d> {
    pub(crate) fn new(field: Field<'d>) -> Self {
        Volume { field }
    }

    pub fn field(&self) -> Field<'d> {
        self.field
    }

    pub fn name(&self) -> &'d str {
        self.field.get("name").text()
    }

    #[inline(always)]
    pub fn get(&self, path: &'static str) -> Field<'d> {
        self.field.get(path)
    }

    /// The source and its field; a volume that names none is an `emptyDir`, as the API server makes it. What it
    /// doesn't know it drops, so that is no source.
    pub fn source(&self) -> (&'d str, Field<'d>) {
        let is_source = |key: &str| key != "name" && TYPE.is_none_or(|volume| volume.has(key));
        self.field
            .entries()
            .find(|(key, field)| is_source(key) && field.exists())
            .unwrap_or(("emptyDir", self.field.get("emptyDir")))
    }

    /// The image that the volume holds the files of, and the field that names it.
    pub fn image(&self) -> Option<(Field<'d>, ImageReference<'d>)> {
        let reference = self.field.get("image.reference");
        container::image(reference.text()).map(|image| (reference, image))
    }

    /// The path of a `hostPath` volume.
    pub fn host_path(&self) -> Option<Field<'d>> {
        let path = self.field.get("hostPath");
        path.exists().then(|| path.get("path"))
    }
}

/// A volume mount of a container.
#[derive(Clone, Copy)]
pub struct VolumeMount<'d> {
    field: Field<'d>,
}

impl<'d> VolumeMount<'d> {
    pub(crate) fn new(field: Field<'d>) -> Self {
        VolumeMount { field }
    }

    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// The name of the volume.
    pub fn name(&self) -> &'d str {
        self.field.get("name").text()
    }

    #[inline(always)]
    pub fn get(&self, path: &'static str) -> Field<'d> {
        self.field.get(path)
    }

    pub fn is_read_only(&self) -> bool {
        self.field.get("readOnly").is_true()
    }
}
