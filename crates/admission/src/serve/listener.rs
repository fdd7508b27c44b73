//! Accepting connections.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use super::worker::Sender;
use super::{Shared, respond};

/// After an error of accept, such as too many open files, which the next one would meet as well.
const PAUSE: Duration = Duration::from_millis(50);

/// Connections to the plain listener at once: for a scraper and a kubelet.
const PLAIN: usize = 32;

/// Accepts connections and gives them to the workers; more than there may be are closed at once.
pub(super) async fn accept(listener: TcpListener, workers: Sender, shared: Arc<Shared>) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                shared.log.write("error", "accept", &[("error", &error.to_string())]);
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        shared.metrics.connections_total.fetch_add(1, Relaxed);
        if shared.connections.load(Relaxed) >= shared.limits.connections {
            shared.metrics.connections_shed.fetch_add(1, Relaxed);
            continue;
        }
        // What is small and is waited for shall not wait for more.
        let _ = stream.set_nodelay(true);
        if let Ok(stream) = stream.into_std() {
            shared.connections.fetch_add(1, Relaxed);
            shared.metrics.connections.fetch_add(1, Relaxed);
            if !workers.send(stream) {
                shared.connections.fetch_sub(1, Relaxed);
                shared.metrics.connections.fetch_sub(1, Relaxed);
            }
        }
    }
}

/// Serves health and metrics without TLS.
pub(super) async fn plain(listener: TcpListener, shared: Arc<Shared>) {
    let open = Arc::new(tokio::sync::Semaphore::new(PLAIN));
    loop {
        let Ok(permit) = Arc::clone(&open).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let _permit = permit;
            let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
                let answer = respond::plain(&request, &shared);
                std::future::ready(Ok::<_, Infallible>(answer))
            });
            let serve = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(shared.limits.head)
                .serve_connection(TokioIo::new(stream), service);
            // A client that breaks off is no news.
            let _ = serve.await;
        });
    }
}
