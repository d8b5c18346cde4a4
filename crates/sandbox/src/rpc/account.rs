//! `account.*` and `folders.*`: settings of chats.

use grammers_tl_types::{Identifiable, enums, functions::account as f, functions::folders};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::BoxKey;

use super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::UpdateStatus::CONSTRUCTOR_ID => call.on(body, update_status),
        f::GetNotifySettings::CONSTRUCTOR_ID => call.on(body, get_notify_settings),
        f::UpdateNotifySettings::CONSTRUCTOR_ID => call.on(body, update_notify_settings),
        folders::EditPeerFolders::CONSTRUCTOR_ID => call.on(body, edit_peer_folders),
        _ => return None,
    })
}

fn update_status(call: &mut Call<'_>, q: f::UpdateStatus) -> Result<bool, RpcError> {
    let account = call.account()?;
    call.world().presence(account, !q.offline);
    Ok(true)
}

impl Call<'_> {
    /// The chat that notify settings are of; `None` for a default of all chats of a kind.
    fn notify_peer(&self, input: &enums::InputNotifyPeer) -> Result<Option<Peer>, RpcError> {
        match input {
            enums::InputNotifyPeer::Peer(one) => self.peer(&one.peer).map(Some),
            _ => Ok(None),
        }
    }
}

fn get_notify_settings(
    call: &mut Call<'_>,
    q: f::GetNotifySettings,
) -> Result<enums::PeerNotifySettings, RpcError> {
    let peer = call.notify_peer(&q.peer)?;
    Ok(match peer {
        Some(peer) => call.view()?.notify_settings_of(peer),
        None => crate::render::notify_settings(0),
    })
}

fn update_notify_settings(
    call: &mut Call<'_>,
    q: f::UpdateNotifySettings,
) -> Result<bool, RpcError> {
    let account = call.account()?;
    let enums::InputPeerNotifySettings::Settings(settings) = q.settings;
    if let Some(peer) = call.notify_peer(&q.peer)? {
        call.world()
            .mute(account, peer, settings.mute_until.unwrap_or(0));
    }
    Ok(true)
}

fn edit_peer_folders(
    call: &mut Call<'_>,
    q: folders::EditPeerFolders,
) -> Result<enums::Updates, RpcError> {
    let account = call.account()?;
    let mut entries = Vec::new();
    for enums::InputFolderPeer::Peer(wanted) in q.folder_peers {
        if !(0..=1).contains(&wanted.folder_id) {
            return Err(RpcError::bad("FOLDER_ID_INVALID"));
        }
        let peer = call.peer(&wanted.peer)?;
        entries.extend(call.world().move_to_folder(account, peer, wanted.folder_id));
    }
    let mut view = call.view()?;
    let updates = entries
        .iter()
        .map(|entry| view.event(BoxKey::Common, entry))
        .collect();
    Ok(view.updates(updates, 0))
}
