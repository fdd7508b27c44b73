//! The security frameworks that controls refer to, as data: which requirements each has.
//!
//! One file a framework. A control names the requirements it speaks for with the constructors
//! here: `frameworks: &[pss("baseline/privileged"), cis("5.2.2"), mitre("T1611")]`.

mod cis_aks;
mod cis_eks;
mod cis_kubernetes;
mod microsoft;
mod mitre;
mod nsa;
mod owasp;
mod pss;

use plimsoll_engine::framework::{Decided, Framework, Reference, Requirement};

pub use cis_aks::CIS_AKS;
pub use cis_eks::CIS_EKS;
pub use cis_kubernetes::CIS_KUBERNETES;
pub use microsoft::MICROSOFT;
pub use mitre::MITRE;
pub use nsa::NSA;
pub use owasp::OWASP;
pub use pss::PSS;

/// Every framework, in the order in which they are shown.
pub static ALL: &[&Framework] =
    &[&PSS, &CIS_KUBERNETES, &CIS_AKS, &CIS_EKS, &NSA, &MITRE, &MICROSOFT, &OWASP];

/// The framework with this id: `cis-kubernetes-1.12`.
pub fn framework(id: &str) -> Option<&'static Framework> {
    ALL.iter().copied().find(|framework| framework.id == id)
}

/// Pod Security Standards: `baseline/privileged`.
pub const fn pss(requirement: &'static str) -> Reference {
    reference(&PSS, requirement)
}

/// CIS Kubernetes Benchmark: `5.2.2`.
pub const fn cis(requirement: &'static str) -> Reference {
    reference(&CIS_KUBERNETES, requirement)
}

/// CIS AKS Benchmark: `4.2.1`.
pub const fn aks(requirement: &'static str) -> Reference {
    reference(&CIS_AKS, requirement)
}

/// CIS EKS Benchmark: `4.2.1`.
pub const fn eks(requirement: &'static str) -> Reference {
    reference(&CIS_EKS, requirement)
}

/// NSA/CISA Kubernetes Hardening Guide: `pod-security/privileged`.
pub const fn nsa(requirement: &'static str) -> Reference {
    reference(&NSA, requirement)
}

/// MITRE ATT&CK, platform Containers: `T1611`.
pub const fn mitre(requirement: &'static str) -> Reference {
    reference(&MITRE, requirement)
}

/// Microsoft's threat matrix for Kubernetes: `MS-TA9018`.
pub const fn microsoft(requirement: &'static str) -> Reference {
    reference(&MICROSOFT, requirement)
}

/// OWASP Kubernetes Top Ten: `K01`.
pub const fn owasp(requirement: &'static str) -> Reference {
    reference(&OWASP, requirement)
}

const fn reference(framework: &'static Framework, requirement: &'static str) -> Reference {
    Reference { framework: framework.id, requirement }
}

/// A requirement that manifests decide, at least in part.
const fn automated(id: &'static str, title: &'static str, section: &'static str) -> Requirement {
    Requirement { id, title, section, decided: Decided::Automated }
}

