//! The task that makes backups when they are due, and what the operator asks of it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use jiff::tz::TimeZone;
use switchboard_model::{
    BackupFile, BackupInfo, BackupOutcome, BackupSettings, BackupStatus, Code, Event,
};
use switchboard_store::{Gauge, StoreError};
use switchboard_vault::Passphrase;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::due::{LONGEST_HOURS, Record, due_ms};
use super::make::{Making, chosen_folder, list, private_folder, remove_folder};
use super::{BackupError, open};
use crate::engine::Inner;
use crate::sessions::off_the_runtime;
use crate::{Engine, EngineError};

const SETTINGS: &str = "backup.settings";
const RECORD: &str = "backup.record";
/// Where backups go unless the operator names folders.
const OWN_FOLDER: &str = "backups";
/// Files of a backup under way.
const SCRATCH: &str = "backup.part";
/// The database of a backup that is looked at.
const LOOKED_AT: &str = "verify.part";
/// Folders at most.
const MOST_FOLDERS: usize = 2;
/// Minutes of a day.
const DAY_MINUTES: u16 = 1_440;
/// How long the task sleeps at most before it looks again: its time zone may change meanwhile.
const LONGEST_SLEEP_MS: i64 = 3_600_000;
/// How often it tells how far a backup is.
const TELL_EVERY: std::time::Duration = std::time::Duration::from_millis(250);

/// Backups of a running engine.
#[derive(Debug, Default)]
pub(crate) struct Backups {
    /// One at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
    running: Mutex<Option<Gauge>>,
    /// Settings or record changed.
    changed: Arc<Notify>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Backups {
    fn running(&self) -> MutexGuard<'_, Option<Gauge>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the one under way, which takes back what it began.
    fn cancel(&self) {
        if let Some(gauge) = &*self.running() {
            gauge.cancel();
        }
    }

    /// Ends the task; a backup under way is stopped and waited for.
    pub(crate) async fn stop(&self) {
        self.stop.cancel();
        self.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        drop(self.turn.lock().await);
    }
}

impl Engine {
    /// Starts making backups when they are due.
    pub(crate) fn start_backups(&self) {
        let backups = &self.0.backups;
        if !self.house().automatic_backups || backups.tasks.is_closed() {
            return;
        }
        let (engine, stop) = (Arc::downgrade(&self.0), backups.stop.clone());
        backups.tasks.spawn(async move {
            stop.run_until_cancelled(make_when_due(engine)).await;
        });
        backups.tasks.close();
    }

    /// Makes a backup if one is due, or tells when to look again.
    async fn make_if_due(&self) -> i64 {
        let now_ms = self.clock().now_ms();
        let due = match self.backup_memory().await {
            Ok((settings, record)) => self.backup_due(&settings, &record, now_ms),
            Err(error) => {
                tracing::warn!(%error, "settings of backups cannot be read");
                None
            }
        };
        if due.is_some_and(|due| due <= now_ms)
            && let Err(error) = self.backup_now().await
        {
            tracing::warn!(%error, "no backup was made");
            return now_ms + LONGEST_SLEEP_MS;
        }
        due.unwrap_or(i64::MAX).min(now_ms + LONGEST_SLEEP_MS)
    }

    fn backup_due(&self, settings: &BackupSettings, record: &Record, now_ms: i64) -> Option<i64> {
        let zone = TimeZone::system();
        due_ms(settings, record, self.0.started_ms, now_ms, &zone)
    }

    async fn backup_memory(&self) -> Result<(BackupSettings, Record), StoreError> {
        let read = self.store().read(|reader| {
            let settings = reader.setting(SETTINGS)?.unwrap_or_default();
            let record = reader.setting(RECORD)?.unwrap_or_default();
            Ok((settings, record))
        });
        read.await
    }

    fn backup_folders(&self, settings: &BackupSettings) -> Vec<PathBuf> {
        match settings.folders.is_empty() {
            true => vec![self.house().folder.join(OWN_FOLDER)],
            false => settings.folders.iter().map(PathBuf::from).collect(),
        }
    }

