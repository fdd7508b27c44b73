//! CIS Azure Kubernetes Service (AKS) Benchmark 1.8, by the Center for Internet Security:
//! <https://www.cisecurity.org/benchmark/kubernetes>.
//!
//! All 51 recommendations. Numbers and titles are those of kube-bench's `cfg/aks-1.8`; titles are
//! shortened by their "Ensure that". Sections 1, 4.3 and 5.6 hold no recommendation there. That
//! tool still calls section 4.2 by its former name, Pod Security Policies.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const LOGGING: &str = "2.1 Logging";
const WORKER_NODE_CONFIGURATION_FILES: &str = "3.1 Worker Node Configuration Files";
const KUBELET: &str = "3.2 Kubelet";
const RBAC_AND_SERVICE_ACCOUNTS: &str = "4.1 RBAC and Service Accounts";
const POD_SECURITY_STANDARDS: &str = "4.2 Pod Security Standards";
const CNI_PLUGIN: &str = "4.4 CNI Plugin";
const SECRETS_MANAGEMENT: &str = "4.5 Secrets Management";
const GENERAL_POLICIES: &str = "4.6 General Policies";
const IMAGE_REGISTRY_AND_IMAGE_SCANNING: &str = "5.1 Image Registry and Image Scanning";
const ACCESS_AND_IDENTITY_OPTIONS: &str = "5.2 Access and identity options";
const KEY_MANAGEMENT_SERVICE: &str = "5.3 Key Management Service (KMS)";
const CLUSTER_NETWORKING: &str = "5.4 Cluster Networking";
const AUTHENTICATION_AND_AUTHORIZATION: &str = "5.5 Authentication and Authorization";

pub static CIS_AKS: Framework = Framework {
    id: "cis-aks-1.8",
    name: "CIS AKS Benchmark",
    version: "1.8",
    url: "https://www.cisecurity.org/benchmark/kubernetes",
    requirements: &[
        manual("2.1.1", "Enable audit Logs", LOGGING),
        manual(
            "3.1.1",
            "kubeconfig file permissions are set to 644 or more restrictive",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "3.1.2",
            "kubelet kubeconfig file ownership is set to root:root",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "3.1.3",
            "azure.json file has permissions set to 644 or more restrictive",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual("3.1.4", "azure.json file ownership is set to root:root", WORKER_NODE_CONFIGURATION_FILES),
        manual("3.2.1", "--anonymous-auth is set to false", KUBELET),
        manual("3.2.2", "--authorization-mode is not set to AlwaysAllow", KUBELET),
        manual("3.2.3", "--client-ca-file is set", KUBELET),
        manual("3.2.4", "--read-only-port is secured", KUBELET),
        manual("3.2.5", "--streaming-connection-idle-timeout is not set to 0", KUBELET),
        manual("3.2.6", "--make-iptables-util-chains is set to true", KUBELET),
        manual(
            "3.2.7",
            "--eventRecordQPS is set to 0 or a level which ensures appropriate event capture",
            KUBELET,
        ),
        manual("3.2.8", "--rotate-certificates is not set to false", KUBELET),
        manual("3.2.9", "RotateKubeletServerCertificate is set to true", KUBELET),
        automated("4.1.1", "cluster-admin role is only used where required", RBAC_AND_SERVICE_ACCOUNTS),
        automated("4.1.2", "Minimize access to secrets", RBAC_AND_SERVICE_ACCOUNTS),
        automated("4.1.3", "Minimize wildcard use in Roles and ClusterRoles", RBAC_AND_SERVICE_ACCOUNTS),
        automated("4.1.4", "Minimize access to create pods", RBAC_AND_SERVICE_ACCOUNTS),
        automated("4.1.5", "Default service accounts are not actively used", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "4.1.6",
            "Service Account Tokens are only mounted where necessary",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated(
            "4.1.7",
            "Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("4.1.8", "Minimize access to create Persistent Volumes", RBAC_AND_SERVICE_ACCOUNTS),
        automated("4.1.9", "Minimize access to the proxy sub-resource of Nodes", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "4.1.10",
            "Minimize access to the approval sub-resource of CertificateSigningRequests objects",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("4.1.11", "Minimize access to webhook configuration objects", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "4.1.12",
            "Minimize access to the service account token creation",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("4.2.1", "Minimize the admission of privileged containers", POD_SECURITY_STANDARDS),
        automated(
            "4.2.2",
            "Minimize the admission of containers wishing to share the host process ID namespace",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "4.2.3",
            "Minimize the admission of containers wishing to share the host IPC namespace",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "4.2.4",
            "Minimize the admission of containers wishing to share the host network namespace",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "4.2.5",
            "Minimize the admission of containers with allowPrivilegeEscalation",
            POD_SECURITY_STANDARDS,
        ),
        manual("4.4.1", "Latest CNI version is used", CNI_PLUGIN),
        automated("4.4.2", "All Namespaces have Network Policies defined", CNI_PLUGIN),
        automated(
            "4.5.1",
            "Prefer using secrets as files over secrets as environment variables",
            SECRETS_MANAGEMENT,
        ),
        manual("4.5.2", "Consider external secret storage", SECRETS_MANAGEMENT),
        manual(
            "4.6.1",
            "Create administrative boundaries between resources using namespaces",
            GENERAL_POLICIES,
        ),
        automated("4.6.2", "Apply Security Context to Your Pods and Containers", GENERAL_POLICIES),
        automated("4.6.3", "The default namespace should not be used", GENERAL_POLICIES),
        manual(
            "5.1.1",
            "Image Vulnerability Scanning using Microsoft Defender for Cloud (MDC) image scanning or a third party provider",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        manual(
            "5.1.2",
            "Minimize user access to Azure Container Registry (ACR)",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        manual(
            "5.1.3",
            "Minimize cluster access to read-only for Azure Container Registry (ACR)",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        automated(
            "5.1.4",
            "Minimize Container Registries to only those approved",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        automated("5.2.1", "Prefer using dedicated AKS Service Accounts", ACCESS_AND_IDENTITY_OPTIONS),
        manual("5.3.1", "Kubernetes Secrets are encrypted", KEY_MANAGEMENT_SERVICE),
        manual("5.4.1", "Restrict Access to the Control Plane Endpoint", CLUSTER_NETWORKING),
        manual(
            "5.4.2",
            "Clusters are created with Private Endpoint Enabled and Public Access Disabled",
            CLUSTER_NETWORKING,
        ),
        manual("5.4.3", "Clusters are created with Private Nodes", CLUSTER_NETWORKING),
        manual("5.4.4", "Network Policy is Enabled and set as appropriate", CLUSTER_NETWORKING),
        automated(
            "5.4.5",
            "Encrypt traffic to HTTPS load balancers with TLS certificates",
            CLUSTER_NETWORKING,
        ),
        manual("5.5.1", "Manage Kubernetes RBAC users with Azure AD", AUTHENTICATION_AND_AUTHORIZATION),
        manual("5.5.2", "Use Azure RBAC for Kubernetes Authorization", AUTHENTICATION_AND_AUTHORIZATION),
    ],
};
