//! Users and photos.

use grammers_tl_types::{enums, types};

use crate::peer::Peer;
use crate::world::files::{Content, Document, DocumentKind, File, sizes};

use super::{View, blank};

/// How long "online" is announced for, in seconds.
const ONLINE_FOR: i32 = 300;

impl View<'_> {
    /// A person; `userEmpty` where there is none with this id.
    pub(crate) fn user(&self, id: i64) -> enums::User {
        let Some(person) = self.world.users.get(&id) else {
            return types::UserEmpty { id }.into();
        };
        let account = self.world.account(self.viewer);
        let contact = account.is_some_and(|account| account.contacts.contains(&id));
        let mutual = account.is_some_and(|account| account.mutual.contains(&id));
        let is_self = id == self.viewer;
        let named = !person.deleted;
        let mut user = blank::user(id);
        user.is_self = is_self;
        user.contact = contact;
        user.mutual_contact = mutual;
        user.deleted = person.deleted;
        user.bot = person.bot;
        user.bot_info_version = person.bot.then_some(1);
        user.access_hash = Some(self.world.access_hash(self.viewer, Peer::User(id)));
        user.first_name = named.then(|| person.first.clone());
        user.last_name = (named && !person.last.is_empty()).then(|| person.last.clone());
        user.username = person.username.clone().filter(|_| named);
        user.phone = person.phone.clone().filter(|_| is_self || contact);
        user.photo = person.photos.first().map(|photo_id| {
            types::UserProfilePhoto {
                has_video: false,
                personal: false,
                photo_id: *photo_id,
                stripped_thumb: None,
                dc_id: self.file_dc(),
            }
            .into()
        });
        user.status = Some(self.status(person.last_seen));
        user.into()
    }

    fn status(&self, last_seen: i32) -> enums::UserStatus {
        let now = self.world.now();
        match last_seen {
            0 => types::UserStatusRecently { by_me: false }.into(),
            seen if now - seen < ONLINE_FOR => types::UserStatusOnline {
                expires: seen + ONLINE_FOR,
            }
            .into(),
            was_online => types::UserStatusOffline { was_online }.into(),
        }
    }

    /// The status that a person is announced with on coming or leaving.
    pub(crate) fn presence(&self, online: bool) -> enums::UserStatus {
        let now = self.world.now();
        if online {
            types::UserStatusOnline {
                expires: now + ONLINE_FOR,
            }
            .into()
        } else {
            types::UserStatusOffline { was_online: now }.into()
        }
    }

    /// The data centre that files are announced in: where they were moved to, else the viewer's
    /// own.
    pub(crate) fn file_dc(&self) -> i32 {
        let own = || Some(self.world.account(self.viewer)?.login.home_dc);
        self.world.files_at.or_else(own).unwrap_or(1)
    }

    /// A photo by file id; `photoEmpty` where there is none.
    pub(crate) fn photo(&self, id: i64) -> enums::Photo {
        let file = self.world.files.get(&id);
        let Some((file, Content::Photo { width, height, .. })) =
            file.map(|file| (file, &file.content))
        else {
            return types::PhotoEmpty { id }.into();
        };
        let thumbnail = self.world.stripped(file).map(|bytes| {
            types::PhotoStrippedSize {
                r#type: "i".to_owned(),
                bytes,
            }
            .into()
        });
        let sizes = sizes(*width, *height).into_iter().map(|size| {
            types::PhotoSize {
                r#type: size.name.to_owned(),
                w: size.width,
                h: size.height,
                size: self.world.photo_length(file, &size) as i32,
            }
            .into()
        });
        let sizes = thumbnail.into_iter().chain(sizes).collect();
        types::Photo {
            has_stickers: false,
            id,
            access_hash: self.world.file_hash(id),
            file_reference: self.world.file_reference(self.viewer, id),
            date: file.date,
            sizes,
            video_sizes: None,
            dc_id: self.file_dc(),
        }
        .into()
    }

    /// A document by file id; `documentEmpty` where there is none.
    pub(crate) fn document(&self, id: i64) -> enums::Document {
        match self.world.files.get(&id) {
            Some(
                file @ File {
                    content: Content::Document(document),
                    date,
                    ..
                },
            ) => types::Document {
                id,
                access_hash: self.world.file_hash(id),
                file_reference: self.world.file_reference(self.viewer, id),
                date: *date,
                mime_type: document.mime.clone(),
                size: self.world.document_length(file, document),
                thumbs: None,
                video_thumbs: None,
                dc_id: self.file_dc(),
                attributes: attributes(document),
            }
            .into(),
            _ => types::DocumentEmpty { id }.into(),
        }
    }
}

fn attributes(document: &Document) -> Vec<enums::DocumentAttribute> {
    let mut attributes = Vec::new();
    match &document.kind {
        DocumentKind::Plain => {}
        DocumentKind::Voice(duration) => attributes.push(
            types::DocumentAttributeAudio {
                voice: true,
                duration: *duration,
                title: None,
                performer: None,
                waveform: None,
            }
            .into(),
        ),
        DocumentKind::Video(duration, w, h) => attributes.push(
            types::DocumentAttributeVideo {
                round_message: false,
                supports_streaming: true,
                nosound: false,
                duration: f64::from(*duration),
                w: *w,
                h: *h,
                preload_prefix_size: None,
                video_start_ts: None,
                video_codec: None,
            }
            .into(),
        ),
        DocumentKind::Sticker(alt) => {
            attributes.push(types::DocumentAttributeImageSize { w: 512, h: 512 }.into());
            attributes.push(
                types::DocumentAttributeSticker {
                    mask: false,
                    alt: alt.clone(),
                    stickerset: enums::InputStickerSet::Empty,
                    mask_coords: None,
                }
                .into(),
            );
        }
    }
    if let Some(file_name) = document.name.clone() {
        attributes.push(types::DocumentAttributeFilename { file_name }.into());
    }
    attributes
}
