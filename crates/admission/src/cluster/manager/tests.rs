//! Two replicas against one API server, with the clock as data.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use tokio::sync::watch::Receiver;

use super::super::certificates::{Periods, Problem, Step};
use super::fake::Fake;
use super::{Manager, Names, Serving, Ticked};

const SECRET: &str = "/api/v1/namespaces/plimsoll/secrets/plimsoll-certificates";
const LEASE: &str = "/apis/coordination.k8s.io/v1/namespaces/plimsoll/leases/plimsoll";
const VALIDATING: &str = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/plimsoll";
const MUTATING: &str = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/plimsoll";
const START: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

/// A replica, and what it serves.
struct Replica {
    manager: Manager<Fake>,
    served: Receiver<Option<Serving>>,
}

impl Replica {
    fn new(api: &Fake, name: &str) -> Self {
        let names = Names::in_namespace("plimsoll");
        let (manager, served) = Manager::new(api.clone(), names, name, Periods::default());
        Replica { manager, served }
    }

    fn tick(&mut self, clock: &Clock) -> Ticked {
        self.try_tick(clock).expect("a turn")
    }

    fn try_tick(&mut self, clock: &Clock) -> Result<Ticked, super::TickError> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(self.manager.tick(clock.steady, (clock.today, 0)))
    }

    fn certificate(&self) -> Vec<u8> {
        self.served.borrow().as_ref().map(|serving| serving.certificate.clone()).unwrap_or_default()
    }

    /// Whether somebody who trusts this bundle takes what is served, at this time.
    fn is_trusted(&self, bundle: &str, at: i64) -> bool {
        let roots: Vec<_> = CertificateDer::pem_slice_iter(bundle.as_bytes()).flatten().collect();
        let anchors: Vec<_> =
            roots.iter().filter_map(|root| webpki::anchor_from_trusted_cert(root).ok()).collect();
        let certificate = CertificateDer::from(self.certificate());
        let Ok(leaf) = webpki::EndEntityCert::try_from(&certificate) else { return false };
        let name = "plimsoll.plimsoll.svc".try_into().expect("a name");
        let time = rustls::pki_types::UnixTime::since_unix_epoch(Duration::from_secs(at.unsigned_abs()));
        let algorithms = webpki::ALL_VERIFICATION_ALGS;
        let usage = webpki::KeyUsage::server_auth();
        leaf.verify_is_valid_for_subject_name(&name).is_ok()
            && leaf.verify_for_usage(algorithms, &anchors, &[], time, usage, None, None).is_ok()
    }
}

/// The steady clock and the time of day, which go on together.
struct Clock {
    steady: Instant,
    today: i64,
}

impl Clock {
    fn new() -> Self {
        Clock { steady: Instant::now(), today: START }
    }

    fn pass(&mut self, seconds: i64) {
        self.steady += Duration::from_secs(seconds.unsigned_abs());
        self.today += seconds;
    }
}

fn server() -> Fake {
    let api = Fake::default();
    let service = json!({"clientConfig": {"service": {"name": "plimsoll", "namespace": "plimsoll"}}});
    api.put(VALIDATING, json!({"metadata": {}, "webhooks": [service, service]}));
    api.put(MUTATING, json!({"metadata": {}, "webhooks": [service]}));
    api
}

/// What the API server trusts; the same for every webhook.
fn bundle(api: &Fake) -> String {
    let of = |path: &str| -> Vec<Value> {
        let webhooks = api.get(path).unwrap_or_default()["webhooks"].clone();
        let all = webhooks.as_array().cloned().unwrap_or_default();
        all.into_iter().map(|webhook| webhook["clientConfig"]["caBundle"].clone()).collect()
    };
    let mut all = of(VALIDATING);
    all.extend(of(MUTATING));
    all.dedup();
    assert_eq!(all.len(), 1, "the webhooks differ");
    String::from_utf8(STANDARD.decode(all[0].as_str().unwrap_or_default()).expect("base64")).expect("text")
}

