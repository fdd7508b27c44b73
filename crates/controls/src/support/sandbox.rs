//! Runtimes that isolate a pod from its node's kernel.

use plimsoll_kubernetes::{Field, Inventory};

/// Handlers and class names of sandboxed runtimes begin with these.
const SANDBOXED: &[&str] = &["gvisor", "runsc", "kata", "kata-", "firecracker", "nabla", "sysbox", "hyperv"];

/// Whether a pod's `runtimeClassName` means a sandbox: by the handler of the RuntimeClass where the scan holds it,
/// else by its name.
pub(crate) fn is_sandboxed(class: &Field<'_>, inventory: &Inventory<'_>) -> bool {
    let name = class.text();
    let handler = inventory
        .of_kind("node.k8s.io", "RuntimeClass")
        .find(|runtime| runtime.name() == name)
        .map_or(name, |runtime| runtime.get("handler").text());
    let handler = handler.to_ascii_lowercase();
    SANDBOXED.iter().any(|known| handler.starts_with(known))
        || handler.contains("-vm-isolation")
        || handler.contains("kata")
}
