//! The report, word for word.

use switchboard_model::{
    AccountHealth, AccountId, AccountState, BackupOutcome, BackupSettings, BackupStatus, Code,
    Disk, DiskRoom, HealthEntry, HealthEvent, KeySlots, MethodWait, OutgoingState, SlotKind,
    WaitReason,
};
use switchboard_store::Progress;

use super::facts::{AccountFacts, Facts, Way};
use super::machine::Machine;
use super::text::of;

/// 2026-03-02 15:04 UTC.
const NOW: i64 = 1_772_463_840_000;
const HOUR: i64 = 3_600_000;

fn health() -> AccountHealth {
    let entry = |ago, event| HealthEntry {
        at_ms: NOW - ago * HOUR,
        event,
    };
    AccountHealth {
        account: AccountId(2),
        state: AccountState::Waiting {
            until_ms: NOW + HOUR,
            why: WaitReason::Flood,
        },
        since_ms: NOW - HOUR,
        why: None,
        last_update_ms: None,
        checked_ms: Some(NOW - HOUR),
        round_trip_ms: Some(34),
        waits: vec![MethodWait {
            method: "messages.getHistory".into(),
            until_ms: NOW + HOUR,
        }],
        reconciled_ms: None,
        timeline: vec![
            entry(
                1,
                HealthEvent::FloodWait {
                    method: "messages.getHistory".into(),
                    seconds: 30,
                },
            ),
            entry(
                5,
                HealthEvent::State {
                    to: AccountState::Connecting,
                    code: Some(Code::Network),
                },
            ),
            entry(6, HealthEvent::Reconciled { mended: 0 }),
        ],
    }
}

fn backups() -> BackupStatus {
    let folder = String::from("/home/olga/secret place");
    BackupStatus {
        settings: BackupSettings {
            folders: vec![folder.clone()],
            at: Some(785),
            ..BackupSettings::default()
        },
        folders: vec![folder.clone()],
        running: None,
        last: Some(BackupOutcome {
            ended_ms: NOW,
            code: Some(Code::DiskFull),
            folder: Some(folder.clone()),
            files: vec![folder],
            size: 0,
        }),
        last_good_ms: Some(NOW - HOUR),
        next_ms: None,
        opens_elsewhere: false,
    }
}

fn facts() -> Facts {
    Facts {
        now_ms: NOW,
        started_ms: NOW - 2 * HOUR,
        schema: 4,
        machine: Machine {
            system: "Debian GNU/Linux 12 (bookworm)".into(),
            desktop: Some("KDE".into()),
            ..Machine::default()
        },
        demo: false,
        window: true,
        clean: false,
        keys: KeySlots {
            slots: vec![SlotKind::Keyring, SlotKind::Recovery],
            opened_by: SlotKind::Recovery,
            keyring_answers: true,
            recovery_unconfirmed: false,
        },
        disk: Disk {
            free: 3 << 20,
            room: DiskRoom::Hardly,
        },
        database: Some(1 << 20),
        backups: backups(),
        accounts: vec![AccountFacts {
            health: health(),
            profile: false,
            way: Way::OwnProxy,
            progress: Progress {
                chats_done: 3,
                chats: 5,
                messages: 700,
            },
        }],
        unsent: vec![
            (OutgoingState::Queued, 2),
            (
                OutgoingState::Failed {
                    code: Code::Blocked,
                },
                1,
            ),
        ],
    }
}

#[test]
fn the_report_tells_states_codes_and_counts() {
    let report = of(&facts());
    let body: Vec<_> = report.lines().skip(3).collect();
    let expected = format!(
        "\
made: 2026-03-02 15:04 UTC; up since 2026-03-02 13:04 UTC; ended not in order before that
program: debug build, database version 4; a window holds the main workspace
system: Debian GNU/Linux 12 (bookworm), kernel not told, {}
desktop: KDE, session not told, language not told
keyring: answers; ways in: system keyring, recovery code; opened by recovery code
disk: 3.0 MB free; database 1.0 MB
backups: every 24 h at 13:05, into 1 chosen; last failed at 2026-03-02 15:04 UTC with disk_full; \
last good 2026-03-02 14:04 UTC
not sent: 2 queued, 1 failed (blocked)
accounts: 1
  2: waiting (flood) since 2026-03-02 14:04 UTC; Telegram, by its own proxy; answered at \
2026-03-02 14:04 UTC in 34 ms; 3 of 5 chats whole, 700 messages; must wait for messages.getHistory
trouble in the last 30 days, newest first:
  2026-03-02 14:04 UTC, account 2: to wait 30 s before messages.getHistory
  2026-03-02 10:04 UTC, account 2: network, then connecting",
        std::env::consts::ARCH
    );
    assert_eq!(body, expected.lines().collect::<Vec<_>>());
    assert!(!report.contains("olga"), "{report}");
}

#[test]
fn an_empty_workspace_is_told_too() {
    let mut facts = facts();
    facts.accounts.clear();
    facts.unsent.clear();
    facts.backups.last = None;
    facts.backups.settings.automatic = false;
    facts.disk.free = u64::MAX;
    let report = of(&facts);
    for line in [
        "disk: unknown free; database 1.0 MB",
        "backups: only by hand; last none yet; last good 2026-03-02 14:04 UTC",
        "not sent: nothing",
        "accounts: 0",
        "trouble in the last 30 days: none",
    ] {
        assert!(
            report.lines().any(|told| told == line),
            "{line} in {report}"
        );
    }
}
