//! Names of controls and profiles. The engine knows no catalogue: whoever has one answers.

use crate::Control;

/// What a catalogue calls its controls. Errors are one plain line that says what is allowed.
pub trait Names: Sync {
    /// The controls that go by a name: an id, an area (`pod/*`), another tool's name (`CKV_K8S_16`).
    /// Never empty.
    fn controls(&self, name: &str) -> Result<Vec<&'static Control>, String>;
    /// The controls of a profile or a framework.
    fn profile(&self, name: &str) -> Result<Vec<&'static Control>, String>;
}
