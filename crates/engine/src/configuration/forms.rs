//! What the texts of parameters look like. One that could never match would turn its control off in silence.

/// Whether a text is one that a parameter can hold. The error says what to write.
pub fn check(key: &str, text: &str) -> Result<(), String> {
    match key {
        "allowed-registries" | "denied-registries" => registry(text),
        "required-labels" => label_key(text),
        "required-annotations" => annotation_key(text),
        _ => Ok(()),
    }
}

/// `host`, `host/path`, `*.host`, or `*` for any host.
fn registry(text: &str) -> Result<(), String> {
    let shown = text.escape_debug();
    let no = |why: &str, instead: &str| Err(format!("\"{shown}\" {why}: write {instead}"));
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return no("has white space in it", "host, host/path or *.host without it");
    }
    if let Some((_, rest)) = text.split_once("://") {
        return no("has a scheme", &format!("{} without it", rest.trim_end_matches('/').escape_debug()));
    }
    if text.contains('@') {
        return no("has a digest", "the host, or the host and a path, without it");
    }
    let pattern = text.strip_suffix('/').unwrap_or(text);
    let (host, path) = match pattern.split_once('/') {
        Some((host, path)) => (host, Some(path)),
        None => (pattern, None),
    };
    let is_all_below = path == Some("*") || path == Some("**");
    if is_all_below && !is_host(host, false) && host != "*" {
        return no("is a folder of Docker Hub", &format!("docker.io/{}", host.escape_debug()));
    }
    if is_all_below {
        return no(
            "has * in its path",
            &format!("{}, which holds for all that is below", host.escape_debug()),
        );
    }
    let is_any = host == "*";
    let below = host.strip_prefix("*.");
    let domain = below.unwrap_or(host);
    if path.is_some_and(|path| path.contains('*')) || (!is_any && domain.contains('*')) {
        return no("has * where it means nothing", "* alone, or in front as in *.host");
    }
    if !is_any && !is_host(domain, below.is_some()) {
        let has_tag = path.is_none() && host.contains(':');
        return match has_tag {
            true => no("has a tag or no port", "host, host:port, host/path or *.host"),
            false => no(
                "names no registry's host",
                "host, host/path or *.host; images of Docker Hub are from docker.io",
            ),
        };
    }
    match path {
        Some(path) if path.contains(':') => no("has a tag", "the host and the path without it"),
        Some(path) if !path.split('/').all(is_part) => {
            no("has a path that no image has", "lower-case letters, digits, - _ and . with single / between")
        }
        _ => Ok(()),
    }
}

/// Whether an image whose reference begins with this and a `/`, or where `is_domain` with something below it, is from
/// there: else it would be a folder of Docker Hub.
fn is_host(text: &str, is_domain: bool) -> bool {
    let (name, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, rest)) => {
            return address.parse::<std::net::Ipv6Addr>().is_ok()
                && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port));
        }
        None => match text.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, None),
        },
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_told_apart = is_domain
        || name.contains('.')
        || port.is_some()
        || name == "localhost"
        || name.bytes().any(|byte| byte.is_ascii_uppercase());
    is_told_apart && name.split('.').all(is_label) && port.is_none_or(is_port)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A part of a repository's path.
fn is_part(text: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.bytes().next().is_some_and(is_inside)
        && text.bytes().next_back().is_some_and(is_inside)
        && text.bytes().all(|byte| is_inside(byte) || matches!(byte, b'-' | b'_' | b'.'))
}

fn label_key(text: &str) -> Result<(), String> {
    match is_key(text) {
        true => Ok(()),
        false => Err(no_key("label", text)),
    }
}

/// The API server reads the keys of annotations as if they were in lower case.
fn annotation_key(text: &str) -> Result<(), String> {
    match is_key(&text.to_ascii_lowercase()) {
        true => Ok(()),
        false => Err(no_key("annotation", text)),
    }
}

fn no_key(of: &str, text: &str) -> String {
    format!(
        "\"{}\" is no key that {of}s can have: write name or prefix/name, in letters, digits, - _ and .",
        text.escape_debug()
    )
}

/// `prefix/name` or `name`, as the API server takes it.
fn is_key(key: &str) -> bool {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let is_name = name.len() <= 63
        && is_end(name.bytes().next())
        && is_end(name.bytes().next_back())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let is_label = |label: &str| {
        let is_inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        label.bytes().next().is_some_and(is_inside)
            && label.bytes().next_back().is_some_and(is_inside)
            && label.bytes().all(|byte| is_inside(byte) || byte == b'-')
    };
    is_name && prefix.is_none_or(|prefix| prefix.len() <= 253 && prefix.split('.').all(is_label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries() {
        for text in [
            "registry.example.com",
            "registry.example.com/",
            "registry.example.com:5000/team/app_x.y-z",
            "*.example.com",
            "*.example.com:5000/team",
            "*.local",
            "*",
            "docker.io/library",
            "REGISTRY.example.com",
            "localhost",
            "registry:5000",
            "[::1]:5000/team",
            "192.0.2.7",
        ] {
            assert_eq!(registry(text), Ok(()), "{text}");
        }
        for (text, error) in [
            ("r.io/*", "\"r.io/*\" has * in its path: write r.io, which holds for all that is below"),
            ("team/*", "\"team/*\" is a folder of Docker Hub: write docker.io/team"),
            ("https://r.io/", "\"https://r.io/\" has a scheme: write r.io without it"),
            ("**", "\"**\" has * where it means nothing: write * alone, or in front as in *.host"),
            ("r.*", "\"r.*\" has * where it means nothing: write * alone, or in front as in *.host"),
            ("*r.io", "\"*r.io\" has * where it means nothing: write * alone, or in front as in *.host"),
            ("r.io/a*", "\"r.io/a*\" has * where it means nothing: write * alone, or in front as in *.host"),
            ("r.io/app:1.4", "\"r.io/app:1.4\" has a tag: write the host and the path without it"),
            ("r.io:v1", "\"r.io:v1\" has a tag or no port: write host, host:port, host/path or *.host"),
            (
                "r.io/app@sha256:00",
                "\"r.io/app@sha256:00\" has a digest: write the host, or the host and a path, without it",
            ),
            (" r.io", "\" r.io\" has white space in it: write host, host/path or *.host without it"),
        ] {
            assert_eq!(registry(text), Err(error.to_owned()));
        }
        for text in [
            "team",
            "team/app",
            ".",
            "*.",
            "r..io",
            "r.io//a",
            "r.io/Team",
            "r.io/..",
            "/a",
            "r_x.io",
            "r.io:",
        ] {
            assert!(registry(text).is_err(), "{text}");
        }
    }

    #[test]
    fn keys() {
        for key in ["owner", "app.kubernetes.io/name", "example.com/Team_1.x", "1"] {
            assert_eq!((label_key(key), annotation_key(key)), (Ok(()), Ok(())), "{key}");
        }
        for key in ["a b", "a/b/c", "/a", "a/", "-a", "a=b", "ä"] {
            assert!(label_key(key).is_err() && annotation_key(key).is_err(), "{key}");
        }
        assert!(label_key("Example.com/a").is_err());
        assert_eq!(annotation_key("Example.com/a"), Ok(()));
    }
}
