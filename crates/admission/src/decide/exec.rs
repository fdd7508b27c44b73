//! Who opens a shell in a pod that is privileged or shares its node's namespaces is on the node.

use plimsoll_kubernetes::{Object, Pod};

use super::{Gate, Outcome};
use crate::configuration::{Boundary, Exec};
use crate::known::Known;
use crate::review::{Operation, Refusal, Request};

/// Whether the configuration says something of the request.
pub(super) fn is_meant(exec: &Exec, request: &Request<'_>) -> bool {
    !exec.deny.is_empty()
        && request.operation == Operation::Connect
        && (request.is_on("", "pods", "exec") || request.is_on("", "pods", "attach"))
        && exec.scope.has(request.namespace)
        && !exec.users.iter().any(|user| user == request.username)
        && !request.groups.strings().any(|group| exec.groups.iter().any(|listed| listed == group))
}

impl Gate {
    /// Denies a shell in a pod that is part of its node. The pod is judged as it runs: what the request
    /// carries is only the command.
    pub(super) fn exec(&self, request: &Request<'_>, known: &Known, outcome: &mut Outcome) {
        let named = format!("pod {}/{}", request.namespace, request.name);
        let document = match &known.pod {
            Some(Ok(document)) => document,
            Some(Err(error)) => {
                return self.give_up(&format!("{named} could not be looked up: {error}"), outcome);
            }
            None => return self.give_up(&format!("{named} was not looked up"), outcome),
        };
        let pod = Object::new(document.root())
            .filter(|object| object.is("", "Pod"))
            .and_then(|object| Pod::all_of(object).into_iter().next());
        let Some(pod) = pod else {
            return self.give_up(&format!("{named} was looked up and is no pod"), outcome);
        };
        let crossed: Vec<String> =
            self.configuration.exec.deny.iter().filter_map(|boundary| boundary.crossed_by(&pod)).collect();
        if !crossed.is_empty() {
            let verb = if request.subresource == "attach" { "attach to" } else { "exec into" };
            let message = format!(
                "nobody may {verb} {named}: {}; use a pod that is not part of its node",
                crossed.join(", ")
            );
            outcome.answer.refusal = Some(Refusal { code: 403, reason: "Forbidden", message, details: None });
        }
    }
}

impl Boundary {
    /// How a pod crosses the boundary to its node, with the field that says so.
    fn crossed_by(self, pod: &Pod<'_>) -> Option<String> {
        let switched_on = |field: &'static str, what: &str| {
            pod.get(field).is_true().then(|| format!("spec.{field}: it shares its node's {what}"))
        };
        match self {
            Boundary::HostPid => switched_on("hostPID", "processes"),
            Boundary::HostIpc => switched_on("hostIPC", "IPC"),
            Boundary::HostNetwork => switched_on("hostNetwork", "network"),
            Boundary::Privileged => pod
                .containers()
                .find(|container| container.security("privileged").is_true())
                .map(|container| {
                    let path = container.security("privileged").path_from(pod.root());
                    format!("{path}: {} is privileged", container.title())
                })
                .or_else(|| {
                    // A host process container of Windows is to its node what a privileged one is to Linux.
                    let host_process = |field: plimsoll_kubernetes::Field<'_>| field.is_true();
                    let on_pod = pod.get("securityContext.windowsOptions.hostProcess");
                    let of_container = pod
                        .containers()
                        .map(|container| container.security("windowsOptions.hostProcess"))
                        .find(|field| host_process(*field));
                    let field = if host_process(on_pod) { Some(on_pod) } else { of_container };
                    field.map(|field| format!("{}: it is a host process", field.path_from(pod.root())))
                }),
        }
    }
}
