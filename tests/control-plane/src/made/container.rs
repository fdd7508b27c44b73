use serde_json::{Value as Json, json};

use super::{Fields, Make};

impl Make<'_> {
    pub(super) fn container(&mut self, name: &str, is_init: bool) -> Json {
        let mut fields = Fields::new();
        fields.insert("name".into(), name.into());
        let image = self.random.pick(&["registry.example.com/shop:1.2", "shop", "shop:latest"]);
        fields.insert("image".into(), image.into());
        if !self.is_bad() {
            fields.insert("securityContext".into(), self.container_context());
        }
        if self.random.chance(40) {
            let count = 1 + self.random.below(2);
            let ports: Vec<Json> = (0..count).filter_map(|_| self.port()).collect();
            fields.insert("ports".into(), ports.into());
        }
        // Of the init containers only those that keep running are probed.
        let is_sidecar = is_init && self.random.chance(40);
        if is_sidecar {
            fields.insert("restartPolicy".into(), "Always".into());
        }
        if is_init && !is_sidecar {
            return fields.into();
        }
        for key in ["livenessProbe", "readinessProbe", "startupProbe"] {
            if self.random.chance(15) {
                let is_hook = false;
                fields.insert(key.into(), self.handler(is_hook));
            }
        }
        let mut hooks = Fields::new();
        for key in ["postStart", "preStop"] {
            if self.random.chance(8) {
                let is_hook = true;
                hooks.insert(key.into(), self.handler(is_hook));
            }
        }
        if !hooks.is_empty() {
            fields.insert("lifecycle".into(), hooks.into());
        }
        fields.into()
    }

    /// A port; `None` if all the host's are taken.
    fn port(&mut self) -> Option<Json> {
        let taken = self.random.below(self.host_ports.len());
        let number = (!self.host_ports.is_empty()).then(|| self.host_ports.swap_remove(taken))?;
        let mut port = json!({"containerPort": number});
        if self.host_network {
            // Unset it becomes the container's, and validation wants it to be that.
            if self.random.chance(50) {
                port["hostPort"] = number.into();
            }
        } else if self.is_bad() {
            port["hostPort"] = number.into();
            port["containerPort"] = 8080.into();
        } else if self.random.chance(20) {
            port["hostPort"] = 0.into();
        }
        if self.random.chance(30) {
            port["protocol"] = self.random.pick(&["TCP", "UDP", "SCTP"]).into();
        }
        if !self.host_network && port["containerPort"] == 8080 {
            // Two ports of a container may not be the same one.
            port["containerPort"] = (11_000 + u32::from(number)).into();
        }
        Some(port)
    }

    /// A probe or a hook.
    fn handler(&mut self, is_hook: bool) -> Json {
        let host = self.text(&[""], &["127.0.0.1", "localhost", "example.com", "::1", "192.0.2.7"]);
        let mut handler = match self.random.below(4) {
            0 => json!({"httpGet": {"port": 8080, "path": "/live"}}),
            1 => json!({"tcpSocket": {"port": 8080}}),
            2 if !is_hook => json!({"grpc": {"port": 8080}}),
            2 => json!({"sleep": {"seconds": 1}}),
            _ => json!({"exec": {"command": ["true"]}}),
        };
        for key in ["httpGet", "tcpSocket"] {
            let wants_host = !host.is_empty() || self.random.chance(20);
            if let Some(action) = handler.get_mut(key).filter(|_| wants_host) {
                action["host"] = host.into();
            }
        }
        handler
    }
}
