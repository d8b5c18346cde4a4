//! Entering a workspace for a command, and leaving it in order.

use std::path::{Path, PathBuf};

use switchboard_api::closed::Gauge;
use switchboard_api::pace::Pace;
use switchboard_api::process::instance::{self, NoWindow};
use switchboard_api::process::{
    DataFolder, Entry, HolderKind, Holding, Server, Workspace, YieldRequest, enter, logs,
};
use switchboard_api::shell::{Looks, looks};
use switchboard_api::{ApiError, Desk, OpenDesk, PASSPHRASE_VARIABLE, Passphrase, UseCases};
use switchboard_model::{Code, Language, WindowChange, WindowSettings};

use crate::args::Global;
use crate::client::Client;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::out::note;
use crate::plain;
use crate::secrets::{self, Echo, ask};

/// How often a workspace is looked for that moved to a window which is still opening it. Each
/// look takes some seconds.
const LOOKS: u32 = 12;

/// Holders in a row that may turn out not to answer.
const SILENT_HOLDERS: u32 = 3;

/// The workspace that the command line names.
#[derive(Debug)]
pub(crate) struct Place {
    data: DataFolder,
    folder: PathBuf,
    demo: bool,
    passphrase: Option<Passphrase>,
    pace: Option<Pace>,
}

