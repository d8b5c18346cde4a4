//! Dialogs, drafts and notification settings.

use grammers_tl_types::{enums, types};
use switchboard_model::{DialogFact, Draft, MessageId, PeerId};

use super::{View, count};

impl View {
    /// A dialog; absent for folders and communities. `pinned` is its place where it is pinned.
    pub(crate) fn dialog(&self, dialog: enums::Dialog, pinned: u32) -> Option<DialogFact> {
        let enums::Dialog::Dialog(dialog) = dialog else {
            return None;
        };
        Some(DialogFact {
            peer: self.id(&dialog.peer),
            top: MessageId(dialog.top_message.max(0)),
            read_in: MessageId(dialog.read_inbox_max_id.max(0)),
            read_out: MessageId(dialog.read_outbox_max_id.max(0)),
            unread: count(dialog.unread_count),
            unread_mark: dialog.unread_mark,
            mentions: count(dialog.unread_mentions_count),
            pinned: dialog.pinned.then_some(pinned),
            archived: dialog.folder_id == Some(1),
            muted_until: muted_until(&dialog.notify_settings),
            draft: dialog.draft.and_then(draft),
            pts: dialog.pts,
        })
    }

    /// The peers of an ordered list, without folders.
    pub(crate) fn order(&self, order: &[enums::DialogPeer]) -> Vec<PeerId> {
        order
            .iter()
            .filter_map(|peer| self.dialog_peer(peer))
            .collect()
    }

    pub(super) fn dialog_peer(&self, peer: &enums::DialogPeer) -> Option<PeerId> {
        match peer {
            enums::DialogPeer::Peer(peer) => Some(self.id(&peer.peer)),
            enums::DialogPeer::Folder(_) | enums::DialogPeer::Community(_) => None,
        }
    }
}

/// Unix second until which a chat is muted. What is past counts as not muted when it is shown.
pub(super) fn muted_until(settings: &enums::PeerNotifySettings) -> Option<i64> {
    let enums::PeerNotifySettings::Settings(settings) = settings;
    settings
        .mute_until
        .filter(|until| *until > 0)
        .map(i64::from)
}

/// An unsent text; absent where it was cleared.
pub(super) fn draft(draft: enums::DraftMessage) -> Option<Draft> {
    let enums::DraftMessage::Message(draft) = draft else {
        return None;
    };
    let reply_to = match draft.reply_to {
        Some(enums::InputReplyTo::Message(types::InputReplyToMessage {
            reply_to_msg_id,
            reply_to_peer_id: None,
            ..
        })) => Some(MessageId(reply_to_msg_id)),
        _ => None,
    };
    Some(Draft {
        text: draft.message,
        reply_to,
        date: i64::from(draft.date),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    #[test]
    fn a_dialog_in_the_archive() {
        let mut dialog = fixtures::dialog(types::PeerUser { user_id: 5 }.into(), 40);
        dialog.folder_id = Some(1);
        dialog.pinned = true;
        dialog.unread_count = -1;
        dialog.notify_settings = fixtures::notify(Some(i32::MAX)).into();
        dialog.draft = Some(fixtures::draft("later").into());
        let fact = View::default().dialog(dialog.into(), 2).unwrap();
        assert_eq!(fact.peer, PeerId::user(5));
        assert!(fact.archived);
        assert_eq!((fact.pinned, fact.unread), (Some(2), 0));
        assert_eq!(fact.muted_until, Some(i64::from(i32::MAX)));
        assert_eq!(fact.draft.unwrap().text, "later");
    }
}
