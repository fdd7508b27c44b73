//! `install` and `break-glass`: what they print, and that it holds up to this very program.

mod support;

use std::process::{Command, Stdio};

use support::Folder;

fn printed(arguments: &[&str]) -> String {
    let ran = Folder::new().run(arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

fn printed_in(folder: &Folder, arguments: &[&str]) -> String {
    let ran = folder.run(arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

const ALL_ON: &str = "\
exec: {deny: [privileged, host-pid]}
mutate: {seccomp: true, templates: true, internal-load-balancers: aws}
rules:
- profile: restricted
  action: enforce
- profile: recommended
  action: warn
";

/// What its own manifests' waivers are: those that come with the chart.
const WAIVERS: &str = include_str!("../../../charts/plimsoll/plimsoll.yaml");

#[test]
fn its_own_manifests_are_clean() {
    let folder = Folder::with("admission.yaml", ALL_ON);
    for (name, further) in [
        ("default", &[][..]),
        ("all-on", &["--config", "admission.yaml"]),
        ("cert-manager", &["--cert-manager"]),
    ] {
        let mut arguments = vec!["install", "--dry-run"];
        arguments.extend(further);
        folder.write(&format!("{name}.yaml"), printed_in(&folder, &arguments));
        let file = format!("{name}.yaml");
        folder.write("waivers.yaml", WAIVERS);
        for (profile, configuration) in [
            ("baseline", "--no-config"),
            ("restricted", "--no-config"),
            ("recommended", "--config=waivers.yaml"),
            ("all", "--config=waivers.yaml"),
        ] {
            let ran = folder.run(&["scan", &file, "--profile", profile, configuration]);
            assert_eq!(ran.code, 0, "{name}, {profile}:\n{}{}", ran.stdout, ran.stderr);
        }
    }
}

#[test]
fn it_applies_nothing() {
    let ran = Folder::new().run(&["install"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.is_empty());
    assert!(
        ran.stderr.contains("plimsoll install --dry-run | kubectl apply --server-side -f -"),
        "{}",
        ran.stderr
    );
}

#[test]
fn choices_are_checked() {
    for (arguments, said) in [
        (&["--image", "plimsoll:latest"][..], "latest"),
        (&["--image", "plimsoll"], "has no tag"),
        (&["--namespace", "kube-system"], "give it its own"),
        (&["--namespace", "Not A Name"], "no name of a namespace"),
        (&["--replicas", "0"], "replicas"),
        (&["--exclude-namespace", "*"], "no name of a namespace"),
        (&["--failure-policy", "maybe"], "maybe"),
        (&["--config", "absent.yaml"], "absent.yaml"),
    ] {
        let ran = Folder::new().run(&[&["install", "--dry-run"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
    let folder = Folder::with("admission.yaml", "rulez: []\n");
    let ran = folder.run(&["install", "--dry-run", "--config", "admission.yaml"]);
    assert!(ran.code == 2 && ran.stderr.contains("admission.yaml:1"), "{}", ran.stderr);
}

#[test]
fn choices_are_in_the_manifests() {
    let folder = Folder::with("admission.yaml", ALL_ON);
    let all = printed_in(
        &folder,
        &[
            "install",
            "--dry-run",
            "--namespace",
            "gate",
            "--image",
            "r.example/p:2",
            "--replicas",
            "3",
            "--failure-policy",
            "ignore",
            "--exclude-namespace",
            "storage",
            "--config",
            "admission.yaml",
        ],
    );
    for part in [
        "\n  namespace: gate\n",
        "image: r.example/p:2\n",
        "replicas: 3\n",
        "      - storage\n",
        "    exec: {deny: [privileged, host-pid]}\n",
        "pods/exec",
        "kind: MutatingWebhookConfiguration",
    ] {
        assert!(all.contains(part), "{part}");
    }
    assert!(!all.contains("failurePolicy: Fail") && !all.contains("{{"));
    let server = printed(&["install", "--dry-run", "--only", "server"]);
    let webhooks = printed(&["install", "--dry-run", "--only", "webhooks"]);
    assert_eq!(printed(&["install", "--dry-run"]), format!("{server}---\n{webhooks}"));
    assert!(printed(&["install", "--values"]).contains("failurePolicy: Fail\n"));
}

/// Runs a script with a `kubectl` that writes down what it is asked, and says what `answers` says.
#[cfg(unix)]
fn run_script(folder: &Folder, script: &str, answers: &str) -> (bool, String, String) {
    use std::os::unix::fs::PermissionsExt;

    let kubectl = folder.write(
        "bin/kubectl",
        format!(
            "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\" >>asked; done\necho -- >>asked\n{answers}\n"
        ),
    );
    std::fs::set_permissions(&kubectl, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    std::fs::remove_file(folder.path().join("asked")).ok();
    folder.write("script.sh", script);
    let path =
        format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let ran = Command::new("sh")
        .arg("script.sh")
        .current_dir(folder.path())
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .expect("sh starts");
    let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap_or_default();
    (ran.status.success(), asked, String::from_utf8_lossy(&ran.stderr).into_owned())
}

/// What a registered webhook is asked for, and what it says.
#[cfg(unix)]
const REGISTERED: &str = "\
case \"$*\" in
*whoami*) printf alice ;;
*'.webhooks[0].name'*) printf enforce.admission.plimsoll ;;
*'{.webhooks}'*) printf '[{\"name\":\"enforce.admission.plimsoll\"}]' ;;
*'-o name'*) printf x ;;
esac";

#[cfg(unix)]
#[test]
fn broken_glass_is_mended_from_what_was_saved() {
    let folder = Folder::new();
    let script = printed(&["break-glass", "--reason", "it's $(touch evil) down"]);
    let (is_done, asked, said) = run_script(&folder, &script, REGISTERED);
    assert!(is_done, "{said}");
    assert!(asked.contains("/webhooks/0/failurePolicy\",\"value\":\"Ignore"), "{asked}");
    assert!(asked.contains("plimsoll.dev/break-glass=ignore by alice at 2"), "{asked}");
    assert!(asked.contains(": it's $(touch evil) down\n") && !folder.path().join("evil").exists(), "{asked}");
    let saved = folder.read("plimsoll-validating.json");
    assert_eq!(saved, "[{\"name\":\"enforce.admission.plimsoll\"}]");

    // A second look must not replace what was saved by what is broken now.
    let emptied = REGISTERED.replace("enforce.admission.plimsoll\"}", "other\"}");
    let (is_done, asked, said) = run_script(&folder, &printed(&["break-glass", "remove"]), &emptied);
    assert!(is_done, "{said}");
    assert!(asked.matches("{\"webhooks\":[]}").count() == 2, "{asked}");
    assert_eq!(folder.read("plimsoll-validating.json"), saved);

    let (is_done, asked, said) = run_script(&folder, &printed(&["break-glass", "restore"]), REGISTERED);
    assert!(is_done, "{said}");
    assert!(asked.contains("{\"webhooks\":[{\"name\":\"enforce.admission.plimsoll\"}]}"), "{asked}");
    assert!(!folder.path().join("plimsoll-validating.json").exists());
}

#[cfg(unix)]
#[test]
fn broken_glass_gets_by_without_what_is_not_there() {
    let folder = Folder::new();
    // Nothing is registered, and nobody may annotate the namespace.
    let nothing = "case \"$*\" in *annotate*|*whoami*) exit 1 ;; esac";
    for verb in ["ignore", "remove", "restore"] {
        let (is_done, asked, said) = run_script(&folder, &printed(&["break-glass", verb]), nothing);
        assert!(is_done, "{verb}: {said}");
        assert!(!asked.contains("patch\n"), "{verb}: {asked}");
    }
}

#[cfg(unix)]
#[test]
fn broken_glass_says_that_nobody_was_asked() {
    let folder = Folder::new();
    let unreachable = "echo 'connection refused' >&2; exit 1";
    for verb in ["ignore", "remove"] {
        let (is_done, asked, said) = run_script(&folder, &printed(&["break-glass", verb]), unreachable);
        assert!(!is_done && said.contains("could not be asked for"), "{verb}: {said}");
        assert!(!asked.contains("patch\n"), "{verb}: {asked}");
        assert!(!folder.path().join("plimsoll-validating.json").exists(), "nothing was saved");
    }
}

#[test]
fn break_glass_takes_one_line_and_a_name() {
    for arguments in [&["--reason", "a\nb"][..], &["--namespace", "a; rm"], &["--namespace", ""]] {
        let ran = Folder::new().run(&[&["break-glass"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
    }
}
