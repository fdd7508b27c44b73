//! A pod asks a Secret or a ConfigMap for a key that it doesn't have.
//!
//! ## What it checks
//! Keys in `valueFrom`, and in `items` of volumes, where the Secret or ConfigMap is part of the scan and holds other
//! keys, and the reference isn't `optional`. An object without any key is filled by a controller, and passes, as does
//! one that an ExternalSecret or another object of the scan fills. Tokens of service accounts get the keys `token`,
//! `ca.crt` and `namespace`.
//!
//! ## Why it matters
//! The container is not started: `CreateContainerConfigError`.
//!
//! ## How to fix
//! Correct the key, add it to the object, or say `optional: true`.
//!
//! ## How others differ
//! kube-linter ignores namespaces and volumes, and reports objects that aren't part of the scan too; here that is
//! `secret/missing-object`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data: {level: debug}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     env:
//!     - name: LEVEL
//!       valueFrom:
//!         configMapKeyRef:
//!           name: app
//!           key: loglevel # <- here
//!   volumes:
//!   - name: settings
//!     configMap:
//!       name: app
//!       items:
//!       - key: settings.ini # <- here
//!         path: settings.ini
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data: {level: debug}
//! binaryData: {logo: b2s=}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     env:
//!     - name: LEVEL
//!       valueFrom:
//!         configMapKeyRef: {name: app, key: level}
//!   volumes:
//!   - name: settings
//!     configMap:
//!       name: app
//!       items:
//!       - {key: logo, path: logo}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: app, namespace: other}
//! stringData: {user: a}
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: filled-later}
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data: {level: debug}
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: db}
//! stringData: {user: votes}
//! ---
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata: {name: db-password}
//! spec:
//!   target: {name: db, creationPolicy: Merge}
//!   data:
//!   - secretKey: password
//!     remoteRef: {key: votes/db}
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: ci
//!   annotations: {kubernetes.io/service-account.name: ci}
//! type: kubernetes.io/service-account-token
//! stringData: {note: for the pipeline}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     env:
//!     - name: D
//!       valueFrom:
//!         secretKeyRef: {name: db, key: password}
//!     - name: E
//!       valueFrom:
//!         secretKeyRef: {name: ci, key: token}
//!     - name: A
//!       valueFrom:
//!         secretKeyRef: {name: app, key: password}
//!     - name: B
//!       valueFrom:
//!         secretKeyRef: {name: filled-later, key: tls.key}
//!     - name: C
//!       valueFrom:
//!         configMapKeyRef: {name: app, key: other, optional: true}
//! ```

use crate::prelude::*;
use crate::support::references;

pub const CONTROL: Control = Control {
    id: "secret/missing-key",
    title: "Key that is not there",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:env-value-from", "popeye:POP-304", "popeye:POP-305"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Kind(&[GroupKind::new("", "ConfigMap"), GroupKind::new("", "Secret")]), check),
};

/// What the controller writes into the Secret of a service account's token.
const OF_TOKENS: &[&str] = &["token", "ca.crt", "namespace"];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(&pod.object());
    for reference in references::required(pod) {
        let is_token = reference
            .targets(pod, inventory)
            .any(|target| target.get("type").is("kubernetes.io/service-account-token"));
        let maps: Vec<_> = reference
            .targets(pod, inventory)
            .flat_map(|target| ["data", "stringData", "binaryData"].map(|map| target.get(map)))
            .collect();
        if maps.iter().all(Field::is_empty) {
            continue;
        }
        let is_filled =
            || references::is_made_by_others(inventory, reference.kind, namespace, reference.name.text());
        let is_there = |key: &Field<'d>| {
            maps.iter().any(|map| map.entries().any(|(name, _)| key.is(name)))
                || is_token && OF_TOKENS.contains(&key.text())
        };
        let missing: Vec<_> = reference.keys.iter().filter(|key| key.exists() && !is_there(key)).collect();
        if !missing.is_empty() && !is_filled() {
            for key in missing {
                found.at(
                    key,
                    format!(
                        "{} {:?} has no key {:?}: correct it or add the key",
                        reference.kind,
                        reference.name.text(),
                        key.text()
                    ),
                );
            }
        }
    }
}
