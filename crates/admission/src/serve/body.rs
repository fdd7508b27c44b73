//! The body of a request, up to a limit of bytes and of time.

use std::pin::pin;
use std::sync::atomic::Ordering::Relaxed;

use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

use super::Shared;

/// Why a body isn't taken: an HTTP status and one plain line.
pub(super) type Refused = (u16, String);

/// Bytes of bodies that are being read or judged, until this is dropped.
pub(super) struct Budget<'s> {
    shared: &'s Shared,
    bytes: usize,
}

impl<'s> Budget<'s> {
    fn new(shared: &'s Shared) -> Self {
        Budget { shared, bytes: 0 }
    }

    /// Takes as much as is needed for so many bytes in all.
    fn grow(&mut self, to: usize) -> Result<(), Refused> {
        let more = to.saturating_sub(self.bytes);
        if more > 0 {
            let before = self.shared.bytes.fetch_add(more, Relaxed);
            self.bytes += more;
            if before.saturating_add(more) > self.shared.limits.all_bodies {
                return Err((503, "too many reviews at once: try again".to_owned()));
            }
        }
        Ok(())
    }
}

impl Drop for Budget<'_> {
    fn drop(&mut self) {
        self.shared.bytes.fetch_sub(self.bytes, Relaxed);
    }
}

/// Reads a body, with its part of the budget.
pub(super) async fn read<'s>(body: Incoming, shared: &'s Shared) -> Result<(Vec<u8>, Budget<'s>), Refused> {
    let most = shared.limits.body;
    let too_large = || (413, format!("the review has more than {most} bytes"));
    let mut budget = Budget::new(shared);
    let announced = body.size_hint().exact().map(|size| usize::try_from(size).unwrap_or(usize::MAX));
    if announced.is_some_and(|size| size > most) {
        discard(body, shared).await;
        return Err(too_large());
    }
    if let Err(refused) = budget.grow(announced.unwrap_or(0)) {
        discard(body, shared).await;
        return Err(refused);
    }
    let mut bytes = Vec::with_capacity(announced.unwrap_or(0));
    let mut reading = pin!(async move {
        let mut body = body;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| (400, "the body breaks off".to_owned()))?;
            if let Some(data) = frame.data_ref() {
                if bytes.len() + data.len() > most {
                    return Err(too_large());
                }
                budget.grow(bytes.len() + data.len())?;
                bytes.extend_from_slice(data);
            }
        }
        Ok((bytes, budget))
    });
    // Most bodies are there already, and need no timer.
    let first = std::future::poll_fn(|context| {
        std::task::Poll::Ready(match reading.as_mut().poll(context) {
            std::task::Poll::Ready(done) => Some(done),
            std::task::Poll::Pending => None,
        })
    });
    match first.await {
        Some(done) => done,
        None => tokio::time::timeout(shared.limits.body_time, reading.as_mut())
            .await
            .unwrap_or_else(|_| Err((408, "the body took too long".to_owned()))),
    }
}

/// Reads what isn't wanted, within limits: a connection that is closed over unread bytes takes the answer with
/// it, and the client would not learn what is wrong.
pub(super) async fn discard(body: Incoming, shared: &Shared) {
    let most = shared.limits.body.saturating_mul(2);
    if body.size_hint().lower() > most as u64 {
        return;
    }
    let reading = async move {
        let mut body = body;
        let mut read = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, |data| data.len());
            if read > most {
                return;
            }
        }
    };
    // Who takes longer has its answer cut off.
    let _ = tokio::time::timeout(DISCARD, reading).await;
}

/// For what isn't wanted.
const DISCARD: std::time::Duration = std::time::Duration::from_secs(1);
