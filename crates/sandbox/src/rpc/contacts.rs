//! `contacts.*`

use grammers_tl_types::{Identifiable, enums, functions::contacts as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;

use super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::ResolveUsername::CONSTRUCTOR_ID => call.on(body, resolve_username),
        f::GetContacts::CONSTRUCTOR_ID => call.on(body, get_contacts),
        _ => return None,
    })
}

fn same_name(name: Option<&String>, wanted: &str) -> bool {
    name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
}

fn resolve_username(
    call: &mut Call<'_>,
    q: f::ResolveUsername,
) -> Result<enums::contacts::ResolvedPeer, RpcError> {
    let wanted = q.username.trim_start_matches('@');
    let shaped = wanted.len() >= 4
        && wanted
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !shaped {
        return Err(RpcError::bad("USERNAME_INVALID"));
    }
    let world = &call.state.world;
    let user = world
        .users
        .values()
        .find(|user| same_name(user.username.as_ref(), wanted));
    let channel = world
        .channels
        .values()
        .find(|found| same_name(found.username.as_ref(), wanted));
    let peer = match (user, channel) {
        (Some(user), _) => Peer::User(user.id),
        (None, Some(channel)) => Peer::Channel(channel.id),
        (None, None) => return Err(RpcError::bad("USERNAME_NOT_OCCUPIED")),
    };
    let mut view = call.view()?;
    let peer = view.mention(peer);
    let (users, chats) = view.mentioned();
    Ok(types::contacts::ResolvedPeer { peer, chats, users }.into())
}

fn get_contacts(
    call: &mut Call<'_>,
    _: f::GetContacts,
) -> Result<enums::contacts::Contacts, RpcError> {
    let own = call.own()?;
    let mut view = call.view()?;
    let contacts: Vec<enums::Contact> = own
        .contacts
        .iter()
        .map(|id| {
            view.mention(Peer::User(*id));
            types::Contact {
                user_id: *id,
                mutual: own.mutual.contains(id),
            }
            .into()
        })
        .collect();
    let (users, _) = view.mentioned();
    let saved_count = contacts.len() as i32;
    Ok(types::contacts::Contacts {
        contacts,
        saved_count,
        users,
    }
    .into())
}
