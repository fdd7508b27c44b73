//! CIS Amazon Elastic Kubernetes Service (EKS) Benchmark 1.8, by the Center for Internet Security:
//! <https://www.cisecurity.org/benchmark/kubernetes>.
//!
//! All 50 recommendations. Numbers and titles are those of kube-bench's `cfg/eks-1.8.0`; titles are
//! shortened by their "Ensure that". Unlike the AKS benchmark it has no recommendation on the
//! approval of certificate signing requests; 4.1.7 is about EKS access entries.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const LOGGING: &str = "2.1 Logging";
const WORKER_NODE_CONFIGURATION_FILES: &str = "3.1 Worker Node Configuration Files";
const KUBELET: &str = "3.2 Kubelet";
const RBAC_AND_SERVICE_ACCOUNTS: &str = "4.1 RBAC and Service Accounts";
const POD_SECURITY_STANDARDS: &str = "4.2 Pod Security Standards";
const CNI_PLUGIN: &str = "4.3 CNI Plugin";
const SECRETS_MANAGEMENT: &str = "4.4 Secrets Management";
const GENERAL_POLICIES: &str = "4.5 General Policies";
const IMAGE_REGISTRY_AND_IMAGE_SCANNING: &str = "5.1 Image Registry and Image Scanning";
const IDENTITY_AND_ACCESS_MANAGEMENT: &str = "5.2 Identity and Access Management (IAM)";
const AWS_EKS_KEY_MANAGEMENT_SERVICE: &str = "5.3 AWS EKS Key Management Service";
const CLUSTER_NETWORKING: &str = "5.4 Cluster Networking";
const AUTHENTICATION_AND_AUTHORIZATION: &str = "5.5 Authentication and Authorization";

pub static CIS_EKS: Framework = Framework {
    id: "cis-eks-1.8",
    name: "CIS EKS Benchmark",
    version: "1.8",
    url: "https://www.cisecurity.org/benchmark/kubernetes",
    requirements: &[
        manual("2.1.1", "Enable audit Logs", LOGGING),
        manual("2.1.2", "Audit logs are collected and managed", LOGGING),
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
            "kubelet configuration file has permissions set to 644 or more restrictive",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "3.1.4",
            "kubelet configuration file ownership is set to root:root",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual("3.2.1", "Anonymous Auth is Not Enabled", KUBELET),
        manual("3.2.2", "--authorization-mode is not set to AlwaysAllow", KUBELET),
        manual("3.2.3", "A Client CA File is Configured", KUBELET),
        manual("3.2.4", "--read-only-port is disabled", KUBELET),
        manual("3.2.5", "--streaming-connection-idle-timeout is not set to 0", KUBELET),
        manual("3.2.6", "--make-iptables-util-chains is set to true", KUBELET),
        manual(
            "3.2.7",
            "--eventRecordQPS is set to 0 or a level which ensures appropriate event capture",
            KUBELET,
        ),
        manual("3.2.8", "--rotate-certificates is not present or is set to true", KUBELET),
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
        manual(
            "4.1.7",
            "Manage access controls with the Cluster Access Manager API",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated(
            "4.1.8",
            "Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("4.1.9", "Minimize access to create PersistentVolume objects", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "4.1.10",
            "Minimize access to the proxy sub-resource of Node objects",
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
        manual("4.3.1", "CNI plugin supports network policies", CNI_PLUGIN),
        automated("4.3.2", "All Namespaces have Network Policies defined", CNI_PLUGIN),
        automated(
            "4.4.1",
            "Prefer using secrets as files over secrets as environment variables",
            SECRETS_MANAGEMENT,
        ),
        manual("4.4.2", "Consider external secret storage", SECRETS_MANAGEMENT),
        manual(
            "4.5.1",
            "Create administrative boundaries between resources using namespaces",
            GENERAL_POLICIES,
        ),
        automated("4.5.2", "The default namespace should not be used", GENERAL_POLICIES),
        manual(
            "5.1.1",
            "Image Vulnerability Scanning using Amazon ECR image scanning or a third party provider",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        manual("5.1.2", "Minimize user access to Amazon ECR", IMAGE_REGISTRY_AND_IMAGE_SCANNING),
        manual(
            "5.1.3",
            "Minimize cluster access to read-only for Amazon ECR",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        automated(
            "5.1.4",
            "Minimize Container Registries to only those approved",
            IMAGE_REGISTRY_AND_IMAGE_SCANNING,
        ),
        automated(
            "5.2.1",
            "Prefer using dedicated Amazon EKS Service Accounts",
            IDENTITY_AND_ACCESS_MANAGEMENT,
        ),
        manual(
            "5.3.1",
            "Kubernetes Secrets are encrypted using Customer Master Keys (CMKs) managed in AWS KMS",
            AWS_EKS_KEY_MANAGEMENT_SERVICE,
        ),
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
        manual(
            "5.5.1",
            "Manage Kubernetes RBAC users with AWS IAM Authenticator, or AWS CLI v1.16.156 or greater",
            AUTHENTICATION_AND_AUTHORIZATION,
        ),
    ],
};