/// A requirement that only a person decides, or a program that sees more than manifests. Controls that speak
/// for it can show that it isn't met.
const fn manual(id: &'static str, title: &'static str, section: &'static str) -> Requirement {
    Requirement { id, title, section, decided: Decided::Manual }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ENTRIES;

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = ALL.iter().map(|framework| framework.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for framework in ALL {
            let ids: BTreeSet<_> = framework.requirements.iter().map(|r| r.id).collect();
            assert_eq!(ids.len(), framework.requirements.len(), "{} repeats an id", framework.id);
        }
    }

    #[test]
    fn every_framework_is_whole() {
        let sizes: Vec<_> =
            ALL.iter().map(|framework| (framework.id, framework.requirements.len())).collect();
        assert_eq!(
            sizes,
            [
                ("pss", 12 + 7),
                ("cis-kubernetes-1.12", 131),
                ("cis-aks-1.8", 51),
                ("cis-eks-1.8", 50),
                ("nsa-cisa-1.2", 45),
                ("mitre-attack-containers-19.1", 48),
                ("microsoft-threat-matrix-3", 40),
                ("owasp-kubernetes-2025", 10),
            ]
        );
    }

    /// 1.2.9 comes before 1.2.10, and a chapter has no hole.
    #[test]
    fn benchmark_numbers_run_on() {
        for framework in [&CIS_KUBERNETES, &CIS_AKS, &CIS_EKS] {
            let mut last: Vec<u32> = Vec::new();
            for requirement in framework.requirements {
                let number: Vec<u32> =
                    requirement.id.split('.').map(|part| part.parse().expect("a number")).collect();
                let (tail, chapter) = number.split_last().expect("a number");
                let follows = match last.split_last() {
                    Some((before, same)) if same == chapter => *tail == before + 1,
                    _ => number > last && *tail == 1,
                };
                assert!(follows, "{}: {} after {last:?}", framework.id, requirement.id);
                last = number;
            }
        }
    }

    /// A benchmark's section repeats the number that its requirements begin with.
    #[test]
    fn benchmark_sections_hold_their_requirements() {
        for framework in [&CIS_KUBERNETES, &CIS_AKS, &CIS_EKS] {
            for requirement in framework.requirements {
                let (number, _) = requirement.section.split_once(' ').expect("a number and a name");
                let inside = requirement.id.strip_prefix(number).is_some_and(|rest| rest.starts_with('.'));
                assert!(inside, "{}: {} in {}", framework.id, requirement.id, requirement.section);
            }
        }
    }

    #[test]
    fn controls_refer_to_requirements_that_exist() {
        for entry in ENTRIES {
            for reference in entry.control.frameworks {
                let known = framework(reference.framework).and_then(|f| f.requirement(reference.requirement));
                assert!(known.is_some(), "{} refers to {reference:?}", entry.control.id);
            }
        }
    }

    #[test]
    fn what_manifests_decide_has_a_control() {
        for framework in ALL {
            for requirement in framework.requirements {
                let is_spoken_for =
                    ENTRIES.iter().flat_map(|entry| entry.control.frameworks).any(|reference| {
                        reference.framework == framework.id && requirement.holds(reference.requirement)
                    });
                let is_automated = requirement.decided == Decided::Automated;
                assert!(is_spoken_for || !is_automated, "{} {}", framework.id, requirement.id);
            }
        }
    }

    /// The benchmarks of the managed services repeat requirements of the one for Kubernetes: what speaks for
    /// one speaks for its twins.
    #[test]
    fn twins_stand_together() {
        const TWINS: &[(&str, Option<&str>, Option<&str>)] = &[
            ("5.1.1", Some("4.1.1"), Some("4.1.1")),
            ("5.1.2", Some("4.1.2"), Some("4.1.2")),
            ("5.1.3", Some("4.1.3"), Some("4.1.3")),
            ("5.1.4", Some("4.1.4"), Some("4.1.4")),
            ("5.1.5", Some("4.1.5"), Some("4.1.5")),
            ("5.1.6", Some("4.1.6"), Some("4.1.6")),
            ("5.1.8", Some("4.1.7"), Some("4.1.8")),
            ("5.1.9", Some("4.1.8"), Some("4.1.9")),
            ("5.1.10", Some("4.1.9"), Some("4.1.10")),
            ("5.1.11", Some("4.1.10"), None),
            ("5.1.12", Some("4.1.11"), Some("4.1.11")),
            ("5.1.13", Some("4.1.12"), Some("4.1.12")),
            ("5.2.2", Some("4.2.1"), Some("4.2.1")),
            ("5.2.3", Some("4.2.2"), Some("4.2.2")),
            ("5.2.4", Some("4.2.3"), Some("4.2.3")),
            ("5.2.5", Some("4.2.4"), Some("4.2.4")),
            ("5.2.6", Some("4.2.5"), Some("4.2.5")),
            ("5.3.1", None, Some("4.3.1")),
            ("5.3.2", Some("4.4.2"), Some("4.3.2")),
            ("5.4.1", Some("4.5.1"), Some("4.4.1")),
            ("5.4.2", Some("4.5.2"), Some("4.4.2")),
            ("5.6.1", Some("4.6.1"), Some("4.5.1")),
            ("5.6.3", Some("4.6.2"), None),
            ("5.6.4", Some("4.6.3"), Some("4.5.2")),
        ];
        for entry in ENTRIES {
            let control = entry.control;
            let speaks = |reference: Reference| control.frameworks.contains(&reference);
            for (kubernetes, on_aks, on_eks) in TWINS {
                for twin in [on_aks.map(aks), on_eks.map(eks)].into_iter().flatten() {
                    assert_eq!(
                        speaks(cis(kubernetes)),
                        speaks(twin),
                        "{}: {kubernetes}, {twin:?}",
                        control.id
                    );
                }
            }
        }
    }

    /// Only ATT&CK counts parts of a requirement.
    #[test]
    fn sub_techniques_are_the_only_parts() {
        for framework in ALL {
            for whole in framework.requirements {
                for part in framework.requirements {
                    let is_part = whole.id != part.id && whole.holds(part.id);
                    assert!(
                        !is_part || framework.id == MITRE.id,
                        "{}: {} in {}",
                        framework.id,
                        part.id,
                        whole.id
                    );
                }
            }
        }
        let held: Vec<_> = MITRE.requirements.iter().filter(|r| r.holds("T1552.007")).map(|r| r.id).collect();
        assert_eq!(held, ["T1552", "T1552.007"]);
    }

    #[test]
    fn frameworks_are_found_by_id() {
        assert_eq!(framework("pss").map(|f| f.name), Some(PSS.name));
        assert!(framework("PSS").is_none());
        assert!(framework("").is_none());
    }
}
