//! The namespace default has no boundary around it.
//!
//! ## What it checks
//! Namespaced objects that name the namespace `default`, or none while none is given to the scan (`--namespace`). The
//! objects that Kubernetes itself puts there (the Service `kubernetes` with its Endpoints and EndpointSlice, the
//! ServiceAccount `default`, `kube-root-ca.crt`) pass, and so do files of programs that never reach a namespace (a
//! kubeconfig, the configuration of a kubelet), and custom resources whose CustomResourceDefinition in the same scan
//! says `scope: Cluster`.
//!
//! ## Why it matters
//! Everything without a namespace lands in it, from every team: roles, quotas, network policies and Pod Security
//! levels have nothing to hold on to.
//!
//! ## How to fix
//! Make a namespace for each application, and name it in `metadata.namespace`; charts and kustomizations that are
//! given theirs when they are applied: tell it by `--namespace`.
//!
//! ## How others differ
//! Trivy fails those alone that make pods, Checkov those of fifteen kinds. kube-linter looks at workloads and Services,
//! and takes no namespace for `default`, whatever is given. KICS knows a list of kinds, and fails `kube-system` and
//! `kube-public` too: that is `namespace/system`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: # <- here
//!   name: web
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//!   namespace: default # <- here
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: shop}
//! ```
//! ```yaml near-miss
//! # Outside namespaces, and the cluster's own.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: reader}
//! ---
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata: {name: default}
//! automountServiceAccountToken: false
//! ---
//! apiVersion: v1
//! kind: Endpoints
//! metadata: {name: kubernetes, namespace: default}
//! subsets: [{addresses: [{ip: 192.0.2.7}], ports: [{port: 6443}]}]
//! ---
//! apiVersion: discovery.k8s.io/v1
//! kind: EndpointSlice
//! metadata: {name: kubernetes, namespace: default}
//! addressType: IPv4
//! endpoints: [{addresses: [192.0.2.7]}]
//! ---
//! apiVersion: resource.k8s.io/v1
//! kind: DeviceClass
//! metadata: {name: gpu}
//! ---
//! apiVersion: v1
//! kind: Config
//! current-context: shop
//! ---
//! apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata: {name: widgets.example.com}
//! spec:
//!   group: example.com
//!   scope: Cluster
//!   names: {plural: widgets, kind: Widget}
//!   versions: [{name: v1, served: true, storage: true}]
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: web}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "namespace/default",
    title: "Object in the namespace default",
    severity: Low,
    frameworks: &[cis("5.6.4"), aks("4.6.3"), eks("4.5.2"), nsa("network/namespaces")],
    aliases: &[
        "checkov:CKV_K8S_21",
        "kubescape:C-0061",
        "kubescape:C-0212",
        "trivy:KSV-0110",
        "kube-linter:use-namespace",
        "kics:Using-Unrecommended-Namespace",
    ],
    profiles: &[],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let own = matches!(
        (object.kind(), object.name()),
        ("Service" | "Endpoints" | "EndpointSlice", "kubernetes")
            | ("ServiceAccount", "default")
            | ("ConfigMap", "kube-root-ca.crt")
    );
    if !own && !object.is_cluster_scoped() && found.inventory().namespace_of(object) == "default" {
        found.at(
            &object.get("metadata.namespace"),
            "this goes to the namespace default: name a namespace of its own",
        );
    }
}
