//! Pods, and controllers of pods, made from a seed: with every field that the Pod Security Standards look at, and
//! such that the API server's own validation takes them.

mod container;
mod context;
mod kinds;
mod spec;
mod volume;

pub use kinds::{KINDS, controller, ephemeral_container, pod};
use plimsoll_test_support::Random;

/// Fields of an object.
type Fields = serde_json::Map<String, serde_json::Value>;

/// What is decided once for a whole pod, since validation ties the fields of its containers to it.
struct Make<'r> {
    random: &'r mut Random,
    /// How often a value is one that some check denies, in percent.
    badness: usize,
    platform: Platform,
    host_network: bool,
    host_ipc: bool,
    /// `hostUsers: false`.
    user_namespace: bool,
    /// Host ports that no container has yet.
    host_ports: Vec<u16>,
}

/// What validation forbids fields for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Platform {
    Unsaid,
    Linux,
    Windows,
    /// Containers that are processes of a Windows host.
    HostProcess,
}

impl Make<'_> {
    fn is_bad(&mut self) -> bool {
        self.random.chance(self.badness)
    }

    fn text<'t>(&mut self, good: &[&'t str], bad: &[&'t str]) -> &'t str {
        let from = if self.is_bad() { bad } else { good };
        self.random.pick(from)
    }

    /// Up to `most` values, none of them twice.
    fn several<T: Copy + PartialEq>(&mut self, from: &[T], most: usize) -> Vec<T> {
        let count = self.random.below(most + 1);
        let mut several = Vec::new();
        for _ in 0..count {
            let one = self.random.pick(from);
            if !several.contains(&one) {
                several.push(one);
            }
        }
        several
    }

    fn runs_linux(&self) -> bool {
        matches!(self.platform, Platform::Unsaid | Platform::Linux)
    }
}
