//! What the operator chooses.

use std::fmt;

/// An installation of the server into a cluster.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The namespace of the server. Nothing else should live there: the webhooks pass it over.
    pub namespace: String,
    /// The image, with a tag that isn't `latest`, or a digest.
    pub image: String,
    pub replicas: u32,
    /// Whether cert-manager makes the certificates, instead of the server itself.
    pub cert_manager: bool,
    /// What becomes of a request to a webhook that denies, when no server answers.
    pub failure_policy: FailurePolicy,
    /// Further namespaces that the webhooks pass over, besides the server's own.
    pub excluded_namespaces: Vec<String>,
    /// The admission configuration, as the server reads it.
    pub configuration: String,
}

/// What the API server does when a webhook doesn't answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailurePolicy {
    /// Denies: nothing gets past an outage.
    #[default]
    Fail,
    /// Admits: an outage holds nothing up.
    Ignore,
}

impl fmt::Display for FailurePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FailurePolicy::Fail => "Fail",
            FailurePolicy::Ignore => "Ignore",
        })
    }
}

impl Default for Installation {
    fn default() -> Self {
        Installation {
            namespace: "plimsoll".to_owned(),
            image: concat!("ghcr.io/plimsoll/plimsoll:", env!("CARGO_PKG_VERSION")).to_owned(),
            replicas: 2,
            cert_manager: false,
            failure_policy: FailurePolicy::default(),
            excluded_namespaces: vec!["kube-system".to_owned()],
            configuration: "version: 1\n".to_owned(),
        }
    }
}

impl Installation {
    /// What is wrong with the choices, one line each; empty when nothing is.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (of, name) in std::iter::once(("namespace", &self.namespace))
            .chain(self.excluded_namespaces.iter().map(|name| ("excluded namespace", name)))
        {
            if !is_label(name) {
                problems.push(format!(
                    "{of} {name:?} is no name of a namespace: at most 63 lower-case letters, digits and \
                     dashes, with a letter or digit at both ends"
                ));
            }
        }
        if self.namespace == "kube-system" || self.namespace == "default" {
            problems.push(format!(
                "the webhooks pass over the namespace of the server, so it can't be {}: give it its own",
                self.namespace
            ));
        }
        if let Err(problem) = image(&self.image) {
            problems.push(format!("image {:?} {problem}", self.image));
        }
        if self.replicas == 0 || self.replicas > 50 {
            problems.push(format!(
                "{} replicas can't be: between 1 and 50, 2 and more to survive a node",
                self.replicas
            ));
        }
        problems
    }
}

/// RFC 1123's label, which namespaces are named by.
fn is_label(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

fn image(image: &str) -> Result<(), &'static str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/:@".contains(c);
    if image.is_empty() || !image.chars().all(is_plain) {
        return Err("is no name of an image");
    }
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    if let Some(digest) = digest {
        let hex = digest.strip_prefix("sha256:").unwrap_or_default();
        let is_digest =
            hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        return if is_digest {
            Ok(())
        } else {
            Err("has no whole digest: @sha256: and 64 hexadecimal digits")
        };
    }
    // A colon before the last slash is that of a port.
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.split_once(':') {
        None | Some((_, "")) => Err("has no tag: name a version or a digest"),
        Some((_, "latest")) => Err("has the tag latest, which moves: name a version or a digest"),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(change: impl FnOnce(&mut Installation)) -> Vec<String> {
        let mut installation = Installation::default();
        change(&mut installation);
        installation.problems()
    }

    #[test]
    fn the_default_is_sound() {
        assert_eq!(problems(|_| {}), [""; 0]);
    }

    #[test]
    fn images_name_a_version() {
        let digest = format!("r.example:5000/p@sha256:{}", "0a".repeat(32));
        for good in ["p:1", "r.example:5000/a/p:v1.2", digest.as_str()] {
            assert_eq!(problems(|of| of.image = good.to_owned()), [""; 0], "{good}");
        }
        for bad in
            ["", "p", "p:", "p:latest", "r.example:5000/p", "p@sha256:12", "p:1 --x", "p:1\"", "p:1\ny"]
        {
            assert_eq!(problems(|of| of.image = bad.to_owned()).len(), 1, "{bad}");
        }
    }

    #[test]
    fn namespaces_are_labels_and_the_servers_own() {
        for bad in ["", "A", "-a", "a-", "a.b", "a\"b", "kube-system", "default"] {
            assert_eq!(problems(|of| of.namespace = bad.to_owned()).len(), 1, "{bad}");
        }
        assert_eq!(problems(|of| of.excluded_namespaces.push("*".to_owned())).len(), 1);
    }

    #[test]
    fn replicas_are_a_few() {
        assert_eq!(problems(|of| of.replicas = 0).len(), 1);
        assert_eq!(problems(|of| of.replicas = 1), [""; 0]);
    }
}