#[test]
fn one_writes_and_both_serve() {
    let (api, clock) = (server(), Clock::new());
    let (mut a, mut b) = (Replica::new(&api, "a"), Replica::new(&api, "b"));
    let first = a.tick(&clock);
    assert_eq!((first.leads, first.wrote, first.repaired), (true, true, 2));
    assert_eq!(first.steps, [Step::AddAuthority, Step::IssueLeaf]);
    assert_eq!(
        api.writes(),
        ["POST secrets", "PATCH validatingwebhookconfigurations", "PATCH mutatingwebhookconfigurations"]
    );
    let second = b.tick(&clock);
    assert_eq!((second.leads, second.wrote, second.repaired), (false, false, 0));
    assert!(api.writes().is_empty());
    assert_eq!(a.certificate(), b.certificate());
    assert!(a.is_trusted(&bundle(&api), clock.today) && b.is_trusted(&bundle(&api), clock.today));
    assert_eq!(first.until, Some(START + 90 * DAY));
    assert_eq!(a.tick(&clock), Ticked { leads: true, until: first.until, ..Ticked::default() });
}

#[test]
fn a_bundle_that_is_overwritten_is_repaired() {
    let (api, mut clock) = (server(), Clock::new());
    let mut a = Replica::new(&api, "a");
    a.tick(&clock);
    let truth = bundle(&api);
    for (overwritten, times) in [(Some("bm9uc2Vuc2U="), 1), (None, 1)] {
        let mut webhook = api.get(VALIDATING).expect("it is there");
        webhook["webhooks"][1]["clientConfig"]["caBundle"] = json!(overwritten);
        api.put(VALIDATING, webhook);
        clock.pass(10);
        assert_eq!(a.tick(&clock).repaired, times);
        assert_eq!(bundle(&api), truth);
    }
    // One that is applied anew, without a bundle.
    api.delete(MUTATING);
    assert_eq!(a.tick(&clock).repaired, 0);
    api.put(
        MUTATING,
        json!({"webhooks": [{"clientConfig": {"service": {"name": "plimsoll", "namespace": "plimsoll"}}}]}),
    );
    assert_eq!(a.tick(&clock).repaired, 1);
    assert_eq!(bundle(&api), truth);
}

#[test]
fn for_years_no_handshake_fails_and_the_leader_changes() {
    let (api, mut clock) = (server(), Clock::new());
    let mut replicas = [Replica::new(&api, "a"), Replica::new(&api, "b")];
    let (mut authorities, mut leaves) = (0, 0);
    // Every three hours of two years, with the second replica's turn some time after the first's, and a
    // handshake with both in between. Each replica is away for weeks now and then.
    for turn in 0..(2 * 365 * 8) {
        let away = [turn % 800 > 600, (200..400).contains(&(turn % 800))];
        for (at, replica) in replicas.iter_mut().enumerate() {
            if away[at] {
                continue;
            }
            let before = bundle_or_none(&api);
            let ticked = replica.tick(&clock);
            authorities += ticked.steps.iter().filter(|step| **step == Step::AddAuthority).count();
            leaves += ticked.steps.iter().filter(|step| **step == Step::IssueLeaf).count();
            assert_eq!(ticked.problems, []);
            let after = bundle(&api);
            assert!(replica.is_trusted(&after, clock.today), "turn {turn}");
            // An API server that hasn't seen the new bundle yet.
            assert!(before.is_none_or(|before| replica.is_trusted(&before, clock.today)), "turn {turn}");
            clock.pass(15);
        }
        if away == [false, false] {
            let known = bundle(&api);
            assert!(replicas.iter().all(|replica| replica.is_trusted(&known, clock.today)), "turn {turn}");
        }
        clock.pass(3 * 3_600 - 30);
    }
    assert!((3..=4).contains(&authorities), "{authorities} authorities in two years");
    assert!((12..=18).contains(&leaves), "{leaves} certificates in two years");
    let lease = api.get(LEASE).expect("it is there");
    assert!(lease["spec"]["leaseTransitions"].as_i64() > Some(2), "{lease}");
}

fn bundle_or_none(api: &Fake) -> Option<String> {
    let webhook = api.get(VALIDATING)?;
    webhook["webhooks"][0]["clientConfig"]["caBundle"].as_str()?;
    Some(bundle(api))
}

