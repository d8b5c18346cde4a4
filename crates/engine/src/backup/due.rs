//! When the next backup is due.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use switchboard_model::{BackupOutcome, BackupSettings};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A start, or waking up, is busy enough without.
const SETTLES_MS: i64 = 2 * MINUTE_MS;
/// A new workspace has something to keep by then.
const FIRST_MS: i64 = 10 * MINUTE_MS;
/// From one that failed to the next try: a folder may be back by then.
const AGAIN_MS: i64 = HOUR_MS;
/// The longest time from one to the next: a week.
pub(super) const LONGEST_HOURS: u32 = 168;

/// What the workspace remembers of its backups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// How the last one ended.
    pub last: Option<BackupOutcome>,
    /// When the last good one was made.
    pub last_good_ms: Option<i64>,
}

/// When the next backup is due; a time that has passed means now. `None` where the operator wants
/// none by themselves. `zone` is that of the machine.
///
/// One that was due while the machine was off or asleep is made once it has settled.
pub(super) fn due_ms(
    settings: &BackupSettings,
    record: &Record,
    started_ms: i64,
    now_ms: i64,
    zone: &TimeZone,
) -> Option<i64> {
    if !settings.automatic {
        return None;
    }
    // A clock that was put back must not put backups off for as long as it was wrong.
    let good = record.last_good_ms.map(|at| at.min(now_ms));
    let next = good.map_or(started_ms + FIRST_MS, |good| after(settings, good, zone));
    let failed = record.last.as_ref().filter(|last| last.code.is_some());
    let again = failed.map_or(i64::MIN, |last| last.ended_ms.min(now_ms) + AGAIN_MS);
    Some(next.max(again).max(started_ms + SETTLES_MS))
}

/// When the one after a good one is wanted.
fn after(settings: &BackupSettings, good_ms: i64, zone: &TimeZone) -> i64 {
    let hours = i64::from(settings.every_hours.clamp(1, LONGEST_HOURS));
    let minute = settings.at.filter(|_| hours % 24 == 0);
    minute
        .and_then(|minute| days_after(good_ms, hours / 24, minute, zone))
        .unwrap_or(good_ms + hours * HOUR_MS)
}

/// A minute of the day, so many days after the last one that had come at `good_ms`: one that was
/// made late does not make the next one late too.
///
/// Days are the calendar's, so a change of the clocks moves nothing. A time that such a change
/// leaves out comes as much later; of one that comes twice, the first counts.
fn days_after(good_ms: i64, days: i64, minute: u16, zone: &TimeZone) -> Option<i64> {
    let good = Timestamp::from_millisecond(good_ms).ok()?;
    let (hour, minute) = (
        i8::try_from(minute / 60).ok()?,
        i8::try_from(minute % 60).ok()?,
    );
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let on = |date: Date| {
        let moment = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
        Some(moment.timestamp().as_millisecond())
    };
    let day = good.to_zoned(zone.clone()).date();
    let last = match on(day)? <= good_ms {
        true => day,
        false => day.yesterday().ok()?,
    };
    on(last.checked_add(Span::new().days(days)).ok()?)
}

#[cfg(test)]
mod tests {
    use switchboard_model::Code;

    use super::*;

    fn outcome(ended_ms: i64, code: Option<Code>) -> Option<BackupOutcome> {
        Some(BackupOutcome {
            ended_ms,
            code,
            folder: None,
            files: Vec::new(),
            size: 0,
        })
    }

    #[test]
    fn a_backup_is_due_once_its_time_has_come() {
        const H: i64 = HOUR_MS;
        let now = 1_000 * H;
        let started = now - 5 * H;
        let daily = BackupSettings::default();
        let record = |good: Option<i64>, last| Record {
            last,
            last_good_ms: good,
        };
        let good = |at| record(Some(at), outcome(at, None));
        let failed = |at, failed| record(at, outcome(failed, Some(Code::DiskFull)));
        let table = [
            (
                "never made",
                record(None, None),
                started,
                started + FIRST_MS,
            ),
            ("made today", good(now - 3 * H), started, now + 21 * H),
            (
                "missed while asleep",
                good(now - 30 * H),
                started,
                now - 6 * H,
            ),
            ("just started", good(now - 30 * H), now, now + SETTLES_MS),
            (
                "failed before any",
                failed(None, now - H / 2),
                started,
                now + H / 2,
            ),
            (
                "failed long ago",
                failed(Some(now - 60 * H), now - 30 * H),
                started,
                now - 29 * H,
            ),
            (
                "failed early",
                failed(Some(now - H), now - H / 2),
                started,
                now + 23 * H,
            ),
            (
                "the clock was put back",
                good(now + 900 * H),
                started,
                now + 24 * H,
            ),
            (
                "its last failure too",
                failed(None, now + 900 * H),
                started,
                now + H,
            ),
        ];
        for (what, record, started, expected) in table {
            let due = due_ms(&daily, &record, started, now, &TimeZone::UTC);
            let settled = expected.max(started + SETTLES_MS);
            assert_eq!(due, Some(settled), "{what}");
        }
        let due = |settings, made| due_ms(&settings, &good(made), started, now, &TimeZone::UTC);
        let hourly = BackupSettings {
            every_hours: 0,
            ..daily.clone()
        };
        assert_eq!(due(hourly, now), Some(now + H));
        let off = BackupSettings {
            automatic: false,
            ..daily
        };
        assert_eq!(due(off, now - 90 * H), None);
    }

