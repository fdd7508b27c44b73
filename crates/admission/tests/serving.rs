//! The server on real sockets: what it answers, what it withstands, and what it goes on doing meanwhile.

mod client;
mod support;

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use client::{Answer, Client, Roots, connect};
use plimsoll_admission::manifests::Manifests;
use plimsoll_admission::serve::{Certificate, Limits, Options, Server};
use serde_json::Value;
use support::{cluster, object, review};

/// A server that runs until it is dropped.
struct Running {
    address: std::net::SocketAddr,
    metrics: std::net::SocketAddr,
    folder: PathBuf,
    roots: Roots,
    ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<(), String>>>,
}

const RULES: &str = "rules: [{controls: pod/privileged, action: enforce}]\npod-security: {enabled: false}\n";

/// Writes a new certificate and key, and trusts the certificate too.
fn certificate(folder: &Path, roots: &Roots) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    roots.add(made.cert.der().clone());
    fs::write(folder.join("tls.key"), made.signing_key.serialize_pem()).expect("written");
    fs::write(folder.join("tls.crt"), made.cert.pem()).expect("written");
}

impl Running {
    fn start(name: &str, limits: Limits, known: Manifests) -> Self {
        let folder = std::env::temp_dir().join(format!("plimsoll-serving-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let roots = Roots::default();
        certificate(&folder, &roots);
        fs::write(folder.join("admission.yaml"), RULES).expect("written");
        let options = Options {
            listen: ([127, 0, 0, 1], 0).into(),
            metrics_listen: Some(([127, 0, 0, 1], 0).into()),
            certificate: Certificate::Files {
                certificate: folder.join("tls.crt"),
                key: folder.join("tls.key"),
            },
            home: None,
            configuration: Some(folder.join("admission.yaml")),
            workers: 2,
            limits,
            reload_every: Duration::from_millis(20),
            drain_delay: Duration::from_millis(50),
            grace: Duration::from_secs(5),
        };
        let server = Server::for_benchmark(options, Arc::new(known), false).unwrap_or_else(|e| panic!("{e}"));
        let (address, metrics) = (server.address().expect("one"), server.metrics_address().expect("one"));
        let ending = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ending);
        let thread = std::thread::spawn(move || {
            server.run(async move {
                while !seen.load(Ordering::Relaxed) {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            })
        });
        Running { address, metrics, folder, roots, ending, thread: Some(thread) }
    }

    fn client(&self) -> Client {
        Client::new(self.address, &self.roots)
    }

    fn configure(&self, text: &str) {
        fs::write(self.folder.join("admission.yaml"), text).expect("written");
    }

    /// The value of a metric.
    fn metric(&self, name: &str) -> f64 {
        let text = client::plain(self.metrics, "/metrics").text;
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("plimsoll_admission_{name} ")));
        line.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in {text}"))
    }

    fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} does not come");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn end(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("no panic").expect("a clean end");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn pod(privileged: bool) -> String {
    let pod = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: shop}}\nspec: {{containers: [{{name: c, image: c, securityContext: {{privileged: {privileged}}}}}]}}\n"
    );
    review(&object(&pod), None).to_string()
}

fn is_allowed(answer: &Answer) -> bool {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!(answer["apiVersion"], "admission.k8s.io/v1");
    assert_eq!(answer["kind"], "AdmissionReview");
    assert_eq!(answer["response"]["uid"], "705ab4f5-6393-11e8-b7cc-42010a800002");
    answer["response"]["allowed"].as_bool().expect("a verdict")
}

#[test]
fn reviews_are_answered_one_after_another_on_one_connection() {
    let mut server = Running::start("answers", Limits::default(), Manifests::default());
    let mut client = server.client();
    for turn in 0..20 {
        assert_eq!(is_allowed(&client.post("/validate?timeout=10s", &pod(turn % 2 == 1))), turn % 2 == 0);
    }
    assert!(is_allowed(&client.post("/validate/advise", &pod(true))));
    assert!(!is_allowed(&client.post("/validate/enforce", &pod(true))));
    assert!(is_allowed(&client.post("/mutate", &pod(true))));
    assert_eq!(client.get("/healthz").status, 200);
    assert_eq!(client.get("/readyz").status, 200);
    let metrics = client.get("/metrics").text;
    assert!(
        metrics
            .contains("plimsoll_admission_findings_total{control=\"pod/privileged\",action=\"enforce\"} 11")
    );
    assert!(metrics.contains("reviews_total{path=\"validate\",operation=\"CREATE\",verdict=\"denied\"} 10"));
    assert!(metrics.contains("plimsoll_admission_reviews_total{path=\"mutate\",verdict=\"allowed\"} 1"));
    assert_eq!(server.metric("connections_total"), 1.0);
    server.end();
}

