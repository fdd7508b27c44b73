//! Work that all threads do, and whose results are wanted in order.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc;

/// Makes something of each item on all threads, and gives it away in the order of the items as soon as it is
/// its turn.
pub(crate) fn in_order<I: Send, T: Send>(
    items: Vec<I>,
    make: impl Fn(I) -> T + Sync,
    mut give: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let (sender, receiver) = mpsc::channel();
    rayon::in_place_scope_fifo(|scope| {
        let make = &make;
        for (number, item) in items.into_iter().enumerate() {
            let sender = sender.clone();
            scope.spawn_fifo(move |_| {
                // Who doesn't listen any more has failed to write.
                let _ = sender.send((number, make(item)));
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut next = 0;
        while let Some((number, made)) = received(&receiver) {
            early.insert(number, made);
            while let Some(made) = early.remove(&next) {
                give(made)?;
                next += 1;
            }
        }
        Ok(())
    })
}

/// What comes next. While nothing has come, this thread makes something itself: it may be the only one.
fn received<T>(receiver: &mpsc::Receiver<T>) -> Option<T> {
    loop {
        match receiver.try_recv() {
            Ok(made) => return Some(made),
            Err(mpsc::TryRecvError::Disconnected) => return None,
            Err(mpsc::TryRecvError::Empty) if rayon::yield_now() == Some(rayon::Yield::Executed) => {}
            // All that is left is being made.
            Err(mpsc::TryRecvError::Empty) => return receiver.recv().ok(),
        }
    }
}