    /// Kyiv's clocks: an hour forward on 29 March 2026 at 3:00, an hour back on 25 October at 4:00.
    fn kyiv() -> TimeZone {
        TimeZone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap()
    }

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn a_time_of_day_is_kept_whenever_the_last_one_was_made() {
        let table = [
            // (what, days, time of day, last good one, the next one)
            (
                "in time",
                1,
                780,
                "2026-01-10T13:00:20+02",
                "2026-01-11T13:00+02",
            ),
            (
                "made late",
                1,
                780,
                "2026-01-10T18:30+02",
                "2026-01-11T13:00+02",
            ),
            (
                "made by hand before it",
                1,
                780,
                "2026-01-10T09:00+02",
                "2026-01-10T13:00+02",
            ),
            (
                "every week",
                7,
                780,
                "2026-01-10T13:00:20+02",
                "2026-01-17T13:00+02",
            ),
            (
                "every week, made late",
                7,
                780,
                "2026-01-11T09:00+02",
                "2026-01-17T13:00+02",
            ),
            (
                "midnight",
                1,
                0,
                "2026-01-10T23:59+02",
                "2026-01-11T00:00+02",
            ),
            (
                "the last minute",
                1,
                1_439,
                "2026-01-10T00:00+02",
                "2026-01-10T23:59+02",
            ),
            (
                "clocks go forward",
                1,
                780,
                "2026-03-28T13:00+02",
                "2026-03-29T13:00+03",
            ),
            (
                "clocks go back",
                1,
                780,
                "2026-10-24T13:00+03",
                "2026-10-25T13:00+02",
            ),
            (
                "a time left out",
                1,
                210,
                "2026-03-28T03:30+02",
                "2026-03-29T04:30+03",
            ),
            (
                "after one left out",
                1,
                210,
                "2026-03-29T04:30+03",
                "2026-03-30T03:30+03",
            ),
            (
                "a time that comes twice",
                1,
                210,
                "2026-10-24T03:30+03",
                "2026-10-25T03:30+03",
            ),
            (
                "once is enough",
                1,
                210,
                "2026-10-25T03:30+03",
                "2026-10-26T03:30+02",
            ),
        ];
        for (what, days, minute, good, expected) in table {
            let settings = BackupSettings {
                every_hours: 24 * days,
                at: Some(minute),
                ..BackupSettings::default()
            };
            let next = after(&settings, at(good), &kyiv());
            assert_eq!(next, at(expected), "{what}");
        }
    }

    #[test]
    fn a_time_of_day_holds_for_whole_days_only() {
        let often = BackupSettings {
            every_hours: 6,
            at: Some(780),
            ..BackupSettings::default()
        };
        let good = at("2026-01-10T13:00+02");
        assert_eq!(after(&often, good, &kyiv()), good + 6 * HOUR_MS);
    }

    #[test]
    fn a_time_that_passed_while_the_machine_was_off_is_made_up_for() {
        let settings = BackupSettings {
            at: Some(780),
            ..BackupSettings::default()
        };
        let good = at("2026-01-10T13:00+02");
        let due = |record: &Record, started| {
            due_ms(&settings, record, started, started + 5 * MINUTE_MS, &kyiv())
        };
        let record = Record {
            last: outcome(good, None),
            last_good_ms: Some(good),
        };
        let (early, late) = (at("2026-01-12T09:00+02"), at("2026-01-11T12:00+02"));
        assert_eq!(due(&record, early), Some(early + SETTLES_MS));
        assert_eq!(due(&record, late), Some(at("2026-01-11T13:00+02")));

        let failed = at("2026-01-11T13:00+02");
        let record = Record {
            last: outcome(failed, Some(Code::ReadOnly)),
            last_good_ms: Some(good),
        };
        assert_eq!(due(&record, failed), Some(failed + AGAIN_MS));
    }
}
