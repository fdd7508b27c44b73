//! One connection to the API server: HTTP/1.1 over TLS.

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{ApiError, Credentials, Request};

/// A connection, and the token that it was opened with.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    token: String,
}

impl Connection {
    pub async fn open(credentials: &Credentials) -> Result<Self, ApiError> {
        let failed = |error: &dyn std::fmt::Display| ApiError::Unreachable(error.to_string());
        let token = credentials.token.read()?;
        let stream = TcpStream::connect((credentials.host.as_str(), credentials.port))
            .await
            .map_err(|error| failed(&error))?;
        let _ = stream.set_nodelay(true);
        let tls = TlsConnector::from(credentials.tls.clone())
            .connect(credentials.server_name.clone(), stream)
            .await
            .map_err(|error| failed(&error))?;
        let (sender, connection) =
            http1::handshake(TokioIo::new(tls)).await.map_err(|error| failed(&error))?;
        // Ends with the connection; what broke it is what the request says.
        tokio::spawn(connection);
        Ok(Connection { sender, token })
    }

    /// Whether it can take another request.
    pub fn is_open(&self) -> bool {
        self.sender.is_ready()
    }

    /// Sends a request; the answer's head is there when this returns.
    pub async fn send(
        &mut self,
        request: &Request,
        accept: &'static str,
        host: &str,
    ) -> Result<hyper::Response<Incoming>, ApiError> {
        let built = hyper::Request::builder()
            .method(request.call.verb.method())
            .uri(request.target())
            .header("host", host)
            .header("user-agent", concat!("plimsoll/", env!("CARGO_PKG_VERSION")))
            .header("accept", accept)
            .header("content-type", request.call.verb.content_type())
            .header("authorization", format!("Bearer {}", self.token))
            .body(Full::new(Bytes::from(request.body.clone())))
            // The only part that isn't ours is the token.
            .map_err(|_| ApiError::Credentials("the token is no token".to_owned()))?;
        let failed = |error: hyper::Error| ApiError::Unreachable(error.to_string());
        self.sender.ready().await.map_err(failed)?;
        self.sender.send_request(built).await.map_err(failed)
    }
}
