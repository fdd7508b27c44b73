//! The socket of the container runtime is root on the node.
//!
//! ## What it checks
//! The path of every hostPath volume, resolved, with `/var/run` as `/run`: the socket of Docker,
//! containerd, CRI-O, cri-dockerd, k3s, k0s, MicroK8s or Podman, those of rootless Docker and Podman
//! (`/run/user/1000/docker.sock`), or a folder that holds one (`/run`, `/run/containerd`, …). On Windows the pipes of
//! Docker and containerd.
//!
//! ## Why it matters
//! Who can write to the socket starts a privileged container that mounts the node's root, and stops or
//! enters every other container. A read-only mount doesn't help: connecting isn't writing to a file. A rootless
//! daemon gives the node's files and the other containers of its user.
//!
//! ## How to fix
//! Build images with a builder that needs no daemon (BuildKit rootless, Kaniko's successors, Buildah); read
//! container state from the kubelet's API.
//!
//! ## How others differ
//! Checkov, Trivy and KICS know `/var/run/docker.sock` alone, in that spelling; kube-linter any path that ends
//! in `docker.sock`. None sees the folder mounted.
//!
//! ```yaml bad
//! containers:
//! - name: builder
//!   image: registry.example.com/builder:1.4
//! volumes:
//! - name: docker
//!   hostPath:
//!     path: /var/run/docker.sock # <- here
//!     type: Socket
//! - name: containerd
//!   hostPath: {path: /run/containerd/} # <- here
//! - name: microk8s
//!   hostPath: {path: /var/snap/microk8s/common/run} # <- here
//! - name: rootless
//!   hostPath: {path: /run/user/1000/podman/podman.sock} # <- here
//! - name: pipe
//!   hostPath: {path: '\\.\pipe\docker_engine'} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: builder
//!   image: registry.example.com/builder:1.4
//! volumes:
//! - name: work
//!   emptyDir: {}
//! ```
//! ```yaml near-miss
//! # A socket of the kubelet's own, for device and CSI drivers.
//! containers:
//! - name: driver
//!   image: registry.example.com/driver:1.4
//! volumes:
//! - name: plugins
//!   hostPath: {path: /var/lib/kubelet/plugins/example/csi.sock}
//! - name: data
//!   hostPath: {path: /srv/docker.sock.d}
//! - name: bus
//!   hostPath: {path: /run/user/1000/bus}
//! - name: csi
//!   hostPath: {path: '\\.\pipe\csi-proxy-filesystem-v1'}
//! ```

use crate::prelude::*;
use crate::support::host_path;

pub const CONTROL: Control = Control {
    id: "pod/runtime-socket",
    title: "Container runtime socket mounted",
    severity: Critical,
    frameworks: &[
        pss("baseline/hostPathVolumes"),
        cis("5.2.11"),
        nsa("pod-security/host-path"),
        mitre("T1611"),
        mitre("T1610"),
        mitre("T1612"),
        microsoft("MS-TA9013"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_27",
        "kubescape:C-0074",
        "trivy:KSV-0006",
        "kube-linter:docker-sock",
        "kubesec:DockerSock",
        "kics:Docker-Daemon-Socket-is-Exposed-to-Containers",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["hostPath"]), check),
};

const SOCKETS: &[&str] = &[
    "/run/containerd/containerd.sock",
    "/run/cri-dockerd.sock",
    "/run/crio/crio.sock",
    "/run/docker.sock",
    "/run/docker/containerd/containerd.sock",
    "/run/dockershim.sock",
    "/run/k0s/containerd.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/podman/podman.sock",
    "/var/snap/microk8s/common/run/containerd.sock",
];

/// Those of daemons that a user runs without being root; `*` is the user's number.
const ROOTLESS: &[&str] = &["/run/user/*/docker.sock", "/run/user/*/podman/podman.sock"];

/// Those of Windows, with slashes: either way is the same there, and so is either case.
const PIPES: &[&str] = &["//./pipe/containerd-containerd", "//./pipe/docker_engine"];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (volume, path) in host_path::volumes(pod) {
        if let Some(what) = power(path.text()) {
            found.at(&path, format!("the volume {:?} holds {what} the node: remove it", volume.name()));
        }
    }
}

/// What a path opens, and whose power on the node that gives; the message goes on with "the node".
fn power(path: &str) -> Option<&'static str> {
    let slashed = path.replace('\\', "/");
    if PIPES.iter().any(|pipe| pipe.eq_ignore_ascii_case(&slashed)) {
        return Some("the pipe of the container runtime, which is administrator on");
    }
    let normal = host_path::normal(path);
    // These are `pod/host-path-sensitive`; naming them here too would say one thing twice.
    if matches!(normal.as_str(), "/" | "/var") {
        return None;
    }
    if SOCKETS.iter().any(|socket| holds(&normal, socket)) {
        Some("the socket of the container runtime, which is root on")
    } else if ROOTLESS.iter().any(|socket| holds(&normal, socket)) {
        Some("the socket of a rootless container runtime, which is its user on")
    } else {
        None
    }
}

/// Whether a path is the socket, or a folder above it.
fn holds(path: &str, socket: &str) -> bool {
    let mut parts = socket.split('/');
    path.split('/').all(|part| parts.next().is_some_and(|of| of == "*" || of == part))
}
