//! API versions that were deprecated and removed, and when.
//!
//! Source: the Deprecated API Migration Guide of the Kubernetes documentation, and for what it leaves
//! out (alpha versions, versions that are still to go) the life cycles that the API's own types declare
//! (`k8s:prerelease-lifecycle-gen` in the Go module `k8s.io/api`). Where an alpha went sooner or later than
//! declared, what the API servers of the releases publish counts.

use crate::Object;

/// A minor version of Kubernetes: 22 of 1.22.
pub type Minor = u16;

/// A version of a kind that Kubernetes deprecated.
#[derive(Debug)]
pub struct Deprecation {
    pub group: &'static str,
    pub version: &'static str,
    pub kind: &'static str,
    /// The first release that warned; `None` where it was removed without a warning, as alphas can be.
    pub deprecated: Option<Minor>,
    /// The first release that doesn't serve it; `None` where none is named.
    pub removed: Option<Minor>,
    pub replacement: Replacement,
}

/// What to use instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// This `apiVersion`, and nothing else changes in the manifest.
    Same(&'static str),
    /// This `apiVersion`; fields changed too.
    Changed(&'static str),
    /// Something else, in words.
    Other(&'static str),
}

use Replacement::{Changed, Other, Same};

const fn row(
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    deprecated: Minor,
    removed: Minor,
    replacement: Replacement,
) -> Deprecation {
    Deprecation { group, version, kind, deprecated: Some(deprecated), removed: Some(removed), replacement }
}

/// An alpha that went without a warning.
const fn gone(
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    removed: Minor,
    replacement: Replacement,
) -> Deprecation {
    Deprecation { group, version, kind, deprecated: None, removed: Some(removed), replacement }
}

/// A stable version: deprecated, never removed.
const fn kept(kind: &'static str, deprecated: Minor, replacement: Replacement) -> Deprecation {
    Deprecation { group: "", version: "v1", kind, deprecated: Some(deprecated), removed: None, replacement }
}

const ADMISSION: &str = "admissionregistration.k8s.io";
const CERTIFICATES: &str = "certificates.k8s.io";
const FLOW: &str = "flowcontrol.apiserver.k8s.io";
const NETWORKING: &str = "networking.k8s.io";
const RBAC: &str = "rbac.authorization.k8s.io";
const RESOURCE: &str = "resource.k8s.io";
const SCHEDULING: &str = "scheduling.k8s.io";
const STORAGE: &str = "storage.k8s.io";
const POD_SECURITY: Replacement = Other("Pod Security Admission, or another admission controller");

#[rustfmt::skip]
pub(crate) static DEPRECATIONS: &[Deprecation] = &[
    kept("ComponentStatus", 19, Other("the health endpoints of each component")),
    kept("Endpoints", 33, Changed("discovery.k8s.io/v1")),
    row(ADMISSION, "v1alpha1", "MutatingAdmissionPolicy", 35, 38, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1alpha1", "MutatingAdmissionPolicyBinding", 35, 38, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1alpha1", "ValidatingAdmissionPolicy", 29, 32, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1alpha1", "ValidatingAdmissionPolicyBinding", 29, 32, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1beta1", "MutatingAdmissionPolicy", 37, 40, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1beta1", "MutatingAdmissionPolicyBinding", 37, 40, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1beta1", "MutatingWebhookConfiguration", 16, 22, Changed("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1beta1", "ValidatingAdmissionPolicy", 31, 34, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1beta1", "ValidatingAdmissionPolicyBinding", 31, 34, Same("admissionregistration.k8s.io/v1")),
    row(ADMISSION, "v1beta1", "ValidatingWebhookConfiguration", 16, 22, Changed("admissionregistration.k8s.io/v1")),
    row("apiextensions.k8s.io", "v1beta1", "CustomResourceDefinition", 16, 22, Changed("apiextensions.k8s.io/v1")),
    row("apiregistration.k8s.io", "v1beta1", "APIService", 19, 22, Same("apiregistration.k8s.io/v1")),
    row("apps", "v1beta1", "ControllerRevision", 8, 16, Same("apps/v1")),
    row("apps", "v1beta1", "Deployment", 8, 16, Changed("apps/v1")),
    row("apps", "v1beta1", "DeploymentRollback", 8, 16, Other("kubectl rollout undo")),
    row("apps", "v1beta1", "Scale", 8, 16, Changed("autoscaling/v1")),
    row("apps", "v1beta1", "StatefulSet", 8, 16, Changed("apps/v1")),
    row("apps", "v1beta2", "ControllerRevision", 9, 16, Same("apps/v1")),
    row("apps", "v1beta2", "DaemonSet", 9, 16, Same("apps/v1")),
    row("apps", "v1beta2", "Deployment", 9, 16, Same("apps/v1")),
    row("apps", "v1beta2", "ReplicaSet", 9, 16, Same("apps/v1")),
    row("apps", "v1beta2", "Scale", 9, 16, Changed("autoscaling/v1")),
    row("apps", "v1beta2", "StatefulSet", 9, 16, Same("apps/v1")),
    gone("auditregistration.k8s.io", "v1alpha1", "AuditSink", 19, Other("the webhook audit backend of the API server")),
    row("authentication.k8s.io", "v1alpha1", "SelfSubjectReview", 29, 32, Same("authentication.k8s.io/v1")),
    row("authentication.k8s.io", "v1beta1", "SelfSubjectReview", 30, 33, Same("authentication.k8s.io/v1")),
    row("authentication.k8s.io", "v1beta1", "TokenReview", 19, 22, Same("authentication.k8s.io/v1")),
    row("authorization.k8s.io", "v1beta1", "LocalSubjectAccessReview", 19, 22, Changed("authorization.k8s.io/v1")),
    row("authorization.k8s.io", "v1beta1", "SelfSubjectAccessReview", 19, 22, Same("authorization.k8s.io/v1")),
    row("authorization.k8s.io", "v1beta1", "SelfSubjectRulesReview", 19, 22, Same("authorization.k8s.io/v1")),
    row("authorization.k8s.io", "v1beta1", "SubjectAccessReview", 19, 22, Changed("authorization.k8s.io/v1")),
    row("autoscaling", "v2beta1", "HorizontalPodAutoscaler", 22, 25, Changed("autoscaling/v2")),
    row("autoscaling", "v2beta2", "HorizontalPodAutoscaler", 23, 26, Same("autoscaling/v2")),
    row("batch", "v1beta1", "CronJob", 21, 25, Same("batch/v1")),
    gone("batch", "v2alpha1", "CronJob", 21, Same("batch/v1")),
    row(CERTIFICATES, "v1alpha1", "ClusterTrustBundle", 34, 37, Same("certificates.k8s.io/v1")),
    gone(CERTIFICATES, "v1alpha1", "PodCertificateRequest", 35, Changed("certificates.k8s.io/v1")),
    row(CERTIFICATES, "v1beta1", "CertificateSigningRequest", 19, 22, Changed("certificates.k8s.io/v1")),
    row(CERTIFICATES, "v1beta1", "ClusterTrustBundle", 37, 40, Same("certificates.k8s.io/v1")),
    row(CERTIFICATES, "v1beta1", "PodCertificateRequest", 37, 40, Changed("certificates.k8s.io/v1")),
    gone("coordination.k8s.io", "v1alpha1", "LeaseCandidate", 32, Changed("coordination.k8s.io/v1beta1")),
    row("coordination.k8s.io", "v1alpha2", "LeaseCandidate", 35, 38, Same("coordination.k8s.io/v1beta1")),
    row("coordination.k8s.io", "v1beta1", "Lease", 19, 22, Same("coordination.k8s.io/v1")),
    gone("discovery.k8s.io", "v1alpha1", "EndpointSlice", 19, Changed("discovery.k8s.io/v1")),
    row("discovery.k8s.io", "v1beta1", "EndpointSlice", 21, 25, Changed("discovery.k8s.io/v1")),
    row("events.k8s.io", "v1beta1", "Event", 22, 25, Changed("events.k8s.io/v1")),
    row("extensions", "v1beta1", "DaemonSet", 8, 16, Changed("apps/v1")),
    row("extensions", "v1beta1", "Deployment", 8, 16, Changed("apps/v1")),
    row("extensions", "v1beta1", "DeploymentRollback", 8, 16, Other("kubectl rollout undo")),
    row("extensions", "v1beta1", "Ingress", 14, 22, Changed("networking.k8s.io/v1")),
    row("extensions", "v1beta1", "NetworkPolicy", 9, 16, Same("networking.k8s.io/v1")),
    row("extensions", "v1beta1", "PodSecurityPolicy", 11, 16, POD_SECURITY),
    row("extensions", "v1beta1", "ReplicaSet", 8, 16, Changed("apps/v1")),
    row("extensions", "v1beta1", "Scale", 2, 16, Changed("autoscaling/v1")),
    gone("extensions", "v1beta1", "Job", 8, Changed("batch/v1")),
    gone("extensions", "v1beta1", "HorizontalPodAutoscaler", 8, Changed("autoscaling/v2")),
    row(FLOW, "v1alpha1", "FlowSchema", 20, 21, Changed("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1alpha1", "PriorityLevelConfiguration", 20, 21, Changed("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1beta1", "FlowSchema", 23, 26, Same("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1beta1", "PriorityLevelConfiguration", 23, 26, Changed("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1beta2", "FlowSchema", 26, 29, Same("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1beta2", "PriorityLevelConfiguration", 26, 29, Changed("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1beta3", "FlowSchema", 29, 32, Same("flowcontrol.apiserver.k8s.io/v1")),
    row(FLOW, "v1beta3", "PriorityLevelConfiguration", 29, 32, Same("flowcontrol.apiserver.k8s.io/v1")),
    gone(NETWORKING, "v1alpha1", "ClusterCIDR", 29, Other("the node CIDR allocator of the cloud or of the network plugin")),
    row(NETWORKING, "v1alpha1", "IPAddress", 30, 31, Same("networking.k8s.io/v1")),
    row(NETWORKING, "v1alpha1", "ServiceCIDR", 30, 31, Changed("networking.k8s.io/v1")),
    row(NETWORKING, "v1beta1", "IPAddress", 34, 37, Same("networking.k8s.io/v1")),
    row(NETWORKING, "v1beta1", "Ingress", 19, 22, Changed("networking.k8s.io/v1")),
    row(NETWORKING, "v1beta1", "IngressClass", 19, 22, Same("networking.k8s.io/v1")),
    row(NETWORKING, "v1beta1", "ServiceCIDR", 34, 37, Same("networking.k8s.io/v1")),
    gone("node.k8s.io", "v1alpha1", "RuntimeClass", 24, Changed("node.k8s.io/v1")),
    row("node.k8s.io", "v1beta1", "RuntimeClass", 22, 25, Same("node.k8s.io/v1")),
    row("policy", "v1beta1", "Eviction", 22, 25, Same("policy/v1")),
    row("policy", "v1beta1", "PodDisruptionBudget", 21, 25, Same("policy/v1")),
    row("policy", "v1beta1", "PodSecurityPolicy", 21, 25, POD_SECURITY),
    row(RBAC, "v1alpha1", "ClusterRole", 17, 23, Same("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1alpha1", "ClusterRoleBinding", 17, 23, Changed("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1alpha1", "Role", 17, 23, Same("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1alpha1", "RoleBinding", 17, 23, Changed("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1beta1", "ClusterRole", 17, 22, Same("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1beta1", "ClusterRoleBinding", 17, 22, Same("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1beta1", "Role", 17, 22, Same("rbac.authorization.k8s.io/v1")),
    row(RBAC, "v1beta1", "RoleBinding", 17, 22, Same("rbac.authorization.k8s.io/v1")),
    gone(RESOURCE, "v1alpha1", "PodScheduling", 27, Other("ResourceClaim alone, which needs none")),
    gone(RESOURCE, "v1alpha1", "ResourceClaim", 27, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha1", "ResourceClaimTemplate", 27, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha1", "ResourceClass", 27, Other("DeviceClass of the same group")),
    gone(RESOURCE, "v1alpha2", "PodSchedulingContext", 31, Other("ResourceClaim alone, which needs none")),
    gone(RESOURCE, "v1alpha2", "ResourceClaim", 31, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha2", "ResourceClaimParameters", 31, Other("ResourceClaim of the same group")),
    gone(RESOURCE, "v1alpha2", "ResourceClaimTemplate", 31, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha2", "ResourceClass", 31, Other("DeviceClass of the same group")),
    gone(RESOURCE, "v1alpha2", "ResourceClassParameters", 31, Other("DeviceClass of the same group")),
    gone(RESOURCE, "v1alpha2", "ResourceSlice", 31, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha3", "DeviceClass", 34, Changed("resource.k8s.io/v1")),
    row(RESOURCE, "v1alpha3", "DeviceTaintRule", 36, 39, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha3", "PodSchedulingContext", 32, Other("ResourceClaim alone, which needs none")),
    gone(RESOURCE, "v1alpha3", "ResourceClaim", 34, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha3", "ResourceClaimTemplate", 34, Changed("resource.k8s.io/v1")),
    gone(RESOURCE, "v1alpha3", "ResourceSlice", 34, Changed("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta1", "DeviceClass", 35, 38, Same("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta1", "ResourceClaim", 35, 38, Changed("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta1", "ResourceClaimTemplate", 35, 38, Changed("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta1", "ResourceSlice", 35, 38, Changed("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta2", "DeviceClass", 36, 39, Same("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta2", "ResourceClaim", 36, 39, Same("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta2", "ResourceClaimTemplate", 36, 39, Same("resource.k8s.io/v1")),
    row(RESOURCE, "v1beta2", "ResourceSlice", 36, 39, Same("resource.k8s.io/v1")),
    row(SCHEDULING, "v1alpha1", "PriorityClass", 14, 23, Same("scheduling.k8s.io/v1")),
    gone(SCHEDULING, "v1alpha1", "Workload", 36, Changed("scheduling.k8s.io/v1beta1")),
    gone(SCHEDULING, "v1alpha2", "PodGroup", 37, Changed("scheduling.k8s.io/v1beta1")),
    gone(SCHEDULING, "v1alpha2", "Workload", 37, Changed("scheduling.k8s.io/v1beta1")),
    row(SCHEDULING, "v1beta1", "PriorityClass", 14, 22, Same("scheduling.k8s.io/v1")),
    gone("settings.k8s.io", "v1alpha1", "PodPreset", 20, Other("a mutating admission policy or webhook")),
    row(STORAGE, "v1alpha1", "CSIStorageCapacity", 21, 24, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1alpha1", "VolumeAttachment", 21, 23, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1alpha1", "VolumeAttributesClass", 32, 35, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1beta1", "CSIDriver", 19, 22, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1beta1", "CSINode", 17, 22, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1beta1", "CSIStorageCapacity", 24, 27, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1beta1", "StorageClass", 19, 22, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1beta1", "VolumeAttachment", 19, 22, Same("storage.k8s.io/v1")),
    row(STORAGE, "v1beta1", "VolumeAttributesClass", 34, 37, Same("storage.k8s.io/v1")),
    gone("storagemigration.k8s.io", "v1alpha1", "StorageVersionMigration", 35, Changed("storagemigration.k8s.io/v1")),
    row("storagemigration.k8s.io", "v1beta1", "StorageVersionMigration", 37, 40, Same("storagemigration.k8s.io/v1")),
];

/// What Kubernetes did with the object's version of its kind; `None` where it did nothing, or the kind
/// is not its own.
pub fn deprecation_of(object: &Object<'_>) -> Option<&'static Deprecation> {
    let (group, version, kind) = (object.group(), object.version(), object.kind());
    // Nearly every object is of a stable version.
    if !version.contains(['a', 'b']) && !group.is_empty() {
        return None;
    }
    DEPRECATIONS.iter().find(|known| known.kind == kind && known.version == version && known.group == group)
}

/// The minor version in `1.37`, `v1.37` or `1.37.2`; `None` for anything else.
pub fn minor(version: &str) -> Option<Minor> {
    let version = version.strip_prefix('v').unwrap_or(version);
    let mut numbers = version.split('.').map(|number| number.parse::<Minor>().ok());
    match (numbers.next()?, numbers.next()?, numbers.next(), numbers.next()) {
        (Some(1), Some(minor), None | Some(Some(_)), None) => Some(minor),
        _ => None,
    }
}

impl Deprecation {
    /// Whether a release no longer serves it.
    pub fn is_removed_in(&self, release: Minor) -> bool {
        self.removed.is_some_and(|removed| removed <= release)
    }

    /// Whether a release still serves it, with a warning.
    pub fn is_deprecated_in(&self, release: Minor) -> bool {
        !self.is_removed_in(release) && self.deprecated.is_some_and(|deprecated| deprecated <= release)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn versions_are_read_as_people_write_them() {
        for (version, expected) in [
            ("1.37", Some(37)),
            ("v1.22", Some(22)),
            ("1.29.3", Some(29)),
            ("2.0", None),
            ("1", None),
            ("1.x", None),
            ("", None),
            ("1.29.3.4", None),
        ] {
            assert_eq!(minor(version), expected, "{version}");
        }
    }

    /// The table and the types are two sources: where both speak they agree.
    #[test]
    fn what_is_removed_has_no_type_and_what_replaces_it_has_one() {
        for known in DEPRECATIONS {
            let what = format!("{}/{} {}", known.group, known.version, known.kind);
            let is_served = schema::type_of(known.group, known.version, known.kind).is_some();
            assert_eq!(is_served, !known.is_removed_in(schema::VERSION.1), "{what}");
            if let (Some(deprecated), Some(removed)) = (known.deprecated, known.removed) {
                assert!(deprecated < removed, "{what}");
            }
            if let Same(api_version) | Changed(api_version) = known.replacement {
                let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
                let kind = match (known.kind, group) {
                    ("Endpoints", "discovery.k8s.io") => "EndpointSlice",
                    (kind, _) => kind,
                };
                assert!(schema::type_of(group, version, kind).is_some(), "{what}: {api_version} {kind}");
            }
        }
    }

    #[test]
    fn every_row_is_there_once() {
        for (at, known) in DEPRECATIONS.iter().enumerate() {
            let twin = |other: &Deprecation| {
                (other.group, other.version, other.kind) == (known.group, known.version, known.kind)
            };
            assert_eq!(DEPRECATIONS.iter().position(twin), Some(at), "{known:?}");
        }
    }
}
