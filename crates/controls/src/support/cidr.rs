//! Address blocks, as NetworkPolicy and the source ranges of a Service write them.

use std::net::{IpAddr, Ipv4Addr};

/// An address block of one family: every address from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cidr {
    v6: bool,
    first: u128,
    last: u128,
}

/// An address block without some parts of it (`ipBlock`).
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub cidr: Cidr,
    pub except: Vec<Cidr>,
}

impl Cidr {
    /// Reads `10.0.0.0/8` or `fd00::/8`; bits behind the prefix don't count, nor do zeros in front of an
    /// IPv4 number, as for the API server. `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Cidr> {
        let (address, length) = text.trim().split_once('/')?;
        let (v6, bits, width) = number(parse_address(address)?);
        let length: u32 = length.parse().ok().filter(|length| *length <= width)?;
        let host = if length == 0 { max(v6) } else { max(v6) >> length };
        Some(Cidr { v6, first: bits & !host, last: bits | host })
    }

    /// The same, or an address by itself: the block of it alone.
    pub(crate) fn parse_or_address(text: &str) -> Option<Cidr> {
        let alone = |address| {
            let (v6, bits, _) = number(address);
            Cidr { v6, first: bits, last: bits }
        };
        text.parse().ok().map(alone).or_else(|| Cidr::parse(text))
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let (v6, bits, _) = number(address);
        self.v6 == v6 && (self.first..=self.last).contains(&bits)
    }
}

fn parse_address(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok();
    }
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *octet = part.parse().ok()?;
    }
    parts.next().is_none().then(|| IpAddr::V4(Ipv4Addr::from(octets)))
}

/// Where a cluster's own addresses lie: private (RFC 1918), shared (RFC 6598), link-local, and unique local
/// (RFC 4193). An IPv6 link-local address is good for one link alone, and no pod's or Service's.
const OF_CLUSTERS: [&str; 6] =
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7"];

fn of_clusters() -> impl Iterator<Item = Cidr> {
    OF_CLUSTERS.into_iter().filter_map(Cidr::parse)
}

impl From<Cidr> for Block {
    fn from(cidr: Cidr) -> Self {
        Block { cidr, except: Vec::new() }
    }
}

impl Block {
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        self.cidr.contains(address) && !self.except.iter().any(|except| except.contains(address))
    }

    /// Whether something is left of the block where a cluster's own addresses lie.
    pub(crate) fn may_hold_cluster_addresses(&self) -> bool {
        let left = ranges(self);
        of_clusters().filter(|own| own.v6 == self.cidr.v6).any(|own| {
            left.iter().any(|(first, last)| first <= last && *first <= own.last && own.first <= *last)
        })
    }
}

/// Whether blocks together hold every IPv4 address, or every IPv6 address.
pub(crate) fn cover_everything(blocks: impl IntoIterator<Item = impl Into<Block>>) -> bool {
    let blocks: Vec<Block> = blocks.into_iter().map(Into::into).collect();
    [false, true].into_iter().any(|v6| covers_family(&blocks, v6))
}

fn covers_family(blocks: &[Block], v6: bool) -> bool {
    let mut ranges: Vec<(u128, u128)> =
        blocks.iter().filter(|block| block.cidr.v6 == v6).flat_map(ranges).collect();
    ranges.sort_unstable();
    let mut next = 0u128;
    for (first, last) in ranges {
        if first > next {
            return false;
        }
        if last >= max(v6) {
            return true;
        }
        next = next.max(last + 1);
    }
    false
}

/// What is left of a block, as ranges from first to last.
fn ranges(block: &Block) -> Vec<(u128, u128)> {
    let mut holes: Vec<_> = block.except.iter().filter(|hole| hole.v6 == block.cidr.v6).collect();
    holes.sort_unstable_by_key(|hole| hole.first);
    let mut left = Vec::new();
    let mut from = block.cidr.first;
    for hole in holes {
        if hole.first > from {
            left.push((from, (hole.first - 1).min(block.cidr.last)));
        }
        if hole.last >= block.cidr.last {
            return left;
        }
        from = from.max(hole.last + 1);
    }
    left.push((from, block.cidr.last));
    left
}

/// Whether an address is reachable from its own network alone: as a cluster's own, or loopback, or good for
/// one link.
pub(crate) fn is_private(address: IpAddr) -> bool {
    let is_of_link = matches!(address, IpAddr::V6(address) if address.is_unicast_link_local());
    is_of_link || address.is_loopback() || of_clusters().any(|own| own.contains(address))
}

