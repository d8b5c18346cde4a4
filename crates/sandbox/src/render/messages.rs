//! Messages, service messages and media.

use grammers_tl_types::{enums, types};

use crate::peer::Peer;
use crate::seed;
use crate::world::BoxKey;
use crate::world::message::{Action, Extra, Forward, Media, Stored};

use super::{View, blank};

impl View<'_> {
    /// A message by id; `messageEmpty` where it is gone.
    pub(crate) fn message_at(&mut self, key: BoxKey, id: i32) -> enums::Message {
        let world = self.world;
        match world.message(self.viewer, key, id) {
            Some(stored) => self.message(id, stored),
            None => types::MessageEmpty { id, peer_id: None }.into(),
        }
    }

    /// A message, with whom it mentions.
    pub(crate) fn message(&mut self, id: i32, stored: &Stored) -> enums::Message {
        self.mention_author(stored);
        let peer_id = self.mention(stored.peer);
        let extra = stored.extra.as_deref();
        if let Some(action) = extra.and_then(|extra| extra.action.as_ref()) {
            return self.service(id, stored, action, peer_id);
        }
        let text = self.world.text_of(stored);
        let mut message = blank::message(id, peer_id, stored.date, text);
        message.out = self.world.is_out(self.viewer, stored);
        message.from_id = self.author(stored);
        message.post = !self.world.is_signed(stored);
        // Both or neither: they share a flag.
        message.views = message.post.then_some(self.views(stored));
        message.forwards = message.post.then_some(0);
        message.edit_date = (stored.edit_date != 0).then_some(stored.edit_date);
        if let Some(extra) = extra {
            self.fill(&mut message, extra);
        }
        message.into()
    }

    fn fill(&mut self, message: &mut types::Message, extra: &Extra) {
        message.silent = extra.silent;
        message.entities = (!extra.entities.is_empty()).then(|| extra.entities.clone());
        message.media = extra.media.as_ref().map(|media| self.media(media));
        message.reply_to = extra.reply_to.map(reply_header);
        message.grouped_id = extra.grouped_id;
        message.fwd_from = extra.forward.as_ref().map(|forward| self.forward(forward));
    }

    /// Private chats leave the author out: `out` tells it.
    fn author(&self, stored: &Stored) -> Option<enums::Peer> {
        match stored.peer {
            Peer::User(_) => None,
            Peer::Chat(_) => Some(Peer::User(stored.from).to_tl()),
            Peer::Channel(_) => self
                .world
                .is_signed(stored)
                .then(|| Peer::User(stored.from).to_tl()),
        }
    }

    fn views(&self, stored: &Stored) -> i32 {
        (seed::hash(&[self.world.seed, stored.uid]) % 900) as i32 + 20
    }

    fn service(
        &mut self,
        id: i32,
        stored: &Stored,
        action: &Action,
        peer_id: enums::Peer,
    ) -> enums::Message {
        let action = self.action(action);
        let mut message = blank::message_service(id, peer_id, stored.date, action);
        message.out = self.world.is_out(self.viewer, stored);
        message.from_id = self.author(stored);
        message.post = !self.world.is_signed(stored);
        let reply_to = stored.extra.as_deref().and_then(|extra| extra.reply_to);
        message.reply_to = reply_to.map(reply_header);
        message.into()
    }

    fn action(&mut self, action: &Action) -> enums::MessageAction {
        match action.clone() {
            Action::GroupCreated { title, members } => {
                self.mention_users(&members);
                types::MessageActionChatCreate {
                    title,
                    users: members,
                }
                .into()
            }
            Action::ChannelCreated(title) => types::MessageActionChannelCreate { title }.into(),
            Action::Added(users) => {
                self.mention_users(&users);
                types::MessageActionChatAddUser { users }.into()
            }
            Action::Removed(user_id) => {
                self.mention_users(&[user_id]);
                types::MessageActionChatDeleteUser { user_id }.into()
            }
            Action::Renamed(title) => types::MessageActionChatEditTitle { title }.into(),
            Action::MigratedTo(channel_id) => {
                self.mention(Peer::Channel(channel_id));
                types::MessageActionChatMigrateTo { channel_id }.into()
            }
            Action::MigratedFrom { title, chat } => {
                self.mention(Peer::Chat(chat));
                types::MessageActionChannelMigrateFrom {
                    title,
                    chat_id: chat,
                }
                .into()
            }
            Action::Pinned => enums::MessageAction::PinMessage,
            Action::Call(seconds) => call(seconds),
            Action::Joined => enums::MessageAction::ContactSignUp,
        }
    }

    fn mention_users(&mut self, users: &[i64]) {
        for user in users {
            self.mention(Peer::User(*user));
        }
    }

    fn forward(&mut self, forward: &Forward) -> enums::MessageFwdHeader {
        let mut header = blank::message_fwd_header(forward.date);
        header.from_id = forward.from.map(|peer| self.mention(peer));
        header.from_name.clone_from(&forward.name);
        header.into()
    }

    /// What a message carries.
    pub(crate) fn media(&self, media: &Media) -> enums::MessageMedia {
        match media {
            Media::Photo(id) => {
                let mut photo = blank::message_media_photo();
                photo.photo = Some(self.photo(*id));
                photo.into()
            }
            Media::Document(id) => self.document_media(*id),
            Media::Geo(lat, long) => types::MessageMediaGeo {
                geo: geo_point(*lat, *long),
            }
            .into(),
            Media::Contact {
                phone,
                first,
                last,
                user,
            } => types::MessageMediaContact {
                phone_number: phone.clone(),
                first_name: first.clone(),
                last_name: last.clone(),
                vcard: String::new(),
                user_id: *user,
            }
            .into(),
            Media::Poll { question, answers } => poll(question, answers),
        }
    }

    fn document_media(&self, id: i64) -> enums::MessageMedia {
        let mut media = blank::message_media_document();
        let document = self.document(id);
        if let enums::Document::Document(document) = &document {
            for attribute in &document.attributes {
                match attribute {
                    enums::DocumentAttribute::Audio(audio) => media.voice |= audio.voice,
                    enums::DocumentAttribute::Video(_) => media.video = true,
                    _ => {}
                }
            }
        }
        media.document = Some(document);
        media.into()
    }
}

