//! What is written into objects, as the operations that `plimsoll fix` would write into a file, lowered to a
//! JSON Patch. Written twice, nothing changes the second time.

mod load_balancer;
mod pod;

use plimsoll_controls::entry;
use plimsoll_doc::{Operation as Edit, lower_to_patch};
use plimsoll_engine::{Prepared, Selected, Selection};
use plimsoll_kubernetes::{Inventory, Object, Pod};

use crate::configuration::{Configuration, Mutate};
use crate::decide::namespace;
use crate::review::{Operation, Request};

/// The mutations of a configuration, made ready.
pub struct Mutation {
    settings: Mutate,
    /// The controls whose fixes are written.
    controls: Prepared,
}

/// The controls whose fixes are the mutations.
const SECCOMP: &str = "pod/seccomp-profile";
const TOKEN: &str = "service-account/token-automount";
const CAPABILITIES: &str = "pod/capabilities-drop-all";
const ESCALATION: &str = "pod/privilege-escalation";
const LOAD_BALANCER: &str = "service/public-load-balancer";

impl Mutation {
    pub fn new(configuration: &Configuration) -> Self {
        let settings = configuration.mutate.clone();
        let switched_on = [
            (SECCOMP, settings.seccomp),
            (TOKEN, settings.no_token),
            (CAPABILITIES, settings.drop_capabilities),
            (ESCALATION, settings.no_privilege_escalation),
            (LOAD_BALANCER, settings.internal_load_balancers.is_some()),
        ];
        let controls = switched_on
            .iter()
            .filter(|(_, is_on)| *is_on)
            .filter_map(|(id, _)| entry(id))
            .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
            .collect();
        Mutation { settings, controls: Prepared::new(&Selection { controls, ..Selection::default() }) }
    }

    /// The patch for the object of a request; `None` where there is nothing to write.
    ///
    /// # Errors
    /// Why the object can't be changed: one plain line.
    pub fn patch(&self, request: &Request<'_>) -> Result<Option<String>, String> {
        if self.settings.is_off() || !self.is_meant(request) {
            return Ok(None);
        }
        let Some(value) = request.object else { return Ok(None) };
        let Some(object) = Object::new(value) else {
            return Err("the object has no apiVersion or no kind".to_owned());
        };
        let edits = self.edits(request, object);
        if edits.is_empty() {
            return Ok(None);
        }
        lower_to_patch(value.document(), value, &edits)
            .map(Some)
            .map_err(|error| format!("it can't be patched: {error}"))
    }

    fn edits<'d>(&self, request: &Request<'d>, object: Object<'d>) -> Vec<Edit> {
        let inventory = Inventory::new(vec![object], request.namespace);
        let mut edits = Vec::new();
        for finding in self.controls.check(&object, &inventory) {
            match (finding.control.id, finding.fix) {
                (LOAD_BALANCER, _) => {
                    edits.extend(
                        self.settings
                            .internal_load_balancers
                            .map(|annotation| load_balancer::internal(&object, annotation)),
                    );
                }
                // What is written was meant: the other webhook judges it.
                (SECCOMP | TOKEN | ESCALATION, Some(fix)) => {
                    edits.extend(fix.operations.into_iter().filter(|edit| !edit.absent.is_empty()));
                }
                (_, Some(fix)) => edits.extend(fix.operations),
                (_, None) => {}
            }
        }
        for pod in inventory.pods() {
            self.pod(request, pod, &mut edits);
        }
        if request.subresource == "ephemeralcontainers" {
            edits.retain(|edit| pod::is_of_new_ephemeral_container(edit, request));
        }
        edits
    }

    fn pod<'d>(&self, request: &Request<'d>, pod: &Pod<'d>, edits: &mut Vec<Edit>) {
        if self.settings.always_pull {
            pod::always_pull(pod, edits);
        }
        if self.settings.no_token && request.is_on("", "pods", "") {
            pod::remove_injected_token(pod, edits);
        }
        pod::resources(pod, &self.settings, edits);
    }

    /// Pods when they are made (the rest of their life their spec can't change), the ephemeral containers
    /// that they get, Services, and the templates of pods where that is asked for.
    fn is_meant(&self, request: &Request<'_>) -> bool {
        if request.is_being_deleted() || !self.settings.scope.has(namespace(request)) {
            return false;
        }
        let is_change = matches!(request.operation, Operation::Create | Operation::Update);
        match (request.resource.group, request.resource.name, request.subresource) {
            ("", "pods", "") => request.operation == Operation::Create && !pod::is_mirror(request),
            ("", "pods", "ephemeralcontainers") => request.operation == Operation::Update,
            ("", "services", "") => is_change && self.settings.internal_load_balancers.is_some(),
            (_, _, "") => is_change && self.settings.templates,
            _ => false,
        }
    }
}
