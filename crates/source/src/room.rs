//! Memory that files are read into: many small ones share a piece of it, which lives as long as one of them does.
//! Rooms of their own, of a hundred sizes, would leave gaps between them.

use std::cell::RefCell;

use bytes::BytesMut;

/// Bytes that are taken from the allocator at one time.
const PIECE: usize = 1 << 18;

/// What is larger gets room of its own.
const SMALL: usize = PIECE / 4;

thread_local! {
    /// What is left of the piece that this thread has begun.
    static BEGUN: RefCell<BytesMut> = RefCell::default();
}

/// Room for so few bytes that they share a piece, all zero.
pub(crate) fn of(size: usize) -> Option<BytesMut> {
    let share = |begun: &mut BytesMut| {
        if begun.len() < size {
            *begun = BytesMut::zeroed(PIECE);
        }
        begun.split_to(size)
    };
    (size <= SMALL).then(|| BEGUN.with_borrow_mut(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_apart() {
        let mut rooms: Vec<_> = [0, 1, SMALL, SMALL, SMALL, SMALL, SMALL - 1]
            .into_iter()
            .filter_map(|size| Some((size, of(size)?)))
            .collect();
        assert_eq!(rooms.len(), 7);
        assert!(of(SMALL + 1).is_none());
        for (number, (size, room)) in (1..).zip(&mut rooms) {
            assert_eq!(room.len(), *size);
            assert!(room.iter().all(|byte| *byte == 0), "{size}");
            room.fill(number);
        }
        for (number, (size, room)) in (1..).zip(&rooms) {
            assert!(room.iter().all(|byte| *byte == number), "{size}");
        }
    }
}
