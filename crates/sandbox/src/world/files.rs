//! Photos and documents. Bytes are made when somebody asks for them.

use std::collections::{BTreeMap, HashMap};

use crate::seed::{self, Stream};

use super::World;

/// A file that the world knows.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: i64,
    /// Unix seconds.
    pub(crate) date: i32,
    pub(crate) content: Content,
}

/// What a file is, and where its bytes come from.
#[derive(Clone, Debug)]
pub enum Content {
    /// A photo, in the sizes of [`PHOTO_SIZES`].
    Photo {
        /// What is drawn.
        picture: Picture,
        /// Width of the full size.
        width: i32,
        /// Height of the full size.
        height: i32,
    },
    /// Anything else.
    Document(Document),
}

/// What a photo shows.
#[derive(Clone, Debug)]
pub enum Picture {
    /// Bytes that only look random: no image, but quick.
    Noise,
    /// Somebody uploaded it.
    Uploaded(std::sync::Arc<[u8]>),
}

/// A document with its attributes.
#[derive(Clone, Debug)]
pub struct Document {
    /// MIME type.
    pub mime: String,
    /// Name, where it has one.
    pub name: Option<String>,
    /// Length in bytes.
    pub size: i64,
    /// What it is beside a file.
    pub kind: DocumentKind,
    /// Uploaded bytes; made from the file's id where there are none.
    pub bytes: Option<std::sync::Arc<[u8]>>,
}

/// What a document is beside a file.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentKind {
    /// Nothing more.
    Plain,
    /// A voice message of so many seconds.
    Voice(i32),
    /// A video: seconds, width, height.
    Video(i32, i32, i32),
    /// A sticker for this emoji.
    Sticker(String),
}

/// Names and longest edges of the sizes in which a photo is kept.
pub(crate) const PHOTO_SIZES: [(&str, i32); 2] = [("m", 320), ("x", 800)];

/// File parts on their way in, by the client's file id.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    parts: HashMap<(i64, i64), BTreeMap<i32, Vec<u8>>>,
}

impl Uploads {
    pub(crate) fn put(&mut self, account: i64, file: i64, part: i32, bytes: Vec<u8>) {
        self.parts
            .entry((account, file))
            .or_default()
            .insert(part, bytes);
    }

    /// All parts together, where as many are there as are named.
    pub(crate) fn take(&mut self, account: i64, file: i64, parts: i32) -> Option<Vec<u8>> {
        let found = self.parts.remove(&(account, file))?;
        let complete = found.len() == usize::try_from(parts).ok()?;
        complete.then(|| found.into_values().flatten().collect())
    }
}

/// One size of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sized {
    pub(crate) name: &'static str,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// The sizes of a photo whose full size is given.
pub(crate) fn sizes(width: i32, height: i32) -> Vec<Sized> {
    let longest = width.max(height).max(1);
    PHOTO_SIZES
        .iter()
        .map(|(name, edge)| {
            let edge = (*edge).min(longest);
            Sized {
                name,
                width: (width * edge / longest).max(1),
                height: (height * edge / longest).max(1),
            }
        })
        .collect()
}

impl World {
    /// Adds a photo; returns its file id.
    pub fn add_photo(&mut self, picture: Picture, width: i32, height: i32, date: i32) -> i64 {
        self.add_file(
            Content::Photo {
                picture,
                width,
                height,
            },
            date,
        )
    }

    /// Adds a document; returns its file id.
    pub fn add_document(&mut self, document: Document, date: i32) -> i64 {
        self.add_file(Content::Document(document), date)
    }

    fn add_file(&mut self, content: Content, date: i32) -> i64 {
        let id = self.fresh_file_id();
        self.files.insert(id, File { id, date, content });
        id
    }

    /// The secret that must come with a file's id.
    pub(crate) fn file_hash(&self, id: i64) -> i64 {
        seed::hash(&[self.seed, 0x00f1_1eac, id as u64]) as i64
    }

    /// The reference under which an account may fetch a file for now.
    pub(crate) fn file_reference(&self, account: i64, id: i64) -> Vec<u8> {
        let epoch = self
            .account(account)
            .map_or(0, |account| account.file_epoch);
        let word = seed::hash(&[
            self.seed,
            0x0f11_e4ef,
            account as u64,
            id as u64,
            u64::from(epoch),
        ]);
        word.to_le_bytes().to_vec()
    }

    /// Makes every file reference of an account stale (FILE_REFERENCE_EXPIRED).
    pub fn expire_file_references(&mut self, account: i64) {
        if let Some(account) = self.accounts.get_mut(&account) {
            account.file_epoch += 1;
        }
    }

    /// The length of one size of a photo, in bytes.
    pub(crate) fn photo_length(&self, file: &File, size: &Sized) -> i32 {
        self.photo_bytes(file, size).len() as i32
    }

    /// The bytes of one size of a photo.
    pub(crate) fn photo_bytes(&self, file: &File, size: &Sized) -> Vec<u8> {
        let Content::Photo { picture, .. } = &file.content else {
            return Vec::new();
        };
        let (width, height) = (size.width.unsigned_abs(), size.height.unsigned_abs());
        let seed = seed::hash(&[self.seed, file.id as u64]);
        match picture {
            Picture::Noise => noise(seed ^ u64::from(width), 0, (width * height / 16) as usize),
            Picture::Uploaded(bytes) => bytes.to_vec(),
        }
    }

    /// A piece of a document.
    pub(crate) fn document_bytes(
        &self,
        id: i64,
        document: &Document,
        at: i64,
        length: i32,
    ) -> Vec<u8> {
        let end = document.size.min(at + i64::from(length));
        let (start, end) = (at.max(0) as usize, end.max(0) as usize);
        if start >= end {
            return Vec::new();
        }
        match &document.bytes {
            Some(bytes) => bytes
                .get(start..end.min(bytes.len()))
                .unwrap_or_default()
                .to_vec(),
            None => noise(seed::hash(&[self.seed, id as u64]), start, end - start),
        }
    }

    /// All bytes of a file (of a photo: its largest size), as a download must give them.
    #[must_use]
    pub fn file_bytes(&self, id: i64) -> Option<Vec<u8>> {
        let file = self.files.get(&id)?;
        match &file.content {
            Content::Photo { width, height, .. } => {
                Some(self.photo_bytes(file, sizes(*width, *height).last()?))
            }
            Content::Document(document) => {
                Some(self.document_bytes(id, document, 0, i32::try_from(document.size).ok()?))
            }
        }
    }
}

/// Bytes that depend on nothing but the seed and their place.
fn noise(seed: u64, start: usize, length: usize) -> Vec<u8> {
    let first = start / 8;
    let last = (start + length).div_ceil(8);
    let mut bytes = vec![0; (last - first) * 8];
    for (at, chunk) in bytes.chunks_mut(8).enumerate() {
        Stream::of(&[seed, (first + at) as u64]).fill(chunk);
    }
    bytes.drain(..start - first * 8);
    bytes.truncate(length);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{noise, sizes};

    #[test]
    fn a_piece_of_a_file_is_the_same_piece_of_the_whole() {
        let whole = noise(7, 0, 1000);
        assert_eq!(noise(7, 123, 400), whole[123..523]);
        assert_ne!(noise(8, 0, 1000), whole);
    }

    #[test]
    fn sizes_keep_the_shape_and_never_grow() {
        let found = sizes(1600, 800);
        assert_eq!((found[0].width, found[0].height), (320, 160));
        assert_eq!((found[1].width, found[1].height), (800, 400));
        assert_eq!(sizes(100, 50).last().map(|size| size.width), Some(100));
    }
}
