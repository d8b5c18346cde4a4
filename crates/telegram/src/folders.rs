//! Folders of chats (<https://core.telegram.org/api/folders#dialog-folders>).

use grammers_tl_types::{enums, functions, types};
use switchboard_model::{FolderRule, PeerId};

use crate::map::cut;
use crate::{CallError, Link};

impl Link {
    /// The account's folders in their order, without the one that holds all chats.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn folders(&self) -> Result<Vec<FolderRule>, CallError> {
        let request = functions::messages::GetDialogFilters {};
        let enums::messages::DialogFilters::Filters(answer) = self.call(&request).await?;
        let me = self.known().me();
        let folders = answer.filters.into_iter();
        Ok(folders.filter_map(|folder| rule(folder, me)).collect())
    }
}

fn rule(folder: enums::DialogFilter, me: i64) -> Option<FolderRule> {
    match folder {
        enums::DialogFilter::Default => None,
        enums::DialogFilter::Filter(folder) => Some(own(folder, me)),
        enums::DialogFilter::Chatlist(folder) => Some(FolderRule {
            id: folder.id,
            title: title(&folder.title),
            emoticon: folder.emoticon,
            always: peers([&folder.pinned_peers, &folder.include_peers], me),
            ..FolderRule::default()
        }),
    }
}

fn own(folder: types::DialogFilter, me: i64) -> FolderRule {
    FolderRule {
        id: folder.id,
        title: title(&folder.title),
        emoticon: folder.emoticon,
        contacts: folder.contacts,
        others: folder.non_contacts,
        groups: folder.groups,
        channels: folder.broadcasts,
        bots: folder.bots,
        no_muted: folder.exclude_muted,
        no_read: folder.exclude_read,
        no_archived: folder.exclude_archived,
        always: peers([&folder.pinned_peers, &folder.include_peers], me),
        never: peers([&folder.exclude_peers], me),
    }
}

fn title(text: &enums::TextWithEntities) -> String {
    let enums::TextWithEntities::Entities(text) = text;
    cut(&text.text)
}

/// Each peer once, in order.
fn peers<const N: usize>(lists: [&Vec<enums::InputPeer>; N], me: i64) -> Vec<PeerId> {
    let mut peers: Vec<PeerId> = Vec::new();
    for peer in lists.into_iter().flatten() {
        let peer = match peer {
            enums::InputPeer::PeerSelf => Some(PeerId::user(me)),
            enums::InputPeer::User(user) => Some(PeerId::user(user.user_id)),
            enums::InputPeer::Chat(chat) => Some(PeerId::group(chat.chat_id)),
            enums::InputPeer::Channel(channel) => Some(PeerId::channel(channel.channel_id)),
            // Of somebody met in a group only: no chat with them can be in a list.
            _ => None,
        };
        peers.extend(peer.filter(|peer| !peers.contains(peer)));
    }
    peers
}
