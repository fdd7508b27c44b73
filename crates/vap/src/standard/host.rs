//! What belongs to the node: its namespaces, paths, ports, kernel settings and processes.

use super::{Said, listed, setters, some, where_it_fails};
use crate::cel;

pub(super) fn namespaces() -> Said {
    let shared = ["hostNetwork", "hostPID", "hostIPC"]
        .map(|field| format!("(variables.spec.?{field}.orValue(false) ? [\"{field}=true\"] : [])"));
    Said {
        variables: vec![("sharedNamespaces", shared.join(" +\n"))],
        text: where_it_fails(
            &some("sharedNamespaces"),
            &["\"host namespaces (\" + variables.sharedNamespaces.join(\", \") + \")\""],
        ),
    }
}

pub(super) fn path_volumes() -> Said {
    Said {
        variables: vec![(
            "hostPaths",
            "variables.volumes.filter(v, v.?hostPath.hasValue()).map(v, v.name)".to_owned(),
        )],
        text: where_it_fails(
            &some("hostPaths"),
            &["\"hostPath volumes (\"", &listed("volume", "hostPaths"), "\")\""],
        ),
    }
}

pub(super) fn ports() -> Said {
    let taken = "c.?ports.orValue([]).filter(p, p.?hostPort.orValue(0) != 0)";
    let names = format!("variables.containers.filter(c, {taken}.size() > 0).map(c, c.name)");
    let numbers = format!(
        "variables.containers\n  .map(c, {taken}.map(p, string(p.hostPort)))\n  \
         .filter(ports, ports.size() > 0)\n  .map(ports, ports.join(\", \"))\n  .join(\", \")"
    );
    Said {
        variables: vec![("portTakers", names), ("hostPorts", numbers)],
        text: where_it_fails(
            &some("portTakers"),
            &[
                "\"hostPort (\"",
                &listed("container", "portTakers"),
                "(variables.portTakers.size() == 1 ? \" uses \" : \" use \")",
                "(variables.hostPorts.contains(\", \") ? \"hostPorts \" : \"hostPort \")",
                "variables.hostPorts + \")\"",
            ],
        ),
    }
}

/// Where the kubelet is told whom to call.
const HANDLERS: [&str; 5] =
    ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.?postStart", "lifecycle.?preStop"];

pub(super) fn handlers() -> Said {
    let hosts: Vec<String> = HANDLERS
        .iter()
        .flat_map(|handler| {
            ["httpGet", "tcpSocket"].map(|kind| format!("c.?{handler}.?{kind}.?host.orValue(\"\")"))
        })
        .collect();
    let hosts = format!("[\n    {}\n  ].filter(host, host != \"\")", hosts.join(",\n    "));
    let callers = format!(
        "variables.containers\n  .map(c, {{\"name\": dyn(c.name), \"hosts\": dyn({hosts})}})\n  \
         .filter(caller, caller.hosts.size() > 0)"
    );
    Said {
        variables: vec![
            ("callers", callers),
            ("callerNames", "variables.callers.map(caller, caller.name)".to_owned()),
            (
                "calledHosts",
                "variables.callers.map(caller, '\"' + caller.hosts.join('\", \"') + '\"').join(\", \")"
                    .to_owned(),
            ),
        ],
        text: where_it_fails(
            &some("callers"),
            &[
                "\"probe or lifecycle host (\"",
                &listed("container", "callerNames"),
                "(variables.callers.size() == 1 ? \" uses \" : \" use \")",
                "(variables.calledHosts.contains('\", \"') ? \"probe or lifecycle hosts \" : \"probe or lifecycle host \")",
                "variables.calledHosts + \")\"",
            ],
        ),
    }
}

/// Names of sysctls, with the minor version that allows them first.
const SYSCTLS: [(&str, u64); 14] = [
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_notsent_lowat", 37),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
];

pub(super) fn sysctls(minor: u64) -> Said {
    let allowed = SYSCTLS.iter().filter(|(_, since)| *since <= minor).map(|(name, _)| *name);
    let unsafe_ones = format!(
        "variables.spec.?securityContext.?sysctls.orValue([])\n  .filter(s, !(s.name in {}))\n  .map(s, s.name)",
        cel::long_list(allowed).replace('\n', "\n  ")
    );
    Said {
        variables: vec![("unsafeSysctls", unsafe_ones)],
        text: where_it_fails(
            &some("unsafeSysctls"),
            &["\"forbidden sysctls (\" + variables.unsafeSysctls.join(\", \") + \")\""],
        ),
    }
}

pub(super) fn process() -> Said {
    let pod = "variables.podIsHostProcess";
    Said {
        variables: vec![
            (
                "podIsHostProcess",
                "variables.spec.?securityContext.?windowsOptions.?hostProcess.orValue(false)".to_owned(),
            ),
            (
                "hostProcesses",
                "variables.containers.filter(c, \
                 c.?securityContext.?windowsOptions.?hostProcess.orValue(false)).map(c, c.name)"
                    .to_owned(),
            ),
        ],
        text: where_it_fails(
            &format!("{pod} || {}", some("hostProcesses")),
            &[
                "\"hostProcess (\"",
                &setters(pod, "hostProcesses"),
                "\" must not set securityContext.windowsOptions.hostProcess=true)\"",
            ],
        ),
    }
}

const ALLOWED_VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// Sources that restricted doesn't allow, by name.
const RESTRICTED_VOLUMES: [&str; 21] = [
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
    "hostPath",
    "iscsi",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

pub(super) fn restricted_volumes() -> Said {
    let has = |names: &[&str]| names.iter().map(|name| format!("v.?{name}.hasValue()")).collect::<Vec<_>>();
    let allowed = has(&ALLOWED_VOLUMES).join(" ||\n  ");
    let mut types: Vec<String> = RESTRICTED_VOLUMES
        .iter()
        .map(|name| {
            format!("(variables.restrictedVolumes.exists(v, v.?{name}.hasValue()) ? ['\"{name}\"'] : [])")
        })
        .collect();
    let any = has(&RESTRICTED_VOLUMES).join(" || ");
    types.push(format!("(variables.restrictedVolumes.exists(v, !({any})) ? ['\"unknown\"'] : [])"));
    Said {
        variables: vec![
            ("restrictedVolumes", format!("variables.volumes.filter(v, !(\n  {allowed}\n))")),
            ("restrictedVolumeNames", "variables.restrictedVolumes.map(v, v.name)".to_owned()),
            ("restrictedVolumeTypes", types.join(" +\n")),
        ],
        text: where_it_fails(
            &some("restrictedVolumes"),
            &[
                "\"restricted volume types (\"",
                &listed("volume", "restrictedVolumeNames"),
                "(variables.restrictedVolumes.size() == 1 ? \" uses \" : \" use \")",
                "(variables.restrictedVolumeTypes.size() == 1 ? \"restricted volume type \" : \"restricted volume types \")",
                "variables.restrictedVolumeTypes.join(\", \") + \")\"",
            ],
        ),
    }
}
