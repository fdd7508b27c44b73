//! Ingress objects of every version: their backends, and the annotations of their controllers.

use std::iter::Peekable;
use std::str::Chars;

use plimsoll_engine::{Check, Findings};
use plimsoll_kubernetes::{Field, GroupKind, ImageReference, Inventory, LabelSelector, Object, Pod};

use super::scope;

/// The groups that Ingress is and was in.
pub(crate) const KINDS: &[GroupKind] =
    &[GroupKind::new("networking.k8s.io", "Ingress"), GroupKind::new("extensions", "Ingress")];

/// A check of every Ingress.
pub(crate) const fn every(check: for<'a, 'd> fn(&Object<'d>, &mut Findings<'a, 'd>)) -> Check {
    Check::Object(KINDS, check)
}

/// Whether an image is the controller of the project ingress-nginx: by its name of today, which mirrors keep, or by the
/// old one, which the project's former repositories and the builds of Rancher and Bitnami have.
pub(crate) fn is_ingress_nginx(image: &ImageReference<'_>) -> bool {
    let repository = image.repository.strip_suffix("-chroot").unwrap_or(image.repository);
    repository.ends_with("ingress-nginx/controller")
        || repository.ends_with("ingress-nginx-controller")
        || old_name(image).is_some_and(|folder| OLD.contains(&folder))
}

/// The same, or whoever's build of it that has the old name.
pub(crate) fn is_built_from_ingress_nginx(image: &ImageReference<'_>) -> bool {
    is_ingress_nginx(image) || old_name(image).is_some()
}

/// Folders of images with the old name.
const OLD: &[&str] = &[
    "kubernetes-ingress-controller",
    "google_containers",
    "google-containers",
    "rancher",
    "bitnami",
    "bitnamilegacy",
];

/// The folder that an image of the old name stands in. Images for other processors than the first had theirs at the
/// end.
fn old_name<'i>(image: &ImageReference<'i>) -> Option<&'i str> {
    let (folders, name) = image.repository.rsplit_once('/').unwrap_or(("", image.repository));
    let processor = name.strip_prefix("nginx-ingress-controller")?;
    let is_processor = matches!(processor, "" | "-amd64" | "-arm" | "-arm64" | "-ppc64le" | "-s390x");
    is_processor.then(|| folders.rsplit('/').next().unwrap_or(folders))
}

/// Where an Ingress sends requests: a Service and a port of it.
#[derive(Clone, Copy)]
pub(crate) struct Backend<'d> {
    pub service: Field<'d>,
    /// The number or name of the port, where it stands.
    pub port: Field<'d>,
}

/// The backends of the rules, then the default one; backends that aren't Services are not here.
pub(crate) fn backends<'d>(ingress: &Object<'d>) -> Vec<Backend<'d>> {
    let of_rules = ingress
        .get("spec.rules")
        .items()
        .flat_map(|rule| rule.get("http.paths").items())
        .map(|path| path.get("backend"));
    of_rules
        .chain([ingress.get("spec.defaultBackend"), ingress.get("spec.backend")])
        .filter_map(read)
        .collect()
}

/// `service: {name, port: {name | number}}`, or `serviceName` and `servicePort` before v1.
fn read(backend: Field<'_>) -> Option<Backend<'_>> {
    let service = backend.get("service.name");
    if !service.text().is_empty() {
        let number = backend.get("service.port.number");
        let port = if number.exists() { number } else { backend.get("service.port.name") };
        return Some(Backend { service, port });
    }
    let service = backend.get("serviceName");
    (!service.text().is_empty()).then(|| Backend { service, port: backend.get("servicePort") })
}

/// What the scan tells of a Service and a port of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// It is there, or may be outside of the scan.
    Possible,
    NoService,
    NoPort,
}

/// Looks for a Service and its port. Of several that share the name, as a base and its overlays do, one
/// that fits is enough.
pub(crate) fn target(inventory: &Inventory<'_>, namespace: &str, name: &str, port: &Field<'_>) -> Target {
    let mut services = inventory
        .named("", "Service", name)
        .filter(|service| {
            service.get("metadata.name").is(name) && inventory.namespace_of(service) == namespace
        })
        .peekable();
    if services.peek().is_some() {
        let fits = services.any(|service| has_port(service, port));
        return if fits { Target::Possible } else { Target::NoPort };
    }
    let is_known =
        !scope::is_built_in_service(namespace, name) && scope::holds_services_of(inventory, namespace);
    if is_known { Target::NoService } else { Target::Possible }
}

