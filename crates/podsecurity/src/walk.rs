//! One pass over a pod: every value that a check looks at, once.

use plimsoll_doc::{Kind, Value};
use plimsoll_kubernetes::Field;

use crate::fact::Fact;
use crate::{PodFields, allowed};

/// Whose value it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose<'d> {
    Pod,
    Container(Place<'d>),
}

/// A container and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'d> {
    /// Init containers are 0, app containers 1, ephemeral ones 2: the order in which checks visit them.
    pub list: u8,
    pub index: u32,
    pub container: Value<'d>,
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Mapping,
    Sequence,
    Text,
    Bool,
    Int32,
    Int64,
}

/// Who is told what a walk finds. Most are interested in the facts alone, and cost nothing more.
pub(crate) trait Sink<'d> {
    /// A fact, and the value that makes it so.
    fn note(&mut self, fact: Fact, whose: Whose<'d>, at: Value<'d>);
    /// A fact that the absence of a field makes: the path below `from`, as far as it is there.
    fn missing(&mut self, fact: Fact, whose: Whose<'d>, from: Value<'d>, path: &'static str);
    fn unreadable(&mut self, at: Value<'d>, wanted: Wanted);
}

pub(crate) const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";
pub(crate) const SECCOMP_POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
pub(crate) const SECCOMP_CONTAINER_ANNOTATION: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// The fields that hold containers, in the order in which checks visit them.
pub(crate) const LISTS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

pub(crate) fn walk<'d>(pod: PodFields<'d>, sink: &mut impl Sink<'d>) {
    if let Some(metadata) = pod.metadata.value() {
        for (key, value) in mapping(metadata, sink) {
            if key == "annotations" {
                annotations(value, pod, sink);
            }
        }
    }
    if let Some(value) = pod.spec.value() {
        spec(value, sink);
    }
}

fn annotations<'d>(value: Value<'d>, pod: PodFields<'d>, sink: &mut impl Sink<'d>) {
    for (key, value) in mapping(value, sink) {
        // Most annotations are nothing to a check, and then their text isn't either.
        expect_text(value, sink);
        let fact = if key.starts_with(APP_ARMOR_ANNOTATION) {
            (!allowed::app_armor_annotation(written(value))).then_some(Fact::AppArmorAnnotation)
        } else if key == SECCOMP_POD_ANNOTATION {
            (!allowed::seccomp_annotation(written(value))).then_some(Fact::SeccompAnnotation)
        } else if let Some(container) = key.strip_prefix(SECCOMP_CONTAINER_ANNOTATION) {
            let is_bad = !allowed::seccomp_annotation(written(value)) && has_container(pod.spec, container);
            is_bad.then_some(Fact::SeccompAnnotation)
        } else {
            None
        };
        if let Some(fact) = fact {
            sink.note(fact, Whose::Pod, value);
        }
    }
}

/// The text of an annotation; empty where it is `null` or none.
fn written(value: Value<'_>) -> &str {
    value.as_str().unwrap_or("")
}

fn has_container(spec: Field<'_>, name: &str) -> bool {
    LISTS.iter().any(|list| spec.get(list).items().any(|container| container.get("name").text() == name))
}

fn spec<'d>(value: Value<'d>, sink: &mut impl Sink<'d>) {
    for (key, value) in mapping(value, sink) {
        match key {
            "containers" => containers(value, 1, sink),
            "initContainers" => containers(value, 0, sink),
            "ephemeralContainers" => containers(value, 2, sink),
            "securityContext" => pod_context(value, sink),
            "volumes" => {
                for volume in sequence(value, sink) {
                    self::volume(volume, sink);
                }
            }
            "hostNetwork" => flag_is_bad(value, Fact::HostNetwork, Whose::Pod, sink),
            "hostPID" => flag_is_bad(value, Fact::HostPid, Whose::Pod, sink),
            "hostIPC" => flag_is_bad(value, Fact::HostIpc, Whose::Pod, sink),
            "hostUsers" if flag(value, sink) == Some(false) => {
                sink.note(Fact::UserNamespace, Whose::Pod, value);
            }
            "os" => {
                for (key, value) in mapping(value, sink) {
                    if key == "name" && text(value, sink) == "windows" {
                        sink.note(Fact::Windows, Whose::Pod, value);
                    }
                }
            }
            "runtimeClassName" => expect_text(value, sink),
            _ => {}
        }
    }
}

