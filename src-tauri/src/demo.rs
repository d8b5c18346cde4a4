//! The demo: a simulated Telegram in this process, and accounts that live in it.

use std::path::Path;

use switchboard_api::{ApiError, Desk, UseCases, damaged};
use switchboard_model::Code;
use switchboard_sandbox::DemoWorld;

/// Begins or resumes the demo's world and brings its accounts to the desk.
///
/// # Errors
/// Where no loopback port can be had, or the world's journal cannot be written.
pub(crate) async fn start(folder: &Path, desk: &Desk) -> Result<DemoWorld, ApiError> {
    let world = DemoWorld::open(folder)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull => ApiError::new(Code::DiskFull, error),
            std::io::ErrorKind::InvalidData => damaged(&DemoWorld::journal(folder), error),
            _ => ApiError::new(Code::Internal, format!("the simulated Telegram: {error}")),
        })?;
    let added = desk.profile_add(world.profile()).await;
    let known = desk.accounts().await?;
    match added {
        // An account that was logged out in the demo stays so; the others go on.
        Err(error) if known.is_empty() => return Err(error),
        Err(error) => tracing::info!(%error, "a demo account stays logged out"),
        Ok(_) => {}
    }
    desk.connect().await?;
    Ok(world)
}
