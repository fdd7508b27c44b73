//! Policies, pods, roles and bindings from a seed: few words, so that they meet often, and mostly lenient, so that
//! something is admitted.

use std::ops::{Deref, DerefMut};

use plimsoll_test_support::Random;
use serde_json::{Value as Json, json};

/// Chance, and how much of what [`maybe`] is asked for it does, in percent.
pub struct Dice {
    random: Random,
    fullness: usize,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice { random: Random(seed), fullness: 100 }
    }

    fn some<'a>(&mut self, from: &[&'a str]) -> Vec<&'a str> {
        (0..=self.below(3)).map(|_| self.pick(from)).collect()
    }
}

impl Deref for Dice {
    type Target = Random;

    fn deref(&self) -> &Random {
        &self.random
    }
}

impl DerefMut for Dice {
    fn deref_mut(&mut self) -> &mut Random {
        &mut self.random
    }
}

/// Sets a key now and then.
fn maybe(
    random: &mut Dice,
    percent: usize,
    into: &mut Json,
    key: &str,
    value: impl FnOnce(&mut Dice) -> Json,
) {
    let percent = percent * random.fullness / 100;
    if random.chance(percent) {
        into[key] = value(random);
    }
}

const CAPABILITIES: &[&str] = &["ALL", "NET_BIND_SERVICE", "CHOWN", "SYS_ADMIN"];
const PATHS: &[&str] = &["/", "/var", "/var/", "/var/log", "/var/log/pods", "/variable", "/etc", ""];
const SYSCTLS: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.core.somaxconn",
    "net.ipv4.tcp_syncookies",
    "kernel.msgmax",
    "net.ipv4.tcp_rmem",
];
const SECCOMP: &[&str] = &["runtime/default", "docker/default", "unconfined", "localhost/a.json", ""];
const APP_ARMOR: &[&str] = &["runtime/default", "unconfined", "localhost/a", ""];
const POLICIES: &[&str] = &["a", "b", "c", "d"];

pub fn question(random: &mut Dice) -> Json {
    // Plain ones too: else nothing would be admitted as it is.
    random.fullness = random.pick(&[10, 30, 60, 100]);
    let mut objects = Vec::new();
    for name in POLICIES {
        if random.chance(60) {
            objects.push(policy(random, name));
        }
    }
    objects.extend(grants(random));
    let groups: Vec<&str> =
        if random.chance(50) { vec!["devs", "system:authenticated"] } else { vec!["system:authenticated"] };
    json!({
        "objects": objects,
        "pod": pod(random),
        "update": random.chance(25),
        "user": random.pick(&["jane", "joe"]),
        "groups": groups,
    })
}

/// Who may use which policy, in either group.
fn grants(random: &mut Dice) -> Vec<Json> {
    let group = "rbac.authorization.k8s.io";
    let mut objects = Vec::new();
    for number in 0..2 + random.below(3) {
        let name = format!("r{number}");
        let (kind, metadata) = if random.chance(60) {
            ("Cluster", json!({"name": name}))
        } else {
            ("", json!({"name": name, "namespace": random.pick(&["ns", "ns", "other"])}))
        };
        let mut rule = json!({
            "apiGroups": [random.pick(&["policy", "extensions", "*", "apps"])],
            "resources": [random.pick(&["podsecuritypolicies", "*", "podsecuritypolicies"])],
            "verbs": [random.pick(&["use", "use", "*", "get"])],
        });
        maybe(random, 70, &mut rule, "resourceNames", |random| json!(random.some(POLICIES)));
        let subject = match random.below(6) {
            0 => json!({"kind": "User", "name": "jane"}),
            1 => json!({"kind": "Group", "name": random.pick(&["devs", "system:authenticated"])}),
            2 => {
                json!({"kind": "Group", "name": random.pick(&["system:serviceaccounts", "system:serviceaccounts:ns"])})
            }
            _ => {
                json!({"kind": "ServiceAccount", "name": random.pick(&["default", "sa"]), "namespace": "ns"})
            }
        };
        let version = format!("{group}/v1");
        objects.push(json!({"apiVersion": version, "kind": format!("{kind}Role"), "metadata": metadata, "rules": [rule]}));
        objects.push(json!({
            "apiVersion": version, "kind": format!("{kind}RoleBinding"), "metadata": metadata,
            "roleRef": {"apiGroup": group, "kind": format!("{kind}Role"), "name": name}, "subjects": [subject],
        }));
    }
    objects
}

