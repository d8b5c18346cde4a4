//! Kinds of media, as lists and searches tell messages apart.

use serde::{Deserialize, Serialize};

use crate::MessageKind;

/// What a message has beside text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A photo.
    Photo,
    /// A video, round ones and animations among them.
    Video,
    /// A voice message, round videos among them.
    Voice,
    /// Music.
    Audio,
    /// A file.
    File,
}

impl MediaKind {
    /// Each of them.
    pub const ALL: [Self; 5] = [
        Self::Photo,
        Self::Video,
        Self::Voice,
        Self::Audio,
        Self::File,
    ];

    /// Kinds of messages that have it.
    #[must_use]
    pub const fn messages(self) -> &'static [MessageKind] {
        use MessageKind as K;
        match self {
            Self::Photo => &[K::Photo],
            Self::Video => &[K::Video, K::VideoNote, K::Animation],
            Self::Voice => &[K::Voice, K::VideoNote],
            Self::Audio => &[K::Audio],
            Self::File => &[K::Document],
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of kinds of media; a byte, since every listed chat has one in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MediaKinds(u8);

impl MediaKinds {
    /// The set with one more in it.
    #[must_use]
    pub const fn with(self, kind: MediaKind) -> Self {
        Self(self.0 | kind.bit())
    }

    /// Whether a kind is in it; of no kind in particular, whether any is.
    #[must_use]
    pub const fn has(self, kind: Option<MediaKind>) -> bool {
        match kind {
            Some(kind) => self.0 & kind.bit() != 0,
            None => self.0 != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in_and_nothing_else() {
        assert!(!MediaKinds::default().has(None));
        for kind in MediaKind::ALL {
            let alone = MediaKinds::default().with(kind);
            assert!(alone.has(None));
            for other in MediaKind::ALL {
                assert_eq!(alone.has(Some(other)), other == kind, "{kind:?} {other:?}");
            }
            assert!(alone.with(MediaKind::File).has(Some(kind)));
        }
    }

    #[test]
    fn a_round_video_is_both_seen_and_heard() {
        let had = |message| {
            let has = |kind: &MediaKind| kind.messages().contains(&message);
            MediaKind::ALL.into_iter().filter(has).collect::<Vec<_>>()
        };
        let both = [MediaKind::Video, MediaKind::Voice];
        assert_eq!(had(MessageKind::VideoNote), both);
        assert_eq!(had(MessageKind::Document), [MediaKind::File]);
        for kept_nowhere in [
            MessageKind::Text,
            MessageKind::Sticker,
            MessageKind::Vanishing,
        ] {
            assert!(had(kept_nowhere).is_empty(), "{kept_nowhere:?}");
        }
    }
}
