//! One window per data folder: a second start brings the first one's window to the front, and
//! hands over the link that it was started with.

use std::io;
use std::time::Duration;

use interprocess::local_socket::tokio::Stream;
use serde::{Deserialize, Serialize};
use switchboard_model::Code;
use tokio::time::{Instant, sleep, timeout};

use super::folders::create_private;
use super::io_error;
use super::lines::{Line, Lines};
use super::lock::FileLock;
use super::socket::{Door, LineSender, connect};
use crate::{ApiError, DataFolder};

const LOCK: &str = "window.lock";
/// Bytes of a summons at most; a link is short.
const LONGEST: usize = 4_096;
/// How long the first window may take to open its socket, and to answer there.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two looks at a socket that is not there yet.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What a second start wants of the first window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summons {
    /// The link it was started with.
    pub link: Option<String>,
}

/// Whether this process is the one with the window.
#[derive(Debug)]
pub enum Instance {
    /// It is.
    First(FirstInstance),
    /// Another is, and was told.
    Second,
}

/// The right to be the window of a data folder, until dropped.
#[derive(Debug)]
pub struct FirstInstance {
    door: Door,
    _lock: FileLock,
}

impl FirstInstance {
    /// The next summons. Who says nothing sensible is passed over.
    pub async fn summoned(&self) -> Summons {
        loop {
            let heard = match self.door.accept().await {
                Ok(stream) => timeout(PATIENCE, hear(stream)).await,
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    // Out of file handles, most likely: let others end first.
                    sleep(LOOK_AGAIN).await;
                    continue;
                }
            };
            match heard {
                Ok(Ok(summons)) => return summons,
                Ok(Err(error)) => tracing::debug!(%error, "a start that made no sense"),
                Err(_) => tracing::debug!("a start that said nothing"),
            }
        }
    }
}

/// Keeps a window of a data folder from opening, until dropped: one that starts meanwhile waits.
#[derive(Debug)]
pub struct NoWindow {
    _lock: FileLock,
}

/// Keeps a window from opening, so that what it remembers can be changed under nobody's hands;
/// `None` where one is open.
///
/// # Errors
/// What is wrong with the folder.
pub fn without_window(data: &DataFolder) -> Result<Option<NoWindow>, ApiError> {
    let folder = data.path();
    create_private(folder)?;
    let lock = FileLock::try_exclusive(&folder.join(LOCK))
        .map_err(|error| io_error("the window's lock", &error))?;
    Ok(lock.map(|lock| NoWindow { _lock: lock }))
}

/// Becomes the window of a data folder, or tells the one that is.
///
/// # Errors
/// [`Code::WorkspaceBusy`] where the other does not answer; what is wrong with the folder.
pub async fn claim(data: &DataFolder, summons: &Summons) -> Result<Instance, ApiError> {
    let folder = data.path();
    create_private(folder)?;
    let failed = |error| io_error("the window's socket", &error);
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(lock) = FileLock::try_exclusive(&folder.join(LOCK)).map_err(failed)? {
            let door = Door::open(folder).map_err(failed)?;
            return Ok(Instance::First(FirstInstance { door, _lock: lock }));
        }
        let address = Door::address_in(folder).map_err(failed)?;
        match timeout(PATIENCE, tell(&address, summons)).await {
            Ok(Ok(())) => return Ok(Instance::Second),
            // It is starting or ending.
            Ok(Err(error)) => tracing::debug!(%error, "the other window does not answer yet"),
            Err(_) => tracing::debug!("the other window says nothing"),
        }
        if Instant::now() >= until {
            let detail = "another window of this data folder does not answer";
            return Err(ApiError::new(Code::WorkspaceBusy, detail));
        }
        sleep(LOOK_AGAIN).await;
    }
}

async fn hear(stream: Stream) -> io::Result<Summons> {
    let stream = std::sync::Arc::new(stream);
    let mut lines = Lines::new(&*stream, LONGEST);
    let Some(Line::Whole(line)) = lines.next().await? else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let summons = serde_json::from_slice(&line)?;
    LineSender::new(stream.clone()).send(b"ok\n").await?;
    Ok(summons)
}

async fn tell(address: &std::path::Path, summons: &Summons) -> io::Result<()> {
    let stream = std::sync::Arc::new(connect(address).await?);
    let mut line = serde_json::to_vec(summons)?;
    line.push(b'\n');
    LineSender::new(stream.clone()).send(&line).await?;
    match Lines::new(&*stream, LONGEST).next().await? {
        Some(Line::Whole(_)) => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_start_is_told_to_the_first() {
        let root = tempfile::tempdir().unwrap();
        let data = DataFolder::resolve(Some(root.path().join("data"))).unwrap();
        let nothing = Summons::default();
        let Instance::First(first) = claim(&data, &nothing).await.unwrap() else {
            panic!("nobody else is here");
        };
        let linked = Summons {
            link: Some("switchboard://chat/1/2".into()),
        };
        let (second, heard) = tokio::join!(claim(&data, &linked), first.summoned());
        assert!(matches!(second.unwrap(), Instance::Second));
        assert_eq!(heard, linked);
        drop(first);
        assert!(matches!(
            claim(&data, &nothing).await.unwrap(),
            Instance::First(_)
        ));
    }

    #[tokio::test]
    async fn what_a_window_remembers_is_free_while_none_is_open() {
        let root = tempfile::tempdir().unwrap();
        let data = DataFolder::resolve(Some(root.path().join("data"))).unwrap();
        let kept = without_window(&data).unwrap();
        assert!(kept.is_some());
        let starts = tokio::spawn({
            let data = data.clone();
            async move { claim(&data, &Summons::default()).await }
        });
        drop(kept);
        let Instance::First(first) = starts.await.unwrap().unwrap() else {
            panic!("nobody else is here");
        };
        assert!(without_window(&data).unwrap().is_none());
        drop(first);
        assert!(without_window(&data).unwrap().is_some());
    }
}