/// Whether a Service has a port: by number, or by name.
fn has_port(service: &Object<'_>, port: &Field<'_>) -> bool {
    let ports = service.get("spec.ports");
    // The port of an ExternalName Service is that of the other end, and a patch may say nothing of ports.
    if !port.exists() || ports.is_empty() || service.get("spec.type").is("ExternalName") {
        return true;
    }
    match port.as_i64() {
        Some(number) => ports.items().any(|entry| entry.get("port").as_i64() == Some(number)),
        None => ports.items().any(|entry| port.as_str().is_some_and(|name| entry.get("name").is(name))),
    }
}

/// The pods behind a Service, where it has a selector.
pub(crate) fn pods_behind<'i, 'd>(
    inventory: &'i Inventory<'d>,
    namespace: &str,
    service: &str,
) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
    let service = inventory.find("", "Service", namespace, service);
    let selector = service.map(|service| LabelSelector::plain(service.get("spec.selector")));
    let namespace = service.map_or("", |service| inventory.namespace_of(service));
    selector
        .filter(|selector| selector.field().is_mapping() && !selector.is_empty())
        .into_iter()
        .flat_map(move |selector| inventory.selected(namespace, selector))
}

/// Annotations of an object by the name behind the prefix, which a controller's flag can change:
/// `configuration-snippet` of `nginx.ingress.kubernetes.io/configuration-snippet`.
pub(crate) fn named_annotations<'d>(
    object: &Object<'d>,
) -> impl Iterator<Item = (&'d str, Field<'d>)> + use<'d> {
    object.annotations().entries().map(|(key, value)| (key.rsplit('/').next().unwrap_or(key), value))
}

/// The directives of a piece of nginx's configuration: the first word of every statement, without its
/// quotes. A comment begins only where a word could, and `}` ends only what isn't in the middle of one.
pub(crate) fn directives(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at_start = true;
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        match first {
            ';' | '{' | '}' => at_start = true,
            '#' => {
                chars.by_ref().find(|char| *char == '\n');
            }
            _ if first.is_ascii_whitespace() => {}
            _ => {
                let word = word(first, &mut chars);
                if at_start && word.ends_with("_by_lua_block") {
                    skip_block(&mut chars);
                } else if at_start {
                    found.push(word);
                    at_start = false;
                }
            }
        }
    }
    found
}

/// A word of nginx's configuration from its first character on.
fn word(first: char, rest: &mut Peekable<Chars<'_>>) -> String {
    let mut word = String::new();
    if matches!(first, '"' | '\'') {
        while let Some(char) = rest.next().filter(|char| *char != first) {
            push(&mut word, char, rest);
        }
        return word;
    }
    let mut char = first;
    loop {
        push(&mut word, char, rest);
        match rest.peek() {
            // `${name}` is a variable.
            Some('{') if char == '$' => {}
            Some(';' | '{') | None => return word,
            Some(next) if next.is_ascii_whitespace() => return word,
            Some(_) => {}
        }
        match rest.next() {
            Some(next) => char = next,
            None => return word,
        }
    }
}

/// Adds a character to a word, or what a backslash escapes; the backslash stays but before quotes and itself.
fn push(word: &mut String, char: char, rest: &mut Peekable<Chars<'_>>) {
    let escaped = if char == '\\' { rest.next() } else { None };
    match escaped {
        None => word.push(char),
        Some(escaped @ ('"' | '\'' | '\\')) => word.push(escaped),
        Some(escaped) => word.extend([char, escaped]),
    }
}

/// Goes behind a block of Lua, which has a syntax of its own.
fn skip_block(rest: &mut Peekable<Chars<'_>>) {
    let mut depth = 0usize;
    for char in rest {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return;
        }
    }
}

/// Annotations that put text into the configuration of the web server, each with its text.
pub(crate) fn snippets<'d>(object: &Object<'d>) -> impl Iterator<Item = (&'d str, Field<'d>)> + use<'d> {
    named_annotations(object)
        .filter(|(name, value)| name.contains("snippet") && !value.text().trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_the_first_word_of_a_statement() {
        for (text, expected) in [
            ("location /x { alias /etc/; }", vec!["location", "alias"]),
            ("add_header X \"a#b\"; alias /etc/;", vec!["add_header", "alias"]),
            ("rewrite ^/a#b /c; alias /etc/;", vec!["rewrite", "alias"]),
            ("# alias /etc/;\nroot /;", vec!["root"]),
            ("location /x { \"alias\" /etc/; 'root' /; }", vec!["location", "alias", "root"]),
            ("add_header X\n  root;", vec!["add_header"]),
            ("add_header X \"; alias /;\";", vec!["add_header"]),
            ("add_header X \"\\\"; alias /;\";", vec!["add_header"]),
            ("set $a ${b}root; alias /;", vec!["set", "alias"]),
            ("access_by_lua_block { if x then { root = 1 } end } alias /;", vec!["alias"]),
            ("alias", vec!["alias"]),
            ("\"", vec![""]),
        ] {
            assert_eq!(directives(text), expected, "{text}");
        }
    }
}
