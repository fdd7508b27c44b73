//! Certificates and the configuration change under load, and no request is lost.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use plimsoll_control_plane::{Binaries, ControlPlane, Options};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::gate::pod;

/// An authority: its certificate in PEM, and what signs.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = parameters.self_signed(&key).expect("a certificate").pem();
        Authority { pem, issuer: Issuer::new(parameters, key) }
    }

    /// Writes a new certificate and key, each at once.
    fn issue(&self, folder: &TempDir) {
        let key = KeyPair::generate().expect("a key");
        let parameters = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
        let certificate = parameters.signed_by(&key, &self.issuer).expect("a certificate");
        for (name, text) in [("tls.crt", certificate.pem()), ("tls.key", key.serialize_pem())] {
            replace(folder, name, &text);
        }
    }
}

fn replace(folder: &TempDir, name: &str, text: &str) {
    let unfinished = folder.path().join(format!("{name}.new"));
    std::fs::write(&unfinished, text).expect("a file is written");
    std::fs::rename(unfinished, folder.path().join(name)).expect("a file is renamed");
}

/// Ended when it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is left to do about a server that can't be ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server, and the address that it says it listens at. Its other lines are read and left.
fn serve(folder: &TempDir) -> (Server, String) {
    let path = |name: &str| folder.path().join(name);
    let mut child = Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .args(["admit", "--listen", "127.0.0.1:0", "--reload-every", "0.05", "--config"])
        .arg(path("admission.yaml"))
        .arg("--tls-cert")
        .arg(path("tls.crt"))
        .arg("--tls-key")
        .arg(path("tls.key"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let address = loop {
        let line = lines.next().expect("it says where it listens").expect("UTF-8");
        if let Some((_, address)) = line.split_once("listening on ") {
            break address.trim().to_owned();
        }
    };
    std::thread::spawn(move || lines.for_each(drop));
    (Server(child), address)
}

#[test]
fn nothing_is_lost_under_load() {
    let Some(binaries) = Binaries::find() else { return };
    let plane = ControlPlane::start(&binaries, Options::default()).unwrap_or_else(|error| panic!("{error}"));
    let folder = TempDir::new().expect("a folder");
    let authorities = [Authority::new(), Authority::new()];
    authorities[0].issue(&folder);
    let rules = |also: &str| {
        format!(
            "version: 1\npod-security: {{enabled: false}}\nrules:\n- {{controls: [pod/host-pid{also}], action: enforce}}\n"
        )
    };
    replace(&folder, "admission.yaml", &rules(""));
    let (_server, address) = serve(&folder);
    let bundle = authorities.iter().map(|authority| authority.pem.as_str()).collect::<String>();
    let webhook = json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": "gate"},
        "webhooks": [{
            "name": "gate.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
            "failurePolicy": "Fail", "timeoutSeconds": 10,
            "clientConfig": {
                "url": format!("{address}/validate"),
                "caBundle": base64::engine::general_purpose::STANDARD.encode(bundle),
            },
            "rules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"],
            }],
        }],
    });
    plane.admin().create(&webhook).send().expect_ok();
    let good = pod(json!({"metadata": {"name": "good"}}));
    let bad = pod(json!({"metadata": {"name": "bad"}, "spec": {"hostPID": true}}));
    until_denied(&plane, &bad);

    let (is_over, sent) = (AtomicBool::new(false), AtomicUsize::new(0));
    let lost: Vec<String> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..4)
            .map(|sender| {
                let (good, bad, plane, is_over, sent) = (&good, &bad, &plane, &is_over, &sent);
                scope.spawn(move || {
                    let mut lost = Vec::new();
                    while !is_over.load(Ordering::Relaxed) {
                        let (object, wanted) = if sender % 2 == 0 { (good, 201) } else { (bad, 403) };
                        let answer = plane.admin().create(object).dry_run().send();
                        sent.fetch_add(1, Ordering::Relaxed);
                        if answer.status != wanted {
                            lost.push(answer.text);
                        }
                    }
                    lost
                })
            })
            .collect();
        for round in 0..40 {
            // Every other time signed by the other authority; the configuration is broken now and then.
            authorities[round % 2].issue(&folder);
            let text =
                if round % 5 == 0 { "rules: [".to_owned() } else { rules([", pod/host-ipc", ""][round % 2]) };
            replace(&folder, "admission.yaml", &text);
            std::thread::sleep(Duration::from_millis(150));
        }
        is_over.store(true, Ordering::Relaxed);
        senders.into_iter().flat_map(|sender| sender.join().expect("a sender")).collect()
    });
    let sent = sent.into_inner();
    assert_eq!(lost, [""; 0], "of {sent} requests");
    assert!(sent > 40, "{sent}");
    eprintln!("{sent} requests over 40 certificates and configurations, none lost");

    // What came last is what holds: the authority that signed before is trusted no more, and nobody notices.
    authorities[1].issue(&folder);
    replace(&folder, "admission.yaml", &rules(", pod/host-network"));
    let network = pod(json!({"metadata": {"name": "network"}, "spec": {"hostNetwork": true}}));
    until_denied(&plane, &network);
}

/// Waits until the server denies an object: the API server learns of webhooks late, and the server of its files.
fn until_denied(plane: &ControlPlane, object: &Json) {
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = plane.admin().create(object).dry_run().send();
        if answer.status == 403 {
            return;
        }
        assert!(Instant::now() < patience, "{} is not denied: {}", object, answer.text);
        std::thread::sleep(Duration::from_millis(20));
    }
}
