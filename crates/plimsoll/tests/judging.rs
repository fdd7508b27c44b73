//! `plimsoll admit`: one review offline, a configuration checked, and a server that ends when asked.

mod support;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use support::Folder;

const POD: &str = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1",
"kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
"name":"web","namespace":"shop","operation":"CREATE","userInfo":{"username":"ann"},"object":{"apiVersion":"v1",
"kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"c","image":"c",
"securityContext":{"privileged":true}}]}},"oldObject":null}}"#;

const NAMESPACE: &str = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}}";

#[test]
fn a_review_is_judged_offline() {
    let folder = Folder::with("ns.yaml", NAMESPACE);
    folder.write("review.json", POD);
    let ran = folder.run(&["admit", "--namespaces", "ns.yaml", "--review", "review.json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(answer["response"]["uid"], "u-1");
    assert_eq!(
        answer["response"]["status"]["message"],
        "pods \"web\" is forbidden: violates PodSecurity \"baseline:latest\": privileged (container \"c\" must not \
         set securityContext.privileged=true)"
    );
    folder.write("off.yaml", "pod-security: {enabled: false}\nmutate: {seccomp: true}\n");
    assert_eq!(folder.pipe(&["admit", "--config", "off.yaml", "--review", "-"], POD).code, 0);
    let patched = folder.pipe(&["admit", "--config", "off.yaml", "--review", "-", "--path", "/mutate"], POD);
    assert!(
        patched.code == 0 && patched.stdout.contains("\"patchType\":\"JSONPatch\""),
        "{}",
        patched.stdout
    );
    let broken = folder.pipe(&["admit", "--review", "-"], &POD[..200]);
    assert!(broken.code == 2 && broken.stderr.contains("no JSON"), "{}", broken.stderr);
}

#[test]
fn a_configuration_is_checked() {
    let folder = Folder::with("a.yaml", "rules: [{profile: all, action: warn}]");
    let ran = folder.run(&["admit", "--config", "a.yaml", "--check"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("Pod Security: on") && ran.stdout.contains("can't be decided from one object")
    );
    assert!(
        ran.stdout.contains("network/pod-without-policy") || ran.stdout.contains("manifest/duplicate-key")
    );
    folder.write("a.yaml", "rules: [{profile: al, action: warm}]");
    let ran = folder.run(&["admit", "--config", "a.yaml", "--check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("a.yaml:1:19: ") && ran.stderr.contains("warm is none of"), "{}", ran.stderr);
    let ran = folder.run(&["admit"]);
    assert!(ran.code == 2 && ran.stderr.contains("--tls-cert"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn it_serves_until_it_is_asked_to_end() {
    let folder = Folder::new();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    folder.write("tls.crt", made.cert.pem());
    folder.write("tls.key", made.signing_key.serialize_pem());
    let arguments = ["admit", "--tls-cert", "tls.crt", "--tls-key", "tls.key", "--listen", "127.0.0.1:0"];
    let more = ["--metrics-listen", "127.0.0.1:0", "--drain-delay", "0", "--threads", "1"];
    let mut child = folder
        .command(&[&arguments[..], &more].concat())
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a server");
    let mut lines = BufReader::new(child.stderr.take().expect("its notes")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    assert!(next().contains("listening on https://127.0.0.1:"));
    assert!(next().contains("metrics on http://127.0.0.1:"));
    let ended = std::process::Command::new("kill").arg(child.id().to_string()).status().expect("kill");
    assert!(ended.success());
    assert!(next().contains("\"event\":\"draining\""));
    assert!(next().contains("\"event\":\"ended\",\"clean\":\"true\""));
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}
