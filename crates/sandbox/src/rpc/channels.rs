//! `channels.*`

use grammers_tl_types::{Identifiable, enums, functions::channels as f, types};

use crate::peer::Peer;
use crate::render::blank;
use crate::rpc_error::RpcError;
use crate::world::BoxKey;

use super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetMessages::CONSTRUCTOR_ID => call.on(body, get_messages),
        f::ReadHistory::CONSTRUCTOR_ID => call.on(body, read_history),
        f::DeleteMessages::CONSTRUCTOR_ID => call.on(body, delete_messages),
        f::GetChannels::CONSTRUCTOR_ID => call.on(body, get_channels),
        f::GetFullChannel::CONSTRUCTOR_ID => call.on(body, get_full_channel),
        _ => return None,
    })
}

fn get_messages(
    call: &mut Call<'_>,
    q: f::GetMessages,
) -> Result<enums::messages::Messages, RpcError> {
    let channel = call.channel(&q.channel)?;
    call.messages_by_id(BoxKey::Channel(channel), &q.id)
}

fn read_history(call: &mut Call<'_>, q: f::ReadHistory) -> Result<bool, RpcError> {
    let account = call.account()?;
    let channel = call.channel(&q.channel)?;
    Ok(call.world().mark_channel_read(account, channel, q.max_id))
}

fn delete_messages(
    call: &mut Call<'_>,
    q: f::DeleteMessages,
) -> Result<enums::messages::AffectedMessages, RpcError> {
    let account = call.account()?;
    let id = call.channel(&q.channel)?;
    let peer = Peer::Channel(id);
    let administers = call.state.world.administers(account, id);
    let own = q.id.iter().all(|message| {
        let stored = call
            .state
            .world
            .message(account, BoxKey::Channel(id), *message);
        stored.is_none_or(|stored| stored.from == account)
    });
    if !administers && !own {
        return Err(RpcError::forbidden("MESSAGE_DELETE_FORBIDDEN"));
    }
    let pts_count = call.world().delete(account, Some(peer), &q.id, true);
    let pts = call
        .state
        .world
        .channels
        .get(&id)
        .map_or(0, |channel| channel.messages.pts());
    Ok(types::messages::AffectedMessages { pts, pts_count }.into())
}

fn get_channels(
    call: &mut Call<'_>,
    q: f::GetChannels,
) -> Result<enums::messages::Chats, RpcError> {
    let ids =
        q.id.iter()
            .map(|input| call.channel(input))
            .collect::<Result<Vec<_>, _>>()?;
    let view = call.view()?;
    let chats = ids
        .into_iter()
        .filter_map(|id| view.chat(Peer::Channel(id)))
        .collect();
    Ok(types::messages::Chats { chats }.into())
}

fn get_full_channel(
    call: &mut Call<'_>,
    q: f::GetFullChannel,
) -> Result<enums::messages::ChatFull, RpcError> {
    let id = call.channel(&q.channel)?;
    let peer = Peer::Channel(id);
    let mut view = call.view()?;
    let world = view.world;
    let channel = world
        .channels
        .get(&id)
        .ok_or_else(|| RpcError::bad("CHANNEL_INVALID"))?;
    let dialog = world
        .account(view.viewer)
        .and_then(|account| account.dialogs.get(&peer));
    view.mention(peer);
    let photo = match channel.photo {
        Some(photo) => view.photo(photo),
        None => types::PhotoEmpty { id: 0 }.into(),
    };
    let mut full = blank::channel_full(
        id,
        channel.about.clone(),
        photo,
        view.notify_settings_of(peer),
        channel.messages.pts(),
    );
    full.read_inbox_max_id = dialog.map_or(0, |dialog| dialog.read_in);
    full.read_outbox_max_id = dialog.map_or(0, |dialog| dialog.read_out);
    full.unread_count = world.unread(view.viewer, peer);
    full.participants_count = Some(channel.size());
    full.folder_id = dialog
        .map(|dialog| dialog.folder)
        .filter(|folder| *folder != 0);
    full.migrated_from_chat_id = channel.migrated_from.map(|(chat, _)| chat);
    full.migrated_from_max_id = channel.migrated_from.map(|(_, message)| message);
    let slow_mode = world.restrictions.get(&peer).map(|rules| rules.slow_mode);
    full.slowmode_seconds = slow_mode.filter(|seconds| *seconds > 0);
    if let Some((chat, _)) = channel.migrated_from {
        view.mention(Peer::Chat(chat));
    }
    let (users, chats) = view.mentioned();
    Ok(types::messages::ChatFull {
        full_chat: full.into(),
        chats,
        users,
    }
    .into())
}
