//! The stores that reads are measured on: built once, then kept in a folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use switchboard_model::RowId;
use switchboard_store::{Options, Result, Store, StoreError};

use crate::fill::{Ids, Place, Size, fill, rows};

/// The raw key of every store here.
pub(crate) const KEY: [u8; 32] = [3; 32];

/// A store that is built and closed.
pub(crate) struct World {
    /// The file.
    pub(crate) path: PathBuf,
    /// Messages here and there.
    pub(crate) places: Vec<Place>,
}

impl World {
    /// Finds the store of this size in `folder`, or builds it there.
    ///
    /// # Errors
    /// Those of the store and of the file system.
    pub(crate) fn prepare(folder: &Path, size: Size) -> Result<Self> {
        let Size { messages, chats } = size;
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("reads-{messages}-{chats}-{:08x}.db", schema()?));
        let mut ids = Ids::default();
        if path.try_exists()? {
            rows(size).for_each(|row| ids.give(&row));
        } else {
            eprintln!(
                "building {messages} messages in {chats} chats: {}",
                path.display()
            );
            let part = tempfile::tempdir_in(folder)?;
            let file = part.path().join("crm.db");
            fill(&file, &KEY, size, &mut ids)?;
            fs::rename(file, &path)?;
        }
        let places = ids.places;
        Ok(Self { path, places })
    }

    /// Opens the store as the program does.
    ///
    /// # Errors
    /// Those of opening.
    pub(crate) fn open(&self) -> Result<Store> {
        Store::open_with(&self.path, Some(&KEY), Options::default())
    }
}

/// Row ids of places.
///
/// # Errors
/// [`StoreError::NotFound`] where the file holds other rows than it should.
pub(crate) fn locate(store: &Store, places: Vec<Place>) -> Result<Vec<RowId>> {
    store.read_blocking(move |r| {
        let accounts = r.accounts(0)?;
        let row = |(place, peer, id): Place| {
            let account = accounts.get(place).ok_or(StoreError::NotFound)?;
            let chat = r.chat_by_peer(account.id, peer)?;
            let chat = chat.ok_or(StoreError::NotFound)?;
            r.locate(chat, id)?.ok_or(StoreError::NotFound)
        };
        places.into_iter().map(row).collect()
    })
}

/// Names the tables' definition, so that a file of an older one is not taken.
fn schema() -> Result<u32> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/migrations");
    let files: Result<Vec<_>, _> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<_> = files?.into_iter().map(|file| file.path()).collect();
    paths.sort();
    let mut value: u32 = 0x811C_9DC5;
    for path in paths {
        for byte in fs::read(path)? {
            value = (value ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    Ok(value)
}
