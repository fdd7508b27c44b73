//! Files that are read while others are still looked for.

use std::io;
use std::sync::mpsc::{Sender, channel};

use plimsoll_doc::Reader;
use rayon::ScopeFifo;

use crate::read::{self, Parsed};
use crate::walk::{Candidate, Via};

/// Fewer files than this are not worth threads.
pub(crate) const FEW: usize = 4;

/// What was read so, by the numbers of the files.
#[derive(Default)]
pub(crate) struct Ahead {
    parsed: Vec<Option<(Via, Parsed)>>,
}

/// Begins to read files as they are found.
pub(crate) struct Beginning<'b, 'scope> {
    scope: &'b ScopeFifo<'scope>,
    reader: &'scope Reader,
    sender: Sender<Early>,
    /// The first files, as long as they may be all.
    few: Vec<Candidate>,
}

/// A file that was read: its number, how it was found, and what is in it.
type Early = (usize, Via, Parsed);

impl Ahead {
    /// Looks for files, and reads on all threads what is found meanwhile. What becomes of a file is decided once
    /// all are known: what stands in a chart was then read for nothing.
    pub fn while_finding<T: Send>(
        reader: &Reader,
        find: impl FnOnce(&mut Beginning<'_, '_>) -> T + Send,
    ) -> (T, Ahead) {
        let (sender, receiver) = channel();
        let found = rayon::in_place_scope_fifo(|scope| {
            find(&mut Beginning { scope, reader, sender, few: Vec::with_capacity(FEW) })
        });
        let mut ahead = Ahead::default();
        for (number, via, parsed) in receiver {
            if ahead.parsed.len() <= number {
                ahead.parsed.resize_with(number + 1, || None);
            }
            ahead.parsed[number] = Some((via, parsed));
        }
        (found, ahead)
    }

    /// What was read of a file, unless it is to be taken in another way than when it was found.
    pub fn take(&mut self, candidate: &Candidate) -> Option<Parsed> {
        let (via, parsed) = self.parsed.get_mut(candidate.number)?.take()?;
        (via == candidate.via).then_some(parsed)
    }
}

impl Beginning<'_, '_> {
    /// Takes note of a file that was found.
    pub fn begin(&mut self, candidate: &Candidate) {
        if candidate.file.is_none() {
            return;
        }
        if candidate.number < FEW {
            self.few.push(candidate.clone());
            return;
        }
        for early in self.few.drain(..).chain([candidate.clone()]) {
            let (reader, sender) = (self.reader, self.sender.clone());
            self.scope.spawn_fifo(move |_| {
                let parsed = read::read(&early, reader, &mut io::empty());
                // Whoever doesn't listen any more has found an error.
                let _ = sender.send((early.number, early.via, parsed));
            });
        }
    }
}
