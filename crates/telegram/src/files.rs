//! Fetching files (<https://core.telegram.org/api/files>).

use std::sync::Arc;

use grammers_tl_types::{RemoteCall, Serializable, enums, functions, types};
use switchboard_model::{Code, FileKey, FileOrigin, PeerId, PeerPhoto};
use tokio::sync::Mutex;

use crate::error::EndReason;
use crate::peers::KnownPeers;
use crate::pool::Pool;
use crate::session::LinkSession;
use crate::transfer::introduce;
use crate::{CallError, Timeouts};

/// Bytes asked for at once: a divisor of 1 MiB, as the method demands, that fits an answer.
const PIECE: usize = 512 * 1024;

/// How often a file is followed to another data centre.
const MOVES: usize = 3;

/// A connection of its own for files. Clones share it.
#[derive(Clone, Debug)]
pub struct MediaLink {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    pool: Pool,
    /// The account's own connection, which vouches for it in other data centres.
    home: Pool,
    session: Arc<LinkSession>,
    known: KnownPeers,
    timeouts: Timeouts,
    /// Held while a data centre is told who the account is, so that it is told once.
    introducing: Mutex<()>,
}

impl MediaLink {
    pub(crate) fn new(
        pool: Pool,
        home: Pool,
        session: Arc<LinkSession>,
        known: KnownPeers,
        timeouts: Timeouts,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                pool,
                home,
                session,
                known,
                timeouts,
                introducing: Mutex::new(()),
            }),
        }
    }

    /// A message's photo or document, at most `limit` bytes.
    ///
    /// # Errors
    /// [`CallError::FileExpired`]: refresh the message and try its new key.
    /// [`CallError::FileTooLarge`].
    pub async fn file(&self, key: &FileKey, limit: usize) -> Result<Vec<u8>, CallError> {
        let location = match key.origin {
            FileOrigin::Photo => types::InputPhotoFileLocation {
                id: key.id,
                access_hash: key.access_hash,
                file_reference: key.file_reference.clone(),
                thumb_size: key.size_name.clone(),
            }
            .into(),
            FileOrigin::Document => types::InputDocumentFileLocation {
                id: key.id,
                access_hash: key.access_hash,
                file_reference: key.file_reference.clone(),
                thumb_size: key.size_name.clone(),
            }
            .into(),
        };
        self.fetch(key.dc, location, limit).await
    }

    /// The small picture of a peer's profile photo, at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn avatar(
        &self,
        peer: PeerId,
        photo: &PeerPhoto,
        limit: usize,
    ) -> Result<Vec<u8>, CallError> {
        let photo_id = photo
            .photo
            .id
            .parse()
            .map_err(|_| CallError::Recipient(Code::NotFound))?;
        let location = types::InputPeerPhotoFileLocation {
            big: false,
            peer: self.shared.known.input(peer)?,
            photo_id,
        };
        self.fetch(photo.dc, location.into(), limit).await
    }

    /// Ends the connection in order.
    pub async fn close(&self) {
        self.shared.pool.close(self.shared.timeouts.close).await;
    }

    async fn fetch(
        &self,
        mut dc: i32,
        location: enums::InputFileLocation,
        limit: usize,
    ) -> Result<Vec<u8>, CallError> {
        let mut bytes = Vec::new();
        let mut moves = 0;
        let mut introduced = false;
        loop {
            match self.piece(dc, &location, bytes.len()).await {
                Ok(piece) => {
                    bytes.extend_from_slice(&piece);
                    if bytes.len() > limit {
                        return Err(CallError::FileTooLarge);
                    }
                    if piece.len() < PIECE {
                        return Ok(bytes);
                    }
                }
                Err(CallError::Migrate(other)) if moves < MOVES => {
                    moves += 1;
                    dc = other;
                }
                Err(CallError::SessionEnded(EndReason::Unregistered))
                    if dc != self.shared.session.home() =>
                {
                    // Only that data centre does not know the account: the session goes on.
                    if introduced {
                        return Err(CallError::Unclear);
                    }
                    self.introduce(dc).await?;
                    introduced = true;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn piece(
        &self,
        dc: i32,
        location: &enums::InputFileLocation,
        offset: usize,
    ) -> Result<Vec<u8>, CallError> {
        let request = functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: location.clone(),
            offset: i64::try_from(offset).unwrap_or(i64::MAX),
            limit: i32::try_from(PIECE).unwrap_or(i32::MAX),
        };
        // The account's own connection reads the updates.
        let request = functions::InvokeWithoutUpdates { query: request };
        match self.call(&self.shared.pool, dc, &request).await? {
            enums::upload::File::File(file) => Ok(file.bytes),
            enums::upload::File::CdnRedirect(_) => Err(CallError::Refused {
                name: String::from("CDN_REDIRECT"),
                code: 0,
            }),
        }
    }

    /// Tells another data centre who the account is.
    async fn introduce(&self, dc: i32) -> Result<(), CallError> {
        let shared = &self.shared;
        let _one_at_a_time = shared.introducing.lock().await;
        let limit = shared.timeouts.file;
        introduce(&shared.session, &shared.home, &shared.pool, dc, limit).await
    }

    async fn call<R>(&self, pool: &Pool, dc: i32, request: &R) -> Result<R::Return, CallError>
    where
        R: RemoteCall + Serializable + Sync,
    {
        pool.call(&self.shared.session, dc, request, self.shared.timeouts.file)
            .await
    }
}
