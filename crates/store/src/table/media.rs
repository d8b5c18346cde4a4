//! What the messages of a chat have beside text, counted by kind.

use switchboard_model::{MediaKind, MediaKinds, MessageKind};

use crate::columns::Columns;

/// The columns that say whether a chat has media of each kind, in the order of [`MediaKind::ALL`].
pub(crate) const HAS: &str = "c.photos > 0, c.videos > 0, c.voices > 0, c.audios > 0, c.files > 0";

/// Reads the columns that [`HAS`] names.
pub(crate) fn kinds(columns: &mut Columns<'_, '_>) -> rusqlite::Result<MediaKinds> {
    let mut kinds = MediaKinds::default();
    for kind in MediaKind::ALL {
        if columns.next::<bool>()? {
            kinds = kinds.with(kind);
        }
    }
    Ok(kinds)
}

/// How many messages of a chat have media of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MediaCounts {
    pub(crate) photos: i64,
    pub(crate) videos: i64,
    pub(crate) voices: i64,
    pub(crate) audios: i64,
    pub(crate) files: i64,
}

impl MediaCounts {
    /// Counts a message in, or with `by = -1` out.
    pub(crate) fn count(&mut self, message: MessageKind, by: i64) {
        let had = |kind: &MediaKind| kind.messages().contains(&message);
        for kind in MediaKind::ALL.into_iter().filter(had) {
            *self.of(kind) += by;
        }
    }

    const fn of(&mut self, kind: MediaKind) -> &mut i64 {
        match kind {
            MediaKind::Photo => &mut self.photos,
            MediaKind::Video => &mut self.videos,
            MediaKind::Voice => &mut self.voices,
            MediaKind::Audio => &mut self.audios,
            MediaKind::File => &mut self.files,
        }
    }
}
