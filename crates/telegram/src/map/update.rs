//! Updates (<https://core.telegram.org/type/Update>).

use grammers_tl_types::{enums, types};
use switchboard_model::{BoxId, Fact, MessageId, PeerId};

use super::{View, count, dialog, id};

impl View {
    /// What an update says, in order. Most kinds of updates say nothing that is kept.
    pub(crate) fn facts(&self, update: enums::Update) -> Vec<Fact> {
        use enums::Update as U;
        match update {
            U::FolderPeers(folders) => folders
                .folder_peers
                .iter()
                .map(|enums::FolderPeer::Peer(entry)| Fact::Archived {
                    peer: self.id(&entry.peer),
                    archived: entry.folder_id == 1,
                })
                .collect(),
            U::NewMessage(types::UpdateNewMessage { message, .. })
            | U::NewChannelMessage(types::UpdateNewChannelMessage { message, .. }) => {
                self.noted(message)
            }
            other => self.single(other).into_iter().collect(),
        }
    }

    /// A message, and what its being a note says about the chat itself.
    fn noted(&self, message: enums::Message) -> Vec<Fact> {
        let changes = match &message {
            enums::Message::Service(note) => changes_chat(&note.action),
            enums::Message::Message(_) | enums::Message::Empty(_) => false,
        };
        let Some(message) = self.message(message) else {
            return Vec::new();
        };
        let peer = message.peer;
        let mut facts = vec![Fact::Message(Box::new(message))];
        if changes {
            facts.push(Fact::PeerChanged(peer));
        }
        facts
    }

    fn single(&self, update: enums::Update) -> Option<Fact> {
        use enums::Update as U;
        Some(match update {
            U::EditMessage(types::UpdateEditMessage { message, .. })
            | U::EditChannelMessage(types::UpdateEditChannelMessage { message, .. }) => {
                Fact::Edited(Box::new(self.message(message)?))
            }
            U::MessageId(u) => Fact::Accepted {
                random_id: u.random_id,
                id: MessageId(u.id),
            },
            // grammers writes an answer's bare pts as a deletion of nothing.
            U::DeleteMessages(u) => deleted(BoxId(0), u.messages)?,
            U::DeleteChannelMessages(u) => deleted(BoxId(u.channel_id), u.messages)?,
            U::ReadHistoryInbox(u) if u.top_msg_id.is_none() => Fact::ReadIn {
                peer: self.id(&u.peer),
                up_to: MessageId(u.max_id),
                unread: Some(count(u.still_unread_count)),
            },
            U::ReadChannelInbox(u) => Fact::ReadIn {
                peer: PeerId::channel(u.channel_id),
                up_to: MessageId(u.max_id),
                unread: Some(count(u.still_unread_count)),
            },
            U::ReadHistoryOutbox(u) => Fact::ReadOut {
                peer: self.id(&u.peer),
                up_to: MessageId(u.max_id),
            },
            U::ReadChannelOutbox(u) => Fact::ReadOut {
                peer: PeerId::channel(u.channel_id),
                up_to: MessageId(u.max_id),
            },
            other => return self.of_dialog(other),
        })
    }

    /// Updates of how a dialog is listed.
    fn of_dialog(&self, update: enums::Update) -> Option<Fact> {
        use enums::Update as U;
        Some(match update {
            U::DraftMessage(u) if u.top_msg_id.is_none() && u.saved_peer_id.is_none() => {
                Fact::Draft {
                    peer: self.id(&u.peer),
                    draft: dialog::draft(u.draft),
                }
            }
            U::DialogPinned(u) => Fact::Pinned {
                peer: self.dialog_peer(&u.peer)?,
                pinned: u.pinned,
            },
            U::PinnedDialogs(u) => Fact::PinnedOrder {
                archived: u.folder_id == Some(1),
                peers: u.order.as_deref().map(|order| self.order(order)),
            },
            U::DialogUnreadMark(u) if u.saved_peer_id.is_none() => Fact::UnreadMark {
                peer: self.dialog_peer(&u.peer)?,
                marked: u.unread,
            },
            U::NotifySettings(u) => match &u.peer {
                enums::NotifyPeer::Peer(peer) => Fact::Muted {
                    peer: self.id(&peer.peer),
                    until: dialog::muted_until(&u.notify_settings),
                },
                _ => return None,
            },
            U::DialogFilter(_) | U::DialogFilterOrder(_) | U::DialogFilters => Fact::Folders,
            other => return self.of_peer(other),
        })
    }

