//! Drafts, pins, marks.

use grammers_tl_types::{Identifiable, enums, functions::messages as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::account::SavedDraft;

use super::super::{Answer, Call};

/// Pins that a folder holds.
const MOST_PINS: usize = 100;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::SaveDraft::CONSTRUCTOR_ID => call.on(body, save_draft),
        f::GetAllDrafts::CONSTRUCTOR_ID => call.on(body, get_all_drafts),
        f::ToggleDialogPin::CONSTRUCTOR_ID => call.on(body, toggle_dialog_pin),
        f::ReorderPinnedDialogs::CONSTRUCTOR_ID => call.on(body, reorder_pinned_dialogs),
        f::GetDialogUnreadMarks::CONSTRUCTOR_ID => call.on(body, get_dialog_unread_marks),
        f::MarkDialogUnread::CONSTRUCTOR_ID => call.on(body, mark_dialog_unread),
        f::GetDialogFilters::CONSTRUCTOR_ID => call.on(body, get_dialog_filters),
        f::GetPeerSettings::CONSTRUCTOR_ID => call.on(body, get_peer_settings),
        _ => return None,
    })
}

fn save_draft(call: &mut Call<'_>, q: f::SaveDraft) -> Result<bool, RpcError> {
    let account = call.account()?;
    let peer = call.peer(&q.peer)?;
    let reply_to = match q.reply_to {
        Some(enums::InputReplyTo::Message(reply)) => Some(reply.reply_to_msg_id),
        _ => None,
    };
    let date = call.world().now();
    let draft = (!q.message.is_empty() || reply_to.is_some()).then(|| SavedDraft {
        text: q.message,
        entities: q.entities.unwrap_or_default(),
        reply_to,
        date,
    });
    call.world().save_draft(account, peer, draft);
    Ok(true)
}

fn get_all_drafts(call: &mut Call<'_>, _: f::GetAllDrafts) -> Result<enums::Updates, RpcError> {
    let dialogs = call.own()?.dialogs.iter();
    let peers: Vec<Peer> = dialogs
        .filter(|(_, dialog)| dialog.draft.is_some())
        .map(|(peer, _)| *peer)
        .collect();
    let mut view = call.view()?;
    let updates = peers
        .into_iter()
        .map(|peer| view.draft_update(peer))
        .collect();
    Ok(view.updates(updates, 0))
}

fn toggle_dialog_pin(call: &mut Call<'_>, q: f::ToggleDialogPin) -> Result<bool, RpcError> {
    let account = call.account()?;
    let peer = call.dialog_peer(&q.peer)?;
    let own = call.own()?;
    let folder = own.dialogs.get(&peer).map_or(0, |dialog| dialog.folder);
    if q.pinned && own.pinned(folder).len() >= MOST_PINS {
        return Err(RpcError::bad("PINNED_DIALOGS_TOO_MUCH"));
    }
    call.world().pin(account, peer, q.pinned);
    Ok(true)
}

fn reorder_pinned_dialogs(
    call: &mut Call<'_>,
    q: f::ReorderPinnedDialogs,
) -> Result<bool, RpcError> {
    let account = call.account()?;
    let order = q
        .order
        .iter()
        .map(|input| call.dialog_peer(input))
        .collect::<Result<Vec<_>, _>>()?;
    call.world().reorder_pins(account, q.folder_id, &order);
    Ok(true)
}

fn get_dialog_unread_marks(
    call: &mut Call<'_>,
    _: f::GetDialogUnreadMarks,
) -> Result<Vec<enums::DialogPeer>, RpcError> {
    let marked = call
        .own()?
        .dialogs
        .iter()
        .filter(|(_, dialog)| dialog.unread_mark);
    Ok(marked
        .map(|(peer, _)| types::DialogPeer { peer: peer.to_tl() }.into())
        .collect())
}

fn mark_dialog_unread(call: &mut Call<'_>, q: f::MarkDialogUnread) -> Result<bool, RpcError> {
    let account = call.account()?;
    let peer = call.dialog_peer(&q.peer)?;
    call.world().mark_unread(account, peer, q.unread);
    Ok(true)
}

fn get_dialog_filters(
    call: &mut Call<'_>,
    _: f::GetDialogFilters,
) -> Result<enums::messages::DialogFilters, RpcError> {
    let folders = call.own()?.folders.clone();
    let view = call.view()?;
    let mut filters = vec![enums::DialogFilter::Default];
    filters.extend(folders.iter().map(|folder| view.folder(folder)));
    Ok(types::messages::DialogFilters {
        tags_enabled: false,
        filters,
    }
    .into())
}

fn get_peer_settings(
    call: &mut Call<'_>,
    q: f::GetPeerSettings,
) -> Result<enums::messages::PeerSettings, RpcError> {
    let peer = call.peer(&q.peer)?;
    let mut view = call.view()?;
    view.mention(peer);
    let (users, chats) = view.mentioned();
    let settings = crate::render::blank::peer_settings().into();
    Ok(types::messages::PeerSettings {
        settings,
        chats,
        users,
    }
    .into())
}
