//! How a test says that it is skipped.

use std::io::{self, Write};

/// Says that the running test is skipped, and why: by its name, which the test harness gives to its thread.
///
/// It goes to standard error itself: what `println` and `eprintln` write is shown only when a test fails.
pub fn skipped(reason: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    writeln!(io::stderr(), "skipped: {test}: {reason}").expect("standard error");
}
