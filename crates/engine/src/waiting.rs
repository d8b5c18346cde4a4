//! Who waits for the operator, and for how long within the hours in which they work.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};
use switchboard_model::{
    AccountId, ChatFact, ChatId, ChatKind, TaskKind, WaitingChat, WaitingReason, WorkingHours,
};

use crate::{Engine, EngineError};

/// Further back than this, hours are not counted one by one any more.
const LONGEST_DAYS: i64 = 60;

impl Engine {
    /// Chats that wait for an answer of the operator's: what is overdue first, then mentions in
    /// groups, then people, each by how long they have waited within working hours. Muted,
    /// archived and snoozed chats are left out.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn waiting(&self) -> Result<Vec<WaitingChat>, EngineError> {
        let now_ms = self.clock().now_ms();
        let read = self.store().read(move |reader| {
            let overdue = reader.open_tasks()?.into_iter().filter(|task| {
                task.kind == TaskKind::IOwe && task.due_ms.is_some_and(|due| due <= now_ms)
            });
            let overdue: HashSet<ChatId> = overdue.map(|task| task.chat).collect();
            let mut chats = Vec::new();
            reader.each_chat(|chat| {
                if let Some((since, reason)) = waits(chat, &overdue, now_ms) {
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
        let mut waiting: Vec<WaitingChat> = chats
            .into_iter()
            .map(|(chat, account, since, reason)| WaitingChat {
                chat,
                since,
                working_minutes: working_minutes(since, now_ms / 1_000, of(&account), &zone),
                reason,
            })
            .collect();
        waiting.sort_by_key(|chat| {
            let longest = std::cmp::Reverse(chat.working_minutes);
            (chat.reason, longest, chat.since, chat.chat)
        });
        Ok(waiting)
    }
}

/// Since when a chat waits for the operator, and why.
fn waits(chat: &ChatFact, overdue: &HashSet<ChatId>, now_ms: i64) -> Option<(i64, WaitingReason)> {
    if overdue.contains(&chat.id) {
        let since = chat.marks.waiting_since.unwrap_or(chat.last_date);
        return Some((since, WaitingReason::Overdue));
    }
    if chat.archived || chat.is_muted(now_ms) || chat.is_snoozed(now_ms) {
        return None;
    }
    match chat.kind {
        ChatKind::Person => {
            let since = chat.waiting_since()?;
            Some((since, WaitingReason::Unanswered))
        }
        ChatKind::Group | ChatKind::Supergroup if chat.mentions > 0 => {
            Some((chat.last_date, WaitingReason::Mentioned))
        }
        _ => None,
    }
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
    let since = since.max(now - LONGEST_DAYS * 86_400);
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
mod tests {
    use super::*;

    fn seconds(text: &str) -> i64 {
        text.parse::<Timestamp>().expect("a time").as_second()
    }

    #[test]
    fn only_working_hours_count() {
        let zone = TimeZone::get("Europe/Kyiv").expect("a zone");
        // Monday to Friday, nine to six.
        let hours = WorkingHours {
            days: vec![1, 2, 3, 4, 5],
            from: 540,
            to: 1_080,
        };
        let minutes = |since: &str, now: &str| {
            working_minutes(seconds(since), seconds(now), Some(&hours), &zone)
        };
        // Friday 17:00 to Monday 10:00 in winter, when Kyiv is two hours ahead.
        assert_eq!(minutes("2024-01-12T15:00:00Z", "2024-01-15T08:00:00Z"), 120);
        // Within one day, and outside of any.
        assert_eq!(minutes("2024-01-15T08:00:00Z", "2024-01-15T08:30:00Z"), 30);
        assert_eq!(minutes("2024-01-13T08:00:00Z", "2024-01-13T20:00:00Z"), 0);
        // Over the night in which clocks go forward: a working day is as long as ever.
        assert_eq!(minutes("2024-03-29T15:00:00Z", "2024-04-01T06:30:00Z"), 90);
        let all = working_minutes(
            seconds("2024-01-13T08:00:00Z"),
            seconds("2024-01-13T09:00:00Z"),
            None,
            &zone,
        );
        assert_eq!(all, 60);
    }
}
