//! Reading messages: history, search, by id.
//!
//! <https://core.telegram.org/api/offsets>

use grammers_tl_types::{Identifiable, enums, functions::messages as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::BoxKey;
use crate::world::message::Stored;
use crate::world::snapshot::Kind;

use super::super::{Answer, Call};

/// No answer holds more messages.
const PAGE: i32 = 100;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetHistory::CONSTRUCTOR_ID => call.on(body, get_history),
        f::Search::CONSTRUCTOR_ID => call.on(body, search),
        f::SearchGlobal::CONSTRUCTOR_ID => call.on(body, search_global),
        f::GetMessages::CONSTRUCTOR_ID => call.on(body, get_messages),
        _ => return None,
    })
}

/// Which part of a chat's messages is wanted.
struct Window {
    offset_id: i32,
    offset_date: i32,
    add_offset: i32,
    limit: i32,
    max_id: i32,
    min_id: i32,
}

impl Window {
    /// Cuts the window out of ids and dates in descending order of id.
    fn cut(&self, descending: &[(i32, i32)]) -> Vec<i32> {
        let bounded: Vec<(i32, i32)> = descending
            .iter()
            .copied()
            .filter(|(id, _)| self.max_id <= 0 || *id < self.max_id)
            .filter(|(id, _)| *id > self.min_id)
            .collect();
        let newer = |found: &&(i32, i32)| match (self.offset_id, self.offset_date) {
            (0, 0) => false,
            (0, date) => found.1 >= date,
            (id, _) => found.0 >= id,
        };
        let start = bounded.iter().take_while(newer).count() as i64 + i64::from(self.add_offset);
        let limit = if self.limit <= 0 {
            PAGE
        } else {
            self.limit.min(PAGE)
        };
        let end = usize::try_from(start + i64::from(limit))
            .unwrap_or(0)
            .min(bounded.len());
        let start = usize::try_from(start).unwrap_or(0).min(end);
        bounded
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .map(|(id, _)| *id)
            .collect()
    }
}

/// Messages found, and how many there are in all.
struct Found {
    peer: Option<Peer>,
    ids: Vec<(BoxKey, i32)>,
    total: usize,
}

impl Call<'_> {
    /// Ids and dates of a chat's messages that fit, newest first.
    fn fitting(
        &self,
        peer: Peer,
        fits: impl Fn(&Stored) -> bool,
    ) -> Result<Vec<(i32, i32)>, RpcError> {
        let world = &self.state.world;
        if let Peer::Channel(id) = peer {
            let channel = world
                .channels
                .get(&id)
                .ok_or_else(|| RpcError::bad("CHANNEL_INVALID"))?;
            let newest_first = channel.messages.iter().rev();
            let fitting = newest_first.filter(|(_, stored)| fits(stored));
            return Ok(fitting.map(|(id, stored)| (id, stored.date)).collect());
        }
        let own = self.own()?;
        let Some(dialog) = own.dialogs.get(&peer) else {
            return Ok(Vec::new());
        };
        let stored = dialog
            .ids
            .iter()
            .rev()
            .filter_map(|id| Some((*id, own.messages.get(*id)?)));
        Ok(stored
            .filter(|(_, stored)| fits(stored))
            .map(|(id, stored)| (id, stored.date))
            .collect())
    }

    fn answer_found(&self, found: Found) -> Result<enums::messages::Messages, RpcError> {
        let mut view = self.view()?;
        if let Some(peer) = found.peer {
            view.mention(peer);
        }
        let messages: Vec<enums::Message> = found
            .ids
            .iter()
            .map(|(key, id)| view.message_at(*key, *id))
            .collect();
        let (users, chats) = view.mentioned();
        let (count, topics, inexact) = (found.total as i32, Vec::new(), false);
        let offset_id_offset = None;
        if let Some(Peer::Channel(id)) = found.peer {
            let channel = self.state.world.channels.get(&id);
            let pts = channel.map_or(0, |channel| channel.messages.pts());
            return Ok(types::messages::ChannelMessages {
                inexact,
                pts,
                count,
                offset_id_offset,
                messages,
                topics,
                chats,
                users,
            }
            .into());
        }
        if messages.len() == found.total {
            return Ok(types::messages::Messages {
                messages,
                topics,
                chats,
                users,
            }
            .into());
        }
        Ok(types::messages::MessagesSlice {
            inexact,
            count,
            next_rate: None,
            offset_id_offset,
            search_flood: None,
            messages,
            topics,
            chats,
            users,
        }
        .into())
    }

    fn answer_window(
        &self,
        peer: Peer,
        all: &[(i32, i32)],
        window: &Window,
    ) -> Result<enums::messages::Messages, RpcError> {
        let key = BoxKey::of(peer);
        let ids = window.cut(all).into_iter().map(|id| (key, id)).collect();
        self.answer_found(Found {
            peer: Some(peer),
            ids,
            total: all.len(),
        })
    }

    /// Messages of one box by id; `messageEmpty` for those that are not there.
    pub(in crate::rpc) fn messages_by_id(
        &self,
        key: BoxKey,
        wanted: &[enums::InputMessage],
    ) -> Result<enums::messages::Messages, RpcError> {
        let ids: Vec<(BoxKey, i32)> = wanted
            .iter()
            .take(PAGE as usize)
            .filter_map(|input| match input {
                enums::InputMessage::Id(message) => Some((key, message.id)),
                _ => None,
            })
            .collect();
        let peer = match key {
            BoxKey::Channel(id) => Some(Peer::Channel(id)),
            BoxKey::Common => None,
        };
        let total = ids.len();
        self.answer_found(Found { peer, ids, total })
    }
}

