//! What is done to updates before grammers' sequences see them.

use std::collections::HashSet;

use grammers_session::updates::UpdatesLike;
use grammers_tl_types::enums::updates::{ChannelDifference, Difference};
use grammers_tl_types::{enums, types};
use switchboard_model::{Fact, PeerId};

use crate::boxes::accepted;
use crate::peers::KnownPeers;

/// A pushed item, ready for the sequences.
#[derive(Debug)]
pub(crate) struct Pushed {
    /// What is left of it.
    pub(crate) item: UpdatesLike,
    /// Says which own message got which id.
    pub(crate) accepted: Option<Fact>,
    /// Channels that are behind, and where the server is.
    pub(crate) behind: Vec<(i64, Option<i32>)>,
    /// Channels that it is about.
    pub(crate) active: Vec<i64>,
}

/// Takes out what the sequences must not see.
pub(crate) fn pushed(item: UpdatesLike, known: &KnownPeers, forgotten: &HashSet<i64>) -> Pushed {
    let mut pushed = Pushed {
        item,
        accepted: None,
        behind: Vec::new(),
        active: Vec::new(),
    };
    match &mut pushed.item {
        UpdatesLike::ShortSentMessage { request, update } => {
            if matches!(request.peer, enums::InputPeer::Channel(_)) {
                // Its pts would belong to the channel, which the library does not expect.
                pushed.item = UpdatesLike::MalformedUpdates;
            } else {
                pushed.accepted = Some(accepted(request.random_id, update.id));
            }
        }
        UpdatesLike::Updates(updates) => {
            pushed.behind = sift(updates, forgotten);
            pushed.active = channels(updates);
            if lacks_peer(updates, known) {
                // The difference tells who it is (https://core.telegram.org/api/updates).
                pushed.item = UpdatesLike::Updates(enums::Updates::TooLong);
            }
        }
        UpdatesLike::AffectedChannelMessages { channel_id, .. } => {
            pushed.active = vec![*channel_id];
        }
        _ => {}
    }
    pushed
}

/// An account's difference, ready for the sequences.
#[derive(Debug)]
pub(crate) struct Answered {
    /// What is left of it.
    pub(crate) answer: Difference,
    /// Channels that are behind, and where the server is.
    pub(crate) behind: Vec<(i64, Option<i32>)>,
    /// Channels that it is about.
    pub(crate) active: Vec<i64>,
}

/// Takes out of a difference what the sequences must not see.
pub(crate) fn difference(mut answer: Difference, forgotten: &HashSet<i64>) -> Answered {
    let updates = match &mut answer {
        Difference::Difference(answer) => Some(&mut answer.other_updates),
        Difference::Slice(answer) => Some(&mut answer.other_updates),
        Difference::Empty(_) | Difference::TooLong(_) => None,
    };
    let (mut behind, mut active) = (Vec::new(), Vec::new());
    if let Some(updates) = updates {
        behind = sift_all(updates, forgotten);
        active = updates.iter().filter_map(channel_of).collect();
    }
    Answered {
        answer,
        behind,
        active,
    }
}

/// Parts a channel's difference from the changes in it, without those the library would panic
/// over.
pub(crate) fn channel_difference(
    mut answer: ChannelDifference,
) -> (ChannelDifference, Vec<enums::Update>) {
    let mut changes = Vec::new();
    if let ChannelDifference::Difference(answer) = &mut answer {
        changes = std::mem::take(&mut answer.other_updates);
        changes.retain(is_sound);
    }
    (answer, changes)
}

/// The channels that an item is about.
fn channels(updates: &enums::Updates) -> Vec<i64> {
    let updates = match updates {
        enums::Updates::Updates(updates) => updates.updates.as_slice(),
        enums::Updates::Combined(updates) => updates.updates.as_slice(),
        enums::Updates::UpdateShort(short) => std::slice::from_ref(&short.update),
        _ => &[],
    };
    updates.iter().filter_map(channel_of).collect()
}

fn sift(updates: &mut enums::Updates, forgotten: &HashSet<i64>) -> Vec<(i64, Option<i32>)> {
    match updates {
        enums::Updates::Updates(updates) => sift_all(&mut updates.updates, forgotten),
        enums::Updates::Combined(updates) => sift_all(&mut updates.updates, forgotten),
        enums::Updates::UpdateShort(short) => {
            let mut one = vec![short.update.clone()];
            let behind = sift_all(&mut one, forgotten);
            if one.is_empty() {
                *updates = nothing(short.date);
            }
            behind
        }
        _ => Vec::new(),
    }
}

fn sift_all(updates: &mut Vec<enums::Update>, forgotten: &HashSet<i64>) -> Vec<(i64, Option<i32>)> {
    let mut behind = Vec::new();
    updates.retain(|update| {
        let followed = channel_of(update).is_none_or(|channel| !forgotten.contains(&channel));
        if let enums::Update::ChannelTooLong(too_long) = update {
            if followed {
                behind.push((too_long.channel_id, too_long.pts));
            }
            return false;
        }
        followed && is_sound(update)
    });
    behind
}

fn nothing(date: i32) -> enums::Updates {
    types::Updates {
        updates: Vec::new(),
        users: Vec::new(),
        chats: Vec::new(),
        date,
        seq: 0,
    }
    .into()
}

/// A short message names its sender by id alone, which is of no use for somebody unknown.
fn lacks_peer(updates: &enums::Updates, known: &KnownPeers) -> bool {
    match updates {
        enums::Updates::UpdateShortMessage(short) => {
            known.hash(PeerId::user(short.user_id)).is_none() && short.user_id != known.me()
        }
        _ => false,
    }
}

/// The channel whose sequence an update belongs to.
pub(crate) fn channel_of(update: &enums::Update) -> Option<i64> {
    use enums::Update as U;
    match update {
        U::NewChannelMessage(u) => message_channel(&u.message),
        U::EditChannelMessage(u) => message_channel(&u.message),
        U::ChannelTooLong(u) => Some(u.channel_id),
        U::ReadChannelInbox(u) => Some(u.channel_id),
        U::ReadChannelOutbox(u) => Some(u.channel_id),
        U::DeleteChannelMessages(u) => Some(u.channel_id),
        U::ChannelWebPage(u) => Some(u.channel_id),
        U::PinnedChannelMessages(u) => Some(u.channel_id),
        U::ChannelUserTyping(u) => Some(u.channel_id),
        U::ChannelMessageViews(u) => Some(u.channel_id),
        _ => None,
    }
}

/// Whether the library takes this update: it panics where an update of the account's sequence
/// is about a channel.
fn is_sound(update: &enums::Update) -> bool {
    use enums::Update as U;
    match update {
        U::NewMessage(u) => message_channel(&u.message).is_none(),
        U::EditMessage(u) => message_channel(&u.message).is_none(),
        U::ReadHistoryInbox(u) => !is_channel(&u.peer),
        U::ReadHistoryOutbox(u) => !is_channel(&u.peer),
        U::PinnedMessages(u) => !is_channel(&u.peer),
        _ => true,
    }
}

fn message_channel(message: &enums::Message) -> Option<i64> {
    let peer = match message {
        enums::Message::Empty(message) => message.peer_id.as_ref()?,
        enums::Message::Message(message) => &message.peer_id,
        enums::Message::Service(message) => &message.peer_id,
    };
    match peer {
        enums::Peer::Channel(channel) => Some(channel.channel_id),
        enums::Peer::User(_) | enums::Peer::Chat(_) => None,
    }
}

const fn is_channel(peer: &enums::Peer) -> bool {
    matches!(peer, enums::Peer::Channel(_))
}
