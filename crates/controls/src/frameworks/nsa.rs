//! Kubernetes Hardening Guide 1.2, August 2022, by the National Security Agency and the
//! Cybersecurity and Infrastructure Security Agency:
//! <https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF>.
//!
//! The guide numbers nothing. Ids and most titles here are our own words for its sections and
//! recommendations; `section` is its chapter.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const KUBERNETES_POD_SECURITY: &str = "Kubernetes Pod security";
const NETWORK_SEPARATION_AND_HARDENING: &str = "Network separation and hardening";
const AUTHENTICATION_AND_AUTHORIZATION: &str = "Authentication and authorization";
const AUDIT_LOGGING_AND_THREAT_DETECTION: &str = "Audit logging and threat detection";
const UPGRADING_AND_APPLICATION_SECURITY_PRACTICES: &str = "Upgrading and application security practices";

pub static NSA: Framework = Framework {
    id: "nsa-cisa-1.2",
    name: "NSA/CISA Kubernetes Hardening Guide",
    version: "1.2",
    url: "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF",
    requirements: &[
        automated("pod-security/non-root", "Containers run as a non-root user", KUBERNETES_POD_SECURITY),
        automated(
            "pod-security/root-group",
            "Containers run without membership in the root group",
            KUBERNETES_POD_SECURITY,
        ),
        manual("pod-security/rootless-engine", "Rootless container engines", KUBERNETES_POD_SECURITY),
        automated(
            "pod-security/immutable-filesystem",
            "Immutable container file systems",
            KUBERNETES_POD_SECURITY,
        ),
        automated("pod-security/images", "Images come from trusted repositories", KUBERNETES_POD_SECURITY),
        manual(
            "pod-security/image-scanning",
            "Images are scanned for vulnerabilities and misconfigurations",
            KUBERNETES_POD_SECURITY,
        ),
        automated(
            "pod-security/enforcement",
            "Pod security is enforced by a technical control",
            KUBERNETES_POD_SECURITY,
        ),
        automated("pod-security/privileged", "No privileged containers", KUBERNETES_POD_SECURITY),
        automated(
            "pod-security/host-namespaces",
            "No host PID, IPC or network namespace",
            KUBERNETES_POD_SECURITY,
        ),
        automated("pod-security/host-path", "No access to the host file system", KUBERNETES_POD_SECURITY),
        automated("pod-security/privilege-escalation", "No escalation to root", KUBERNETES_POD_SECURITY),
        automated(
            "pod-security/selinux",
            "SELinux labels where the platform has SELinux",
            KUBERNETES_POD_SECURITY,
        ),
        automated("pod-security/apparmor", "AppArmor profiles", KUBERNETES_POD_SECURITY),
        automated("pod-security/seccomp", "Seccomp profiles", KUBERNETES_POD_SECURITY),
        automated(
            "pod-security/service-account-tokens",
            "Protecting Pod service account tokens",
            KUBERNETES_POD_SECURITY,
        ),
        manual(
            "pod-security/container-environments",
            "Hardening container environments",
            KUBERNETES_POD_SECURITY,
        ),
        automated("network/namespaces", "Namespaces partition the cluster", NETWORK_SEPARATION_AND_HARDENING),
        automated(
            "network/system-namespaces",
            "No user Pods in kube-system or kube-public",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        manual(
            "network/cni",
            "A CNI plugin that supports the NetworkPolicy API",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        automated("network/policies", "Network policies isolate resources", NETWORK_SEPARATION_AND_HARDENING),
        automated(
            "network/default-deny",
            "A default policy denies all ingress and egress",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        automated(
            "network/resource-policies",
            "Resource policies limit namespaces and Pods",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        manual("network/control-plane", "Control plane hardening", NETWORK_SEPARATION_AND_HARDENING),
        manual(
            "network/etcd",
            "Access to etcd is limited to API servers, over TLS",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        manual("network/kubeconfig", "Kubeconfig files are protected", NETWORK_SEPARATION_AND_HARDENING),
        manual("network/worker-nodes", "Worker node segmentation", NETWORK_SEPARATION_AND_HARDENING),
        automated(
            "network/encryption",
            "Traffic is encrypted with TLS 1.2 or 1.3",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        automated(
            "network/secrets",
            "Credentials are kept in Secrets, not in configuration files",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        automated(
            "network/secrets-encryption",
            "Secrets are encrypted at rest",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        automated(
            "network/cloud-metadata",
            "Protecting sensitive cloud infrastructure",
            NETWORK_SEPARATION_AND_HARDENING,
        ),
        automated("auth/anonymous", "Anonymous requests are refused", AUTHENTICATION_AND_AUTHORIZATION),
        manual("auth/authentication", "Strong user authentication", AUTHENTICATION_AND_AUTHORIZATION),
        manual("auth/rbac", "Role-based access control is on", AUTHENTICATION_AND_AUTHORIZATION),
        automated(
            "auth/least-privilege",
            "Users, groups and service accounts have least privilege",
            AUTHENTICATION_AND_AUTHORIZATION,
        ),
        automated(
            "audit/logging",
            "Audit logging is on, with an audit policy",
            AUDIT_LOGGING_AND_THREAT_DETECTION,
        ),
        manual(
            "audit/container-logging",
            "Worker node and container logging",
            AUDIT_LOGGING_AND_THREAT_DETECTION,
        ),
        manual("audit/seccomp", "Seccomp in audit mode", AUDIT_LOGGING_AND_THREAT_DETECTION),
        manual("audit/syslog", "Syslog", AUDIT_LOGGING_AND_THREAT_DETECTION),
        manual("audit/siem", "SIEM platforms", AUDIT_LOGGING_AND_THREAT_DETECTION),
        manual("audit/service-mesh", "Service meshes", AUDIT_LOGGING_AND_THREAT_DETECTION),
        manual(
            "audit/persistence",
            "Logs outlive node, Pod and container failure",
            AUDIT_LOGGING_AND_THREAT_DETECTION,
        ),
        manual("audit/alerting", "Threat detection and alerting", AUDIT_LOGGING_AND_THREAT_DETECTION),
        manual(
            "upgrading/patches",
            "Security patches and updates are applied promptly",
            UPGRADING_AND_APPLICATION_SECURITY_PRACTICES,
        ),
        manual(
            "upgrading/scans",
            "Periodic vulnerability scans and penetration tests",
            UPGRADING_AND_APPLICATION_SECURITY_PRACTICES,
        ),
        manual(
            "upgrading/unused-components",
            "Unused components are removed",
            UPGRADING_AND_APPLICATION_SECURITY_PRACTICES,
        ),
    ],
};
