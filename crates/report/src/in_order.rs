//! Work that all threads do, and whose results are wanted in order.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{self, Receiver, TryRecvError};

/// Results for each thread that may wait for their turn, so that few of them take memory at one time.
const AHEAD: usize = 4;

/// Makes something of each item on all threads, and gives it away in the order of the items as soon as it is
/// its turn.
pub(crate) fn in_order<I: Send, T: Send>(
    items: impl Iterator<Item = I>,
    make: impl Fn(I) -> T + Sync,
    mut give: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    rayon::in_place_scope_fifo(|scope| {
        let make = &make;
        let mut begun = items.map(|item| {
            let (sender, receiver) = mpsc::channel();
            scope.spawn_fifo(move |_| {
                // Who doesn't listen any more has failed to write.
                let _ = sender.send(make(item));
            });
            receiver
        });
        let mut waiting: VecDeque<_> = begun.by_ref().take(AHEAD * rayon::current_num_threads()).collect();
        while let Some(made) = waiting.pop_front().as_ref().and_then(received) {
            give(made)?;
            waiting.extend(begun.next());
        }
        Ok(())
    })
}

/// What comes. While nothing has come, this thread makes something itself: it may be the only one. Nothing where
/// the one who was to make it gave up, which the scope says.
fn received<T>(receiver: &Receiver<T>) -> Option<T> {
    loop {
        match receiver.try_recv() {
            Ok(made) => return Some(made),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) if rayon::yield_now() == Some(rayon::Yield::Executed) => {}
            // It is being made.
            Err(TryRecvError::Empty) => return receiver.recv().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_few_wait() {
        let (made, given) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let most = AtomicUsize::new(0);
        let mut all = Vec::new();
        let make = |number: usize| {
            let waiting = made.fetch_add(1, Ordering::SeqCst) + 1 - given.load(Ordering::SeqCst);
            most.fetch_max(waiting, Ordering::SeqCst);
            number
        };
        let give = |number| {
            all.push(number);
            given.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        assert!(in_order(0..500, make, give).is_ok());
        assert_eq!(all, (0..500).collect::<Vec<_>>());
        let most = most.into_inner();
        assert!((1..=AHEAD * rayon::current_num_threads()).contains(&most), "{most} were made and not given");
    }

    #[test]
    fn what_cannot_be_written_ends_the_work() {
        let mut given = 0;
        let result = in_order(
            0..500,
            |number| number,
            |number| {
                given += 1;
                if number == 3 { Err(io::Error::other("full")) } else { Ok(()) }
            },
        );
        assert_eq!((result.map_err(|error| error.to_string()), given), (Err("full".to_owned()), 4));
    }
}
