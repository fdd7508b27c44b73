//! One review: read, decided, answered, counted.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use hyper::Request as HttpRequest;
use hyper::body::Incoming;
use plimsoll_engine::Date;

use super::body::{self, Refused};
use super::{Shared, reload};
use crate::configuration::Action;
use crate::decide::{Gate, Outcome, Part};
use crate::known::Known;
use crate::metrics::Verdict;
use crate::review::{Answer, Operation, Request, read};

/// Where reviews come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Validate(Part),
    Mutate,
}

impl Path {
    pub fn of(path: &str) -> Option<Path> {
        Some(match path {
            "/validate" => Path::Validate(Part::Whole),
            "/validate/enforce" => Path::Validate(Part::Enforce),
            "/validate/advise" => Path::Validate(Part::Advise),
            "/mutate" => Path::Mutate,
            _ => return None,
        })
    }

    /// Its place in [`PATHS`](crate::metrics::PATHS).
    fn number(self) -> usize {
        match self {
            Path::Validate(Part::Whole) => 0,
            Path::Validate(Part::Enforce) => 1,
            Path::Validate(Part::Advise) => 2,
            Path::Mutate => 3,
        }
    }
}

/// The longest that a dry run over a namespace's pods may take, as in the API server.
const DRY_RUN: Duration = Duration::from_secs(1);

/// The answer to a review, as JSON.
pub(super) async fn review(
    request: HttpRequest<Incoming>,
    path: Path,
    shared: &Arc<Shared>,
    begun: Instant,
) -> Result<String, Refused> {
    let given = request.uri().query().and_then(timeout).unwrap_or(shared.limits.answer);
    let deadline = begun + given.min(shared.limits.answer);
    let (bytes, budget) = body::read(request.into_body(), shared).await?;
    let size = bytes.len();
    if shared.answers_blindly {
        let mut out = String::with_capacity(256);
        Answer::default().write("705ab4f5-6393-11e8-b7cc-42010a800002", &mut out);
        return Ok(out);
    }
    let late = || (503, "the review could not be answered in time".to_owned());
    if Instant::now() >= deadline {
        return Err(late());
    }
    let work = Work { gate: shared.gate.load_full(), path, shared: Arc::clone(shared), begun, size };
    let answered = if size <= shared.limits.light {
        work.light(bytes, deadline).await
    } else {
        if memchr_commas(&bytes) > shared.limits.values {
            return Err((413, format!("the review has more than {} values", shared.limits.values)));
        }
        let apart = work.heavy(bytes, deadline);
        tokio::time::timeout_at(deadline.into(), apart).await.unwrap_or_else(|_| Err(late()))
    };
    drop(budget);
    answered
}

/// Commas outdo values by none, and are quick to count.
fn memchr_commas(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b',').count()
}

/// A review on its way.
#[derive(Clone)]
struct Work {
    gate: Arc<Gate>,
    path: Path,
    shared: Arc<Shared>,
    begun: Instant,
    size: usize,
}

impl Work {
    /// Decides where the request was read.
    async fn light(self, bytes: Vec<u8>, deadline: Instant) -> Result<String, Refused> {
        if let Path::Validate(part) = self.path
            && let Some((answer, recurrence)) = self.gate.recall(part, &bytes, &*self.shared.cluster)
        {
            self.count(Operation::Create, &recurrence.outcome);
            return Ok(answer);
        }
        let document = read(bytes).map_err(|error| (400, error.0))?;
        let request = Request::of(&document).map_err(|error| (400, error.0))?;
        let known = self.know(&request, deadline).await;
        Ok(self.answer(&request, &known))
    }

