//! MITRE ATT&CK for Enterprise 19.1, of May 2026, platform Containers:
//! <https://attack.mitre.org/matrices/enterprise/containers/>.
//!
//! All 48 techniques and sub-techniques of the platform. Ids, platforms and tactics are those of
//! 19.1, in which Stealth and Defense Impairment took the place of Defense Evasion and T1685 that
//! of T1562.001. A technique that serves several tactics names them all, in the matrix's order.
//! Automated says that manifests can show an opening for the technique, not its use.

use plimsoll_engine::framework::Framework;

use super::{automated, manual};

const STEALTH: &str = "TA0005 Stealth";
const DISCOVERY: &str = "TA0007 Discovery";
const EXECUTION_PERSISTENCE_PRIVILEGE_ESCALATION: &str =
    "TA0002 Execution, TA0003 Persistence, TA0004 Privilege Escalation";
const EXECUTION: &str = "TA0002 Execution";
const PRIVILEGE_ESCALATION: &str = "TA0004 Privilege Escalation";
const INITIAL_ACCESS_PERSISTENCE_PRIVILEGE_ESCALATION_STEALTH: &str =
    "TA0001 Initial Access, TA0003 Persistence, TA0004 Privilege Escalation, TA0005 Stealth";
const PERSISTENCE_PRIVILEGE_ESCALATION: &str = "TA0003 Persistence, TA0004 Privilege Escalation";
const CREDENTIAL_ACCESS: &str = "TA0006 Credential Access";
const INITIAL_ACCESS_PERSISTENCE: &str = "TA0001 Initial Access, TA0003 Persistence";
const PERSISTENCE: &str = "TA0003 Persistence";
const INITIAL_ACCESS: &str = "TA0001 Initial Access";
const IMPACT: &str = "TA0040 Impact";
const LATERAL_MOVEMENT: &str = "TA0008 Lateral Movement";
const DEFENSE_IMPAIRMENT: &str = "TA0112 Defense Impairment";

pub static MITRE: Framework = Framework {
    id: "mitre-attack-containers-19.1",
    name: "MITRE ATT&CK for Containers",
    version: "19.1",
    url: "https://attack.mitre.org/matrices/enterprise/containers/",
    requirements: &[
        manual("T1036", "Masquerading", STEALTH),
        manual("T1036.005", "Masquerading: Match Legitimate Resource Name or Location", STEALTH),
        manual("T1036.010", "Masquerading: Masquerade Account Name", STEALTH),
        automated("T1046", "Network Service Discovery", DISCOVERY),
        automated("T1053", "Scheduled Task/Job", EXECUTION_PERSISTENCE_PRIVILEGE_ESCALATION),
        automated(
            "T1053.007",
            "Scheduled Task/Job: Container Orchestration Job",
            EXECUTION_PERSISTENCE_PRIVILEGE_ESCALATION,
        ),
        automated("T1059", "Command and Scripting Interpreter", EXECUTION),
        automated("T1059.013", "Command and Scripting Interpreter: Container CLI/API", EXECUTION),
        automated("T1068", "Exploitation for Privilege Escalation", PRIVILEGE_ESCALATION),
        manual("T1069", "Permission Groups Discovery", DISCOVERY),
        automated("T1070", "Indicator Removal", STEALTH),
        automated("T1078", "Valid Accounts", INITIAL_ACCESS_PERSISTENCE_PRIVILEGE_ESCALATION_STEALTH),
        automated(
            "T1078.001",
            "Valid Accounts: Default Accounts",
            INITIAL_ACCESS_PERSISTENCE_PRIVILEGE_ESCALATION_STEALTH,
        ),
        manual(
            "T1078.003",
            "Valid Accounts: Local Accounts",
            INITIAL_ACCESS_PERSISTENCE_PRIVILEGE_ESCALATION_STEALTH,
        ),
        automated("T1098", "Account Manipulation", PERSISTENCE_PRIVILEGE_ESCALATION),
        automated(
            "T1098.006",
            "Account Manipulation: Additional Container Cluster Roles",
            PERSISTENCE_PRIVILEGE_ESCALATION,
        ),
        manual("T1110", "Brute Force", CREDENTIAL_ACCESS),
        manual("T1110.001", "Brute Force: Password Guessing", CREDENTIAL_ACCESS),
        manual("T1110.003", "Brute Force: Password Spraying", CREDENTIAL_ACCESS),
        manual("T1110.004", "Brute Force: Credential Stuffing", CREDENTIAL_ACCESS),
        automated("T1133", "External Remote Services", INITIAL_ACCESS_PERSISTENCE),
        manual("T1136", "Create Account", PERSISTENCE),
        manual("T1136.001", "Create Account: Local Account", PERSISTENCE),
        manual("T1190", "Exploit Public-Facing Application", INITIAL_ACCESS),
        automated("T1204", "User Execution", EXECUTION),
        automated("T1204.003", "User Execution: Malicious Image", EXECUTION),
        automated("T1485", "Data Destruction", IMPACT),
        automated("T1490", "Inhibit System Recovery", IMPACT),
        automated("T1496", "Resource Hijacking", IMPACT),
        automated("T1496.001", "Resource Hijacking: Compute Hijacking", IMPACT),
        manual("T1496.002", "Resource Hijacking: Bandwidth Hijacking", IMPACT),
        manual("T1498", "Network Denial of Service", IMPACT),
        automated("T1499", "Endpoint Denial of Service", IMPACT),
        automated("T1525", "Implant Internal Image", PERSISTENCE),
        automated("T1528", "Steal Application Access Token", CREDENTIAL_ACCESS),
        automated("T1543", "Create or Modify System Process", PERSISTENCE_PRIVILEGE_ESCALATION),
        automated(
            "T1543.005",
            "Create or Modify System Process: Container Service",
            PERSISTENCE_PRIVILEGE_ESCALATION,
        ),
        automated("T1550", "Use Alternate Authentication Material", LATERAL_MOVEMENT),
        automated(
            "T1550.001",
            "Use Alternate Authentication Material: Application Access Token",
            LATERAL_MOVEMENT,
        ),
        automated("T1552", "Unsecured Credentials", CREDENTIAL_ACCESS),
        automated("T1552.001", "Unsecured Credentials: Credentials In Files", CREDENTIAL_ACCESS),
        automated("T1552.007", "Unsecured Credentials: Container API", CREDENTIAL_ACCESS),
        automated("T1609", "Container Administration Command", EXECUTION),
        automated("T1610", "Deploy Container", EXECUTION),
        automated("T1611", "Escape to Host", PRIVILEGE_ESCALATION),
        automated("T1612", "Build Image on Host", STEALTH),
        automated("T1613", "Container and Resource Discovery", DISCOVERY),
        automated("T1685", "Disable or Modify Tools", DEFENSE_IMPAIRMENT),
    ],
};
