//! Checks what an operator cannot see: keyring, folder, disk, clock, network, accounts.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use switchboard_model::{Account, AccountState, BackupStatus, Code};
use switchboard_vault::SlotKind;

use crate::calls::UseCases;
use crate::{ApiError, Desk, Finding};

/// Below this much free disk the doctor warns.
const LITTLE_DISK: u64 = 1 << 30;
/// How long a data centre may take to accept a connection.
const PATIENCE: Duration = Duration::from_secs(4);
/// 2025-01-01, before the first release: a clock earlier than this is wrong.
const BEFORE_US_MS: i64 = 1_735_689_600_000;

/// Every check, in the order in which an operator would ask.
pub(crate) async fn examine(desk: &Desk) -> Result<Vec<Finding>, ApiError> {
    let mut findings = vec![
        keyring(desk.keys.opened_by()),
        folder(&desk.about.folder),
        disk(&desk.about.folder),
        clock(desk.engine.clock().now_ms()),
    ];
    findings.push(backup(
        &desk.engine.backup_status().await?,
        desk.engine.clock().now_ms(),
    ));
    let accounts = desk.accounts().await?;
    findings.extend(network(desk, &accounts).await?);
    if accounts.is_empty() {
        findings.push(finding("account", None, true, "There is no account yet."));
    }
    findings.extend(accounts.iter().map(account));
    Ok(findings)
}

fn finding(check: &str, subject: Option<String>, ok: bool, sentence: impl Into<String>) -> Finding {
    Finding {
        check: check.to_owned(),
        subject,
        ok,
        sentence: sentence.into(),
    }
}

fn keyring(slot: SlotKind) -> Finding {
    let sentence = match slot {
        SlotKind::Keyring => "The system keyring holds the key of this workspace.",
        SlotKind::Passphrase => "A passphrase protects this workspace.",
        SlotKind::Recovery => "This workspace was opened with its recovery code.",
    };
    finding("keyring", None, true, sentence)
}

fn folder(folder: &Path) -> Finding {
    let probe = folder.join(".doctor");
    let written = std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => finding(
            "folder",
            None,
            true,
            format!("{} can be written.", folder.display()),
        ),
        Err(error) => finding(
            "folder",
            None,
            false,
            format!(
                "{} cannot be written ({error}). Check its owner and rights.",
                folder.display()
            ),
        ),
    }
}

fn disk(folder: &Path) -> Finding {
    match fs4::available_space(folder) {
        Ok(free) if free < LITTLE_DISK => finding(
            "disk",
            None,
            false,
            format!(
                "Only {} MB are free on this disk. Make room soon.",
                free >> 20
            ),
        ),
        Ok(free) => finding(
            "disk",
            None,
            true,
            format!("{} GB are free on this disk.", free >> 30),
        ),
        Err(error) => finding(
            "disk",
            None,
            false,
            format!("Free space is unknown ({error})."),
        ),
    }
}

/// Two that are missing in a row are worth a word; one is missed by a machine that was off.
fn backup(status: &BackupStatus, now_ms: i64) -> Finding {
    let settings = &status.settings;
    let overdue_ms = 2 * i64::from(settings.every_hours) * 3_600_000;
    let failed = status.last.as_ref().is_some_and(|last| last.code.is_some());
    let (ok, sentence) = match status.last_good_ms {
        _ if failed => (false, "The last backup failed. Check its folders."),
        _ if !settings.automatic => (true, "Backups are made when you ask for one."),
        Some(good_ms) if now_ms - good_ms > overdue_ms => {
            (false, "The last good backup is old. Make one now.")
        }
        Some(_) => (true, "The last backup is good."),
        None => (true, "There is no backup yet; the first one follows soon."),
    };
    finding("backup", None, ok, sentence)
}

fn clock(now_ms: i64) -> Finding {
    if now_ms < BEFORE_US_MS {
        let sentence = "This machine's clock is years behind. Set it, or Telegram will refuse us.";
        finding("clock", None, false, sentence)
    } else {
        finding("clock", None, true, "The clock is plausible.")
    }
}

async fn network(desk: &Desk, accounts: &[Account]) -> Result<Vec<Finding>, ApiError> {
    let ways = desk.engine.proxies().await?;
    let own = |id| ways.own.iter().find(|own| own.account == id);
    let mut asked = Vec::new();
    let mut findings = Vec::new();
    for account in accounts {
        let way = own(account.id).map(|own| &own.way);
        for address in desk.engine.data_centres(account.id).await? {
            if !asked.contains(&(way, address)) {
                asked.push((way, address));
                findings.push(reach(desk, account, address).await);
            }
        }
    }
    Ok(findings)
}

/// Connects the way that the account does: by its proxy, where it has one.
async fn reach(desk: &Desk, account: &Account, address: SocketAddr) -> Finding {
    let reached = desk.engine.reach(account.id, address, PATIENCE).await;
    let (ok, sentence) = match reached.map_err(|error| error.code()) {
        Ok(()) => (true, format!("{address} answers.")),
        Err(Code::Offline) => (
            false,
            format!("{address} refuses. Check the network, or whether it is running."),
        ),
        Err(Code::Network) => (
            false,
            format!("{address} does not answer. Check the network or the firewall."),
        ),
        Err(code) => (
            false,
            format!("{address} is not reached by the proxy ({code:?}). Check the proxy."),
        ),
    };
    finding("network", Some(address.to_string()), ok, sentence)
}

fn account(account: &Account) -> Finding {
    let (ok, sentence) = match account.state {
        AccountState::Online => (true, "is connected and up to date."),
        AccountState::Connecting => (true, "is connecting."),
        AccountState::Waiting { .. } => (true, "waits and will try again by itself."),
        AccountState::CodeSent | AccountState::PasswordNeeded | AccountState::LoggedOut => {
            (false, "is logged out. Log in again to go on.")
        }
        AccountState::Revoked => (
            false,
            "has no session at Telegram any more. Its history is here; log in again to go on.",
        ),
        AccountState::Banned => (false, "was banned by Telegram. Its history is here."),
        AccountState::Frozen => (
            false,
            "was frozen by Telegram. Appeal in an official Telegram app.",
        ),
    };
    finding(
        "account",
        Some(account.name.clone()),
        ok,
        format!("{} {sentence}", account.name),
    )
}

#[cfg(test)]
mod tests {
    use switchboard_model::{BackupOutcome, BackupSettings, Code};

    use super::*;

    #[test]
    fn a_backup_that_failed_or_is_old_is_told() {
        const DAY: i64 = 86_400_000;
        let now = 100 * DAY;
        let outcome = |code| BackupOutcome {
            ended_ms: now,
            code,
            files: Vec::new(),
            size: 0,
        };
        let table = [
            ("none yet", None, None, true, true),
            ("fresh", Some(now - DAY), None, true, true),
            ("missed twice", Some(now - 3 * DAY), None, true, false),
            ("by hand", Some(now - 30 * DAY), None, false, true),
            ("failed", Some(now - DAY), Some(Code::DiskFull), true, false),
        ];
        for (what, last_good_ms, code, automatic, ok) in table {
            let status = BackupStatus {
                settings: BackupSettings {
                    automatic,
                    ..BackupSettings::default()
                },
                folders: Vec::new(),
                running: None,
                last: Some(outcome(code)),
                last_good_ms,
                next_ms: None,
                opens_elsewhere: true,
            };
            assert_eq!(backup(&status, now).ok, ok, "{what}");
        }
    }
}
