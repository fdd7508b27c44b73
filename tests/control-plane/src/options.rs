use crate::User;

/// How a control plane differs from the usual one.
#[derive(Clone, Debug)]
pub struct Options {
    /// Who has a token, beside `admin` of the group `system:masters`. Usually `alice` of the group `developers`
    /// and `bob` of no group; neither may do anything until a binding says so.
    pub users: Vec<User>,
    /// An `AdmissionConfiguration` in YAML, with the configuration of the plugins (`PodSecurity`, …) inline.
    pub admission: Option<String>,
    /// Plugins of admission that don't run. Usually `ServiceAccount`, since no controller makes the account that
    /// it asks for.
    pub disabled_plugins: Vec<String>,
    /// Whether there is an audit log, of metadata and annotations: [`crate::ControlPlane::audited`].
    pub audit: bool,
    /// More flags for kube-apiserver, such as `--runtime-config=api/all=true`; they win over the usual ones.
    pub flags: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            users: vec![User::new("alice", &["developers"]), User::new("bob", &[])],
            admission: None,
            disabled_plugins: vec!["ServiceAccount".into()],
            audit: false,
            flags: Vec::new(),
        }
    }
}
