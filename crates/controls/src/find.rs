//! Finding controls by what people call them.

use crate::{ENTRIES, Entry};

/// The entry of a control's id.
pub fn entry(id: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.control.id == id)
}

/// Every control that goes by a name: its id, an area (`pod/` or `pod/*`), or an alias with or
/// without the tool's name (`checkov:CKV_K8S_16`, `CKV_K8S_16`, `KSV017`).
pub fn named(name: &str) -> Vec<&'static Entry> {
    let area = name.strip_suffix('*').unwrap_or(name).strip_suffix('/');
    let trivy = trivy_alias(name);
    ENTRIES
        .iter()
        .filter(|entry| {
            entry.control.is_called(name)
                || area.is_some_and(|area| entry.control.area() == area)
                || trivy.as_ref().is_some_and(|alias| entry.control.is_called(alias))
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
}