fn number(address: IpAddr) -> (bool, u128, u32) {
    match address {
        IpAddr::V4(address) => (false, u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (true, u128::from(address), 128),
    }
}

const fn max(v6: bool) -> u128 {
    if v6 { u128::MAX } else { u32::MAX as u128 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(cidr: &str, except: &[&str]) -> Block {
        let parse = |text: &str| Cidr::parse(text).unwrap_or_else(|| panic!("{text}"));
        Block { cidr: parse(cidr), except: except.iter().map(|text| parse(text)).collect() }
    }

    #[test]
    fn reads_blocks() {
        let ten = Cidr::parse("10.1.2.3/8").expect("a block");
        assert!(ten.contains("10.255.0.1".parse().expect("an address")));
        assert!(!ten.contains("11.0.0.0".parse().expect("an address")));
        assert!(!ten.contains("::a00:1".parse().expect("an address")), "another family");
        assert_eq!(Cidr::parse("000.00.0.0/00"), Cidr::parse("0.0.0.0/0"));
        assert_eq!(Cidr::parse("010.0.0.0/8"), Cidr::parse("10.0.0.0/8"), "not octal");
        for text in [
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0.0.0/8",
            "10.0.0.256/8",
            "10..0.0/8",
            "+1.0.0.0/8",
            "10.0.0/8",
            "::/129",
            "all",
            "",
        ] {
            assert_eq!(Cidr::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_is_a_block_of_itself() {
        let alone = Cidr::parse_or_address("10.1.2.3").expect("a block");
        assert_eq!(Some(alone), Cidr::parse("10.1.2.3/32"));
        assert_eq!(Cidr::parse_or_address("10.0.0.0/8"), Cidr::parse("10.0.0.0/8"));
        assert_eq!(Cidr::parse_or_address("all"), None);
    }

    #[test]
    fn everything_is_everything_of_a_family() {
        assert!(cover_everything([block("0.0.0.0/0", &[])]));
        assert!(cover_everything([block("::/0", &[])]));
        assert!(cover_everything([block("128.0.0.0/1", &[]), block("0.0.0.0/1", &[])]));
        assert!(!cover_everything([block("0.0.0.0/1", &[])]));
        assert!(!cover_everything([block("0.0.0.0/0", &["169.254.169.254/32"])]));
        assert!(cover_everything([block("0.0.0.0/0", &["10.0.0.0/8"]), block("10.0.0.0/7", &[])]));
        assert!(cover_everything([block("0.0.0.0/0", &["::/0"])]), "a hole of another family is none");
        assert!(!cover_everything([block("0.0.0.0/0", &["0.0.0.0/0"])]));
        assert!(!cover_everything([] as [Block; 0]));
    }

    #[test]
    fn what_is_left_of_a_block_may_be_the_clusters_own() {
        let private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"];
        assert!(!block("0.0.0.0/0", &private).may_hold_cluster_addresses());
        for at in 0..private.len() {
            let others: Vec<&str> = private.into_iter().filter(|cidr| *cidr != private[at]).collect();
            assert!(block("0.0.0.0/0", &others).may_hold_cluster_addresses(), "{}", private[at]);
        }
        assert!(!block("203.0.113.7/32", &[]).may_hold_cluster_addresses());
        assert!(block("10.96.0.10/32", &[]).may_hold_cluster_addresses());
        assert!(block("8.0.0.0/6", &["10.0.0.0/9"]).may_hold_cluster_addresses());
        assert!(!block("10.0.0.0/8", &["10.0.0.0/8"]).may_hold_cluster_addresses());
        assert!(block("::/0", &["10.0.0.0/8"]).may_hold_cluster_addresses());
        assert!(!block("::/0", &["fc00::/7"]).may_hold_cluster_addresses());
    }

    #[test]
    fn private_is_what_the_internet_does_not_route() {
        for text in [
            "10.0.0.1",
            "172.31.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "fd00::1",
            "169.254.1.1",
            "fe80::1",
            "127.0.0.1",
            "::1",
        ] {
            assert!(is_private(text.parse().expect("an address")), "{text}");
        }
        for text in ["172.32.0.1", "100.128.0.1", "203.0.113.9", "2001:db8::1"] {
            assert!(!is_private(text.parse().expect("an address")), "{text}");
        }
    }
}
