//! Notices that the machine woke up or that its network changed, and has every account look at once
//! whether its server is still there.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Weak;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::engine::Inner;

/// Between two looks.
const BETWEEN: Duration = Duration::from_secs(5);
/// How much further the wall clock may have gone than the time that was spent awake: more means
/// that the machine slept, or that somebody set the clock.
const ASTRAY_MS: i64 = 10_000;

/// What a look sees.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    wall_ms: i64,
    awake: Instant,
    addresses: BTreeSet<IpAddr>,
}

/// Why the accounts should look now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Woke,
    NetworkChanged,
}

/// Compares two looks. An address that went says nothing where others stay: what was connected
/// through it ends by itself.
fn compare(before: &Seen, now: &Seen) -> Option<Why> {
    let awake_ms = now.awake.duration_since(before.awake).as_millis();
    let awake_ms = i64::try_from(awake_ms).unwrap_or(i64::MAX);
    if now.wall_ms - before.wall_ms - awake_ms > ASTRAY_MS {
        return Some(Why::Woke);
    }
    let came = now.addresses.difference(&before.addresses).next().is_some();
    let none_left = now.addresses.is_empty() && !before.addresses.is_empty();
    (came || none_left).then_some(Why::NetworkChanged)
}

/// Looks until it is told to stop or the engine is gone.
pub(crate) async fn keep(inner: Weak<Inner>, stop: CancellationToken) {
    let Some(mut before) = look(&inner) else {
        return;
    };
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(BETWEEN) => {}
        }
        let Some(now) = look(&inner) else {
            return;
        };
        if let Some(why) = compare(&before, &now) {
            tracing::info!(?why, "every account looks whether its server is there");
            ring(&inner).await;
        }
        before = now;
    }
}

async fn ring(inner: &Weak<Inner>) {
    let Some(inner) = inner.upgrade() else {
        return;
    };
    for handle in inner.running.read().await.values() {
        handle.context.bells.look_now();
    }
}

fn look(inner: &Weak<Inner>) -> Option<Seen> {
    let wall_ms = inner.upgrade()?.house.clock.now_ms();
    let interfaces = if_addrs::get_if_addrs().unwrap_or_else(|error| {
        tracing::debug!(%error, "the network's addresses are not told");
        Vec::new()
    });
    let outside = interfaces
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local());
    Some(Seen {
        wall_ms,
        awake: Instant::now(),
        addresses: outside.map(if_addrs::Interface::ip).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(start: Instant, awake_ms: u64, wall_ms: i64, addresses: &[&str]) -> Seen {
        Seen {
            wall_ms,
            awake: start + Duration::from_millis(awake_ms),
            addresses: addresses
                .iter()
                .map(|text| text.parse().expect("an address"))
                .collect(),
        }
    }

    #[test]
    fn sleep_and_new_addresses_are_noticed_and_nothing_else() {
        let start = Instant::now();
        let at = |awake_ms, wall_ms, addresses: &[&str]| seen(start, awake_ms, wall_ms, addresses);
        let before = at(0, 1_000_000, &["192.0.2.7"]);
        let table = [
            (at(5_000, 1_005_000, &["192.0.2.7"]), None),
            (at(5_000, 1_012_000, &["192.0.2.7"]), None),
            (at(5_000, 4_605_000, &["192.0.2.7"]), Some(Why::Woke)),
            (at(5_000, 900_000, &["192.0.2.7"]), None),
            (
                at(5_000, 1_005_000, &["192.0.2.7", "198.51.100.1"]),
                Some(Why::NetworkChanged),
            ),
            (at(5_000, 1_005_000, &[]), Some(Why::NetworkChanged)),
        ];
        for (now, expected) in table {
            assert_eq!(compare(&before, &now), expected, "{now:?}");
        }
        let both = at(0, 1_000_000, &["192.0.2.7", "198.51.100.1"]);
        assert_eq!(compare(&both, &at(5_000, 1_005_000, &["192.0.2.7"])), None);
    }
}
