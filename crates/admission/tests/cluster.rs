//! The manifests, the certificates and the server against a real kube-apiserver.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use base64::Engine as _;
use plimsoll_admission::cluster::certificates::{Periods, Step};
use plimsoll_admission::cluster::{
    Client, Credentials, Index, Live, Manager, Names, Serving, TickError, Ticked, Token, keep,
};
use plimsoll_admission::install::{Demand, Installation, Purpose, manifests};
use plimsoll_admission::known::Cluster;
use plimsoll_admission::serve::{Certificate, Home, Limits, Options, OwnCertificates, Server};
use plimsoll_control_plane::{Binaries, ControlPlane, Options as PlaneOptions, Patch};
use plimsoll_kubernetes::GroupKind;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

mod support;

use support::documents;

fn demand() -> Demand {
    let mut demand = Demand::default();
    demand.add_pod_security();
    demand.add_exec();
    demand.add(Purpose::Enforce, GroupKind::new("rbac.authorization.k8s.io", "ClusterRole"));
    demand
}

/// A control plane with everything of `install` in it, strictly validated.
fn installed(namespace: &str, change: impl Fn(&mut Value)) -> Option<ControlPlane> {
    let binaries = Binaries::find()?;
    let plane = ControlPlane::start(&binaries, PlaneOptions::default()).expect("a control plane");
    let installation = Installation { namespace: namespace.to_owned(), ..Installation::default() };
    for mut object in documents(&manifests(&installation, &demand(), None).expect("manifests")) {
        change(&mut object);
        let answer = plane.admin().create(&object).strict().send();
        assert!(answer.is_ok(), "{}: {}", object["kind"], answer.text);
        assert_eq!(answer.warnings, [""; 0], "{}", object["kind"]);
    }
    Some(plane)
}

/// A client that is the service account of the server, with the rights of the manifests and no others.
fn client(plane: &ControlPlane, namespace: &str) -> Client {
    let (host, port) = plane.url().trim_start_matches("https://").split_once(':').expect("a port");
    let token = Token::Fixed(plane.token(namespace, "plimsoll"));
    let port = port.parse().expect("a port");
    Client::new(Credentials::new(host, port, plane.authority(), token).expect("credentials"))
}

fn validating(plane: &ControlPlane) -> Value {
    let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/plimsoll";
    plane.admin().get(path).send().expect_ok()
}

fn bundle(plane: &ControlPlane) -> String {
    let text =
        validating(plane)["webhooks"][0]["clientConfig"]["caBundle"].as_str().unwrap_or_default().to_owned();
    let pem = base64::engine::general_purpose::STANDARD.decode(text).expect("base64");
    String::from_utf8(pem).expect("PEM")
}

