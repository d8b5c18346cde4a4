//! Room on the disk: told when it gets little, and left to what matters when there is hardly any.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use switchboard_model::{Disk, DiskRoom, Event};
use tokio_util::sync::CancellationToken;

use crate::house::House;
use crate::sessions::off_the_runtime;
use crate::{Engine, EngineError};

/// Below this the operator is warned.
const LITTLE: u64 = 1 << 30;
/// Below this nothing is kept that can be fetched again.
const HARDLY: u64 = 200 << 20;
/// Below this the disk counts as full: not even a transaction of a few rows is sure to fit.
const FULL: u64 = 4 << 20;
/// Between two looks.
const EVERY: Duration = Duration::from_secs(60);
/// Between two looks for room on a full disk. They cost nobody but this machine anything.
const EVERY_WHILE_FULL: Duration = Duration::from_secs(1);

/// What so many free bytes mean.
const fn room(free: u64) -> DiskRoom {
    match free {
        ..HARDLY => DiskRoom::Hardly,
        HARDLY..LITTLE => DiskRoom::Little,
        LITTLE.. => DiskRoom::Enough,
    }
}

/// The disk that `folder` is on. A system that does not tell is trusted to have room: what cannot
/// be written fails by itself.
pub(crate) fn disk(folder: &Path) -> Disk {
    let free = fs4::available_space(folder).unwrap_or_else(|error| {
        tracing::debug!(%error, "free space is not known");
        u64::MAX
    });
    Disk {
        free,
        room: room(free),
    }
}

/// Whether the workspace's disk is full.
pub(crate) async fn is_full(house: &House) -> bool {
    let folder = house.folder.clone();
    let seen = off_the_runtime(move || disk(&folder)).await;
    seen.is_ok_and(|disk| disk.free < FULL)
}

/// Waits until there is room on the workspace's disk.
pub(crate) async fn wait_for_room(house: &House) {
    while is_full(house).await {
        house.clock.sleep(EVERY_WHILE_FULL).await;
    }
}

impl Engine {
    /// The disk that the workspace is on.
    ///
    /// # Errors
    /// Where the runtime is at its end.
    pub async fn disk(&self) -> Result<Disk, EngineError> {
        let folder = self.house().folder.clone();
        off_the_runtime(move || disk(&folder)).await
    }
}

/// Tells when the room on the disk changes.
pub(crate) async fn watch(house: Arc<House>, stop: CancellationToken) {
    let mut known = DiskRoom::Enough;
    loop {
        let folder = house.folder.clone();
        match off_the_runtime(move || disk(&folder)).await {
            Ok(Disk { room, free }) if room != known => {
                known = room;
                tracing::info!(?room, free, "room on the disk");
                house.bus.tell(Event::Disk { room });
            }
            _ => {}
        }
        let pause = house.clock.sleep(EVERY);
        if stop.run_until_cancelled(pause).await.is_none() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_told_by_free_bytes() {
        for (free, expected) in [
            (0, DiskRoom::Hardly),
            (HARDLY - 1, DiskRoom::Hardly),
            (HARDLY, DiskRoom::Little),
            (LITTLE - 1, DiskRoom::Little),
            (LITTLE, DiskRoom::Enough),
            (u64::MAX, DiskRoom::Enough),
        ] {
            assert_eq!(room(free), expected, "{free}");
        }
    }
}
