//! Two items of a list are alike where no two may be: the API server refuses the object.
//!
//! ## What it checks
//! What has to be unique in a pod, in workloads too: names of containers of all kinds, of volumes, of claims of devices
//! and, within a container, of ports; mount paths of a container; host ports of one protocol and address; the topology
//! and the action of spread constraints. And in a Service: names of ports, a port and a node port of one protocol.
//!
//! ## Why it matters
//! The API server refuses the object, and what it was to mend stays as it is. Tools that merge lists by these keys keep
//! one of the two, which may be the wrong one.
//!
//! ## How to fix
//! Give one of them another name, port or path, or delete it.
//!
//! ## How others differ
//! kube-score's check of container ports is about their names, of one container: that they are short is
//! `manifest/port-name`, that a number is there `manifest/missing-field`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   type: NodePort
//!   ports:
//!   - {name: http, port: 80, nodePort: 30080}
//!   - {name: https, port: 443, nodePort: 30443}
//!   - name: http # <- here
//!     port: 443 # <- here
//!     protocol: TCP
//!     nodePort: 30443 # <- here
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       topologySpreadConstraints:
//!       - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
//!       - maxSkew: 2
//!         topologyKey: zone # <- here
//!         whenUnsatisfiable: DoNotSchedule
//!       initContainers:
//!       - name: web # <- here
//!         image: registry.example.com/web:1.4
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         ports:
//!         - {name: http, containerPort: 8080, hostPort: 80}
//!         - name: http # <- here
//!           containerPort: 8081
//!         volumeMounts:
//!         - {name: tmp, mountPath: /tmp}
//!         - name: cache
//!           mountPath: /tmp # <- here
//!       - name: log
//!         image: registry.example.com/log:2.0
//!         ports:
//!         - containerPort: 9000
//!           hostPort: 80 # <- here
//!       volumes:
//!       - {name: tmp, emptyDir: {}}
//!       - {name: cache, emptyDir: {}}
//!       - name: tmp # <- here
//!         emptyDir: {}
//! ```
//! ```yaml bad
//! # On the host's network the port of a container is one of the host.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: dns}
//! spec:
//!   hostNetwork: true
//!   containers:
//!   - name: dns
//!     image: registry.example.com/dns:1.11
//!     ports:
//!     - {name: dns, containerPort: 53, protocol: UDP}
//!     - name: dns-again
//!       containerPort: 53 # <- here
//!       protocol: UDP
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata: {name: dns}
//! spec:
//!   ports:
//!   - {name: dns, port: 53, protocol: UDP}
//!   - {name: dns-tcp, port: 53}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   topologySpreadConstraints:
//!   - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
//!   - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
//!   initContainers:
//!   - name: first
//!     image: registry.example.com/web:1.4
//!     ports:
//!     - {containerPort: 8080, hostPort: 80}
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     ports:
//!     - {name: http, containerPort: 8080, hostPort: 80}
//!     - {name: http-again, containerPort: 8080}
//!     - {name: of-one-address, containerPort: 8080, hostPort: 80, hostIP: 10.0.0.1}
//!     volumeMounts:
//!     - {name: tmp, mountPath: /tmp}
//!     - {name: tmp, mountPath: /var/tmp}
//!   - name: log
//!     image: registry.example.com/log:2.0
//!     ports:
//!     - {name: http, containerPort: 8081}
//!     volumeMounts:
//!     - {name: tmp, mountPath: /tmp}
//!   volumes:
//!   - {name: tmp, emptyDir: {}}
//! ```
//! ```yaml near-miss
//! # A patch deletes an item, and writes another of its name.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       volumes:
//!       - {name: tmp, $patch: delete}
//!       - {name: tmp, emptyDir: {}}
//! ```

use std::borrow::Cow;

use crate::prelude::*;
use crate::support::firsts::Firsts;
use crate::support::port::protocol;

pub const CONTROL: Control = Control {
    id: "manifest/duplicate-item",
    title: "Items alike that must differ",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-score:container-ports-check"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.is("", "Service") {
        of_service(&object.get("spec.ports"), found);
    }
    for pod in found.inventory().pods_of(object) {
        of_pod(pod, found);
    }
}

