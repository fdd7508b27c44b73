//! Workers: threads that each have their connections to themselves.

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;

use super::Shared;
use super::connection::connection;

/// All workers; they end when this and every sender is gone.
pub(super) struct Pool {
    workers: Vec<Worker>,
}

#[derive(Clone)]
struct Worker {
    streams: UnboundedSender<TcpStream>,
    /// Connections that it has.
    load: Arc<AtomicUsize>,
}

/// Gives connections to the worker that has the fewest: API servers keep a few for long, and a hash of
/// addresses could send all of them to one thread.
#[derive(Clone)]
pub(super) struct Sender(Vec<Worker>);

impl Pool {
    pub fn start(count: usize, shared: &Arc<Shared>) -> Result<Pool, String> {
        let mut workers = Vec::new();
        for number in 0..count.max(1) {
            let (streams, mut receiver) = unbounded_channel::<TcpStream>();
            let load = Arc::new(AtomicUsize::new(0));
            let (shared, counted) = (Arc::clone(shared), Arc::clone(&load));
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .max_blocking_threads(shared.limits.heavy.max(1))
                .build()
                .map_err(|error| format!("cannot start a worker: {error}"))?;
            let run = move || {
                let local = LocalSet::new();
                local.block_on(&runtime, async move {
                    while let Some(stream) = receiver.recv().await {
                        let (shared, load) = (Arc::clone(&shared), Counted::new(&counted));
                        tokio::task::spawn_local(async move {
                            connection(stream, &shared).await;
                            drop(load);
                            shared.connections.fetch_sub(1, Relaxed);
                            shared.metrics.connections.fetch_sub(1, Relaxed);
                        });
                    }
                });
            };
            std::thread::Builder::new()
                .name(format!("worker-{number}"))
                .spawn(run)
                .map_err(|error| format!("cannot start a worker: {error}"))?;
            workers.push(Worker { streams, load });
        }
        Ok(Pool { workers })
    }

    pub fn sender(&self) -> Sender {
        Sender(self.workers.clone())
    }
}

impl Sender {
    /// Whether a worker took the connection.
    pub fn send(&self, stream: TcpStream) -> bool {
        let idlest = self.0.iter().min_by_key(|worker| worker.load.load(Relaxed));
        idlest.is_some_and(|worker| worker.streams.send(stream).is_ok())
    }
}

/// One more, until it is dropped.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Relaxed);
        Counted(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}
