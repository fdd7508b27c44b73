//! CIS Kubernetes Benchmark 1.12, for Kubernetes 1.32 to 1.34, by the Center for Internet Security:
//! <https://www.cisecurity.org/benchmark/kubernetes>.
//!
//! All 131 recommendations. Numbers and titles are those of kube-bench's `cfg/cis-1.12`; titles are
//! shortened by their "Ensure that". The benchmark's own Automated and Manual say whether its audit
//! command decides; here they say whether manifests do, so that most of its chapter 5 is automated
//! and most of its chapters 1 to 4, which inspect nodes and flags, are not.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const CONTROL_PLANE_NODE_CONFIGURATION_FILES: &str = "1.1 Control Plane Node Configuration Files";
const API_SERVER: &str = "1.2 API Server";
const CONTROLLER_MANAGER: &str = "1.3 Controller Manager";
const SCHEDULER: &str = "1.4 Scheduler";
const ETCD: &str = "2 etcd";
const AUTHENTICATION_AND_AUTHORIZATION: &str = "3.1 Authentication and Authorization";
const LOGGING: &str = "3.2 Logging";
const WORKER_NODE_CONFIGURATION_FILES: &str = "4.1 Worker Node Configuration Files";
const KUBELET: &str = "4.2 Kubelet";
const KUBE_PROXY: &str = "4.3 kube-proxy";
const RBAC_AND_SERVICE_ACCOUNTS: &str = "5.1 RBAC and Service Accounts";
const POD_SECURITY_STANDARDS: &str = "5.2 Pod Security Standards";
const NETWORK_POLICIES_AND_CNI: &str = "5.3 Network Policies and CNI";
const SECRETS_MANAGEMENT: &str = "5.4 Secrets Management";
const EXTENSIBLE_ADMISSION_CONTROL: &str = "5.5 Extensible Admission Control";
const GENERAL_POLICIES: &str = "5.6 General Policies";

