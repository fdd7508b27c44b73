//! Patterns of image registries, as `allowed-registries` and `denied-registries` write them.

use plimsoll_kubernetes::ImageReference;

/// Whether an image comes from what a pattern names: `registry.example.com`, `registry.example.com/team`
/// or `*.example.com`. Whole labels and whole path parts count: `registry.example.com` does not match
/// `registry.example.com.evil.net`, nor `registry.example.com/team` the repository `team-b/app`.
pub(crate) fn matches(pattern: &str, image: &ImageReference<'_>) -> bool {
    let pattern = pattern.trim_end_matches('/');
    let (host, path) = pattern.split_once('/').unwrap_or((pattern, ""));
    let host = ImageReference::canonical_registry(host);
    let host_matches = match host.strip_prefix("*.") {
        Some(domain) => image.registry.len().checked_sub(domain.len()).is_some_and(|at| {
            let (rest, end) = (image.registry.get(..at), image.registry.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(domain))
                && rest.is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
        }),
        None => host == "*" || host.eq_ignore_ascii_case(image.registry),
    };
    let path_matches = || {
        let repository = canonical_repository(image);
        repository.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    host_matches && (path.is_empty() || path_matches())
}

/// Docker Hub's official images live under `library/`.
fn canonical_repository(image: &ImageReference<'_>) -> String {
    if image.registry == "docker.io" && !image.repository.contains('/') {
        format!("library/{}", image.repository)
    } else {
        image.repository.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, image: &str) -> bool {
        matches(pattern, &ImageReference::parse(image).expect("an image"))
    }

    #[test]
    fn whole_hosts_and_whole_path_parts_count() {
        assert!(check("registry.example.com", "registry.example.com/team/app:1"));
        assert!(check("registry.example.com/team", "registry.example.com/team/app:1"));
        assert!(check("registry.example.com/team/app", "registry.example.com/team/app:1"));
        assert!(check("*.azurecr.io", "shop.azurecr.io/app"));
        assert!(check("docker.io/library", "nginx"));
        assert!(check("docker.io", "team/app"));
        assert!(check("REGISTRY.example.com:5000", "registry.example.com:5000/app"));

        assert!(check("*.azurecr.io", "SHOP.AzureCR.io:443/app"));
        assert!(check("docker.io", "registry-1.docker.io/team/app"));
        assert!(check("index.docker.io/library", "nginx"));
        assert!(check("registry.example.com:443", "registry.example.com/app"));

        assert!(!check("registry.example.com", "registry.example.com.evil.net/app"));
        assert!(!check("registry.example.com/team", "registry.example.com/team-b/app"));
        assert!(!check("*.azurecr.io", "azurecr.io/app"));
        assert!(!check("*.azurecr.io", "evilazurecr.io/app"));
        assert!(!check("registry.example.com", "registry.example.com:5000/app"), "another port");
        assert!(!check("library", "nginx"), "a host is named, not a repository");
    }
}
