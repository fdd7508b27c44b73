//! Kinds: which are cluster-scoped, and where each keeps its pod templates.

/// An API group and a kind; the version does not matter to what a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GroupKind {
    /// `""` is the core group; `"*"` matches every group.
    pub group: &'static str,
    pub kind: &'static str,
}

impl GroupKind {
    pub const fn new(group: &'static str, kind: &'static str) -> Self {
        GroupKind { group, kind }
    }

    pub fn matches(&self, group: &str, kind: &str) -> bool {
        self.kind == kind && (self.group == "*" || self.group == group)
    }
}

/// Kinds that live outside namespaces. A custom resource that is not here counts as namespaced.
const CLUSTER_SCOPED: &[&str] = &[
    "APIService",
    "CertificateSigningRequest",
    "CiliumClusterwideNetworkPolicy",
    "ClusterIssuer",
    "ClusterPolicy",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterSecretStore",
    "ComponentStatus",
    "ConstraintTemplate",
    "CSIDriver",
    "CSINode",
    "CustomResourceDefinition",
    "FlowSchema",
    "GatewayClass",
    "GlobalNetworkPolicy",
    "IngressClass",
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityClass",
    "PriorityLevelConfiguration",
    "RuntimeClass",
    "SecurityContextConstraints",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
    "VolumeSnapshotClass",
    "VolumeSnapshotContent",
    // Configuration files of the control plane: objects without a namespace.
    "AdmissionConfiguration",
    "EncryptionConfiguration",
    "KubeletConfiguration",
    "KubeProxyConfiguration",
    "ClusterConfiguration",
    "InitConfiguration",
    "JoinConfiguration",
    "PodSecurityConfiguration",
];

/// Whether objects of a kind live outside namespaces.
pub fn is_cluster_scoped(group: &str, kind: &str) -> bool {
    CLUSTER_SCOPED.contains(&kind)
        || (group == "audit.k8s.io" && kind == "Policy")
        || (group == "constraints.gatekeeper.sh")
        || (group == "policy.networking.k8s.io")
}

/// Where a kind keeps its pod templates: paths to the value that holds `metadata` and `spec`.
/// `name[]` walks every item of a sequence, `name{}` every value of a mapping. `""` is the object itself.
pub fn pod_templates(group: &str, kind: &str) -> &'static [&'static str] {
    match (group, kind) {
        ("", "Pod") => &[""],
        ("", "PodTemplate") => &["template"],
        ("", "ReplicationController")
        | ("apps" | "extensions", "Deployment" | "DaemonSet" | "ReplicaSet" | "StatefulSet")
        | ("batch" | "extensions", "Job")
        | ("argoproj.io", "Rollout")
        | ("apps.openshift.io", "DeploymentConfig")
        | ("serving.knative.dev", "Service" | "Configuration")
        | ("apps.kruise.io", "CloneSet" | "StatefulSet" | "DaemonSet" | "BroadcastJob") => &["spec.template"],
        ("batch", "CronJob") => &["spec.jobTemplate.spec.template"],
        ("serving.knative.dev", "Revision") => &[""],
        ("apps.kruise.io", "AdvancedCronJob") => {
            &["spec.template.jobTemplate.spec.template", "spec.template.broadcastJobTemplate.spec.template"]
        }
        ("apps.kruise.io", "UnitedDeployment") => &[
            "spec.template.statefulSetTemplate.spec.template",
            "spec.template.advancedStatefulSetTemplate.spec.template",
            "spec.template.cloneSetTemplate.spec.template",
            "spec.template.deploymentTemplate.spec.template",
        ],
        // Its containers join other pods; `spec` itself has the lists of a pod.
        ("apps.kruise.io", "SidecarSet") => &[""],
        ("jobset.x-k8s.io", "JobSet") => &["spec.replicatedJobs[].template.spec.template"],
        ("leaderworkerset.x-k8s.io", "LeaderWorkerSet") => {
            &["spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate"]
        }
        ("kubeflow.org", "PyTorchJob") => &["spec.pytorchReplicaSpecs{}.template"],
        ("kubeflow.org", "TFJob") => &["spec.tfReplicaSpecs{}.template"],
        ("kubeflow.org", "MPIJob") => &["spec.mpiReplicaSpecs{}.template"],
        ("ray.io", "RayCluster") => &["spec.headGroupSpec.template", "spec.workerGroupSpecs[].template"],
        ("ray.io", "RayJob" | "RayService") => {
            &["spec.rayClusterSpec.headGroupSpec.template", "spec.rayClusterSpec.workerGroupSpecs[].template"]
        }
        ("agents.x-k8s.io", "Sandbox") | ("extensions.agents.x-k8s.io", "SandboxTemplate") => {
            &["spec.podTemplate"]
        }
        _ => &[],
    }
}

/// Whether what a kind has in the place of a pod's spec isn't a whole one. Knative refuses many fields of a pod and has
/// defaults of its own; the containers of a SidecarSet join other pods.
pub fn has_partial_pods(group: &str, kind: &str) -> bool {
    group == "serving.knative.dev" || (group == "apps.kruise.io" && kind == "SidecarSet")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_workload_kind_has_its_template() {
        for (group, kind, path) in [
            ("", "Pod", ""),
            ("", "PodTemplate", "template"),
            ("apps", "Deployment", "spec.template"),
            ("extensions", "Deployment", "spec.template"),
            ("batch", "CronJob", "spec.jobTemplate.spec.template"),
            ("argoproj.io", "Rollout", "spec.template"),
        ] {
            assert_eq!(pod_templates(group, kind), [path], "{group}/{kind}");
        }
        assert!(pod_templates("", "Service").is_empty());
        assert!(
            pod_templates("example.com", "Deployment").is_empty(),
            "a kind of the same name in another group"
        );
    }

    #[test]
    fn scope_depends_on_the_group_where_names_collide() {
        assert!(is_cluster_scoped("", "Namespace"));
        assert!(is_cluster_scoped("audit.k8s.io", "Policy"));
        assert!(!is_cluster_scoped("kyverno.io", "Policy"));
        assert!(!is_cluster_scoped("apps", "Deployment"));
    }
}