    /// Decides on a thread of its own: when there is one.
    async fn heavy(self, bytes: Vec<u8>, deadline: Instant) -> Result<String, Refused> {
        let busy = || (503, "the server ends".to_owned());
        let permit = Arc::clone(&self.shared.heavy).acquire_owned().await.map_err(|_| busy())?;
        let document = tokio::task::spawn_blocking(move || read(bytes)).await.map_err(|_| busy())?;
        let document = document.map_err(|error| (400, error.0))?;
        let known = {
            let request = Request::of(&document).map_err(|error| (400, error.0))?;
            self.know(&request, deadline).await
        };
        let judged = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let request = Request::of(&document).map_err(|error| (400, error.0))?;
            Ok(self.answer(&request, &known))
        });
        judged.await.map_err(|_| busy())?
    }

    /// Learns what the decision needs.
    async fn know(&self, request: &Request<'_>, deadline: Instant) -> Known {
        if self.path == Path::Mutate {
            return Known::default();
        }
        let needs = self.gate.needs(request);
        if needs.is_empty() {
            return Known::default();
        }
        let mut known = Known::gather(&needs, &*self.shared.cluster, deadline).await;
        let now = Instant::now();
        known.dry_run_ends = Some(now + DRY_RUN.min(deadline.saturating_duration_since(now) / 2));
        known
    }

    fn answer(&self, request: &Request<'_>, known: &Known) -> String {
        let outcome = self.gate.guarded(|gate| match self.path {
            Path::Validate(part) => gate.validate(request, known, part, today()),
            Path::Mutate => gate.mutate(request),
        });
        let mut out = String::with_capacity(256);
        outcome.answer.write(request.uid, &mut out);
        let verdict = self.count(request.operation, &outcome);
        if matches!(verdict, Verdict::Denied | Verdict::Unjudged) || !outcome.expired.is_empty() {
            self.log(request, &outcome, verdict);
        }
        if let Path::Validate(part) = self.path {
            self.gate.remember(part, request, known, &outcome, &out);
        }
        out
    }

    /// Counts what became of a request.
    fn count(&self, operation: Operation, outcome: &Outcome) -> Verdict {
        let metrics = &self.shared.metrics;
        let answer = &outcome.answer;
        let verdict = match answer {
            _ if outcome.unjudged.is_some() => Verdict::Unjudged,
            answer if !answer.is_allowed() => Verdict::Denied,
            answer if answer.patch.is_some() => Verdict::Patched,
            answer if !outcome.found.is_empty() || !answer.warnings.is_empty() => Verdict::Advised,
            _ => Verdict::Allowed,
        };
        metrics.answered(self.path.number(), operation.name(), verdict, self.begun.elapsed(), self.size);
        if verdict == Verdict::Allowed && outcome.waived == 0 && outcome.expired.is_empty() {
            return verdict;
        }
        let found: Vec<_> = outcome.found.iter().map(|(id, action)| (*id, action.name())).collect();
        metrics.found(&found);
        metrics.waived.fetch_add(outcome.waived as u64, Relaxed);
        metrics.waivers_expired.fetch_add(outcome.expired.len() as u64, Relaxed);
        verdict
    }

    fn log(&self, request: &Request<'_>, outcome: &Outcome, verdict: Verdict) {
        let enforced = outcome.found.iter().filter(|(_, action)| *action == Action::Enforce);
        let mut controls: Vec<_> = enforced.map(|(id, _)| *id).collect();
        controls.dedup();
        let refusal = outcome.answer.refusal.as_ref();
        let code = refusal.map_or(200, |refusal| refusal.code).to_string();
        self.shared.log.write(
            if verdict == Verdict::Unjudged { "error" } else { "info" },
            verdict.name(),
            &[
                ("uid", request.uid),
                ("operation", request.operation.name()),
                ("group", request.kind.group),
                ("kind", request.kind.name),
                ("subresource", request.subresource),
                ("namespace", request.namespace),
                ("name", request.name),
                ("user", request.username),
                ("code", &code),
                ("controls", &controls.join(",")),
                ("expired", &outcome.expired.join("; ")),
                ("unjudged", outcome.unjudged.as_deref().unwrap_or("")),
            ],
        );
    }
}

/// Today in UTC, by which waivers expire.
fn today() -> Date {
    Date::from_unix_seconds(reload::now())
}

/// How long the API server waits: `timeout=10s` of a query, as Go writes durations.
fn timeout(query: &str) -> Option<Duration> {
    let text = query.split('&').find_map(|part| part.strip_prefix("timeout="))?;
    let mut rest = text;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(end);
        let unit_ends = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_ends);
        seconds += number.parse::<f64>().ok()?
            * match unit {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" | "%C2%B5s" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = after;
    }
    (seconds > 0.0).then(|| Duration::try_from_secs_f64(seconds).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_are_read_as_go_writes_them() {
        for (query, expected) in [
            ("timeout=10s", Some(10_000)),
            ("a=b&timeout=1m30s", Some(90_000)),
            ("timeout=2.5s", Some(2_500)),
            ("timeout=800ms", Some(800)),
            ("timeout=0s", None),
            ("timeout=", None),
            ("timeout=10", None),
            ("timeout=s", None),
            ("timeout=1e99h", None),
            ("timeout=99999999999999999999h", None),
            ("", None),
        ] {
            assert_eq!(timeout(query).map(|time| time.as_millis()), expected, "{query}");
        }
    }
}
