//! Names of backups, and which of them stay.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Days whose newest backup stays.
const DAILY: usize = 7;
/// Weeks whose newest backup stays.
const WEEKLY: usize = 4;
const DAY_MS: i64 = 86_400_000;
/// Between 1970-01-01, a Thursday, and the Monday before it.
const MONDAY: i64 = 3;

const ENDING: &str = ".swbackup";
const FORM: &str = "%Y%m%dT%H%M%SZ";

/// The name of a workspace's backup, such as `switchboard-1a2b3c4d-20260302T150405Z.swbackup`.
/// Several workspaces can share a folder.
pub(super) fn name(workspace: &str, made_ms: i64) -> String {
    let at = Timestamp::from_millisecond(made_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}{}{ENDING}", prefix(workspace), at.strftime(FORM))
}

/// When a workspace's backup was made, by its name; `None` for any other file.
pub(super) fn made_ms(workspace: &str, name: &str) -> Option<i64> {
    let at = name
        .strip_prefix(&prefix(workspace))?
        .strip_suffix(ENDING)?;
    let at = DateTime::strptime(FORM, at).ok()?;
    let at = at.to_zoned(TimeZone::UTC).ok()?;
    Some(at.timestamp().as_millisecond())
}

/// What every name of a workspace's backups begins with.
pub(super) fn prefix(workspace: &str) -> String {
    let short: String = workspace.chars().take(8).collect();
    format!("switchboard-{short}-")
}

/// Which of these moments' backups stay: the newest of each of the last seven days and of each of
/// the last four weeks that have one (UTC, weeks from Monday). A machine that was off for a month
/// loses none of them for that.
///
/// Those dated after `now_ms` stay and count for nothing: either they were made while the clock was
/// wrong, or it is wrong now and they are the good ones. The one just made always stays.
pub(super) fn kept(made_ms: &[i64], now_ms: i64) -> BTreeSet<i64> {
    let (newest_first, dated_ahead): (BTreeSet<i64>, BTreeSet<i64>) =
        made_ms.iter().copied().partition(|at| *at <= now_ms);
    let day = |at: i64| at.div_euclid(DAY_MS);
    let week = |at: i64| (day(at) + MONDAY).div_euclid(7);
    let newest_of = |span: &dyn Fn(i64) -> i64, count: usize| {
        let mut seen = BTreeSet::new();
        let newest = newest_first.iter().rev().copied();
        newest
            .filter(|at| seen.insert(span(*at)))
            .take(count)
            .collect::<Vec<_>>()
    };
    let mut kept: BTreeSet<i64> = newest_of(&day, DAILY).into_iter().collect();
    kept.extend(newest_of(&week, WEEKLY));
    kept.extend(dated_ahead);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn day(number: i64) -> i64 {
        // A Sunday, at noon.
        at("2026-03-01T12:00:00Z") - number * DAY_MS
    }

    #[test]
    fn seven_days_and_four_weeks_stay() {
        let hour = 3_600_000;
        let table: [(&str, Vec<i64>, Vec<i64>); 6] = [
            ("none", vec![], vec![]),
            ("one", vec![day(0)], vec![day(0)]),
            (
                "the newest of a day",
                vec![day(0), day(0) - hour, day(0) + hour],
                vec![day(0) + hour],
            ),
            (
                // Days 0 to 6 are one week, whose newest is day 0; then the Sundays before.
                "forty days in a row",
                (0..40).map(day).collect(),
                [0, 1, 2, 3, 4, 5, 6, 7, 14, 21].map(day).to_vec(),
            ),
            (
                "a gap of months costs nothing",
                [0, 1, 100, 101, 107, 114, 121].map(day).to_vec(),
                [0, 1, 100, 101, 107, 114, 121].map(day).to_vec(),
            ),
            (
                // Eight days with one, over six weeks: days 0 to 35 by day, and weeks 0 to 3.
                "the eighth day goes unless its week is among four",
                [0, 5, 10, 15, 20, 25, 30, 35].map(day).to_vec(),
                [0, 5, 10, 15, 20, 25, 30].map(day).to_vec(),
            ),
        ];
        for (what, made, mut stays) in table {
            stays.sort_unstable();
            let kept = kept(&made, day(-1));
            assert_eq!(kept.into_iter().collect::<Vec<_>>(), stays, "{what}");
        }
    }

    #[test]
    fn a_wrong_clock_costs_no_backup() {
        let mut files: Vec<i64> = (100..107).map(|ahead| day(-ahead)).collect();
        let ahead = files.clone();
        for number in (0..30).rev() {
            files.push(day(number));
            files = kept(&files, day(number)).into_iter().collect();
            assert!(files.contains(&day(number)), "the one just made stays");
        }
        for file in &ahead {
            assert!(
                files.contains(file),
                "it may be the clock of now that is wrong"
            );
        }
        let others = files.iter().filter(|file| !ahead.contains(file)).count();
        assert!((9..=11).contains(&others), "{others}");
    }

    #[test]
    fn what_is_kept_once_stays_kept_until_newer_ones_come() {
        let mut files = Vec::new();
        for number in (0..400).rev() {
            files.push(day(number));
            files = kept(&files, day(number)).into_iter().collect();
            assert!(files.len() <= DAILY + WEEKLY);
            assert!(files.contains(&day(number)), "the newest stays");
        }
        // After a year of days: the last seven, and Sundays further back.
        assert_eq!(files.len(), 10);
    }

    #[test]
    fn names_tell_workspace_and_time() {
        let made = at("2026-03-02T15:04:05Z");
        let shown = name("1a2b3c4d5e6f", made);
        assert_eq!(shown, "switchboard-1a2b3c4d-20260302T150405Z.swbackup");
        assert_eq!(made_ms("1a2b3c4d5e6f", &shown), Some(made));
        for other in [
            "switchboard-99999999-20260302T150405Z.swbackup",
            "switchboard-1a2b3c4d-20260302T150405Z.swbackup.part",
            "switchboard-1a2b3c4d-holiday.swbackup",
            "switchboard-1a2b3c4d-20261302T150405Z.swbackup",
            "photo.jpg",
        ] {
            assert_eq!(made_ms("1a2b3c4d5e6f", other), None, "{other}");
        }
    }
}
