//! Starting with the system, hidden: a file in the user's autostart folder, or what the system has
//! in its place.

use auto_launch::{AutoLaunch, AutoLaunchBuilder};
use switchboard_api::ApiError;
use tokio::task::spawn_blocking;

/// Whether it does.
pub(crate) async fn is_on() -> Result<bool, ApiError> {
    with(|launch| launch.is_enabled()).await
}

/// Has it so, or no more.
pub(crate) async fn set(on: bool) -> Result<(), ApiError> {
    with(move |launch| match on {
        true => launch.enable(),
        false => launch.disable(),
    })
    .await
}

async fn with<T: Send + 'static>(
    work: impl FnOnce(&AutoLaunch) -> auto_launch::Result<T> + Send + 'static,
) -> Result<T, ApiError> {
    let done = spawn_blocking(move || {
        let program = std::env::current_exe()?;
        let launch = AutoLaunchBuilder::new()
            .set_app_name("Switchboard")
            .set_app_path(&program.to_string_lossy())
            .set_args(&["--hidden"])
            .build()?;
        work(&launch)
    });
    done.await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)
}
