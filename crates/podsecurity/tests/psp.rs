//! PodSecurityPolicy field by field: what a policy admits, what it fills in, and what it says against a pod.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Object, Pod};
use plimsoll_podsecurity::psp::{
    Mode, Outcome, PodSecurityPolicy, PspPod, Selection, Usable, evaluate, gaps, message, select,
};
use plimsoll_podsecurity::{Level, LevelVersion, Version};

fn document(text: String) -> Document {
    let file = Arc::new(SourceFile::new("test.yaml", text.into_bytes()));
    parse(&file, &Limits::default()).remove(0).expect("YAML")
}

/// A policy that allows as much as its required fields can, and these fields of its spec.
fn policy(name: &str, annotations: &str, fields: &str) -> Document {
    let mut spec = String::from(fields);
    for field in ["runAsUser", "seLinux", "fsGroup", "supplementalGroups"] {
        if !fields.contains(&format!("{field}:")) {
            spec.push_str(&format!(", {field}: {{rule: RunAsAny}}"));
        }
    }
    if !fields.contains("volumes:") {
        spec.push_str(", volumes: ['*']");
    }
    let spec = spec.trim_start_matches([',', ' ']);
    document(format!(
        "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {{name: {name}, annotations: {{{annotations}}}}}\nspec: {{{spec}}}\n"
    ))
}

/// A pod of one container, with these fields.
fn pod(annotations: &str, spec: &str, container: &str) -> Document {
    let comma = |text: &str| if text.is_empty() { String::new() } else { format!(", {text}") };
    document(format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, annotations: {{{annotations}}}}}\nspec: {{containers: [{{name: c, image: i{}}}]{}}}\n",
        comma(container),
        comma(spec)
    ))
}

fn object(document: &Document) -> Object<'_> {
    Object::new(document.root()).expect("an object")
}

