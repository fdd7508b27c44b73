//! The socket of the container runtime is root on the node.
//!
//! ## What it checks
//! The path of every hostPath volume, resolved, with `/var/run` as `/run`: the socket of Docker,
//! containerd, CRI-O, cri-dockerd, k3s or Podman, or a folder that holds one (`/run`, `/run/containerd`, …).
//!
//! ## Why it matters
//! Who can write to the socket starts a privileged container that mounts the node's root, and stops or
//! enters every other container. A read-only mount doesn't help: connecting isn't writing to a file.
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
    "/run/k3s/containerd/containerd.sock",
    "/run/podman/podman.sock",
];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (volume, path) in host_path::volumes(pod) {
        let normal = host_path::normal(path.text());
        // The root is `pod/host-path-sensitive`; naming it here too would say one thing twice.
        if normal != "/" && SOCKETS.iter().any(|socket| host_path::is_within(socket, &normal)) {
            let message = format!(
                "the volume {:?} holds the socket of the container runtime, which is root on the node: remove it",
                volume.name()
            );
            found.at(&path, message);
        }
    }
}
