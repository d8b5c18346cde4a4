//! When the next backup is due.

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
/// none by themselves.
///
/// One that was due while the machine was off or asleep is made once it has settled.
pub(super) fn due_ms(
    settings: &BackupSettings,
    record: &Record,
    started_ms: i64,
    now_ms: i64,
) -> Option<i64> {
    if !settings.automatic {
        return None;
    }
    let every = i64::from(settings.every_hours.clamp(1, LONGEST_HOURS)) * HOUR_MS;
    // A clock that was put back must not put backups off for as long as it was wrong.
    let good = record.last_good_ms.map(|at| at.min(now_ms));
    let next = good.map_or(started_ms + FIRST_MS, |at| at + every);
    let failed = record.last.as_ref().filter(|last| last.code.is_some());
    let again = failed.map_or(i64::MIN, |last| last.ended_ms.min(now_ms) + AGAIN_MS);
    Some(next.max(again).max(started_ms + SETTLES_MS))
}

#[cfg(test)]
mod tests {
    use switchboard_model::Code;

    use super::*;

    fn outcome(ended_ms: i64, code: Option<Code>) -> Option<BackupOutcome> {
        Some(BackupOutcome {
            ended_ms,
            code,
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
            let due = due_ms(&daily, &record, started, now);
            let settled = expected.max(started + SETTLES_MS);
            assert_eq!(due, Some(settled), "{what}");
        }
        let hourly = BackupSettings {
            every_hours: 0,
            ..daily.clone()
        };
        assert_eq!(due_ms(&hourly, &good(now), started, now), Some(now + H));
        let off = BackupSettings {
            automatic: false,
            ..daily
        };
        assert_eq!(due_ms(&off, &good(now - 90 * H), started, now), None);
    }
}
