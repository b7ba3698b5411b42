//! Which addresses a URL from somebody else may lead to: only public ones. This is checked after the name was
//! resolved, so that a name cannot hide its address, and again for every redirect.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to this machine, to a local network or to no host (RFC 6890 and its successors).
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => private_v4(v4),
        IpAddr::V6(v6) => private_v6(v6),
    }
}

fn private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        // This network, and reserved addresses up to broadcast.
        || a == 0
        || a >= 240
        // Carrier-grade NAT (RFC 6598), protocol assignments, benchmarking (RFC 2544).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        // The nearest 6to4 relay (deprecated by RFC 7526).
        || (a == 192 && b == 88 && c == 99)
}

fn private_v6(address: Ipv6Addr) -> bool {
    let embedded =
        |high: u16, low: u16| private_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match address.segments() {
        // IPv4-mapped, NAT64 (RFC 6052) and 6to4 (RFC 3056) addresses contain an IPv4 address.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments 2001::/23, Teredo among them, where a packet may come out on any local network; and
        // documentation (RFC 3849, RFC 9637).
        [0x2001, 0..0x200 | 0xdb8, ..] | [0x3fff, 0..0x1000, ..] => true,
        // The addresses of hosts on the internet lie in 2000::/3 (RFC 4291 section 2.4).
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of IANA's registries of special-purpose addresses (as of 2024-10-22), each with whether the registry
    /// calls it globally reachable. To these, multicast and what was once site-local or IPv4-compatible.
    const REGISTRIES: &[(&str, bool)] = &[
        ("0.0.0.0/8", false),
        ("10.0.0.0/8", false),
        ("100.64.0.0/10", false),
        ("127.0.0.0/8", false),
        ("169.254.0.0/16", false),
        ("172.16.0.0/12", false),
        ("192.0.0.0/24", false),
        ("192.0.0.0/29", false),
        ("192.0.0.8/32", false),
        ("192.0.0.9/32", true),
        ("192.0.0.10/32", true),
        ("192.0.0.170/31", false),
        ("192.0.2.0/24", false),
        ("192.31.196.0/24", true),
        ("192.52.193.0/24", true),
        ("192.88.99.0/24", false),
        ("192.168.0.0/16", false),
        ("192.175.48.0/24", true),
        ("198.18.0.0/15", false),
        ("198.51.100.0/24", false),
        ("203.0.113.0/24", false),
        ("224.0.0.0/4", false),
        ("240.0.0.0/4", false),
        ("255.255.255.255/32", false),
        ("::1/128", false),
        ("::/128", false),
        ("::/96", false),
        ("::ffff:10.0.0.0/104", false),
        ("64:ff9b::10.0.0.0/104", false),
        ("64:ff9b:1::/48", false),
        ("100::/64", false),
        ("100:0:0:1::/64", false),
        ("2001::/23", false),
        ("2001::/32", false),
        ("2001:1::1/128", true),
        ("2001:1::2/128", true),
        ("2001:1::3/128", true),
        ("2001:2::/48", false),
        ("2001:3::/32", true),
        ("2001:4:112::/48", true),
        ("2001:10::/28", false),
        ("2001:20::/28", true),
        ("2001:30::/28", true),
        ("2001:db8::/32", false),
        ("2002:a00::/24", false),
        ("2620:4f:8000::/48", true),
        ("3fff::/20", false),
        ("5f00::/16", false),
        ("fc00::/7", false),
        ("fe80::/10", false),
        ("fec0::/10", false),
        ("ff00::/8", false),
    ];

    /// The first and the last address of a block, as numbers.
    fn ends(block: &str) -> (IpAddr, IpAddr) {
        let (first, bits) = block.split_once('/').unwrap();
        let bits: u32 = bits.parse().unwrap();
        let first: IpAddr = first.parse().unwrap();
        let last = match first {
            IpAddr::V4(v4) => {
                let hosts = u32::MAX.checked_shr(bits).unwrap_or(0);
                Ipv4Addr::from(u32::from(v4) | hosts).into()
            }
            IpAddr::V6(v6) => {
                let hosts = u128::MAX.checked_shr(bits).unwrap_or(0);
                Ipv6Addr::from(u128::from(v6) | hosts).into()
            }
        };
        (first, last)
    }

    #[test]
    fn no_address_of_the_registries_is_public_unless_it_is_globally_reachable() {
        // Service addresses within a block for protocols: nobody publishes a page there, so the block is refused whole.
        let within = |block: &str| block.starts_with("192.0.0.") || block.starts_with("2001:");
        for (block, reachable) in REGISTRIES {
            let (first, last) = ends(block);
            let private = !reachable || within(block);
            assert_eq!(is_private(first), private, "the first of {block}");
            assert_eq!(is_private(last), private, "the last of {block}");
        }
    }

    #[test]
    fn the_neighbours_of_the_blocks_are_public() {
        for address in [
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.88.98.255",
            "192.88.100.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2000::",
            "2001:200::",
            "2001:db7:ffff::",
            "2001:db9::",
            "2002:808:808::",
            "2003::",
            "3fff:1000::",
            "3fff:ffff:ffff::",
        ] {
            assert!(!is_private(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn an_address_that_contains_a_private_one_is_private() {
        for address in [
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::192.168.0.1",
            "2002:c0a8:1::",
            // Teredo, whatever its server: 65.54.227.120 is a public one.
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        ] {
            assert!(is_private(address.parse().unwrap()), "{address}");
        }
    }
}
