//! Photos and avatars: fetched once, kept encrypted, read again from the disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Weak;

use switchboard_model::{
    AccountId, Change, Code, DiskRoom, Event, FileKey, PeerId, PeerPhoto, PhotoRef, RowId,
};
use switchboard_store::StoreError;
use switchboard_telegram::CallError;
use switchboard_vault::{open, replace_file, seal};
use tokio::sync::SemaphorePermit;
use tokio_util::sync::CancellationToken;

use crate::asking::methods;
use crate::disk::disk;
use crate::engine::Inner;
use crate::sessions::off_the_runtime;
use crate::{Engine, EngineError};

/// Largest photo that is shown inline; Telegram's own limit for photos is 10 MB.
const PHOTO_LIMIT: usize = 16 << 20;
/// Largest avatar.
const AVATAR_LIMIT: usize = 2 << 20;

/// Says, while it is true, that pictures of a removed account may be left.
const UNSWEPT: &str = "media.unswept";
/// What the names of pictures begin with.
const PICTURES: [&str; 2] = ["photo-", "avatar-"];
/// The ending of one that was not written to its end.
const PART: &str = ".part";

impl Engine {
    /// The photo of a message, as the bytes of an image file.
    ///
    /// # Errors
    /// [`Code::NotFound`] where the message has no photo to show, and those of the network.
    pub async fn photo(&self, row: RowId) -> Result<Vec<u8>, EngineError> {
        let found = self.store().read(move |reader| reader.file_of(row)).await?;
        let found = found.ok_or(EngineError::Refused(Code::NotFound))?;
        let name = format!("photo-{}-{}", found.file.id, found.file.size_name);
        if let Some(bytes) = self.cached(&name).await? {
            return Ok(bytes);
        }
        let _turn = self.media_turn().await?;
        let account = found.account;
        let bytes = match self.fetch(account, &found.file).await {
            Err(EngineError::Call(CallError::FileExpired)) => {
                let (peer, message) = (found.peer, found.message);
                let refresh = self.ask(account, methods::MESSAGE, async |link| {
                    link.refresh(peer, message).await
                });
                let fresh = refresh.await?;
                let file = fresh.file.ok_or(EngineError::Refused(Code::NotFound))?;
                let reference = file.file_reference.clone();
                self.store()
                    .write(move |tx| tx.set_file_reference(row, &reference))
                    .await?;
                self.fetch(account, &file).await?
            }
            answered => answered?,
        };
        self.cache(name.clone(), bytes.clone()).await?;
        // A message that went meanwhile had no file yet that could be removed.
        let stays = self.store().read(move |reader| reader.file_of(row)).await?;
        if stays.is_none() {
            self.remove_pictures(vec![name]).await?;
        }
        Ok(bytes)
    }

    /// The small profile photo of a peer, as an account sees it.
    ///
    /// # Errors
    /// [`Code::NotFound`] where it has none (any more), and those of the network.
    pub async fn avatar(&self, account: AccountId, peer: PeerId) -> Result<Vec<u8>, EngineError> {
        let row = self
            .store()
            .read(move |reader| reader.peer(account, peer))
            .await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let (Some(id), Some(dc)) = (row.photo, row.photo_dc) else {
            return Err(EngineError::Refused(Code::NotFound));
        };
        let name = format!("avatar-{id}");
        if let Some(bytes) = self.cached(&name).await? {
            return Ok(bytes);
        }
        let _turn = self.media_turn().await?;
        // Whoever asked for the same one before may have fetched it meanwhile.
        if let Some(bytes) = self.cached(&name).await? {
            return Ok(bytes);
        }
        let photo = PeerPhoto {
            photo: PhotoRef { id },
            dc,
        };
        let fetch = self.ask(account, methods::FILE, async |link| {
            link.media().avatar(peer, &photo, AVATAR_LIMIT).await
        });
        let bytes = fetch.await?;
        self.cache(name, bytes.clone()).await?;
        Ok(bytes)
    }

    /// A file from the data centre that has it. A list that is scrolled through asks for its pictures
    /// again and again, whatever Telegram said to the first.
    async fn fetch(&self, account: AccountId, file: &FileKey) -> Result<Vec<u8>, EngineError> {
        self.ask(account, methods::FILE, async |link| {
            link.media().file(file, PHOTO_LIMIT).await
        })
        .await
    }

    /// Removes the pictures of messages that were deleted, have expired or show another one now.
    async fn drop_pictures(&self) -> Result<(), EngineError> {
        let names = self.store().read(|reader| reader.pictures_gone()).await?;
        if names.is_empty() {
            return Ok(());
        }
        self.remove_pictures(names.clone()).await?;
        let forgotten = self.store().write(move |tx| tx.forget_pictures(&names));
        Ok(forgotten.await?)
    }

