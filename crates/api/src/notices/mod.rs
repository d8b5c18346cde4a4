//! What the operator is told of outside of the window.
//!
//! [`decide`] says which message raises a notification, [`Notices`] turns events into them, and
//! the window's shell shows them in its language. Texts of messages go no further than that.

mod decide;
mod watch;

use switchboard_model::{AccountState, ChatId, Code, DiskRoom, NotificationSettings, TaskKind};

pub use decide::{Moment, Wishes, raises};
pub use watch::Notices;

use crate::{ApiError, Desk};

const SETTINGS: &str = "notifications.settings";

/// Something to show outside of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A chat has new messages. Replaces what was shown for the chat before.
    Chat(ChatNotice),
    /// What was shown for a chat is out of date: it was read, or is in sight.
    Seen(ChatId),
    /// Something that the operator wanted to be reminded of.
    Reminder(ReminderNotice),
    /// An account needs its owner.
    Account {
        /// Its name as people are shown it.
        name: String,
        /// What became of it.
        state: AccountState,
    },
    /// A backup failed.
    BackupFailed {
        /// Why.
        why: Code,
    },
    /// The room on the disk got less.
    Disk {
        /// What is left: little, or hardly any.
        room: DiskRoom,
    },
}

/// New messages of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatNotice {
    /// The chat.
    pub chat: ChatId,
    /// How many came since it was last in sight; at least 1.
    pub count: u32,
    /// What the last of them says; absent where the operator wants no preview.
    pub preview: Option<Preview>,
}

/// A task that is due, or a chat whose snooze is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderNotice {
    /// The chat.
    pub chat: ChatId,
    /// What the task is; absent for a snooze.
    pub task: Option<TaskKind>,
    /// Whom and what it is about; absent where the operator wants no preview.
    pub about: Option<Reminded>,
}

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// The chat's title.
    pub title: String,
    /// The task's text, shortened; empty for a snooze, and for a follow-up that says nothing.
    pub text: String,
}

/// The last message of a chat, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The chat's title.
    pub title: String,
    /// The account's name, where there are several.
    pub account: Option<String>,
    /// Who wrote it, in groups.
    pub sender: Option<String>,
    /// Its text or the line that names it, shortened.
    pub line: String,
}

/// What the operator wants. In the demo people write without a pause, which is nothing to be told
/// of unless asked for.
pub(crate) async fn settings(desk: &Desk) -> Result<NotificationSettings, ApiError> {
    let store = desk.engine.store();
    let kept = store.read(|reader| reader.setting(SETTINGS)).await?;
    Ok(kept.unwrap_or_else(|| NotificationSettings {
        messages: !desk.about.demo,
        ..NotificationSettings::default()
    }))
}

pub(crate) async fn set_settings(
    desk: &Desk,
    settings: NotificationSettings,
) -> Result<(), ApiError> {
    if settings.quiet.is_some_and(|quiet| !quiet.is_valid()) {
        let detail = "quiet hours begin and end at different minutes of the day";
        return Err(ApiError::new(Code::BadRequest, detail));
    }
    let store = desk.engine.store();
    Ok(store
        .write(move |tx| tx.set_setting(SETTINGS, &settings))
        .await?)
}

pub(crate) async fn muted(desk: &Desk) -> Result<Vec<ChatId>, ApiError> {
    let store = desk.engine.store();
    let chats = store.read(|reader| reader.silent_chats()).await?;
    Ok(chats.into_iter().collect())
}

pub(crate) async fn set_muted(desk: &Desk, chat: ChatId, muted: bool) -> Result<(), ApiError> {
    Ok(desk.engine.silence(chat, muted).await?)
}
