//! `photos.*`

use grammers_tl_types::{Identifiable, enums, functions::photos as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;

use super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetUserPhotos::CONSTRUCTOR_ID => call.on(body, get_user_photos),
        _ => return None,
    })
}

fn get_user_photos(
    call: &mut Call<'_>,
    q: f::GetUserPhotos,
) -> Result<enums::photos::Photos, RpcError> {
    let user = call.user(&q.user_id)?;
    let all = call
        .state
        .world
        .users
        .get(&user)
        .map(|user| user.photos.clone())
        .unwrap_or_default();
    let mut view = call.view()?;
    view.mention(Peer::User(user));
    let page = |count: i32, least: usize| usize::try_from(count).unwrap_or(0).max(least);
    let photos = all
        .iter()
        .skip(page(q.offset, 0))
        .take(page(q.limit, 1).min(100))
        .map(|id| view.photo(*id))
        .collect();
    let (users, _) = view.mentioned();
    Ok(types::photos::PhotosSlice {
        count: all.len() as i32,
        photos,
        users,
    }
    .into())
}
