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

/// Kinds that live outside namespaces, whatever their group. A custom resource that is neither here nor defined in the
/// scan counts as namespaced.
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
];

/// Whether objects of a kind live outside namespaces, or are files of a program that never reach one.
pub fn is_cluster_scoped(group: &str, kind: &str) -> bool {
    CLUSTER_SCOPED.contains(&kind) || is_cluster_scoped_in(group, kind) || is_file(group, kind)
}

/// The same of kinds whose names other groups may have for what is namespaced.
fn is_cluster_scoped_in(group: &str, kind: &str) -> bool {
    match group {
        "authentication.k8s.io" => matches!(kind, "SelfSubjectReview" | "TokenReview"),
        "authorization.k8s.io" => {
            matches!(kind, "SelfSubjectAccessReview" | "SelfSubjectRulesReview" | "SubjectAccessReview")
        }
        "certificates.k8s.io" => kind == "ClusterTrustBundle",
        "internal.apiserver.k8s.io" => kind == "StorageVersion",
        "networking.k8s.io" => matches!(kind, "ClusterCIDR" | "IPAddress" | "ServiceCIDR"),
        "resource.k8s.io" => matches!(
            kind,
            "DeviceClass"
                | "DeviceTaintRule"
                | "ResourceClass"
                | "ResourcePoolStatusRequest"
                | "ResourceSlice"
        ),
        "storage.k8s.io" => kind == "VolumeAttributesClass",
        "storagemigration.k8s.io" | "migration.k8s.io" => kind == "StorageVersionMigration",
        "cilium.io" => {
            kind.starts_with("CiliumBGP")
                || matches!(
                    kind,
                    "CiliumCIDRGroup"
                        | "CiliumClusterwideEnvoyConfig"
                        | "CiliumEgressGatewayPolicy"
                        | "CiliumEndpointSlice"
                        | "CiliumIdentity"
                        | "CiliumL2AnnouncementPolicy"
                        | "CiliumLoadBalancerIPPool"
                        | "CiliumNode"
                        | "CiliumPodIPPool"
                )
        }
        "constraints.gatekeeper.sh"
        | "expansion.gatekeeper.sh"
        | "externaldata.gatekeeper.sh"
        | "mutations.gatekeeper.sh"
        | "policy.networking.k8s.io" => true,
        "crd.projectcalico.org" | "projectcalico.org" => !matches!(
            kind,
            "NetworkPolicy"
                | "NetworkSet"
                | "PacketCapture"
                | "StagedKubernetesNetworkPolicy"
                | "StagedNetworkPolicy"
                | "WorkloadEndpoint"
        ),
        "external-secrets.io" => matches!(kind, "ClusterExternalSecret" | "ClusterPushSecret"),
        "generators.external-secrets.io" => kind == "ClusterGenerator",
        "karpenter.azure.com" => kind == "AKSNodeClass",
        "karpenter.k8s.aws" => kind == "EC2NodeClass",
        "karpenter.sh" => matches!(kind, "NodeClaim" | "NodePool"),
        "keda.sh" => kind == "ClusterTriggerAuthentication",
        "kyverno.io" => kind == "ClusterCleanupPolicy",
        // Those for one namespace say so: NamespacedValidatingPolicy. An exception is for its own.
        "policies.kyverno.io" => !kind.starts_with("Namespaced") && kind != "PolicyException",
        "apiextensions.crossplane.io" | "config.openshift.io" | "pkg.crossplane.io" => true,
        "apps.kruise.io" => matches!(kind, "NodeImage" | "ResourceDistribution" | "SidecarSet"),
        "argoproj.io" => kind == "ClusterWorkflowTemplate",
        "configuration.konghq.com" => matches!(kind, "KongClusterPlugin" | "KongLicense" | "KongVault"),
        "crd.antrea.io" => matches!(
            kind,
            "AntreaAgentInfo"
                | "AntreaControllerInfo"
                | "BGPPolicy"
                | "ClusterGroup"
                | "ClusterNetworkPolicy"
                | "Egress"
                | "ExternalIPPool"
                | "IPPool"
                | "NodeLatencyMonitor"
                | "PacketCapture"
                | "SupportBundleCollection"
                | "Tier"
                | "Traceflow"
                | "TrafficControl"
        ),
        "eks.amazonaws.com" | "elbv2.k8s.aws" => matches!(kind, "IngressClassParams" | "NodeClass"),
        "k8s.ovn.org" => matches!(
            kind,
            "AdminPolicyBasedExternalRoute"
                | "ClusterUserDefinedNetwork"
                | "EgressIP"
                | "RouteAdvertisements"
        ),
        "kueue.x-k8s.io" => matches!(
            kind,
            "AdmissionCheck"
                | "ClusterQueue"
                | "Cohort"
                | "MultiKueueCluster"
                | "MultiKueueConfig"
                | "ProvisioningRequestConfig"
                | "ResourceFlavor"
                | "Topology"
                | "WorkloadPriorityClass"
        ),
        "kuma.io" => matches!(kind, "Mesh" | "Zone"),
        "networking.k8s.aws" => kind == "ClusterNetworkPolicy",
        "operator.tigera.io" => !matches!(kind, "TLSPassThroughRoute" | "TLSTerminatedRoute"),
        "spire.spiffe.io" => kind.starts_with("Cluster"),
        "tekton.dev" => kind == "ClusterTask",
        "triggers.tekton.dev" => matches!(kind, "ClusterInterceptor" | "ClusterTriggerBinding"),
        "trust.cert-manager.io" => matches!(kind, "Bundle" | "ClusterBundle"),
        _ => false,
    }
}