#[test]
fn what_is_no_review_gets_its_error() {
    let limits = Limits { body: 200_000, light: 100_000, values: 10_000, ..Limits::default() };
    let server = Running::start("errors", limits, Manifests::default());
    let sent = |head: &str, body: &str| server.client().raw(head, body.as_bytes());
    let post = |path: &str, kind: &str, body: &str| {
        sent(
            &format!(
                "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
                body.len()
            ),
            body,
        )
    };
    let json = "application/json";
    for (answer, status) in [
        (post("/validate", json, ""), 400),
        (post("/validate", json, "{}"), 400),
        (post("/validate", json, &pod(true)[..300]), 400),
        (post("/validate", json, &pod(true).replace("admission.k8s.io/v1", "admission.k8s.io/v1beta1")), 400),
        (post("/validate", json, &"[".repeat(100_000)), 400),
        (post("/validate", json, &format!("[{}0]", "0,".repeat(60_000))), 413),
        (post("/validate", json, &" ".repeat(200_001)), 413),
        (post("/validate", "application/yaml", &pod(true)), 415),
        (post("/validate", "text/plain", &pod(true)), 415),
        (post("/nothing", json, &pod(true)), 404),
        (post("/healthz", json, ""), 405),
        (sent("GET /validate HTTP/1.1\r\nHost: x\r\n\r\n", ""), 405),
        (sent("GET / HTTP/1.1\r\nHost: x\r\n\r\n", ""), 404),
        (
            sent(
                "POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999999\r\n\r\n",
                "",
            ),
            413,
        ),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(status != 405 || answer.head.to_lowercase().contains("allow: "), "{}", answer.head);
    }
    // Written in pieces, and with another name for the same type.
    let body = pod(true);
    let (first, second) = body.split_at(100);
    let chunked = format!("{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    let answer = sent(
        "POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: Application/JSON; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n",
        &chunked,
    );
    assert!(!is_allowed(&answer));
    // A long one, on a thread of its own.
    let mut long: Value = serde_json::from_str(&pod(true)).expect("JSON");
    long["request"]["object"]["metadata"]["annotations"] = serde_json::json!({"a": "x".repeat(150_000)});
    assert!(!is_allowed(&server.client().post("/validate", &long.to_string())));
}

#[test]
fn nobody_is_kept_waiting_by_those_who_dawdle() {
    let short = Duration::from_millis(300);
    let limits =
        Limits { handshake: short, head: short, body_time: short, idle: 4 * short, ..Limits::default() };
    let server = Running::start("slow", limits, Manifests::default());
    // Connections that say nothing, stall in the handshake, in the head and in the body, and one that went.
    let silent: Vec<_> = (0..20).map(|_| TcpStream::connect(server.address).expect("connected")).collect();
    let mut halfway = TcpStream::connect(server.address).expect("connected");
    halfway.write_all(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]).expect("sent");
    let mut head = connect(server.address, &server.roots);
    head.write_all(b"POST /validate HTTP/1.1\r\nHost").expect("sent");
    head.flush().expect("sent");
    let mut body = connect(server.address, &server.roots);
    body.write_all(b"POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
        .expect("sent");
    body.flush().expect("sent");
    drop(connect(server.address, &server.roots));
    let mut client = server.client();
    for _ in 0..50 {
        assert!(!is_allowed(&client.post("/validate", &pod(true))));
    }
    assert!(client::rest(&mut body).contains("408"), "a body has its time");
    assert_eq!(client::rest(&mut head), "", "and so has a head");
    server.until("the end of those who stall", || server.metric("handshakes_failed_total") >= 21.0);
    drop(client);
    server.until("the end of who is idle", || server.metric("connections") == 0.0);
    drop((silent, halfway));
}

