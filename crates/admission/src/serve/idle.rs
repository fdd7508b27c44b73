//! How long a connection has been doing what it does.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Limits;

/// What a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It waits for a request, or for the client to read an answer.
    Idle,
    /// A request has begun.
    Head,
    /// A request is being read or judged, which has its own limits.
    Request,
}

/// What a connection does, and since when.
pub(super) struct Activity {
    phase: Cell<Phase>,
    since: Cell<Instant>,
    /// Requests that are open: over HTTP/2 there can be many.
    open: Cell<usize>,
}

impl Activity {
    pub fn new() -> Rc<Self> {
        Rc::new(Activity {
            phase: Cell::new(Phase::Idle),
            since: Cell::new(Instant::now()),
            open: Cell::new(0),
        })
    }

    fn set(&self, phase: Phase, now: Instant) {
        self.phase.set(phase);
        self.since.set(now);
    }

    /// The head of a request is read.
    pub fn begin(&self, now: Instant) {
        self.open.set(self.open.get() + 1);
        self.set(Phase::Request, now);
    }

    /// A request is answered.
    pub fn end(&self, now: Instant) {
        self.open.set(self.open.get().saturating_sub(1));
        if self.open.get() == 0 {
            self.set(Phase::Idle, now);
        }
    }

    /// Whether the connection has taken too long.
    pub fn is_overdue(&self, limits: &Limits) -> bool {
        let most = match self.phase.get() {
            Phase::Idle => limits.idle,
            Phase::Head => limits.head,
            Phase::Request => return false,
        };
        self.since.get().elapsed() > most
    }
}

/// How often a connection is looked at.
pub(super) const LOOK: Duration = Duration::from_millis(500);

/// A stream that tells when a request begins.
pub(super) struct Watched<S> {
    pub stream: S,
    pub activity: Rc<Activity>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if self.activity.phase.get() == Phase::Idle && buffer.filled().len() > before {
            self.activity.set(Phase::Head, Instant::now());
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