fn reply_header(id: i32) -> enums::MessageReplyHeader {
    let mut header = blank::message_reply_header();
    header.reply_to_msg_id = Some(id);
    header.into()
}

fn geo_point(lat: f64, long: f64) -> enums::GeoPoint {
    types::GeoPoint {
        long,
        lat,
        access_hash: 0,
        accuracy_radius: None,
    }
    .into()
}

fn call(seconds: i32) -> enums::MessageAction {
    let missed = seconds == 0;
    types::MessageActionPhoneCall {
        video: false,
        call_id: i64::from(seconds),
        reason: Some(if missed {
            enums::PhoneCallDiscardReason::Missed
        } else {
            enums::PhoneCallDiscardReason::Hangup
        }),
        duration: (!missed).then_some(seconds),
    }
    .into()
}

fn plain(text: &str) -> enums::TextWithEntities {
    types::TextWithEntities {
        text: text.to_owned(),
        entities: Vec::new(),
    }
    .into()
}

fn poll(question: &str, answers: &[String]) -> enums::MessageMedia {
    let answers = answers
        .iter()
        .zip(0_u8..)
        .map(|(answer, option)| {
            types::PollAnswer {
                text: plain(answer),
                option: vec![option],
                media: None,
                added_by: None,
                date: None,
            }
            .into()
        })
        .collect();
    let mut poll = blank::poll(plain(question), answers);
    poll.id = seed::hash(&[question.len() as u64]) as i64;
    let results = blank::poll_results();
    types::MessageMediaPoll {
        poll: poll.into(),
        results: results.into(),
        attached_media: None,
    }
    .into()
}
