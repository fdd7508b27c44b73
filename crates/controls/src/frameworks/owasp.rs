//! OWASP Kubernetes Top Ten, 2025 edition, published in March 2026:
//! <https://owasp.org/www-project-kubernetes-top-ten/>.
//!
//! Its ten risks. Numbers moved since the edition of 2022: a reference means this edition's.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const TOP_10_KUBERNETES_RISKS_2025: &str = "Top 10 Kubernetes Risks - 2025";

pub static OWASP: Framework = Framework {
    id: "owasp-kubernetes-2025",
    name: "OWASP Kubernetes Top Ten",
    version: "2025",
    url: "https://owasp.org/www-project-kubernetes-top-ten/",
    requirements: &[
        automated("K01", "Insecure Workload Configurations", TOP_10_KUBERNETES_RISKS_2025),
        automated("K02", "Overly Permissive Authorization Configurations", TOP_10_KUBERNETES_RISKS_2025),
        automated("K03", "Secrets Management Failures", TOP_10_KUBERNETES_RISKS_2025),
        automated("K04", "Lack of Cluster Level Policy Enforcement", TOP_10_KUBERNETES_RISKS_2025),
        automated("K05", "Missing Network Segmentation Controls", TOP_10_KUBERNETES_RISKS_2025),
        automated("K06", "Overly Exposed Kubernetes Components", TOP_10_KUBERNETES_RISKS_2025),
        manual("K07", "Misconfigured and Vulnerable Cluster Components", TOP_10_KUBERNETES_RISKS_2025),
        automated("K08", "Cluster-to-Cloud Lateral Movement", TOP_10_KUBERNETES_RISKS_2025),
        automated("K09", "Broken Authentication Mechanisms", TOP_10_KUBERNETES_RISKS_2025),
        automated("K10", "Inadequate Logging and Monitoring", TOP_10_KUBERNETES_RISKS_2025),
    ],
};