fn pod_context<'d>(value: Value<'d>, sink: &mut impl Sink<'d>) {
    for (key, value) in mapping(value, sink) {
        match key {
            "runAsNonRoot" => match flag(value, sink) {
                Some(true) => sink.note(Fact::PodNonRoot, Whose::Pod, value),
                Some(false) => sink.note(Fact::RootAllowed, Whose::Pod, value),
                None => {}
            },
            "seccompProfile" if !value.is_null() => {
                if seccomp(value, Whose::Pod, sink) {
                    sink.note(Fact::PodSeccomp, Whose::Pod, value);
                }
            }
            "sysctls" => {
                for item in sequence(value, sink) {
                    sysctl(item, sink);
                }
            }
            _ => common_context(key, value, Whose::Pod, sink),
        }
    }
}

/// What security contexts of pods and of containers both have.
fn common_context<'d>(key: &str, value: Value<'d>, whose: Whose<'d>, sink: &mut impl Sink<'d>) {
    match key {
        "runAsUser" if integer(value, Wanted::Int64, sink) == Some(0) => {
            sink.note(Fact::RootUser, whose, value);
        }
        "appArmorProfile" if !value.is_null() => {
            let mut kind = "";
            let mut at = value;
            for (key, value) in mapping(value, sink) {
                if key == "type" {
                    (kind, at) = (text(value, sink), value);
                }
            }
            if !allowed::profile(kind) {
                sink.note(Fact::AppArmorField, whose, at);
            }
        }
        "seLinuxOptions" => {
            for (key, value) in mapping(value, sink) {
                match key {
                    "type" => match allowed::se_linux_type(text(value, sink)) {
                        Some(0) => {}
                        Some(_) => sink.note(Fact::SeLinuxEngineType, whose, value),
                        None => sink.note(Fact::SeLinuxType, whose, value),
                    },
                    "user" if !text(value, sink).is_empty() => sink.note(Fact::SeLinuxUser, whose, value),
                    "role" if !text(value, sink).is_empty() => sink.note(Fact::SeLinuxRole, whose, value),
                    _ => {}
                }
            }
        }
        "windowsOptions" => {
            for (key, value) in mapping(value, sink) {
                if key == "hostProcess" {
                    flag_is_bad(value, Fact::HostProcess, whose, sink);
                }
            }
        }
        _ => {}
    }
}

/// Whether a seccomp profile is one that restricted wants.
fn seccomp<'d>(value: Value<'d>, whose: Whose<'d>, sink: &mut impl Sink<'d>) -> bool {
    let mut kind = "";
    let mut at = value;
    for (key, value) in mapping(value, sink) {
        if key == "type" {
            (kind, at) = (text(value, sink), value);
        }
    }
    let is_allowed = allowed::profile(kind);
    if !is_allowed {
        sink.note(Fact::SeccompField, whose, at);
    }
    is_allowed
}

fn sysctl<'d>(item: Value<'d>, sink: &mut impl Sink<'d>) {
    let mut name = "";
    let mut at = item;
    for (key, value) in mapping(item, sink) {
        if key == "name" {
            (name, at) = (text(value, sink), value);
        }
    }
    let fact = match allowed::sysctl(name) {
        Some(0) => return,
        Some(27) => Fact::SysctlSince27,
        Some(29) => Fact::SysctlSince29,
        Some(32) => Fact::SysctlSince32,
        Some(_) => Fact::SysctlSince37,
        None => Fact::Sysctl,
    };
    sink.note(fact, Whose::Pod, at);
}

fn containers<'d>(value: Value<'d>, list: u8, sink: &mut impl Sink<'d>) {
    for (index, container) in (0..).zip(sequence(value, sink)) {
        self::container(Place { list, index, container }, sink);
    }
}

