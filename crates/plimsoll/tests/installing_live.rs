//! `install` and `break-glass` by kubectl on a real API server.

#![cfg(unix)]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use plimsoll_control_plane::ControlPlane;
use serde_json::Value;
use support::Folder;

/// Runs a script of sh, with the real kubectl as the administrator. No controller runs that would roll out.
fn run(folder: &Folder, plane: &ControlPlane, script: &str) -> String {
    let config = plane.kubeconfig("admin", plane.token_of("admin"));
    let real = Command::new("sh").args(["-c", "command -v kubectl"]).output().expect("sh starts").stdout;
    let wrapper = folder.write(
        "bin/kubectl",
        format!(
            "#!/bin/sh\ncase \"$*\" in *'rollout status'*) exit 0 ;; esac\nexec {} \"$@\"\n",
            String::from_utf8_lossy(&real).trim()
        ),
    );
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    folder.write("script.sh", script);
    let path =
        format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let ran = Command::new("sh")
        .arg("script.sh")
        .current_dir(folder.path())
        .env("PATH", path)
        .env("HOME", folder.path())
        .env("KUBECONFIG", config)
        .stdin(Stdio::null())
        .output()
        .expect("sh starts");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

fn printed(arguments: &[&str]) -> String {
    let ran = Folder::new().run(arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

fn webhooks(plane: &ControlPlane) -> Value {
    let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/plimsoll";
    plane.admin().get(path).send().expect_ok()["webhooks"].clone()
}

#[test]
fn kubectl_installs_breaks_the_glass_and_mends_it() {
    let Some(plane) = ControlPlane::shared() else { return };
    if Command::new("kubectl").args(["version", "--client"]).output().is_err() {
        plimsoll_test_support::skipped("kubectl is not installed");
        return;
    }
    let folder = Folder::new();
    folder.write("manifests.yaml", printed(&["install", "--dry-run"]));
    let apply = "kubectl apply --server-side --validate=strict -f manifests.yaml";
    let done = run(&folder, plane, apply);
    assert!(done.matches("serverside-applied").count() > 10, "{done}");
    assert_eq!(run(&folder, plane, apply), done, "it can be applied again");

    let registered = webhooks(plane);
    assert_eq!(registered[0]["failurePolicy"], "Fail");
    run(&folder, plane, &printed(&["break-glass", "--reason", "it's down: INC-42"]));
    assert_eq!(webhooks(plane)[0]["failurePolicy"], "Ignore");
    run(&folder, plane, &printed(&["break-glass", "remove"]));
    assert!(webhooks(plane).as_array().is_none_or(Vec::is_empty));
    run(&folder, plane, &printed(&["break-glass", "restore"]));
    assert_eq!(webhooks(plane), registered);

    let namespace = plane.admin().get("/api/v1/namespaces/plimsoll").send().expect_ok();
    let noted = &namespace["metadata"]["annotations"]["plimsoll.dev/break-glass"];
    assert!(noted.as_str().is_some_and(|noted| noted.starts_with("restore by admin at 2")), "{noted}");
}
