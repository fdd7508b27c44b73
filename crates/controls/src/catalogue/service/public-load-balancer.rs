//! A Service of type LoadBalancer gets an address on the internet unless it says otherwise.
//!
//! ## What it checks
//! Services of type LoadBalancer that don't ask for an internal one: by annotation (Azure
//! `service.beta.kubernetes.io/azure-load-balancer-internal: "true"`, AWS
//! `…/aws-load-balancer-scheme: internal` or `…/aws-load-balancer-internal`, Google
//! `networking.gke.io/load-balancer-type: Internal` and its old name, and those of other clouds), by
//! class (the AWS Load Balancer Controller's are internal by default), or by a fixed private address.
//!
//! ## Why it matters
//! Past the ingress there is no certificate, no login, no firewall of its own: the port of the pod stands
//! on the internet.
//!
//! ## How to fix
//! Use type ClusterIP behind an Ingress or Gateway, or ask for an internal load balancer. The one in front
//! of the ingress controller keeps its address, with a waiver that says so.
//!
//! ## How others differ
//! KICS knows one value of each annotation and not the scheme of AWS. kube-linter and Kubescape find internal load
//! balancers too. Kubescape's C-0256 marks the workload behind it, and says nothing where there is none.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   type: LoadBalancer # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db
//!   annotations:
//!     service.beta.kubernetes.io/azure-load-balancer-internal: "false"
//!     service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing
//! spec:
//!   type: LoadBalancer # <- here
//!   loadBalancerClass: service.k8s.aws/nlb
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: api
//! spec:
//!   type: LoadBalancer # <- here
//!   loadBalancerIP: 203.0.113.7
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: huawei
//!   annotations:
//!     kubernetes.io/elb.autocreate: '{"type": "public", "name": "inner"}'
//! spec:
//!   type: LoadBalancer # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: azure
//!   annotations:
//!     service.beta.kubernetes.io/azure-load-balancer-internal: "true"
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: aws
//!   annotations:
//!     service.beta.kubernetes.io/aws-load-balancer-scheme: internal
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: old-aws
//!   annotations:
//!     service.beta.kubernetes.io/aws-load-balancer-internal: 0.0.0.0/0
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: google
//!   annotations:
//!     cloud.google.com/load-balancer-type: Internal
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: old-alibaba
//!   annotations:
//!     service.beta.kubernetes.io/alicloud-loadbalancer-address-type: intranet
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: huawei
//!   annotations:
//!     kubernetes.io/elb.autocreate: '{"type": "inner", "name": "web"}'
//! spec:
//!   type: LoadBalancer
//! ```
//! ```yaml near-miss
//! # Private addresses, the default of the AWS controller, and a Service of another group.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: fixed
//! spec:
//!   type: LoadBalancer
//!   loadBalancerIP: 10.4.0.9
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: pool
//!   annotations:
//!     metallb.io/loadBalancerIPs: 192.168.4.9, fd00::9
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: controller
//! spec:
//!   type: LoadBalancer
//!   loadBalancerClass: service.k8s.aws/nlb
//! ---
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata:
//!   name: knative
//! spec:
//!   type: LoadBalancer
//! ```

use crate::prelude::*;
use crate::support::load_balancer;

pub const CONTROL: Control = Control {
    id: "service/public-load-balancer",
    title: "Public load balancer",
    severity: Medium,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005")],
    aliases: &[
        "kubescape:C-0256",
        "kube-linter:exposed-services",
        "popeye:POP-1103",
        "popeye:POP-1107",
        "kics:Service-With-External-Load-Balancer",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if load_balancer::is_public(service) {
        found.at(
            &service.get("spec.type"),
            "the load balancer gets a public address: make it internal by annotation, or use ClusterIP behind an Ingress",
        );
    }
}