/// Whether a kind is that of a file or of a message between programs, which look like objects: a kubeconfig, the
/// configuration of a part of the control plane, a webhook's review.
fn is_file(group: &str, kind: &str) -> bool {
    match group {
        "" => matches!(kind, "Config" | "EncryptionConfig"),
        "abac.authorization.kubernetes.io"
        | "admission.k8s.io"
        | "apiserver.k8s.io"
        | "audit.k8s.io"
        | "client.authentication.k8s.io"
        | "credentialprovider.kubelet.k8s.io"
        | "imagepolicy.k8s.io"
        | "kubeadm.k8s.io" => true,
        _ => group.ends_with(".config.k8s.io") || group.ends_with(".admission.k8s.io"),
    }
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
        | ("" | "apps.openshift.io", "DeploymentConfig")
        | ("agones.dev", "GameServer")
        | ("kubeflow.org", "Notebook")
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
        ("agones.dev", "Fleet" | "GameServerSet") => &["spec.template.spec.template"],
        ("batch.volcano.sh", "Job") => &["spec.tasks[].template"],
        ("keda.sh", "ScaledJob") => &["spec.jobTargetRef.template"],
        ("kubeflow.org", "JAXJob") => &["spec.jaxReplicaSpecs{}.template"],
        ("kubeflow.org", "PaddleJob") => &["spec.paddleReplicaSpecs{}.template"],
        ("kubeflow.org", "XGBoostJob") => &["spec.xgbReplicaSpecs{}.template"],
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
    group == "serving.knative.dev" || joins_pods(group, kind)
}

/// Whether the containers of a kind join other pods, so that what holds for a whole pod isn't its to say.
pub fn joins_pods(group: &str, kind: &str) -> bool {
    group == "apps.kruise.io" && kind == "SidecarSet"
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
            ("", "DeploymentConfig", "spec.template"),
            ("argoproj.io", "Rollout", "spec.template"),
            ("batch.volcano.sh", "Job", "spec.tasks[].template"),
            ("keda.sh", "ScaledJob", "spec.jobTargetRef.template"),
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
        assert!(is_cluster_scoped("networking.k8s.io", "IPAddress"));
        assert!(!is_cluster_scoped("ipam.cluster.x-k8s.io", "IPAddress"));
        assert!(is_cluster_scoped("crd.projectcalico.org", "IPPool"));
        assert!(!is_cluster_scoped("crd.projectcalico.org", "NetworkPolicy"));
        assert!(!is_cluster_scoped("projectcalico.org", "PacketCapture"));
        assert!(is_cluster_scoped("policies.kyverno.io", "ValidatingPolicy"));
        assert!(!is_cluster_scoped("policies.kyverno.io", "NamespacedValidatingPolicy"));
        assert!(!is_cluster_scoped("policies.kyverno.io", "PolicyException"));
        for (group, cluster, namespaced) in [
            ("apps.kruise.io", "SidecarSet", "CloneSet"),
            ("crd.antrea.io", "ClusterNetworkPolicy", "NetworkPolicy"),
            ("k8s.ovn.org", "EgressIP", "EgressFirewall"),
            ("kueue.x-k8s.io", "ClusterQueue", "LocalQueue"),
            ("operator.tigera.io", "Installation", "TLSTerminatedRoute"),
        ] {
            assert!(is_cluster_scoped(group, cluster) && !is_cluster_scoped(group, namespaced), "{group}");
        }
        assert!(is_cluster_scoped("argoproj.io", "ClusterWorkflowTemplate"));
        assert!(!is_cluster_scoped("argoproj.io", "WorkflowTemplate"));
        assert!(is_cluster_scoped("", "Config") && is_cluster_scoped("", "EncryptionConfig"));
        assert!(!is_cluster_scoped("config.gatekeeper.sh", "Config"));
        assert!(is_cluster_scoped("kubelet.config.k8s.io", "KubeletConfiguration"));
    }
}
