//! A Service sends to a port by a name that no pod has.
//!
//! ## What it checks
//! `targetPort` of every Service, where it is a name: that a container of some pod that the Service selects declares
//! a port of this name and protocol; sidecars count. Judged as `service/selects-nothing` is: where the pods of the
//! namespace are part of the scan, and nothing makes others there; and where the Service selects some. Pods of Jobs
//! don't count, and nothing is said where a mesh puts its proxy into one of the pods, with ports of its own.
//!
//! ## Why it matters
//! Endpoints have no such port: callers get refused connections, while the pods are ready.
//!
//! ## How to fix
//! Write the name of a port that the container declares under `ports`, or its number.
//!
//! ## How others differ
//! KICS looks at objects of kind Pod alone, takes one label of any of them for the Service's, and wants numbers to be
//! declared too. Where a Service selects no pod, that is `service/selects-nothing`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   selector: {app: web}
//!   ports:
//!   - name: http
//!     port: 80
//!     targetPort: http # <- here
//!   - name: dns
//!     port: 53
//!     targetPort: dns # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web}}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     ports:
//!     - {name: web, containerPort: 8080}
//!     - {name: dns, containerPort: 5353, protocol: UDP}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   selector: {app: web}
//!   ports: [{port: 80, targetPort: http}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web}}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     ports: [{name: http, containerPort: 8080}]
//! ```
//! ```yaml near-miss
//! # One of two workloads has the port; a number needs no declaration; no pod is selected.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   selector: {app: web}
//!   ports:
//!   - {name: http, port: 80, targetPort: http}
//!   - {name: metrics, port: 9090, targetPort: 9090}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: db}
//! spec:
//!   selector: {app: db}
//!   ports: [{port: 5432, targetPort: postgres}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: old, labels: {app: web}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.3}]}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: new, labels: {app: web}}
//! spec:
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//!   initContainers:
//!   - name: proxy
//!     image: registry.example.com/proxy:1.4
//!     restartPolicy: Always
//!     ports: [{name: http, containerPort: 8080}]
//! ```
//! ```yaml near-miss
//! # The port of Envoy, which Istio adds.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: metrics}
//! spec:
//!   selector: {app: web}
//!   ports: [{port: 15090, targetPort: http-envoy-prom}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web, sidecar.istio.io/inject: "true"}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: db}
//! spec:
//!   selector: {app: db}
//!   ports: [{port: 5432, targetPort: postgres}]
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: migration}
//! spec:
//!   template:
//!     metadata: {labels: {app: db}}
//!     spec:
//!       restartPolicy: Never
//!       containers: [{name: migration, image: registry.example.com/db:1.4}]
//! ```

use crate::prelude::*;
use crate::support::port::protocol;
use crate::support::{istio, scope};

pub const CONTROL: Control = Control {
    id: "service/target-port-missing",
    title: "Target port that no pod has",
    severity: Low,
    frameworks: &[],
    aliases: &["popeye:POP-1106", "kics:Service-Does-Not-Target-Pod"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(service);
    let selector = LabelSelector::plain(service.get("spec.selector"));
    // A number in quotes is no name.
    let is_name =
        |port: &Field<'d>| port.as_str().is_some_and(|name| !name.is_empty() && name.parse::<u16>().is_err());
    let mut named =
        service.get("spec.ports").items().filter(|port| is_name(&port.get("targetPort"))).peekable();
    if named.peek().is_none()
        || selector.is_empty()
        || service.get("spec.type").is("ExternalName")
        || !scope::holds_pods_of(inventory, namespace)
    {
        return;
    }
    let selected: Vec<&Pod<'d>> = inventory
        .pods_in(namespace)
        .filter(|pod| scope::can_select(selector, pod) && pod.object().group() != "batch")
        .collect();
    // What a mesh puts into pods has ports too.
    if selected.is_empty() || selected.iter().any(|pod| may_be_in_mesh(pod, inventory)) {
        return;
    }
    for port in named {
        let target = port.get("targetPort");
        let name = target.text();
        if !selected.iter().any(|pod| declares(pod, name, protocol(&port))) {
            found.at(&target, format!("no pod that is selected declares a port {name}: name one of theirs"));
        }
    }
}

/// Whether a mesh puts its proxy into a pod, by what the pod or its namespace says.
fn may_be_in_mesh<'d>(pod: &Pod<'d>, inventory: &Inventory<'d>) -> bool {
    const KEYS: &[&str] = &["sidecar.istio.io/inject", "istio.io/rev", "linkerd.io/inject"];
    let namespace = inventory.namespace(inventory.namespace_of(&pod.object()));
    let of_pod = [pod.labels(), pod.annotations()];
    let of_namespace = namespace.map(|of| [of.get("metadata.labels"), of.get("metadata.annotations")]);
    let says =
        |map: &Field<'d>| KEYS.iter().any(|key| !matches!(map.key(key).text(), "" | "false" | "disabled"));
    of_pod.iter().chain(of_namespace.iter().flatten()).any(says)
        || namespace.is_some_and(|namespace| istio::injects(namespace))
}

fn declares(pod: &Pod<'_>, name: &str, of: &str) -> bool {
    pod.long_lived_containers().any(|container| {
        container.get("ports").items().any(|port| port.get("name").is(name) && protocol(&port) == of)
    })
}