fn ranges(random: &mut Dice) -> Json {
    let range =
        |random: &mut Dice| json!({"min": random.pick(&[0, 1, 1000]), "max": random.pick(&[999, 2000])});
    let count = random.below(2) + 1;
    json!((0..count).map(|_| range(random)).collect::<Vec<_>>())
}

fn strategy(random: &mut Dice, rules: &[&str]) -> Json {
    // A rule that isn't one now and then.
    let rule = if random.chance(1) { "Must" } else { random.pick(rules) };
    let mut strategy = json!({"rule": rule});
    if rule != "RunAsAny" && !random.chance(1) {
        strategy["ranges"] = ranges(random);
    }
    strategy
}

fn se_linux(random: &mut Dice) -> Json {
    let mut options = json!({"level": random.pick(&["s0", "s0:c1,c2", "s0:c2,c1", "s0:c1"])});
    maybe(random, 20, &mut options, "type", |random| json!(random.pick(&["container_t", "spc_t"])));
    maybe(random, 10, &mut options, "user", |_| json!("user_u"));
    maybe(random, 10, &mut options, "role", |_| json!("role_r"));
    options
}

fn policy(random: &mut Dice, name: &str) -> Json {
    let mut spec = json!({
        "privileged": random.chance(60),
        "hostNetwork": random.chance(70),
        "hostPID": random.chance(70),
        "hostIPC": random.chance(70),
        "runAsUser": strategy(random, &["MustRunAs", "MustRunAsNonRoot", "RunAsAny", "RunAsAny", "RunAsAny"]),
        "fsGroup": strategy(random, &["MustRunAs", "MayRunAs", "RunAsAny", "RunAsAny", "RunAsAny"]),
        "supplementalGroups": strategy(random, &["MustRunAs", "MayRunAs", "RunAsAny", "RunAsAny", "RunAsAny"]),
        "seLinux": {"rule": "RunAsAny"},
        "volumes": ["*"],
    });
    let into = &mut spec;
    maybe(
        random,
        15,
        into,
        "seLinux",
        |random| json!({"rule": "MustRunAs", "seLinuxOptions": se_linux(random)}),
    );
    maybe(random, 1, into, "seLinux", |_| json!({"rule": "MustRunAs"}));
    maybe(random, 25, into, "runAsGroup", |random| strategy(random, &["MustRunAs", "MayRunAs", "RunAsAny"]));
    maybe(random, 40, into, "volumes", |random| {
        let mut kinds = vec!["emptyDir", "configMap"];
        kinds.extend(random.some(&["secret", "hostPath", "projected", "csi", "flexVolume", "cephFS", "nfs"]));
        json!(kinds)
    });
    maybe(
        random,
        70,
        into,
        "hostPorts",
        |random| json!([{"min": random.pick(&[0, 80]), "max": random.pick(&[80, 9000])}, {"min": 443, "max": 443}]),
    );
    maybe(random, 40, into, "allowedHostPaths", |random| {
        let count = random.below(2) + 1;
        let path =
            |random: &mut Dice| json!({"pathPrefix": random.pick(PATHS), "readOnly": random.chance(50)});
        json!((0..count).map(|_| path(random)).collect::<Vec<_>>())
    });
    maybe(random, 20, into, "allowedFlexVolumes", |_| json!([{"driver": "one/a"}]));
    maybe(random, 20, into, "allowedCSIDrivers", |_| json!([{"name": "a.example.com"}]));
    maybe(random, 20, into, "readOnlyRootFilesystem", |_| json!(true));
    maybe(random, 20, into, "defaultAllowPrivilegeEscalation", |random| json!(random.chance(50)));
    maybe(random, 30, into, "allowPrivilegeEscalation", |random| json!(random.chance(50)));
    maybe(random, 15, into, "defaultAddCapabilities", |random| json!(random.some(CAPABILITIES)));
    maybe(random, 20, into, "requiredDropCapabilities", |random| json!(random.some(CAPABILITIES)));
    maybe(random, 60, into, "allowedCapabilities", |random| {
        if random.chance(40) { json!(["*"]) } else { json!(random.some(CAPABILITIES)) }
    });
    maybe(random, 30, into, "allowedProcMountTypes", |random| json!(random.some(&["Default", "Unmasked"])));
    maybe(random, 20, into, "forbiddenSysctls", |random| {
        json!([random.pick(&["kernel.*", "net.ipv4.tcp_syncookies", "*"])])
    });
    maybe(random, 50, into, "allowedUnsafeSysctls", |random| {
        json!([random.pick(&["net.*", "kernel.msgmax", "*"])])
    });
    maybe(random, 25, into, "runtimeClass", |random| {
        let mut classes = json!({"allowedRuntimeClassNames": random.some(&["gvisor", "kata", "*"])});
        maybe(random, 40, &mut classes, "defaultRuntimeClassName", |random| {
            json!(random.pick(&["gvisor", "kata"]))
        });
        classes
    });
    let mut annotations = json!({});
    let into = &mut annotations;
    let prefix = "seccomp.security.alpha.kubernetes.io";
    maybe(random, 75, into, &format!("{prefix}/allowedProfileNames"), |random| {
        if random.chance(60) { json!("*") } else { json!(random.some(SECCOMP).join(",")) }
    });
    maybe(random, 20, into, &format!("{prefix}/defaultProfileName"), |random| json!(random.pick(SECCOMP)));
    let prefix = "apparmor.security.beta.kubernetes.io";
    maybe(random, 25, into, &format!("{prefix}/allowedProfileNames"), |random| {
        json!(random.some(APP_ARMOR).join(","))
    });
    maybe(random, 30, into, &format!("{prefix}/defaultProfileName"), |random| json!(random.pick(APP_ARMOR)));
    json!({
        "apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy",
        "metadata": {"name": name, "annotations": annotations}, "spec": spec,
    })
}