fn today() -> (i64, u32) {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time");
    (i64::try_from(since.as_secs()).expect("a time"), since.subsec_micros())
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(120);
    while !holds() {
        assert!(Instant::now() < patience, "it never came to this: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A keeper of certificates with a runtime of its own.
struct Replica {
    manager: Manager<Client>,
    served: watch::Receiver<Option<Serving>>,
    runtime: Runtime,
}

impl Replica {
    fn new(client: Client, names: Names, identity: &str) -> Self {
        let (manager, served) = Manager::new(client, names, identity, Periods::default());
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Replica { manager, served, runtime }
    }

    fn try_tick(&mut self) -> Result<Ticked, TickError> {
        self.runtime.block_on(self.manager.tick(Instant::now(), today()))
    }

    fn tick(&mut self) -> Ticked {
        self.try_tick().expect("a turn")
    }

    fn release(&mut self) {
        self.runtime.block_on(self.manager.release(today())).expect("it is given up");
    }

    fn certificate(&self) -> Vec<u8> {
        self.served.borrow().as_ref().map(|serving| serving.certificate.clone()).unwrap_or_default()
    }
}

#[test]
fn two_replicas_share_one_api_server() {
    let Some(plane) = installed("gate", |_| {}) else { return };
    let names = Names::in_namespace("gate");
    let mut a = Replica::new(client(&plane, "gate"), names.clone(), "a");
    let mut b = Replica::new(client(&plane, "gate"), names, "b");
    // The authorizer reads bindings from a cache that follows the store.
    until("the rights of the manifests", || a.try_tick().is_ok());
    let secret =
        || plane.admin().get("/api/v1/namespaces/gate/secrets/plimsoll-certificates").send().expect_ok();
    let version = secret()["metadata"]["resourceVersion"].clone();
    assert_eq!(secret()["type"], "kubernetes.io/tls");

    // Both at once, again and again: one leads, and nobody writes what is true already.
    for _ in 0..10 {
        let (other, one) = std::thread::scope(|scope| {
            let one = scope.spawn(|| a.tick());
            (b.tick(), one.join().expect("a turn"))
        });
        assert!(one.leads && !other.leads && !one.wrote && !other.wrote);
    }
    assert_eq!(secret()["metadata"]["resourceVersion"], version);
    assert!(!a.certificate().is_empty() && a.certificate() == b.certificate());

    // Somebody overwrites the bundle; somebody else deletes the Secret.
    let truth = bundle(&plane);
    let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/plimsoll";
    let patch = json!([{"op": "remove", "path": "/webhooks/1/clientConfig/caBundle"}]);
    plane.admin().patch(path, Patch::Json, &patch).send().expect_ok();
    assert_eq!(b.tick().repaired, 0);
    assert_eq!(a.tick().repaired, 1);
    assert_eq!(bundle(&plane), truth);
    plane.admin().delete("/api/v1/namespaces/gate/secrets/plimsoll-certificates").send().expect_ok();
    let ticked = a.tick();
    assert_eq!((ticked.wrote, ticked.steps), (true, vec![Step::AddAuthority]));
    assert!(
        bundle(&plane).ends_with(&truth) && bundle(&plane).matches("BEGIN").count() == 2,
        "the old is trusted on"
    );

    // The leader leaves: the other needn't wait.
    a.release();
    assert!(b.tick().leads);
}

/// Certificates of less than a minute under a webhook that fails closed, with requests all the while. What is
/// replaced holds for a quarter of a minute longer, for machines that are busy.
#[test]
fn rotation_loses_no_request() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    // The API server reaches the webhook through the Service: here by the name of this machine.
    let at_home = |object: &mut Value| {
        if object["kind"] == "Service" {
            object["spec"] = json!({"type": "ExternalName", "externalName": "localhost"});
        }
        for webhook in object.get_mut("webhooks").and_then(Value::as_array_mut).into_iter().flatten() {
            webhook["clientConfig"]["service"]["port"] = json!(port);
        }
    };
    let Some(plane) = installed("gate", at_home) else { return };
    let periods = Periods { authority: 45, leaf: 45, skew: 5, settle: 2, grace: 4 };
    let own = OwnCertificates { names: Names::in_namespace("gate"), identity: "a".to_owned(), periods };
    let home = Home::new(client(&plane, "gate"), Some(own));
    let server = Server::new(
        Options {
            listen: ([127, 0, 0, 1], port).into(),
            metrics_listen: None,
            certificate: Certificate::Own,
            home: Some(home.clone()),
            configuration: None,
            workers: 1,
            limits: Limits::default(),
            reload_every: Duration::from_secs(1),
            drain_delay: Duration::ZERO,
            grace: Duration::from_secs(1),
        },
        home.cluster(),
    )
    .expect("a server");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = std::thread::spawn(move || server.run(async { stopped.await.unwrap_or_default() }));

    let space = plane.namespace("shop", &[("pod-security.kubernetes.io/enforce", "baseline")]);
    let pod = |privileged: bool| {
        json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": space},
            "spec": {"containers": [{
                "name": "web", "image": "registry.example.com/web:1", "securityContext": {"privileged": privileged},
            }]},
        })
    };
    until("the webhook is trusted", || plane.admin().create(&pod(false)).dry_run().send().status == 201);
    let is_over = Arc::new(AtomicBool::new(false));
    let sent = Arc::new(AtomicUsize::new(0));
    let lost = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut lost = Vec::new();
                    while !is_over.load(Relaxed) {
                        let answer = plane.admin().create(&pod(false)).dry_run().send();
                        sent.fetch_add(1, Relaxed);
                        if answer.status != 201 {
                            lost.push(answer.text);
                        }
                    }
                    lost
                })
            })
            .collect();
        // Until an authority came and its predecessor went.
        let first = bundle(&plane);
        until("a second authority beside the first", || bundle(&plane).matches("BEGIN").count() == 2);
        until("the second authority alone", || {
            let now = bundle(&plane);
            now.matches("BEGIN").count() == 1 && now != first
        });
        is_over.store(true, Relaxed);
        senders.into_iter().flat_map(|sender| sender.join().expect("a sender")).collect::<Vec<_>>()
    });
    assert_eq!(lost, [""; 0], "of {} requests", sent.load(Relaxed));
    println!(
        "{} requests over a rotation of certificates and their authority, none lost",
        sent.load(Relaxed)
    );
    let denied = plane.admin().create(&pod(true)).dry_run().send();
    assert_eq!(denied.status, 403, "{}", denied.text);

    // The server dies: what is excluded goes on, what can deny fails closed, what advises doesn't.
    drop(stop);
    serving.join().expect("the server ends").expect("it ends well");
    let refused = plane.admin().create(&pod(false)).dry_run().send();
    assert_eq!(refused.status, 500, "{}", refused.text);
    for namespace in ["gate", "kube-system"] {
        let mut inside = pod(false);
        inside["metadata"]["namespace"] = json!(namespace);
        inside["spec"]["containers"][0]["securityContext"] = json!({
            "allowPrivilegeEscalation": false, "runAsNonRoot": true, "capabilities": {"drop": ["ALL"]},
            "seccompProfile": {"type": "RuntimeDefault"},
        });
        let admitted = plane.admin().create(&inside).dry_run().send();
        assert_eq!(admitted.status, 201, "{namespace}: {}", admitted.text);
    }
    plane.namespace("another", &[]);
    // Its own rights can be mended, and nobody else's.
    let role = |name: &str| {
        let kind = "rbac.authorization.k8s.io/v1";
        json!({"apiVersion": kind, "kind": "ClusterRole", "metadata": {"name": name}, "rules": []})
    };
    plane.admin().apply(&role("plimsoll")).dry_run().send().expect_ok();
    let refused = plane.admin().apply(&role("other")).dry_run().send();
    assert_eq!(refused.status, 500, "{}", refused.text);
    // Glass is broken: the patch of `plimsoll break-glass`.
    let path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/plimsoll";
    let patch = json!([
        {"op": "test", "path": "/webhooks/0/name", "value": "enforce.admission.plimsoll"},
        {"op": "replace", "path": "/webhooks/0/failurePolicy", "value": "Ignore"},
    ]);
    plane.admin().patch(path, Patch::Json, &patch).send().expect_ok();
    until("nothing is held up", || plane.admin().create(&pod(false)).dry_run().send().status == 201);
}

