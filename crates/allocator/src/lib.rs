//! Where the program's memory comes from.

use std::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_realloc, mi_realloc_aligned, mi_zalloc, mi_zalloc_aligned,
};

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

/// Whether mimalloc aligns a block so without being asked: it does what C's `malloc` does.
#[inline(always)]
const fn is_natural(align: usize, size: usize) -> bool {
    align <= 16 && align <= size
}

// SAFETY: what is handed out has at least the size that was asked for, and the alignment; mimalloc knows the size of
// each block by its address, whichever way it was asked for it.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (rounded(layout.size()), layout.align());
        unsafe { if is_natural(align, size) { mi_malloc(size) } else { mi_malloc_aligned(size, align) } }
            .cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (rounded(layout.size()), layout.align());
        unsafe { if is_natural(align, size) { mi_zalloc(size) } else { mi_zalloc_aligned(size, align) } }
            .cast()
    }

    #[inline]
    unsafe fn dealloc(&self, at: *mut u8, _: Layout) {
        unsafe { mi_free(at.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let (at, size, align) = (at.cast(), rounded(size), layout.align());
        unsafe {
            if is_natural(align, size) { mi_realloc(at, size) } else { mi_realloc_aligned(at, size, align) }
        }
        .cast()
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
    fn blocks_are_aligned() {
        let aligned = |at: *mut u8, align: usize| at.addr().is_multiple_of(align);
        for align in [1, 2, 4, 8, 16, 32, 64, 4096] {
            for size in [1, 3, 8, 12, 16, 24, 40, 100, 1000, 8193, 20_000, 200_000] {
                let layout = Layout::from_size_align(size, align).expect("a layout");
                // SAFETY: the layout has a size; what is handed out goes back with the layout that it has.
                unsafe {
                    let [first, second] = [0, 1].map(|_| Allocator.alloc(layout));
                    let zeroed = Allocator.alloc_zeroed(layout);
                    let all_zero = std::slice::from_raw_parts(zeroed, size).iter().all(|byte| *byte == 0);
                    let grown = Allocator.realloc(second, layout, size + 7);
                    let as_asked = [first, zeroed, grown].iter().all(|at| aligned(*at, align));
                    assert!(all_zero && as_asked, "{layout:?}");
                    Allocator.dealloc(first, layout);
                    Allocator.dealloc(zeroed, layout);
                    Allocator.dealloc(grown, Layout::from_size_align(size + 7, align).expect("a layout"));
                }
            }
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
