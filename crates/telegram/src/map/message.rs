//! Messages (<https://core.telegram.org/constructor/message>).

use grammers_tl_types::{enums, types};
use switchboard_model::{MessageFact, MessageId, MessageKind, PeerId, PeerKind};

use super::media::{self, Carried};
use super::{View, cut, entity};

impl View {
    /// A message, whole; absent where it no longer exists.
    pub(crate) fn message(&self, message: enums::Message) -> Option<MessageFact> {
        match message {
            enums::Message::Message(message) => Some(self.ordinary(message)),
            enums::Message::Service(message) => Some(self.service(message)),
            enums::Message::Empty(_) => None,
        }
    }

    /// Messages of an answer, without those that no longer exist.
    pub(crate) fn messages(&self, messages: Vec<enums::Message>) -> Vec<MessageFact> {
        messages
            .into_iter()
            .filter_map(|message| self.message(message))
            .collect()
    }

    fn ordinary(&self, message: types::Message) -> MessageFact {
        let peer = self.id(&message.peer_id);
        let carried = match message.media {
            Some(media) => media::of(media),
            None if message.message.is_empty() && message.rich_message.is_some() => {
                media::unsupported()
            }
            None => Carried::text(),
        };
        // Servers call everything in Saved Messages incoming; what was written there is not.
        let out = message.out || (peer.0 == self.me && message.fwd_from.is_none());
        let forwarded_from = message
            .fwd_from
            .map(|enums::MessageFwdHeader::Header(header)| self.first_author(&header));
        MessageFact {
            peer,
            id: MessageId(message.id),
            sender: self.sender(peer, message.from_id.as_ref(), out, message.post),
            out,
            date: i64::from(message.date),
            edit_date: message
                .edit_date
                .filter(|_| !message.edit_hide)
                .map(i64::from),
            kind: carried.kind,
            text: message.message,
            line: carried.line,
            entities: entity::all(message.entities.unwrap_or_default()),
            reply_to: self.answered(peer, message.reply_to.as_ref()),
            forwarded_from,
            album: message.grouped_id,
            media: carried.media,
            file: carried.file,
            mentioned: message.mentioned,
            expires: expiry(message.date, message.ttl_period),
        }
    }

    fn service(&self, message: types::MessageService) -> MessageFact {
        let peer = self.id(&message.peer_id);
        let sender = self.sender(peer, message.from_id.as_ref(), message.out, message.post);
        MessageFact {
            peer,
            id: MessageId(message.id),
            sender,
            out: message.out,
            date: i64::from(message.date),
            edit_date: None,
            kind: MessageKind::Service,
            text: String::new(),
            line: Some(self.action(peer, sender, &message.action)),
            entities: Vec::new(),
            reply_to: self.answered(peer, message.reply_to.as_ref()),
            forwarded_from: None,
            album: None,
            media: None,
            file: None,
            mentioned: message.mentioned,
            expires: expiry(message.date, message.ttl_period),
        }
    }

    /// Between two people the sender is often left out: it is whoever did not receive.
    fn sender(
        &self,
        chat: PeerId,
        from: Option<&enums::Peer>,
        out: bool,
        post: bool,
    ) -> Option<PeerId> {
        if let Some(from) = from {
            return Some(self.id(from));
        }
        match chat.kind() {
            _ if post => None,
            PeerKind::User(_) if out => Some(PeerId::user(self.me)),
            PeerKind::User(_) => Some(chat),
            PeerKind::Group(_) | PeerKind::Channel(_) => out.then(|| PeerId::user(self.me)),
        }
    }

    fn answered(
        &self,
        chat: PeerId,
        header: Option<&enums::MessageReplyHeader>,
    ) -> Option<MessageId> {
        let Some(enums::MessageReplyHeader::Header(header)) = header else {
            return None;
        };
        let elsewhere = header
            .reply_to_peer_id
            .as_ref()
            .is_some_and(|peer| self.id(peer) != chat);
        // Without a top id, a forum's message names its topic here, which is no answer.
        let topic = header.forum_topic && header.reply_to_top_id.is_none();
        if elsewhere || topic || header.reply_to_scheduled {
            return None;
        }
        header.reply_to_msg_id.filter(|id| *id > 0).map(MessageId)
    }

