//! Kubernetes Pod Security Standards at policy version 1.37:
//! <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.
//!
//! The 12 checks of Baseline and the 7 that Restricted adds. The standards name their controls but
//! don't number them: an id here is the level and the id of the check in the API server
//! (`k8s.io/pod-security-admission/policy`).

use plimsoll_engine::framework::Framework;

use super::automated;

const BASELINE: &str = "Baseline";
const RESTRICTED: &str = "Restricted";

pub static PSS: Framework = Framework {
    id: "pss",
    name: "Kubernetes Pod Security Standards",
    version: "1.37",
    url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    requirements: &[
        automated("baseline/appArmorProfile", "AppArmor", BASELINE),
        automated("baseline/capabilities_baseline", "Capabilities", BASELINE),
        automated("baseline/hostNamespaces", "Host namespaces", BASELINE),
        automated("baseline/hostPathVolumes", "HostPath volumes", BASELINE),
        automated("baseline/hostPorts", "Host ports", BASELINE),
        automated("baseline/hostProbesAndHostLifecycle", "Host probes and lifecycle hooks", BASELINE),
        automated("baseline/privileged", "Privileged containers", BASELINE),
        automated("baseline/procMount", "/proc mount type", BASELINE),
        automated("baseline/seLinuxOptions", "SELinux", BASELINE),
        automated("baseline/seccompProfile_baseline", "Seccomp", BASELINE),
        automated("baseline/sysctls", "Sysctls", BASELINE),
        automated("baseline/windowsHostProcess", "HostProcess", BASELINE),
        automated("restricted/allowPrivilegeEscalation", "Privilege escalation", RESTRICTED),
        automated("restricted/capabilities_restricted", "Capabilities", RESTRICTED),
        automated("restricted/procMount_restricted", "/proc mount type", RESTRICTED),
        automated("restricted/restrictedVolumes", "Volume types", RESTRICTED),
        automated("restricted/runAsNonRoot", "Running as non-root", RESTRICTED),
        automated("restricted/runAsUser", "Running as non-root user", RESTRICTED),
        automated("restricted/seccompProfile_restricted", "Seccomp", RESTRICTED),
    ],
};
