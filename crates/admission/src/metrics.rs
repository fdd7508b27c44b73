//! What the server tells of itself, as Prometheus reads it: base units, counters that only grow.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the buckets of durations, in seconds.
const SECONDS: [f64; 15] = [
    0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.5,
    1.0, 5.0,
];
/// Upper bounds of the buckets of sizes, in bytes.
const BYTES: [f64; 8] = [1024.0, 4096.0, 16384.0, 65536.0, 262_144.0, 1_048_576.0, 4_194_304.0, 16_777_216.0];

/// Every number that the server keeps.
#[derive(Default)]
pub struct Metrics {
    verdicts: Mutex<BTreeMap<(&'static str, &'static str, &'static str), u64>>,
    findings: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    pub seconds: Histogram<{ SECONDS.len() }>,
    pub bytes: Histogram<{ BYTES.len() }>,
    /// Allowed reviews by path, counted without a lock: nearly all are.
    pub allowed: [AtomicU64; PATHS.len()],
    /// Requests turned away, by HTTP status.
    refused: Mutex<BTreeMap<u16, u64>>,
    pub connections: AtomicI64,
    pub connections_total: AtomicU64,
    pub handshakes_failed: AtomicU64,
    pub connections_shed: AtomicU64,
    pub requests_in_flight: AtomicI64,
    pub waived: AtomicU64,
    pub waivers_expired: AtomicU64,
    pub logs_dropped: AtomicU64,
    pub configuration: Reload,
    pub certificate: Reload,
    /// Seconds since 1970.
    pub certificate_expires: AtomicI64,
}

/// The paths that reviews come to, as labels call them.
pub const PATHS: [&str; 4] = ["validate", "enforce", "advise", "mutate"];

/// How a reloaded file fared.
#[derive(Default)]
pub struct Reload {
    /// Seconds since 1970 of the last time that it was taken.
    pub at: AtomicI64,
    /// 1 where what is there now was taken, else 0.
    pub is_current: AtomicI64,
    pub failures: AtomicU64,
}

/// A cumulative histogram.
pub struct Histogram<const N: usize> {
    buckets: [AtomicU64; N],
    count: AtomicU64,
    /// Nanoseconds, or bytes.
    sum: AtomicU64,
}

impl<const N: usize> Default for Histogram<N> {
    fn default() -> Self {
        Histogram {
            buckets: std::array::from_fn(|_| AtomicU64::new(0)),
            count: AtomicU64::new(0),
            sum: AtomicU64::new(0),
        }
    }
}

impl<const N: usize> Histogram<N> {
    fn observe(&self, bounds: &[f64; N], value: f64, unit: u64) {
        if let Some(bucket) =
            bounds.iter().position(|bound| value <= *bound).and_then(|at| self.buckets.get(at))
        {
            bucket.fetch_add(1, Relaxed);
        }
        self.count.fetch_add(1, Relaxed);
        self.sum.fetch_add(unit, Relaxed);
    }

    fn write(&self, name: &str, help: &str, bounds: &[f64; N], per_unit: f64, out: &mut String) {
        head(name, help, "histogram", out);
        let mut below = 0;
        for (bound, bucket) in bounds.iter().zip(&self.buckets) {
            below += bucket.load(Relaxed);
            let _ = writeln!(out, "{PREFIX}{name}_bucket{{le=\"{bound}\"}} {below}");
        }
        let count = self.count.load(Relaxed);
        let _ = writeln!(out, "{PREFIX}{name}_bucket{{le=\"+Inf\"}} {count}");
        let _ = writeln!(out, "{PREFIX}{name}_sum {}", self.sum.load(Relaxed) as f64 / per_unit);
        let _ = writeln!(out, "{PREFIX}{name}_count {count}");
    }
}

const PREFIX: &str = "plimsoll_admission_";

fn head(name: &str, help: &str, kind: &str, out: &mut String) {
    let _ = writeln!(out, "# HELP {PREFIX}{name} {help}\n# TYPE {PREFIX}{name} {kind}");
}

fn single(name: &str, help: &str, kind: &str, value: impl std::fmt::Display, out: &mut String) {
    head(name, help, kind, out);
    let _ = writeln!(out, "{PREFIX}{name} {value}");
}

impl Metrics {
    /// Counts an answered review.
    pub fn answered(
        &self,
        path: usize,
        operation: &'static str,
        verdict: Verdict,
        took: Duration,
        bytes: usize,
    ) {
        self.seconds.observe(
            &SECONDS,
            took.as_secs_f64(),
            u64::try_from(took.as_nanos()).unwrap_or(u64::MAX),
        );
        self.bytes.observe(&BYTES, bytes as f64, bytes as u64);
        if verdict == Verdict::Allowed {
            if let Some(allowed) = self.allowed.get(path) {
                allowed.fetch_add(1, Relaxed);
            }
            return;
        }
        let path = PATHS.get(path).copied().unwrap_or_default();
        let mut verdicts = self.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        *verdicts.entry((path, operation, verdict.name())).or_default() += 1;
    }

