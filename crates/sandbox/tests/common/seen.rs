//! What a client has seen, in the words of the world's snapshot.

use grammers_tl_types::enums::{self, DocumentAttribute, MessageEntity, MessageMedia};
use switchboard_sandbox::{Kind, Peer, WorldDialog, WorldEntity, WorldMessage};

pub(crate) fn peer(peer: &enums::Peer) -> Peer {
    match peer {
        enums::Peer::User(user) => Peer::User(user.user_id),
        enums::Peer::Chat(chat) => Peer::Chat(chat.chat_id),
        enums::Peer::Channel(channel) => Peer::Channel(channel.channel_id),
    }
}

/// The sender as a client works it out: private chats name none.
fn sender(from: Option<&enums::Peer>, chat: Peer, out: bool, post: bool, me: i64) -> Option<i64> {
    match (from, chat) {
        _ if post => None,
        (Some(from), _) => Some(peer(from).bare()),
        (None, Peer::User(_)) if out => Some(me),
        (None, Peer::User(user)) => Some(user),
        (None, _) => None,
    }
}

pub(crate) fn message(message: &enums::Message, me: i64) -> Option<WorldMessage> {
    let reply = |header: &Option<enums::MessageReplyHeader>| match header {
        Some(enums::MessageReplyHeader::Header(header)) => header.reply_to_msg_id,
        _ => None,
    };
    match message {
        enums::Message::Empty(_) => None,
        enums::Message::Message(m) => {
            let chat = peer(&m.peer_id);
            Some(WorldMessage {
                message_box: if let Peer::Channel(id) = chat { id } else { 0 },
                id: m.id,
                peer: chat.marked(),
                sender: sender(m.from_id.as_ref(), chat, m.out, m.post, me),
                date: m.date,
                edit_date: m.edit_date,
                text: m.message.clone(),
                entities: m.entities.iter().flatten().map(entity).collect(),
                kind: kind(m.media.as_ref()),
                out: m.out,
                reply_to: reply(&m.reply_to),
            })
        }
        enums::Message::Service(m) => {
            let chat = peer(&m.peer_id);
            Some(WorldMessage {
                message_box: if let Peer::Channel(id) = chat { id } else { 0 },
                id: m.id,
                peer: chat.marked(),
                sender: sender(m.from_id.as_ref(), chat, m.out, m.post, me),
                date: m.date,
                edit_date: None,
                text: String::new(),
                entities: Vec::new(),
                kind: Kind::Service,
                out: m.out,
                reply_to: reply(&m.reply_to),
            })
        }
    }
}

fn entity(entity: &MessageEntity) -> WorldEntity {
    let (offset, length, kind, url) = match entity {
        MessageEntity::Bold(e) => (e.offset, e.length, "Bold", None),
        MessageEntity::Url(e) => (e.offset, e.length, "Url", None),
        MessageEntity::Italic(e) => (e.offset, e.length, "Italic", None),
        MessageEntity::Mention(e) => (e.offset, e.length, "Mention", None),
        MessageEntity::Code(e) => (e.offset, e.length, "Code", None),
        MessageEntity::TextUrl(e) => (e.offset, e.length, "TextUrl", Some(e.url.clone())),
        other => panic!("not in the test world: {other:?}"),
    };
    WorldEntity {
        offset,
        length,
        kind,
        url,
    }
}

fn kind(media: Option<&MessageMedia>) -> Kind {
    match media {
        None => Kind::Text,
        Some(MessageMedia::Photo(_)) => Kind::Photo,
        Some(MessageMedia::Geo(_)) => Kind::Geo,
        Some(MessageMedia::Contact(_)) => Kind::Contact,
        Some(MessageMedia::Poll(_)) => Kind::Poll,
        Some(MessageMedia::Document(media)) => {
            let Some(enums::Document::Document(document)) = &media.document else {
                panic!("an empty document")
            };
            let has =
                |wanted: fn(&DocumentAttribute) -> bool| document.attributes.iter().any(wanted);
            if media.voice {
                Kind::Voice
            } else if has(|a| matches!(a, DocumentAttribute::Video(_))) {
                Kind::Video
            } else if has(|a| matches!(a, DocumentAttribute::Sticker(_))) {
                Kind::Sticker
            } else {
                Kind::Document
            }
        }
        Some(other) => panic!("not in the test world: {other:?}"),
    }
}

pub(crate) fn dialog_peer(dialog: &enums::Dialog) -> enums::Peer {
    match dialog {
        enums::Dialog::Dialog(dialog) => dialog.peer.clone(),
        other => panic!("not in the test world: {other:?}"),
    }
}

pub(crate) fn dialog(dialog: &enums::Dialog) -> WorldDialog {
    let enums::Dialog::Dialog(d) = dialog else {
        panic!("a folder")
    };
    let enums::PeerNotifySettings::Settings(settings) = &d.notify_settings;
    WorldDialog {
        peer: peer(&d.peer).marked(),
        top_message: d.top_message,
        read_inbox_max_id: d.read_inbox_max_id,
        read_outbox_max_id: d.read_outbox_max_id,
        unread: d.unread_count,
        unread_mark: d.unread_mark,
        pinned: d.pinned,
        archived: d.folder_id == Some(1),
        mute_until: settings.mute_until.unwrap_or(0),
        draft: match &d.draft {
            Some(enums::DraftMessage::Message(draft)) => Some(draft.message.clone()),
            _ => None,
        },
    }
}