fn container<'d>(place: Place<'d>, sink: &mut impl Sink<'d>) {
    let mut found = Found::default();
    for (key, value) in mapping(place.container, sink) {
        match key {
            "name" => expect_text(value, sink),
            "securityContext" => container_context(value, place, &mut found, sink),
            "ports" => {
                for port in sequence(value, sink) {
                    self::port(port, place, sink);
                }
            }
            "livenessProbe" | "readinessProbe" | "startupProbe" => handler(value, place, sink),
            "lifecycle" => {
                for (key, value) in mapping(value, sink) {
                    if matches!(key, "postStart" | "preStop") {
                        handler(value, place, sink);
                    }
                }
            }
            _ => {}
        }
    }
    let whose = Whose::Container(place);
    let mut lacks = |is_there: bool, fact, path| {
        if !is_there {
            sink.missing(fact, whose, place.container, path);
        }
    };
    lacks(found.escalation, Fact::PrivilegeEscalation, "securityContext.allowPrivilegeEscalation");
    lacks(found.drops, Fact::DropsTooLittle, "securityContext.capabilities.drop");
    lacks(found.root, Fact::RootUnset, "securityContext.runAsNonRoot");
    lacks(found.seccomp, Fact::SeccompUnset, "securityContext.seccompProfile.type");
}

/// What a container says itself: where it doesn't, something follows from that.
#[derive(Default)]
struct Found {
    escalation: bool,
    drops: bool,
    root: bool,
    seccomp: bool,
}

fn container_context<'d>(value: Value<'d>, place: Place<'d>, found: &mut Found, sink: &mut impl Sink<'d>) {
    let whose = Whose::Container(place);
    for (key, value) in mapping(value, sink) {
        match key {
            "allowPrivilegeEscalation" => {
                if let Some(is_allowed) = flag(value, sink) {
                    found.escalation = true;
                    if is_allowed {
                        sink.note(Fact::PrivilegeEscalation, whose, value);
                    }
                }
            }
            "capabilities" => {
                for (key, value) in mapping(value, sink) {
                    match key {
                        "add" => {
                            for item in sequence(value, sink) {
                                adds(item, whose, sink);
                            }
                        }
                        "drop" => {
                            for item in sequence(value, sink) {
                                found.drops |= text(item, sink) == "ALL";
                            }
                        }
                        _ => {}
                    }
                }
            }
            "privileged" => flag_is_bad(value, Fact::Privileged, whose, sink),
            "procMount" if !value.is_null() => {
                if text(value, sink) != "Default" {
                    sink.note(Fact::ProcMount, whose, value);
                }
            }
            "runAsNonRoot" => {
                if let Some(is_non_root) = flag(value, sink) {
                    found.root = true;
                    if !is_non_root {
                        sink.note(Fact::RootAllowed, whose, value);
                    }
                }
            }
            "seccompProfile" if !value.is_null() => {
                found.seccomp = true;
                seccomp(value, whose, sink);
            }
            _ => common_context(key, value, whose, sink),
        }
    }
}

fn adds<'d>(item: Value<'d>, whose: Whose<'d>, sink: &mut impl Sink<'d>) {
    let capability = text(item, sink);
    if capability != allowed::RESTRICTED_CAPABILITY {
        sink.note(Fact::AddsBeyondRestricted, whose, item);
        if !allowed::capability(capability) {
            sink.note(Fact::AddsBeyondBaseline, whose, item);
        }
    }
}

fn port<'d>(value: Value<'d>, place: Place<'d>, sink: &mut impl Sink<'d>) {
    let mut has_host_port = false;
    let mut container_port = None;
    for (key, value) in mapping(value, sink) {
        match key {
            "hostPort" if integer(value, Wanted::Int32, sink).is_some_and(|port| port != 0) => {
                has_host_port = true;
                sink.note(Fact::HostPort, Whose::Container(place), value);
            }
            "containerPort" if integer(value, Wanted::Int32, sink).is_some_and(|port| port != 0) => {
                container_port = Some(value);
            }
            _ => {}
        }
    }
    // Ephemeral containers get no such default.
    if let (false, Some(port), 0..=1) = (has_host_port, container_port, place.list) {
        sink.note(Fact::PortWithoutHostPort, Whose::Container(place), port);
    }
}