#[test]
fn a_secret_that_is_deleted_or_broken_is_made_anew_without_a_break() {
    let mut damages: Vec<(&str, Option<Value>)> = vec![("deleted", None)];
    for entry in ["tls.crt", "tls.key", "ca.crt", "ca.key"] {
        damages.push((entry, Some(json!({"data": {entry: STANDARD.encode("nonsense")}}))));
    }
    for (what, damage) in damages {
        let (api, mut clock) = (server(), Clock::new());
        let (mut a, mut b) = (Replica::new(&api, "a"), Replica::new(&api, "b"));
        a.tick(&clock);
        b.tick(&clock);
        let served = a.certificate();
        match &damage {
            None => api.delete(SECRET),
            Some(damage) => {
                let mut secret = api.get(SECRET).expect("it is there");
                for (entry, text) in damage["data"].as_object().into_iter().flatten() {
                    secret["data"][entry] = text.clone();
                }
                api.put(SECRET, secret);
            }
        }
        // Whoever doesn't lead goes on serving, and writes nothing.
        api.writes();
        b.tick(&clock);
        assert!(api.writes().is_empty() && b.certificate() == served, "{what}");
        let mended = a.tick(&clock);
        assert_eq!(mended.problems.is_empty(), damage.is_none(), "{what}: {:?}", mended.problems);
        assert_eq!(
            (mended.wrote, mended.steps.as_slice()),
            (true, [Step::AddAuthority].as_slice()),
            "{what}"
        );
        for seconds in [0, 300, 300, 10, 10, DAY, 10] {
            clock.pass(seconds);
            assert_eq!(a.tick(&clock).problems, [], "{what}");
            b.tick(&clock);
            assert!(
                a.is_trusted(&bundle(&api), clock.today) && b.is_trusted(&bundle(&api), clock.today),
                "{what}"
            );
        }
        assert_ne!(a.certificate(), served, "{what}: new keys in the end");
        assert_eq!(bundle(&api).matches("BEGIN").count(), 1, "{what}: and the old authority is gone");
    }
}

#[test]
fn a_replica_that_finds_a_broken_secret_at_its_start_makes_another() {
    let (api, clock) = (server(), Clock::new());
    api.put(SECRET, json!({"data": {"tls.crt": "", "tls.key": ""}}));
    let mut a = Replica::new(&api, "a");
    let ticked = a.tick(&clock);
    assert_eq!(ticked.problems, ["ca.crt", "ca.key", "tls.crt", "tls.key"].map(Problem::Missing));
    assert!(ticked.wrote && a.is_trusted(&bundle(&api), clock.today));
}

#[test]
fn what_has_expired_is_replaced_at_once() {
    let (api, mut clock) = (server(), Clock::new());
    Replica::new(&api, "a").tick(&clock);
    clock.pass(100 * DAY);
    let mut late = Replica::new(&api, "b");
    late.tick(&clock);
    clock.pass(30);
    let ticked = late.tick(&clock);
    assert_eq!(ticked.steps, [Step::IssueLeaf]);
    assert!(late.is_trusted(&bundle(&api), clock.today));
    clock.pass(1_000 * DAY);
    let ticked = late.tick(&clock);
    assert_eq!(ticked.steps, [Step::AddAuthority, Step::IssueLeaf]);
    assert!(late.is_trusted(&bundle(&api), clock.today));
}

#[test]
fn the_clock_of_the_api_server_counts() {
    let (api, mut clock) = (server(), Clock::new());
    api.date(START);
    clock.today += 400 * DAY;
    let mut a = Replica::new(&api, "a");
    a.tick(&clock);
    assert!(a.is_trusted(&bundle(&api), START));
    assert!(a.tick(&clock).steps.is_empty());
}

#[test]
fn an_outage_of_the_api_server_changes_nothing() {
    let (api, mut clock) = (server(), Clock::new());
    let mut a = Replica::new(&api, "a");
    a.tick(&clock);
    let served = a.certificate();
    api.down(true);
    for _ in 0..10 {
        clock.pass(60);
        assert!(a.try_tick(&clock).is_err());
        assert_eq!(a.certificate(), served);
    }
    api.down(false);
    assert!(a.tick(&clock).leads && a.certificate() == served);
}

#[test]
fn a_released_lease_is_taken_at_once() {
    let (api, clock) = (server(), Clock::new());
    let (mut a, mut b) = (Replica::new(&api, "a"), Replica::new(&api, "b"));
    a.tick(&clock);
    assert!(!b.tick(&clock).leads);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(a.manager.release((clock.today, 0))).expect("it is given up");
    assert!(b.tick(&clock).leads && !a.tick(&clock).leads);
}