    /// What is known of this workspace's backups.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn backup_status(&self) -> Result<BackupStatus, EngineError> {
        let (settings, record) = self.backup_memory().await?;
        let keys = Arc::clone(&self.house().keys);
        let slots = off_the_runtime(move || keys.vault().slots()).await?;
        let due = self.backup_due(&settings, &record, self.clock().now_ms());
        let running = self.0.backups.running().as_ref().map(Gauge::percent);
        let folders = self.backup_folders(&settings);
        let typed = |slot| slot != switchboard_model::SlotKind::Keyring;
        Ok(BackupStatus {
            folders: folders.iter().map(|f| f.display().to_string()).collect(),
            settings,
            running,
            last: record.last,
            last_good_ms: record.last_good_ms,
            next_ms: due.filter(|_| self.house().automatic_backups),
            opens_elsewhere: slots.map_err(BackupError::from)?.into_iter().any(typed),
        })
    }

    /// Changes what the operator wants of backups.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for more than two folders, the same twice, one that is no absolute
    /// path, or hours or a minute out of range; [`Code::BackupFolderMissing`] for a folder in a
    /// place that is not there, [`Code::ReadOnly`] and [`Code::DiskFull`] for one that cannot be
    /// made.
    pub async fn set_backup_settings(&self, settings: BackupSettings) -> Result<(), EngineError> {
        let folders: Vec<PathBuf> = settings.folders.iter().map(PathBuf::from).collect();
        let twice = matches!(folders.as_slice(), [first, second] if first == second);
        let hours = (1..=LONGEST_HOURS).contains(&settings.every_hours);
        let minute = settings.at.is_none_or(|minute| minute < DAY_MINUTES);
        let absolute = folders.iter().all(|folder| folder.is_absolute());
        if folders.len() > MOST_FOLDERS || twice || !hours || !minute || !absolute {
            return Err(EngineError::Refused(Code::BadRequest));
        }
        // Those of before may be on a drive that is not plugged in now: that forbids no other change.
        let (former, _) = self.backup_memory().await?;
        let wanted = settings.folders.iter();
        let new: Vec<PathBuf> = wanted
            .filter(|folder| !former.folders.contains(folder))
            .map(PathBuf::from)
            .collect();
        off_the_runtime(move || new.iter().try_for_each(|folder| chosen_folder(folder))).await??;
        self.store()
            .write_durable(move |tx| tx.set_setting(SETTINGS, &settings))
            .await?;
        self.0.backups.changed.notify_one();
        self.house().bus.tell(Event::Backup { failed: None });
        Ok(())
    }

    /// Makes a backup now, in every folder, and tells how it ended. One at a time: a second asker
    /// waits, then makes one of its own.
    ///
    /// # Errors
    /// Those of reading the settings; what is wrong with the backup itself is in the outcome.
    pub async fn backup_now(&self) -> Result<BackupOutcome, EngineError> {
        let _turn = self.0.backups.turn.lock().await;
        if self.0.backups.stop.is_cancelled() {
            return Err(EngineError::Refused(Code::Cancelled));
        }
        let (settings, mut record) = self.backup_memory().await?;
        let gauge = Gauge::default();
        *self.0.backups.running() = Some(gauge.clone());
        let outcome = self.make(self.backup_folders(&settings), gauge).await;
        *self.0.backups.running() = None;
        let outcome = outcome?;
        // One place may be missing for weeks: what is proven in the other one is a good backup, and
        // the missing place is tried with the next one rather than every hour.
        if !outcome.files.is_empty() {
            record.last_good_ms = Some(outcome.ended_ms);
        }
        record.last = Some(outcome.clone());
        self.store()
            .write_durable(move |tx| tx.set_setting(RECORD, &record))
            .await?;
        self.house().bus.tell(Event::Backup {
            failed: outcome.code,
        });
        Ok(outcome)
    }

