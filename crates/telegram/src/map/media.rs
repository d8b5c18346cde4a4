//! What a message carries besides its text.

use grammers_tl_types::enums::Photo as TlPhoto;
use grammers_tl_types::enums::{
    Document as TlDocument, DocumentAttribute as Attribute, Game as TlGame, MessageMedia as Tl,
    PhotoSize as Size, Poll as TlPoll, TextWithEntities, TodoList,
};
use grammers_tl_types::types;
use switchboard_model::{FileKey, FileOrigin, Media, MessageKind};

use super::{count, cut};

/// The longer side of the size that is fetched of a photo, in pixels: what a window shows.
const PHOTO_SIDE: i32 = 1280;

/// Line of media that this version does not know.
const UNSUPPORTED: &str = "Not supported by this version";

/// What a message carries, as far as it is kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Carried {
    pub(super) kind: MessageKind,
    pub(super) line: Option<String>,
    pub(super) media: Option<Media>,
    pub(super) file: Option<FileKey>,
}

impl Carried {
    pub(super) const fn text() -> Self {
        Self {
            kind: MessageKind::Text,
            line: None,
            media: None,
            file: None,
        }
    }

    fn line(kind: MessageKind, line: impl Into<String>) -> Self {
        Self {
            kind,
            line: Some(line.into()),
            media: None,
            file: None,
        }
    }
}

pub(super) fn of(media: Tl) -> Carried {
    use MessageKind as K;
    match media {
        Tl::Empty | Tl::WebPage(_) => Carried::text(),
        Tl::Photo(media) => photo(media),
        Tl::Document(media) => document(media),
        Tl::Geo(_) => Carried::line(K::Location, "Location"),
        Tl::GeoLive(_) => Carried::line(K::Location, "Live location"),
        Tl::Venue(venue) => Carried::line(K::Location, titled("Location", &venue.title)),
        Tl::Contact(contact) => {
            let name = format!("{} {}", cut(&contact.first_name), cut(&contact.last_name));
            Carried::line(K::Contact, titled("Contact", name.trim()))
        }
        Tl::Game(game) => {
            let TlGame::Game(game) = game.game;
            Carried::line(K::Game, titled("Game", &game.title))
        }
        Tl::Invoice(invoice) => Carried::line(K::Invoice, titled("Invoice", &invoice.title)),
        Tl::Poll(poll) => {
            let TlPoll::Poll(poll) = poll.poll;
            let TextWithEntities::Entities(question) = poll.question;
            Carried::line(K::Poll, titled("Poll", &question.text))
        }
        Tl::ToDo(list) => {
            let TodoList::List(list) = list.todo;
            let TextWithEntities::Entities(title) = list.title;
            Carried::line(K::Unsupported, titled("Checklist", &title.text))
        }
        Tl::Dice(dice) => Carried::line(K::Dice, cut(&format!("{} {}", dice.emoticon, dice.value))),
        Tl::Story(_) => Carried::line(K::Story, "Story"),
        Tl::PaidMedia(_) => Carried::line(K::Unsupported, "Paid media"),
        Tl::Giveaway(_) | Tl::GiveawayResults(_) => Carried::line(K::Unsupported, "Giveaway"),
        Tl::VideoStream(_) => Carried::line(K::Unsupported, "Live stream"),
        Tl::Unsupported => unsupported(),
    }
}

pub(super) fn unsupported() -> Carried {
    Carried::line(MessageKind::Unsupported, UNSUPPORTED)
}

fn photo(media: types::MessageMediaPhoto) -> Carried {
    if media.ttl_seconds.is_some() {
        return Carried::line(MessageKind::Vanishing, "Self-destructing photo");
    }
    let Some(TlPhoto::Photo(photo)) = media.photo else {
        return Carried::line(MessageKind::Photo, "Photo");
    };
    let size = best_size(&photo.sizes);
    Carried {
        kind: MessageKind::Photo,
        line: Some(String::from("Photo")),
        media: Some(Media {
            mime: Some(String::from("image/jpeg")),
            size: size.as_ref().map(|size| i64::from(size.bytes)),
            width: size.as_ref().map(|size| count(size.width)),
            height: size.as_ref().map(|size| count(size.height)),
            ..Media::default()
        }),
        file: size.map(|size| FileKey {
            origin: FileOrigin::Photo,
            id: photo.id,
            access_hash: photo.access_hash,
            file_reference: photo.file_reference,
            dc: photo.dc_id,
            size_name: size.name,
        }),
    }
}

struct BestSize {
    name: String,
    width: i32,
    height: i32,
    bytes: i32,
}

