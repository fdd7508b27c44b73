//! What one client may ask of the server, and all of them together.

use std::time::Duration;

/// Bounds; whoever passes one is told so and turned away.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one review. API servers take objects of three megabytes, and a review can hold two.
    pub body: usize,
    /// Values of one review; a body has at least a byte for each.
    pub values: usize,
    /// Bytes of all reviews that are being read or judged.
    pub all_bodies: usize,
    pub connections: usize,
    /// Requests that are being read or judged.
    pub requests: usize,
    /// A review of more bytes than this is judged apart, so that none waits for it.
    pub light: usize,
    /// Such reviews that are judged at once.
    pub heavy: usize,
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the head of a request, from its first byte.
    pub head: Duration,
    /// For the body of a request.
    pub body_time: Duration,
    /// Between requests. Longer than API servers keep a connection that they don't use (90 s), so that it is
    /// they who close it and no request meets a closing door.
    pub idle: Duration,
    /// From the head of a request to its answer, where the request doesn't say how long it has.
    pub answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body: 8 << 20,
            values: 1 << 20,
            all_bodies: 32 << 20,
            connections: 1024,
            requests: 512,
            light: 128 << 10,
            heavy: 1,
            handshake: Duration::from_secs(5),
            head: Duration::from_secs(5),
            body_time: Duration::from_secs(10),
            idle: Duration::from_secs(150),
            answer: Duration::from_secs(10),
        }
    }
}