    /// Updates of peers themselves.
    fn of_peer(&self, update: enums::Update) -> Option<Fact> {
        use enums::Update as U;
        let group = PeerId::group;
        Some(match update {
            U::UserTyping(u) if types_text(&u.action) => Fact::Typing {
                peer: PeerId::user(u.user_id),
                who: PeerId::user(u.user_id),
            },
            U::ChatUserTyping(u) if types_text(&u.action) => Fact::Typing {
                peer: group(u.chat_id),
                who: id(&u.from_id),
            },
            U::ChannelUserTyping(u) if types_text(&u.action) => Fact::Typing {
                peer: PeerId::channel(u.channel_id),
                who: id(&u.from_id),
            },
            U::UserName(u) => Fact::PeerChanged(PeerId::user(u.user_id)),
            U::UserPhone(u) => Fact::PeerChanged(PeerId::user(u.user_id)),
            U::User(u) => Fact::PeerChanged(PeerId::user(u.user_id)),
            U::Chat(u) => Fact::PeerChanged(group(u.chat_id)),
            U::ChatParticipants(u) => Fact::PeerChanged(group(match u.participants {
                enums::ChatParticipants::Participants(list) => list.chat_id,
                enums::ChatParticipants::Forbidden(list) => list.chat_id,
            })),
            U::ChatParticipantAdd(u) => Fact::PeerChanged(group(u.chat_id)),
            U::ChatParticipantDelete(u) => Fact::PeerChanged(group(u.chat_id)),
            U::ChatParticipantAdmin(u) => Fact::PeerChanged(group(u.chat_id)),
            U::Channel(u) => Fact::PeerChanged(PeerId::channel(u.channel_id)),
            U::ChatDefaultBannedRights(u) => Fact::PeerChanged(id(&u.peer)),
            U::PeerBlocked(u) => Fact::PeerChanged(id(&u.peer_id)),
            _ => return None,
        })
    }
}

fn deleted(message_box: BoxId, ids: Vec<i32>) -> Option<Fact> {
    (!ids.is_empty()).then(|| Fact::Deleted {
        message_box,
        ids: ids.into_iter().map(MessageId).collect(),
    })
}

/// Anything but taking it back counts as being at it.
const fn types_text(action: &enums::SendMessageAction) -> bool {
    !matches!(
        action,
        enums::SendMessageAction::SendMessageCancelAction
            | enums::SendMessageAction::SpeakingInGroupCallAction
            | enums::SendMessageAction::SendMessageEmojiInteraction(_)
            | enums::SendMessageAction::SendMessageEmojiInteractionSeen(_)
            | enums::SendMessageAction::SendMessageStopDraftAction(_)
    )
}

