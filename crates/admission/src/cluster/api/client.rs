//! The client: requests over a connection that is kept, and watches over connections of their own.

use std::time::{Duration, Instant};

use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::connection::Connection;
use super::{Api, ApiError, Credentials, Request, Response};

/// How long a request may take, connection and all.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection is not used for longer: its token is read when it is opened, and API servers come and go
/// behind one address.
const LIFE: Duration = Duration::from_secs(60);

/// The longest answer: a page of a list, or the pods of one namespace.
const LONGEST: usize = 64 << 20;

/// The longest event of a watch.
const LONGEST_EVENT: usize = 4 << 20;

const JSON: &str = "application/json";

/// A client of one API server.
pub struct Client {
    credentials: Credentials,
    host: String,
    kept: Mutex<Option<(Connection, Instant)>>,
}

/// The events of a watch, as they come: one JSON document each.
pub struct Watch {
    body: Incoming,
    read: Vec<u8>,
    // Closes the connection when it is dropped.
    _connection: Connection,
}

impl Client {
    pub fn new(credentials: Credentials) -> Self {
        let host = if credentials.host.contains(':') {
            format!("[{}]:{}", credentials.host, credentials.port)
        } else {
            format!("{}:{}", credentials.host, credentials.port)
        };
        Client { credentials, host, kept: Mutex::new(None) }
    }

    /// Sends a request and reads all of the answer, with `accept` as the form that is asked for.
    ///
    /// # Errors
    /// See [`ApiError`]; an answer that refuses is a [`Response`], no error.
    pub async fn request(&self, request: &Request, accept: &'static str) -> Result<Response, ApiError> {
        timeout(PATIENCE, self.attempt(request, accept)).await.unwrap_or(Err(ApiError::Timeout))
    }

    async fn attempt(&self, request: &Request, accept: &'static str) -> Result<Response, ApiError> {
        let kept = self.kept.lock().await.take();
        let (mut connection, opened) = match kept.filter(|(kept, at)| kept.is_open() && at.elapsed() < LIFE) {
            Some(kept) => kept,
            None => (Connection::open(&self.credentials).await?, Instant::now()),
        };
        let answer = connection.send(request, accept, &self.host).await?;
        let status = answer.status().as_u16();
        let date = answer
            .headers()
            .get("date")
            .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
            .and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok())
            .and_then(|since| i64::try_from(since.as_secs()).ok());
        let body = whole(answer.into_body()).await?;
        *self.kept.lock().await = Some((connection, opened));
        Ok(Response { status, date, body })
    }

    /// Opens a watch.
    ///
    /// # Errors
    /// See [`ApiError`]; [`ApiError::Refused`] where the API server won't.
    pub async fn watch(&self, request: &Request, accept: &'static str) -> Result<Watch, ApiError> {
        let opened = async {
            let mut connection = Connection::open(&self.credentials).await?;
            let answer = connection.send(request, accept, &self.host).await?;
            Ok((connection, answer))
        };
        let (connection, answer) = timeout(PATIENCE, opened).await.unwrap_or(Err(ApiError::Timeout))?;
        let status = answer.status().as_u16();
        if status != 200 {
            let body =
                timeout(PATIENCE, whole(answer.into_body())).await.unwrap_or(Err(ApiError::Timeout))?;
            Response { status, date: None, body }.success(request.call)?;
            return Err(ApiError::Malformed("a watch that is none"));
        }
        Ok(Watch { body: answer.into_body(), read: Vec::new(), _connection: connection })
    }
}

impl Api for Client {
    async fn send(&self, request: Request) -> Result<Response, ApiError> {
        self.request(&request, JSON).await
    }
}

impl Watch {
    /// The next event, or `None` when the API server ends the watch, which it does from time to time.
    ///
    /// # Errors
    /// The connection broke, or an event is too long.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        loop {
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\n') {
                let rest = self.read.split_off(end + 1);
                let line = std::mem::replace(&mut self.read, rest);
                if line.len() > 1 {
                    return Ok(Some(line));
                }
                continue;
            }
            if self.read.len() > LONGEST_EVENT {
                return Err(ApiError::TooLong(LONGEST_EVENT));
            }
            match self.body.frame().await {
                None => return Ok(None),
                Some(Err(error)) => return Err(ApiError::Unreachable(error.to_string())),
                Some(Ok(frame)) => self.read.extend(frame.data_ref().into_iter().flatten()),
            }
        }
    }
}

async fn whole(mut body: Incoming) -> Result<Vec<u8>, ApiError> {
    let mut read = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| ApiError::Unreachable(error.to_string()))?;
        read.extend(frame.data_ref().into_iter().flatten());
        if read.len() > LONGEST {
            return Err(ApiError::TooLong(LONGEST));
        }
    }
    Ok(read)
}
