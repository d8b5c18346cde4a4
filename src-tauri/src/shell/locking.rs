//! The lock of the window: what it keeps from whom, and the way back.

use switchboard_api::shell::{Needs, Stage, looks};
use switchboard_api::{ApiError, Passphrase, Workspace, lock};
use switchboard_model::Code;

use super::{Shell, locked};

impl Shell {
    /// Locks the workspace that the window is at, also for the next start; whether there is one. Waits
    /// for nothing that takes long: a workspace that is closed for a restore comes back locked.
    pub(crate) async fn lock(&self) -> bool {
        if self.0.guard.lock().is_none() {
            return false;
        }
        self.0.sight.shows(None);
        self.remember_locks().await;
        true
    }

    /// The locks as they are when it is their turn: what is written last is true.
    async fn remember_locks(&self) {
        let mut kept = self.0.looks.lock().await;
        let names = self.0.guard.all().into_iter().map(Workspace::name);
        kept.locked_workspaces = names.map(str::to_owned).collect();
        if let Err(error) = looks::write(&self.0.data.looks(), &kept) {
            tracing::warn!(%error, "a restart will not know of the lock");
        }
    }

    /// # Errors
    /// [`Code::Locked`] where the window is locked.
    pub(crate) fn must_be_unlocked(&self) -> Result<(), ApiError> {
        match self.0.guard.locked() {
            Some(_) => Err(ApiError::new(Code::Locked, "the window is locked")),
            None => Ok(()),
        }
    }

    /// # Errors
    /// [`Code::Locked`] where the window is locked, or this workspace is.
    pub(crate) fn must_be_free(&self, which: Workspace) -> Result<(), ApiError> {
        self.must_be_unlocked()?;
        match self.0.guard.is_locked(which) {
            true => Err(ApiError::new(Code::Locked, "the workspace is locked")),
            false => Ok(()),
        }
    }

    /// The stage of a locked window; absent where it is not.
    pub(super) async fn at_lock(&self) -> Option<Stage> {
        let which = self.0.guard.locked()?;
        let needs = lock::needs(self.0.data.workspace(which)).await;
        self.0.guard.show(which);
        Some(locked(which, needs.unwrap_or(Needs::Passphrase)))
    }

    /// Lets somebody to a workspace: takes its lock off, where there is one and they may. What they
    /// are asked for otherwise; always that, where the page has not shown the lock yet, so that
    /// nothing opens it that was asked for before.
    ///
    /// # Errors
    /// [`Code::Locked`] where the window stands at the lock of another one, and those of
    /// [`lock::prove`] that nothing typed would mend.
    pub(super) async fn admit(
        &self,
        which: Workspace,
        typed: Option<String>,
    ) -> Result<Option<Needs>, ApiError> {
        if self.0.guard.locked() != Some(which) {
            self.must_be_unlocked()?;
        }
        if !self.0.guard.is_locked(which) {
            return Ok(None);
        }
        let folder = self.0.data.workspace(which);
        if !self.0.guard.show(which) {
            return lock::needs(folder).await.map(Some);
        }
        let proven = lock::prove(folder.clone(), typed.and_then(Passphrase::new)).await;
        if let Err(error) = proven {
            return lock::mended_by(folder, error).await.map(Some);
        }
        self.0.guard.unlock(which);
        self.0.guard.touch();
        self.remember_locks().await;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use switchboard_api::closed::RestoreRequest;
    use switchboard_api::shell::Looks;
    use switchboard_api::{Desk, OpenDesk};
    use tempfile::TempDir;

    use super::*;
    use crate::arguments::Arguments;

    const PASSPHRASE: &str = "a passphrase of this test";

    /// As after a start in this data folder.
    fn started(data: &Path, demo: bool) -> Shell {
        let arguments = Arguments {
            demo,
            data_dir: Some(data.to_owned()),
            ..Arguments::default()
        };
        Shell::new(arguments).expect("a shell")
    }

    /// A data folder with a workspace `main` under a passphrase, and what the window remembers.
    async fn data(looks: &str) -> TempDir {
        let data = tempfile::tempdir().expect("a folder");
        let desk = Desk::open(OpenDesk {
            folder: data.path().join("main"),
            demo: false,
            passphrase: Passphrase::new(PASSPHRASE.to_owned()),
            window: true,
            connect: false,
            pace: None,
        });
        desk.await.expect("it can be made").close().await;
        std::fs::write(data.path().join("ui.json"), looks).expect("it can be written");
        data
    }

    fn code<T: std::fmt::Debug>(outcome: Result<T, ApiError>) -> Code {
        outcome.expect_err("it is refused").code
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_opened_first_goes_round_no_lock() {
        // As a former version wrote it.
        let data = data(r#"{"workspace":"main","locked":true}"#).await;
        let shell = started(data.path(), true);
        assert!(shell.must_be_unlocked().is_ok(), "the demo is free");
        shell
            .remember(Some(Workspace::Demo))
            .await
            .expect("it can be written");
        let main = Workspace::Main;
        assert_eq!(code(shell.must_be_free(main)), Code::Locked);
        let request = RestoreRequest {
            file: "no such file".to_owned(),
            secret: None,
        };
        assert_eq!(code(shell.restore(main, request).await), Code::Locked);

        let right = || Some(PASSPHRASE.to_owned());
        let needs: Result<_, ApiError> = Ok(Some(Needs::Passphrase));
        assert_eq!(
            shell.admit(main, right()).await,
            needs,
            "its lock is shown first"
        );
        assert_eq!(shell.admit(main, None).await, needs);
        let wrong = shell.admit(main, Some("another one".to_owned())).await;
        assert_eq!(code(wrong), Code::PassphraseWrong);

        // The next start knows, whatever was open last.
        let shell = started(data.path(), false);
        assert!(shell.must_be_unlocked().is_ok(), "the demo was open last");
        assert_eq!(shell.admit(main, right()).await, needs);
        assert_eq!(shell.admit(main, right()).await, Ok(None));
        let shell = started(data.path(), false);
        assert!(shell.must_be_free(main).is_ok());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_window_stands_at_the_lock_of_what_was_open_last() {
        let data = data(r#"{"workspace":"main","locked_workspaces":["main"]}"#).await;
        let shell = started(data.path(), false);
        assert_eq!(code(shell.must_be_unlocked()), Code::Locked);
        let demo = shell.admit(Workspace::Demo, None).await;
        assert_eq!(code(demo), Code::Locked);
        let stage = shell.at_lock().await.expect("it is locked");
        assert_eq!(stage, locked(Workspace::Main, Needs::Passphrase));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn looks_that_the_page_saves_leave_the_locks_alone() {
        let data = data(r#"{"workspace":"main"}"#).await;
        let shell = started(data.path(), false);
        assert!(shell.lock().await);
        let saved = shell.save_looks(Looks::default()).await;
        saved.expect("they can be written");
        let shell = started(data.path(), false);
        assert_eq!(code(shell.must_be_unlocked()), Code::Locked);
    }
}
