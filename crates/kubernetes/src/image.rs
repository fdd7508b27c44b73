//! Image references, as container runtimes read them.

/// An image reference taken apart: `registry.example.com:5000/team/app:1.2@sha256:…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageReference<'d> {
    /// The registry's host and port, as [`ImageReference::canonical_registry`] has them; `docker.io` where the
    /// reference names none.
    pub registry: &'d str,
    /// The repository as written, without the registry (`library/` is not added).
    pub repository: &'d str,
    pub tag: Option<&'d str>,
    pub digest: Option<&'d str>,
}

impl<'d> ImageReference<'d> {
    /// `None` for an empty reference, or one without a repository.
    pub fn parse(reference: &'d str) -> Option<Self> {
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (reference, None),
        };
        // The first part is a registry where it could not be a repository: it has a dot or a port, or
        // is `localhost`, or has an upper-case letter (the rule of the distribution project).
        let (registry, rest) = match rest.split_once('/') {
            Some((first, rest))
                if first.contains(['.', ':'])
                    || first == "localhost"
                    || first.bytes().any(|byte| byte.is_ascii_uppercase()) =>
            {
                (first, rest)
            }
            _ => ("docker.io", rest),
        };
        let (repository, tag) = match rest.rsplit_once(':') {
            // `app:` has no tag; no runtime pulls it.
            Some((repository, tag)) if !tag.contains('/') => {
                (repository, Some(tag).filter(|tag| !tag.is_empty()))
            }
            _ => (rest, None),
        };
        let registry = ImageReference::canonical_registry(registry);
        (!repository.is_empty()).then_some(ImageReference { registry, repository, tag, digest })
    }

    /// A registry by one of its names, without the port that all have. Letters stay as they are: hosts are compared
    /// without regard to their size.
    pub fn canonical_registry(host: &str) -> &str {
        const DOCKER_HUB: &[&str] =
            &["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];
        let host = host.strip_suffix(":443").unwrap_or(host);
        if DOCKER_HUB.iter().any(|name| name.eq_ignore_ascii_case(host)) { "docker.io" } else { host }
    }

    /// The last part of the repository: `nginx` of `library/nginx`.
    pub fn short_name(&self) -> &'d str {
        self.repository.rsplit('/').next().unwrap_or(self.repository)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(reference: &str) -> (&str, &str, Option<&str>, Option<&str>) {
        let image = ImageReference::parse(reference).expect(reference);
        (image.registry, image.repository, image.tag, image.digest)
    }

    #[test]
    fn takes_references_apart() {
        assert_eq!(parts("nginx"), ("docker.io", "nginx", None, None));
        assert_eq!(parts("team/app:1.2"), ("docker.io", "team/app", Some("1.2"), None));
        assert_eq!(parts("localhost/app"), ("localhost", "app", None, None));
        assert_eq!(parts("reg:5000/app"), ("reg:5000", "app", None, None), "a port is no tag");
        assert_eq!(parts("reg.io/a/b:1@sha256:00"), ("reg.io", "a/b", Some("1"), Some("sha256:00")));
        assert_eq!(parts("app@sha256:00"), ("docker.io", "app", None, Some("sha256:00")));
        for host in ["index.docker.io", "registry-1.docker.io", "Docker.io:443", "registry.hub.docker.com"] {
            assert_eq!(parts(&format!("{host}/team/app:1")), ("docker.io", "team/app", Some("1"), None));
        }
        assert_eq!(parts("GHCR.io:443/a/b:1"), ("GHCR.io", "a/b", Some("1"), None));
        assert_eq!(parts("reg.io:5443/a"), ("reg.io:5443", "a", None, None), "another port");
        assert_eq!(parts("app:"), ("docker.io", "app", None, None), "an empty tag is none");
        assert_eq!(ImageReference::parse(""), None);
        assert_eq!(ImageReference::parse(":latest"), None);
    }
}
