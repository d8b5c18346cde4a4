//! Photos and documents. Bytes are made when somebody asks for them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::demo::Gender;
use crate::demo::file::{self, FileKind};
use crate::demo::photo::{self, DrawError, Scene};
use crate::seed::{self, Stream};

use super::World;

/// A file that the world knows.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: i64,
    /// Unix seconds.
    pub(crate) date: i32,
    pub(crate) content: Content,
    /// What was made of it so far: a photo's sizes, or the document.
    made: [OnceLock<Arc<[u8]>>; PHOTO_SIZES.len()],
}

/// What a file is, and where its bytes come from.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A photo, in the sizes of [`PHOTO_SIZES`].
    Photo {
        picture: Picture,
        width: i32,
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
    /// A drawn scene, three quarters as high as wide.
    Scene(Scene),
    /// A drawn portrait that shows nobody in particular; square.
    Portrait(Gender),
    /// A drawn emblem of a group or channel; square.
    Emblem(Scene),
    /// Somebody uploaded it; every size has these bytes.
    Uploaded(Arc<[u8]>),
}

/// A document with its attributes.
#[derive(Clone, Debug)]
pub struct Document {
    /// MIME type.
    pub mime: String,
    /// Name, where it has one.
    pub name: Option<String>,
    /// What it is beside a file.
    pub kind: DocumentKind,
    /// Where its bytes come from.
    pub source: Source,
}

/// Where a document's bytes come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// So many bytes that follow from the file's id and mean nothing.
    Noise(i64),
    /// A file of its kind, made from the file's id and name.
    Made(FileKind),
    /// Somebody uploaded it.
    Uploaded(Arc<[u8]>),
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
    /// Place in [`PHOTO_SIZES`].
    index: usize,
    pub(crate) name: &'static str,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// The sizes of a photo whose full size is given.
