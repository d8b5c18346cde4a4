//! `backup`, `restore` and `held`.

use std::path::{Path, PathBuf};

use serde_json::json;
use switchboard_api::closed::{Gauge, RestoreRequest, restore};
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{
    BackupFile, BackupInfo, BackupOutcome, BackupSettings, BackupStatus, Code, Outgoing, Restored,
};

use crate::args::{
    Backup, BackupCommand, BackupSet, Discard, Held, HeldIds, OnOff, Restore, TimeOfDay,
};
use crate::client::Client;
use crate::commands::crm::unfit::{self, unfit};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, alone, once};
use crate::out::{Out, note, table};
use crate::secrets::{Echo, agreed, ask, typed};
use crate::{plain, words};

pub(crate) async fn run(place: &mut Place, out: Out, backup: &Backup) -> Result<Exit, Failure> {
    match &backup.what {
        None | Some(BackupCommand::Now) => now(place, out).await,
        Some(BackupCommand::List) => {
            let files = once(place, false, async |client| {
                Ok(client.backup_files().await?)
            });
            let files = files.await?;
            out.result(&json!({ "backups": files }), |_| listed(&files))?;
            Ok(Exit::Done)
        }
        Some(BackupCommand::Status) => {
            let status = once(place, false, async |client| {
                Ok(client.backup_status().await?)
            });
            out.result(&status.await?, status_lines)?;
            Ok(Exit::Done)
        }
        Some(BackupCommand::Verify { file }) => {
            let file = found(file)?;
            let info = once(place, false, async |client| verify(client, &file).await);
            out.result(&info.await?, info_lines)?;
            Ok(Exit::Done)
        }
        Some(BackupCommand::Set(set)) => {
            let status = once(place, false, async |client| change(client, set).await);
            out.result(&status.await?, status_lines)?;
            Ok(Exit::Done)
        }
    }
}

async fn now(place: &mut Place, out: Out) -> Result<Exit, Failure> {
    let outcome = once(place, false, async |client| Ok(client.backup_now().await?)).await?;
    out.result(&outcome, outcome_lines)?;
    Ok(match outcome.code {
        None => Exit::Done,
        Some(code) => Exit::of(code),
    })
}

async fn verify(client: &Client, file: &Path) -> Result<BackupInfo, Failure> {
    let path = file.display().to_string();
    match client.backup_verify(path.clone(), None).await {
        Err(error) if error.code == Code::PassphraseNeeded => {
            let secret = ask(OF_ITS_DAY, Echo::Hidden).await?;
            Ok(client.backup_verify(path, secret).await?)
        }
        proven => Ok(proven?),
    }
}

const OF_ITS_DAY: &str = "Passphrase or recovery code of the backup's day";

async fn change(client: &Client, set: &BackupSet) -> Result<BackupStatus, Failure> {
    let mut settings: BackupSettings = client.backup_status().await?.settings;
    if set.own_folder {
        settings.folders.clear();
    }
    if !set.folders.is_empty() {
        let folders: Result<Vec<_>, _> = set.folders.iter().map(|f| absolute(f)).collect();
        settings.folders = folders?.iter().map(|f| f.display().to_string()).collect();
    }
    if let Some(every) = set.every {
        settings.every_hours = every;
    }
    if let Some(at) = set.at {
        settings.at = match at {
            TimeOfDay::Due => None,
            TimeOfDay::Minute(minute) => Some(minute),
        };
    }
    if let Some(automatic) = set.automatic {
        settings.automatic = automatic == OnOff::On;
    }
    let set = client.backup_settings_set(settings).await;
    set.map_err(unfit(unfit::FOLDERS))
}

/// The holder of the workspace may stand in another folder.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(Failure::file(path))
}

/// A backup that is there.
fn found(path: &Path) -> Result<PathBuf, Failure> {
    std::fs::metadata(path).map_err(Failure::file(path))?;
    absolute(path)
}

/// `restore`.
pub(crate) async fn put_back(place: &mut Place, out: Out, args: &Restore) -> Result<Exit, Failure> {
    let file = found(&args.file)?;
    if !args.yes {
        let question = format!(
            "The backup {} takes the place of what is in {}; that is kept beside it. Type \"yes\"",
            plain::one_line(&args.file.display().to_string(), 200),
            plain::one_line(&place.folder().display().to_string(), 200),
        );
        if typed(&question, Echo::Shown).await? != "yes" {
            return Err(Failure::Usage("Nothing was restored.".into()));
        }
    }
    let secret = place.given_secret();
    let restored = alone(place, async |holding, gauge: Gauge| {
        let request = |secret| RestoreRequest {
            file: file.display().to_string(),
            secret,
        };
        match restore(&holding, request(secret), gauge.clone()).await {
            Err(ApiError {
                code: Code::PassphraseNeeded,
                ..
            }) => {
                let secret = ask(OF_ITS_DAY, Echo::Hidden).await?;
                Ok(restore(&holding, request(secret), gauge).await?)
            }
            restored => Ok(restored?),
        }
    });
    out.result(&restored.await?, restored_lines)?;
    Ok(Exit::Done)
}

const NOTHING_HELD: &str = "None of those waits. `held list` shows those that do.";

