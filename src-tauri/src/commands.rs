//! What the window may ask. Each command is granted by name in `tauri.conf.json`.

use serde_json::Value;
use switchboard_api::closed::{RekeyRequest, Rekeyed, RestoreRequest};
use switchboard_api::shell::{Closing, Looks, Stage};
use switchboard_api::{ApiError, Call, Workspace, dispatch};
use switchboard_model::{ChatId, Code, Restored};
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use crate::files::{self, FileKind};
use crate::shell::Shell;
use crate::{autostart, lock, window};

/// A use case of the open workspace.
#[tauri::command]
pub(crate) async fn call(shell: State<'_, Shell>, call: Call) -> Result<Value, ApiError> {
    shell.must_be_unlocked()?;
    let desk = shell.desk().await;
    let desk = desk.ok_or_else(|| ApiError::new(Code::WorkspaceBusy, "no workspace is open"))?;
    // A task of its own, so that a panic ends this call alone, and with an answer: the page would wait
    // for ever. What a panic says may quote data; the log has its place already.
    let done = tokio::spawn(async move { dispatch(&desk, call).await }).await;
    done.unwrap_or_else(|_| Err(ApiError::internal("it ended early")))
}

/// What the window shows.
#[tauri::command]
pub(crate) async fn stage<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<Stage, ApiError> {
    Ok(shell.stage(&app).await)
}

/// Opens a workspace.
#[tauri::command]
pub(crate) async fn open_workspace<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    name: String,
    passphrase: Option<String>,
) -> Result<Stage, ApiError> {
    shell.open(&app, workspace(&name)?, passphrase).await
}

/// Closes the open workspace.
#[tauri::command]
pub(crate) async fn close_workspace(shell: State<'_, Shell>) -> Result<Stage, ApiError> {
    shell.leave().await
}

/// Closes the demo and deletes all of it.
#[tauri::command]
pub(crate) async fn wipe_demo(shell: State<'_, Shell>) -> Result<Stage, ApiError> {
    shell.wipe_demo().await
}

/// Asks for a file to read by the system's own dialog.
#[tauri::command]
pub(crate) async fn choose_file<R: Runtime>(
    window: WebviewWindow<R>,
    shell: State<'_, Shell>,
    kind: FileKind,
) -> Result<Option<String>, ApiError> {
    files::choose(&window, shell.words().await, kind).await
}

/// Asks for a file to write by the system's own dialog.
#[tauri::command]
pub(crate) async fn save_file<R: Runtime>(
    window: WebviewWindow<R>,
    shell: State<'_, Shell>,
    kind: FileKind,
    name: String,
) -> Result<Option<String>, ApiError> {
    files::save(&window, shell.words().await, kind, &name).await
}

/// Writes a text into a file that the system's own dialog asks for; tells its path.
#[tauri::command]
pub(crate) async fn save_text<R: Runtime>(
    window: WebviewWindow<R>,
    shell: State<'_, Shell>,
    kind: FileKind,
    name: String,
    text: String,
) -> Result<Option<String>, ApiError> {
    files::write(&window, shell.words().await, kind, (&name, text)).await
}

/// Puts a backup in the place of a workspace, which is closed for it and not opened again.
#[tauri::command]
pub(crate) async fn restore(
    shell: State<'_, Shell>,
    name: String,
    request: RestoreRequest,
) -> Result<Restored, ApiError> {
    shell.restore(workspace(&name)?, request).await
}

/// Gives a workspace a new key. It is closed for it and not opened again.
#[tauri::command]
pub(crate) async fn rekey(
    shell: State<'_, Shell>,
    name: String,
    request: RekeyRequest,
) -> Result<Rekeyed, ApiError> {
    shell.rekey(workspace(&name)?, request).await
}

/// How far a restore or a change of the key is, in per cent.
#[tauri::command]
pub(crate) fn work_percent(shell: State<'_, Shell>) -> Option<u8> {
    shell.work().percent()
}

/// Asks a restore or a change of the key to stop; everything is then as it was.
#[tauri::command]
pub(crate) fn work_cancel(shell: State<'_, Shell>) {
    shell.work().cancel();
}

/// What the window remembers about its looks.
#[tauri::command]
pub(crate) async fn looks(shell: State<'_, Shell>) -> Result<Looks, ApiError> {
    Ok(shell.looks().await)
}

/// Remembers looks.
#[tauri::command]
pub(crate) async fn save_looks(shell: State<'_, Shell>, looks: Looks) -> Result<(), ApiError> {
    shell.save_looks(looks).await
}

/// Opens a web or mail address in the system's own program.
#[tauri::command]
pub(crate) fn open_link(url: &str) -> Result<(), ApiError> {
    // Anything else could start a program or open a file of a stranger's choice.
    let harmless = ["https://", "http://", "mailto:", "tel:"];
    let lower = url.to_ascii_lowercase();
    if !harmless.iter().any(|scheme| lower.starts_with(scheme)) {
        return Err(ApiError::new(
            Code::BadRequest,
            "not a web, mail or phone address",
        ));
    }
    open::that_detached(url).map_err(ApiError::internal)
}

/// Shows the folder of the logs in the system's own file manager.
#[tauri::command]
pub(crate) fn open_logs(shell: State<'_, Shell>) -> Result<(), ApiError> {
    open::that_detached(shell.logs_folder()).map_err(ApiError::internal)
}

/// Tells which chat the window shows, so that nobody is told of what they look at.
#[tauri::command]
pub(crate) fn in_sight(shell: State<'_, Shell>, chat: Option<ChatId>) {
    shell.sight().shows(chat);
}

/// The chat that was asked for from outside of the window, once.
#[tauri::command]
pub(crate) fn wanted(shell: State<'_, Shell>) -> Option<ChatId> {
    shell.sight().take_wanted()
}

/// What is to become of the program when its window is closed; done at once, and from now on.
#[tauri::command]
pub(crate) async fn farewell<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    closing: Closing,
) -> Result<(), ApiError> {
    window::answered(&app, shell.inner(), closing).await;
    Ok(())
}

/// Whether the program starts with the system.
#[tauri::command]
pub(crate) async fn starts_with_system() -> Result<bool, ApiError> {
    autostart::is_on().await
}

/// Has the program started with the system, or no more.
#[tauri::command]
pub(crate) async fn set_starts_with_system(
    shell: State<'_, Shell>,
    on: bool,
) -> Result<(), ApiError> {
    autostart::set(on, shell.given_folder()).await
}

/// Locks the window; fully, where no key is to stay in memory.
#[tauri::command]
pub(crate) async fn lock<R: Runtime>(app: AppHandle<R>, fully: bool) -> Result<(), ApiError> {
    lock::lock(&app, fully).await;
    Ok(())
}

/// Somebody touched the window.
#[tauri::command]
pub(crate) fn active(shell: State<'_, Shell>) {
    shell.guard().touch();
}

fn workspace(name: &str) -> Result<Workspace, ApiError> {
    Workspace::named(name).ok_or_else(|| ApiError::new(Code::BadRequest, "no such workspace"))
}