fn get_history(
    call: &mut Call<'_>,
    q: f::GetHistory,
) -> Result<enums::messages::Messages, RpcError> {
    let peer = call.peer(&q.peer)?;
    let all = call.fitting(peer, |_| true)?;
    let window = Window {
        offset_id: q.offset_id,
        offset_date: q.offset_date,
        add_offset: q.add_offset,
        limit: q.limit,
        max_id: q.max_id,
        min_id: q.min_id,
    };
    call.answer_window(peer, &all, &window)
}

fn get_messages(
    call: &mut Call<'_>,
    q: f::GetMessages,
) -> Result<enums::messages::Messages, RpcError> {
    call.messages_by_id(BoxKey::Common, &q.id)
}

/// Whether a kind of message passes a filter. Filters the sandbox has nothing for let none pass.
fn passes(filter: &enums::MessagesFilter, kind: Kind) -> bool {
    use enums::MessagesFilter as Filter;
    match filter {
        Filter::InputMessagesFilterEmpty => kind != Kind::Service,
        Filter::InputMessagesFilterPhotos => kind == Kind::Photo,
        Filter::InputMessagesFilterVideo => kind == Kind::Video,
        Filter::InputMessagesFilterPhotoVideo => matches!(kind, Kind::Photo | Kind::Video),
        Filter::InputMessagesFilterDocument => kind == Kind::Document,
        Filter::InputMessagesFilterVoice | Filter::InputMessagesFilterRoundVoice => {
            kind == Kind::Voice
        }
        Filter::InputMessagesFilterGeo => kind == Kind::Geo,
        Filter::InputMessagesFilterContacts => kind == Kind::Contact,
        Filter::InputMessagesFilterPoll => kind == Kind::Poll,
        _ => false,
    }
}

impl Call<'_> {
    fn matches(&self, stored: &Stored, needle: &str, filter: &enums::MessagesFilter) -> bool {
        let world = &self.state.world;
        passes(filter, world.kind_of(stored))
            && (needle.is_empty() || world.text_of(stored).to_lowercase().contains(needle))
    }
}

fn search(call: &mut Call<'_>, q: f::Search) -> Result<enums::messages::Messages, RpcError> {
    let peer = call.peer(&q.peer)?;
    let from = q
        .from_id
        .as_ref()
        .map(|input| call.peer(input))
        .transpose()?;
    let needle = q.q.to_lowercase();
    let all = call.fitting(peer, |stored| {
        from.is_none_or(|from| from == Peer::User(stored.from))
            && (q.min_date <= 0 || stored.date > q.min_date)
            && (q.max_date <= 0 || stored.date < q.max_date)
            && call.matches(stored, &needle, &q.filter)
    })?;
    let window = Window {
        offset_id: q.offset_id,
        offset_date: 0,
        add_offset: q.add_offset,
        limit: q.limit,
        max_id: q.max_id,
        min_id: q.min_id,
    };
    call.answer_window(peer, &all, &window)
}

fn search_global(
    call: &mut Call<'_>,
    q: f::SearchGlobal,
) -> Result<enums::messages::Messages, RpcError> {
    let account = call.account()?;
    let needle = q.q.to_lowercase();
    let mut hits = Vec::new();
    for chat in call.state.world.listed(account, q.folder_id) {
        let found = call.fitting(chat.peer, |stored| call.matches(stored, &needle, &q.filter))?;
        hits.extend(found.into_iter().map(|(id, date)| (date, chat.peer, id)));
    }
    hits.sort_unstable_by(|left, right| right.cmp(left));
    let total = hits.len();
    let start = match (call.peer(&q.offset_peer), q.offset_id) {
        (Ok(peer), id) if id > 0 => hits
            .iter()
            .position(|hit| (hit.1, hit.2) == (peer, id))
            .map_or(0, |at| at + 1),
        _ => 0,
    };
    let limit = usize::try_from(q.limit.clamp(1, PAGE)).unwrap_or(1);
    let page = hits.into_iter().skip(start).take(limit);
    let ids = page.map(|(_, peer, id)| (BoxKey::of(peer), id)).collect();
    call.answer_found(Found {
        peer: None,
        ids,
        total,
    })
}

#[cfg(test)]
mod tests {
    use super::Window;

    fn window(offset_id: i32, add_offset: i32, limit: i32) -> Window {
        Window {
            offset_id,
            offset_date: 0,
            add_offset,
            limit,
            max_id: 0,
            min_id: 0,
        }
    }

    fn ten() -> Vec<(i32, i32)> {
        (1..=10).rev().map(|id| (id, 1000 + id)).collect()
    }

    #[test]
    fn pages_go_back_from_the_offset_and_around_it() {
        assert_eq!(window(0, 0, 3).cut(&ten()), [10, 9, 8]);
        assert_eq!(window(8, 0, 3).cut(&ten()), [7, 6, 5]);
        assert_eq!(window(5, -2, 4).cut(&ten()), [6, 5, 4, 3]);
        assert_eq!(window(10, -5, 6).cut(&ten()), [10, 9]);
        assert_eq!(window(3, 5, 4).cut(&ten()), Vec::<i32>::new());
    }

    #[test]
    fn bounds_are_exclusive_and_dates_mean_before() {
        let bounded = Window {
            max_id: 8,
            min_id: 4,
            ..window(0, 0, 100)
        };
        assert_eq!(bounded.cut(&ten()), [7, 6, 5]);
        let dated = Window {
            offset_date: 1004,
            ..window(0, 0, 2)
        };
        assert_eq!(dated.cut(&ten()), [3, 2]);
    }
}