impl Place {
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let workspace = Workspace::from(global.workspace);
        let data = DataFolder::resolve(global.data_dir.clone())?;
        let folder = data.workspace(workspace);
        if let Some(other) = [data.path(), &folder]
            .into_iter()
            .find(|path| path.is_file())
        {
            return Err(Failure::Usage(format!(
                "{} is no folder. Name another one with --data-dir.",
                plain::one_line(&other.display().to_string(), 200)
            )));
        }
        Ok(Self {
            folder,
            data,
            demo: workspace == Workspace::Demo,
            passphrase: Passphrase::from_environment(),
            pace: None,
        })
    }

    /// Asks the servers of connection profiles without pauses. Telegram's own are not hurried.
    pub(crate) fn unpaced(&mut self) {
        self.pace = Some(Pace::NONE);
    }

    /// Settings of the window that a file may carry; none where there was no window yet.
    pub(crate) fn window_settings(&self) -> WindowSettings {
        let file = self.data.looks();
        match file.exists() {
            true => looks::read(&file).portable(),
            false => WindowSettings::default(),
        }
    }

    /// The language that was chosen for the window; English where none was.
    pub(crate) fn language(&self) -> Language {
        let looks = looks::read(&self.data.looks());
        let chosen = looks.language.as_deref().and_then(Language::of);
        chosen.unwrap_or_default()
    }

    /// Keeps a window from opening, so that its settings can be changed: an open one knows its own
    /// and would write them over these. `None` where one is open.
    pub(crate) fn without_window(&self) -> Result<Option<NoWindow>, Failure> {
        Ok(instance::without_window(&self.data)?)
    }

    /// How the settings of the window are now, also where there was none yet.
    pub(crate) fn window_settings_now(&self) -> WindowSettings {
        looks::read(&self.data.looks()).portable()
    }

    /// Takes over the settings of the window that a file carries; while one may be open, only tells
    /// what they would change.
    pub(crate) fn take_window_settings(
        &self,
        settings: &WindowSettings,
        alone: Option<&NoWindow>,
    ) -> Result<WindowTaken, Failure> {
        self.change_looks(alone, |looks| looks.taking(settings))
    }

    /// Takes such a change back, as [`Self::take_window_settings`].
    pub(crate) fn give_window_settings_back(
        &self,
        change: &WindowChange,
        alone: Option<&NoWindow>,
    ) -> Result<WindowTaken, Failure> {
        self.change_looks(alone, |looks| looks.giving_back(change))
    }

    fn change_looks(
        &self,
        alone: Option<&NoWindow>,
        change: impl FnOnce(&Looks) -> (Looks, Vec<&'static str>),
    ) -> Result<WindowTaken, Failure> {
        let file = self.data.looks();
        let (changed_looks, changed) = change(&looks::read(&file));
        let written = alone.is_some() && !changed.is_empty();
        if written {
            looks::write(&file, &changed_looks)?;
        }
        Ok(WindowTaken { changed, written })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the workspace, which this process holds; asks for the passphrase where one is needed. A
    /// failure stands in its log.
    pub(crate) async fn open(&mut self, connect: bool) -> Result<Desk, Failure> {
        self.start_log();
        let opened = self.open_asking(connect).await;
        if let Err(Failure::Api(error)) = &opened {
            error.log("open");
        }
        opened
    }

    fn start_log(&self) {
        if let Err(error) = logs::start(&self.folder) {
            note(&crate::words::sentence(&error));
        }
    }

    async fn open_asking(&mut self, connect: bool) -> Result<Desk, Failure> {
        if self.passphrase.is_none()
            && let Some(needs) = Desk::needs(self.folder.clone()).await?
        {
            self.passphrase = Some(secrets::passphrase(needs).await?);
        }
        match Desk::open(self.request(connect)).await {
            // The keyring was to open it and did not.
            Err(error) if error.code == Code::PassphraseNeeded && self.passphrase.is_none() => {
                let needs = switchboard_api::shell::Needs::Passphrase;
                self.passphrase = Some(secrets::passphrase(needs).await?);
                Ok(Desk::open(self.request(connect)).await?)
            }
            opened => Ok(opened?),
        }
    }

    /// The passphrase or recovery code that the environment gives.
    pub(crate) fn given_secret(&self) -> Option<String> {
        std::env::var(PASSPHRASE_VARIABLE)
            .ok()
            .filter(|secret| !secret.is_empty())
    }

    /// What opens the workspace, asked for where it needs something typed.
    pub(crate) async fn secret(&self) -> Result<Option<String>, Failure> {
        let given = self.given_secret();
        match Desk::needs(self.folder.clone()).await? {
            Some(_) if given.is_none() => ask("Passphrase, or recovery code", Echo::Hidden).await,
            _ => Ok(given),
        }
    }

    fn request(&self, connect: bool) -> OpenDesk {
        OpenDesk {
            folder: self.folder.clone(),
            demo: self.demo,
            passphrase: self.passphrase.clone(),
            window: false,
            connect,
            pace: self.pace,
        }
    }
}

/// What became of settings of the window.
#[derive(Debug)]
pub(crate) struct WindowTaken {
    /// Names of those that differ.
    pub(crate) changed: Vec<&'static str>,
    /// Whether they were changed.
    pub(crate) written: bool,
}

/// Does something with the files of a workspace that nobody has open. An interruption stops it in
/// order: the workspace is then as it was.
pub(crate) async fn alone<T>(
    place: &Place,
    work: impl AsyncFnOnce(Holding, Gauge) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let holding = match enter(place.folder(), HolderKind::Command).await? {
        Entry::Here(holding) => holding,
        Entry::Attached(attached) => {
            return Err(Failure::HeldElsewhere(attached.holder().pid));
        }
    };
    place.start_log();
    let gauge = Gauge::default();
    let mut interrupts = Interrupts::new()?;
    let mut work = std::pin::pin!(work(holding, gauge.clone()));
    tokio::select! {
        outcome = &mut work => outcome,
        () = interrupts.next() => {
            gauge.cancel();
            interrupts.or_at_once(work).await
        }
    }
}

/// Does something short with the workspace, here or through its holder. `connect` says whether
/// accounts go online for it where nobody holds the workspace.
pub(crate) async fn once<T>(
    place: &mut Place,
    connect: bool,
    work: impl AsyncFnOnce(&Client) -> Result<T, Failure>,
) -> Result<T, Failure> {
    match enter_answering(place.folder()).await? {
        Entry::Attached(attached) => {
            Interrupts::new()?
                .cut(work(&Client::Attached(attached)))
                .await
        }
        Entry::Here(_holding) => {
            let desk = place.open(connect).await?;
            let mut interrupts = Interrupts::new()?;
            let outcome = interrupts.cut(work(&Client::Here(desk.clone()))).await;
            interrupts.or_at_once(desk.close()).await;
            outcome
        }
    }
}

/// Enters as a command. A holder that was killed a moment ago may still seem to listen; one that
/// does not answer is no holder, and nothing was asked of it yet.
async fn enter_answering(folder: &Path) -> Result<Entry, ApiError> {
    let mut silent = 0;
    loop {
        let entry = enter(folder, HolderKind::Command).await?;
        let Entry::Attached(attached) = &entry else {
            return Ok(entry);
        };
        match attached.status().await {
            Err(error) if error.code == Code::Network && silent < SILENT_HOLDERS => silent += 1,
            _ => return Ok(entry),
        }
    }
}

/// Does something long with the workspace: serves others meanwhile, and goes on through the
/// window where one takes the workspace over. `work` is begun anew then, and returns `None`
/// where it notices first that the workspace has moved.
pub(crate) async fn along<T>(
    place: &mut Place,
    work: impl AsyncFn(&Client) -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    let mut looks = 0;
    loop {
        let outcome = match enter(place.folder(), HolderKind::Run).await {
            Ok(Entry::Attached(attached)) => {
                let client = Client::Attached(attached);
                gone_is_moved(Interrupts::new()?.cut(work(&client)).await)
            }
            Ok(Entry::Here(holding)) => serving(place, holding, &work).await,
            Err(error) if error.code == Code::WorkspaceBusy && (1..LOOKS).contains(&looks) => {
                looks += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match outcome? {
            Some(done) => return Ok(done),
            None => looks = 1,
        }
    }
}

/// A holder that ended in between; only reading is done over there, so nothing is in doubt.
fn gone_is_moved<T>(outcome: Result<Option<T>, Failure>) -> Result<Option<T>, Failure> {
    match outcome {
        Err(Failure::Api(ApiError {
            code: Code::Network | Code::WorkspaceBusy,
            ..
        })) => Ok(None),
        other => other,
    }
}

async fn serving<T>(
    place: &mut Place,
    holding: Holding,
    work: &impl AsyncFn(&Client) -> Result<Option<T>, Failure>,
) -> Result<Option<T>, Failure> {
    let mut server = serve(place, holding).await?;
    let client = Client::Here(server.desk().clone());
    let mut interrupts = Interrupts::new()?;
    let end = tokio::select! {
        outcome = work(&client) => End::Done(outcome),
        request = server.asked_to_yield() => End::Yield(request),
        () = interrupts.next() => End::Done(Err(Failure::Interrupted)),
    };
    drop(client);
    let holding = interrupts.or_at_once(server.close()).await;
    match end {
        End::Done(outcome) => outcome,
        End::Yield(request) => {
            // It is not waited for: the window does the work now.
            drop(request.grant(holding));
            Ok(None)
        }
    }
}

enum End<T> {
    Done(T),
    Yield(YieldRequest),
}

/// Opens the held workspace with all accounts, and answers other processes.
pub(crate) async fn serve(place: &mut Place, holding: Holding) -> Result<Server<Desk>, Failure> {
    let desk = place.open(true).await?;
    Ok(Server::start(holding, desk).await?)
}