pub(crate) fn sizes(width: i32, height: i32) -> Vec<Sized> {
    let longest = width.max(height).max(1);
    PHOTO_SIZES
        .iter()
        .enumerate()
        .map(|(index, (name, edge))| {
            let edge = (*edge).min(longest);
            Sized {
                index,
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
        self.files.insert(
            id,
            File {
                id,
                date,
                content,
                made: Default::default(),
            },
        );
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

    fn file_seed(&self, file: &File) -> u64 {
        seed::hash(&[self.seed, file.id as u64])
    }

    /// The length of one size of a photo, known without drawing it.
    pub(crate) fn photo_length(&self, file: &File, size: &Sized) -> usize {
        match &file.content {
            Content::Photo { picture, .. } => announced(picture, size),
            Content::Document(_) => 0,
        }
    }

    /// The bytes of one size of a photo; none where the file is no photo.
    pub(crate) fn photo_bytes(&self, file: &File, size: &Sized) -> Arc<[u8]> {
        let Content::Photo { picture, .. } = &file.content else {
            return Arc::default();
        };
        let draw = || draw(picture, self.file_seed(file), size).into();
        match file.made.get(size.index) {
            Some(made) => Arc::clone(made.get_or_init(draw)),
            None => draw(),
        }
    }

    /// The header-less thumbnail of a drawn photo.
    pub(crate) fn stripped(&self, file: &File) -> Option<Vec<u8>> {
        match &file.content {
            Content::Photo {
                picture: Picture::Scene(scene),
                ..
            } => photo::stripped(*scene, self.file_seed(file)).ok(),
            _ => None,
        }
    }

    fn made(&self, file: &File, kind: FileKind, name: Option<&str>) -> Arc<[u8]> {
        let make = || file::bytes(kind, self.file_seed(file), name.unwrap_or_default()).into();
        file.made
            .first()
            .map_or_else(make, |made| Arc::clone(made.get_or_init(make)))
    }

    /// The length of a document, in bytes.
    pub(crate) fn document_length(&self, file: &File, document: &Document) -> i64 {
        match &document.source {
            Source::Noise(size) => *size,
            Source::Uploaded(bytes) => bytes.len() as i64,
            Source::Made(kind) => self.made(file, *kind, document.name.as_deref()).len() as i64,
        }
    }

    /// A piece of a document, shorter at its end.
    pub(crate) fn document_bytes(
        &self,
        file: &File,
        document: &Document,
        at: i64,
        length: i32,
    ) -> Vec<u8> {
        let end = self
            .document_length(file, document)
            .min(at + i64::from(length));
        let (start, end) = (at.max(0) as usize, end.max(0) as usize);
        if start >= end {
            return Vec::new();
        }
        let piece = |bytes: &[u8]| bytes.get(start..end).unwrap_or_default().to_vec();
        match &document.source {
            Source::Noise(_) => noise(self.file_seed(file), start, end - start),
            Source::Uploaded(bytes) => piece(bytes),
            Source::Made(kind) => piece(&self.made(file, *kind, document.name.as_deref())),
        }
    }

    /// All bytes of a file (of a photo: its largest size), as a download must give them.
    #[must_use]
    pub fn file_bytes(&self, id: i64) -> Option<Vec<u8>> {
        let file = self.files.get(&id)?;
        match &file.content {
            Content::Photo { width, height, .. } => Some(
                self.photo_bytes(file, sizes(*width, *height).last()?)
                    .to_vec(),
            ),
            Content::Document(document) => {
                let length = i32::try_from(self.document_length(file, document)).ok()?;
                Some(self.document_bytes(file, document, 0, length))
            }
        }
    }
}

/// How long one size of a photo is said to be.
///
/// A message names the length of its photo, and drawing takes too long to be done whenever a
/// message is shown. So drawn photos have a length that no scene reaches, and are filled up to it
/// behind the end of the image, where no decoder looks.
fn announced(picture: &Picture, size: &Sized) -> usize {
    let area = (size.width.unsigned_abs() * size.height.unsigned_abs()) as usize;
    match picture {
        Picture::Scene(_) | Picture::Portrait(_) | Picture::Emblem(_) => area * 2 / 5,
        Picture::Uploaded(bytes) => bytes.len(),
        Picture::Noise => area / 16,
    }
}

fn draw(picture: &Picture, seed: u64, size: &Sized) -> Vec<u8> {
    let width = u16::try_from(size.width).unwrap_or(u16::MAX);
    let length = announced(picture, size);
    let drawn: Result<Vec<u8>, DrawError> = match picture {
        Picture::Scene(scene) => photo::photo(*scene, seed, width),
        Picture::Portrait(gender) => photo::avatar(*gender, seed, width),
        Picture::Emblem(scene) => photo::emblem(*scene, seed, width),
        Picture::Uploaded(bytes) => Ok(bytes.to_vec()),
        Picture::Noise => Ok(noise(seed ^ u64::from(width), 0, length)),
    };
    let mut bytes = drawn.unwrap_or_else(|error| {
        tracing::warn!(%error, "a photo could not be drawn");
        Vec::new()
    });
    bytes.resize(bytes.len().max(length), 0);
    bytes
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
    use crate::demo::Gender;
    use crate::demo::photo::Scene;

    use super::{Picture, announced, draw, noise, sizes};

    #[test]
    fn every_drawing_is_as_long_as_announced() {
        let scenes = Scene::ALL.into_iter().flat_map(|scene| {
            [
                (Picture::Scene(scene), (1280, 960)),
                (Picture::Emblem(scene), (640, 640)),
            ]
        });
        let portraits = [(Picture::Portrait(Gender::Feminine), (640, 640))];
        for (picture, (width, height)) in scenes.chain(portraits) {
            for size in sizes(width, height) {
                let bytes = draw(&picture, 3, &size);
                assert_eq!(bytes.len(), announced(&picture, &size), "{picture:?}");
                assert_eq!(bytes[..2], [0xff, 0xd8], "{picture:?}");
            }
        }
    }

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
