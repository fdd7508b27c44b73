//! From a path to who answers.

use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{Method, Request, Response, StatusCode, Version};

use super::idle::Activity;
use super::{Shared, body, review};

pub(super) type Answer = Response<Full<Bytes>>;

/// Counts a request as open until it is dropped.
struct Open<'s>(&'s Shared, &'s Activity);

impl<'s> Open<'s> {
    fn new(shared: &'s Shared, activity: &'s Activity, now: Instant) -> Self {
        shared.requests.fetch_add(1, Relaxed);
        shared.metrics.requests_in_flight.fetch_add(1, Relaxed);
        activity.begin(now);
        Open(shared, activity)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.requests.fetch_sub(1, Relaxed);
        self.0.metrics.requests_in_flight.fetch_sub(1, Relaxed);
        self.1.end(Instant::now());
    }
}

/// Answers a request over TLS.
pub(super) async fn respond(
    request: Request<Incoming>,
    shared: Arc<Shared>,
    activity: Rc<Activity>,
) -> Result<Answer, Infallible> {
    let begun = Instant::now();
    let open = Open::new(&shared, &activity, begun);
    let is_http1 = request.version() < Version::HTTP_2;
    let path = review::Path::of(request.uri().path());
    let mut answer = match (path, unwanted(&request, path, &shared)) {
        (Some(path), None) => match review::review(request, path, &shared, begun).await {
            Ok(body) => json(body),
            Err((status, reason)) => refusal(&shared, status, &reason),
        },
        (_, refused) => {
            let answer = refused.unwrap_or_else(|| plain(&request, &shared));
            body::discard(request.into_body(), &shared).await;
            answer
        }
    };
    drop(open);
    let is_to_close = shared.is_draining.load(Relaxed) || matches!(answer.status().as_u16(), 408 | 413);
    if is_http1 && is_to_close {
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(answer)
}

/// Why a request for a review is turned away before it is read.
fn unwanted(request: &Request<Incoming>, path: Option<review::Path>, shared: &Shared) -> Option<Answer> {
    path?;
    if request.method() != Method::POST {
        let mut answer = refusal(shared, 405, "reviews are sent with POST");
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return Some(answer);
    }
    if !is_json(request) {
        return Some(refusal(shared, 415, "reviews are sent as application/json"));
    }
    let is_busy = shared.requests.load(Relaxed) > shared.limits.requests;
    is_busy.then(|| refusal(shared, 503, "too many requests at once: try again"))
}

/// Answers what needs no body: health and metrics.
pub(super) fn plain(request: &Request<Incoming>, shared: &Shared) -> Answer {
    let path = request.uri().path();
    if !matches!(path, "/healthz" | "/readyz" | "/metrics") {
        return refusal(shared, 404, "there is nothing here: reviews go to /validate and /mutate");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = refusal(shared, 405, "this is asked for with GET");
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    match path {
        "/healthz" => text(200, "ok\n".to_owned()),
        "/readyz" => match unready(shared) {
            None => text(200, "ok\n".to_owned()),
            Some(reason) => text(503, format!("{reason}\n")),
        },
        _ => {
            let mut answer = text(200, shared.metrics.text());
            let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
            answer.headers_mut().insert(CONTENT_TYPE, kind);
            answer
        }
    }
}

/// Why the server should get no requests now.
fn unready(shared: &Shared) -> Option<&'static str> {
    if shared.is_draining.load(Relaxed) {
        return Some("draining");
    }
    if !shared.cluster.is_ready() {
        return Some("the cluster's namespaces are not known yet");
    }
    let expires = shared.metrics.certificate_expires.load(Relaxed);
    if expires == 0 {
        return Some("there is no certificate yet");
    }
    (expires <= super::reload::now()).then_some("the certificate has expired")
}

fn is_json(request: &Request<Incoming>) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn json(body: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

fn text(status: u16, body: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer
}

fn refusal(shared: &Shared, status: u16, reason: &str) -> Answer {
    shared.metrics.refused(status);
    let mut answer = text(status, format!("{reason}\n"));
    if status == 503 {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    answer
}