/// Whether a note means that the chat's title, photo or membership is another now.
const fn changes_chat(action: &enums::MessageAction) -> bool {
    use enums::MessageAction as A;
    matches!(
        action,
        A::ChatEditTitle(_)
            | A::ChatEditPhoto(_)
            | A::ChatDeletePhoto
            | A::ChatAddUser(_)
            | A::ChatDeleteUser(_)
            | A::ChatJoinedByLink(_)
            | A::ChatJoinedByRequest
            | A::ChatMigrateTo(_)
            | A::ChannelMigrateFrom(_)
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    fn facts(update: impl Into<enums::Update>) -> Vec<Fact> {
        View::default().facts(update.into())
    }

    fn user(user_id: i64) -> enums::Peer {
        types::PeerUser { user_id }.into()
    }

    #[test]
    fn a_new_message_and_an_edited_one() {
        let message: enums::Message = fixtures::message(3, user(5), "a").into();
        let new = facts(types::UpdateNewMessage {
            message: message.clone(),
            pts: 1,
            pts_count: 1,
        });
        assert!(matches!(new.as_slice(), [Fact::Message(m)] if m.id == MessageId(3)));
        let edited = facts(types::UpdateEditMessage {
            message,
            pts: 2,
            pts_count: 1,
        });
        assert!(matches!(edited.as_slice(), [Fact::Edited(_)]));
    }

    #[test]
    fn deletions_name_their_box_and_bare_pts_says_nothing() {
        let delete = |messages| types::UpdateDeleteChannelMessages {
            channel_id: 9,
            messages,
            pts: 4,
            pts_count: 1,
        };
        assert_eq!(
            facts(delete(vec![1, 2])),
            vec![Fact::Deleted {
                message_box: BoxId(9),
                ids: vec![MessageId(1), MessageId(2)]
            }]
        );
        assert_eq!(facts(delete(vec![])), vec![]);
    }

    #[test]
    fn folders_and_reads() {
        let folder = |user_id, folder_id| {
            types::FolderPeer {
                peer: user(user_id),
                folder_id,
            }
            .into()
        };
        let moved = facts(types::UpdateFolderPeers {
            folder_peers: vec![folder(5, 1), folder(6, 0)],
            pts: 1,
            pts_count: 2,
        });
        assert_eq!(
            moved,
            vec![
                Fact::Archived {
                    peer: PeerId::user(5),
                    archived: true
                },
                Fact::Archived {
                    peer: PeerId::user(6),
                    archived: false
                },
            ]
        );
        let read = facts(types::UpdateReadChannelInbox {
            folder_id: None,
            channel_id: 9,
            max_id: 30,
            still_unread_count: 2,
            pts: 3,
        });
        assert_eq!(
            read,
            vec![Fact::ReadIn {
                peer: PeerId::channel(9),
                up_to: MessageId(30),
                unread: Some(2)
            }]
        );
    }

    #[test]
    fn taking_typing_back_is_not_typing() {
        let typing = |action| types::UpdateUserTyping {
            user_id: 5,
            top_msg_id: None,
            action,
        };
        let typed = facts(typing(enums::SendMessageAction::SendMessageTypingAction));
        assert_eq!(typed.len(), 1);
        let ended = facts(typing(enums::SendMessageAction::SendMessageCancelAction));
        assert_eq!(ended, vec![]);
    }

    #[test]
    fn mutes_and_pins() {
        let muted = facts(types::UpdateNotifySettings {
            peer: types::NotifyPeer { peer: user(5) }.into(),
            notify_settings: fixtures::notify(Some(0)).into(),
        });
        assert_eq!(
            muted,
            vec![Fact::Muted {
                peer: PeerId::user(5),
                until: None
            }]
        );
        let order = facts(types::UpdatePinnedDialogs {
            folder_id: Some(1),
            order: Some(vec![types::DialogPeer { peer: user(5) }.into()]),
        });
        assert_eq!(
            order,
            vec![Fact::PinnedOrder {
                archived: true,
                peers: Some(vec![PeerId::user(5)])
            }]
        );
    }

    #[test]
    fn a_note_of_joining_changes_the_chat() {
        let chat = types::PeerChat { chat_id: 20 }.into();
        let note = fixtures::service(8, chat, enums::MessageAction::ChatJoinedByRequest);
        let facts = facts(types::UpdateNewMessage {
            message: note.into(),
            pts: 1,
            pts_count: 1,
        });
        assert!(matches!(
            facts.as_slice(),
            [Fact::Message(_), Fact::PeerChanged(peer)] if *peer == PeerId::group(20)
        ));
    }
}
