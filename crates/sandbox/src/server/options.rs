//! How a sandbox behaves beside its world.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use switchboard_clock::Clock;

/// Settings of a sandbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// One data centre for each address, with ids from 1. Port 0 takes a free one.
    pub listen: Vec<SocketAddr>,
    /// Unbound keys handed out per data centre.
    pub spare_keys: usize,
    /// The time that the world's dates and waits follow.
    pub clock: Clock,
    /// Events in one `updates.differenceSlice`.
    pub difference_slice: usize,
    /// More events than these make `updates.differenceTooLong`.
    pub difference_limit: usize,
    /// More events of a channel than these make `updates.channelDifferenceTooLong`.
    pub channel_difference_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        let free = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self {
            listen: vec![free, free],
            spare_keys: 16,
            clock: Clock::system(),
            difference_slice: 500,
            difference_limit: 50_000,
            channel_difference_limit: 5_000,
        }
    }
}
