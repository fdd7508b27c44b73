//! The threads that work.

use std::sync::Once;

static STARTED: Once = Once::new();

/// Starts them, once. This thread is one of them, and has its memory in common with what it did as one. The others
/// come up while it goes on.
pub fn start() {
    STARTED.call_once(|| {
        if let Ok(pool) = rayon::ThreadPoolBuilder::new().use_current_thread().build() {
            // They end with the process.
            std::mem::forget(pool);
        }
    });
}
