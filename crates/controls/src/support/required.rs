//! Keys that an organisation asks for.

use plimsoll_kubernetes::Field;

/// Those of the keys that a mapping of labels or annotations doesn't have, in their order.
pub(crate) fn missing<'k>(keys: &'k [String], mapping: &Field<'_>) -> Vec<&'k str> {
    let has = |key: &str| mapping.value().is_some_and(|mapping| mapping.get(key).is_some());
    keys.iter().map(String::as_str).filter(|key| !has(key)).collect()
}
