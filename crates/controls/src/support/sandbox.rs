//! Pods that nobody vouches for, and runtimes that isolate a pod from its node's kernel.

use plimsoll_kubernetes::{Field, Inventory, Object, Pod};

/// Handlers and class names of sandboxed runtimes begin with these.
const SANDBOXED: &[&str] = &[
    "gvisor",
    "runsc",
    "kata",
    "firecracker",
    "nabla",
    "sysbox",
    "hyperv",
    // Hyper-V isolation, as containerd names it on Windows: the build may follow.
    "runhcs-wcow-hypervisor",
];

/// Whether a pod's `runtimeClassName` means a sandbox: by the handler of the RuntimeClass where the scan holds it,
/// else by its name.
pub(crate) fn is_sandboxed(class: &Field<'_>, inventory: &Inventory<'_>) -> bool {
    let name = class.text();
    let handler = runtime_class(class, inventory).map_or(name, |runtime| runtime.get("handler").text());
    let handler = handler.to_ascii_lowercase();
    SANDBOXED.iter().any(|known| handler.starts_with(known))
        || handler.contains("-vm-isolation")
        || handler.contains("kata")
}

/// The RuntimeClass that a pod's `runtimeClassName` names, where the scan holds it.
pub(crate) fn runtime_class<'i, 'd>(
    class: &Field<'_>,
    inventory: &'i Inventory<'d>,
) -> Option<&'i Object<'d>> {
    inventory.of_kind("node.k8s.io", "RuntimeClass").find(|runtime| runtime.name() == class.text())
}

/// Whether a pod is marked as untrusted, itself or by its namespace: a label or annotation whose name ends in
/// `trust` or `trust-level` with the value `untrusted` or `none`, or in `untrusted` with `true`.
pub(crate) fn is_untrusted<'d>(pod: &Pod<'d>, inventory: &Inventory<'d>) -> bool {
    let namespace = inventory.namespace(inventory.namespace_of(&pod.object()));
    [pod.labels(), pod.annotations()]
        .into_iter()
        .chain(namespace.into_iter().flat_map(|namespace| [namespace.labels(), namespace.annotations()]))
        .any(|marks| says_untrusted(&marks))
}

fn says_untrusted(marks: &Field<'_>) -> bool {
    let ends = |key: &str, words: &[&str]| words.iter().any(|word| key.ends_with(word));
    marks.entries().any(|(key, value)| {
        (ends(key, &["trust", "trust-level"]) && matches!(value.text(), "untrusted" | "none"))
            || (ends(key, &["untrusted"]) && value.is("true"))
    })
}
