//! The chat list.

use grammers_tl_types::{Identifiable, enums, functions::messages as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::BoxKey;
use crate::world::dialogs::Listed;

use super::super::{Answer, Call};

/// No answer holds more chats.
const PAGE: usize = 100;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetDialogs::CONSTRUCTOR_ID => call.on(body, get_dialogs),
        f::GetPinnedDialogs::CONSTRUCTOR_ID => call.on(body, get_pinned_dialogs),
        f::GetPeerDialogs::CONSTRUCTOR_ID => call.on(body, get_peer_dialogs),
        _ => return None,
    })
}

/// Entries of the list with all that they name.
struct Rendered {
    dialogs: Vec<enums::Dialog>,
    messages: Vec<enums::Message>,
    chats: Vec<enums::Chat>,
    users: Vec<enums::User>,
}

impl Call<'_> {
    fn rendered(&self, peers: &[Peer]) -> Result<Rendered, RpcError> {
        let mut view = self.view()?;
        let (mut dialogs, mut messages) = (Vec::new(), Vec::new());
        for peer in peers {
            let Some(dialog) = view.dialog(*peer) else {
                continue;
            };
            if dialog.top_message != 0 {
                messages.push(view.message_at(BoxKey::of(*peer), dialog.top_message));
            }
            dialogs.push(dialog.into());
        }
        let (users, chats) = view.mentioned();
        Ok(Rendered {
            dialogs,
            messages,
            chats,
            users,
        })
    }

    fn peer_dialogs(&self, peers: &[Peer]) -> Result<enums::messages::PeerDialogs, RpcError> {
        let rendered = self.rendered(peers)?;
        let pts = self.own()?.messages.pts();
        let (date, seq) = (self.state.world.now(), 0);
        Ok(types::messages::PeerDialogs {
            dialogs: rendered.dialogs,
            messages: rendered.messages,
            chats: rendered.chats,
            users: rendered.users,
            state: types::updates::State {
                pts,
                qts: 0,
                date,
                seq,
                unread_count: 0,
            }
            .into(),
        }
        .into())
    }
}

fn get_dialogs(
    call: &mut Call<'_>,
    q: f::GetDialogs,
) -> Result<enums::messages::Dialogs, RpcError> {
    let listed = call.state.world.listed(call.account()?, q.folder_id);
    let own = call.own()?;
    let is_pinned = |peer: Peer| {
        let dialog = own.dialogs.get(&peer);
        dialog.is_some_and(|dialog| dialog.pinned.is_some())
    };
    let first_page = q.offset_date == 0 && q.offset_id == 0;
    let mut peers = Vec::new();
    if first_page && !q.exclude_pinned {
        let folders = q.folder_id.map_or(0..=1, |folder| folder..=folder);
        peers.extend(folders.flat_map(|folder| own.pinned(folder)));
    }
    let limit = usize::try_from(q.limit).ok().filter(|limit| *limit > 0);
    let room = limit.unwrap_or(PAGE).min(PAGE).saturating_sub(peers.len());
    let unpinned = |chat: &&Listed| !is_pinned(chat.peer);
    let rest = listed
        .iter()
        .skip(start(call, &q, &listed))
        .filter(unpinned);
    peers.extend(rest.take(room).map(|chat| chat.peer));
    let pinned = listed.iter().filter(|chat| is_pinned(chat.peer)).count();
    let total = listed.len() - if q.exclude_pinned { pinned } else { 0 };
    let Rendered {
        dialogs,
        messages,
        chats,
        users,
    } = call.rendered(&peers)?;
    if first_page && dialogs.len() == total {
        return Ok(types::messages::Dialogs {
            dialogs,
            messages,
            chats,
            users,
        }
        .into());
    }
    let count = total as i32;
    Ok(types::messages::DialogsSlice {
        count,
        dialogs,
        messages,
        chats,
        users,
    }
    .into())
}

/// Where in the list a page starts: behind the chat that the page before ended with, or behind
/// its date where that chat has moved out of the list.
fn start(call: &Call<'_>, q: &f::GetDialogs, listed: &[Listed]) -> usize {
    if q.offset_date == 0 && q.offset_id == 0 {
        return 0;
    }
    let after = call.peer(&q.offset_peer).ok();
    let place = after.and_then(|peer| listed.iter().position(|chat| chat.peer == peer));
    let newer = || {
        listed
            .iter()
            .take_while(|chat| chat.date >= q.offset_date)
            .count()
    };
    place.map_or_else(newer, |at| at + 1)
}

fn get_pinned_dialogs(
    call: &mut Call<'_>,
    q: f::GetPinnedDialogs,
) -> Result<enums::messages::PeerDialogs, RpcError> {
    let peers = call.own()?.pinned(q.folder_id);
    call.peer_dialogs(&peers)
}

fn get_peer_dialogs(
    call: &mut Call<'_>,
    q: f::GetPeerDialogs,
) -> Result<enums::messages::PeerDialogs, RpcError> {
    let account = call.account()?;
    let mut peers = Vec::new();
    for input in &q.peers {
        match input {
            enums::InputDialogPeer::Peer(dialog) => peers.push(call.peer(&dialog.peer)?),
            enums::InputDialogPeer::Folder(folder) => {
                let listed = call.state.world.listed(account, Some(folder.folder_id));
                peers.extend(listed.iter().map(|chat| chat.peer));
            }
            _ => return Err(RpcError::bad("PEER_ID_INVALID")),
        }
    }
    // A chat nobody has written in is an entry all the same.
    for peer in &peers {
        if let Some(account) = call.world().accounts.get_mut(&account) {
            account.dialog(*peer);
        }
    }
    call.peer_dialogs(&peers)
}
