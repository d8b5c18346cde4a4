//! What other starts of the program ask of this one, and the link that this one was started with.

use switchboard_api::process::instance::{FirstInstance, Summons};
use switchboard_api::shell::ChatLink;
use tauri::{AppHandle, Manager, Runtime};

use crate::shell::Shell;
use crate::window;

/// Does what other starts ask for, as long as the program runs.
pub(crate) fn listen<R: Runtime>(app: AppHandle<R>, instance: FirstInstance) {
    tauri::async_runtime::spawn(async move {
        loop {
            let Summons { link } = instance.summoned().await;
            window::raise(&app);
            if let Some(link) = link.as_deref().and_then(ChatLink::read) {
                follow(&app, link).await;
            }
        }
    });
}

/// Opens the chat that a link names, now or once a workspace is open.
pub(crate) async fn follow<R: Runtime>(app: &AppHandle<R>, link: ChatLink) {
    let shell = app.state::<Shell>();
    let Some(desk) = shell.desk().await else {
        shell.sight().keep_link(link);
        return;
    };
    match link.chat(&desk).await {
        Ok(Some(chat)) => window::open_chat(app, chat),
        Ok(None) => tracing::info!("a link names a chat that is not known here"),
        Err(error) => tracing::warn!(%error, "a link could not be followed"),
    }
}
