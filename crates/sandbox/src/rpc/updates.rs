//! `updates.*`: state and differences.
//!
//! <https://core.telegram.org/api/updates#recovering-gaps>

use grammers_tl_types::{Identifiable, enums, functions::updates as f, types};

use crate::peer::Peer;
use crate::render::View;
use crate::rpc_error::RpcError;
use crate::world::BoxKey;
use crate::world::message_box::{Entry, Event};

use super::{Answer, Call};

/// Events in one channel difference, where the client asks for more or for none in particular.
const CHANNEL_SLICE: i32 = 100;
/// Messages that come with a channel difference that is too long.
const NEWEST: usize = 20;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetState::CONSTRUCTOR_ID => call.on(body, get_state),
        f::GetDifference::CONSTRUCTOR_ID => call.on(body, get_difference),
        f::GetChannelDifference::CONSTRUCTOR_ID => call.on(body, get_channel_difference),
        _ => return None,
    })
}

impl Call<'_> {
    fn seq(&self) -> i32 {
        self.state.keys.get(self.key).map_or(0, |record| record.seq)
    }

    /// The account's state at a pts.
    fn state_at(&self, pts: i32) -> enums::updates::State {
        let (date, seq) = (self.state.world.now(), self.seq());
        types::updates::State {
            pts,
            qts: 0,
            date,
            seq,
            unread_count: 0,
        }
        .into()
    }
}

fn get_state(call: &mut Call<'_>, _: f::GetState) -> Result<enums::updates::State, RpcError> {
    let pts = call.own()?.messages.pts();
    Ok(call.state_at(pts))
}

/// New messages on one side, all other events on the other, as differences have them. What was
/// deleted meanwhile is left out.
fn sorted(
    view: &mut View<'_>,
    key: BoxKey,
    entries: &[Entry],
) -> (Vec<enums::Message>, Vec<enums::Update>) {
    let (mut messages, mut updates) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry.event {
            Event::New(id) | Event::Edit(id)
                if view.world.message(view.viewer, key, id).is_none() => {}
            Event::New(id) => messages.push(view.message_at(key, id)),
            _ => updates.push(view.event(key, entry)),
        }
    }
    (messages, updates)
}

fn get_difference(
    call: &mut Call<'_>,
    q: f::GetDifference,
) -> Result<enums::updates::Difference, RpcError> {
    let account = call.account()?;
    let forced = call.state.faults.on_difference(account, false);
    let own = call.own()?;
    let now_pts = own.messages.pts();
    if q.pts <= 0 || q.date <= 0 {
        return Err(RpcError::bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    let limit = q
        .pts_total_limit
        .and_then(|limit| usize::try_from(limit).ok());
    let limit = limit
        .unwrap_or(usize::MAX)
        .min(call.shared.options.difference_limit);
    let entries = own
        .messages
        .since(q.pts)
        .filter(|found| !forced && found.len() <= limit);
    let Some(entries) = entries else {
        return Ok(types::updates::DifferenceTooLong { pts: now_pts }.into());
    };
    let slice = entries.get(..call.shared.options.difference_slice);
    let complete = slice.is_none_or(|slice| slice.len() == entries.len());
    let part = slice.unwrap_or(entries);
    let mut view = call.view()?;
    let (new_messages, mut other_updates) = sorted(&mut view, BoxKey::Common, part);
    if complete {
        for (_, change) in own.states.iter().filter(|(date, _)| *date >= q.date) {
            other_updates.push(view.state_change(change));
        }
        other_updates.extend(behind(call, account, q.date));
    }
    if new_messages.is_empty() && other_updates.is_empty() && complete {
        let (date, seq) = (call.state.world.now(), call.seq());
        return Ok(types::updates::DifferenceEmpty { date, seq }.into());
    }
    let (users, chats) = view.mentioned();
    let pts = part
        .last()
        .map_or(now_pts, |entry| if complete { now_pts } else { entry.pts });
    let state = call.state_at(pts);
    let new_encrypted_messages = Vec::new();
    Ok(if complete {
        types::updates::Difference {
            new_messages,
            new_encrypted_messages,
            other_updates,
            chats,
            users,
            state,
        }
        .into()
    } else {
        types::updates::DifferenceSlice {
            new_messages,
            new_encrypted_messages,
            other_updates,
            chats,
            users,
            intermediate_state: state,
        }
        .into()
    })
}

/// `updateChannelTooLong` without pts for channels with news since a date: the client decides
/// whether its own state of the channel is older.
fn behind(call: &Call<'_>, account: i64, since: i32) -> Vec<enums::Update> {
    let channels = call.state.world.channels.values();
    channels
        .filter(|channel| channel.members.contains_key(&account))
        .filter(|channel| {
            let newest = channel.messages.iter().next_back();
            newest.is_some_and(|(_, stored)| stored.date.max(stored.edit_date) >= since)
        })
        .map(|channel| {
            types::UpdateChannelTooLong {
                channel_id: channel.id,
                pts: None,
            }
            .into()
        })
        .collect()
}

fn get_channel_difference(
    call: &mut Call<'_>,
    q: f::GetChannelDifference,
) -> Result<enums::updates::ChannelDifference, RpcError> {
    let account = call.account()?;
    let id = call.channel(&q.channel)?;
    if q.pts <= 0 {
        return Err(RpcError::bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    let forced = call.state.faults.on_difference(account, true);
    let world = &call.state.world;
    let channel = world
        .channels
        .get(&id)
        .ok_or_else(|| RpcError::bad("CHANNEL_INVALID"))?;
    let limit = call.shared.options.channel_difference_limit;
    let entries = channel
        .messages
        .since(q.pts)
        .filter(|found| !forced && found.len() <= limit);
    let Some(entries) = entries else {
        return channel_too_long(call, id);
    };
    if entries.is_empty() {
        let pts = channel.messages.pts();
        return Ok(types::updates::ChannelDifferenceEmpty {
            r#final: true,
            pts,
            timeout: None,
        }
        .into());
    }
    let count = if q.limit <= 0 {
        CHANNEL_SLICE
    } else {
        q.limit.min(CHANNEL_SLICE)
    };
    let part = entries
        .get(..count.unsigned_abs() as usize)
        .unwrap_or(entries);
    let mut view = call.view()?;
    view.mention(Peer::Channel(id));
    let (new_messages, other_updates) = sorted(&mut view, BoxKey::Channel(id), part);
    let (users, chats) = view.mentioned();
    Ok(types::updates::ChannelDifference {
        r#final: part.len() == entries.len(),
        pts: part.last().map_or(q.pts, |entry| entry.pts),
        timeout: None,
        new_messages,
        other_updates,
        chats,
        users,
    }
    .into())
}

fn channel_too_long(
    call: &Call<'_>,
    id: i64,
) -> Result<enums::updates::ChannelDifference, RpcError> {
    let peer = Peer::Channel(id);
    let mut view = call.view()?;
    let dialog = view
        .dialog(peer)
        .ok_or_else(|| RpcError::bad("CHANNEL_PRIVATE"))?;
    let world = view.world;
    let newest = world
        .channels
        .get(&id)
        .map(|channel| channel.messages.iter().rev().take(NEWEST));
    let messages = newest
        .into_iter()
        .flatten()
        .map(|(id, stored)| view.message(id, stored))
        .collect();
    let (users, chats) = view.mentioned();
    Ok(types::updates::ChannelDifferenceTooLong {
        r#final: true,
        timeout: None,
        dialog: dialog.into(),
        messages,
        chats,
        users,
    }
    .into())
}
