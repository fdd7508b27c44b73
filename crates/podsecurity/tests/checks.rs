//! Each check by itself: what fails it, what doesn't, what looks like it and doesn't, and the versions in which
//! that changes. The differential tests compare the words; these run everywhere.

mod support;

use plimsoll_kubernetes::Field;
use plimsoll_podsecurity::{Level, LevelVersion, NEWEST, PodFields, Stage, Version, evaluate};

use support::document;

/// A pod of one container, with more fields of its spec, of the container and of the security context.
fn pod(spec: &str, container: &str, context: &str) -> String {
    format!("{{spec: {{containers: [{{name: app, securityContext: {{{context}}}, {container}}}], {spec}}}}}")
}

fn spec(spec: &str) -> String {
    pod(spec, "", "")
}

fn container(container: &str) -> String {
    pod("", container, "")
}

fn context(context: &str) -> String {
    pod("", "", context)
}

fn annotated(annotation: &str) -> String {
    format!("{{metadata: {{annotations: {{{annotation}}}}}, spec: {{containers: [{{name: app}}]}}}}")
}

/// A check of a level, as of the newest version.
struct Check(&'static str, Level);

const fn baseline(id: &'static str) -> Check {
    Check(id, Level::Baseline)
}

const fn restricted(id: &'static str) -> Check {
    Check(id, Level::Restricted)
}

impl Check {
    /// What the check says of a pod at a minor version; `None` where it has nothing to say.
    fn says(&self, pod: &str, minor: u64) -> Option<String> {
        let document = document(pod);
        let mut pod = PodFields::of_template(Field::new(document.root()));
        pod.stage = Stage::Pod;
        let at = LevelVersion::new(self.1, Version::V1(minor));
        let evaluation = evaluate(pod, at).expect("a pod that can be decoded");
        let mut violations = evaluation.violations.into_iter();
        violations.find(|violation| violation.id.name() == self.0).map(|violation| violation.detail)
    }

    fn denies(&self, pod: &str, detail: &str) -> &Self {
        assert_eq!(self.says(pod, NEWEST).as_deref(), Some(detail), "{} {pod}", self.0);
        self
    }

    fn allows(&self, pods: &[String]) -> &Self {
        for pod in pods {
            assert_eq!(self.says(pod, NEWEST), None, "{} {pod}", self.0);
        }
        self
    }

    /// The minor versions in which the check denies a pod: from the first, and up to the second.
    fn denies_from(&self, pod: &str, from: u64, before: u64) -> &Self {
        for minor in 0..=NEWEST {
            let is_denied = (from..before).contains(&minor);
            assert_eq!(self.says(pod, minor).is_some(), is_denied, "{} at 1.{minor} {pod}", self.0);
        }
        self
    }
}

const ALWAYS: u64 = u64::MAX;

#[test]
fn app_armor_profile() {
    baseline("appArmorProfile")
        .denies(
            &context("appArmorProfile: {type: Unconfined}"),
            "container \"app\" must not set AppArmor profile type to \"Unconfined\"",
        )
        .denies(
            &pod("securityContext: {appArmorProfile: {}}", "", "appArmorProfile: {type: unconfined}"),
            "pod and container \"app\" must not set AppArmor profile type to \"\", \"unconfined\"",
        )
        .denies(
            &annotated("container.apparmor.security.beta.kubernetes.io/other: \"un\\tconfined\""),
            "annotation must not set AppArmor profile type to \
             \"container.apparmor.security.beta.kubernetes.io/other=\"un\\tconfined\"\"",
        )
        .denies_from(&context("appArmorProfile: {type: Unconfined}"), 0, ALWAYS)
        .allows(&[
            context("appArmorProfile: {type: RuntimeDefault}"),
            context("appArmorProfile: {type: Localhost}"),
            context("appArmorProfile: ~"),
            annotated("container.apparmor.security.beta.kubernetes.io/app: runtime/default"),
            annotated("container.apparmor.security.beta.kubernetes.io/app: localhost/"),
            annotated("container.apparmor.security.beta.kubernetes.io/app: ~"),
            annotated("apparmor.security.beta.kubernetes.io/app: unconfined"),
        ]);
}

#[test]
fn capabilities_of_baseline() {
    baseline("capabilities_baseline")
        .denies(
            &context("capabilities: {add: [NET_RAW, CHOWN, CAP_CHOWN, NET_RAW]}"),
            "container \"app\" must not include \"CAP_CHOWN\", \"NET_RAW\" in securityContext.capabilities.add",
        )
        .denies_from(&context("capabilities: {add: [ALL]}"), 0, ALWAYS)
        .allows(&[
            context("capabilities: {add: [CHOWN, NET_BIND_SERVICE, SYS_CHROOT]}"),
            context("capabilities: {drop: [NET_RAW]}"),
            context("capabilities: {add: []}"),
            context("capabilities: ~"),
        ]);
    restricted("capabilities_baseline").denies_from(&context("capabilities: {add: [ALL]}"), 0, 22);
}

#[test]
fn host_namespaces() {
    baseline("hostNamespaces")
        .denies(
            &spec("hostIPC: y, hostPID: on, hostNetwork: True"),
            "hostNetwork=true, hostPID=true, hostIPC=true",
        )
        .denies_from(&spec("hostIPC: true"), 0, ALWAYS)
        .allows(&[spec("hostIPC: no, hostPID: ~, hostNetwork: off"), spec("hostUsers: true")]);
}

#[test]
fn host_path_volumes() {
    baseline("hostPathVolumes")
        .denies(&spec("volumes: [{name: a, hostPath: {}}, {name: b, emptyDir: {}}]"), "volume \"a\"")
        .denies(
            &spec("volumes: [{name: a, hostPath: {path: /}}, {name: b, hostPath: {path: /}}]"),
            "volumes \"a\", \"b\"",
        )
        .allows(&[spec("volumes: [{name: a, hostPath: ~}]"), spec("volumes: [{name: hostPath}]")]);
    restricted("hostPathVolumes").denies_from(&spec("volumes: [{name: a, hostPath: {}}]"), 0, 0);
}

#[test]
fn host_ports() {
    baseline("hostPorts")
        .denies(
            &container("ports: [{hostPort: 9}, {hostPort: 10}, {hostPort: 10}, {hostPort: 0}]"),
            "container \"app\" uses hostPorts 10, 9",
        )
        // In the host's network a port of the container is one of the host.
        .denies(
            &pod("hostNetwork: true", "ports: [{containerPort: 80}]", ""),
            "container \"app\" uses hostPort 80",
        )
        .allows(&[
            container("ports: [{containerPort: 80}, {containerPort: 81, hostPort: 0}]"),
            pod("hostNetwork: true", "ports: [{containerPort: 0}]", ""),
            spec("hostNetwork: true, ephemeralContainers: [{name: debug, ports: [{containerPort: 80}]}]"),
        ]);
}

#[test]
fn host_probes_and_lifecycle() {
    let probe =
        container("livenessProbe: {httpGet: {host: b}}, lifecycle: {preStop: {tcpSocket: {host: a}}}");
    baseline("hostProbesAndHostLifecycle")
        .denies(&probe, "container \"app\" uses probe or lifecycle hosts \"a\", \"b\"")
        .denies_from(&probe, 34, ALWAYS)
        .denies(
            &spec("initContainers: [{name: z, startupProbe: {httpGet: {host: h}}}, {name: a, readinessProbe: {tcpSocket: {host: h}}}]"),
            "containers \"a\", \"z\" use probe or lifecycle host \"h\"",
        )
        .allows(&[
            container("livenessProbe: {httpGet: {host: ''}}"),
            container("livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: Host, value: a}]}}"),
            container("livenessProbe: {exec: {command: [host]}}"),
        ]);
}

#[test]
fn privileged() {
    baseline("privileged")
        .denies(&context("privileged: Yes"), "container \"app\" must not set securityContext.privileged=true")
        .denies(
            &spec(
                "initContainers: [{name: a, securityContext: {privileged: true}}], \
                 ephemeralContainers: [{name: b, securityContext: {privileged: true}}]",
            ),
            "containers \"a\", \"b\" must not set securityContext.privileged=true",
        )
        .denies_from(&context("privileged: true"), 0, ALWAYS)
        .allows(&[
            context("privileged: no"),
            context("privileged: ~"),
            context("privileged: true, privileged: false"),
        ]);
}

#[test]
fn proc_mount() {
    let unmasked = context("procMount: Unmasked");
    let in_user_namespace = pod("hostUsers: false", "", "procMount: Unmasked");
    baseline("procMount")
        .denies(&unmasked, "container \"app\" must not set securityContext.procMount to \"Unmasked\"")
        .denies_from(&unmasked, 0, ALWAYS)
        .denies_from(&in_user_namespace, 0, 35)
        .allows(&[context("procMount: Default"), context("procMount: ~")]);
    restricted("procMount").denies_from(&unmasked, 0, 35);
    restricted("procMount_restricted").denies_from(&unmasked, 35, ALWAYS).denies_from(
        &in_user_namespace,
        35,
        ALWAYS,
    );
}

#[test]
fn se_linux_options() {
    let engine = context("seLinuxOptions: {type: container_engine_t}");
    baseline("seLinuxOptions")
        .denies(
            &pod(
                "securityContext: {seLinuxOptions: {user: u}}",
                "",
                "seLinuxOptions: {type: spc_t, role: r, level: s0}",
            ),
            "pod and container \"app\" set forbidden securityContext.seLinuxOptions: type \"spc_t\"; user may \
             not be set; role may not be set",
        )
        .denies_from(&engine, 0, 31)
        .allows(&[
            context("seLinuxOptions: {type: container_kvm_t, level: s0}"),
            context("seLinuxOptions: {type: '', user: '', role: ~}"),
        ]);
}

#[test]
fn seccomp_profile_of_baseline() {
    let unconfined = context("seccompProfile: {type: Unconfined}");
    let annotation = annotated("seccomp.security.alpha.kubernetes.io/pod: unconfined");
    let of_container = annotated("container.seccomp.security.alpha.kubernetes.io/app: ''");
    let check = baseline("seccompProfile_baseline");
    check
        .denies(
            &unconfined,
            "container \"app\" must not set securityContext.seccompProfile.type to \"Unconfined\"",
        )
        .denies_from(&unconfined, 19, ALWAYS)
        .denies_from(&annotation, 0, 19)
        .denies_from(&of_container, 0, 19)
        .denies_from(&annotated("container.seccomp.security.alpha.kubernetes.io/other: unconfined"), 0, 0)
        .denies_from(&annotated("seccomp.security.alpha.kubernetes.io/pod: docker/default"), 0, 0)
        .allows(&[context("seccompProfile: {type: Localhost}"), context("")]);
    assert_eq!(
        check.says(&of_container, 18).as_deref(),
        Some("forbidden annotation container.seccomp.security.alpha.kubernetes.io/app=\"\"")
    );
    restricted("seccompProfile_baseline").denies_from(&unconfined, 19, 19).denies_from(&annotation, 0, 19);
}

#[test]
fn sysctls() {
    let sysctl = |name: &str| spec(&format!("securityContext: {{sysctls: [{{name: {name}, value: '1'}}]}}"));
    let check = baseline("sysctls");
    check
        .denies(
            &spec("securityContext: {sysctls: [{name: kernel.msgmax}, {name: a}, {name: kernel.shm_rmid_forced}]}"),
            "kernel.msgmax, a",
        )
        .denies_from(&sysctl("kernel.msgmax"), 0, ALWAYS)
        .denies_from(&sysctl("net/ipv4/tcp_rmem"), 0, ALWAYS);
    for (before, name) in [
        (0, "net.ipv4.ip_unprivileged_port_start"),
        (27, "net.ipv4.ip_local_reserved_ports"),
        (29, "net.ipv4.tcp_keepalive_probes"),
        (32, "net.ipv4.tcp_rmem"),
        (37, "net.ipv4.tcp_notsent_lowat"),
    ] {
        check.denies_from(&sysctl(name), 0, before);
    }
}

#[test]
fn windows_host_process() {
    baseline("windowsHostProcess")
        .denies(
            &spec("securityContext: {windowsOptions: {hostProcess: true}}"),
            "pod must not set securityContext.windowsOptions.hostProcess=true",
        )
        .denies_from(&context("windowsOptions: {hostProcess: true}"), 0, ALWAYS)
        .allows(&[context("windowsOptions: {hostProcess: false}"), spec("os: {name: windows}")]);
}

#[test]
fn allow_privilege_escalation() {
    restricted("allowPrivilegeEscalation")
        .denies(&context(""), "container \"app\" must set securityContext.allowPrivilegeEscalation=false")
        .denies_from(&context("allowPrivilegeEscalation: true"), 8, ALWAYS)
        .denies_from(&spec("os: {name: windows}"), 8, 25)
        .denies_from(&spec("os: {name: Windows}"), 8, ALWAYS)
        .denies_from(&spec("os: {name: linux}"), 8, ALWAYS)
        .allows(&[context("allowPrivilegeEscalation: n")]);
}

#[test]
fn capabilities_of_restricted() {
    restricted("capabilities_restricted")
        .denies(
            &context("capabilities: {drop: [all, NET_RAW], add: [CHOWN]}"),
            "container \"app\" must set securityContext.capabilities.drop=[\"ALL\"]; container \"app\" must not \
             include \"CHOWN\" in securityContext.capabilities.add",
        )
        .denies_from(&context(""), 22, ALWAYS)
        .denies_from(&spec("os: {name: windows}"), 22, 25)
        .allows(&[
            context("capabilities: {drop: [NET_RAW, ALL]}"),
            context("capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}"),
        ]);
}

#[test]
fn restricted_volumes() {
    restricted("restrictedVolumes")
        .denies(
            &spec("volumes: [{name: a, nfs: {}}, {name: b, hostPath: {}}, {name: c, secret: {}}]"),
            "volumes \"a\", \"b\" use restricted volume types \"hostPath\", \"nfs\"",
        )
        // Of two sources the one that the server looks for first.
        .denies(
            &spec("volumes: [{name: a, rbd: {}, nfs: {}}]"),
            "volume \"a\" uses restricted volume type \"nfs\"",
        )
        .denies_from(&spec("volumes: [{name: a, gitRepo: {}}]"), 0, ALWAYS)
        .allows(&[
            // Without a source it is an emptyDir.
            spec("volumes: [{name: a}]"),
            spec("volumes: [{name: a, nfs: ~}]"),
            spec("volumes: [~]"),
            spec("volumes: [{name: a, image: {}}, {name: b, ephemeral: {}}, {name: c, csi: {}}]"),
        ]);
}

#[test]
fn run_as_non_root() {
    let check = restricted("runAsNonRoot");
    check
        .denies(&context(""), "pod or container \"app\" must set securityContext.runAsNonRoot=true")
        .denies(
            &pod("securityContext: {runAsNonRoot: false}", "", "runAsNonRoot: true"),
            "pod must not set securityContext.runAsNonRoot=false",
        )
        .denies(
            &pod("securityContext: {runAsNonRoot: true}", "", "runAsNonRoot: no"),
            "container \"app\" must not set securityContext.runAsNonRoot=false",
        )
        .denies_from(&context(""), 0, ALWAYS)
        .denies_from(&spec("hostUsers: false"), 0, 35)
        .denies_from(&spec("hostUsers: ~"), 0, ALWAYS)
        .denies_from(&spec("os: {name: windows}"), 0, ALWAYS)
        .allows(&[
            context("runAsNonRoot: y"),
            // The pod's says it also where it is written last.
            pod("securityContext: {runAsNonRoot: true}", "", ""),
            "{spec: {containers: []}}".to_owned(),
        ]);
}

#[test]
fn run_as_user() {
    restricted("runAsUser")
        .denies(
            &pod("securityContext: {runAsUser: 0}", "", "runAsUser: 0x0"),
            "pod and container \"app\" must not set runAsUser=0",
        )
        .denies_from(&context("runAsUser: 0"), 23, ALWAYS)
        .denies_from(&pod("hostUsers: false", "", "runAsUser: 0"), 23, 35)
        .allows(&[context("runAsUser: 1"), context("runAsUser: ~"), context("runAsGroup: 0")]);
}

#[test]
fn seccomp_profile_of_restricted() {
    let unset = context("");
    restricted("seccompProfile_restricted")
        .denies(
            &unset,
            "pod or container \"app\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
        )
        // What is wrong explicitly is told alone.
        .denies(
            &spec("securityContext: {seccompProfile: {type: Unconfined}}"),
            "pod must not set securityContext.seccompProfile.type to \"Unconfined\"",
        )
        .denies_from(&unset, 19, ALWAYS)
        .denies_from(&spec("os: {name: windows}"), 19, 25)
        .allows(&[
            context("seccompProfile: {type: RuntimeDefault}"),
            spec("securityContext: {seccompProfile: {type: Localhost}}"),
        ]);
}

#[test]
fn what_cannot_be_decoded_is_an_error() {
    for (pod, message) in [
        (spec("hostPID: 'true'"), "spec.hostPID must be a boolean"),
        (context("privileged: 1"), "spec.containers[0].securityContext.privileged must be a boolean"),
        (
            context("runAsUser: '0'"),
            "spec.containers[0].securityContext.runAsUser must be an integer of 64 bits",
        ),
        (
            container("ports: [{hostPort: 4294967296}]"),
            "spec.containers[0].ports[0].hostPort must be an integer of 32 bits",
        ),
        (
            context("capabilities: {add: [1]}"),
            "spec.containers[0].securityContext.capabilities.add[0] must be a string",
        ),
        (spec("volumes: {}"), "spec.volumes must be a list"),
        (spec("volumes: [{hostPath: /}]"), "spec.volumes[0].hostPath must be a mapping"),
        ("{spec: {containers: {}}}".to_owned(), "spec.containers must be a list"),
        ("{spec: [], metadata: x}".to_owned(), "metadata must be a mapping; spec must be a mapping"),
        (annotated("a: 1"), "metadata.annotations.a must be a string"),
    ] {
        let document = document(&pod);
        let fields = PodFields::of_template(Field::new(document.root()));
        let error = evaluate(fields, LevelVersion::latest(Level::Baseline)).map(|_| ()).expect_err(&pod);
        assert_eq!(error.to_string(), message);
        assert_eq!(plimsoll_podsecurity::Facts::of(fields).level(Version::Latest), None);
    }
}
