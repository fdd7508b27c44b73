//! Where the program's memory comes from.

use std::alloc::{GlobalAlloc, Layout};

use mimalloc::MiMalloc;

/// mimalloc, with fewer sizes of a few pages.
///
/// A scan makes some hundred thousand small things on all threads and ends: glibc's allocator, which takes its memory
/// page by page, costs it a fifth of its time. mimalloc keeps 512 KiB for each of sixteen sizes between 8 and 128 KiB
/// and each thread, of which a scan would use a tenth; the system clears all of it, since it comes in huge pages.
pub struct Allocator;

/// The largest size that mimalloc keeps 64 KiB for.
const SMALL: usize = 8 << 10;

/// The largest size that stands beside others of its own.
const MEDIUM: usize = 128 << 10;

/// A size, or the next power of two.
#[inline(always)]
const fn rounded(size: usize) -> usize {
    if SMALL < size && size <= MEDIUM { size.next_power_of_two() } else { size }
}

/// A layout with its size rounded.
#[inline(always)]
fn roomy(layout: Layout) -> Layout {
    Layout::from_size_align(rounded(layout.size()), layout.align()).unwrap_or(layout)
}

// SAFETY: what is handed out has at least the size that was asked for, and the alignment; mimalloc knows the size of
// each block by its address, and takes none from the layout.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { MiMalloc.alloc(roomy(layout)) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { MiMalloc.alloc_zeroed(roomy(layout)) }
    }

    #[inline]
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { MiMalloc.dealloc(at, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe { MiMalloc.realloc(at, layout, rounded(size)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_a_few_pages_are_powers_of_two() {
        for (size, expected) in [
            (0, 0),
            (1, 1),
            (8191, 8191),
            (8192, 8192),
            (8193, 16384),
            (16384, 16384),
            (16385, 32768),
            (65537, 131_072),
            (131_072, 131_072),
            (131_073, 131_073),
            (usize::MAX, usize::MAX),
        ] {
            assert_eq!(rounded(size), expected, "{size}");
        }
    }

    #[test]
    fn what_grows_and_shrinks_keeps_what_it_holds() {
        let mut bytes: Vec<u8> = Vec::new();
        for number in 0..300_000_u32 {
            bytes.push(number as u8);
            if number.is_power_of_two() {
                bytes.shrink_to_fit();
            }
        }
        assert!((0_u32..).zip(&bytes).all(|(number, byte)| *byte == number as u8));
        for length in [140_000, 131_072, 131_071, 20_000, 9_000, 8_192, 100] {
            bytes.truncate(length);
            bytes.shrink_to_fit();
            assert_eq!(bytes.last(), Some(&((length - 1) as u8)));
            assert!(vec![0_u8; length].iter().all(|byte| *byte == 0));
        }
    }
}
