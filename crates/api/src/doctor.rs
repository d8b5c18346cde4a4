//! Checks what an operator cannot see: keyring, folder, disk, database, clock, network, accounts.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use switchboard_engine::Engine;
use switchboard_model::{
    Account, AccountId, AccountState, BackupStatus, Code, Damage, KeySlots, SlotKind,
};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::calls::UseCases;
use crate::{ApiError, Desk, Finding};

/// Below this much free disk the doctor warns.
const LITTLE_DISK: u64 = 1 << 30;
/// How long a data centre may take to accept a connection.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long the keyring may take. It is asked for nothing that its owner would have to allow.
const KEYRING_PATIENCE: Duration = Duration::from_secs(10);
/// 2025-01-01, before the first release: a clock earlier than this is wrong.
const BEFORE_US_MS: i64 = 1_735_689_600_000;
/// How far the clock may be behind the newest moment that a server named.
const BEHIND_MS: i64 = 120_000;

/// Every check, in the order in which an operator would ask.
pub(crate) async fn examine(desk: &Desk) -> Result<Vec<Finding>, ApiError> {
    let now_ms = desk.engine.clock().now_ms();
    let accounts = desk.accounts().await?;
    let place = &desk.about.folder;
    // A keyring that hangs must not keep the rest from being told.
    let ways = timeout(KEYRING_PATIENCE, desk.keys(|_| Ok(()))).await;
    let mut findings = vec![
        keyring(ways.ok().and_then(Result::ok).as_ref()),
        folder(place),
        disk(fs4::available_space(place)),
        database(desk.damage.get()),
        clock(now_ms, told_ms(desk, &accounts).await?),
    ];
    findings.push(backup(&desk.engine.backup_status().await?, now_ms));
    findings.extend(network(desk, &accounts).await?);
    if accounts.is_empty() {
        findings.push(finding("account", None, true, "There is no account yet."));
    }
    let connects = desk.engine.connects();
    findings.extend(accounts.iter().map(|one| account(one, connects)));
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

/// The ways into the workspace; absent where they could not be read in time.
fn keyring(ways: Option<&KeySlots>) -> Finding {
    let Some(ways) = ways else {
        let sentence = "The keyring or the key file does not answer. Unlock the system keyring, or set \
                        a passphrase.";
        return finding("keyring", None, false, sentence);
    };
    let needed = ways.slots.contains(&SlotKind::Keyring);
    let (ok, sentence) = match (needed, ways.keyring_answers, ways.opened_by) {
        (true, true, _) => (
            true,
            "The system keyring answers; it is a way into this workspace.",
        ),
        (true, false, _) => (
            false,
            "The system keyring is a way into this workspace and does not answer. Start it, or set \
             a passphrase before the next start.",
        ),
        (false, _, SlotKind::Recovery) => {
            (true, "This workspace was opened with its recovery code.")
        }
        (false, ..) => (true, "A passphrase protects this workspace."),
    };
    finding("keyring", None, ok, sentence)
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

fn disk(free: io::Result<u64>) -> Finding {
    let (ok, sentence) = match free {
        Ok(free) if free < LITTLE_DISK => (
            false,
            format!(
                "Only {} MB are free on this disk. Make room soon.",
                free >> 20
            ),
        ),
        Ok(free) => (true, format!("{} GB are free on this disk.", free >> 30)),
        Err(error) => (false, format!("Free space is unknown ({error}).")),
    };
    finding("disk", None, ok, sentence)
}

fn database(damage: Option<&Damage>) -> Finding {
    let (ok, sentence) = match damage {
        None => (true, "No damage of the database is known.".to_owned()),
        Some(Damage { copy: Some(copy) }) => (
            false,
            format!("The database is damaged; a copy was kept at {copy}. Restore a backup."),
        ),
        Some(Damage { copy: None }) => (
            false,
            "The database is damaged, and no copy could be kept. Restore a backup.".to_owned(),
        ),
    };
    finding("database", None, ok, sentence)
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

/// The newest moment that a server named to any account; 0 where none did.
async fn told_ms(desk: &Desk, accounts: &[Account]) -> Result<i64, ApiError> {
    let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
    let store = desk.engine.store();
    let newest = store.read(move |reader| {
        let mut newest = 0;
        for id in ids {
            newest = i64::from(reader.update_state(id)?.date).max(newest);
        }
        Ok(newest)
    });
    Ok(newest.await?.saturating_mul(1_000))
}

/// That this clock is ahead does not show here: nobody may have written for long.
fn clock(now_ms: i64, told_ms: i64) -> Finding {
    let behind_ms = told_ms.saturating_sub(now_ms);
    let (ok, sentence) = if now_ms < BEFORE_US_MS {
        (
            false,
            "This machine's clock is years behind. Set it, or Telegram will refuse us.".to_owned(),
        )
    } else if behind_ms > BEHIND_MS {
        (
            false,
            format!(
                "This machine's clock is {} minutes or more behind the server's. Set it, or \
                 Telegram will refuse us.",
                behind_ms / 60_000
            ),
        )
    } else {
        (true, "The clock is plausible.".to_owned())
    };
    finding("clock", None, ok, sentence)
}

async fn network(desk: &Desk, accounts: &[Account]) -> Result<Vec<Finding>, ApiError> {
    // The demo has no account while it begins, and knows no address outside of this machine.
    if accounts.is_empty() && !desk.about.demo {
        return Ok(telegram(desk, Engine::telegram()).await);
    }
    let ways = desk.engine.proxies().await?;
    let own = |id| ways.own.iter().find(|own| own.account == id);
    let mut asked = Vec::new();
    let mut findings = Vec::new();
    for account in accounts {
        let way = own(account.id).map(|own| &own.way);
        for address in desk.engine.data_centres(account.id).await? {
            if !asked.contains(&(way, address)) {
                asked.push((way, address));
                findings.push(reach(desk.engine.clone(), Some(account.id), address).await);
            }
        }
    }
    Ok(findings)
}

/// Whoever has no account yet is about to connect one: what stands in the way of that? All at once,
/// since a firewall lets each of them wait.
async fn telegram(desk: &Desk, data_centres: Vec<SocketAddr>) -> Vec<Finding> {
    let mut asking = JoinSet::new();
    for address in data_centres {
        asking.spawn(reach(desk.engine.clone(), None, address));
    }
    let mut findings = asking.join_all().await;
    findings.sort_by(|one, other| one.subject.cmp(&other.subject));
    findings
}

/// Connects the way that the account does: by its proxy, where it has one.
async fn reach(engine: Engine, account: Option<AccountId>, address: SocketAddr) -> Finding {
    let reached = engine.reach(account, address, PATIENCE).await;
    reached_or_not(address, reached.map_err(|error| error.code()))
}

fn reached_or_not(address: SocketAddr, reached: Result<(), Code>) -> Finding {
    let (ok, sentence) = match reached {
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

/// How an account is; `connects` says whether this program connects accounts at all.
fn account(account: &Account, connects: bool) -> Finding {
    let (ok, sentence) = match account.state {
        AccountState::Connecting if !connects => (
            true,
            "is logged in, and connects once the window or `switchboard-cli run` is there.",
        ),
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
mod tests;
