//! A public load balancer that takes connections from everywhere.
//!
//! ## What it checks
//! Public load balancers (see `service/public-load-balancer`) without `spec.loadBalancerSourceRanges` and
//! without an annotation that limits sources, or with ranges that together hold every address. Where the
//! field is written the annotation doesn't count, as for the cloud providers. Azure's service tags limit
//! too, all but `Internet`; so do DigitalOcean's allow rules, and at AWS lists of prefixes and security
//! groups of one's own: what those let in stands in no manifest, and nothing is said.
//!
//! ## Why it matters
//! Whoever scans the internet finds the port within minutes. Ranges keep it to those who need it, before
//! the first packet reaches the cluster.
//!
//! ## How to fix
//! List the networks of those who may connect in `spec.loadBalancerSourceRanges`. A page that is meant for
//! everybody belongs behind an Ingress or Gateway.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: api
//! spec: # <- here
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db
//! spec:
//!   type: LoadBalancer
//!   loadBalancerSourceRanges: # <- here
//!   - 203.0.113.0/24
//!   - 0.0.0.0/0
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: halves
//!   annotations:
//!     service.beta.kubernetes.io/load-balancer-source-ranges: 000.0.0.0/1,128.0.0.0/1 # <- here
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: tagged
//!   annotations:
//!     service.beta.kubernetes.io/azure-allowed-service-tags: AzureFrontDoor.Backend,Internet # <- here
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: ruled
//!   annotations:
//!     service.beta.kubernetes.io/do-loadbalancer-allow-rules: cidr:0.0.0.0/0,ip:203.0.113.7 # <- here
//! spec:
//!   type: LoadBalancer
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: api
//! spec:
//!   type: LoadBalancer
//!   loadBalancerSourceRanges: [203.0.113.0/24]
//! ```
//! ```yaml near-miss
//! # Internal, limited by annotation, or no load balancer at all.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: internal
//!   annotations:
//!     service.beta.kubernetes.io/azure-load-balancer-internal: "true"
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: annotated
//!   annotations:
//!     service.beta.kubernetes.io/azure-allowed-ip-ranges: 203.0.113.0/24
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: tagged
//!   annotations:
//!     service.beta.kubernetes.io/azure-allowed-service-tags: AzureFrontDoor.Backend
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: ruled
//!   annotations:
//!     service.beta.kubernetes.io/do-loadbalancer-allow-rules: cidr:203.0.113.0/24,ip:198.51.100.7
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: own-groups
//!   annotations:
//!     service.beta.kubernetes.io/aws-load-balancer-security-groups: sg-0a1b2c3d
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: prefix-lists
//!   annotations:
//!     service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists: pl-0a1b2c3d
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: tencent
//!   annotations:
//!     service.kubernetes.io/qcloud-loadbalancer-internal-subnetid: subnet-1a2b3c4d
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: oracle
//!   annotations:
//!     oci-network-load-balancer.oraclecloud.com/internal: "true"
//! spec:
//!   type: LoadBalancer
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: cluster
//! spec:
//!   type: ClusterIP
//! ```

use crate::prelude::*;
use crate::support::load_balancer::{self, Sources};

pub const CONTROL: Control = Control {
    id: "service/open-source-ranges",
    title: "Public load balancer open to every address",
    severity: Medium,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if !load_balancer::is_public(service) {
        return;
    }
    match load_balancer::sources(service) {
        Sources::Limited => {}
        Sources::Unlimited => {
            found.at(
                &service.get("spec.loadBalancerSourceRanges"),
                "every address may connect: list those who may in spec.loadBalancerSourceRanges",
            );
        }
        Sources::Everything(field) => {
            found.at(&field, "the ranges hold every address: list the networks of those who may connect");
        }
    }
}