    /// Counts findings by control and action.
    pub fn found(&self, found: &[(&'static str, &'static str)]) {
        if found.is_empty() {
            return;
        }
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        for one in found {
            *findings.entry(*one).or_default() += 1;
        }
    }

    /// Counts a request that was turned away.
    pub fn refused(&self, status: u16) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner).entry(status).or_default() += 1;
    }

    /// The text that Prometheus reads.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(8192);
        let out = &mut out;
        head("reviews_total", "Reviews answered, by what became of them.", "counter", out);
        for (path, allowed) in PATHS.iter().zip(&self.allowed) {
            let allowed = allowed.load(Relaxed);
            let _ = writeln!(out, "{PREFIX}reviews_total{{path=\"{path}\",verdict=\"allowed\"}} {allowed}");
        }
        let verdicts = self.verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        for ((path, operation, verdict), count) in verdicts.iter() {
            let _ = writeln!(
                out,
                "{PREFIX}reviews_total{{path=\"{path}\",operation=\"{operation}\",verdict=\"{verdict}\"}} {count}"
            );
        }
        drop(verdicts);
        head("findings_total", "Findings of controls, by what they did.", "counter", out);
        let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        for ((control, action), count) in findings.iter() {
            let _ =
                writeln!(out, "{PREFIX}findings_total{{control=\"{control}\",action=\"{action}\"}} {count}");
        }
        drop(findings);
        head("refused_total", "Requests turned away without a review, by HTTP status.", "counter", out);
        for (status, count) in self.refused.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(out, "{PREFIX}refused_total{{status=\"{status}\"}} {count}");
        }
        self.seconds.write("review_seconds", "From the head of a request to its answer.", &SECONDS, 1e9, out);
        self.bytes.write("review_bytes", "Size of reviews.", &BYTES, 1.0, out);
        let count = |value: &AtomicU64| value.load(Relaxed);
        let gauge = |value: &AtomicI64| value.load(Relaxed);
        single("connections", "Open connections.", "gauge", gauge(&self.connections), out);
        single("connections_total", "Connections accepted.", "counter", count(&self.connections_total), out);
        single(
            "connections_shed_total",
            "Connections closed because there were too many.",
            "counter",
            count(&self.connections_shed),
            out,
        );
        single(
            "handshakes_failed_total",
            "TLS handshakes that failed or took too long.",
            "counter",
            count(&self.handshakes_failed),
            out,
        );
        single(
            "requests_in_flight",
            "Requests that are being read or judged.",
            "gauge",
            gauge(&self.requests_in_flight),
            out,
        );
        single("waived_total", "Findings that waivers let go.", "counter", count(&self.waived), out);
        single(
            "waivers_expired_total",
            "Findings that count since their waiver expired.",
            "counter",
            count(&self.waivers_expired),
            out,
        );
        single(
            "logs_dropped_total",
            "Lines of the log that nobody read in time.",
            "counter",
            count(&self.logs_dropped),
            out,
        );
        for (name, reload) in [("configuration", &self.configuration), ("certificate", &self.certificate)] {
            single(
                &format!("{name}_loaded_timestamp_seconds"),
                "When it was last taken.",
                "gauge",
                gauge(&reload.at),
                out,
            );
            single(
                &format!("{name}_current"),
                "1 where what the file says now was taken, else 0.",
                "gauge",
                gauge(&reload.is_current),
                out,
            );
            single(
                &format!("{name}_failures_total"),
                "Times that a change of the file was refused.",
                "counter",
                count(&reload.failures),
                out,
            );
        }
        single(
            "certificate_expiry_timestamp_seconds",
            "When the certificate expires.",
            "gauge",
            gauge(&self.certificate_expires),
            out,
        );
        std::mem::take(out)
    }
}

/// What became of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// Allowed, with a warning or an audit annotation.
    Advised,
    /// Allowed, and changed.
    Patched,
    Denied,
    /// It could not be judged.
    Unjudged,
}

impl Verdict {
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Allowed => "allowed",
            Verdict::Advised => "advised",
            Verdict::Patched => "patched",
            Verdict::Denied => "denied",
            Verdict::Unjudged => "unjudged",
        }
    }
}