    fn first_author(&self, header: &types::MessageFwdHeader) -> String {
        let named = header
            .from_id
            .as_ref()
            .and_then(|peer| self.name(self.id(peer)));
        named
            .or(header.from_name.as_deref())
            .or(header.post_author.as_deref())
            .map(cut)
            .unwrap_or_default()
    }
}

/// Lowest id among messages, those that no longer exist included.
pub(crate) fn lowest_id(messages: &[enums::Message]) -> Option<MessageId> {
    messages
        .iter()
        .map(|message| match message {
            enums::Message::Empty(message) => MessageId(message.id),
            enums::Message::Message(message) => MessageId(message.id),
            enums::Message::Service(message) => MessageId(message.id),
        })
        .min()
}

fn expiry(date: i32, period: Option<i32>) -> Option<i64> {
    period
        .filter(|period| *period > 0)
        .map(|period| i64::from(date) + i64::from(period))
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    fn view() -> View {
        View::new(1, vec![fixtures::user(5, "Anna").into()], vec![])
    }

    fn fact(message: types::Message) -> MessageFact {
        view().message(message.into()).unwrap()
    }

    fn peer(user_id: i64) -> enums::Peer {
        types::PeerUser { user_id }.into()
    }

    #[test]
    fn between_two_people_the_sender_is_inferred() {
        let mut message = fixtures::message(7, peer(5), "hello");
        assert_eq!(fact(message.clone()).sender, Some(PeerId::user(5)));
        message.out = true;
        let out = fact(message);
        assert_eq!(out.sender, Some(PeerId::user(1)));
        assert_eq!((out.peer, out.id), (PeerId::user(5), MessageId(7)));
        assert_eq!(out.kind, MessageKind::Text);
    }

    #[test]
    fn a_post_of_a_channel_has_no_sender() {
        let channel = types::PeerChannel { channel_id: 9 }.into();
        let mut message = fixtures::message(7, channel, "news");
        message.post = true;
        assert_eq!(fact(message).sender, None);
    }

    #[test]
    fn user_zero_is_the_account_itself() {
        let mut message = fixtures::message(7, peer(0), "note");
        assert!(fact(message.clone()).out);
        assert_eq!(fact(message.clone()).peer, PeerId::user(1));
        message.fwd_from = Some(fixtures::forward().into());
        assert!(!fact(message).out);
    }

    #[test]
    fn hidden_edits_and_expiry() {
        let mut message = fixtures::message(7, peer(5), "x");
        message.date = 100;
        message.edit_date = Some(200);
        message.ttl_period = Some(60);
        assert_eq!(fact(message.clone()).edit_date, Some(200));
        assert_eq!(fact(message.clone()).expires, Some(160));
        message.edit_hide = true;
        assert_eq!(fact(message).edit_date, None);
    }

    #[test]
    fn only_answers_within_the_chat_count() {
        let mut header = fixtures::reply_header(3);
        let mut message = fixtures::message(7, peer(5), "x");
        message.reply_to = Some(header.clone().into());
        assert_eq!(fact(message.clone()).reply_to, Some(MessageId(3)));
        header.reply_to_peer_id = Some(peer(6));
        message.reply_to = Some(header.clone().into());
        assert_eq!(fact(message.clone()).reply_to, None);
        header.reply_to_peer_id = None;
        header.forum_topic = true;
        message.reply_to = Some(header.into());
        assert_eq!(fact(message).reply_to, None);
    }

    #[test]
    fn a_forward_names_its_author() {
        let mut header = fixtures::forward();
        header.from_id = Some(peer(5));
        let mut message = fixtures::message(7, peer(5), "x");
        message.fwd_from = Some(header.clone().into());
        assert_eq!(
            fact(message.clone()).forwarded_from.as_deref(),
            Some("Anna")
        );
        header.from_id = None;
        header.from_name = Some("Hidden".into());
        message.fwd_from = Some(header.into());
        assert_eq!(fact(message).forwarded_from.as_deref(), Some("Hidden"));
    }

    #[test]
    fn hostile_text_passes_unchanged() {
        let text = "\u{202e}<b>\0&amp;\u{1F600}".repeat(300);
        assert_eq!(fact(fixtures::message(1, peer(5), &text)).text, text);
    }
}
