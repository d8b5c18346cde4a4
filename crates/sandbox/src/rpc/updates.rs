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

/// One step of an account's difference.
struct Step {
    messages: Vec<enums::Message>,
    updates: Vec<enums::Update>,
    users: Vec<enums::User>,
    chats: Vec<enums::Chat>,
    pts: i32,
    /// Nothing is left after this step.
    last: bool,
}

fn get_difference(
    call: &mut Call<'_>,
    q: f::GetDifference,
) -> Result<enums::updates::Difference, RpcError> {
    if q.pts <= 0 || q.date <= 0 {
        return Err(RpcError::bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    let account = call.account()?;
    let forced = call.state.faults.on_difference(account, false);
    let Some(step) = call.step(&q, forced)? else {
        let pts = call.own()?.messages.pts();
        return Ok(types::updates::DifferenceTooLong { pts }.into());
    };
    Ok(call.difference(step))
}

impl Call<'_> {
    /// What comes next for a client; `None` where it missed too much.
    fn step(&self, q: &f::GetDifference, forced: bool) -> Result<Option<Step>, RpcError> {
        let own = self.own()?;
        let wanted = q
            .pts_total_limit
            .and_then(|limit| usize::try_from(limit).ok());
        let limit = wanted
            .unwrap_or(usize::MAX)
            .min(self.shared.options.difference_limit);
        let missed = own.messages.since(q.pts);
        let Some(missed) = missed.filter(|found| !forced && found.len() <= limit) else {
            return Ok(None);
        };
        let part = missed
            .get(..self.shared.options.difference_slice)
            .unwrap_or(missed);
        let last = part.len() == missed.len();
        let mut view = self.view()?;
        let (messages, mut updates) = sorted(&mut view, BoxKey::Common, part);
        if last {
            let changes = own.states.iter().filter(|(date, _)| *date >= q.date);
            updates.extend(changes.map(|(_, change)| view.state_change(change)));
            updates.extend(behind(self, own.user, q.date));
        }
        let pts = match part.last() {
            Some(entry) if !last => entry.pts,
            _ => own.messages.pts(),
        };
        let (users, chats) = view.mentioned();
        Ok(Some(Step {
            messages,
            updates,
            users,
            chats,
            pts,
            last,
        }))
    }

    fn difference(&self, step: Step) -> enums::updates::Difference {
        let Step {
            messages: new_messages,
            updates: other_updates,
            users,
            chats,
            pts,
            last,
        } = step;
        let state = self.state_at(pts);
        let new_encrypted_messages = Vec::new();
        if !last {
            return types::updates::DifferenceSlice {
                new_messages,
                new_encrypted_messages,
                other_updates,
                chats,
                users,
                intermediate_state: state,
            }
            .into();
        }
        if new_messages.is_empty() && other_updates.is_empty() {
            let (date, seq) = (self.state.world.now(), self.seq());
            return types::updates::DifferenceEmpty { date, seq }.into();
        }
        types::updates::Difference {
            new_messages,
            new_encrypted_messages,
            other_updates,
            chats,
            users,
            state,
        }
        .into()
    }
}

/// `updateChannelTooLong` without pts for channels with news since a date: the client decides
/// whether its own state of the channel is older.
fn behind(call: &Call<'_>, account: i64, since: i32) -> Vec<enums::Update> {
    let channels = call.state.world.channels.values();
    channels
        .filter(|channel| channel.members.contains_key(&account))
        .filter(|channel| channel.changed >= since)
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
    let channel = call.state.world.channels.get(&id);
    let messages = &channel
        .ok_or_else(|| RpcError::bad("CHANNEL_INVALID"))?
        .messages;
    let limit = call.shared.options.channel_difference_limit;
    let missed = messages
        .since(q.pts)
        .filter(|found| !forced && found.len() <= limit);
    let Some(missed) = missed else {
        return channel_too_long(call, id);
    };
    if missed.is_empty() {
        let pts = messages.pts();
        return Ok(types::updates::ChannelDifferenceEmpty {
            r#final: true,
            pts,
            timeout: None,
        }
        .into());
    }
    channel_part(call, id, q.limit, missed)
}

fn channel_part(
    call: &Call<'_>,
    id: i64,
    limit: i32,
    missed: &[Entry],
) -> Result<enums::updates::ChannelDifference, RpcError> {
    let count = if limit <= 0 {
        CHANNEL_SLICE
    } else {
        limit.min(CHANNEL_SLICE)
    };
    let part = missed
        .get(..count.unsigned_abs() as usize)
        .unwrap_or(missed);
    let mut view = call.view()?;
    view.mention(Peer::Channel(id));
    let (new_messages, other_updates) = sorted(&mut view, BoxKey::Channel(id), part);
    let (users, chats) = view.mentioned();
    Ok(types::updates::ChannelDifference {
        r#final: part.len() == missed.len(),
        pts: part.last().map_or(0, |entry| entry.pts),
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
