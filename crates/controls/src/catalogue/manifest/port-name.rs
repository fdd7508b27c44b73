//! A port's name or number that the API server refuses.
//!
//! ## What it checks
//! `ports[].name` of every container, and `targetPort` of every Service where it is a name: at most 15 lower-case
//! letters, digits and hyphens, with a letter, no two hyphens in a row and none at the ends; the name of a Service's
//! port: at most 63 of these, with none of the hyphens at the ends; and a name on every port of a Service that has
//! several. A name that stands twice is `manifest/duplicate-item`. Numbers are from 1 to 65535; 0 stands for none as `hostPort`,
//! `nodePort` and `targetPort`. What another tool replaces first, `${NAME}`, isn't judged.
//!
//! ## Why it matters
//! The API server refuses the object.
//!
//! ## How to fix
//! Use a short name such as `http` or `metrics`.
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

pub const CONTROL: Control = Control {
    id: "manifest/port-name",
    title: "Invalid port",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:invalid-target-ports", "kube-score:container-ports-check"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Key(&["ports"]), check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.is("", "Service") {
        let ports = object.get("spec.ports");
        let is_several = ports.len() > 1;
        for port in ports.items() {
            number(&port.get("port"), found);
            // The API server takes 0 for the Service's own port, and for any of the node's.
            optional_number(&port.get("targetPort"), found);
            optional_number(&port.get("nodePort"), found);
            name(&port.get("targetPort"), found);
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
    for pod in found.inventory().pods_of(object) {
        for container in pod.containers() {
            for port in container.get("ports").items() {
                number(&port.get("containerPort"), found);
                optional_number(&port.get("hostPort"), found);
                name(&port.get("name"), found);
            }
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

fn name<'d>(field: &Field<'d>, found: &mut Findings<'_, 'd>) {
    // An empty name is none.
    if !field.text().is_empty() && !is_port_name(field.text()) && !field.is_replaced() {
        found.at(
            field,
            "a port name has at most 15 lower-case letters, digits and hyphens, and a letter among them",
        );
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
