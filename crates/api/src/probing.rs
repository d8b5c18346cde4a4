//! What a test may break in an open workspace.

use switchboard_model::AccountId;

use crate::Desk;

impl Desk {
    /// Ends an account's connection beneath it, as a defect of the library does. Whether there was
    /// one.
    pub async fn break_link(&self, account: AccountId) -> bool {
        self.engine.break_link(account).await
    }
}
