//! What the tests of several crates are made with: chance from a seed, the pods that come of it, and the Go
//! programs of `tests/go-*` to compare with.
//!
//! Tests only: what can't go on panics, and says why.

mod files;
mod go;
pub mod pods;
mod random;
mod rounds;
mod skipped;

pub use files::files;
pub use go::{GoProgram, answers, lines};
pub use random::Random;
pub use rounds::rounds;
pub use skipped::skipped;
