use super::words::{BASELINE_CAPABILITIES, SAFE_SYSCTLS};
use super::write::{Node, yaml};
use crate::Random;

/// What makes pods: its API version, its kind and the fields that lead to the template.
pub const KINDS: &[(&str, &str, &[&str])] = &[
    ("v1", "Pod", &[]),
    ("v1", "PodTemplate", &["template"]),
    ("v1", "ReplicationController", &["spec", "template"]),
    ("apps/v1", "Deployment", &["spec", "template"]),
    ("apps/v1", "ReplicaSet", &["spec", "template"]),
    ("apps/v1", "StatefulSet", &["spec", "template"]),
    ("apps/v1", "DaemonSet", &["spec", "template"]),
    ("batch/v1", "Job", &["spec", "template"]),
    ("batch/v1", "CronJob", &["spec", "jobTemplate", "spec", "template"]),
];

type Fields = Vec<(&'static str, Node)>;

/// A manifest of the kind at `kind` in [`KINDS`].
pub fn manifest(random: &mut Random, kind: usize) -> String {
    let (version, kind, path) = KINDS[kind];
    let mut make = Make { badness: random.pick(&[1, 3, 8, 25]), random, shares: false };
    let metadata = make.metadata();
    let mut fields = vec![("metadata", metadata), ("spec", make.spec())];
    for step in path.iter().rev() {
        fields = vec![(*step, Node::Map(fields))];
    }
    if !path.is_empty() {
        fields.insert(0, ("metadata", Node::Map(vec![("name", "made".into())])));
    }
    fields.insert(0, ("kind", kind.into()));
    fields.insert(0, ("apiVersion", version.into()));
    yaml(&Node::Map(fields), random)
}

/// The security context that later containers may share.
const SHARED: &str = "hardened";

struct Make<'r> {
    random: &'r mut Random,
    /// How often a value is one that some check denies, in percent.
    badness: usize,
    /// Whether a security context has the anchor [`SHARED`].
    shares: bool,
}