/// The largest size that fits [`PHOTO_SIDE`], or else the smallest of all.
fn best_size(sizes: &[Size]) -> Option<BestSize> {
    let sizes = sizes.iter().filter_map(|size| match size {
        Size::Size(size) => Some((&size.r#type, size.w, size.h, size.size)),
        Size::Progressive(size) => Some((
            &size.r#type,
            size.w,
            size.h,
            size.sizes.iter().copied().max().unwrap_or_default(),
        )),
        Size::PhotoCachedSize(size) => Some((
            &size.r#type,
            size.w,
            size.h,
            i32::try_from(size.bytes.len()).unwrap_or_default(),
        )),
        Size::Empty(_) | Size::PhotoStrippedSize(_) | Size::PhotoPathSize(_) => None,
    });
    sizes
        .map(|(name, width, height, bytes)| BestSize {
            name: name.clone(),
            width,
            height,
            bytes,
        })
        .max_by_key(|size| {
            let side = size.width.max(size.height);
            if side <= PHOTO_SIDE {
                (1, side)
            } else {
                (0, side.saturating_neg())
            }
        })
}

fn document(media: types::MessageMediaDocument) -> Carried {
    let vanishing = media.ttl_seconds.is_some();
    let flags = (media.round, media.voice, media.video);
    let Some(TlDocument::Document(document)) = media.document else {
        let kind = if vanishing {
            MessageKind::Vanishing
        } else {
            flagged(flags)
        };
        return Carried::line(kind, line(kind, &Media::default(), &Hints::default()));
    };
    let hints = Hints::of(&document.attributes);
    let kind = hints.kind(flags);
    let media = Media {
        file_name: hints.file_name.clone(),
        mime: Some(cut(&document.mime_type)).filter(|mime| !mime.is_empty()),
        size: Some(document.size.max(0)),
        width: hints.width,
        height: hints.height,
        duration: hints.duration,
    };
    if vanishing {
        let what = line(kind, &media, &hints).to_lowercase();
        let line = format!("Self-destructing {what}");
        return Carried::line(MessageKind::Vanishing, line);
    }
    Carried {
        kind,
        line: Some(line(kind, &media, &hints)),
        media: Some(media),
        file: Some(FileKey {
            origin: FileOrigin::Document,
            id: document.id,
            access_hash: document.access_hash,
            file_reference: document.file_reference,
            dc: document.dc_id,
            size_name: String::new(),
        }),
    }
}

/// What a document's attributes say it is (<https://core.telegram.org/type/DocumentAttribute>).
#[derive(Debug, Default)]
struct Hints {
    file_name: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    duration: Option<u32>,
    sticker: Option<String>,
    title: Option<String>,
    animated: bool,
    video: bool,
    round: bool,
    audio: bool,
    voice: bool,
}

impl Hints {
    fn of(attributes: &[Attribute]) -> Self {
        let mut hints = Self::default();
        for attribute in attributes {
            hints.take(attribute);
        }
        hints
    }

    fn take(&mut self, attribute: &Attribute) {
        match attribute {
            Attribute::ImageSize(size) => self.sized(size.w, size.h),
            Attribute::Animated => self.animated = true,
            Attribute::Sticker(sticker) => self.sticker = Some(cut(&sticker.alt)),
            Attribute::CustomEmoji(emoji) => self.sticker = Some(cut(&emoji.alt)),
            Attribute::Video(video) => {
                self.sized(video.w, video.h);
                self.duration = Some(seconds(video.duration));
                self.video = true;
                self.round |= video.round_message;
            }
            Attribute::Audio(audio) => {
                self.duration = Some(count(audio.duration));
                self.audio = true;
                self.voice |= audio.voice;
                self.title = audio_title(audio);
            }
            Attribute::Filename(file) => {
                self.file_name = Some(cut(&file.file_name)).filter(|name| !name.is_empty());
            }
            Attribute::HasStickers => {}
        }
    }

    fn sized(&mut self, width: i32, height: i32) {
        self.width = Some(count(width));
        self.height = Some(count(height));
    }

    fn kind(&self, (round, voice, video): (bool, bool, bool)) -> MessageKind {
        if self.sticker.is_some() {
            MessageKind::Sticker
        } else if self.animated {
            MessageKind::Animation
        } else if self.round || round {
            MessageKind::VideoNote
        } else if self.voice || voice {
            MessageKind::Voice
        } else if self.video || video {
            MessageKind::Video
        } else if self.audio {
            MessageKind::Audio
        } else {
            MessageKind::Document
        }
    }
}

/// What the media's own flags say where the document itself is gone.
const fn flagged(flags: (bool, bool, bool)) -> MessageKind {
    match flags {
        (true, _, _) => MessageKind::VideoNote,
        (_, true, _) => MessageKind::Voice,
        (_, _, true) => MessageKind::Video,
        (false, false, false) => MessageKind::Document,
    }
}

fn audio_title(audio: &types::DocumentAttributeAudio) -> Option<String> {
    let title = audio.title.as_deref().filter(|title| !title.is_empty())?;
    Some(match audio.performer.as_deref() {
        Some(performer) if !performer.is_empty() => cut(&format!("{performer} – {title}")),
        _ => cut(title),
    })
}

fn line(kind: MessageKind, media: &Media, hints: &Hints) -> String {
    let name = || media.file_name.clone();
    match kind {
        MessageKind::Sticker => match hints.sticker.as_deref() {
            Some(emoji) if !emoji.is_empty() => format!("{emoji} Sticker"),
            _ => String::from("Sticker"),
        },
        MessageKind::Animation => String::from("GIF"),
        MessageKind::VideoNote => timed("Video message", media.duration),
        MessageKind::Voice => timed("Voice message", media.duration),
        MessageKind::Video => timed("Video", media.duration),
        MessageKind::Audio => hints
            .title
            .clone()
            .or_else(name)
            .unwrap_or_else(|| timed("Audio", media.duration)),
        MessageKind::Vanishing => String::from("Self-destructing media"),
        _ => name().unwrap_or_else(|| String::from("File")),
    }
}

/// "Voice message 0:12".
fn timed(what: &str, duration: Option<u32>) -> String {
    match duration {
        None | Some(0) => what.to_owned(),
        Some(s) if s < 3600 => format!("{what} {}:{:02}", s / 60, s % 60),
        Some(s) => format!("{what} {}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
    }
}

fn titled(what: &str, title: &str) -> String {
    let title = title.trim();
    if title.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {}", cut(title))
    }
}

/// Whole seconds of a length that the protocol writes as a float; the cast saturates.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn seconds(duration: f64) -> u32 {
    duration.max(0.0).round() as u32
}

#[cfg(test)]
mod tests;
