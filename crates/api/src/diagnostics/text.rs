//! The report's words.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use switchboard_model::{BackupSettings, BackupStatus, HealthEntry, HealthEvent, SlotKind};

use super::facts::{AccountFacts, Facts, Way};

/// Entries of recent trouble, for all accounts together.
const MOST_TROUBLE: usize = 20;

/// The report.
pub(super) fn of(facts: &Facts) -> String {
    let mut lines = vec![
        format!("Switchboard {}: diagnostics", env!("CARGO_PKG_VERSION")),
        "Versions, states, counts and codes. No names, phone numbers, texts or keys.".to_owned(),
    ];
    lines.push(String::new());
    lines.extend(program(facts));
    lines.extend(machine(facts));
    lines.push(backups(&facts.backups));
    lines.push(unsent(facts));
    lines.push(format!("accounts: {}", facts.accounts.len()));
    lines.extend(facts.accounts.iter().map(account));
    lines.extend(trouble(&facts.accounts));
    lines.join("\n")
}

fn program(facts: &Facts) -> [String; 2] {
    let build = match cfg!(debug_assertions) {
        true => "debug",
        false => "release",
    };
    let workspace = match facts.demo {
        true => "demo",
        false => "main",
    };
    let holder = match facts.window {
        true => "a window",
        false => "a command",
    };
    let end = match facts.clean {
        true => "in order",
        false => "not in order",
    };
    [
        format!(
            "made: {}; up since {}; ended {end} before that",
            time(facts.now_ms),
            time(facts.started_ms)
        ),
        format!(
            "program: {build} build, database version {}; {holder} holds the {workspace} workspace",
            facts.schema
        ),
    ]
}

fn machine(facts: &Facts) -> [String; 4] {
    let here = &facts.machine;
    let told = |word: &Option<String>| word.clone().unwrap_or_else(|| "not told".to_owned());
    let slots: Vec<_> = facts.keys.slots.iter().map(SlotKind::to_string).collect();
    let keyring = match facts.keys.keyring_answers {
        true => "answers",
        false => "does not answer",
    };
    let known = |bytes: Option<u64>| bytes.map_or_else(|| "unknown".to_owned(), size);
    // So much is told where the system does not tell.
    let free = known(Some(facts.disk.free).filter(|free| *free < u64::MAX));
    let database = known(facts.database);
    [
        format!(
            "system: {}, kernel {}, {}",
            here.system,
            told(&here.kernel),
            std::env::consts::ARCH
        ),
        format!(
            "desktop: {}, session {}, language {}",
            told(&here.desktop),
            told(&here.session),
            told(&here.language)
        ),
        format!(
            "keyring: {keyring}; ways in: {}; opened by {}",
            slots.join(", "),
            facts.keys.opened_by
        ),
        format!("disk: {free} free; database {database}"),
    ]
}

fn backups(status: &BackupStatus) -> String {
    let last = match &status.last {
        None => "none yet".to_owned(),
        Some(last) => match last.code {
            None => format!("good at {}, {}", time(last.ended_ms), size(last.size)),
            Some(code) => format!("failed at {} with {}", time(last.ended_ms), word(&code)),
        },
    };
    let good = status.last_good_ms.map_or_else(|| "none".to_owned(), time);
    format!(
        "backups: {}; last {last}; last good {good}",
        wanted(&status.settings)
    )
}

fn wanted(settings: &BackupSettings) -> String {
    if !settings.automatic {
        return "only by hand".to_owned();
    }
    let at = settings.at.map(|minute| {
        let (hour, minute) = (minute / 60, minute % 60);
        format!(" at {hour:02}:{minute:02}")
    });
    let folders = match settings.folders.len() {
        0 => "the usual folder".to_owned(),
        chosen => format!("{chosen} chosen"),
    };
    format!(
        "every {} h{}, into {folders}",
        settings.every_hours,
        at.unwrap_or_default()
    )
}

fn unsent(facts: &Facts) -> String {
    if facts.unsent.is_empty() {
        return "not sent: nothing".to_owned();
    }
    let counts = facts.unsent.iter().map(|(state, count)| {
        let code = field(state, "code").map(|code| format!(" ({code})"));
        format!("{count} {}{}", word(state), code.unwrap_or_default())
    });
    format!("not sent: {}", counts.collect::<Vec<_>>().join(", "))
}

fn account(account: &AccountFacts) -> String {
    let AccountFacts {
        health, progress, ..
    } = account;
    let why = field(&health.state, "why").or_else(|| health.why.map(|code| word(&code)));
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    let server = match account.profile {
        true => "a profile's servers",
        false => "Telegram",
    };
    let way = match account.way {
        Way::Direct => "directly",
        Way::OwnProxy => "by its own proxy",
        Way::SharedProxy => "by the shared proxy",
    };
    let answer = match (health.checked_ms, health.round_trip_ms) {
        (Some(at_ms), Some(took)) => format!("answered at {} in {took} ms", time(at_ms)),
        _ => "not asked yet".to_owned(),
    };
    let waits: Vec<_> = health
        .waits
        .iter()
        .map(|wait| wait.method.as_str())
        .collect();
    let waits = match waits.is_empty() {
        true => String::new(),
        false => format!("; must wait for {}", waits.join(", ")),
    };
    format!(
        "  {}: {}{why} since {}; {server}, {way}; {answer}; {} of {} chats whole, {} messages{waits}",
        health.account,
        word(&health.state),
        time(health.since_ms),
        progress.chats_done,
        progress.chats,
        progress.messages
    )
}

/// What went wrong of late, newest first.
fn trouble(accounts: &[AccountFacts]) -> Vec<String> {
    let mut all: Vec<_> = accounts
        .iter()
        .flat_map(|account| {
            account
                .health
                .timeline
                .iter()
                .map(move |entry| (account, entry))
        })
        .filter_map(|(account, entry)| Some((account.health.account, entry.at_ms, said(entry)?)))
        .collect();
    all.sort_by_key(|(_, at_ms, _)| std::cmp::Reverse(*at_ms));
    let heading = match all.is_empty() {
        true => "trouble in the last 30 days: none",
        false => "trouble in the last 30 days, newest first:",
    };
    let lines = all.into_iter().take(MOST_TROUBLE);
    std::iter::once(heading.to_owned())
        .chain(lines.map(|(id, at_ms, said)| format!("  {}, account {id}: {said}", time(at_ms))))
        .collect()
}

/// What an entry says of trouble; `None` where it is none.
fn said(entry: &HealthEntry) -> Option<String> {
    match &entry.event {
        HealthEvent::State {
            to,
            code: Some(code),
        } => Some(format!("{}, then {}", word(code), word(to))),
        HealthEvent::State { code: None, .. } | HealthEvent::Reconciled { mended: 0 } => None,
        HealthEvent::FloodWait { method, seconds } => {
            Some(format!("to wait {seconds} s before {method}"))
        }
        HealthEvent::Reconciled { mended } => Some(format!("{mended} chats mended")),
    }
}

/// The name under which a value travels: of a code, or the state that a state is in.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => field(value, "state").unwrap_or_else(|| "unknown".to_owned()),
    }
}

/// A word beside the name of a state, such as its reason.
fn field<T: Serialize>(value: &T, name: &str) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    Some(value.get(name)?.as_str()?.to_owned())
}

fn time(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_048_576.0)
}
