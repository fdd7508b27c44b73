//! How many reviews one core answers, and how soon.
//!
//! `cargo bench -p plimsoll-admission --bench serve -- [REQUESTS [CONNECTIONS]]` starts the server with one
//! worker on the first core, over loopback, TLS and keep-alive, with every control that can be decided from
//! one object, and sends it a Pod of 4.7 KB again and again from the other cores: once as the pods of one
//! template come, with other names and uids each, which are answered alike, and once each of another template,
//! which all have to be read. It prints requests per second, the same for a server that answers without
//! reading the review, the time of the server's thread for one request, percentiles at half of that load, and
//! the resident memory.

mod client;
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use plimsoll_admission::manifests::Manifests;
use plimsoll_admission::serve::{Certificate, Limits, Options, Server};
use plimsoll_allocator::Allocator;
use plimsoll_doc::SourceFile;

use client::{Each, Load};

const REVIEW: &str = include_str!("review.json");
const NAMESPACES: &str = "apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}}
";
const CONFIGURATION: &str =
    "rules: [{profile: all, action: audit}, {profile: restricted, action: enforce}]\n";

/// Requests a second that one core should answer.
const GOAL: f64 = 50_000.0;

/// The program's own.
#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    if let Some(role) = std::env::args().nth(1).filter(|role| role.starts_with("serve-")) {
        return serve(&role, &PathBuf::from(std::env::args().nth(2).expect("a folder")));
    }
    let requests: u64 = arguments.next().map_or(200_000, |number| number.parse().expect("a number"));
    let connections: usize = arguments.next().map_or(16, |number| number.parse().expect("a number"));
    let folder = std::env::temp_dir().join(format!("plimsoll-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let certificate = write_files(&folder);
    println!("{} bytes a review, {connections} connections, {requests} requests", REVIEW.len());
    println!("{:<38}{:>10}{:>14}{:>12}{:>12}", "", "wall/s", "per CPU-s", "us each", "RSS MiB");
    for (role, each, name) in [
        ("serve-blind", Each::Pod, "answers without reading"),
        ("serve-all", Each::Pod, "every control, one template"),
        ("serve-all", Each::Template, "every control, each another template"),
    ] {
        let mut child = process::Child::start(role, &folder);
        let load =
            Load { address: child.address, certificate: &certificate, connections, review: REVIEW, each };
        load.run(requests / 10, None);
        let before = child.cpu();
        let done = load.run(requests, None);
        let used = child.cpu() - before;
        let rate = requests as f64 / done.took.as_secs_f64();
        println!(
            "{name:<38}{rate:>10.0}{:>14.0}{:>12.2}{:>12.1}",
            requests as f64 / used.as_secs_f64(),
            used.as_secs_f64() * 1e6 / requests as f64,
            child.resident() as f64 / f64::from(1 << 20),
        );
        if role == "serve-all" {
            // Of the goal, or of what it can.
            let half_load = rate.min(GOAL) / 2.0;
            let half = load.run(requests / 4, Some(half_load));
            println!(
                "  at half load ({:.0}/s): p50 {:.0} us, p99 {:.0} us, p99.9 {:.0} us; RSS {:.1} MiB",
                half_load,
                half.percentile(50.0),
                half.percentile(99.0),
                half.percentile(99.9),
                child.resident() as f64 / f64::from(1 << 20),
            );
        }
        child.end();
    }
    let _ = fs::remove_dir_all(&folder);
}

/// A certificate and what the server reads.
fn write_files(folder: &Path) -> Vec<u8> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    fs::write(folder.join("tls.crt"), made.cert.pem()).expect("written");
    fs::write(folder.join("tls.key"), made.signing_key.serialize_pem()).expect("written");
    fs::write(folder.join("admission.yaml"), CONFIGURATION).expect("written");
    made.cert.der().to_vec()
}

/// The server, in a process of its own.
fn serve(role: &str, folder: &Path) {
    let options = Options {
        listen: ([127, 0, 0, 1], 0).into(),
        metrics_listen: None,
        certificate: Certificate::Files { certificate: folder.join("tls.crt"), key: folder.join("tls.key") },
        home: None,
        configuration: Some(folder.join("admission.yaml")),
        workers: 1,
        limits: Limits::default(),
        reload_every: Duration::from_secs(2),
        drain_delay: Duration::ZERO,
        grace: Duration::from_secs(1),
    };
    let manifests =
        Manifests::read(vec![SourceFile::new("namespaces", NAMESPACES.into())]).expect("manifests");
    let server =
        Server::for_benchmark(options, Arc::new(manifests), role == "serve-blind").expect("a server");
    println!("{}", server.address().expect("an address"));
    let ended = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&ended);
    // The end of standard input is the end of the server.
    std::thread::spawn(move || {
        let _ = std::io::read_to_string(std::io::stdin());
        seen.store(true, Ordering::Relaxed);
    });
    server
        .run(async move {
            while !ended.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        })
        .expect("served");
}
