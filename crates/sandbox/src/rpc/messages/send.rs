//! Writing: text and media, exactly once per `random_id`.

use std::sync::Arc;

use grammers_tl_types::{
    Cursor, Deserializable, Identifiable, enums, functions::messages as f, types,
};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::account::Sent;
use crate::world::files::{Document, DocumentKind, Picture, Source};
use crate::world::message::{Draft, Media};
use crate::world::message_box::{Entry, Event};
use crate::world::snapshot::Received;
use crate::world::{BoxKey, News, World};

use super::super::envelope::Envelope;
use super::super::{Answer, Call};

/// Longest text, in UTF-16 code units, and longest caption.
const LONGEST_TEXT: usize = 4096;
const LONGEST_CAPTION: usize = 1024;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::SendMessage::CONSTRUCTOR_ID => call.on(body, send_message),
        f::SendMedia::CONSTRUCTOR_ID => call.on(body, send_media),
        _ => return None,
    })
}

/// Notes a request's `random_id` as being in flight, for requests that will be handled later.
/// False where the request is none of that kind, or the id was used before.
pub(in crate::rpc) fn announce(world: &mut World, account: i64, call: &Envelope) -> bool {
    let cursor = &mut Cursor::from_slice(&call.body);
    let named = match call.id {
        f::SendMessage::CONSTRUCTOR_ID => {
            f::SendMessage::deserialize(cursor).map(|q| (q.peer, q.random_id))
        }
        f::SendMedia::CONSTRUCTOR_ID => {
            f::SendMedia::deserialize(cursor).map(|q| (q.peer, q.random_id))
        }
        _ => return false,
    };
    let Ok((peer, random_id)) = named else {
        return false;
    };
    let peer = match peer {
        enums::InputPeer::User(user) => Peer::User(user.user_id),
        enums::InputPeer::Chat(chat) => Peer::Chat(chat.chat_id),
        enums::InputPeer::Channel(channel) => Peer::Channel(channel.channel_id),
        enums::InputPeer::PeerSelf => Peer::User(account),
        _ => return false,
    };
    let Some(account) = world.accounts.get_mut(&account) else {
        return false;
    };
    let unused = !account.sent.contains_key(&(peer, random_id));
    if unused {
        account.sent.insert((peer, random_id), Sent::InFlight);
    }
    unused
}

/// What is to be sent, whichever function asks for it.
struct Sending {
    peer: Peer,
    random_id: i64,
    draft: Draft,
    clear_draft: bool,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn replied(input: Option<&enums::InputReplyTo>) -> Option<i32> {
    match input {
        Some(enums::InputReplyTo::Message(reply)) => Some(reply.reply_to_msg_id),
        _ => None,
    }
}

fn send_message(call: &mut Call<'_>, q: f::SendMessage) -> Result<enums::Updates, RpcError> {
    let peer = call.peer(&q.peer)?;
    let random_id = q.random_id;
    let checked = if q.message.trim().is_empty() {
        Err(RpcError::bad("MESSAGE_EMPTY"))
    } else if units(&q.message) > LONGEST_TEXT {
        Err(RpcError::bad("MESSAGE_TOO_LONG"))
    } else {
        Ok(Draft {
            text: q.message,
            entities: q.entities.unwrap_or_default(),
            reply_to: replied(q.reply_to.as_ref()),
            silent: q.silent,
            ..Draft::default()
        })
    };
    let clear_draft = q.clear_draft;
    call.send_once(peer, random_id, |_| {
        checked.map(|draft| Sending {
            peer,
            random_id,
            draft,
            clear_draft,
        })
    })
}

fn send_media(call: &mut Call<'_>, q: f::SendMedia) -> Result<enums::Updates, RpcError> {
    let peer = call.peer(&q.peer)?;
    let random_id = q.random_id;
    call.send_once(peer, random_id, |call| {
        if units(&q.message) > LONGEST_CAPTION {
            return Err(RpcError::bad("MEDIA_CAPTION_TOO_LONG"));
        }
        let media = call.sent_media(q.media)?;
        let draft = Draft {
            text: q.message,
            entities: q.entities.unwrap_or_default(),
            media: Some(media),
            reply_to: replied(q.reply_to.as_ref()),
            silent: q.silent,
            ..Draft::default()
        };
        Ok(Sending {
            peer,
            random_id,
            draft,
            clear_draft: q.clear_draft,
        })
    })
}

impl Call<'_> {
    /// Sends unless the `random_id` was used before: then the first message is the answer.
    fn send_once(
        &mut self,
        peer: Peer,
        random_id: i64,
        prepare: impl FnOnce(&mut Self) -> Result<Sending, RpcError>,
    ) -> Result<enums::Updates, RpcError> {
        let account = self.account()?;
        if random_id == 0 {
            return Err(RpcError::bad("RANDOM_ID_EMPTY"));
        }
        match self.own()?.sent.get(&(peer, random_id)) {
            Some(Sent::Done(id)) => return self.sent_before(peer, random_id, *id),
            Some(Sent::InFlight) if !self.announced => {
                return Err(RpcError::new(500, "RANDOM_ID_DUPLICATE"));
            }
            Some(Sent::InFlight) | None => {}
        }
        let sent = prepare(self).and_then(|sending| self.send(account, sending));
        if sent.is_err()
            && let Some(own) = self.world().accounts.get_mut(&account)
        {
            own.sent.remove(&(peer, random_id));
        }
        sent
    }

