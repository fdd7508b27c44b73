//! The server: reviews over TLS, on HTTP/1.1 and HTTP/2.
//!
//! One thread accepts connections and looks after files, signals and metrics; each worker has a runtime of
//! one thread, and the connections that it is given. A review is judged where it is read: that takes
//! microseconds. Long ones go to a thread of their own.

mod body;
mod connection;
mod home;
mod idle;
mod limits;
mod listener;
mod reload;
mod respond;
mod review;
mod tls;
mod worker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::{Semaphore, watch};

use crate::decide::Gate;
use crate::known::Cluster;
use crate::log::Log;
use crate::metrics::Metrics;

pub use home::{Home, OwnCertificates};
pub use limits::Limits;
pub use reload::load_configuration;

/// What the server is started with.
#[derive(Clone, Debug)]
pub struct Options {
    pub listen: SocketAddr,
    /// Where health and metrics are served without TLS, besides.
    pub metrics_listen: Option<SocketAddr>,
    pub certificate: Certificate,
    /// The cluster that the server runs in, where there is one.
    pub home: Option<Home>,
    pub configuration: Option<PathBuf>,
    /// Threads that answer.
    pub workers: usize,
    pub limits: Limits,
    /// How often the files are looked at.
    pub reload_every: Duration,
    /// How long connections are still accepted after the end was asked for: as long as others take to hear
    /// that this server is not ready any more.
    pub drain_delay: Duration,
    /// How long requests may then still take.
    pub grace: Duration,
}

/// Where the server's certificate comes from.
#[derive(Clone, Debug)]
pub enum Certificate {
    /// Files in PEM: the chain, and its key.
    Files { certificate: PathBuf, key: PathBuf },
    /// The server makes its own at [`Home`]. Until it has one it isn't ready.
    Own,
}

/// What all threads share.
pub(crate) struct Shared {
    pub gate: ArcSwap<Gate>,
    pub tls: ArcSwap<rustls::ServerConfig>,
    pub cluster: Arc<dyn Cluster>,
    pub metrics: Arc<Metrics>,
    pub log: Log,
    pub limits: Limits,
    /// Bytes of bodies that are being read or judged.
    pub bytes: AtomicUsize,
    pub requests: AtomicUsize,
    pub connections: AtomicUsize,
    /// Long reviews that are judged at once.
    pub heavy: Arc<Semaphore>,
    /// Set once the end was asked for: the server isn't ready any more, and asks clients to go elsewhere.
    pub is_draining: AtomicBool,
    /// Becomes true when connections are to end.
    pub closing: watch::Sender<bool>,
    /// Answers every review without looking at it: the limit that the server's benchmark compares with.
    pub answers_blindly: bool,
}

/// A server that listens and isn't running yet.
pub struct Server {
    options: Options,
    shared: Arc<Shared>,
    listener: std::net::TcpListener,
    metrics_listener: Option<std::net::TcpListener>,
}

impl Server {
    /// Reads the files and listens.
    ///
    /// # Errors
    /// What is wrong, one plain line for each thing.
    pub fn new(options: Options, cluster: Arc<dyn Cluster>) -> Result<Self, String> {
        let metrics = Arc::new(Metrics::default());
        let log = Log::stderr(Arc::clone(&metrics));
        Server::with_log(options, cluster, metrics, log, false)
    }

    /// The same, for benchmarks: silent, and blind where the limit is to be measured.
    #[doc(hidden)]
    pub fn for_benchmark(
        options: Options,
        cluster: Arc<dyn Cluster>,
        answers_blindly: bool,
    ) -> Result<Self, String> {
        let metrics = Arc::new(Metrics::default());
        let log = Log::silent(Arc::clone(&metrics));
        Server::with_log(options, cluster, metrics, log, answers_blindly)
    }

