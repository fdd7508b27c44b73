//! A container may run as root.
//!
//! ## What it checks
//! The user that each container runs as, after what it inherits from the pod: it passes with
//! `runAsNonRoot: true`, or with a `runAsUser` above 0. Each of the two fields is inherited on its own, as
//! the kubelet does. On Windows a `runAsUserName` other than `ContainerAdministrator` passes.
//!
//! ## Why it matters
//! Root in a container is root to the kernel, held back by namespaces and a few dropped capabilities alone.
//! Every known escape from a container is easier as root, many need it.
//!
//! ## How to fix
//! Build the image with a `USER` that is a number, and set `runAsNonRoot: true`, on the pod or on each
//! container: the kubelet then refuses to start it as root. Next to `runAsUser: 0`, or to
//! `runAsUserName: ContainerAdministrator` on Windows, it never starts: name another user too.
//!
//! ## How others differ
//! Trivy wants `runAsNonRoot` and takes no user's number for it (that is `pod/run-as-non-root` here), and
//! passes a container that sets the field to false below a pod that sets it to true. Checkov reads app
//! containers only. KICS doesn't inherit one field when the container sets the other. kube-linter and
//! Kubescape look at the group too: here that is `pod/root-group` and `pod/low-group-id`.
//!
//! ```yaml bad
//! securityContext:
//!   fsGroup: 2000
//! initContainers:
//! - name: setup # <- here
//!   image: registry.example.com/setup:1.4
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: # <- here
//!     allowPrivilegeEscalation: false
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsNonRoot: off # <- here
//! ```
//! ```yaml fixed
//! securityContext:
//!   fsGroup: 2000
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: false
//!     runAsNonRoot: true
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! ```
//! ```yaml bad
//! # The container takes back what the pod gives.
//! securityContext:
//!   runAsUser: 1000
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: 0 # <- here
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml bad
//! # One place, two containers: one finding.
//! securityContext:
//!   runAsUser: 0 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml bad
//! # runAsNonRoot would keep the helper from starting: there is no fix for the pod's field.
//! securityContext:
//!   runAsNonRoot: false # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsUser: 0 # <- here
//! ```
//! ```yaml fixed
//! # runAsNonRoot would keep the helper from starting: there is no fix for the pod's field.
//! securityContext:
//!   runAsNonRoot: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsUser: 0
//! ```
//! ```yaml good
//! securityContext:
//!   runAsNonRoot: true
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsNonRoot: null
//! ```
//! ```yaml near-miss
//! # A user's number is enough, whatever runAsNonRoot says.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: 1
//!     runAsNonRoot: false
//! ```
//! ```yaml near-miss
//! os: {name: windows}
//! securityContext:
//!   windowsOptions: {runAsUserName: ContainerUser}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, !c.?securityContext.?runAsNonRoot.or(variables.spec.?securityContext.?runAsNonRoot).orValue(false) &&
//!     c.?securityContext.?runAsUser.or(variables.spec.?securityContext.?runAsUser).orValue(0) <= 0 &&
//!     !(variables.isWindows && [
//!       c.?securityContext.?windowsOptions.?runAsUserName.orValue(""),
//!       variables.spec.?securityContext.?windowsOptions.?runAsUserName.orValue("")
//!     ].filter(user, user != "").map(user, user.lowerAscii() != "containeradministrator")[?0].orValue(false)))
//!   .map(c, 'container "' + c.name + '" may run as root: set runAsNonRoot to true')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/run-as-root",
    title: "Container may run as root",
    severity: Medium,
    frameworks: &[cis("5.2.7"), nsa("pod-security/non-root"), mitre("T1611"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_23",
        "kubescape:C-0013",
        "kube-linter:run-as-non-root",
        "polaris:runAsRootAllowed",
        "popeye:POP-302",
        "popeye:POP-306",
        "kics:Container-Running-As-Root",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    // Fields of the pod that were found already, for a container before.
    let mut known: Vec<Field<'d>> = Vec::new();
    for container in pod.containers() {
        let non_root = container.inherited("runAsNonRoot");
        let user = container.inherited("runAsUser");
        if non_root.is_true() || user.as_i64().is_some_and(|user| user > 0) || has_windows_user(&container) {
            continue;
        }
        let is_root = user.as_i64() == Some(0);
        let field = if is_root { user } else { non_root };
        if known.iter().any(|known| field.exists() && known.anchor() == field.anchor()) {
            continue;
        }
        known.push(field);
        if is_root {
            let message =
                format!("{} runs as user 0: set runAsUser to a user other than root", container.title());
            found.at(&field, message);
        } else {
            let message = format!("{} may run as root: set runAsNonRoot to true", container.title());
            let draft = found.at(&field, message);
            if security_context::starts_as_non_root(pod, &field) {
                draft.unsafe_fix(set(&field, true));
            }
        }
    }
}

fn has_windows_user(container: &Container<'_, '_>) -> bool {
    let user = match container.security("windowsOptions.runAsUserName").text() {
        "" => container.pod().security("windowsOptions.runAsUserName").text(),
        own => own,
    };
    container.pod().is_windows() && !user.is_empty() && !user.eq_ignore_ascii_case("ContainerAdministrator")
}
