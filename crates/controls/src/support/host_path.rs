//! Paths of the node that pods mount.

use std::collections::HashMap;

use plimsoll_kubernetes::{Container, Field, Pod, Volume, VolumeMount};

/// A path as the node resolves it: without doubled or trailing slashes, `.` and `..`, with the root of a process
/// (`/proc/1/root`) as the root, and with `/var/run` as `/run`, to which it is a link on every current distribution.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            "root" if is_process(&parts) => parts.clear(),
            part => parts.push(part),
        }
    }
    if parts.starts_with(&["var", "run"]) {
        parts.remove(0);
    }
    format!("/{}", parts.join("/"))
}

/// Whether these are the parts of `/proc/PID`, or of one of its threads.
fn is_process(parts: &[&str]) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts {
        ["proc", process] => is_number(process) || matches!(*process, "self" | "thread-self"),
        ["proc", process, "task", thread] => (is_number(process) || *process == "self") && is_number(thread),
        _ => false,
    }
}

/// Whether `path` is `folder` or stands below it; both normal.
pub(crate) fn is_within(path: &str, folder: &str) -> bool {
    folder == "/" || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Every hostPath volume of a pod with the field of its path.
pub(crate) fn volumes<'d>(pod: &Pod<'d>) -> impl Iterator<Item = (Volume<'d>, Field<'d>)> + use<'d> {
    pod.volumes().filter_map(|volume| volume.host_path().map(|path| (volume, path)))
}

/// Every mount of a hostPath volume: its container, itself, and the field of the path.
pub(crate) fn mounts<'p, 'd>(pod: &'p Pod<'d>) -> Vec<(Container<'p, 'd>, VolumeMount<'d>, Field<'d>)> {
    // Of two volumes of one name, which the API server refuses, both count.
    let mut paths: HashMap<&str, Vec<Field<'d>>> = HashMap::new();
    for (volume, path) in volumes(pod) {
        paths.entry(volume.name()).or_default().push(path);
    }
    if paths.is_empty() {
        return Vec::new();
    }
    let mounts =
        pod.containers().flat_map(|container| container.mounts().map(move |mount| (container, mount)));
    mounts
        .flat_map(|(container, mount)| {
            let paths = paths.get(mount.name()).into_iter().flatten();
            paths.map(move |path| (container, mount, *path))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved() {
        for (path, resolved) in [
            ("/", "/"),
            ("//etc/", "/etc"),
            ("/etc/./kubernetes/../ssl", "/etc/ssl"),
            ("/var/run/docker.sock", "/run/docker.sock"),
            ("/var/running", "/var/running"),
            ("/../..", "/"),
            ("/proc/1/root", "/"),
            ("/proc/self/root/etc/", "/etc"),
            ("/proc/1/task/1/root/proc/7/root/var/run", "/run"),
            ("/proc/sys/root", "/proc/sys/root"),
            ("/srv/proc/1/root", "/srv/proc/1/root"),
        ] {
            assert_eq!(normal(path), resolved, "{path}");
        }
    }

    #[test]
    fn within_knows_whole_parts() {
        assert!(is_within("/etc/ssl", "/etc"));
        assert!(is_within("/etc", "/etc"));
        assert!(is_within("/etc", "/"));
        assert!(!is_within("/etcd", "/etc"));
    }
}
