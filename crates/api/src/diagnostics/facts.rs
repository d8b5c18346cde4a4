//! What a report is made of.

use switchboard_model::{
    AccountHealth, AccountId, BackupStatus, Connection, Disk, KeySlots, OutgoingState, Proxies,
    WayOut,
};
use switchboard_store::{Progress, schema_version};

use super::machine::Machine;
use crate::calls::UseCases;
use crate::desk::{DATABASE, blocking};
use crate::{ApiError, Desk};

/// What is told of a workspace and the machine under it.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub now_ms: i64,
    pub started_ms: i64,
    pub schema: i64,
    pub machine: Machine,
    pub demo: bool,
    pub window: bool,
    /// Whether the program ended in order the last time.
    pub clean: bool,
    pub keys: KeySlots,
    pub disk: Disk,
    /// Bytes of the database, where they can be read.
    pub database: Option<u64>,
    pub backups: BackupStatus,
    pub accounts: Vec<AccountFacts>,
    /// What was not sent, by state.
    pub unsent: Vec<(OutgoingState, u32)>,
}

/// What is told of an account.
#[derive(Clone, Debug)]
pub(super) struct AccountFacts {
    pub health: AccountHealth,
    /// Whether a connection profile leads to it, instead of Telegram's own addresses.
    pub profile: bool,
    pub way: Way,
    pub progress: Progress,
}

/// How an account gets out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Direct,
    OwnProxy,
    SharedProxy,
}

/// Asks everybody.
pub(super) async fn gather(desk: &Desk) -> Result<Facts, ApiError> {
    let engine = &desk.engine;
    let unsent = engine.store().read(|reader| reader.outbox_counts());
    let database = desk.about.folder.join(DATABASE);
    let look = move || {
        let database = std::fs::metadata(database).ok();
        Ok((Machine::here(), database.map(|file| file.len())))
    };
    let (machine, database) = blocking(look).await?;
    Ok(Facts {
        now_ms: engine.clock().now_ms(),
        started_ms: engine.started_ms(),
        schema: schema_version(),
        machine,
        demo: desk.about.demo,
        window: desk.about.window,
        clean: engine.store().was_clean(),
        keys: desk.key_slots().await?,
        disk: engine.disk().await?,
        database,
        backups: engine.backup_status().await?,
        accounts: accounts(desk).await?,
        unsent: unsent.await?,
    })
}

async fn accounts(desk: &Desk) -> Result<Vec<AccountFacts>, ApiError> {
    let engine = &desk.engine;
    let proxies = engine.proxies().await?;
    let mut all = Vec::new();
    for account in engine.accounts().await? {
        let id = account.id;
        let progress = engine.store().read(move |reader| reader.sync_progress(id));
        all.push(AccountFacts {
            health: engine.health(id).await?,
            profile: matches!(account.connection, Connection::Profile { .. }),
            way: way(&proxies, id),
            progress: progress.await?,
        });
    }
    Ok(all)
}

fn way(proxies: &Proxies, account: AccountId) -> Way {
    let own = proxies.own.iter().find(|own| own.account == account);
    match own.map_or(&WayOut::Shared, |own| &own.way) {
        WayOut::Direct => Way::Direct,
        WayOut::Socks5 { .. } => Way::OwnProxy,
        WayOut::Shared if proxies.shared.is_some() => Way::SharedProxy,
        WayOut::Shared => Way::Direct,
    }
}