/// `as it is`, what is filled in, or the errors.
fn outcome(policy: &Document, pod: &Document) -> String {
    let (policy, problems) = PodSecurityPolicy::read(object(policy));
    assert!(problems.is_empty());
    let pod = Pod::all_of(object(pod)).remove(0);
    let (pod, problems) = PspPod::of(&pod);
    assert!(problems.is_empty());
    match evaluate(&policy, &pod).outcome {
        Outcome::Admits { changes, .. } if changes.is_empty() => "as it is".to_owned(),
        Outcome::Admits { changes, .. } => {
            changes.iter().map(|change| change.path.as_str()).collect::<Vec<_>>().join(" ")
        }
        Outcome::Denies(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Outcome::Unusable(reason) => format!("unusable: {reason}"),
    }
}

/// Each case: fields of the policy, of the pod's spec and of its container, and what comes of it.
fn check(cases: &[(&str, &str, &str, &str)]) {
    for (fields, spec, container, expected) in cases {
        let policy = policy("x", "", fields);
        let said = outcome(&policy, &pod("", spec, container));
        assert_eq!(said, *expected, "{fields} | {spec} | {container}");
    }
}

#[test]
fn privileges_and_the_host() {
    const PRIVILEGED: &str = "securityContext: {privileged: true}";
    const DENIED: &str = "spec.containers[0].securityContext.privileged: Invalid value: true: Privileged containers \
                          are not allowed";
    check(&[
        ("privileged: true", "", PRIVILEGED, "as it is"),
        ("privileged: false", "", PRIVILEGED, DENIED),
        ("", "", PRIVILEGED, DENIED),
        ("", "", "securityContext: {privileged: false}", "as it is"),
        ("hostNetwork: true", "hostNetwork: true", "", "as it is"),
        (
            "hostPID: true",
            "hostNetwork: true",
            "",
            "spec.securityContext.hostNetwork: Invalid value: true: Host network is not allowed to be used",
        ),
        (
            "",
            "hostPID: true",
            "",
            "spec.securityContext.hostPID: Invalid value: true: Host PID is not allowed to be used",
        ),
        ("hostPID: true", "hostPID: on", "", "as it is"),
        (
            "",
            "hostIPC: true",
            "",
            "spec.securityContext.hostIPC: Invalid value: true: Host IPC is not allowed to be used",
        ),
        ("hostIPC: true", "hostIPC: true", "", "as it is"),
        ("", "hostIPC: false", "", "as it is"),
    ]);
}

#[test]
fn ports_of_the_host() {
    let denied = |port: u16, ranges: &str| {
        format!(
            "spec.containers[0].hostPort: Invalid value: {port}: Host port {port} is not allowed to be used. Allowed ports: [{ranges}]"
        )
    };
    const RANGES: &str = "hostPorts: [{min: 80, max: 90}, {min: 443, max: 443}]";
    check(&[
        (
            RANGES,
            "",
            "ports: [{containerPort: 1, hostPort: 80}, {containerPort: 1, hostPort: 443}]",
            "as it is",
        ),
        (RANGES, "", "ports: [{containerPort: 1, hostPort: 91}]", &denied(91, "80-90,443")),
        ("", "", "ports: [{containerPort: 1, hostPort: 80}]", &denied(80, "")),
        ("", "", "ports: [{containerPort: 80}]", "as it is"),
        ("", "", "ports: [{containerPort: 80, hostPort: 0}]", "as it is"),
        // In the host's network every port is the host's.
        (
            &format!("hostNetwork: true, {RANGES}"),
            "hostNetwork: true",
            "ports: [{containerPort: 85}]",
            "as it is",
        ),
        ("hostNetwork: true", "hostNetwork: true", "ports: [{containerPort: 85}]", &denied(85, "")),
    ]);
}

#[test]
fn volumes() {
    let denied = |kind: &str| {
        format!("spec.volumes[0]: Invalid value: \"{kind}\": {kind} volumes are not allowed to be used")
    };
    let token = "volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}, {configMap: {name: kube-root-ca.crt}}, {downwardAPI: {items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]}}]}}]";
    let other = token.replace("kube-root-ca.crt", "other");
    check(&[
        (
            "volumes: [configMap, emptyDir]",
            "volumes: [{name: a, configMap: {name: x}}, {name: b}]",
            "",
            "as it is",
        ),
        ("volumes: [configMap]", "volumes: [{name: b}]", "", &denied("emptyDir")),
        ("volumes: ['*']", "volumes: [{name: b, nfs: {}}]", "", "as it is"),
        ("volumes: []", "volumes: [{name: b, secret: {}}]", "", &denied("secret")),
        ("volumes: [cephFS]", "volumes: [{name: b, cephfs: {}}]", "", "as it is"),
        ("volumes: [cephfs]", "volumes: [{name: b, cephfs: {}}]", "", &denied("cephFS")),
        ("volumes: [secret]", token, "", "as it is"),
        ("volumes: [secret]", &other, "", &denied("projected")),
        ("volumes: [configMap]", token, "", &denied("projected")),
        ("volumes: [projected]", &other, "", "as it is"),
    ]);
}

#[test]
fn paths_of_the_host() {
    let denied = |path: &str| {
        format!("spec.volumes[0].hostPath.pathPrefix: Invalid value: \"{path}\": is not allowed to be used")
    };
    let volume = |path: &str| format!("volumes: [{{name: v, hostPath: {{path: {path}}}}}]");
    const WRITE: &str = "volumeMounts: [{name: v, mountPath: /v}]";
    const READ: &str = "volumeMounts: [{name: v, mountPath: /v, readOnly: true}]";
    const VAR: &str = "allowedHostPaths: [{pathPrefix: /var/log}]";
    const VAR_READ: &str = "allowedHostPaths: [{pathPrefix: /var/log, readOnly: true}]";
    const BOTH: &str =
        "allowedHostPaths: [{pathPrefix: /var, readOnly: true}, {pathPrefix: /var/log/, readOnly: false}]";
    const NOT_READ: &str =
        "spec.containers[0].volumeMounts[0].readOnly: Invalid value: false: must be read-only";
    check(&[
        ("", &volume("/etc"), WRITE, "as it is"),
        (VAR, &volume("/var/log"), WRITE, "as it is"),
        (VAR, &volume("/var/log/"), WRITE, "as it is"),
        (VAR, &volume("/var/log/pods"), WRITE, "as it is"),
        (VAR, &volume("/var/logs"), WRITE, &denied("/var/logs")),
        (VAR, &volume("/var"), WRITE, &denied("/var")),
        (VAR_READ, &volume("/var/log"), READ, "as it is"),
        (VAR_READ, &volume("/var/log"), WRITE, NOT_READ),
        (VAR_READ, &volume("/var/log"), "volumeMounts: [{name: w, mountPath: /v}]", "as it is"),
        (BOTH, &volume("/var/log/x"), WRITE, "as it is"),
        (BOTH, &volume("/var/lib"), WRITE, NOT_READ),
        ("allowedHostPaths: [{pathPrefix: /}]", &volume("/etc"), WRITE, "as it is"),
    ]);
}

#[test]
fn drivers() {
    const FLEX: &str = "allowedFlexVolumes: [{driver: one/a}]";
    const CSI: &str = "allowedCSIDrivers: [{name: a.example.com}]";
    check(&[
        (FLEX, "volumes: [{name: v, flexVolume: {driver: one/a}}]", "", "as it is"),
        (
            FLEX,
            "volumes: [{name: v, flexVolume: {driver: one/b}}]",
            "",
            "spec.volumes[0].driver: Invalid value: \"one/b\": Flexvolume driver is not allowed to be used",
        ),
        ("", "volumes: [{name: v, flexVolume: {driver: one/b}}]", "", "as it is"),
        (CSI, "volumes: [{name: v, csi: {driver: a.example.com}}]", "", "as it is"),
        (
            CSI,
            "volumes: [{name: v, csi: {driver: b.example.com}}]",
            "",
            "spec.volumes[0].csi.driver: Invalid value: \"b.example.com\": Inline CSI driver is not allowed to be used",
        ),
    ]);
}

#[test]
fn users() {
    const RANGE: &str = "runAsUser: {rule: MustRunAs, ranges: [{min: 10, max: 20}, {min: 30, max: 40}]}";
    const NON_ROOT: &str = "runAsUser: {rule: MustRunAsNonRoot}";
    const USER: &str = "spec.containers[0].securityContext.runAsUser";
    const FLAG: &str = "spec.containers[0].securityContext.runAsNonRoot";
    check(&[
        (RANGE, "", "", USER),
        (RANGE, "", "securityContext: {runAsUser: 40}", "as it is"),
        (RANGE, "securityContext: {runAsUser: 10}", "", "as it is"),
        (
            RANGE,
            "securityContext: {runAsUser: 10}",
            "securityContext: {runAsUser: 25}",
            &format!("{USER}: Invalid value: 25: must be in the ranges: [{{10 20}} {{30 40}}]"),
        ),
        (NON_ROOT, "", "", FLAG),
        (NON_ROOT, "securityContext: {runAsUser: 1}", "", "as it is"),
        (NON_ROOT, "securityContext: {runAsNonRoot: true}", "", "as it is"),
        (
            NON_ROOT,
            "",
            "securityContext: {runAsUser: 0}",
            &format!("{USER}: Invalid value: 0: running with the root UID is forbidden"),
        ),
        (
            NON_ROOT,
            "",
            "securityContext: {runAsNonRoot: false}",
            &format!("{FLAG}: Invalid value: false: must be true"),
        ),
        ("", "", "securityContext: {runAsUser: 0}", "as it is"),
        ("runAsUser: {rule: MustRunAs}", "", "", "unusable: MustRunAs requires at least one range"),
        ("runAsUser: {rule: Any}", "", "", "unusable: Unrecognized RunAsUser strategy type Any"),
        (
            "runAsUser: {rule: MustRunAs}, fsGroup: {rule: MayRunAs}",
            "",
            "",
            "unusable: [MustRunAs requires at least one range, ranges must be supplied for MayRunAs]",
        ),
    ]);
}

#[test]
fn groups() {
    const MUST: &str = "{rule: MustRunAs, ranges: [{min: 10, max: 20}]}";
    const MAY: &str = "{rule: MayRunAs, ranges: [{min: 10, max: 20}]}";
    let outside = |path: &str, group: i64| {
        format!("{path}: Invalid value: []int64{{{group}}}: group {group} must be in the ranges: [{{10 20}}]")
    };
    let (fs, sup) = ("spec.securityContext.fsGroup", "spec.securityContext.supplementalGroups");
    let own = "spec.containers[0].securityContext";
    check(&[
        (&format!("fsGroup: {MUST}"), "", "", fs),
        (&format!("fsGroup: {MAY}"), "", "", "as it is"),
        (&format!("fsGroup: {MAY}"), "securityContext: {fsGroup: 21}", "", &outside(fs, 21)),
        (&format!("fsGroup: {MUST}"), "securityContext: {fsGroup: 20}", "", "as it is"),
        (&format!("supplementalGroups: {MUST}"), "", "", sup),
        (
            &format!("supplementalGroups: {MUST}"),
            "securityContext: {supplementalGroups: [10, 20]}",
            "",
            "as it is",
        ),
        (
            &format!("supplementalGroups: {MUST}"),
            "securityContext: {supplementalGroups: [10, 9]}",
            "",
            &format!("{sup}: Invalid value: []int64{{10, 9}}: group 9 must be in the ranges: [{{10 20}}]"),
        ),
        // An empty list is there, so that nothing is filled in.
        (
            &format!("supplementalGroups: {MUST}"),
            "securityContext: {supplementalGroups: []}",
            "",
            &format!(
                "{sup}: Invalid value: []int64{{}}: unable to validate empty groups against required ranges"
            ),
        ),
        (&format!("supplementalGroups: {MAY}"), "", "", "as it is"),
        (&format!("runAsGroup: {MUST}"), "", "", "spec.containers[0].securityContext.runAsGroup"),
        (&format!("runAsGroup: {MUST}"), "securityContext: {runAsGroup: 15}", "", "as it is"),
        (&format!("runAsGroup: {MAY}"), "", "securityContext: {runAsGroup: 5}", &outside(own, 5)),
        (&format!("runAsGroup: {MAY}"), "", "", "as it is"),
    ]);
}

#[test]
fn se_linux() {
    const MUST: &str = "seLinux: {rule: MustRunAs, seLinuxOptions: {level: 's0:c1,c2', type: t}}";
    const PATH: &str = "spec.securityContext.seLinuxOptions";
    check(&[
        (MUST, "", "", PATH),
        (MUST, "securityContext: {seLinuxOptions: {level: 's0:c2,c1', type: t}}", "", "as it is"),
        (
            MUST,
            "securityContext: {seLinuxOptions: {level: 's1:c1,c2', type: t}}",
            "securityContext: {seLinuxOptions: {level: 's0:c1,c2', type: t}}",
            &format!("{PATH}.level: Invalid value: \"s1:c1,c2\": must be s0:c1,c2"),
        ),
        (
            MUST,
            "",
            "securityContext: {seLinuxOptions: {level: 's0:c1,c2', user: u}}",
            "spec.containers[0].securityContext.seLinuxOptions.type: Invalid value: \"\": must be t\n\
             spec.containers[0].securityContext.seLinuxOptions.user: Invalid value: \"u\": must be ",
        ),
        ("seLinux: {rule: MustRunAs}", "", "", "unusable: MustRunAs requires SELinuxOptions"),
        ("", "securityContext: {seLinuxOptions: {type: spc_t}}", "", "as it is"),
    ]);
}

#[test]
fn the_rest_of_a_container() {
    const ROOT: &str = "spec.containers[0].securityContext.readOnlyRootFilesystem";
    const ESCALATION: &str = "spec.containers[0].securityContext.allowPrivilegeEscalation";
    check(&[
        ("readOnlyRootFilesystem: true", "", "", ROOT),
        ("readOnlyRootFilesystem: true", "", "securityContext: {readOnlyRootFilesystem: true}", "as it is"),
        (
            "readOnlyRootFilesystem: true",
            "",
            "securityContext: {readOnlyRootFilesystem: false}",
            &format!("{ROOT}: Invalid value: false: ReadOnlyRootFilesystem must be set to true"),
        ),
        ("allowPrivilegeEscalation: false", "", "", ESCALATION),
        (
            "allowPrivilegeEscalation: false",
            "",
            "securityContext: {allowPrivilegeEscalation: false}",
            "as it is",
        ),
        (
            "allowPrivilegeEscalation: false",
            "",
            "securityContext: {allowPrivilegeEscalation: true}",
            &format!(
                "{ESCALATION}: Invalid value: true: Allowing privilege escalation for containers is not allowed"
            ),
        ),
        ("", "", "securityContext: {allowPrivilegeEscalation: true}", "as it is"),
        ("defaultAllowPrivilegeEscalation: false", "", "", ESCALATION),
        ("defaultAllowPrivilegeEscalation: true", "", "", ESCALATION),
        (
            "defaultAllowPrivilegeEscalation: false",
            "",
            "securityContext: {allowPrivilegeEscalation: true}",
            "as it is",
        ),
        ("", "", "securityContext: {procMount: Default}", "as it is"),
        (
            "",
            "",
            "securityContext: {procMount: Unmasked}",
            "spec.containers[0].securityContext.procMount: Invalid value: \"Unmasked\": ProcMountType is not allowed",
        ),
        ("allowedProcMountTypes: [Unmasked]", "", "securityContext: {procMount: Unmasked}", "as it is"),
        (
            "allowedProcMountTypes: [Unmasked]",
            "",
            "",
            "spec.containers[0].securityContext.procMount: Invalid value: \"Default\": ProcMountType is not allowed",
        ),
    ]);
}

#[test]
fn capabilities() {
    const PATH: &str = "spec.containers[0].securityContext.capabilities";
    check(&[
        ("", "", "securityContext: {capabilities: {drop: [ALL]}}", "as it is"),
        (
            "",
            "",
            "securityContext: {capabilities: {add: [CHOWN]}}",
            &format!("{PATH}.add: Invalid value: \"CHOWN\": capability may not be added"),
        ),
        ("allowedCapabilities: [CHOWN]", "", "securityContext: {capabilities: {add: [CHOWN]}}", "as it is"),
        ("allowedCapabilities: ['*']", "", "securityContext: {capabilities: {add: [SYS_ADMIN]}}", "as it is"),
        (
            "allowedCapabilities: [CAP_CHOWN]",
            "",
            "securityContext: {capabilities: {add: [CHOWN]}}",
            &format!("{PATH}.add: Invalid value: \"CHOWN\": capability may not be added"),
        ),
        ("requiredDropCapabilities: [ALL]", "", "", PATH),
        ("requiredDropCapabilities: [ALL]", "", "securityContext: {capabilities: {drop: [ALL]}}", "as it is"),
        ("requiredDropCapabilities: [ALL]", "", "securityContext: {capabilities: {drop: [CHOWN]}}", PATH),
        ("defaultAddCapabilities: [CHOWN]", "", "", PATH),
        (
            "defaultAddCapabilities: [CHOWN]",
            "",
            "securityContext: {capabilities: {drop: [CHOWN]}}",
            "as it is",
        ),
        (
            "defaultAddCapabilities: [CHOWN]",
            "",
            "securityContext: {capabilities: {add: [CHOWN]}}",
            "as it is",
        ),
    ]);
}

#[test]
fn sysctls_and_runtime_classes() {
    const SYSCTL: &str = "securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: '1'}, {name: net.core.somaxconn, value: '1'}]}";
    const CLASS: &str = "runtimeClass: {allowedRuntimeClassNames: [kata]}";
    check(&[
        (
            "",
            SYSCTL,
            "",
            "pod.spec.securityContext.sysctls[1]: Forbidden: unsafe sysctl \"net.core.somaxconn\" is not allowed",
        ),
        ("allowedUnsafeSysctls: [net.core.*]", SYSCTL, "", "as it is"),
        (
            "allowedUnsafeSysctls: [net.core.somaxcon]",
            SYSCTL,
            "",
            "pod.spec.securityContext.sysctls[1]: Forbidden: unsafe sysctl \"net.core.somaxconn\" is not allowed",
        ),
        (
            "allowedUnsafeSysctls: ['*'], forbiddenSysctls: [kernel.*]",
            SYSCTL,
            "",
            "pod.spec.securityContext.sysctls[0]: Forbidden: sysctl \"kernel.shm_rmid_forced\" is not allowed",
        ),
        ("", "runtimeClassName: any", "", "as it is"),
        (CLASS, "", "", "as it is"),
        (CLASS, "runtimeClassName: kata", "", "as it is"),
        (CLASS, "runtimeClassName: runc", "", "spec.runtimeClassName: Invalid value: \"runc\""),
        (
            "runtimeClass: {allowedRuntimeClassNames: ['*'], defaultRuntimeClassName: kata}",
            "",
            "",
            "spec.runtimeClassName",
        ),
        (
            "runtimeClass: {allowedRuntimeClassNames: []}",
            "runtimeClassName: runc",
            "",
            "spec.runtimeClassName: Invalid value: \"runc\"",
        ),
    ]);
}

#[test]
fn profiles_by_annotation() {
    const SECCOMP: &str = "seccomp.security.alpha.kubernetes.io";
    const ARMOR: &str = "apparmor.security.beta.kubernetes.io";
    let allowed = |of: &str, list: &str| format!("{of}/allowedProfileNames: '{list}'");
    let default = |of: &str, name: &str| {
        format!("{of}/allowedProfileNames: '{name}', {of}/defaultProfileName: '{name}'")
    };
    let of_pod = |name: &str| format!("{SECCOMP}/pod: {name}");
    let of_container = |name: &str| format!("container.{ARMOR}/c: {name}");
    const PATH: &str = "pod.metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]";
    const FIELD: &str = "securityContext: {seccompProfile: {type: RuntimeDefault}}";
    let field_in_annotation = format!("metadata.annotations[{SECCOMP}/pod]");
    let both = |detail: &str| {
        format!(
            "{PATH}: Forbidden: {detail}\npod.metadata.annotations[container.{SECCOMP}/c]: Forbidden: {detail}"
        )
    };
    for (of_policy, annotations, spec, expected) in [
        (String::new(), String::new(), "", "as it is"),
        (String::new(), of_pod("runtime/default"), "", &*both("seccomp may not be set")),
        (allowed(SECCOMP, "*"), of_pod("unconfined"), "", "as it is"),
        (allowed(SECCOMP, "docker/default"), of_pod("runtime/default"), "", "as it is"),
        (
            allowed(SECCOMP, "runtime/default"),
            of_pod("unconfined"),
            "",
            &both("unconfined is not an allowed seccomp profile. Valid values are runtime/default"),
        ),
        (
            allowed(SECCOMP, "runtime/default"),
            String::new(),
            "",
            &both(" is not an allowed seccomp profile. Valid values are runtime/default"),
        ),
        (default(SECCOMP, "runtime/default"), String::new(), "", &field_in_annotation),
        // The field becomes the annotation, and that counts as a change.
        (allowed(SECCOMP, "runtime/default"), String::new(), FIELD, &field_in_annotation),
        (allowed(ARMOR, "localhost/a"), of_container("localhost/a"), "", "as it is"),
        (
            allowed(ARMOR, "localhost/a"),
            of_container("localhost/b"),
            "",
            "pod.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: Forbidden: localhost/b is not \
             an allowed profile. Allowed values: \"localhost/a\"",
        ),
        (
            allowed(ARMOR, "localhost/a"),
            String::new(),
            "",
            "pod.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: Forbidden: AppArmor profile \
             must be set",
        ),
        (
            default(ARMOR, "runtime/default"),
            String::new(),
            "",
            "metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]",
        ),
        (String::new(), of_container("unconfined"), "", "as it is"),
    ] {
        let said = outcome(&policy("x", &of_policy, "privileged: false"), &pod(&annotations, spec, ""));
        assert_eq!(said, expected, "{of_policy} | {annotations} | {spec}");
    }
}

#[test]
fn every_kind_of_container_counts() {
    let policy = policy("x", "", "privileged: false");
    let pod = pod(
        "",
        "initContainers: [{name: i, securityContext: {privileged: true}}], ephemeralContainers: [{name: e, securityContext: {privileged: true}}]",
        "",
    );
    let said = outcome(&policy, &pod);
    let fields: Vec<_> = said.lines().map(|line| line.split('.').nth(1).unwrap_or_default()).collect();
    assert_eq!(fields, ["initContainers[0]", "ephemeralContainers[0]"]);
}

#[test]
fn the_first_that_changes_nothing_wins() {
    let policies = [
        policy("c-as-it-is", "", "privileged: false"),
        policy("a-denies", "", "readOnlyRootFilesystem: true"),
        policy("b-fills-in", "", "allowPrivilegeEscalation: false"),
        policy("d-as-it-is", "", "privileged: true"),
    ];
    let document = pod("", "", "securityContext: {readOnlyRootFilesystem: false}");
    let pod = Pod::all_of(object(&document)).remove(0);
    let (pod, _) = PspPod::of(&pod);
    let policies: Vec<_> = policies.iter().map(|policy| PodSecurityPolicy::read(object(policy)).0).collect();
    let evaluations: Vec<_> = policies.iter().map(|policy| evaluate(policy, &pod)).collect();
    let choose = |mode, usable: [Usable; 4]| {
        let selection = select(&evaluations, mode, |evaluation| {
            let at = policies.iter().position(|policy| policy.name() == evaluation.policy.name());
            usable[at.expect("it is one of them")]
        });
        match &selection {
            Selection::Admitted(at) => policies[*at].name().to_owned(),
            Selection::Unknown { candidates, may_be_denied } => {
                let names: Vec<_> = candidates.iter().map(|at| policies[*at].name()).collect();
                format!("{}{}", names.join(" or "), if *may_be_denied { " or none" } else { "" })
            }
            _ => message("p", mode, &selection).expect("it is denied"),
        }
    };
    use Usable::{No, Unknown, Yes};
    let create = Mode::Create;
    let update = Mode::Update { validated_by: "" };
    assert_eq!(choose(create, [Yes, Yes, Yes, Yes]), "c-as-it-is", "though b comes first");
    assert_eq!(choose(create, [No, Yes, Yes, No]), "b-fills-in");
    assert_eq!(choose(create, [No, Yes, Yes, Yes]), "d-as-it-is");
    assert_eq!(choose(update, [Yes, Yes, Yes, Yes]), "c-as-it-is");
    assert_eq!(choose(Mode::Update { validated_by: "d-as-it-is" }, [Yes, Yes, Yes, Yes]), "d-as-it-is");
    let denied = |what: &str, errors: &str| {
        format!("pods \"p\" is forbidden: PodSecurityPolicy: unable to {what} pod: [{errors}]")
    };
    let root = "spec.containers[0].securityContext.readOnlyRootFilesystem: Invalid value: false: ReadOnlyRootFilesystem \
                must be set to true";
    assert_eq!(choose(create, [No, Yes, No, No]), denied("admit", root));
    assert_eq!(choose(create, [No, No, No, No]), denied("admit", ""));
    assert_eq!(choose(update, [No, No, Yes, No]), denied("validate", ""), "an update fills nothing in");
    assert_eq!(choose(create, [Unknown, Yes, Yes, Yes]), "c-as-it-is or d-as-it-is");
    assert_eq!(choose(create, [Unknown, Yes, Yes, No]), "c-as-it-is or b-fills-in");
    assert_eq!(choose(create, [Yes, Unknown, Unknown, Unknown]), "c-as-it-is", "whatever the others are");
    assert_eq!(choose(create, [No, Yes, Unknown, No]), "b-fills-in or none");
    assert_eq!(
        message("p", create, &select(&[], create, |_| Yes)).expect("it is denied"),
        "pods \"p\" is forbidden: PodSecurityPolicy: no providers available to validate pod request"
    );
}

#[test]
fn what_a_policy_promises() {
    const RESTRICTED: &str = "allowPrivilegeEscalation: false, requiredDropCapabilities: [ALL], volumes: [configMap, emptyDir, secret], runAsUser: {rule: MustRunAsNonRoot}, seLinux: {rule: MustRunAs, seLinuxOptions: {level: s0}}";
    const PROFILES: &str = "seccomp.security.alpha.kubernetes.io/allowedProfileNames: runtime/default, apparmor.security.beta.kubernetes.io/allowedProfileNames: runtime/default";
    let promised = |annotations: &str, fields: &str, level: Level, minor: u64| {
        let document = policy("x", annotations, fields);
        let (policy, _) = PodSecurityPolicy::read(object(&document));
        let gaps = gaps(&policy, LevelVersion::new(level, Version::V1(minor)));
        gaps.iter().map(|gap| gap.check.name()).collect::<Vec<_>>().join(" ")
    };
    let baseline = |annotations: &str, fields: &str| promised(annotations, fields, Level::Baseline, 33);
    assert_eq!(baseline(PROFILES, RESTRICTED), "");
    assert_eq!(promised(PROFILES, RESTRICTED, Level::Baseline, 34), "hostProbesAndHostLifecycle");
    assert_eq!(promised(PROFILES, RESTRICTED, Level::Restricted, 33), "runAsNonRoot runAsUser");
    assert_eq!(baseline("", RESTRICTED), "appArmorProfile");
    for (replaced, by, expected) in [
        ("volumes: [configMap", "volumes: [hostPath", "hostPathVolumes"),
        ("level: s0", "type: spc_t", "seLinuxOptions"),
        ("level: s0", "type: container_t", ""),
        ("requiredDrop", "hostPorts: [{min: 1, max: 2}], requiredDrop", "hostPorts"),
        ("requiredDrop", "hostPorts: [{min: 0, max: 0}], requiredDrop", ""),
        ("requiredDrop", "hostNetwork: true, requiredDrop", "hostNamespaces windowsHostProcess"),
        ("requiredDrop", "allowedCapabilities: [CHOWN], requiredDrop", ""),
        ("requiredDrop", "allowedCapabilities: [NET_RAW], requiredDrop", "capabilities_baseline"),
        ("requiredDrop", "allowedUnsafeSysctls: [net.ipv4.tcp_rmem], requiredDrop", ""),
        ("requiredDrop", "allowedUnsafeSysctls: [net.*], requiredDrop", "sysctls"),
        ("requiredDrop", "allowedUnsafeSysctls: [net.*], forbiddenSysctls: ['*'], requiredDrop", ""),
        ("requiredDrop", "allowedProcMountTypes: [Default, Unmasked], requiredDrop", "procMount"),
        ("requiredDrop", "privileged: true, requiredDrop", "privileged"),
    ] {
        assert_eq!(baseline(PROFILES, &RESTRICTED.replace(replaced, by)), expected, "{by}");
    }
    let any = PROFILES.replace(
        "seccomp.security.alpha.kubernetes.io/allowedProfileNames: runtime/default",
        "seccomp.security.alpha.kubernetes.io/allowedProfileNames: '*'",
    );
    assert_eq!(baseline(&any, RESTRICTED), "seccompProfile_baseline");
}

#[test]
fn what_the_api_server_would_not_read_is_told() {
    let told = |fields: &str| -> Vec<String> {
        let document = policy("x", "", fields);
        let (_, problems) = PodSecurityPolicy::read(object(&document));
        problems
            .iter()
            .map(|one| format!("{} {}", one.field.path_from(document.root()), one.wanted))
            .collect()
    };
    assert_eq!(
        told("privileged: 'yes', hostPorts: [{min: a}, 80], volumes: emptyDir"),
        [
            "spec.privileged a boolean",
            "spec.hostPorts[1] a mapping",
            "spec.hostPorts[0].min an integer",
            "spec.volumes a list",
        ]
    );
    assert_eq!(
        told("runAsUser: RunAsAny, allowedHostPaths: [/var]"),
        ["spec.allowedHostPaths[0] a mapping", "spec.runAsUser a mapping",]
    );
    assert_eq!(told("hostPorts: [null], runtimeClass: null"), [""; 0], "null is what is absent");
    let document = pod("", "volumes: [x], securityContext: []", "ports: {}");
    let pod = Pod::all_of(object(&document)).remove(0);
    let (_, problems) = PspPod::of(&pod);
    let told: Vec<_> = problems
        .iter()
        .map(|one| format!("{} {}", one.field.path_from(document.root()), one.wanted))
        .collect();
    assert_eq!(
        told,
        ["spec.containers[0].ports a list", "spec.securityContext a mapping", "spec.volumes[0] a mapping",]
    );
}
