//! A port's name or number that the API server refuses.
//!
//! ## What it checks
//! `ports[].name` of every container, and `targetPort` of every Service where it is a name: at most 15 lower-case
//! letters, digits and hyphens, with a letter, no two hyphens in a row and none at the ends; the name of a Service's
//! port: at most 63 of these, with none of the hyphens at the ends; and a name on every port of a Service that has
//! several. A name that stands twice is `manifest/duplicate-item`. Numbers are from 1 to 65535; 0 stands for none as
//! `hostPort`, `nodePort` and `targetPort`. The same of the ports that probes and lifecycle hooks ask, that
//! NetworkPolicies let through and that Ingresses send to, by number or by name: a number in quotes is a name without a
//! letter. Probes of Knative, which have rules of their own, and what another tool replaces first, `${NAME}`, aren't
//! judged.
//!
//! ## Why it matters
//! The API server refuses the object.
//!
//! ## How to fix
//! Use a short name such as `http` or `metrics`, and write numbers without quotes.
//!
//! ## How others differ
//! kube-linter looks at the names of container ports and at `targetPort` alone.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - name: the-http-port-of-app # <- here
//!     containerPort: 8080
//!   - name: Web # <- here
//!     containerPort: 99999 # <- here
//!   - name: ok
//!     containerPort: 2
//!     hostPort: 70000 # <- here
//! ```
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   ports:
//!   - {name: http, port: 80}
//!   - name: Bad_Name # <- here
//!     port: 82
//!   - {name: node, port: 83, nodePort: 99999} # <- here
//!   - port: 84 # <- here
//! ```
//! ```yaml bad
//! # The kubelet would take the number for what it is, the API server takes it for a name.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   livenessProbe:
//!     httpGet: {path: /, port: "9999"} # <- here
//!   readinessProbe:
//!     tcpSocket: {port: "8080"} # <- here
//!   startupProbe:
//!     grpc: {port: 70000} # <- here
//!   lifecycle:
//!     preStop:
//!       httpGet: {path: /stop, port: Http} # <- here
//! ```
//! ```yaml fixed
//! # The kubelet would take the number for what it is, the API server takes it for a name.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   livenessProbe:
//!     httpGet: {path: /, port: 9999} # <- here
//!   readinessProbe:
//!     tcpSocket: {port: 8080} # <- here
//!   startupProbe:
//!     grpc: {port: 70000} # <- here
//!   lifecycle:
//!     preStop:
//!       httpGet: {path: /stop, port: Http} # <- here
//! ```
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: web}
//! spec:
//!   podSelector: {}
//!   ingress:
//!   - ports:
//!     - port: "80" # <- here
//!     - {port: 1024, endPort: 70000} # <- here
//!   egress:
//!   - ports:
//!     - port: 0 # <- here
//!     - port: "" # <- here
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata: {name: web}
//! spec:
//!   defaultBackend: {service: {name: web, port: {number: 80000}}} # <- here
//!   rules:
//!   - http:
//!       paths:
//!       - path: /
//!         pathType: Prefix
//!         backend: {service: {name: web, port: {name: "80"}}} # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   ports:
//!   - {port: 80, targetPort: "8080"} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: http, containerPort: 8080}
//!   - {name: metrics-2, containerPort: 65535}
//! ```
//! ```yaml near-miss
//! # Fifteen characters, digits with a letter, and no name at all.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   ports:
//!   - {name: abcdefghijklmno, containerPort: 1}
//!   - {name: 0a0, containerPort: 2}
//!   - {containerPort: 3}
//!   - {name: "", containerPort: 4}
//! ```
//! ```yaml near-miss
//! # Names and numbers, and what will be one of them; the port of a header is none.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: web}
//! spec:
//!   podSelector: {}
//!   ingress:
//!   - ports: [{port: http}, {port: 80, endPort: 90}, {protocol: UDP}, {port: "${PORT}"}]
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata: {name: web}
//! spec:
//!   defaultBackend: {service: {name: web, port: {name: http}}}
//!   rules:
//!   - http:
//!       paths:
//!       - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
//!       - {path: /files, pathType: Prefix, backend: {resource: {kind: Bucket, name: files}}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     livenessProbe:
//!       httpGet: {path: /, port: http, httpHeaders: [{name: X-Port, value: "80"}]}
//!     readinessProbe:
//!       tcpSocket: {port: "${PORT}"}
//!     startupProbe:
//!       exec: {command: [/started]}
//!     ports: [{name: http, containerPort: 8080}]
//! ---
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - image: registry.example.com/web:1.4
//!         readinessProbe: {tcpSocket: {port: 0}}
//! ```
//! ```yaml near-miss
//! # 0 and an empty name stand for the port itself, and any of the node's.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   ports:
//!   - {name: http, port: 80, targetPort: 0, nodePort: 0}
//!   - {name: a-name-of-more--than-fifteen, port: 81}
//!   - {name: https, port: 443, targetPort: ""}
//!   - {name: "${NAME}", port: "${PORT}", targetPort: "${PORT}"}
//! ---
//! # Twice the same, which is another control's matter.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: twice}
//! spec:
//!   ports:
//!   - {name: http, port: 80}
//!   - {name: http, port: 81}
//! ```

