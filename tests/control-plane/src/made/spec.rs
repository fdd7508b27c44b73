use serde_json::{Value as Json, json};

use super::{Fields, Make, Platform, Random};

impl<'r> Make<'r> {
    pub(super) fn new(random: &'r mut Random, platform: Platform) -> Self {
        let badness = random.pick(&[0, 2, 6, 15, 40]);
        Make {
            random,
            badness,
            platform,
            host_network: false,
            host_ipc: false,
            user_namespace: false,
            host_ports: vec![9, 22, 80, 443, 8080, 8443, 10_000, 10_250, 30_000],
        }
    }

    /// The metadata and the spec.
    pub(super) fn pod(&mut self) -> (Fields, Fields) {
        let mut spec = Fields::new();
        self.namespaces(&mut spec);
        match self.platform {
            Platform::Linux => _ = spec.insert("os".into(), json!({"name": "linux"})),
            Platform::Windows => _ = spec.insert("os".into(), json!({"name": "windows"})),
            Platform::Unsaid | Platform::HostProcess => {}
        }
        if let Some(context) = self.pod_context() {
            spec.insert("securityContext".into(), context);
        }
        if self.random.chance(50) {
            let count = self.random.below(4);
            spec.insert("volumes".into(), (0..count).map(|index| self.volume(index)).collect());
        }
        if self.random.chance(30) {
            let count = 1 + self.random.below(2);
            let init: Vec<Json> =
                (0..count).map(|index| self.container(&format!("init-{index}"), true)).collect();
            spec.insert("initContainers".into(), init.into());
        }
        let count = 1 + self.random.below(3);
        let containers: Vec<Json> =
            (0..count).map(|index| self.container(&format!("app-{index}"), false)).collect();
        spec.insert("containers".into(), containers.into());
        (self.metadata(&spec), spec)
    }

    fn namespaces(&mut self, spec: &mut Fields) {
        if self.runs_linux() && self.random.chance(15) {
            self.user_namespace = self.random.chance(70);
            spec.insert("hostUsers".into(), (!self.user_namespace).into());
        }
        let may_share = self.runs_linux() && !self.user_namespace;
        self.host_network = self.platform == Platform::HostProcess || (may_share && self.is_bad());
        self.host_ipc = may_share && self.is_bad();
        if self.host_network || self.random.chance(10) {
            spec.insert("hostNetwork".into(), self.host_network.into());
        }
        if self.host_ipc {
            spec.insert("hostIPC".into(), true.into());
        }
        if may_share && self.is_bad() {
            spec.insert("hostPID".into(), true.into());
        }
    }

    /// Annotations from before the fields; where there is the field too, they agree, as validation wants.
    fn metadata(&mut self, spec: &Fields) -> Fields {
        let mut annotations = Fields::new();
        let pod = spec.get("securityContext").unwrap_or(&Json::Null);
        let containers = ["initContainers", "containers"].map(|key| spec.get(key).and_then(Json::as_array));
        for container in containers.into_iter().flatten().flatten() {
            let name = container["name"].as_str().unwrap_or_default();
            let own = &container["securityContext"];
            if self.runs_linux() && self.random.chance(8) {
                let field = if own["appArmorProfile"].is_null() { pod } else { own };
                let value = annotation(&field["appArmorProfile"]).unwrap_or_else(|| {
                    self.text(&["runtime/default", "localhost/strict", ""], &["unconfined"])
                });
                let key = format!("container.apparmor.security.beta.kubernetes.io/{name}");
                annotations.insert(key, value.into());
            }
            // Since the field exists nobody but the checks of old versions looks at these.
            if self.random.chance(8) {
                let value = annotation(&own["seccompProfile"]).unwrap_or_else(|| self.seccomp_annotation());
                annotations
                    .insert(format!("container.seccomp.security.alpha.kubernetes.io/{name}"), value.into());
            }
        }
        if self.random.chance(12) {
            let value = annotation(&pod["seccompProfile"]).unwrap_or_else(|| self.seccomp_annotation());
            annotations.insert("seccomp.security.alpha.kubernetes.io/pod".into(), value.into());
        }
        let mut metadata = Fields::new();
        if !annotations.is_empty() {
            metadata.insert("annotations".into(), annotations.into());
        }
        metadata
    }

    fn seccomp_annotation(&mut self) -> &'static str {
        self.text(&["runtime/default", "docker/default", "localhost/strict.json"], &["unconfined"])
    }
}

/// What an annotation must say that stands beside a profile.
fn annotation(profile: &Json) -> Option<&'static str> {
    Some(match profile["type"].as_str()? {
        "Unconfined" => "unconfined",
        "Localhost" => "localhost/strict",
        _ => "runtime/default",
    })
}
