//! Who waits for the operator, and for how long within the hours in which they work.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};
use switchboard_model::{
    AccountId, ChatFact, ChatId, ChatKind, TaskKind, WaitingChat, WaitingReason, WorkingHours,
};
use switchboard_store::{Reader, StoreError};

use crate::{Engine, EngineError};

/// Further back than this, hours are not counted one by one any more.
const LONGEST_DAYS: i64 = 60;
/// A mention that nobody answered for this long has been let go.
const MENTIONED_DAYS: i64 = 30;
const DAY_SECONDS: i64 = 86_400;

/// A chat that waits, its account, since when, and why.
type Found = (ChatId, AccountId, i64, WaitingReason);

/// What is owed in chats, beside what their own rows say.
#[derive(Debug, Default)]
struct Owed {
    /// Chats in which something that the operator promised is overdue.
    overdue: HashSet<ChatId>,
    /// Groups with mentions that were not answered: the date of the oldest, Unix seconds.
    mentions: HashMap<ChatId, i64>,
    /// Whoever wrote last up to this Unix second is owed no answer any more.
    let_go_before: Option<i64>,
}

impl Owed {
    fn read(reader: &Reader<'_>, now_ms: i64) -> Result<Self, StoreError> {
        let overdue = reader.open_tasks()?.into_iter().filter(|task| {
            task.kind == TaskKind::IOwe && task.due_ms.is_some_and(|due| due <= now_ms)
        });
        let mentioned = now_ms / 1_000 - MENTIONED_DAYS * DAY_SECONDS;
        Ok(Self {
            overdue: overdue.map(|task| task.chat).collect(),
            mentions: reader.unanswered_mentions(mentioned)?,
            let_go_before: reader.rules()?.let_go_before(now_ms),
        })
    }
}

impl Engine {
    /// Chats that wait for an answer of the operator's: what is overdue first, then mentions in
    /// groups, then people, each by how long they have waited within working hours.
    ///
    /// Snoozed chats are left out. So are muted and archived ones, and those whose status is a
    /// closed one, unless the operator promised something there that is overdue: that was given
    /// to somebody, and no mute takes it back. Nor does the rule by which people who have not
    /// written for long are let go. A mention waits until the operator writes in its
    /// group, whether it was read or not.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn waiting(&self) -> Result<Vec<WaitingChat>, EngineError> {
        let now_ms = self.clock().now_ms();
        let read = self.store().read(move |reader| {
            let owed = Owed::read(reader, now_ms)?;
            let mut chats: Vec<Found> = Vec::new();
            reader.each_chat(|chat| {
                if let Some((since, reason)) = waits(chat, &owed, now_ms) {
                    chats.push((chat.id, chat.account, since, reason));
                }
            });
            let mut hours = HashMap::new();
            for account in reader.accounts(now_ms)? {
                hours.insert(account.id, reader.account_settings(account.id)?.hours);
            }
            Ok((chats, hours))
        });
        let (chats, hours) = read.await?;
        let zone = TimeZone::system();
        let of = |account: &AccountId| hours.get(account).and_then(Option::as_ref);
        let waiting = chats
            .into_iter()
            .map(|(chat, account, since, reason)| WaitingChat {
                chat,
                since,
                working_minutes: working_minutes(since, now_ms / 1_000, of(&account), &zone),
                reason,
            });
        Ok(in_order(waiting.collect()))
    }
}

/// By reason, and then who waits longest first.
fn in_order(mut waiting: Vec<WaitingChat>) -> Vec<WaitingChat> {
    waiting.sort_by_key(|chat| {
        let longest = std::cmp::Reverse(chat.working_minutes);
        (chat.reason, longest, chat.since, chat.chat)
    });
    waiting
}

/// Since when a chat waits for the operator, and why.
fn waits(chat: &ChatFact, owed: &Owed, now_ms: i64) -> Option<(i64, WaitingReason)> {
    if chat.is_snoozed(now_ms) {
        return None;
    }
    if owed.overdue.contains(&chat.id) {
        let since = chat.waiting_since().unwrap_or(chat.last_date);
        return Some((since, WaitingReason::Overdue));
    }
    if chat.archived || chat.closed || chat.is_muted(now_ms) {
        return None;
    }
    match chat.kind {
        ChatKind::Person
            if owed
                .let_go_before
                .is_some_and(|then| chat.last_date <= then) =>
        {
            None
        }
        ChatKind::Person => Some((chat.waiting_since()?, WaitingReason::Unanswered)),
        ChatKind::Group | ChatKind::Supergroup => {
            Some((mentioned_since(chat, owed)?, WaitingReason::Mentioned))
        }
        ChatKind::Bot | ChatKind::Saved | ChatKind::Channel => None,
    }
}

/// Since when a mention in a group waits. One that is unread at Telegram and not found here, since
/// its message is not stored yet or was let go, waits since the operator wrote last.
fn mentioned_since(chat: &ChatFact, owed: &Owed) -> Option<i64> {
    let unread = chat.mentions > 0 && chat.last_out != Some(true);
    let stored = owed.mentions.get(&chat.id).copied();
    stored.or_else(|| unread.then(|| chat.waiting_since().unwrap_or(chat.last_date)))
}

/// Minutes between two Unix seconds that lie within working hours; all of them where there are
/// none. Days are those of `zone`, whatever their length.
fn working_minutes(since: i64, now: i64, hours: Option<&WorkingHours>, zone: &TimeZone) -> u32 {
    let plain = u32::try_from((now - since).max(0) / 60).unwrap_or(u32::MAX);
    let Some(hours) = hours else {
        return plain;
    };
    counted(since, now, hours, zone).unwrap_or(plain)
}

/// `None` for times that no calendar has.
fn counted(since: i64, now: i64, hours: &WorkingHours, zone: &TimeZone) -> Option<u32> {
    let since = since.max(now - LONGEST_DAYS * DAY_SECONDS);
    let end = Timestamp::from_second(now).ok()?;
    let begin = Timestamp::from_second(since).ok()?;
    let mut day = begin.to_zoned(zone.clone()).date();
    let last = end.to_zoned(zone.clone()).date();
    let mut seconds = 0;
    while day <= last {
        let weekday = u8::try_from(day.weekday().to_monday_one_offset()).ok()?;
        if hours.days.contains(&weekday) {
            let opens = at(day, hours.from, zone)?.max(begin);
            let closes = at(day, hours.to, zone)?.min(end);
            seconds += (closes.as_second() - opens.as_second()).max(0);
        }
        day = day.checked_add(1.day()).ok()?;
    }
    u32::try_from(seconds / 60).ok()
}

/// A minute of a day; the last one is the beginning of the next day.
fn at(day: jiff::civil::Date, minute: u16, zone: &TimeZone) -> Option<Timestamp> {
    let (day, minute) = match minute {
        1_440.. => (day.checked_add(1.day()).ok()?, 0),
        minute => (day, minute),
    };
    let hour = i8::try_from(minute / 60).ok()?;
    let time = Time::new(hour, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
    let moment = zone
        .to_ambiguous_zoned(day.to_datetime(time))
        .compatible()
        .ok()?;
    Some(moment.timestamp())
}

#[cfg(test)]
mod tests;
