//! Edits, deletions, read marks, typing.

use grammers_tl_types::{Identifiable, enums, functions::messages as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::message_box::{Entry, Event};
use crate::world::{BoxKey, News};

use super::super::{Answer, Call};

/// How long after sending a text can be changed, in seconds.
const EDIT_TIME: i32 = 172_800;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::EditMessage::CONSTRUCTOR_ID => call.on(body, edit_message),
        f::DeleteMessages::CONSTRUCTOR_ID => call.on(body, delete_messages),
        f::ReadHistory::CONSTRUCTOR_ID => call.on(body, read_history),
        f::SetTyping::CONSTRUCTOR_ID => call.on(body, set_typing),
        _ => return None,
    })
}

fn edit_message(call: &mut Call<'_>, q: f::EditMessage) -> Result<enums::Updates, RpcError> {
    let account = call.account()?;
    let peer = call.peer(&q.peer)?;
    let key = BoxKey::of(peer);
    let text = q.message.ok_or_else(|| RpcError::bad("MESSAGE_EMPTY"))?;
    let entities = q.entities.unwrap_or_default();
    let world = call.world();
    world.check_author(account, peer, q.id)?;
    let now = world.now();
    if let Some(stored) = world.message(account, key, q.id) {
        let extra = stored.extra.as_deref();
        let media = extra.is_some_and(|extra| extra.media.is_some());
        let same_entities = extra.map_or(entities.is_empty(), |extra| extra.entities == entities);
        if text.trim().is_empty() && !media {
            return Err(RpcError::bad("MESSAGE_EMPTY"));
        }
        if text.encode_utf16().count() > 4096 {
            return Err(RpcError::bad("MESSAGE_TOO_LONG"));
        }
        if world.text_of(stored) == text && same_entities {
            return Err(RpcError::bad("MESSAGE_NOT_MODIFIED"));
        }
        if now - stored.date > EDIT_TIME && peer != Peer::User(account) {
            return Err(RpcError::bad("MESSAGE_EDIT_TIME_EXPIRED"));
        }
    }
    world.edit(account, peer, q.id, &text, &entities);
    let own = world
        .pushes
        .iter()
        .rev()
        .filter(|push| push.account == account);
    let entry: Option<Entry> = own
        .filter_map(|push| match &push.news {
            News::Event(found, entry) if *found == key => Some(entry.clone()),
            _ => None,
        })
        .find(|entry| matches!(entry.event, Event::Edit(id) if id == q.id));
    let mut view = call.view()?;
    let updates = entry.iter().map(|entry| view.event(key, entry)).collect();
    Ok(view.updates(updates, 0))
}

fn delete_messages(
    call: &mut Call<'_>,
    q: f::DeleteMessages,
) -> Result<enums::messages::AffectedMessages, RpcError> {
    let account = call.account()?;
    let pts_count = call.world().delete(account, None, &q.id, q.revoke);
    let pts = call.own()?.messages.pts();
    Ok(types::messages::AffectedMessages { pts, pts_count }.into())
}

fn read_history(
    call: &mut Call<'_>,
    q: f::ReadHistory,
) -> Result<enums::messages::AffectedMessages, RpcError> {
    let account = call.account()?;
    let peer = call.peer(&q.peer)?;
    if let Peer::Channel(_) = peer {
        return Err(RpcError::bad("PEER_ID_INVALID"));
    }
    let entry = call.world().read_history(account, peer, q.max_id);
    let pts = call.own()?.messages.pts();
    let pts_count = entry.map_or(0, |entry| entry.count);
    Ok(types::messages::AffectedMessages { pts, pts_count }.into())
}

fn set_typing(call: &mut Call<'_>, q: f::SetTyping) -> Result<bool, RpcError> {
    let account = call.account()?;
    let peer = call.peer(&q.peer)?;
    call.world().typing(account, peer);
    Ok(true)
}
