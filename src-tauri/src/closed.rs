//! Work on a workspace that has to be closed for it: a restore, and a change of its key. The window
//! shows how far it is, and may cancel it.

use std::sync::{Mutex, PoisonError};

use switchboard_api::closed::{Gauge, RekeyRequest, Rekeyed, RestoreRequest, rekey, restore};
use switchboard_api::process::{Entry, HolderKind, Holding, enter};
use switchboard_api::{ApiError, Workspace};
use switchboard_model::{Code, Restored};

use crate::shell::{Shell, shut};
use crate::workspace::start_log;

/// The work that goes on now.
#[derive(Debug, Default)]
pub(crate) struct Work(Mutex<Option<Gauge>>);

impl Work {
    fn now(&self) -> Option<Gauge> {
        let gauge = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gauge.clone()
    }

    fn set(&self, gauge: Option<Gauge>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = gauge;
    }

    /// How far it is, in per cent; `None` while there is none.
    pub(crate) fn percent(&self) -> Option<u8> {
        self.now().map(|gauge| gauge.percent())
    }

    /// Asks it to stop. The workspace is then as it was.
    pub(crate) fn cancel(&self) {
        if let Some(gauge) = self.now() {
            gauge.cancel();
        }
    }
}

impl Shell {
    /// Puts a backup in the place of a workspace, or makes one of it.
    ///
    /// # Errors
    /// Those of [`restore`]; [`Code::Locked`]; [`Code::WorkspaceBusy`].
    pub(crate) async fn restore(
        &self,
        which: Workspace,
        request: RestoreRequest,
    ) -> Result<Restored, ApiError> {
        self.alone(which, async |holding, gauge| {
            restore(holding, request, gauge).await
        })
        .await
    }

    /// Gives a workspace a new key.
    ///
    /// # Errors
    /// Those of [`rekey`]; [`Code::Locked`]; [`Code::WorkspaceBusy`].
    pub(crate) async fn rekey(
        &self,
        which: Workspace,
        request: RekeyRequest,
    ) -> Result<Rekeyed, ApiError> {
        self.alone(which, async |holding, gauge| {
            rekey(holding, request, gauge).await
        })
        .await
    }

    /// Closes what is open and works on the files of a workspace that nobody else holds. It is to
    /// be opened again afterwards, whatever came of it.
    async fn alone<T>(
        &self,
        which: Workspace,
        work: impl AsyncFnOnce(&Holding, Gauge) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let folder = self.data().workspace(which);
        let mut open = self.open_workspace().await;
        // Here, since a lock may have come while another one was opened.
        self.must_be_free(which)?;
        // From now on a lock is this workspace's: what comes back then is locked.
        self.guard().stand_at(Some(which));
        shut(&mut open).await;
        let holding = match enter(&folder, HolderKind::Window).await? {
            Entry::Here(holding) => holding,
            Entry::Attached(_) => return Err(ApiError::new(Code::WorkspaceBusy, "held elsewhere")),
        };
        start_log(&folder);
        let gauge = Gauge::default();
        self.work().set(Some(gauge.clone()));
        let outcome = work(&holding, gauge).await;
        self.work().set(None);
        outcome
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;
    use crate::arguments::Arguments;

    fn started(data: &Path) -> Shell {
        let arguments = Arguments {
            data_dir: Some(data.to_owned()),
            ..Arguments::default()
        };
        Shell::new(arguments).expect("a shell")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_lock_that_comes_meanwhile_waits_for_nothing_and_holds_afterwards() {
        let data = tempfile::tempdir().expect("a folder");
        let shell = started(data.path());
        let main = Workspace::Main;
        let locking = shell.clone();
        let worked = shell.alone(main, async move |_: &Holding, _: Gauge| {
            let locked = timeout(Duration::from_secs(20), locking.lock()).await;
            Ok::<bool, ApiError>(locked.expect("the work is not waited for"))
        });
        assert_eq!(worked.await, Ok(true), "there was something to be locked");
        assert_eq!(shell.guard().locked(), Some(main));
        let again = shell.alone(main, async |_: &Holding, _: Gauge| {
            Ok::<bool, ApiError>(true)
        });
        let refused = again.await.map_err(|error| error.code);
        assert_eq!(refused, Err(Code::Locked));
        assert!(started(data.path()).guard().is_locked(main));
    }
}