fn seccomp_profile(random: &mut Dice) -> Json {
    match random.below(4) {
        0 => json!({"type": "Unconfined"}),
        1 => json!({"type": "Localhost", "localhostProfile": "a.json"}),
        2 => json!({"type": "Localhost"}),
        _ => json!({"type": "RuntimeDefault"}),
    }
}

fn container(random: &mut Dice, name: &str) -> Json {
    let mut security = json!({});
    let into = &mut security;
    maybe(random, 8, into, "privileged", |random| json!(random.chance(60)));
    maybe(random, 25, into, "runAsUser", |random| json!(random.pick(&[0, 1, 1000, 5000])));
    maybe(random, 15, into, "runAsGroup", |random| json!(random.pick(&[0, 1000, 5000])));
    maybe(random, 15, into, "runAsNonRoot", |random| json!(random.chance(70)));
    maybe(random, 20, into, "readOnlyRootFilesystem", |random| json!(random.chance(70)));
    maybe(random, 25, into, "allowPrivilegeEscalation", |random| json!(random.chance(40)));
    maybe(random, 8, into, "procMount", |random| json!(random.pick(&["Default", "Unmasked"])));
    maybe(random, 8, into, "seLinuxOptions", se_linux);
    maybe(random, 8, into, "seccompProfile", seccomp_profile);
    maybe(random, 25, into, "capabilities", |random| {
        let mut capabilities = json!({});
        maybe(random, 50, &mut capabilities, "add", |random| json!(random.some(CAPABILITIES)));
        maybe(random, 60, &mut capabilities, "drop", |random| json!(random.some(CAPABILITIES)));
        maybe(random, 5, &mut capabilities, "drop", |_| json!([]));
        capabilities
    });
    let mut container = json!({"name": name, "image": "a"});
    maybe(random, 70, &mut container, "securityContext", |_| security);
    maybe(random, 20, &mut container, "ports", |random| {
        let mut port = json!({"containerPort": random.pick(&[80, 443, 9999])});
        maybe(random, 50, &mut port, "hostPort", |random| json!(random.pick(&[80, 443, 9999])));
        json!([port])
    });
    maybe(
        random,
        50,
        &mut container,
        "volumeMounts",
        |random| json!([{"name": "v0", "mountPath": "/a", "readOnly": random.chance(60)}, {"name": "v1", "mountPath": "/b"}]),
    );
    container
}