pub static CIS_KUBERNETES: Framework = Framework {
    id: "cis-kubernetes-1.12",
    name: "CIS Kubernetes Benchmark",
    version: "1.12",
    url: "https://www.cisecurity.org/benchmark/kubernetes",
    requirements: &[
        manual(
            "1.1.1",
            "API server pod specification file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.2",
            "API server pod specification file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.3",
            "Controller manager pod specification file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.4",
            "Controller manager pod specification file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.5",
            "Scheduler pod specification file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.6",
            "Scheduler pod specification file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.7",
            "etcd pod specification file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.8",
            "etcd pod specification file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.9",
            "Container Network Interface file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.10",
            "Container Network Interface file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.11",
            "etcd data directory permissions are set to 700 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.12",
            "etcd data directory ownership is set to etcd:etcd",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.13",
            "Default administrative credential file permissions are set to 600",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.14",
            "Default administrative credential file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.15",
            "scheduler.conf file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.16",
            "scheduler.conf file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.17",
            "controller-manager.conf file permissions are set to 600 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.18",
            "controller-manager.conf file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.19",
            "Kubernetes PKI directory and file ownership is set to root:root",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.20",
            "Kubernetes PKI certificate file permissions are set to 644 or more restrictive",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "1.1.21",
            "Kubernetes PKI key file permissions are set to 600",
            CONTROL_PLANE_NODE_CONFIGURATION_FILES,
        ),
        manual("1.2.1", "--anonymous-auth is set to false", API_SERVER),
        manual("1.2.2", "--token-auth-file is not set", API_SERVER),
        manual("1.2.3", "DenyServiceExternalIPs is enabled", API_SERVER),
        manual("1.2.4", "--kubelet-client-certificate and --kubelet-client-key are set", API_SERVER),
        manual("1.2.5", "--kubelet-certificate-authority is set", API_SERVER),
        manual("1.2.6", "--authorization-mode is not set to AlwaysAllow", API_SERVER),
        manual("1.2.7", "--authorization-mode includes Node", API_SERVER),
        manual("1.2.8", "--authorization-mode includes RBAC", API_SERVER),
        manual("1.2.9", "Admission control plugin EventRateLimit is set", API_SERVER),
        manual("1.2.10", "Admission control plugin AlwaysAdmit is not set", API_SERVER),
        manual("1.2.11", "Admission control plugin AlwaysPullImages is set", API_SERVER),
        manual("1.2.12", "Admission control plugin ServiceAccount is set", API_SERVER),
        manual("1.2.13", "Admission control plugin NamespaceLifecycle is set", API_SERVER),
        manual("1.2.14", "Admission control plugin NodeRestriction is set", API_SERVER),
        manual("1.2.15", "--profiling is set to false", API_SERVER),
        manual("1.2.16", "--audit-log-path is set", API_SERVER),
        manual("1.2.17", "--audit-log-maxage is set to 30 or as appropriate", API_SERVER),
        manual("1.2.18", "--audit-log-maxbackup is set to 10 or as appropriate", API_SERVER),
        manual("1.2.19", "--audit-log-maxsize is set to 100 or as appropriate", API_SERVER),
        manual("1.2.20", "--request-timeout is set", API_SERVER),
        manual("1.2.21", "--service-account-lookup is set to true", API_SERVER),
        manual("1.2.22", "--service-account-key-file is set", API_SERVER),
        manual("1.2.23", "--etcd-certfile and --etcd-keyfile are set", API_SERVER),
        manual("1.2.24", "--tls-cert-file and --tls-private-key-file are set", API_SERVER),
        manual("1.2.25", "--client-ca-file is set", API_SERVER),
        manual("1.2.26", "--etcd-cafile is set", API_SERVER),
        manual("1.2.27", "--encryption-provider-config is set", API_SERVER),
        automated("1.2.28", "Encryption providers are appropriately configured", API_SERVER),
        manual("1.2.29", "API Server only makes use of Strong Cryptographic Ciphers", API_SERVER),
        manual("1.2.30", "--service-account-extend-token-expiration is set to false", API_SERVER),
        manual("1.3.1", "--terminated-pod-gc-threshold is set", CONTROLLER_MANAGER),
        manual("1.3.2", "--profiling is set to false", CONTROLLER_MANAGER),
        manual("1.3.3", "--use-service-account-credentials is set to true", CONTROLLER_MANAGER),
        manual("1.3.4", "--service-account-private-key-file is set", CONTROLLER_MANAGER),
        manual("1.3.5", "--root-ca-file is set", CONTROLLER_MANAGER),
        manual("1.3.6", "RotateKubeletServerCertificate is set to true", CONTROLLER_MANAGER),
        manual("1.3.7", "--bind-address is set to 127.0.0.1", CONTROLLER_MANAGER),
        manual("1.4.1", "--profiling is set to false", SCHEDULER),
        manual("1.4.2", "--bind-address is set to 127.0.0.1", SCHEDULER),
        manual("2.1", "--cert-file and --key-file are set", ETCD),
        manual("2.2", "--client-cert-auth is set to true", ETCD),
        manual("2.3", "--auto-tls is not set to true", ETCD),
        manual("2.4", "--peer-cert-file and --peer-key-file are set", ETCD),
        manual("2.5", "--peer-client-cert-auth is set to true", ETCD),
        manual("2.6", "--peer-auto-tls is not set to true", ETCD),
        manual("2.7", "A unique Certificate Authority is used for etcd", ETCD),
        manual(
            "3.1.1",
            "Client certificate authentication should not be used for users",
            AUTHENTICATION_AND_AUTHORIZATION,
        ),
        manual(
            "3.1.2",
            "Service account token authentication should not be used for users",
            AUTHENTICATION_AND_AUTHORIZATION,
        ),
        manual(
            "3.1.3",
            "Bootstrap token authentication should not be used for users",
            AUTHENTICATION_AND_AUTHORIZATION,
        ),
        automated("3.2.1", "A minimal audit policy is created", LOGGING),
        automated("3.2.2", "Audit policy covers key security concerns", LOGGING),
        manual(
            "4.1.1",
            "kubelet service file permissions are set to 600 or more restrictive",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.2",
            "kubelet service file ownership is set to root:root",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.3",
            "proxy kubeconfig file permissions are set to 600 or more restrictive, where it exists",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.4",
            "proxy kubeconfig file ownership is set to root:root, where it exists",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.5",
            "--kubeconfig kubelet.conf file permissions are set to 600 or more restrictive",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.6",
            "--kubeconfig kubelet.conf file ownership is set to root:root",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.7",
            "Certificate authorities file permissions are set to 644 or more restrictive",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.8",
            "Client certificate authorities file ownership is set to root:root",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.9",
            "kubelet config.yaml permissions are set to 600 or more restrictive, where it is used",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual(
            "4.1.10",
            "kubelet config.yaml ownership is set to root:root, where it is used",
            WORKER_NODE_CONFIGURATION_FILES,
        ),
        manual("4.2.1", "--anonymous-auth is set to false", KUBELET),
        manual("4.2.2", "--authorization-mode is not set to AlwaysAllow", KUBELET),
        manual("4.2.3", "--client-ca-file is set", KUBELET),
        manual("4.2.4", "--read-only-port is set to 0", KUBELET),
        manual("4.2.5", "--streaming-connection-idle-timeout is not set to 0", KUBELET),
        manual("4.2.6", "--make-iptables-util-chains is set to true", KUBELET),
        manual("4.2.7", "--hostname-override is not set", KUBELET),
        manual("4.2.8", "eventRecordQPS is set to a level which ensures appropriate event capture", KUBELET),
        manual("4.2.9", "--tls-cert-file and --tls-private-key-file are set", KUBELET),
        manual("4.2.10", "--rotate-certificates is not set to false", KUBELET),
        manual("4.2.11", "RotateKubeletServerCertificate is set to true", KUBELET),
        manual("4.2.12", "Kubelet only makes use of Strong Cryptographic Ciphers", KUBELET),
        manual("4.2.13", "A limit is set on pod PIDs", KUBELET),
        manual("4.2.14", "--seccomp-default is set to true", KUBELET),
        manual("4.3.1", "kube-proxy metrics service is bound to localhost", KUBE_PROXY),
        automated("5.1.1", "cluster-admin role is only used where required", RBAC_AND_SERVICE_ACCOUNTS),
        automated("5.1.2", "Minimize access to secrets", RBAC_AND_SERVICE_ACCOUNTS),
        automated("5.1.3", "Minimize wildcard use in Roles and ClusterRoles", RBAC_AND_SERVICE_ACCOUNTS),
        automated("5.1.4", "Minimize access to create pods", RBAC_AND_SERVICE_ACCOUNTS),
        automated("5.1.5", "Default service accounts are not actively used", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "5.1.6",
            "Service Account Tokens are only mounted where necessary",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("5.1.7", "Avoid use of system:masters group", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "5.1.8",
            "Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("5.1.9", "Minimize access to create persistent volumes", RBAC_AND_SERVICE_ACCOUNTS),
        automated("5.1.10", "Minimize access to the proxy sub-resource of nodes", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "5.1.11",
            "Minimize access to the approval sub-resource of certificatesigningrequests objects",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated("5.1.12", "Minimize access to webhook configuration objects", RBAC_AND_SERVICE_ACCOUNTS),
        automated(
            "5.1.13",
            "Minimize access to the service account token creation",
            RBAC_AND_SERVICE_ACCOUNTS,
        ),
        automated(
            "5.2.1",
            "Cluster has at least one active policy control mechanism in place",
            POD_SECURITY_STANDARDS,
        ),
        automated("5.2.2", "Minimize the admission of privileged containers", POD_SECURITY_STANDARDS),
        automated(
            "5.2.3",
            "Minimize the admission of containers wishing to share the host process ID namespace",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "5.2.4",
            "Minimize the admission of containers wishing to share the host IPC namespace",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "5.2.5",
            "Minimize the admission of containers wishing to share the host network namespace",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "5.2.6",
            "Minimize the admission of containers with allowPrivilegeEscalation",
            POD_SECURITY_STANDARDS,
        ),
        automated("5.2.7", "Minimize the admission of root containers", POD_SECURITY_STANDARDS),
        automated(
            "5.2.8",
            "Minimize the admission of containers with the NET_RAW capability",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "5.2.9",
            "Minimize the admission of containers with capabilities assigned",
            POD_SECURITY_STANDARDS,
        ),
        automated(
            "5.2.10",
            "Minimize the admission of Windows HostProcess containers",
            POD_SECURITY_STANDARDS,
        ),
        automated("5.2.11", "Minimize the admission of HostPath volumes", POD_SECURITY_STANDARDS),
        automated(
            "5.2.12",
            "Minimize the admission of containers which use HostPorts",
            POD_SECURITY_STANDARDS,
        ),
        manual("5.3.1", "CNI in use supports NetworkPolicies", NETWORK_POLICIES_AND_CNI),
        automated("5.3.2", "All Namespaces have NetworkPolicies defined", NETWORK_POLICIES_AND_CNI),
        automated(
            "5.4.1",
            "Prefer using Secrets as files over Secrets as environment variables",
            SECRETS_MANAGEMENT,
        ),
        manual("5.4.2", "Consider external secret storage", SECRETS_MANAGEMENT),
        manual(
            "5.5.1",
            "Configure Image Provenance using ImagePolicyWebhook admission controller",
            EXTENSIBLE_ADMISSION_CONTROL,
        ),
        manual(
            "5.6.1",
            "Create administrative boundaries between resources using namespaces",
            GENERAL_POLICIES,
        ),
        automated(
            "5.6.2",
            "Seccomp profile is set to docker/default in your Pod definitions",
            GENERAL_POLICIES,
        ),
        automated("5.6.3", "Apply SecurityContext to your Pods and Containers", GENERAL_POLICIES),
        automated("5.6.4", "The default namespace should not be used", GENERAL_POLICIES),
    ],
};
