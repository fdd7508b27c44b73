//! One connection: the handshake, and then the requests of one client.

use std::future::poll_fn;
use std::net::TcpStream;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::Poll;
use std::time::Duration;

use hyper::rt::Executor;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio_rustls::TlsAcceptor;

use super::Shared;
use super::idle::{Activity, LOOK, Watched};
use super::respond::respond;

/// Streams of one HTTP/2 connection at once.
const STREAMS: u32 = 128;
/// HTTP/2 connections are asked whether they live.
const PING: Duration = Duration::from_secs(20);

/// Runs the tasks of an HTTP/2 connection on the thread of its worker.
#[derive(Clone, Copy)]
struct Here;

impl<F: Future<Output = ()> + 'static> Executor<F> for Here {
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}

/// Serves a connection until it ends, is overdue, or the server closes.
pub(super) async fn connection(stream: TcpStream, shared: &Arc<Shared>) {
    let Ok(stream) = tokio::net::TcpStream::from_std(stream) else { return };
    let acceptor = TlsAcceptor::from(shared.tls.load_full());
    let Ok(Ok(stream)) = tokio::time::timeout(shared.limits.handshake, acceptor.accept(stream)).await else {
        shared.metrics.handshakes_failed.fetch_add(1, Relaxed);
        return;
    };
    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let activity = Activity::new();
    let io = TokioIo::new(Watched { stream, activity: Rc::clone(&activity) });
    let service = {
        let (shared, activity) = (Arc::clone(shared), Rc::clone(&activity));
        service_fn(move |request| respond(request, Arc::clone(&shared), Rc::clone(&activity)))
    };
    if is_http2 {
        let serve = http2::Builder::new(Here)
            .timer(TokioTimer::new())
            .max_concurrent_streams(STREAMS)
            .keep_alive_interval(PING)
            .keep_alive_timeout(PING)
            .serve_connection(io, service);
        drive(serve, |serve| serve.graceful_shutdown(), &activity, shared).await;
    } else {
        let serve = http1::Builder::new().pipeline_flush(true).serve_connection(io, service);
        drive(serve, |serve| serve.graceful_shutdown(), &activity, shared).await;
    }
}

/// Polls a connection to its end, and looks at the time and at the server's end now and then.
async fn drive<C: Future<Output = hyper::Result<()>>>(
    connection: C,
    close: impl Fn(std::pin::Pin<&mut C>),
    activity: &Activity,
    shared: &Shared,
) {
    let mut connection = pin!(connection);
    let mut closing = shared.closing.subscribe();
    let mut is_closing = false;
    loop {
        let mut look = pin!(tokio::time::sleep(LOOK));
        let mut closed = pin!(closing.wait_for(|closing| *closing));
        let is_over = poll_fn(|context| {
            // A client that breaks off is no news.
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(true);
            }
            if !is_closing && closed.as_mut().poll(context).is_ready() {
                is_closing = true;
                close(connection.as_mut());
                return Poll::Ready(false);
            }
            look.as_mut().poll(context).map(|()| activity.is_overdue(&shared.limits))
        })
        .await;
        if is_over {
            return;
        }
    }
}
