//! Tells of tasks that are due, brings chats back whose snooze is over, and raises follow-ups of
//! days that are noted of people.

use std::sync::{Arc, Weak};
use std::time::Duration;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use switchboard_model::{Actor, Event};
use switchboard_store::{Day, DeedOf};
use tokio_util::sync::CancellationToken;

use crate::engine::Inner;
use crate::{Engine, EngineError};

/// The longest wait: a clock that was set, or a machine that slept, is noticed by then.
const LONGEST_WAIT_MS: i64 = 60_000;

/// The hour of the day, by this machine's clock, at which what a day raises is due.
const MORNING: i8 = 9;

/// Days that are made up for after the program did not run: a week's holiday, and no more, since a
/// long list of days gone by helps nobody.
const MADE_UP_DAYS: i32 = 7;

/// The last day whose follow-ups were raised, `YYYY-MM-DD`.
const LAST_DAY: &str = "reminders.day";

/// Waits for what is due next, until the engine stops.
pub(crate) async fn keep(engine: Weak<Inner>, stop: CancellationToken) {
    loop {
        let Some(inner) = engine.upgrade() else {
            return;
        };
        let bell = Arc::clone(&inner.reminders);
        let engine = Engine(inner);
        let wait = match engine.remind().await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::error!(%error, "reminders were not read");
                Duration::from_millis(LONGEST_WAIT_MS.unsigned_abs())
            }
        };
        let clock = engine.clock().clone();
        drop(engine);
        tokio::select! {
            () = stop.cancelled() => return,
            () = bell.notified() => {}
            () = clock.sleep(wait) => {}
        }
    }
}

impl Engine {
    /// Tells of what is due now, and how long to wait for the next.
    async fn remind(&self) -> Result<Duration, EngineError> {
        let now_ms = self.clock().now_ms();
        self.raise_days(now_ms).await?;
        let next = self
            .store()
            .read(|reader| reader.next_reminder_ms())
            .await?;
        let Some(next) = next else {
            return Ok(Duration::from_millis(LONGEST_WAIT_MS.unsigned_abs()));
        };
        if next > now_ms {
            let wait = (next - now_ms).min(LONGEST_WAIT_MS);
            return Ok(Duration::from_millis(wait.unsigned_abs()));
        }
        let (due, back) = self.store().write(move |tx| tx.remind(now_ms)).await?;
        self.tell_worked(&back).await?;
        let bus = &self.house().bus;
        for chat in back.chats {
            bus.tell(Event::Reminder { chat, task: None });
        }
        for task in due {
            let (chat, task) = (task.chat, Some(task.id));
            bus.tell(Event::Reminder { chat, task });
            bus.tell(Event::Card { chat: Some(chat) });
        }
        Ok(Duration::ZERO)
    }

    /// Raises the follow-ups of today, and those of the days since the program last looked.
    async fn raise_days(&self, now_ms: i64) -> Result<(), EngineError> {
        let zone = TimeZone::system();
        let read = self.store().read(move |reader| {
            let last: Option<String> = reader.setting(LAST_DAY)?;
            let looked = last.as_deref().and_then(|day| day.parse().ok());
            let days = days(looked, now_ms, &zone);
            let mut raising = Vec::new();
            for day in &days {
                if reader.day_raises(&day.day)? {
                    raising.push(day.clone());
                }
            }
            let today = days.last().map(|day| day.day.clone());
            Ok((today.filter(|today| last.as_ref() != Some(today)), raising))
        });
        let (new_day, raising) = read.await?;
        for day in raising {
            let by = DeedOf {
                actor: Actor::Rule,
                now_ms,
            };
            let raised = self.store().write(move |tx| tx.raise_day(&day, &by));
            self.tell_worked(&raised.await?).await?;
        }
        if let Some(today) = new_day {
            let noted = self
                .store()
                .write(move |tx| tx.set_setting(LAST_DAY, &today));
            noted.await?;
        }
        Ok(())
    }
}

/// Today, and before it the days after the last one that was looked at, oldest first.
fn days(last: Option<Date>, now_ms: i64, zone: &TimeZone) -> Vec<Day> {
    let Ok(now) = Timestamp::from_millisecond(now_ms) else {
        return Vec::new();
    };
    let today = now.to_zoned(zone.clone()).date();
    let back = last.map_or(0, |last| {
        (today - last).get_days().clamp(0, MADE_UP_DAYS + 1)
    });
    let first = (1 - back).min(0);
    let day = |ago: i32| {
        let date = today.checked_add(ago.days()).ok()?;
        let due = date.at(MORNING, 0, 0, 0).to_zoned(zone.clone()).ok()?;
        Some(Day {
            day: date.to_string(),
            due_ms: due.timestamp().as_millisecond(),
        })
    };
    (first..=0).filter_map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(last: Option<&str>) -> Vec<String> {
        let zone = TimeZone::get("Europe/Kyiv").expect("a zone");
        let now: Timestamp = "2026-03-02T22:30:00Z".parse().expect("a time");
        let last = last.map(|day| day.parse().expect("a day"));
        let days = days(last, now.as_millisecond(), &zone);
        days.into_iter().map(|day| day.day).collect()
    }

    #[test]
    fn days_are_those_of_the_operators_calendar_and_made_up_for() {
        assert_eq!(named(None), ["2026-03-03"]);
        assert_eq!(named(Some("2026-03-03")), ["2026-03-03"]);
        // A clock that was set back.
        assert_eq!(named(Some("2026-03-09")), ["2026-03-03"]);
        assert_eq!(named(Some("2026-03-02")), ["2026-03-03"]);
        let made_up = ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"];
        assert_eq!(named(Some("2026-02-27")), made_up);
        assert_eq!(named(Some("2025-03-03")).len(), 8);
    }

    #[test]
    fn what_a_day_raises_is_due_in_its_morning() {
        let zone = TimeZone::get("Europe/Kyiv").expect("a zone");
        let now: Timestamp = "2026-03-02T10:00:00Z".parse().expect("a time");
        let days = days(None, now.as_millisecond(), &zone);
        let due = days.first().map(|day| day.due_ms).expect("today");
        let due = Timestamp::from_millisecond(due).expect("a time");
        assert_eq!(due.to_string(), "2026-03-02T07:00:00Z");
    }
}
