use std::collections::HashMap;
use std::error::Error;
use std::fs::write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::supervisor::Supervisor;
use crate::{Binaries, Client, Options, User, credentials, ports};

/// Usually 2.5 seconds; a machine may be busy with something else too.
const PATIENCE: Duration = Duration::from_secs(180);

const AUDIT_POLICY: &str = "\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
  users: [\"system:apiserver\"]
  omitStages: [ResponseStarted, ResponseComplete, Panic]
- level: Metadata
";

/// An etcd and a kube-apiserver that run until this is dropped.
#[derive(Debug)]
pub struct ControlPlane {
    supervisor: Supervisor,
    folder: PathBuf,
    url: String,
    authority: String,
    users: Vec<User>,
    admin: Client,
}

impl ControlPlane {
    /// Starts both and waits until the API server is ready.
    ///
    /// # Errors
    /// If it doesn't become ready; with the end of its log.
    pub fn start(binaries: &Binaries, options: Options) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::Builder::new().prefix("plimsoll-control-plane-").tempdir()?;
        let authority = credentials::write_all(folder.path())?;
        let mut users = vec![User::new("admin", &["system:masters"])];
        users.extend(options.users.iter().cloned());
        write(folder.path().join("tokens.csv"), users.iter().map(User::line).collect::<String>())?;

        let etcd_port = ports::free();
        let port = ports::free();
        let etcd = etcd(&binaries.etcd, etcd_port, ports::free());
        let server = server(&binaries.kube_apiserver, folder.path(), etcd_port, port, &options)?;
        // From here on the folder is the supervisor's.
        let folder = folder.keep();
        let supervisor = Supervisor::start(&folder, &etcd, &server)?;
        let url = format!("https://127.0.0.1:{port}");
        let admin = Client::new(&url, &authority, Some(&users[0].token));
        let plane = Self { supervisor, folder, url, authority, users, admin };
        plane.wait()?;
        Ok(plane)
    }

    /// The one control plane of the test process, with the usual [`Options`] and an audit log; started when it is
    /// first asked for. `None` where there are no binaries: see [`Binaries::find`].
    ///
    /// # Panics
    /// If it doesn't start.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<ControlPlane> = OnceLock::new();
        let binaries = Binaries::find()?;
        Some(SHARED.get_or_init(|| {
            let options = Options { audit: true, ..Options::default() };
            Self::start(&binaries, options).unwrap_or_else(|error| panic!("{error}"))
        }))
    }

    fn wait(&self) -> Result<(), Box<dyn Error>> {
        let started = Instant::now();
        // The namespace `default` comes a moment after readiness.
        let needed = ["/readyz", "/api/v1/namespaces/default"];
        let is_there = |path: &&str| self.admin.get(path).try_send().is_ok_and(|answer| answer.status == 200);
        while !needed.iter().all(is_there) {
            if self.supervisor.has_ended() || started.elapsed() > PATIENCE {
                let end = |program| {
                    let log = self.supervisor.log(program);
                    let lines: Vec<&str> = log.lines().collect();
                    lines[lines.len().saturating_sub(12)..].join("\n")
                };
                return Err(format!(
                    "kube-apiserver didn't become ready. The end of its log:\n{}\n… and of etcd's:\n{}",
                    end("kube-apiserver"),
                    end("etcd")
                )
                .into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The member of `system:masters`, who may do anything.
    pub fn admin(&self) -> &Client {
        &self.admin
    }

    /// One of [`Options::users`].
    ///
    /// # Panics
    /// If there is no such user.
    pub fn user(&self, name: &str) -> Client {
        let user = self.users.iter().find(|user| user.name == name);
        self.admin.with_token(Some(&user.unwrap_or_else(|| panic!("no user {name}")).token))
    }

    /// Where the API server listens: `https://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate of the authority that signed the API server's, in PEM.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// A folder that lives as long as the control plane.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a namespace with a name of its own that begins with `prefix`, and these labels; returns the name.
    ///
    /// # Panics
    /// If the API server refuses.
    pub fn namespace(&self, prefix: &str, labels: &[(&str, &str)]) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let name = format!("{prefix}-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let labels: serde_json::Map<String, Json> =
            labels.iter().map(|&(key, value)| (key.to_owned(), value.into())).collect();
        let namespace =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
        self.admin.create(&namespace).send().expect_ok();
        name
    }

    /// Makes a service account with a token; returns a client that is it.
    ///
    /// # Panics
    /// If the API server refuses.
    pub fn service_account(&self, namespace: &str, name: &str) -> Client {
        let account = json!({
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": namespace},
        });
        let created = self.admin.create(&account).send();
        assert!(created.is_ok() || created.status == 409, "{}", created.text);
        self.admin.with_token(Some(&self.token(namespace, name)))
    }

    /// A token of a service account that is there.
    ///
    /// # Panics
    /// If the API server refuses.
    pub fn token(&self, namespace: &str, account: &str) -> String {
        let request = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}});
        let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/{account}/token");
        let granted = self.admin.post(&path, &request).send().expect_ok();
        granted["status"]["token"].as_str().expect("a token").to_owned()
    }

    /// Writes a kubeconfig for somebody with this token into [`Self::folder`], for programs that read one.
    ///
    /// # Panics
    /// If the file can't be written.
    pub fn kubeconfig(&self, name: &str, token: &str) -> PathBuf {
        let config = json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "test",
            "clusters": [{"name": "test", "cluster": {
                "server": self.url, "certificate-authority": self.folder.join("ca.crt"),
            }}],
            "users": [{"name": name, "user": {"token": token}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": name}}],
        });
        let path = self.folder.join(format!("{name}.kubeconfig"));
        write(&path, config.to_string()).expect("the folder can be written to");
        path
    }

    /// The token of [`Self::admin`] or of one of [`Options::users`].
    ///
    /// # Panics
    /// If there is no such user.
    pub fn token_of(&self, user: &str) -> &str {
        let found = self.users.iter().find(|known| known.name == user);
        &found.unwrap_or_else(|| panic!("no user {user}")).token
    }

    /// The last events that the audit log has of these requests ([`crate::Answer::audit_id`]), in their order.
    ///
    /// # Panics
    /// If one of them doesn't come; there is no log unless [`Options::audit`] asks for it.
    pub fn audited<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<Json> {
        let ids: Vec<&str> = ids.into_iter().collect();
        let started = Instant::now();
        loop {
            // The event is written after the answer.
            let log = std::fs::read_to_string(self.folder.join("audit.log")).unwrap_or_default();
            let lines: HashMap<&str, &str> =
                log.lines().filter_map(|line| Some((audit_id(line)?, line))).collect();
            let event = |id: &&str| serde_json::from_str(lines.get(id)?).ok();
            let found: Option<Vec<Json>> = ids.iter().map(event).collect();
            if let Some(found) = found {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "the audit log lacks a request");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// What a program wrote so far: `etcd` or `kube-apiserver`.
    pub fn log(&self, program: &str) -> String {
        self.supervisor.log(program)
    }
}

/// Which request a line of the audit log is about; most lines need no more than that.
fn audit_id(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("\"auditID\":\"")?;
    rest.split_once('"').map(|(id, _)| id)
}

fn etcd(program: &Path, port: u16, peers: u16) -> Vec<String> {
    let flags = [
        "--name=test".to_owned(),
        "--data-dir=etcd".to_owned(),
        format!("--listen-client-urls=http://127.0.0.1:{port}"),
        format!("--advertise-client-urls=http://127.0.0.1:{port}"),
        format!("--listen-peer-urls=http://127.0.0.1:{peers}"),
        format!("--initial-advertise-peer-urls=http://127.0.0.1:{peers}"),
        format!("--initial-cluster=test=http://127.0.0.1:{peers}"),
        // Nothing is kept.
        "--unsafe-no-fsync".to_owned(),
        "--log-level=warn".to_owned(),
    ];
    std::iter::once(program.display().to_string()).chain(flags).collect()
}

fn server(
    program: &Path,
    folder: &Path,
    etcd: u16,
    port: u16,
    options: &Options,
) -> Result<Vec<String>, Box<dyn Error>> {
    let file = |name: &str| folder.join(name).display().to_string();
    let mut command = vec![
        program.display().to_string(),
        format!("--etcd-servers=http://127.0.0.1:{etcd}"),
        "--bind-address=127.0.0.1".to_owned(),
        "--advertise-address=127.0.0.1".to_owned(),
        format!("--secure-port={port}"),
        format!("--tls-cert-file={}", file("server.crt")),
        format!("--tls-private-key-file={}", file("server.key")),
        format!("--token-auth-file={}", file("tokens.csv")),
        "--service-account-issuer=https://kubernetes.default.svc".to_owned(),
        format!("--service-account-key-file={}", file("service-accounts.pub")),
        format!("--service-account-signing-key-file={}", file("service-accounts.key")),
        "--service-cluster-ip-range=10.96.0.0/24".to_owned(),
        "--authorization-mode=RBAC".to_owned(),
        "--allow-privileged=true".to_owned(),
        // It has no address that others could reach it by.
        "--endpoint-reconciler-type=none".to_owned(),
        // A test may ask for more at once than fairness grants one user.
        "--enable-priority-and-fairness=false".to_owned(),
        "--profiling=false".to_owned(),
    ];
    if !options.disabled_plugins.is_empty() {
        command.push(format!("--disable-admission-plugins={}", options.disabled_plugins.join(",")));
    }
    if let Some(configuration) = &options.admission {
        write(folder.join("admission.yaml"), configuration)?;
        command.push(format!("--admission-control-config-file={}", file("admission.yaml")));
    }
    if options.audit {
        write(folder.join("audit-policy.yaml"), AUDIT_POLICY)?;
        command.push(format!("--audit-policy-file={}", file("audit-policy.yaml")));
        command.push(format!("--audit-log-path={}", file("audit.log")));
    }
    command.extend(options.flags.iter().cloned());
    Ok(command)
}