/// `held`.
pub(crate) async fn held(place: &mut Place, out: Out, held: &Held) -> Result<Exit, Failure> {
    match held {
        Held::List => {
            let held = once(place, false, async |client| Ok(client.held().await?)).await?;
            out.result(&json!({ "held": held }), |_| held_lines(&held))?;
        }
        Held::Release(HeldIds { ids }) => {
            let done = once(place, false, async |client| {
                Ok(client.held_release(ids.clone()).await?)
            });
            let done = done.await?;
            out.result(&json!({ "released": done }), |_| match done {
                0 => NOTHING_HELD.to_owned(),
                _ => format!("{done} go out as soon as their accounts are connected."),
            })?;
        }
        Held::Discard(asked) => discard(place, out, asked).await?,
    }
    Ok(Exit::Done)
}

async fn discard(place: &mut Place, out: Out, asked: &Discard) -> Result<(), Failure> {
    let ids = &asked.which.ids;
    if ids.is_empty() && !asked.yes && !agreed("Delete all messages that wait?").await? {
        let sentence = "Nothing was deleted. Name some, answer yes, or add --yes.";
        return Err(Failure::Usage(sentence.to_owned()));
    }
    let done = once(place, false, async |client| {
        Ok(client.held_discard(ids.clone()).await?)
    });
    let done = done.await?;
    out.result(&json!({ "discarded": done }), |_| match done {
        0 => NOTHING_HELD.to_owned(),
        _ => format!("{done} deleted."),
    })
}

fn listed(files: &[BackupFile]) -> String {
    if files.is_empty() {
        return "There is no backup yet. `backup now` makes one.".into();
    }
    let mut rows = table(&["made", "size", "file"]);
    for file in files {
        rows.add_row([
            words::clock(file.made_ms),
            megabytes(file.size),
            plain::one_line(&file.path, 300),
        ]);
    }
    rows.to_string()
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_048_576.0)
}

fn outcome_lines(outcome: &BackupOutcome) -> String {
    let mut lines: Vec<String> = outcome
        .files
        .iter()
        .map(|file| {
            let size = megabytes(outcome.size);
            format!("Made and proven: {} ({size})", plain::one_line(file, 300))
        })
        .collect();
    if let Some(code) = outcome.code {
        lines.push(format!("A backup failed. {}", why(outcome, code)));
    }
    lines.join("\n")
}

/// Why a backup failed, and where.
fn why(outcome: &BackupOutcome, code: Code) -> String {
    let sentence = words::of(code);
    match &outcome.folder {
        Some(folder) => format!("{sentence} The folder: {}", plain::one_line(folder, 300)),
        None => sentence.to_owned(),
    }
}

fn status_lines(status: &BackupStatus) -> String {
    let time = |at: Option<i64>, none: &str| at.map_or_else(|| none.to_owned(), words::clock);
    let folders: Vec<_> = status
        .folders
        .iter()
        .map(|f| plain::one_line(f, 300))
        .collect();
    let mut lines = vec![
        format!("Folders: {}", folders.join(", ")),
        format!("Last good one: {}", time(status.last_good_ms, "none yet")),
        format!(
            "Next one: {}",
            time(status.next_ms, "only when you make one")
        ),
    ];
    if let Some((last, code)) = status
        .last
        .as_ref()
        .and_then(|last| Some((last, last.code?)))
    {
        lines.push(format!("The last one failed. {}", why(last, code)));
    }
    if !status.opens_elsewhere {
        lines.push(
            "On another computer nothing would open it: set a passphrase or make a recovery code \
             with `keys`."
                .into(),
        );
    }
    lines.join("\n")
}

fn info_lines(info: &BackupInfo) -> String {
    let slots: Vec<_> = info.slots.iter().map(ToString::to_string).collect();
    format!(
        "The backup is whole.\nMade: {}, by version {}\nHolds: {} accounts, {} messages\nOpens \
         with: {}",
        words::clock(info.made_ms),
        plain::one_line(&info.program, 40),
        info.accounts,
        info.messages,
        slots.join(", ")
    )
}

fn restored_lines(restored: &Restored) -> String {
    let mut lines = vec![format!(
        "Restored: {} accounts, {} messages, as of {}.",
        restored.backup.accounts,
        restored.backup.messages,
        words::clock(restored.backup.made_ms)
    )];
    if restored.held > 0 {
        lines.push(format!(
            "{} unsent messages wait for you: `held list`.",
            restored.held
        ));
    }
    if restored.logged_out > 0 {
        lines.push(format!(
            "{} accounts have to log in again: `accounts add --account ID`.",
            restored.logged_out
        ));
    }
    if let Some(aside) = &restored.kept_aside {
        lines.push(format!(
            "The former files are kept in {}.",
            plain::one_line(aside, 300)
        ));
    }
    lines.join("\n")
}

fn held_lines(held: &[Outgoing]) -> String {
    if held.is_empty() {
        return "Nothing waits.".into();
    }
    note("These may have been sent after the backup was made. Look before you send them.");
    let mut rows = table(&["id", "chat", "written", "text"]);
    for outgoing in held {
        rows.add_row([
            outgoing.id.to_string(),
            outgoing.chat.to_string(),
            words::clock(outgoing.created_ms),
            plain::one_line(&outgoing.text, 60),
        ]);
    }
    rows.to_string()
}