/// A probe or a lifecycle hook.
fn handler<'d>(value: Value<'d>, place: Place<'d>, sink: &mut impl Sink<'d>) {
    for (key, value) in mapping(value, sink) {
        if matches!(key, "httpGet" | "tcpSocket") {
            for (key, value) in mapping(value, sink) {
                if key == "host" && !text(value, sink).is_empty() {
                    sink.note(Fact::HandlerHost, Whose::Container(place), value);
                }
            }
        }
    }
}

fn volume<'d>(value: Value<'d>, sink: &mut impl Sink<'d>) {
    let mut restricted = None;
    let mut is_allowed = false;
    for (key, source) in mapping(value, sink) {
        if key == "name" {
            expect_text(source, sink);
            continue;
        }
        let Some(volume) = allowed::volume(key) else { continue };
        // A source that is null is none.
        if source.is_null() {
            continue;
        }
        let _ = mapping(source, sink);
        match volume {
            allowed::Volume::Allowed => is_allowed = true,
            allowed::Volume::HostPath => {
                sink.note(Fact::HostPathVolume, Whose::Pod, source);
                restricted = Some(source);
            }
            allowed::Volume::Restricted => restricted = restricted.or(Some(source)),
        }
    }
    if let (Some(source), false) = (restricted, is_allowed) {
        sink.note(Fact::VolumeType, Whose::Pod, source);
    }
}

fn flag_is_bad<'d>(value: Value<'d>, fact: Fact, whose: Whose<'d>, sink: &mut impl Sink<'d>) {
    if flag(value, sink) == Some(true) {
        sink.note(fact, whose, value);
    }
}

/// A boolean; `None` where it is `null` or none.
#[inline]
fn flag<'d>(value: Value<'d>, sink: &mut impl Sink<'d>) -> Option<bool> {
    let flag = value.as_bool();
    if flag.is_none() && !value.is_null() {
        sink.unreadable(value, Wanted::Bool);
    }
    flag
}

/// A text that no check looks at.
#[inline]
fn expect_text<'d>(value: Value<'d>, sink: &mut impl Sink<'d>) {
    if !matches!(value.kind(), Kind::String | Kind::Null) {
        sink.unreadable(value, Wanted::Text);
    }
}

/// A text; empty where it is `null` or none.
#[inline]
fn text<'d>(value: Value<'d>, sink: &mut impl Sink<'d>) -> &'d str {
    match value.as_str() {
        Some(text) => text,
        None => {
            if !value.is_null() {
                sink.unreadable(value, Wanted::Text);
            }
            ""
        }
    }
}

#[inline]
fn integer<'d>(value: Value<'d>, wanted: Wanted, sink: &mut impl Sink<'d>) -> Option<i64> {
    let number = value.as_i64().filter(|number| wanted == Wanted::Int64 || i32::try_from(*number).is_ok());
    if number.is_none() && !value.is_null() {
        sink.unreadable(value, wanted);
    }
    number
}

#[inline]
fn mapping<'d, S: Sink<'d>>(
    value: Value<'d>,
    sink: &mut S,
) -> impl Iterator<Item = (&'d str, Value<'d>)> + use<'d, S> {
    if !matches!(value.kind(), Kind::Mapping | Kind::Null) {
        sink.unreadable(value, Wanted::Mapping);
    }
    value.entries()
}

#[inline]
fn sequence<'d, S: Sink<'d>>(value: Value<'d>, sink: &mut S) -> impl Iterator<Item = Value<'d>> + use<'d, S> {
    if !matches!(value.kind(), Kind::Sequence | Kind::Null) {
        sink.unreadable(value, Wanted::Sequence);
    }
    value.items()
}
