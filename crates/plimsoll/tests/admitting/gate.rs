use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll_control_plane::{Answer, Binaries, ControlPlane, Options, REQUIRE};
use plimsoll_doc::{Limits, SourceFile, parse, to_json};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_plimsoll");

/// Where the manifests put the server.
pub const HOME: &str = "plimsoll";

/// Starts a program as in a pod: `$1` has what the kubelet mounts, and only the program sees it there.
const IN_A_POD: &str = r#"
mount -t tmpfs none "$(readlink -f /var/run)" &&
mkdir -p /var/run/secrets/kubernetes.io &&
cp -r "$1" /var/run/secrets/kubernetes.io/serviceaccount &&
shift &&
exec "$@"
"#;

/// A control plane whose Pod Security plugin is off, and a server that stands in for it.
pub struct Gate {
    pub plane: ControlPlane,
    pub configuration: PathBuf,
    folder: TempDir,
    port: u16,
    server: Option<Child>,
}

impl Gate {
    /// Installs the server with a configuration, and waits until it answers. `None` where that can't be, which is
    /// said.
    pub fn start(configuration: &str, install: &[&str]) -> Option<Gate> {
        let binaries = Binaries::find()?;
        if !has_mount_namespaces() {
            let reason = "no mount namespaces (unshare --mount)";
            assert!(std::env::var_os(REQUIRE).is_none(), "{REQUIRE} is set: {reason}");
            plimsoll_test_support::skipped(reason);
            return None;
        }
        let mut options = Options { audit: true, ..Options::default() };
        options.disabled_plugins.push("PodSecurity".into());
        let plane = ControlPlane::start(&binaries, options).unwrap_or_else(|error| panic!("{error}"));
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("admission.yaml");
        std::fs::write(&path, configuration).expect("a file is written");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let mut gate = Gate { plane, configuration: path, folder, port, server: None };
        gate.install(install);
        gate.run();
        Some(gate)
    }

    /// Creates what `plimsoll install` prints, as strictly as the API server can look at it.
    fn install(&self, flags: &[&str]) {
        let mut command = Command::new(PROGRAM);
        command.args(["install", "--dry-run", "--config"]).arg(&self.configuration).args(flags);
        let ran = command.output().expect("the program runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        for mut object in documents(ran.stdout) {
            // There is no kube-proxy: the name of the Service leads here.
            if object["kind"] == "Service" {
                object["spec"] = json!({"type": "ExternalName", "externalName": "localhost"});
            }
            for webhook in object.get_mut("webhooks").and_then(Json::as_array_mut).into_iter().flatten() {
                webhook["clientConfig"]["service"]["port"] = self.port.into();
            }
            let answer = self.plane.admin().create(&object).strict().send();
            assert!(
                answer.is_ok() && answer.warnings.is_empty(),
                "{}: {} {:?}",
                object["kind"],
                answer.text,
                answer.warnings
            );
        }
    }

    /// Runs the server, and waits until the API server gets its answers.
    pub fn run(&mut self) {
        assert!(self.server.is_none());
        let mounted = self.folder.path().join("mounted");
        std::fs::create_dir_all(&mounted).expect("a folder is made");
        let files = [
            ("token", self.plane.token(HOME, "plimsoll")),
            ("ca.crt", self.plane.authority().to_owned()),
            ("namespace", HOME.to_owned()),
        ];
        for (name, text) in files {
            std::fs::write(mounted.join(name), text).expect("a file is written");
        }
        let (host, port) = self.plane.url().trim_start_matches("https://").split_once(':').expect("a port");
        let log =
            std::fs::File::options().create(true).append(true).open(self.log_file()).expect("a file is made");
        let child = Command::new("unshare")
            .args(["--mount", "--map-root-user", "sh", "-c", IN_A_POD, "pod"])
            .arg(&mounted)
            .args([PROGRAM, "admit", "--in-cluster", "--own-certificates", "--reload-every", "0.1"])
            .args(["--listen", &format!("127.0.0.1:{}", self.port), "--drain-delay", "0", "--config"])
            .arg(&self.configuration)
            .env("KUBERNETES_SERVICE_HOST", host)
            .env("KUBERNETES_SERVICE_PORT", port)
            .env("HOSTNAME", "plimsoll-0")
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file"))
            .stderr(log)
            .spawn()
            .expect("the server starts");
        self.server = Some(child);
        let space = self.plane.namespace("probe", &[("pod-security.kubernetes.io/enforce", "baseline")]);
        let denied =
            pod(json!({"metadata": {"name": "probe", "namespace": space}, "spec": {"hostPID": true}}));
        self.until("the server answers", |gate| {
            gate.plane.admin().create(&denied).dry_run().send().status == 403
        });
    }

    /// Kills the server, as when a node is lost.
    pub fn kill(&mut self) {
        let mut server = self.server.take().expect("it runs");
        server.kill().expect("it can be killed");
        server.wait().expect("it ends");
    }

    pub fn until(&self, what: &str, holds: impl Fn(&Gate) -> bool) {
        let patience = Instant::now() + Duration::from_secs(60);
        while !holds(self) {
            assert!(Instant::now() < patience, "it never came to this: {what}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What the server wrote.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Creates an object; `Ok` is as it was stored.
    pub fn create(&self, object: &Json) -> Answer {
        self.plane.admin().create(object).send()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            // Nothing is left to do about a server that can't be ended.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// A pod that violates nothing, with other fields over it.
pub fn pod(over: Json) -> Json {
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
        "spec": {
            "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [{
                "name": "web", "image": "registry.example.com/web:1.4",
                "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
            }],
        },
    });
    merge(&mut pod, over);
    pod
}

/// RFC 7396, without removals.
fn merge(into: &mut Json, over: Json) {
    match (into, over) {
        (Json::Object(into), Json::Object(over)) => {
            for (key, value) in over {
                merge(into.entry(key).or_insert(Json::Null), value);
            }
        }
        (into, over) => *into = over,
    }
}

fn documents(yaml: Vec<u8>) -> Vec<Json> {
    let file = Arc::new(SourceFile::new("manifests", yaml));
    let documents = parse(&file, &Limits::default()).into_iter().map(|document| {
        let mut text = String::new();
        to_json(document.expect("it is YAML").root(), &mut text);
        serde_json::from_str(&text).expect("it is JSON")
    });
    documents.collect()
}

fn has_mount_namespaces() -> bool {
    let tried = Command::new("unshare").args(["--mount", "--map-root-user", "true"]).output();
    Path::new("/var/run").exists() && tried.is_ok_and(|tried| tried.status.success())
}
