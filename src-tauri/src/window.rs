//! The window itself: where it stands, how it comes to the front, and what becomes of it when it
//! is closed.

use switchboard_api::shell::{Closing, Farewell, Place, Screen, farewell, fitted};
use switchboard_model::ChatId;
use tauri::{
    AppHandle, Emitter, Manager, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};

use crate::shell::Shell;
use crate::tray;

/// Tells the page that a chat is to be opened, which it then asks for by `wanted`.
const WANTED: &str = "switchboard-wanted";
/// Asks the page what is to become of the program, which it says by `farewell`.
const CLOSING: &str = "switchboard-closing";

pub(crate) fn main<R: Runtime>(app: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    app.get_webview_window("main")
}

/// Makes the window as `tauri.conf.json` describes it. Tauri would do so by itself, but before anything
/// of ours can begin.
pub(crate) fn make<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    for described in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, described)?.build()?;
    }
    Ok(())
}

/// Brings the window to the front, wherever it was.
pub(crate) fn raise<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = main(app) else { return };
    for step in [window.show(), window.unminimize(), window.set_focus()] {
        if let Err(error) = step {
            tracing::debug!(%error, "the window does not come to the front");
        }
    }
}

/// Whether the window can be seen; a minimised one counts, since its task bar brings it back.
pub(crate) fn is_visible<R: Runtime>(app: &AppHandle<R>) -> bool {
    main(app).is_some_and(|window| window.is_visible().unwrap_or(true))
}

/// Shows the window where it was, without taking the focus from what is at work there.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app)
        && let Err(error) = window.show()
    {
        tracing::warn!(%error, "the window cannot be shown");
    }
}

/// Opens a chat in the raised window.
pub(crate) fn open_chat<R: Runtime>(app: &AppHandle<R>, chat: ChatId) {
    app.state::<Shell>().sight().want(chat);
    raise(app);
    // A page that is still loading asks when it is ready.
    let _ = app.emit(WANTED, ());
}

/// Puts the window where it stood, and shows it unless it is to stay hidden.
pub(crate) fn set_up<R: Runtime>(app: &AppHandle<R>, place: Option<Place>, hidden: bool) {
    let Some(window) = main(app) else { return };
    if let Some(place) = place.and_then(|place| fitted(place, &screens(&window))) {
        let moved = window
            .set_position(PhysicalPosition::new(place.x, place.y))
            .and_then(|()| window.set_size(PhysicalSize::new(place.width, place.height)))
            .and_then(|()| match place.maximised {
                true => window.maximize(),
                false => Ok(()),
            });
        if let Err(error) = moved {
            tracing::debug!(%error, "the window stands where the system puts it");
        }
    }
    if !hidden {
        show(app);
    }
}

fn screens<R: Runtime>(window: &WebviewWindow<R>) -> Vec<Screen> {
    let monitors = window.available_monitors().unwrap_or_default();
    monitors
        .iter()
        .map(|monitor| Screen {
            x: monitor.position().x,
            y: monitor.position().y,
            width: monitor.size().width,
            height: monitor.size().height,
        })
        .collect()
}

/// Where the window stands now; of a maximised one, where it stood before.
fn place<R: Runtime>(window: &Window<R>, before: Option<Place>) -> Option<Place> {
    if window.is_minimized().ok()? || !window.is_visible().ok()? {
        return before;
    }
    let maximised = window.is_maximized().ok()?;
    if let (true, Some(before)) = (maximised, before) {
        return Some(Place {
            maximised,
            ..before
        });
    }
    let position = window.outer_position().ok()?;
    let size = window.inner_size().ok()?;
    Some(Place {
        x: position.x,
        y: position.y,
        width: size.width,
        height: size.height,
        maximised,
    })
}

/// What the shell does about what happens to the window.
pub(crate) fn happened<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let shell = window.state::<Shell>();
    match event {
        WindowEvent::Focused(focused) => shell.sight().focus(*focused),
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => {
            shell.stands(|before| place(window, before));
        }
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            let (app, shell) = (window.app_handle().clone(), shell.inner().clone());
            tauri::async_runtime::spawn(async move { close(&app, &shell).await });
        }
        _ => {}
    }
}

async fn close<R: Runtime>(app: &AppHandle<R>, shell: &Shell) {
    let wanted = shell.looks().await.closing;
    let asked = shell.sight().ask_farewell();
    match farewell(wanted, tray::brings_back(app).await, asked) {
        Farewell::Hide => hide(app),
        Farewell::Ask => {
            let _ = app.emit(CLOSING, ());
        }
        Farewell::Quit => app.exit(0),
    }
}

/// The operator's answer, which holds from now on.
pub(crate) async fn answered<R: Runtime>(app: &AppHandle<R>, shell: &Shell, closing: Closing) {
    if let Err(error) = shell.set_closing(closing).await {
        tracing::warn!(%error, "the answer is not remembered");
    }
    match closing {
        Closing::Tray => hide(app),
        Closing::Quit => app.exit(0),
        Closing::Ask => {}
    }
}

fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window cannot be hidden");
    }
}
