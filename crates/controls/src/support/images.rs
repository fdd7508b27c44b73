//! The images of a pod: those that containers run, and those that volumes hold the files of.

use plimsoll_kubernetes::{Field, ImageReference, Pod};

pub(crate) struct Image<'d> {
    /// `container "web"`, `volume "model"`: how messages call it.
    pub(crate) of: String,
    pub(crate) field: Field<'d>,
    pub(crate) reference: ImageReference<'d>,
}

/// Every image of a pod that can be told. Only of those that are wanted is a message made.
pub(crate) fn wanted<'d>(
    pod: &Pod<'d>,
    is_wanted: impl Fn(&ImageReference<'d>) -> bool,
) -> impl Iterator<Item = Image<'d>> {
    let of_containers: Vec<_> = pod
        .containers()
        .filter_map(|container| {
            let reference = container.image().filter(|image| is_wanted(image))?;
            Some(Image { of: container.title().to_owned(), field: container.get("image"), reference })
        })
        .collect();
    let of_volumes = pod.volumes().filter_map(move |volume| {
        let (field, reference) = volume.image().filter(|(_, image)| is_wanted(image))?;
        Some(Image { of: format!("volume {:?}", volume.name()), field, reference })
    });
    of_containers.into_iter().chain(of_volumes)
}
