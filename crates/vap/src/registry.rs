//! Patterns of registries as regular expressions over `registry/repository`.

use plimsoll_kubernetes::ImageReference;

/// `registry.example.com`, `registry.example.com/team`, `*.example.com` and `*`, by the same rules as the
/// controls read them: whole labels and whole parts of the path.
pub(crate) fn expression(pattern: &str) -> String {
    let pattern = pattern.trim_end_matches('/');
    let (host, path) = pattern.split_once('/').unwrap_or((pattern, ""));
    let host = ImageReference::canonical_registry(host);
    let host = match host.strip_prefix("*.") {
        Some(domain) => format!("[^/]+\\.(?i:{})", escaped(domain)),
        None if host == "*" => "[^/]*".to_owned(),
        None => format!("(?i:{})", escaped(host)),
    };
    if path.is_empty() { format!("^{host}/") } else { format!("^{host}/{}(/|$)", escaped(path)) }
}

/// Every character that means something in a regular expression, as itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if r"\.+*?()|[]{}^$".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_keep_whole_labels_and_parts() {
        assert_eq!(expression("registry.example.com/"), r"^(?i:registry\.example\.com)/");
        assert_eq!(expression("docker.io/library"), r"^(?i:docker\.io)/library(/|$)");
        assert_eq!(expression("*.azurecr.io"), r"^[^/]+\.(?i:azurecr\.io)/");
        assert_eq!(expression("index.docker.io/team"), r"^(?i:docker\.io)/team(/|$)");
        assert_eq!(expression("*"), "^[^/]*/");
    }
}