#[test]
fn too_much_at_once_is_shed() {
    let limits = Limits { connections: 4, all_bodies: 3_000, ..Limits::default() };
    let server = Running::start("shed", limits, Manifests::default());
    let mut holder = connect(server.address, &server.roots);
    holder
        .write_all(b"POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2900\r\n\r\n{")
        .expect("sent");
    holder.flush().expect("sent");
    let mut client = server.client();
    server.until("the first request", || server.metric("requests_in_flight") >= 1.0);
    let answer = client.post("/validate", &pod(true));
    assert_eq!(answer.status, 503, "{}", answer.text);
    assert!(answer.head.to_lowercase().contains("retry-after: 1"));
    drop(holder);
    server.until("room", || server.metric("requests_in_flight") == 0.0);
    assert!(!is_allowed(&server.client().post("/validate", &pod(true))));
    let _held: Vec<_> = (0..8).map(|_| TcpStream::connect(server.address)).collect();
    server.until("closed doors", || server.metric("connections_shed_total") >= 1.0);
}

#[test]
fn a_broken_configuration_is_not_taken() {
    let server = Running::start("broken", Limits::default(), Manifests::default());
    let mut client = server.client();
    server.configure("rules: [{controls: pod/nothing, action: enforce}]");
    server.until("the refusal", || server.metric("configuration_current") == 0.0);
    assert!(!is_allowed(&client.post("/validate", &pod(true))), "what was there stays");
    server.configure("rules: []");
    server.until("the new one", || server.metric("configuration_current") == 1.0);
    assert!(server.metric("configuration_failures_total") >= 1.0);
    // Pod Security is on again, of a namespace that isn't known.
    assert!(!is_allowed(&client.post("/validate", &pod(false))));
    fs::write(server.folder.join("tls.crt"), "nonsense").expect("written");
    server.until("the refusal", || server.metric("certificate_current") == 0.0);
    assert_eq!(server.client().get("/healthz").status, 200, "the old certificate is still shown");
}

#[test]
fn a_soak_with_rotations_and_reloads_loses_no_request() {
    let known = cluster("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    let mut server = Running::start("soak", Limits::default(), known);
    let stop = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicU64::new(0));
    let clients: Vec<_> = (0..4)
        .map(|number| {
            let (stop, answered) = (Arc::clone(&stop), Arc::clone(&answered));
            let (address, roots) = (server.address, server.roots.clone());
            std::thread::spawn(move || {
                let (bad, good) = (pod(true), pod(false));
                let mut client = Client::new(address, &roots);
                let mut turn = number;
                while !stop.load(Ordering::Relaxed) {
                    // Some keep their connection for long, some don't.
                    if number % 2 == 0 && turn % 16 == 0 {
                        client = Client::new(address, &roots);
                    }
                    let is_bad = turn % 3 == 0;
                    assert_eq!(
                        is_allowed(&client.post("/validate", if is_bad { &bad } else { &good })),
                        !is_bad
                    );
                    answered.fetch_add(1, Ordering::Relaxed);
                    turn += 1;
                }
            })
        })
        .collect();
    for turn in 0..5 {
        certificate(&server.folder, &server.roots);
        server.configure(&format!("{RULES}# {turn}\n"));
        let before = answered.load(Ordering::Relaxed);
        server.until("answers", || answered.load(Ordering::Relaxed) > before + 50);
    }
    server.until("the last files", || {
        server.metric("certificate_current") == 1.0 && server.metric("configuration_current") == 1.0
    });
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.join().expect("every request is answered as it should be");
    }
    server.end();
}

#[test]
fn the_end_waits_for_what_is_open() {
    let mut server = Running::start("drain", Limits::default(), Manifests::default());
    let body = pod(true);
    let mut open = connect(server.address, &server.roots);
    let head = format!(
        "POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    open.write_all(head.as_bytes()).expect("sent");
    open.write_all(&body.as_bytes()[..100]).expect("sent");
    open.flush().expect("sent");
    server.until("the request", || server.metric("requests_in_flight") >= 1.0);
    server.ending.store(true, Ordering::Relaxed);
    server.until("the end's beginning", || client::plain(server.metrics, "/readyz").status == 503);
    std::thread::sleep(Duration::from_millis(100));
    open.write_all(&body.as_bytes()[100..]).expect("sent");
    open.flush().expect("sent");
    let answer = client::rest(&mut open);
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.to_lowercase().contains("connection: close"),
        "{answer}"
    );
    server.end();
}
