use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the range from which the system takes the ports of outgoing connections: one of those can't take a port
/// between our look and the server's start.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// A port of the loopback address on which nobody listens.
pub fn free() -> u16 {
    // Test programs that run at once start at different places.
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = (u64::from(std::process::id()) * 7 % u64::from(COUNT)) as u16;
    for _ in 0..COUNT {
        let port = FIRST + (start + NEXT.fetch_add(1, Ordering::Relaxed) % COUNT) % COUNT;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no free port between {FIRST} and {}", FIRST + COUNT)
}