#[test]
fn decisions_know_the_cluster() {
    let Some(plane) = installed("gate", |object| {
        // Nobody answers here.
        if let Some(webhooks) = object.get_mut("webhooks") {
            *webhooks = json!([]);
        }
    }) else {
        return;
    };
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let home = Arc::new(client(&plane, "gate"));
    let index = Arc::new(Index::default());
    let live = Live::new(Arc::clone(&home), Arc::clone(&index));
    assert!(!live.is_ready());
    runtime.spawn(keep(home, Arc::clone(&index), |_| {}));
    let turn = || runtime.block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
    let space = plane.namespace("shop", &[("level", "one")]);
    let follows = |what: &str| {
        until(what, || {
            turn();
            let labels = index.get(&space).map(|known| known.labels.clone()).unwrap_or_default();
            labels.iter().any(|(key, value)| key == "level" && value == what)
        });
    };
    follows("one");
    let path = format!("/api/v1/namespaces/{space}");
    plane
        .admin()
        .patch(&path, Patch::Merge, &json!({"metadata": {"labels": {"level": "two"}}}))
        .send()
        .expect_ok();
    follows("two");
    assert!(live.is_ready() && live.namespace(&space).is_some() && live.namespace("absent").is_none());

    for name in ["web-1", "web-2"] {
        let pod = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": space},
            "spec": {"hostPID": true, "containers": [{"name": "web", "image": "registry.example.com/web:1"}]},
        });
        plane.admin().create(&pod).send().expect_ok();
    }
    let pod = runtime.block_on(live.fetch_pod(&space, "web-1")).expect("a pod");
    assert_eq!(
        pod.root().get("spec").and_then(|spec| spec.get("hostPID")).and_then(|pid| pid.as_bool()),
        Some(true)
    );
    let pods = runtime.block_on(live.fetch_pods(&space)).expect("pods");
    assert_eq!(pods.len(), 2);
    assert!(pods.iter().all(|pod| pod.root().get("kind").and_then(|kind| kind.as_str()) == Some("Pod")));
    assert!(runtime.block_on(live.fetch_namespace(&space)).is_ok());
    for name in ["absent", "../web-1", "web-1/status", "..", ""] {
        let found = runtime.block_on(live.fetch_pod(&space, name));
        assert!(found.is_err_and(|error| error.contains("not found")), "{name}");
    }
    assert!(runtime.block_on(live.fetch_namespace("absent")).is_err());
}
