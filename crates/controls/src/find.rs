//! Finding controls by what people call them.

use crate::{ENTRIES, Entry};

/// The entry of a control's id.
pub fn entry(id: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.control.id == id)
}

/// Every control that goes by a name: its id, an area (`pod/` or `pod/*`), or an alias with or
/// without the tool's name (`checkov:CKV_K8S_16`, `CKV_K8S_16`, `KSV017`, `Container Is Privileged`).
pub fn named(name: &str) -> Vec<&'static Entry> {
    let area = name.strip_suffix('*').unwrap_or(name).strip_suffix('/');
    let spelling = trivy_alias(name).or_else(|| kics_alias(name));
    ENTRIES
        .iter()
        .filter(|entry| {
            entry.control.is_called(name)
                || area.is_some_and(|area| entry.control.area() == area)
                || spelling.as_ref().is_some_and(|alias| entry.control.is_called(alias))
        })
        .collect()
}

/// Trivy has written its ids in several ways: `KSV017`, `AVD-KSV-0017`, `KSV-0017`.
fn trivy_alias(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    let name = name.strip_prefix("TRIVY:").unwrap_or(&name);
    let name = name.strip_prefix("AVD-").unwrap_or(name);
    ["KSV", "KCV"].into_iter().find_map(|family| {
        let digits = name.strip_prefix(family)?;
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        let number: u32 = digits.parse().ok()?;
        // KSV-0109 and KSV-01010 are both real: five digits stay as they are.
        Some(if digits.len() > 4 { format!("{family}-{digits}") } else { format!("{family}-{number:04}") })
    })
}

/// KICS names its queries in words, which stand with hyphens here: `kics:Container-Is-Privileged`.
fn kics_alias(name: &str) -> Option<String> {
    const TOOL: &str = "kics:";
    let named = name.split_at_checked(TOOL.len()).filter(|(tool, _)| tool.eq_ignore_ascii_case(TOOL));
    let query = named.map_or(name, |(_, query)| query);
    let words: Vec<_> = query.split_whitespace().collect();
    (words.len() > 1).then(|| format!("{TOOL}{}", words.join("-")))
}

/// The id most like a name that isn't known, for "did you mean".
pub fn nearest(name: &str) -> Option<&'static str> {
    plimsoll_engine::nearest(name, ENTRIES.iter().map(|entry| entry.control.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trivy_ids_are_known_in_every_spelling() {
        for name in ["KSV017", "KSV-0017", "AVD-KSV-0017", "ksv-17", "trivy:KSV-0017"] {
            assert_eq!(trivy_alias(name).as_deref(), Some("KSV-0017"), "{name}");
        }
        assert_eq!(trivy_alias("KSV-01010").as_deref(), Some("KSV-01010"));
        assert_eq!(trivy_alias("CKV_K8S_1"), None);
    }

    #[test]
    fn queries_of_kics_are_known_by_their_words() {
        let ids = |name: &str| named(name).iter().map(|entry| entry.control.id).collect::<Vec<_>>();
        for name in [
            "kics:Container-Is-Privileged",
            "kics:Container Is Privileged",
            "KICS: container is privileged",
            "Container Is Privileged",
        ] {
            assert_eq!(ids(name), ["pod/privileged"], "{name}");
        }
        assert_eq!(ids("Tiller (Helm v2) Is Deployed"), ["addon/tiller"]);
        // The words of one tool alone.
        for name in ["run as non root", "kics:", "é", "pod/host pid"] {
            assert!(ids(name).is_empty(), "{name}");
        }
    }
}