    /// Does the work on a thread that may block, and tells how far it is meanwhile.
    async fn make(
        &self,
        folders: Vec<PathBuf>,
        gauge: Gauge,
    ) -> Result<BackupOutcome, EngineError> {
        let house = Arc::clone(self.house());
        let mut work = std::pin::pin!(off_the_runtime(move || {
            let making = Making {
                store: &house.store,
                keys: &house.keys,
                scratch: &house.folder.join(SCRATCH),
                own: &house.folder.join(OWN_FOLDER),
                folders: &folders,
                now_ms: house.clock.now_ms(),
                gauge: &gauge,
                free: &|folder: &Path| crate::disk::disk(folder).free,
            };
            (making.run(), house.clock.now_ms())
        }));
        let (made, ended_ms) = loop {
            self.house().bus.tell(Event::Backup { failed: None });
            tokio::select! {
                made = &mut work => break made?,
                () = tokio::time::sleep(TELL_EVERY) => {}
            }
        };
        if let Some(error) = &made.failed {
            tracing::warn!(%error, "a backup failed");
        }
        Ok(BackupOutcome {
            ended_ms,
            code: made.failed.as_ref().map(BackupError::code),
            folder: made.failed_in.map(|folder| folder.display().to_string()),
            files: made.files.iter().map(|f| f.display().to_string()).collect(),
            size: made.size,
        })
    }

    /// Stops the backup under way.
    pub fn backup_cancel(&self) {
        self.0.backups.cancel();
    }

    /// The backups of this workspace in its folders, newest first. A folder that is not there now,
    /// such as an unplugged disk, has none.
    ///
    /// # Errors
    /// Those of reading the settings.
    pub async fn backup_files(&self) -> Result<Vec<BackupFile>, EngineError> {
        let (settings, _) = self.backup_memory().await?;
        let folders = self.backup_folders(&settings);
        let keys = Arc::clone(&self.house().keys);
        let found = off_the_runtime(move || -> Result<_, BackupError> {
            let workspace = keys.vault().workspace()?;
            let listed = folders.iter().map(|folder| list(folder, &workspace));
            let mut files: Vec<_> = listed.filter_map(Result::ok).flatten().collect();
            files.sort_by_key(|file| std::cmp::Reverse(file.made_ms));
            Ok(files)
        });
        Ok(found.await??)
    }

    /// Proves a backup as a restore does, and tells what it holds. `typed` is the passphrase or
    /// recovery code of its day, where the workspace's own key does not open it.
    ///
    /// # Errors
    /// See [`BackupError`].
    pub async fn backup_verify(
        &self,
        file: PathBuf,
        typed: Option<Passphrase>,
    ) -> Result<BackupInfo, EngineError> {
        let house = Arc::clone(self.house());
        let turn = Arc::clone(&self.0.backups.turn).lock_owned().await;
        let proven = off_the_runtime(move || {
            let _turn = turn;
            let scratch = house.folder.join(LOOKED_AT);
            let proven = remove_folder(&scratch)
                .and_then(|()| private_folder(&scratch))
                .map_err(BackupError::from)
                .and_then(|()| verify(&house, &file, &scratch, typed.as_ref()));
            remove_folder(&scratch)?;
            proven
        });
        Ok(proven.await??)
    }
}

/// Asleep, the task keeps no engine alive that everybody else let go.
async fn make_when_due(engine: Weak<Inner>) {
    while let Some(inner) = engine.upgrade() {
        let wake_ms = Engine(Arc::clone(&inner)).make_if_due().await;
        let (clock, changed) = (
            inner.house.clock.clone(),
            Arc::clone(&inner.backups.changed),
        );
        drop(inner);
        tokio::select! {
            () = clock.sleep_until(wake_ms) => {}
            () = changed.notified() => {}
        }
    }
}

fn verify(
    house: &crate::house::House,
    file: &Path,
    scratch: &Path,
    typed: Option<&Passphrase>,
) -> Result<BackupInfo, BackupError> {
    let key = house.keys.key()?;
    let database = scratch.join("crm.db");
    let vault = house.keys.vault();
    let opened = open(file, &database, Some(&key), typed, vault, &Gauge::default())?;
    Ok(opened.info)
}
