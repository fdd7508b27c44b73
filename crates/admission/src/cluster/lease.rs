//! A Lease (`coordination.k8s.io/v1`): one replica at a time writes.
//!
//! The rules are those of the API's other users, so that tools that show leaders show this one too. A
//! replica may take a Lease that nobody holds, or whose record hasn't changed for the holder's
//! duration *since the replica first saw it*: its own clock counts, so that clocks that differ don't
//! make two leaders. A write names the version that it was decided on, and the API server refuses it
//! when somebody was quicker.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::rfc3339_micro;

/// How long a holder that is silent keeps the Lease.
pub const DURATION: Duration = Duration::from_secs(30);

/// The record, as the API server has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub holder: String,
    pub duration_seconds: i64,
    pub acquire_time: String,
    pub renew_time: String,
    pub transitions: i64,
    pub resource_version: String,
}

impl Record {
    /// Reads a Lease. What is missing is empty: a Lease without a holder is free.
    pub fn read(lease: &Value) -> Self {
        let spec = |key: &str| lease.get("spec").and_then(|spec| spec.get(key));
        let text = |key| spec(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |key| spec(key).and_then(Value::as_i64).unwrap_or_default();
        let version = lease.get("metadata").and_then(|metadata| metadata.get("resourceVersion"));
        Record {
            holder: text("holderIdentity"),
            duration_seconds: number("leaseDurationSeconds"),
            acquire_time: text("acquireTime"),
            renew_time: text("renewTime"),
            transitions: number("leaseTransitions"),
            resource_version: version.and_then(Value::as_str).unwrap_or_default().to_owned(),
        }
    }

    /// The Lease as it is written, on the condition that nobody wrote in between.
    pub fn write(&self, namespace: &str, name: &str) -> Value {
        let mut metadata = json!({"name": name, "namespace": namespace});
        if !self.resource_version.is_empty() {
            metadata["resourceVersion"] = json!(self.resource_version);
        }
        json!({
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": metadata,
            "spec": {
                "holderIdentity": self.holder,
                "leaseDurationSeconds": self.duration_seconds,
                "acquireTime": self.acquire_time,
                "renewTime": self.renew_time,
                "leaseTransitions": self.transitions,
            },
        })
    }
}

/// One replica's view of the Lease.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What the replica is called; no two are called the same.
    identity: String,
    /// The record that was seen last, and when it was first seen.
    seen: Option<(Record, Instant)>,
    /// When the Lease was last known to be held, by this replica.
    renewed: Option<Instant>,
}

/// What is to be done about the Lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// There is none: create it.
    Create(Record),
    /// Take it, or renew it.
    Update(Record),
    /// Somebody else holds it.
    Wait,
}

impl Candidate {
    pub fn new(identity: impl Into<String>) -> Self {
        Candidate { identity: identity.into(), seen: None, renewed: None }
    }

    /// What is to be done, given the Lease that was read.
    ///
    /// `now` is the replica's steady clock, `today` the time of day in seconds and microseconds since 1970.
    pub fn decide(&mut self, lease: Option<Record>, now: Instant, today: (i64, u32)) -> Decision {
        let time = rfc3339_micro(today.0, today.1);
        let mine = |acquire_time: String, transitions, resource_version| Record {
            holder: self.identity.clone(),
            duration_seconds: i64::try_from(DURATION.as_secs()).unwrap_or(i64::MAX),
            acquire_time,
            renew_time: time.clone(),
            transitions,
            resource_version,
        };
        let Some(lease) = lease else {
            self.seen = None;
            return Decision::Create(mine(time.clone(), 0, String::new()));
        };
        if lease.holder == self.identity {
            return Decision::Update(mine(lease.acquire_time, lease.transitions, lease.resource_version));
        }
        let since = match &self.seen {
            Some((record, since)) if *record == lease => *since,
            _ => now,
        };
        let free = lease.holder.is_empty() || now.saturating_duration_since(since) >= duration(&lease);
        self.seen = Some((lease.clone(), since));
        if free {
            let transitions = lease.transitions.saturating_add(1);
            Decision::Update(mine(time.clone(), transitions, lease.resource_version))
        } else {
            Decision::Wait
        }
    }

    /// The write succeeded; `decided` is the time that it was decided at.
    pub fn wrote(&mut self, decided: Instant) {
        self.renewed = Some(decided);
        self.seen = None;
    }

    /// The write failed, or another holds the Lease.
    pub fn lost(&mut self) {
        self.renewed = None;
    }

    /// Whether this replica may write: two thirds of the duration after it last renewed it may no longer, so
    /// that it has stopped before another starts.
    pub fn leads(&self, now: Instant) -> bool {
        self.renewed.is_some_and(|renewed| now.saturating_duration_since(renewed) < DURATION * 2 / 3)
    }