    fn send(&mut self, account: i64, sending: Sending) -> Result<enums::Updates, RpcError> {
        let Sending {
            peer,
            random_id,
            draft,
            clear_draft,
        } = sending;
        let world = self.world();
        world.check_may_write(account, peer)?;
        let text = draft.text.clone();
        let id = world
            .post(account, peer, draft)
            .ok_or_else(|| RpcError::bad("PEER_ID_INVALID"))?;
        world.wrote(account, peer);
        let date = world.now();
        if let Some(own) = world.accounts.get_mut(&account) {
            own.sent.insert((peer, random_id), Sent::Done(id));
        }
        let received = Received {
            account,
            id,
            text,
            random_id,
            date,
        };
        world.heard.push((peer, received.clone()));
        world.received.entry(peer).or_default().push(received);
        if clear_draft {
            world.save_draft(account, peer, None);
        }
        self.sent_now(peer, random_id, id)
    }

    /// The event by which a message came into a box.
    fn event_of(&self, account: i64, key: BoxKey, id: i32) -> Option<Entry> {
        let pushes = self.state.world.pushes.iter().rev();
        pushes
            .filter(|push| push.account == account)
            .find_map(|push| match &push.news {
                News::Event(found, entry) if *found == key => match entry.event {
                    Event::New(new) if new == id => Some(entry.clone()),
                    _ => None,
                },
                _ => None,
            })
    }

    fn sent_now(&self, peer: Peer, random_id: i64, id: i32) -> Result<enums::Updates, RpcError> {
        let key = BoxKey::of(peer);
        let account = self.account()?;
        let entry = self.event_of(account, key, id);
        let entry = entry.ok_or_else(|| RpcError::new(500, "MSG_WAIT_FAILED"))?;
        let stored = self.state.world.message(account, key, id);
        let short = stored.filter(|stored| {
            matches!(peer, Peer::User(_))
                && stored
                    .extra
                    .as_deref()
                    .is_none_or(|extra| extra.media.is_none())
        });
        if let Some(stored) = short {
            let entities = stored.extra.as_deref().map(|extra| extra.entities.clone());
            return Ok(types::UpdateShortSentMessage {
                out: stored.out,
                id,
                pts: entry.pts,
                pts_count: entry.count,
                date: stored.date,
                media: None,
                entities: entities.filter(|found| !found.is_empty()),
                ttl_period: None,
            }
            .into());
        }
        self.named(random_id, id, key, &entry)
    }

    /// A repeat: the first message's id, and an update that moves no pts.
    fn sent_before(&self, peer: Peer, random_id: i64, id: i32) -> Result<enums::Updates, RpcError> {
        let key = BoxKey::of(peer);
        let account = self.account()?;
        let pts = self
            .state
            .world
            .message_box(account, key)
            .map_or(0, |found| found.pts());
        self.named(
            random_id,
            id,
            key,
            &Entry {
                pts,
                count: 0,
                event: Event::New(id),
            },
        )
    }

    fn named(
        &self,
        random_id: i64,
        id: i32,
        key: BoxKey,
        entry: &Entry,
    ) -> Result<enums::Updates, RpcError> {
        let mut view = self.view()?;
        let named = types::UpdateMessageId { id, random_id }.into();
        let event = view.event(key, entry);
        Ok(view.updates(vec![named, event], 0))
    }

    fn sent_media(&mut self, input: enums::InputMedia) -> Result<Media, RpcError> {
        let date = self.state.world.now();
        match input {
            enums::InputMedia::UploadedPhoto(photo) => {
                let bytes = self.uploaded(&photo.file)?;
                let picture = Picture::Uploaded(bytes);
                Ok(Media::Photo(
                    self.world().add_photo(picture, 800, 600, date),
                ))
            }
            enums::InputMedia::UploadedDocument(document) => {
                let bytes = self.uploaded(&document.file)?;
                let document = described(document, bytes);
                Ok(Media::Document(self.world().add_document(document, date)))
            }
            enums::InputMedia::Contact(contact) => Ok(Media::Contact {
                phone: contact.phone_number,
                first: contact.first_name,
                last: contact.last_name,
                user: 0,
            }),
            _ => Err(RpcError::bad("MEDIA_INVALID")),
        }
    }

    fn uploaded(&mut self, file: &enums::InputFile) -> Result<Arc<[u8]>, RpcError> {
        let account = self.account()?;
        let (id, parts) = match file {
            enums::InputFile::File(file) => (file.id, file.parts),
            enums::InputFile::Big(file) => (file.id, file.parts),
            enums::InputFile::StoryDocument(_) => return Err(RpcError::bad("MEDIA_INVALID")),
        };
        let bytes = self.world().uploads.take(account, id, parts);
        Ok(bytes
            .ok_or_else(|| RpcError::bad("FILE_PARTS_INVALID"))?
            .into())
    }
}

fn described(input: types::InputMediaUploadedDocument, bytes: Arc<[u8]>) -> Document {
    let (mut name, mut kind) = (None, DocumentKind::Plain);
    for attribute in input.attributes {
        match attribute {
            enums::DocumentAttribute::Filename(found) => name = Some(found.file_name),
            enums::DocumentAttribute::Audio(audio) if audio.voice => {
                kind = DocumentKind::Voice(audio.duration);
            }
            enums::DocumentAttribute::Video(video) => {
                kind = DocumentKind::Video(video.duration as i32, video.w, video.h);
            }
            _ => {}
        }
    }
    Document {
        mime: input.mime_type,
        name,
        kind,
        source: Source::Uploaded(bytes),
    }
}
