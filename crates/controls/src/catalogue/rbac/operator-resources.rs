//! A custom resource makes an operator act with the operator's rights.
//!
//! ## What it checks
//! `create`, `update` and `patch` on the custom resources of Flux, Argo CD, Argo Workflows and
//! Rollouts, Tekton, Velero, Crossplane, External Secrets, KubeVirt, Karpenter, the Operator Lifecycle
//! Manager and Knative, over objects of every name, in rules that name the operator's API group.
//!
//! ## Why it matters
//! Whoever writes a HelmRelease, an Application or a Workflow has its controller apply manifests or run
//! pods, often as an account that may do anything; a Restore brings back Secrets and roles. Permissions
//! on these kinds are worth what the operator holds. The operator's own role holds them too, so the
//! control is in no profile.
//!
//! ## How to fix
//! Let operators impersonate an account of the tenant (Flux `serviceAccountName`, Argo CD projects),
//! and grant these kinds as carefully as what they lead to.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: tenant
//!   namespace: shop
//! rules:
//! - apiGroups: ["helm.toolkit.fluxcd.io"]
//!   resources: ["helmreleases"] # <- here
//!   verbs: ["create"]
//! - apiGroups: ["argoproj.io"]
//!   resources: ["*"] # <- here
//!   verbs: ["patch"]
//! - apiGroups: ["*", "velero.io"]
//!   resources: ["*"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: tenant
//!   namespace: shop
//! rules:
//! - apiGroups: ["argoproj.io"]
//!   resources: ["applications"]
//!   verbs: ["get", "list", "watch"]
//! ```
//! ```yaml near-miss
//! # The group is a wildcard: other controls speak about what is there in every cluster.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: tenant
//!   namespace: shop
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["applications", "*"]
//!   verbs: ["create"]
//! - apiGroups: ["app.k8s.io"]
//!   resources: ["applications"]
//!   verbs: ["create"]
//! - apiGroups: ["argoproj.io"]
//!   resources: ["applications/status"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/operator-resources",
    title: "Role may direct operators",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch"],
    resources: &[
        Resource::namespaced("kustomize.toolkit.fluxcd.io", "kustomizations"),
        Resource::namespaced("helm.toolkit.fluxcd.io", "helmreleases"),
        Resource::namespaced("argoproj.io", "applications"),
        Resource::namespaced("argoproj.io", "applicationsets"),
        Resource::namespaced("argoproj.io", "appprojects"),
        Resource::namespaced("argoproj.io", "workflows"),
        Resource::namespaced("argoproj.io", "cronworkflows"),
        Resource::namespaced("argoproj.io", "workflowtemplates"),
        Resource::namespaced("argoproj.io", "rollouts"),
        Resource::namespaced("tekton.dev", "pipelineruns"),
        Resource::namespaced("tekton.dev", "taskruns"),
        Resource::namespaced("velero.io", "backups"),
        Resource::namespaced("velero.io", "restores"),
        Resource::cluster("apiextensions.crossplane.io", "compositions"),
        Resource::cluster("kubernetes.crossplane.io", "objects"),
        Resource::cluster("helm.crossplane.io", "releases"),
        Resource::namespaced("external-secrets.io", "externalsecrets"),
        Resource::namespaced("external-secrets.io", "secretstores"),
        Resource::cluster("external-secrets.io", "clustersecretstores"),
        Resource::cluster("external-secrets.io", "clusterexternalsecrets"),
        Resource::namespaced("kubevirt.io", "virtualmachines"),
        Resource::namespaced("kubevirt.io", "virtualmachineinstances"),
        Resource::cluster("karpenter.sh", "nodepools"),
        Resource::cluster("karpenter.k8s.aws", "ec2nodeclasses"),
        Resource::namespaced("operators.coreos.com", "subscriptions"),
        Resource::namespaced("operators.coreos.com", "clusterserviceversions"),
        Resource::namespaced("operators.coreos.com", "installplans"),
        Resource::namespaced("serving.knative.dev", "services"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for mut granted in granted(role, &GRANT, found) {
        // Of `*` the first resource of all stands for the rest: the rule may name the group of another.
        let rule = granted.rule;
        let is_named = |resource: &&Resource| {
            rule.group(resource.group).is_some_and(|group| !group.is("*"))
                && rule.resource(resource.name).is_some_and(|item| item.anchor() == granted.item.anchor())
                && granted.verbs.iter().all(|verb| resource.is_grantable_by(role, verb))
        };
        let Some(resource) = GRANT.resources.iter().find(is_named) else { continue };
        granted.resource = resource;
        found.at(
            &granted.item,
            format!(
                "{}: the operator acts with its own rights on what is written: grant it as carefully",
                granted.says()
            ),
        );
    }
}
