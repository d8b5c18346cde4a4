//! Basic groups.

use grammers_tl_types::{Identifiable, enums, functions::messages as f, types};

use crate::peer::Peer;
use crate::render::blank;
use crate::rpc_error::RpcError;
use crate::world::people::Rank;
use crate::world::{News, World};

use super::super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetChats::CONSTRUCTOR_ID => call.on(body, get_chats),
        f::GetFullChat::CONSTRUCTOR_ID => call.on(body, get_full_chat),
        f::MigrateChat::CONSTRUCTOR_ID => call.on(body, migrate_chat),
        _ => return None,
    })
}

fn get_chats(call: &mut Call<'_>, q: f::GetChats) -> Result<enums::messages::Chats, RpcError> {
    let view = call.view()?;
    let chats =
        q.id.iter()
            .filter_map(|id| view.chat(Peer::Chat(*id)))
            .collect();
    Ok(types::messages::Chats { chats }.into())
}

fn get_full_chat(
    call: &mut Call<'_>,
    q: f::GetFullChat,
) -> Result<enums::messages::ChatFull, RpcError> {
    let peer = Peer::Chat(q.chat_id);
    let mut view = call.view()?;
    let world: &World = view.world;
    let group = world
        .groups
        .get(&q.chat_id)
        .filter(|group| group.members.contains_key(&view.viewer))
        .ok_or_else(|| RpcError::bad("CHAT_ID_INVALID"))?;
    view.mention(peer);
    let participants = view.participants(group);
    let settings = view.notify_settings_of(peer);
    let mut full = blank::chat_full(q.chat_id, group.about.clone(), participants, settings);
    full.chat_photo = group.photo.map(|photo| view.photo(photo));
    let dialog = world
        .account(view.viewer)
        .and_then(|account| account.dialogs.get(&peer));
    full.folder_id = dialog
        .map(|dialog| dialog.folder)
        .filter(|folder| *folder != 0);
    let (users, chats) = view.mentioned();
    Ok(types::messages::ChatFull {
        full_chat: full.into(),
        chats,
        users,
    }
    .into())
}

fn migrate_chat(call: &mut Call<'_>, q: f::MigrateChat) -> Result<enums::Updates, RpcError> {
    let account = call.account()?;
    let group = call.state.world.groups.get(&q.chat_id);
    match group.and_then(|group| group.members.get(&account)) {
        Some(Rank::Creator) => {}
        Some(_) => return Err(RpcError::bad("CHAT_ADMIN_REQUIRED")),
        None => return Err(RpcError::bad("CHAT_ID_INVALID")),
    }
    let channel = call.world().upgrade(q.chat_id);
    let channel = channel.ok_or_else(|| RpcError::bad("CHAT_ID_INVALID"))?;
    let news: Vec<News> = call
        .state
        .world
        .pushes
        .iter()
        .filter(|push| push.account == account)
        .map(|push| push.news.clone())
        .collect();
    let mut view = call.view()?;
    view.mention(Peer::Chat(q.chat_id));
    view.mention(Peer::Channel(channel));
    let updates = news
        .iter()
        .filter_map(|news| match news {
            News::Event(key, entry) => Some(view.event(*key, entry)),
            News::State(change) => Some(view.state_change(change)),
            News::Typing { .. } | News::Presence { .. } => None,
        })
        .collect();
    Ok(view.updates(updates, 0))
}
