//! Requests to the API server.

mod client;
mod connection;
mod credentials;

use std::fmt;
use std::future::Future;

pub use client::{Client, Watch};
pub use credentials::{Credentials, Token};

use super::calls::Call;

/// A request to the API server: one of the calls of [`super::calls`], on a namespace and a name.
#[derive(Clone, Debug)]
pub struct Request {
    pub call: Call,
    pub namespace: String,
    pub name: String,
    /// What follows the `?`.
    pub query: String,
    /// JSON: the object that is made, or the patch.
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(call: Call, namespace: &str, name: &str) -> Self {
        Request {
            call,
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            query: String::new(),
            body: Vec::new(),
        }
    }

    pub fn body(self, body: &serde_json::Value) -> Self {
        Request { body: body.to_string().into_bytes(), ..self }
    }

    pub fn query(self, query: impl Into<String>) -> Self {
        Request { query: query.into(), ..self }
    }

    /// The path and the query.
    pub fn target(&self) -> String {
        let mut target = self.call.path(&self.namespace, &self.name);
        if !self.query.is_empty() {
            target.push('?');
            target.push_str(&self.query);
        }
        target
    }
}

/// What the API server said, whatever it was.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    /// What time it is for the API server, in seconds since 1970, where it says so.
    pub date: Option<i64>,
    pub body: Vec<u8>,
}

/// What sends requests to an API server.
pub trait Api: Send + Sync {
    /// Sends one request and waits for all of its answer.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, ApiError>> + Send;
}

/// Why there is no answer, or none to go on with. Says nothing of bodies: they may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The credentials can't be read.
    Credentials(String),
    /// The API server wasn't reached, or the connection broke.
    Unreachable(String),
    /// It took too long.
    Timeout,
    /// The answer is longer than the limit, in bytes.
    TooLong(usize),
    /// The answer is not what the API promises.
    Malformed(&'static str),
    /// It was refused: the call, the status, and the API server's reason.
    Refused { call: String, status: u16, reason: String },
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApiError::Credentials(why) => write!(f, "no credentials for the API server: {why}"),
            ApiError::Unreachable(why) => write!(f, "the API server can't be reached: {why}"),
            ApiError::Timeout => write!(f, "the API server did not answer in time"),
            ApiError::TooLong(limit) => write!(f, "the API server's answer is longer than {limit} bytes"),
            ApiError::Malformed(what) => write!(f, "the API server's answer is malformed: {what}"),
            ApiError::Refused { call, status, reason } => {
                write!(f, "the API server refused to {call}: {status} {reason}")?;
                if *status == 403 {
                    write!(f, ": are the roles of `plimsoll install` bound?")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ApiError {}

impl Response {
    /// The body, where the request succeeded.
    ///
    /// # Errors
    /// [`ApiError::Refused`] with the reason of the API server's `Status`.
    pub fn success(self, call: Call) -> Result<Vec<u8>, ApiError> {
        if (200..300).contains(&self.status) {
            return Ok(self.body);
        }
        Err(self.refused(call))
    }

    /// The body, where the object is there.
    pub fn found(self, call: Call) -> Result<Option<Vec<u8>>, ApiError> {
        if self.status == 404 { Ok(None) } else { self.success(call).map(Some) }
    }

    /// Whether somebody else wrote in between: a newer version, or an object that is there already.
    pub fn is_conflict(&self) -> bool {
        self.status == 409
    }

    fn refused(&self, call: Call) -> ApiError {
        // `reason` is one word of the API's own; a message could repeat what was sent.
        let reason = serde_json::from_slice::<serde_json::Value>(&self.body)
            .ok()
            .and_then(|status| status.get("reason").and_then(|reason| reason.as_str()).map(str::to_owned))
            .unwrap_or_default();
        ApiError::Refused { call: call.to_string(), status: self.status, reason }
    }
}

impl<A: Api> Api for std::sync::Arc<A> {
    async fn send(&self, request: Request) -> Result<Response, ApiError> {
        A::send(self, request).await
    }
}