use crate::prelude::*;
use crate::support::{ingress, network_policy, probe_port, workloads};

pub const CONTROL: Control = Control {
    id: "manifest/port-name",
    title: "Invalid port",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:invalid-target-ports", "kube-score:container-ports-check"],
    profiles: &[Recommended],
    fix: Some(Safe),
    check: Check::AnyObject(Needs::Key(&["ports", "port", "servicePort"]), check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.is("", "Service") {
        let ports = object.get("spec.ports");
        let is_several = ports.len() > 1;
        for port in ports.items() {
            number(&port.get("port"), found);
            // The API server takes 0 and no name for the Service's own port, and 0 for any of the node's.
            let target = port.get("targetPort");
            if target.as_i64() != Some(0) && !target.is("") {
                number_or_name(&target, found);
            }
            optional_number(&port.get("nodePort"), found);
            let field = port.get("name");
            // What is no text has the wrong type.
            if field.exists() && !field.is("") {
                let own = field.text();
                if !own.is_empty() && !is_label(own) && !field.is_replaced() {
                    let message =
                        "the name of a Service's port has lower-case letters, digits and hyphens alone";
                    found.at(&field, message);
                }
            } else if is_several {
                found.at(&port, "a Service with several ports needs a name for each");
            }
        }
        return;
    }
    if workloads::is_one_of(network_policy::KINDS, object) {
        let rules = [object.get("spec.ingress"), object.get("spec.egress")];
        for port in rules.iter().flat_map(Field::items).flat_map(|rule| rule.get("ports").items()) {
            number_or_name(&port.get("port"), found);
            number(&port.get("endPort"), found);
        }
        return;
    }
    if workloads::is_one_of(ingress::KINDS, object) {
        for port in ingress::backends(object).into_iter().map(|backend| backend.port) {
            // Neither of these is a port.
            if port.as_i64() != Some(0) && !port.is("") {
                number_or_name(&port, found);
            }
        }
        return;
    }
    for pod in found.inventory().pods_of(object) {
        for container in pod.containers() {
            for port in container.get("ports").items() {
                number(&port.get("containerPort"), found);
                optional_number(&port.get("hostPort"), found);
                name(&port.get("name"), found);
            }
            probe_port::asked(&container).for_each(|port| number_or_name(&port, found));
        }
    }
}

fn number<'d>(port: &Field<'d>, found: &mut Findings<'_, 'd>) {
    if port.as_i64().is_some_and(|port| !(1..=65535).contains(&port)) {
        found.at(port, "a port is a number from 1 to 65535");
    }
}

/// The same where 0 is none.
fn optional_number<'d>(port: &Field<'d>, found: &mut Findings<'_, 'd>) {
    if port.as_i64() != Some(0) {
        number(port, found);
    }
}

/// A field that takes either.
fn number_or_name<'d>(port: &Field<'d>, found: &mut Findings<'_, 'd>) {
    let Some(text) = port.as_str() else { return number(port, found) };
    if is_port_name(text) || port.is_replaced() {
        return;
    }
    let quoted = text.parse::<u16>().ok().filter(|number| number.to_string() == text);
    let message = match quoted {
        Some(_) => "a number in quotes is the name of a port, which has a letter: take the quotes off",
        None => NAME,
    };
    let draft = found.at(port, message);
    // The name of an Ingress' port has a field of its own.
    if let Some(number @ 1..) = quoted
        && port.anchor().key() != Some("name")
    {
        draft.fix(set(port, i64::from(number)));
    }
}

const NAME: &str =
    "a port name has at most 15 lower-case letters, digits and hyphens, and a letter among them";

fn name<'d>(field: &Field<'d>, found: &mut Findings<'_, 'd>) {
    // An empty name is none.
    if !field.text().is_empty() && !is_port_name(field.text()) && !field.is_replaced() {
        found.at(field, NAME);
    }
}

/// A label of RFC 1123.
fn is_label(name: &str) -> bool {
    name.len() <= 63
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// `IANA_SVC_NAME` of RFC 6335.
fn is_port_name(name: &str) -> bool {
    name.len() <= 15
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}
