//! Microsoft's threat matrix for Kubernetes, third version, December 2022, as of January 2023:
//! <https://microsoft.github.io/Threat-Matrix-for-Kubernetes/>.
//!
//! All 40 techniques; the matrix has no MS-TA9032. A technique that serves several tactics names
//! them all, in the matrix's order. Automated says that manifests can show an opening for the
//! technique, not its use.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const INITIAL_ACCESS: &str = "Initial Access";
const INITIAL_ACCESS_DISCOVERY: &str = "Initial Access, Discovery";
const EXECUTION: &str = "Execution";
const PERSISTENCE: &str = "Persistence";
const PERSISTENCE_PRIVILEGE_ESCALATION_LATERAL_MOVEMENT: &str =
    "Persistence, Privilege Escalation, Lateral Movement";
const PERSISTENCE_CREDENTIAL_ACCESS: &str = "Persistence, Credential Access";
const PERSISTENCE_CREDENTIAL_ACCESS_LATERAL_MOVEMENT: &str =
    "Persistence, Credential Access, Lateral Movement";
const PRIVILEGE_ESCALATION: &str = "Privilege Escalation";
const PRIVILEGE_ESCALATION_LATERAL_MOVEMENT: &str = "Privilege Escalation, Lateral Movement";
const DEFENSE_EVASION: &str = "Defense Evasion";
const CREDENTIAL_ACCESS: &str = "Credential Access";
const CREDENTIAL_ACCESS_LATERAL_MOVEMENT: &str = "Credential Access, Lateral Movement";
const DISCOVERY: &str = "Discovery";
const LATERAL_MOVEMENT: &str = "Lateral Movement";
const COLLECTION: &str = "Collection";
const IMPACT: &str = "Impact";

pub static MICROSOFT: Framework = Framework {
    id: "microsoft-threat-matrix-3",
    name: "Microsoft Threat Matrix for Kubernetes",
    version: "3",
    url: "https://microsoft.github.io/Threat-Matrix-for-Kubernetes/",
    requirements: &[
        manual("MS-TA9001", "Using cloud credentials", INITIAL_ACCESS),
        automated("MS-TA9002", "Compromised image in registry", INITIAL_ACCESS),
        manual("MS-TA9003", "Kubeconfig file", INITIAL_ACCESS),
        manual("MS-TA9004", "Application vulnerability", INITIAL_ACCESS),
        automated("MS-TA9005", "Exposed sensitive interfaces", INITIAL_ACCESS_DISCOVERY),
        automated("MS-TA9006", "Exec into container", EXECUTION),
        manual("MS-TA9007", "Bash or cmd inside container", EXECUTION),
        automated("MS-TA9008", "New container", EXECUTION),
        manual("MS-TA9009", "Application exploit (RCE)", EXECUTION),
        automated("MS-TA9010", "SSH server running inside container", EXECUTION),
        automated("MS-TA9011", "Sidecar injection", EXECUTION),
        automated("MS-TA9012", "Backdoor container", PERSISTENCE),
        automated("MS-TA9013", "Writable hostPath mount", PERSISTENCE_PRIVILEGE_ESCALATION_LATERAL_MOVEMENT),
        automated("MS-TA9014", "Kubernetes CronJob", PERSISTENCE),
        automated("MS-TA9015", "Malicious admission controller", PERSISTENCE_CREDENTIAL_ACCESS),
        automated("MS-TA9016", "Container service account", PERSISTENCE_CREDENTIAL_ACCESS_LATERAL_MOVEMENT),
        automated("MS-TA9017", "Static pods", PERSISTENCE),
        automated("MS-TA9018", "Privileged container", PRIVILEGE_ESCALATION),
        automated("MS-TA9019", "Cluster-admin binding", PRIVILEGE_ESCALATION),
        automated("MS-TA9020", "Access cloud resources", PRIVILEGE_ESCALATION_LATERAL_MOVEMENT),
        manual("MS-TA9021", "Clear container logs", DEFENSE_EVASION),
        automated("MS-TA9022", "Delete Kubernetes events", DEFENSE_EVASION),
        manual("MS-TA9023", "Pod or container name similarity", DEFENSE_EVASION),
        manual("MS-TA9024", "Connect from proxy server", DEFENSE_EVASION),
        automated("MS-TA9025", "List Kubernetes secrets", CREDENTIAL_ACCESS),
        automated("MS-TA9026", "Mount service principal", CREDENTIAL_ACCESS),
        automated(
            "MS-TA9027",
            "Application credentials in configuration files",
            CREDENTIAL_ACCESS_LATERAL_MOVEMENT,
        ),
        automated("MS-TA9028", "Access managed identity credentials", CREDENTIAL_ACCESS),
        automated("MS-TA9029", "Access Kubernetes API server", DISCOVERY),
        automated("MS-TA9030", "Access Kubelet API", DISCOVERY),
        automated("MS-TA9031", "Network mapping", DISCOVERY),
        automated("MS-TA9033", "Instance Metadata API", DISCOVERY),
        automated("MS-TA9034", "Cluster internal networking", LATERAL_MOVEMENT),
        automated("MS-TA9035", "CoreDNS poisoning", LATERAL_MOVEMENT),
        automated("MS-TA9036", "ARP poisoning and IP spoofing", LATERAL_MOVEMENT),
        manual("MS-TA9037", "Images from a private registry", COLLECTION),
        automated("MS-TA9038", "Data destruction", IMPACT),
        automated("MS-TA9039", "Resource hijacking", IMPACT),
        automated("MS-TA9040", "Denial of service", IMPACT),
        automated("MS-TA9041", "Collecting data from pod", COLLECTION),
    ],
};