    fn with_log(
        options: Options,
        cluster: Arc<dyn Cluster>,
        metrics: Arc<Metrics>,
        log: Log,
        answers_blindly: bool,
    ) -> Result<Self, String> {
        let gate = Gate::new(load_configuration(options.configuration.as_deref())?);
        let identity = match &options.certificate {
            Certificate::Files { certificate, key } => tls::Identity::read(certificate, key)?,
            Certificate::Own => tls::Identity::placeholder()?,
        };
        let listen = |address: SocketAddr| {
            let listener = std::net::TcpListener::bind(address)
                .and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
            listener.map_err(|error| format!("cannot listen on {address}: {error}"))
        };
        metrics.configuration.taken();
        if matches!(options.certificate, Certificate::Files { .. }) {
            metrics.certificate.taken();
        }
        metrics.certificate_expires.store(identity.expires, Relaxed);
        let shared = Shared {
            gate: ArcSwap::from_pointee(gate),
            tls: ArcSwap::new(identity.configuration),
            cluster,
            metrics,
            log,
            bytes: AtomicUsize::new(0),
            requests: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            heavy: Arc::new(Semaphore::new(options.limits.heavy)),
            limits: options.limits.clone(),
            is_draining: AtomicBool::new(false),
            closing: watch::Sender::new(false),
            answers_blindly,
        };
        Ok(Server {
            listener: listen(options.listen)?,
            metrics_listener: options.metrics_listen.map(listen).transpose()?,
            shared: Arc::new(shared),
            options,
        })
    }

    /// Where the server listens: the port that it was given where it asked for any.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// Where it tells its metrics without TLS.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_listener.as_ref()?.local_addr().ok()
    }

    /// Serves until `end` comes, and then ends what is open.
    ///
    /// # Errors
    /// Why it can't serve.
    pub fn run(self, end: impl Future<Output = ()>) -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("cannot start: {error}"))?;
        let pool = worker::Pool::start(self.options.workers, &self.shared)?;
        runtime.block_on(self.serve(pool, end))
    }

    /// Serves until the process is asked to end (SIGTERM or SIGINT). `ready` is called once it listens for that: who
    /// reads that the server is there may end it at once.
    ///
    /// # Errors
    /// Why it can't serve.
    pub fn run_until_signal(self, ready: impl FnOnce()) -> Result<(), String> {
        self.run(async {
            #[cfg(unix)]
            {
                use tokio::signal::unix::{SignalKind, signal};
                if let (Ok(mut terminate), Ok(mut interrupt)) =
                    (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
                {
                    ready();
                    std::future::poll_fn(|context| {
                        match terminate.poll_recv(context).is_ready()
                            || interrupt.poll_recv(context).is_ready()
                        {
                            true => std::task::Poll::Ready(()),
                            false => std::task::Poll::Pending,
                        }
                    })
                    .await;
                    return;
                }
            }
            // Where there are no signals of Unix, or none can be had.
            ready();
            let _ = tokio::signal::ctrl_c().await;
        })
    }

    async fn serve(self, pool: worker::Pool, end: impl Future<Output = ()>) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("cannot listen: {error}");
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(failed)?;
        let accepting = tokio::spawn(listener::accept(listener, pool.sender(), Arc::clone(&self.shared)));
        if let Some(metrics) = self.metrics_listener {
            let metrics = tokio::net::TcpListener::from_std(metrics).map_err(failed)?;
            tokio::spawn(listener::plain(metrics, Arc::clone(&self.shared)));
        }
        let watching = tokio::spawn(reload::watch(self.options.clone(), Arc::clone(&self.shared)));
        let (leaving, left) = watch::channel(false);
        let at_home = self.options.home.as_ref().and_then(|home| home.start(&self.shared, &left));
        end.await;
        self.shared.log.write("info", "draining", &[]);
        leaving.send_replace(true);
        self.shared.is_draining.store(true, Relaxed);
        tokio::time::sleep(self.options.drain_delay).await;
        accepting.abort();
        watching.abort();
        self.shared.closing.send_replace(true);
        let drained = async {
            while self.shared.connections.load(Relaxed) > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let is_clean = tokio::time::timeout(self.options.grace, drained).await.is_ok();
        if let Some(at_home) = at_home {
            // Another replica takes over at once where the Lease is given up.
            let _ = tokio::time::timeout(Duration::from_secs(2), at_home).await;
        }
        self.shared.log.write("info", "ended", &[("clean", if is_clean { "true" } else { "false" })]);
        drop(pool);
        // The log has a thread of its own, with the last lines still to write.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Ok(())
    }
}
