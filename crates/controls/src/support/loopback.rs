//! Addresses that lead nowhere but to the machine, or the pod, itself.

use std::net::IpAddr;

/// Whether a host, by name or address, is reached from itself alone.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host == "localhost" || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_its_own() {
        for host in ["localhost", "127.0.0.1", "127.0.0.2", "::1", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["", "0.0.0.0", "::", "10.0.0.1", "127.example.com", "localhost.example.com", "[127.0.0.1"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