fn of_service<'d>(ports: &Field<'d>, found: &mut Findings<'_, 'd>) {
    let (mut names, mut numbers, mut of_nodes) =
        (Unique::new("port name"), Unique::new("port"), Unique::new("node port"));
    for port in written(ports) {
        let protocol = protocol(&port);
        names.add(port.get("name").text(), &port.get("name"), found);
        for (seen, number) in [(&mut numbers, port.get("port")), (&mut of_nodes, port.get("nodePort"))] {
            if let Some(value) = number.as_i64().filter(|value| *value != 0) {
                seen.add(format!("{value}/{protocol}"), &number, found);
            }
        }
    }
}

fn of_pod<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let mut containers = Unique::new("container");
    // Those that run for as long as the pod come first: a name of one of them is taken.
    for kind in [ContainerKind::App, ContainerKind::Init, ContainerKind::Ephemeral] {
        for container in pod.containers().filter(|container| container.kind() == kind) {
            if container.field().get("$patch").exists() {
                continue;
            }
            containers.add(container.name(), &container.get("name"), found);
        }
    }
    for (list, what) in [("volumes", "volume"), ("resourceClaims", "claim of a device")] {
        let mut names = Unique::new(what);
        for item in written(&pod.get(list)) {
            names.add(item.get("name").text(), &item.get("name"), found);
        }
    }
    let mut constraints = Unique::new("constraint");
    for constraint in written(&pod.get("topologySpreadConstraints")) {
        let key = constraint.get("topologyKey");
        let action = constraint.get("whenUnsatisfiable");
        if key.exists() {
            constraints.add(format!("{}, {}", key.text(), action.text()), &key, found);
        }
    }
    of_containers(pod, found);
}

fn of_containers<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let on_host = pod.is_object() && pod.get("hostNetwork").is_true();
    let mut of_host = Unique::new("host port");
    for container in pod.containers() {
        let (mut names, mut paths) = (Unique::new("port name"), Unique::new("mount path"));
        // These run one after the other.
        let mut of_host_alone = Unique::new("host port");
        let of_host = match container.kind() {
            ContainerKind::App => &mut of_host,
            ContainerKind::Init | ContainerKind::Ephemeral => &mut of_host_alone,
        };
        for port in written(&container.get("ports")) {
            names.add(port.get("name").text(), &port.get("name"), found);
            let mut number = port.get("hostPort");
            if on_host && number.as_i64().unwrap_or(0) == 0 {
                number = port.get("containerPort");
            }
            if let Some(value) = number.as_i64().filter(|value| *value != 0) {
                let address = port.get("hostIP").text();
                of_host.add(format!("{value}/{}{address}", protocol(&port)), &number, found);
            }
        }
        for mount in written(&container.get("volumeMounts")) {
            paths.add(mount.get("mountPath").text(), &mount.get("mountPath"), found);
        }
    }
}

/// The items of a list, without those that a patch deletes.
fn written<'d>(list: &Field<'d>) -> impl Iterator<Item = Field<'d>> {
    list.items().filter(|item| !item.get("$patch").exists())
}

/// What may be there once.
struct Unique<'d> {
    /// What it is called: `port name`
    what: &'static str,
    firsts: Firsts<'d>,
}

impl<'d> Unique<'d> {
    fn new(what: &'static str) -> Self {
        Unique { what, firsts: Firsts::default() }
    }

    /// Takes note of one at its field, and finds what is there already. Nothing is no name.
    fn add(&mut self, key: impl Into<Cow<'d, str>>, field: &Field<'d>, found: &mut Findings<'_, 'd>) {
        let key = key.into();
        if key.is_empty() {
            return;
        }
        if let Some(before) = self.firsts.before(key.clone(), field) {
            let message =
                format!("{} {key} stands twice, which the API server refuses: change one", self.what);
            found.at(field, message).also(&before, "stands here first");
        }
    }
}
