//! `users.*`

use grammers_tl_types::{Identifiable, enums, functions::users as f, types};

use crate::peer::Peer;
use crate::render::blank;
use crate::rpc_error::RpcError;

use super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetUsers::CONSTRUCTOR_ID => call.on(body, get_users),
        f::GetFullUser::CONSTRUCTOR_ID => call.on(body, get_full_user),
        f::GetRequirementsToContact::CONSTRUCTOR_ID => call.on(body, get_requirements),
        _ => return None,
    })
}

fn get_users(call: &mut Call<'_>, q: f::GetUsers) -> Result<Vec<enums::User>, RpcError> {
    let view = call.view()?;
    // Users that are not within reach are left out.
    Ok(q.id
        .iter()
        .filter_map(|input| Some(view.user(call.user(input).ok()?)))
        .collect())
}

fn get_full_user(
    call: &mut Call<'_>,
    q: f::GetFullUser,
) -> Result<enums::users::UserFull, RpcError> {
    let id = call.user(&q.id)?;
    let peer = Peer::User(id);
    let person = call.state.world.users.get(&id).cloned().unwrap_or_default();
    let folder = call.own()?.dialogs.get(&peer).map(|dialog| dialog.folder);
    let mut view = call.view()?;
    view.mention(peer);
    let settings = view.notify_settings_of(peer);
    let mut full = blank::user_full(id, blank::peer_settings().into(), settings);
    full.about = Some(person.about).filter(|about| !about.is_empty());
    full.profile_photo = person.photos.first().map(|photo| view.photo(*photo));
    full.folder_id = folder.filter(|folder| *folder != 0);
    let (users, chats) = view.mentioned();
    Ok(types::users::UserFull {
        full_user: full.into(),
        chats,
        users,
    }
    .into())
}

fn get_requirements(
    call: &mut Call<'_>,
    q: f::GetRequirementsToContact,
) -> Result<Vec<enums::RequirementToContact>, RpcError> {
    q.id.iter()
        .map(|input| {
            let peer = Peer::User(call.user(input)?);
            let rules = call.state.world.restrictions.get(&peer);
            Ok(match rules.and_then(|rules| rules.stars) {
                Some(stars_amount) => {
                    types::RequirementToContactPaidMessages { stars_amount }.into()
                }
                None => enums::RequirementToContact::Empty,
            })
        })
        .collect()
}
