use plimsoll_test_support::pods::{BASELINE_CAPABILITIES, SAFE_SYSCTLS};
use serde_json::{Value as Json, json};

use super::{Fields, Make, Platform};

const OTHER_SYSCTLS: &[&str] =
    &["kernel.msgmax", "net/ipv4/tcp_rmem", "net.core.somaxconn", "fs.mqueue.msg_max"];
const OTHER_CAPABILITIES: &[&str] =
    &["NET_RAW", "SYS_ADMIN", "CAP_CHOWN", "chown", "ALL", "all", "SYS_CHROOT ", ""];

impl Make<'_> {
    pub(super) fn pod_context(&mut self) -> Option<Json> {
        let is_needed = self.platform == Platform::HostProcess;
        if !is_needed && self.random.chance(30) {
            return None;
        }
        let mut fields = self.common_context();
        if self.runs_linux() {
            if self.random.chance(20) {
                fields.insert("fsGroup".into(), 2000.into());
            }
            let sysctls = self.sysctls();
            if !sysctls.is_empty() {
                fields.insert("sysctls".into(), sysctls.into());
            }
        }
        match self.platform {
            // For every container at once: validation wants them all to agree.
            Platform::HostProcess => {
                fields.insert("windowsOptions".into(), json!({"hostProcess": true}));
            }
            Platform::Windows if self.random.chance(30) => {
                fields.insert("windowsOptions".into(), json!({"hostProcess": false}));
            }
            _ => {}
        }
        Some(fields.into())
    }

    fn sysctls(&mut self) -> Vec<Json> {
        let mut names = if self.random.chance(40) { self.several(SAFE_SYSCTLS, 3) } else { Vec::new() };
        if self.is_bad() {
            names.extend(self.several(OTHER_SYSCTLS, 2));
        }
        // Both spell one sysctl, and validation wants each once.
        if names.contains(&"net/ipv4/tcp_rmem") {
            names.retain(|name| *name != "net.ipv4.tcp_rmem");
        }
        names.retain(|name| !(self.host_network && name.starts_with("net")));
        names.retain(|name| !(self.host_ipc && (name.starts_with("kernel.") || name.starts_with("fs."))));
        names.into_iter().map(|name| json!({"name": name, "value": "1"})).collect()
    }

    /// What pods and containers both have.
    fn common_context(&mut self) -> Fields {
        let mut fields = Fields::new();
        // At the pod or at its containers, or at both.
        if self.random.chance(55) {
            let is_bad = self.is_bad();
            fields.insert("runAsNonRoot".into(), (!is_bad).into());
        }
        if !self.runs_linux() {
            return fields;
        }
        if self.random.chance(30) {
            let user = if self.is_bad() { 0 } else { self.random.pick(&[1, 1000, 65_534]) };
            fields.insert("runAsUser".into(), user.into());
        }
        if self.random.chance(55) {
            fields.insert("seccompProfile".into(), self.profile());
        }
        if self.random.chance(10) {
            fields.insert("appArmorProfile".into(), self.profile());
        }
        if self.random.chance(15) {
            fields.insert("seLinuxOptions".into(), self.selinux());
        }
        fields
    }

    fn profile(&mut self) -> Json {
        match self.text(&["RuntimeDefault", "Localhost"], &["Unconfined"]) {
            "Localhost" => json!({"type": "Localhost", "localhostProfile": "strict"}),
            other => json!({"type": other}),
        }
    }

    fn selinux(&mut self) -> Json {
        let good = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
        let mut fields = Fields::new();
        if self.random.chance(70) {
            fields.insert("type".into(), self.text(&good, &["spc_t", "Container_t"]).into());
        }
        if self.random.chance(30) {
            fields.insert("user".into(), self.text(&[""], &["system_u"]).into());
        }
        if self.random.chance(30) {
            fields.insert("role".into(), self.text(&[""], &["system_r"]).into());
        }
        if self.random.chance(30) {
            fields.insert("level".into(), "s0:c1,c2".into());
        }
        fields.into()
    }

    pub(super) fn container_context(&mut self) -> Json {
        let mut fields = self.common_context();
        if !self.runs_linux() {
            return fields.into();
        }
        let is_privileged = !self.user_namespace && self.is_bad();
        if is_privileged || self.random.chance(10) {
            fields.insert("privileged".into(), is_privileged.into());
        }
        if is_privileged || self.is_bad() {
            if self.random.chance(30) {
                fields.insert("allowPrivilegeEscalation".into(), true.into());
            }
        } else {
            fields.insert("allowPrivilegeEscalation".into(), false.into());
        }
        if self.user_namespace && self.random.chance(40) {
            fields.insert("procMount".into(), "Unmasked".into());
        } else if self.random.chance(10) {
            fields.insert("procMount".into(), "Default".into());
        }
        let mut capabilities = Fields::new();
        if !self.is_bad() {
            let drop: &[&str] = if self.is_bad() { &["NET_RAW", "all", "CAP_ALL"] } else { &["ALL"] };
            capabilities.insert("drop".into(), drop.into());
        }
        let add = if self.is_bad() {
            let mut add = self.several(BASELINE_CAPABILITIES, 2);
            add.extend(self.several(OTHER_CAPABILITIES, 2));
            add
        } else if self.random.chance(15) {
            vec!["NET_BIND_SERVICE"]
        } else {
            Vec::new()
        };
        if !add.is_empty() {
            capabilities.insert("add".into(), add.into());
        }
        if !capabilities.is_empty() {
            fields.insert("capabilities".into(), capabilities.into());
        }
        if self.random.chance(20) {
            fields.insert("readOnlyRootFilesystem".into(), true.into());
        }
        fields.into()
    }
}
