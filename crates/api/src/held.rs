//! Unsent messages of a restored backup: the operator lets them go or deletes them.

use switchboard_model::{Code, OutgoingId};
use switchboard_store::{Result, Tx};

use crate::{ApiError, Desk};

/// Does something to these held messages, or to all where none is named, in one transaction.
/// Tells how many it was done to.
pub(crate) async fn each(
    desk: &Desk,
    ids: Vec<OutgoingId>,
    change: impl Fn(&Tx<'_>, OutgoingId, i64) -> Result<bool> + Send + 'static,
) -> std::result::Result<u32, ApiError> {
    let now_ms = desk.engine.clock().now_ms();
    let write = desk.engine.store().write_durable(move |tx| {
        let mut done = tx.held(Code::Restored)?;
        done.retain(|held| ids.is_empty() || ids.contains(&held.id));
        for held in &done {
            change(tx, held.id, now_ms)?;
        }
        Ok(done)
    });
    let done = write.await?;
    for outgoing in &done {
        desk.engine.told_of(outgoing).await;
    }
    Ok(u32::try_from(done.len()).unwrap_or(u32::MAX))
}