fn volume(random: &mut Dice, number: usize) -> Json {
    let mut volume = json!({"name": format!("v{number}")});
    let (key, source) = match random.below(12) {
        0..=2 => ("hostPath", json!({"path": random.pick(PATHS)})),
        3 => ("secret", json!({"secretName": "a"})),
        4 => ("configMap", json!({"name": "a"})),
        5 => ("flexVolume", json!({"driver": random.pick(&["one/a", "one/b"])})),
        6 => ("csi", json!({"driver": random.pick(&["a.example.com", "b.example.com"])})),
        7 => ("cephfs", json!({"monitors": ["a"]})),
        8 | 9 => ("projected", projected(random)),
        10 => ("emptyDir", json!({})),
        _ => return volume,
    };
    volume[key] = source;
    volume
}

fn projected(random: &mut Dice) -> Json {
    let mut sources = Vec::new();
    if random.chance(80) {
        let mut token = json!({"path": "token"});
        maybe(random, 20, &mut token, "audience", |_| json!("other"));
        maybe(random, 10, &mut token, "path", |_| json!("else"));
        sources.push(json!({"serviceAccountToken": token}));
    }
    if random.chance(60) {
        sources.push(
            json!({"configMap": {"name": random.pick(&["kube-root-ca.crt", "kube-root-ca.crt", "other"])}}),
        );
    }
    if random.chance(60) {
        let path = random.pick(&["metadata.namespace", "metadata.namespace", "metadata.name"]);
        sources.push(
            json!({"downwardAPI": {"items": [{"path": "namespace", "fieldRef": {"fieldPath": path}}]}}),
        );
    }
    if random.chance(10) {
        sources.push(json!({"secret": {"name": "a"}}));
    }
    json!({"sources": sources})
}

fn pod(random: &mut Dice) -> Json {
    let mut security = json!({});
    let into = &mut security;
    maybe(random, 30, into, "runAsUser", |random| json!(random.pick(&[0, 1000, 1500, 5000])));
    maybe(random, 20, into, "runAsGroup", |random| json!(random.pick(&[0, 1000, 5000])));
    maybe(random, 20, into, "runAsNonRoot", |random| json!(random.chance(70)));
    maybe(random, 20, into, "fsGroup", |random| json!(random.pick(&[0, 1000, 5000])));
    maybe(random, 20, into, "supplementalGroups", |random| json!([random.pick(&[0, 1000, 5000]), 1000]));
    maybe(random, 2, into, "supplementalGroups", |_| json!([]));
    maybe(random, 10, into, "seLinuxOptions", se_linux);
    maybe(random, 15, into, "seccompProfile", seccomp_profile);
    maybe(
        random,
        20,
        into,
        "sysctls",
        |random| json!([{"name": random.pick(SYSCTLS), "value": "1"}, {"name": random.pick(SYSCTLS), "value": "1"}]),
    );
    let mut spec = json!({"containers": [container(random, "app")]});
    let into = &mut spec;
    maybe(random, 60, into, "securityContext", |_| security);
    maybe(random, 8, into, "hostNetwork", |random| json!(random.chance(70)));
    maybe(random, 5, into, "hostPID", |_| json!(true));
    maybe(random, 5, into, "hostIPC", |_| json!(true));
    maybe(random, 15, into, "runtimeClassName", |random| json!(random.pick(&["gvisor", "runc"])));
    maybe(random, 50, into, "serviceAccountName", |random| json!(random.pick(&["sa", "default"])));
    maybe(random, 25, into, "initContainers", |random| json!([container(random, "init")]));
    maybe(random, 10, into, "ephemeralContainers", |random| json!([container(random, "debug")]));
    maybe(random, 60, into, "volumes", |random| {
        let count = random.below(2) + 1;
        json!((0..count).map(|number| volume(random, number)).collect::<Vec<_>>())
    });
    let mut annotations = json!({});
    let into = &mut annotations;
    maybe(random, 15, into, "seccomp.security.alpha.kubernetes.io/pod", |random| json!(random.pick(SECCOMP)));
    let key = "container.seccomp.security.alpha.kubernetes.io/app";
    maybe(random, 10, into, key, |random| json!(random.pick(SECCOMP)));
    let key = "container.apparmor.security.beta.kubernetes.io/app";
    maybe(random, 20, into, key, |random| json!(random.pick(APP_ARMOR)));
    maybe(random, 30, into, "kubernetes.io/psp", |random| json!(random.pick(POLICIES)));
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "p", "namespace": "ns", "annotations": annotations}, "spec": spec,
    })
}