impl Make<'_> {
    fn is_bad(&mut self) -> bool {
        self.random.chance(self.badness)
    }

    fn text(&mut self, good: &[&str], bad: &[&str]) -> Node {
        let from = if self.is_bad() { bad } else { good };
        self.random.pick(from).into()
    }

    /// Adds a field that is as often absent as not.
    fn optional(&mut self, fields: &mut Fields, key: &'static str, make: impl FnOnce(&mut Self) -> Node) {
        match self.random.below(10) {
            0..5 => {}
            5 => fields.push((key, Node::Null)),
            _ => self.written(fields, key, make),
        }
    }

    /// Adds a field whose absence some check denies.
    fn needed(&mut self, fields: &mut Fields, key: &'static str, make: impl FnOnce(&mut Self) -> Node) {
        if self.is_bad() {
            if self.random.chance(40) {
                fields.push((key, Node::Null));
            }
        } else {
            self.written(fields, key, make);
        }
    }

    /// Now and then a key stands twice, and the first value doesn't count.
    fn written(&mut self, fields: &mut Fields, key: &'static str, make: impl FnOnce(&mut Self) -> Node) {
        let node = make(self);
        let twin = match node {
            Node::Bool(value) => Node::Bool(!value),
            Node::List(_) => Node::List(Vec::new()),
            _ => Node::Null,
        };
        if self.random.chance(2) {
            fields.push((key, twin));
        }
        fields.push((key, node));
    }

    fn metadata(&mut self) -> Node {
        let mut fields = vec![("name", Node::from("made"))];
        self.optional(&mut fields, "annotations", |make| {
            let mut annotations = Vec::new();
            for container in ["app-0", "app-1", "init-0", "debug-0", "absent"] {
                if make.random.chance(30) {
                    let key = format!("container.apparmor.security.beta.kubernetes.io/{container}");
                    let good = ["runtime/default", "localhost/", "localhost/strict", ""];
                    let bad = ["unconfined", "runtime/defaults", "Localhost/strict", "a \"b\"\\\t\u{7f}é"];
                    let value = make.text(&good, &bad);
                    annotations.push((key, if make.random.chance(5) { Node::Null } else { value }));
                }
            }
            // Only versions from before the field look at these.
            for key in ["", "container.app-0", "container.init-0", "container.absent"] {
                if make.random.chance(20) {
                    let key = match key.strip_prefix("container.") {
                        Some(name) => format!("container.seccomp.security.alpha.kubernetes.io/{name}"),
                        None => "seccomp.security.alpha.kubernetes.io/pod".to_owned(),
                    };
                    let good = ["runtime/default", "docker/default", "localhost/strict.json"];
                    let value = make.text(&good, &["unconfined", "", "runtime/defaults", "'\"\n"]);
                    annotations.push((key, if make.random.chance(5) { Node::Null } else { value }));
                }
            }
            Node::Named(annotations)
        });
        Node::Map(fields)
    }

    fn spec(&mut self) -> Node {
        let mut fields = Fields::new();
        for key in ["hostNetwork", "hostPID", "hostIPC"] {
            self.optional(&mut fields, key, |make| make.is_bad().into());
        }
        if self.random.chance(20) {
            let is_shared = self.random.chance(40);
            fields.push((
                "hostUsers",
                self.random.pick(&[Some(is_shared), None]).map_or(Node::Null, Node::Bool),
            ));
        }
        if self.random.chance(20) {
            let name = self.random.pick(&["windows", "linux", "Windows", ""]).into();
            fields.push(("os", Node::Map(vec![("name", name)])));
        }
        self.optional(&mut fields, "securityContext", Self::pod_context);
        self.optional(&mut fields, "volumes", |make| {
            let count = make.random.below(4);
            Node::List((0..count).map(|index| make.volume(index)).collect())
        });
        for (key, name, most) in
            [("initContainers", "init", 3), ("containers", "app", 4), ("ephemeralContainers", "debug", 2)]
        {
            if key == "containers" || self.random.chance(30) {
                let count = self.random.below(most);
                let containers = (0..count).map(|index| self.container(name, index)).collect();
                fields.push((key, Node::List(containers)));
            } else if self.random.chance(5) {
                fields.push((key, Node::Null));
            }
        }
        Node::Map(fields)
    }

    fn pod_context(&mut self) -> Node {
        let mut fields = self.common_context();
        self.optional(&mut fields, "fsGroup", |make| make.random.pick(&[0i64, 2000]).into());
        self.optional(&mut fields, "sysctls", |make| {
            let count = make.random.below(4);
            Node::List((0..count).map(|_| make.sysctl()).collect())
        });
        Node::Map(fields)
    }

    fn sysctl(&mut self) -> Node {
        if self.is_bad() && self.random.chance(10) {
            return Node::Null;
        }
        let name = self.text(
            SAFE_SYSCTLS,
            &[
                "kernel.msgmax",
                "kernel.shm_rmid_force",
                "net/ipv4/tcp_rmem",
                "net.core.somaxconn",
                "NET.IPV4.TCP_RMEM",
                "",
            ],
        );
        Node::Map(vec![("name", name), ("value", "1".into())])
    }

    /// What pods and containers both have.
    fn common_context(&mut self) -> Fields {
        let mut fields = Fields::new();
        self.optional(&mut fields, "runAsNonRoot", |make| (!make.is_bad()).into());
        self.optional(&mut fields, "runAsUser", |make| {
            if make.is_bad() { 0.into() } else { make.random.pick(&[1i64, 8, 1000, 65_534]).into() }
        });
        self.optional(&mut fields, "seccompProfile", |make| {
            make.profile(&["Unconfined", "", "runtimedefault", "runtime/default"])
        });
        self.optional(&mut fields, "appArmorProfile", |make| make.profile(&["Unconfined", "", "unconfined"]));
        self.optional(&mut fields, "seLinuxOptions", |make| {
            let mut fields = Fields::new();
            make.optional(&mut fields, "type", |make| {
                make.text(
                    &["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"],
                    &["spc_t", "container_x_t", "Container_t"],
                )
            });
            make.optional(&mut fields, "user", |make| make.text(&[""], &["system_u"]));
            make.optional(&mut fields, "role", |make| make.text(&[""], &["system_r"]));
            make.optional(&mut fields, "level", |_| "s0:c1,c2".into());
            Node::Map(fields)
        });
        self.optional(&mut fields, "windowsOptions", |make| {
            let mut fields = Fields::new();
            make.optional(&mut fields, "hostProcess", |make| make.is_bad().into());
            make.optional(&mut fields, "runAsUserName", |_| "ContainerUser".into());
            Node::Map(fields)
        });
        fields
    }

    fn profile(&mut self, bad: &[&str]) -> Node {
        let mut fields = Fields::new();
        self.needed(&mut fields, "type", |make| make.text(&["RuntimeDefault", "Localhost"], bad));
        self.optional(&mut fields, "localhostProfile", |_| "profiles/strict.json".into());
        Node::Map(fields)
    }

    fn container(&mut self, name: &str, index: usize) -> Node {
        // Nothing says here that names are unique.
        let number = if self.random.chance(3) { 0 } else { index };
        let mut fields = vec![
            ("name", Node::Text(format!("{name}-{number}"))),
            ("image", "registry.example.com/shop:1.2".into()),
        ];
        self.needed(&mut fields, "securityContext", Self::container_context);
        self.optional(&mut fields, "ports", |make| {
            let count = make.random.below(3);
            Node::List((0..count).map(|_| make.port()).collect())
        });
        for key in ["livenessProbe", "readinessProbe", "startupProbe"] {
            if self.random.chance(15) {
                fields.push((key, self.handler()));
            }
        }
        self.optional(&mut fields, "lifecycle", |make| {
            let mut fields = Fields::new();
            make.optional(&mut fields, "postStart", Self::handler);
            make.optional(&mut fields, "preStop", Self::handler);
            Node::Map(fields)
        });
        Node::Map(fields)
    }

    /// A container's security context; sometimes the one of a container before it, as it is or with more.
    fn container_context(&mut self) -> Node {
        if self.shares && self.random.chance(30) {
            return Node::Alias(SHARED);
        }
        let mut fields = self.common_context();
        self.needed(&mut fields, "allowPrivilegeEscalation", |make| make.is_bad().into());
        self.optional(&mut fields, "privileged", |make| make.is_bad().into());
        self.optional(&mut fields, "procMount", |make| make.text(&["Default"], &["Unmasked", "", "default"]));
        self.needed(&mut fields, "capabilities", |make| {
            let mut fields = Fields::new();
            make.needed(&mut fields, "drop", |make| {
                make.capabilities(&["ALL"], &["all", "CAP_ALL", "All", "NET_RAW"])
            });
            make.optional(&mut fields, "add", |make| {
                if make.random.chance(80) {
                    return make.capabilities(&["NET_BIND_SERVICE"], &["CHOWN", "KILL", "net_bind_service"]);
                }
                make.capabilities(
                    BASELINE_CAPABILITIES,
                    &["NET_RAW", "SYS_ADMIN", "CAP_CHOWN", "chown", "ALL", "all", "", "SYS_CHROOT "],
                )
            });
            Node::Map(fields)
        });
        self.optional(&mut fields, "readOnlyRootFilesystem", |make| make.random.chance(50).into());
        if self.shares && self.random.chance(30) {
            // A merge overwrites what stands before it and yields to what stands behind it.
            let place = self.random.below(fields.len() + 1);
            fields.insert(place, ("<<", Node::Alias(SHARED)));
        } else if !self.shares && self.random.chance(40) {
            self.shares = true;
            return Node::Anchored(SHARED, Box::new(Node::Map(fields)));
        }
        Node::Map(fields)
    }

    fn capabilities(&mut self, good: &[&str], bad: &[&str]) -> Node {
        let count = if self.is_bad() { 0 } else { 1 + self.random.below(2) };
        let item = |make: &mut Self| {
            if make.is_bad() && make.random.chance(10) { Node::Null } else { make.text(good, bad) }
        };
        Node::List((0..count).map(|_| item(self)).collect())
    }

    fn port(&mut self) -> Node {
        let mut fields = vec![("containerPort", Node::Int(self.random.pick(&[80, 8080, 65_535])))];
        self.optional(&mut fields, "hostPort", |make| {
            if make.is_bad() { make.random.pick(&[1, 9, 10, 80, 8080]).into() } else { 0.into() }
        });
        self.optional(&mut fields, "protocol", |make| make.random.pick(&["TCP", "UDP"]).into());
        Node::Map(fields)
    }

    /// A probe or a hook.
    fn handler(&mut self) -> Node {
        let kind = self.random.pick(&["httpGet", "tcpSocket", "exec", "grpc"]);
        let mut fields = Fields::new();
        match kind {
            "exec" => fields.push(("command", Node::List(vec!["true".into()]))),
            _ => fields.push(("port", 8080.into())),
        }
        if matches!(kind, "httpGet" | "tcpSocket") {
            self.optional(&mut fields, "host", |make| {
                make.text(&[""], &["127.0.0.1", "localhost", "example.com", "::1"])
            });
        }
        // A hook has no grpc, so what it would be is left out there.
        if kind == "grpc" { Node::Map(Vec::new()) } else { Node::Map(vec![(kind, Node::Map(fields))]) }
    }

    fn volume(&mut self, index: usize) -> Node {
        let mut fields = vec![("name", Node::Text(format!("volume-{index}")))];
        if self.random.chance(10) {
            // A source that is null is none.
            let unset = self.random.pick(&["hostPath", "emptyDir", "nfs"]);
            fields.push((unset, Node::Null));
        }
        if self.random.chance(90) {
            let kind = if self.is_bad() && self.random.chance(40) {
                "hostPath"
            } else if self.is_bad() {
                self.random.pick(&[
                    "awsElasticBlockStore",
                    "azureDisk",
                    "azureFile",
                    "cephfs",
                    "cinder",
                    "fc",
                    "flexVolume",
                    "flocker",
                    "gcePersistentDisk",
                    "gitRepo",
                    "glusterfs",
                    "iscsi",
                    "nfs",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "quobyte",
                    "rbd",
                    "scaleIO",
                    "storageos",
                    "vsphereVolume",
                ])
            } else {
                self.random.pick(&[
                    "configMap",
                    "csi",
                    "downwardAPI",
                    "emptyDir",
                    "ephemeral",
                    "image",
                    "persistentVolumeClaim",
                    "projected",
                    "secret",
                ])
            };
            let mut source = Fields::new();
            match kind {
                "hostPath" | "glusterfs" => source.push(("path", "/srv".into())),
                "secret" => source.push(("secretName", "shop".into())),
                "csi" => source.push(("driver", "csi.example.com".into())),
                _ => {}
            }
            fields.push((kind, Node::Map(source)));
        }
        Node::Map(fields)
    }
}
