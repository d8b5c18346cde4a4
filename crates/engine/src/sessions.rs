//! The file of session keys: authorization keys live apart from the database, so that no backup
//! of it can carry them.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use switchboard_model::{AccountId, Code, Login, LoginId};
use switchboard_store::ConnectionRecord;
use switchboard_telegram::{Fingerprint, SessionKeys};
use switchboard_vault::{DerivedKey, SealError, SealedFile};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::EngineError;

/// What the file says it is; a file sealed for another use does not open as this one.
pub(crate) const PURPOSE: &[u8] = b"switchboard sessions 1";

/// Session keys of every account, in one sealed file that is replaced as a whole.
#[derive(Clone, Debug)]
pub struct Sessions {
    file: Arc<SealedFile>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    accounts: BTreeMap<AccountId, SessionKeys>,
    #[serde(default)]
    logins: BTreeMap<LoginId, KeptLogin>,
    /// Passwords of proxies, by the name of their setting.
    #[serde(default)]
    passwords: BTreeMap<String, Password>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Password(Zeroizing<String>);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A login under way, as it outlasts the program: its code hash and a key that nobody is signed
/// in with yet. Without the code they are worth nothing to anybody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KeptLogin {
    pub login: Login,
    pub hash: String,
    pub keys: SessionKeys,
    pub connection: ConnectionRecord,
}

impl Sessions {
    /// Reads the file at `path`, or begins an empty one.
    ///
    /// # Errors
    /// A file that does not open under `key`, or that the system cannot read; it stays as it is.
    pub async fn open(path: PathBuf, key: DerivedKey) -> Result<Self, EngineError> {
        let file = Arc::new(SealedFile::new(path, key, PURPOSE));
        let reading = Arc::clone(&file);
        let content = off_the_runtime(move || reading.read()).await??;
        let kept = match content {
            Some(bytes) => {
                serde_json::from_slice(&bytes).map_err(|_| EngineError::Refused(Code::Damaged))?
            }
            None => Kept::default(),
        };
        Ok(Self {
            file,
            kept: Arc::new(Mutex::new(kept)),
        })
    }

    /// The keys of an account, where it has a session.
    pub async fn of(&self, account: AccountId) -> Option<SessionKeys> {
        self.kept.lock().await.accounts.get(&account).cloned()
    }

    /// Keeps an account's keys; they are on disk when this returns.
    ///
    /// # Errors
    /// Those of writing the file; the keys then stay as they were.
    pub async fn put(&self, account: AccountId, keys: SessionKeys) -> Result<(), EngineError> {
        self.change(|kept| {
            kept.accounts.insert(account, keys);
        })
        .await
    }

    /// Drops an account's keys: its session is over.
    ///
    /// # Errors
    /// Those of writing the file.
    pub async fn drop_account(&self, account: AccountId) -> Result<(), EngineError> {
        self.change(|kept| {
            kept.accounts.remove(&account);
        })
        .await
    }

    /// Keys of profiles that are taken, so that a login does not take them again.
    pub async fn taken(&self) -> HashSet<Fingerprint> {
        let kept = self.kept.lock().await;
        let logins = kept.logins.values().map(|login| &login.keys);
        kept.accounts
            .values()
            .chain(logins)
            .flat_map(SessionKeys::fingerprints)
            .collect()
    }

    /// Logins that were left and may be taken up again.
    pub(crate) async fn logins(&self) -> Vec<KeptLogin> {
        self.kept.lock().await.logins.values().cloned().collect()
    }

    /// Keeps a login under way, in place of what was kept of it before.
    pub(crate) async fn keep_login(&self, login: KeptLogin) -> Result<(), EngineError> {
        self.change(|kept| {
            kept.logins.insert(login.login.id, login);
        })
        .await
    }

    /// Forgets a login under way, where one is kept.
    pub(crate) async fn drop_login(&self, login: LoginId) -> Result<(), EngineError> {
        if !self.kept.lock().await.logins.contains_key(&login) {
            return Ok(());
        }
        self.change(|kept| {
            kept.logins.remove(&login);
        })
        .await
    }

    /// The password of a proxy, by the name of its setting.
    pub(crate) async fn password(&self, name: &str) -> Option<Zeroizing<String>> {
        let kept = self.kept.lock().await;
        kept.passwords.get(name).map(|kept| kept.0.clone())
    }

    /// Keeps a proxy's password, or forgets it.
    pub(crate) async fn set_password(
        &self,
        name: &str,
        password: Option<Zeroizing<String>>,
    ) -> Result<(), EngineError> {
        let password = password.map(Password);
        if self.kept.lock().await.passwords.get(name) == password.as_ref() {
            return Ok(());
        }
        self.change(|kept| match password {
            Some(password) => {
                kept.passwords.insert(name.to_owned(), password);
            }
            None => {
                kept.passwords.remove(name);
            }
        })
        .await
    }

    async fn change(&self, change: impl FnOnce(&mut Kept)) -> Result<(), EngineError> {
        let mut kept = self.kept.lock().await;
        let mut next = kept.clone();
        change(&mut next);
        let bytes = serde_json::to_vec(&next).map_err(|_| EngineError::Refused(Code::Internal))?;
        let file = Arc::clone(&self.file);
        off_the_runtime(move || file.write(&Zeroizing::new(bytes))).await??;
        *kept = next;
        Ok(())
    }
}

/// Local id and Telegram user id of every account whose keys are in the file at `path`.
///
/// # Errors
/// Those of reading; a file of something else counts as damaged.
pub(crate) fn signed_in(path: &Path, key: DerivedKey) -> Result<Vec<(i64, i64)>, SealError> {
    let content = SealedFile::new(path, key, PURPOSE).read()?;
    let kept: Kept = match content {
        Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| SealError::Damaged)?,
        None => Kept::default(),
    };
    let accounts = kept.accounts.iter();
    let signed_in = accounts.filter_map(|(id, keys)| Some((id.0, keys.user_id?)));
    Ok(signed_in.collect())
}

/// Runs what blocks on a thread that may block.
pub(crate) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, EngineError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| EngineError::Refused(Code::Internal))
}