    /// Whether the Lease was renewed so lately that it needn't be again.
    pub fn is_fresh(&self, now: Instant) -> bool {
        self.renewed.is_some_and(|renewed| now.saturating_duration_since(renewed) < DURATION / 3)
    }

    /// The record that gives the Lease up, so that the next holder needn't wait.
    pub fn release(&self, lease: Record, today: (i64, u32)) -> Option<Record> {
        let time = rfc3339_micro(today.0, today.1);
        (lease.holder == self.identity).then(|| Record {
            holder: String::new(),
            duration_seconds: 1,
            acquire_time: time.clone(),
            renew_time: time,
            ..lease
        })
    }
}

/// How long the holder's word counts. A record that says nothing sensible counts for as long as ours.
fn duration(lease: &Record) -> Duration {
    match u64::try_from(lease.duration_seconds) {
        Ok(seconds @ 1..=3600) => Duration::from_secs(seconds),
        _ => DURATION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: (i64, u32) = (1_800_000_000, 0);

    fn held(by: &str, version: &str) -> Record {
        Record {
            holder: by.to_owned(),
            duration_seconds: 30,
            acquire_time: "then".to_owned(),
            renew_time: version.to_owned(),
            transitions: 4,
            resource_version: version.to_owned(),
        }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn the_first_creates_it() {
        let mut candidate = Candidate::new("a");
        let Decision::Create(record) = candidate.decide(None, Instant::now(), TODAY) else { panic!() };
        assert_eq!((record.holder.as_str(), record.transitions), ("a", 0));
        assert_eq!(record.acquire_time, record.renew_time);
        assert!(record.write("ns", "n")["metadata"].get("resourceVersion").is_none());
    }

    #[test]
    fn the_holder_renews_and_keeps_its_time_of_acquiring() {
        let mut candidate = Candidate::new("a");
        let Decision::Update(record) = candidate.decide(Some(held("a", "7")), Instant::now(), TODAY) else {
            panic!()
        };
        assert_eq!((record.acquire_time.as_str(), record.transitions), ("then", 4));
        assert_eq!(record.write("ns", "n")["metadata"]["resourceVersion"], "7");
    }

    #[test]
    fn another_waits_for_a_record_that_stands_still() {
        let mut candidate = Candidate::new("b");
        let start = Instant::now();
        let mut at = |after, lease| candidate.decide(Some(lease), start + seconds(after), TODAY);
        assert_eq!(at(0, held("a", "1")), Decision::Wait);
        assert_eq!(at(29, held("a", "1")), Decision::Wait);
        assert_eq!(at(29, held("a", "2")), Decision::Wait, "it was renewed");
        assert_eq!(at(58, held("a", "2")), Decision::Wait);
        let Decision::Update(taken) = at(59, held("a", "2")) else { panic!() };
        assert_eq!(
            (taken.holder.as_str(), taken.transitions, taken.resource_version.as_str()),
            ("b", 5, "2")
        );
    }

    #[test]
    fn a_lease_without_a_holder_is_taken_at_once() {
        let mut candidate = Candidate::new("b");
        assert!(matches!(candidate.decide(Some(held("", "1")), Instant::now(), TODAY), Decision::Update(_)));
    }

    #[test]
    fn a_record_of_nonsense_neither_locks_nor_opens() {
        for nonsense in [-5, 0, i64::MAX] {
            let mut candidate = Candidate::new("b");
            let lease = Record { duration_seconds: nonsense, ..held("a", "1") };
            let start = Instant::now();
            assert_eq!(candidate.decide(Some(lease.clone()), start, TODAY), Decision::Wait);
            assert_eq!(candidate.decide(Some(lease.clone()), start + seconds(29), TODAY), Decision::Wait);
            assert!(matches!(candidate.decide(Some(lease), start + seconds(30), TODAY), Decision::Update(_)));
        }
        assert_eq!(Record::read(&json!({"spec": 3})), Record::default());
    }

    #[test]
    fn a_leader_stops_before_another_starts() {
        let mut candidate = Candidate::new("a");
        let start = Instant::now();
        assert!(!candidate.leads(start));
        candidate.wrote(start);
        assert!(candidate.leads(start + seconds(19)) && !candidate.leads(start + seconds(20)));
        candidate.lost();
        assert!(!candidate.leads(start));
    }

    #[test]
    fn only_the_holder_gives_it_up() {
        let candidate = Candidate::new("a");
        let released =
            candidate.release(held("a", "3"), TODAY).map(|record| (record.holder, record.duration_seconds));
        assert_eq!(released, Some((String::new(), 1)));
        assert_eq!(candidate.release(held("b", "3"), TODAY), None);
    }
}