    async fn remove_pictures(&self, names: Vec<String>) -> Result<(), EngineError> {
        let folder = self.house().media.0.clone();
        let removed =
            off_the_runtime(move || names.iter().try_for_each(|name| remove(&folder, name)));
        Ok(removed.await?.map_err(StoreError::from)?)
    }

    /// Notes that an account is about to go with its pictures: a process that ends meanwhile leaves
    /// the rest to [`Engine::sweep_media`] of the next.
    pub(crate) async fn begin_sweep(&self) -> Result<(), EngineError> {
        let noted = self.store().write(|tx| tx.set_setting(UNSWEPT, &true));
        Ok(noted.await?)
    }

    /// Removes the pictures of accounts that were wiped. The account is gone whether or not they
    /// are; what stays is tried again at the next start.
    pub(crate) async fn sweep_media(&self) {
        match self.swept().await {
            Ok(0) => {}
            Ok(pictures) => tracing::info!(pictures, "pictures that nothing refers to are removed"),
            Err(error) => tracing::warn!(%error, "pictures of a removed account stay for now"),
        }
    }

    async fn swept(&self) -> Result<usize, EngineError> {
        let left = self
            .store()
            .read(|reader| reader.setting::<bool>(UNSWEPT))
            .await?;
        if left != Some(true) {
            return Ok(0);
        }
        let folder = self.house().media.0.clone();
        let names = off_the_runtime(move || pictures(&folder)).await?;
        let names = names.map_err(StoreError::from)?;
        let unused = self
            .store()
            .read(move |reader| reader.unused_media(&names))
            .await?;
        let removed = unused.len();
        self.remove_pictures(unused).await?;
        self.store()
            .write(|tx| tx.set_setting(UNSWEPT, &false))
            .await?;
        Ok(removed)
    }

    /// Waits for one of the few places at the data centres, so that scrolling through a long list
    /// does not ask for hundreds of pictures at once.
    async fn media_turn(&self) -> Result<SemaphorePermit<'_>, EngineError> {
        let turn = self.0.media_turns.acquire().await;
        turn.map_err(|_| EngineError::Refused(Code::Internal))
    }

    /// A cached file; a damaged one is as good as none, since the server has it.
    async fn cached(&self, name: &str) -> Result<Option<Vec<u8>>, EngineError> {
        let (folder, key) = self.house().media.clone();
        let name = name.to_owned();
        off_the_runtime(move || {
            let sealed = std::fs::read(folder.join(&name)).ok()?;
            let bytes = open(&key, name.as_bytes(), &sealed).ok()?;
            Some(bytes.to_vec())
        })
        .await
    }

    async fn cache(&self, name: String, bytes: Vec<u8>) -> Result<(), EngineError> {
        let (folder, key) = self.house().media.clone();
        let workspace = self.house().folder.clone();
        off_the_runtime(move || -> Result<(), EngineError> {
            if disk(&workspace).room == DiskRoom::Hardly {
                return Ok(());
            }
            let sealed = seal(&key, name.as_bytes(), &bytes)?;
            let path: PathBuf = folder.join(&name);
            let kept = std::fs::create_dir_all(&folder).and_then(|()| replace_file(&path, &sealed));
            if let Err(error) = kept {
                // The photo is shown all the same; it is fetched again next time.
                tracing::warn!(%error, "media cache cannot be written");
            }
            Ok(())
        })
        .await?
    }
}

/// Removes pictures whose messages went, those of former runs first, until it is told to stop or the
/// engine is gone.
pub(crate) async fn keep(inner: Weak<Inner>, stop: CancellationToken) {
    let Some(mut events) = inner.upgrade().map(|inner| inner.house.bus.listen()) else {
        return;
    };
    loop {
        let Some(engine) = inner.upgrade().map(Engine) else {
            return;
        };
        if let Err(error) = engine.drop_pictures().await {
            tracing::warn!(%error, "pictures of deleted messages stay for now");
        }
        drop(engine);
        loop {
            match stop.run_until_cancelled(events.next()).await.flatten() {
                None => return,
                Some(told) if may_lose_pictures(&told.event) => break,
                Some(_) => {}
            }
        }
    }
}

/// Removes what the removal of an account left, once.
pub(crate) async fn sweep(inner: Weak<Inner>) {
    if let Some(engine) = inner.upgrade().map(Engine) {
        engine.sweep_media().await;
    }
}

/// Whether messages changed or went, as far as a listener can know.
const fn may_lose_pictures(event: &Event) -> bool {
    matches!(
        event,
        Event::Messages {
            change: Change::Edited | Change::Deleted,
            ..
        } | Event::Lost
    )
}

/// Names of the pictures in the cache's folder, those half written among them.
fn pictures(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if PICTURES.iter().any(|begins| name.starts_with(begins)) {
            names.push(name.trim_end_matches(PART).to_owned());
        }
    }
    Ok(names)
}

fn remove(folder: &Path, name: &str) -> io::Result<()> {
    for ending in ["", PART] {
        match std::fs::remove_file(folder.join(format!("{name}{ending}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
