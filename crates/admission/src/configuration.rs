//! What the server is to do: the file that `plimsoll admit --config` names.

mod read;
mod settings;

use plimsoll_controls::Catalogue;
use plimsoll_engine::waiver::Waiver;
use plimsoll_engine::{Control, Globs, Parameters, Severity};

pub use settings::schema;

/// What the server does. The default is what holds without a file: Pod Security as namespaces' labels ask
/// for it, and nothing else.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// What becomes of what can't be judged.
    pub failure: Failure,
    /// Pod Security Admission, where the server does it too.
    pub pod_security: Option<plimsoll_podsecurity::Configuration>,
    pub rules: Vec<Rule>,
    pub exec: Exec,
    pub mutate: Mutate,
    pub parameters: Parameters,
    pub waivers: Vec<Waiver>,
    /// Whether the annotation `plimsoll.dev/waive` waives.
    pub waivers_by_annotation: bool,
}

/// What becomes of a request that can't be judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Failure {
    #[default]
    Deny,
    Allow,
}

/// What happens where controls find something. Of two rules for one control in one namespace the later
/// counts.
#[derive(Clone, Debug)]
pub struct Rule {
    pub controls: Vec<&'static Control>,
    pub action: Action,
    pub scope: Scope,
    /// Controls that are milder are left out.
    pub severity: Severity,
}

/// What a finding does to the request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Action {
    /// Denies it.
    Enforce,
    /// Warns who makes it.
    Warn,
    /// Is noted in the audit log of the API server.
    Audit,
    /// Does nothing. (`off` would be a boolean in YAML.)
    #[default]
    Ignore,
}

/// The namespaces that something holds for; what lives outside of namespaces is in a scope without patterns
/// alone. A Namespace belongs to itself.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// `None`: all.
    pub namespaces: Option<Globs>,
    pub except: Option<Globs>,
}

/// Which pods nobody may open a shell in.
#[derive(Clone, Debug, Default)]
pub struct Exec {
    pub deny: Vec<Boundary>,
    pub scope: Scope,
    /// Users who may nevertheless.
    pub users: Vec<String>,
    pub groups: Vec<String>,
}

/// What a pod shares with its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Boundary {
    Privileged,
    HostPid,
    HostIpc,
    HostNetwork,
}

/// What is written into objects where they leave it open. Everything is off by default.
#[derive(Clone, Debug, Default)]
pub struct Mutate {
    pub scope: Scope,
    /// `imagePullPolicy: Always` for every container.
    pub always_pull: bool,
    /// A seccomp profile of `RuntimeDefault` where there is none.
    pub seccomp: bool,
    /// No service account token where the pod doesn't ask for one.
    pub no_token: bool,
    /// `ALL` among the capabilities that are dropped.
    pub drop_capabilities: bool,
    /// `allowPrivilegeEscalation: false` where it isn't written.
    pub no_privilege_escalation: bool,
    /// The annotation, with its value, that makes a load balancer internal.
    pub internal_load_balancers: Option<(&'static str, &'static str)>,
    /// Quantities by the name of the resource, for containers that have none.
    pub requests: Vec<(String, String)>,
    pub limits: Vec<(String, String)>,
    /// Whether pod templates are changed too, and not pods alone.
    pub templates: bool,
}

impl Default for Configuration {
    fn default() -> Self {
        Configuration {
            failure: Failure::default(),
            pod_security: Some(plimsoll_podsecurity::Configuration::default()),
            rules: Vec::new(),
            exec: Exec::default(),
            mutate: Mutate::default(),
            parameters: Parameters::default(),
            waivers: Vec::new(),
            waivers_by_annotation: false,
        }
    }
}

impl Configuration {
    /// Whether something can be denied; else the webhook may always fail open.
    pub fn can_deny(&self) -> bool {
        self.pod_security.is_some()
            || !self.exec.deny.is_empty()
            || self.rules.iter().any(|rule| rule.action == Action::Enforce)
    }

    /// Whether a rule only warns or audits: such rules belong on a webhook that fails open.
    pub fn can_advise(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.action, Action::Warn | Action::Audit))
    }
}

impl Action {
    pub const fn name(self) -> &'static str {
        match self {
            Action::Enforce => "enforce",
            Action::Warn => "warn",
            Action::Audit => "audit",
            Action::Ignore => "ignore",
        }
    }
}

impl Scope {
    /// Whether something in this namespace is meant; an empty name stands for what is outside of all.
    pub fn has(&self, namespace: &str) -> bool {
        if namespace.is_empty() {
            return self.namespaces.is_none();
        }
        self.namespaces.as_ref().is_none_or(|globs| globs.matches(namespace))
            && !self.except.as_ref().is_some_and(|globs| globs.matches(namespace))
    }

    /// Whether the scope is the same for every namespace.
    pub fn is_everywhere(&self) -> bool {
        self.namespaces.is_none() && self.except.is_none()
    }
}

impl Mutate {
    /// Whether anything is written at all.
    pub fn is_off(&self) -> bool {
        !(self.always_pull
            || self.seccomp
            || self.no_token
            || self.drop_capabilities
            || self.no_privilege_escalation
            || self.internal_load_balancers.is_some()
            || !self.requests.is_empty()
            || !self.limits.is_empty())
    }
}

/// The names that a configuration may call controls by.
pub(crate) const NAMES: Catalogue = Catalogue;
