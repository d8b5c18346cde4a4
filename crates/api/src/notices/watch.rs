//! Turns events into notices.

use std::collections::{BTreeMap, VecDeque};

use jiff::{Timestamp, tz::TimeZone};
use switchboard_engine::Listener;
use switchboard_model::{
    Account, AccountId, AccountState, Change, Chat, ChatId, ChatKind, DiskRoom, Event, Message,
    NotificationSettings, RowId, TaskId,
};
use tokio::sync::watch;

use super::decide::{RoomNews, room_news};
use super::{
    ChatNotice, Moment, Notice, Preview, Reminded, ReminderNotice, Wishes, raises, settings,
};
use crate::{ApiError, Desk, UseCases};

/// Characters of a message that are shown.
const LONGEST_LINE: usize = 200;
/// The setting that keeps of which accounts the operator was told, and in which state: one that
/// lost its session while no window was there is told of by the next, and by that one alone.
const TOLD: &str = "notifications.told";
/// The setting that keeps of which room on the disk the operator was told.
const ROOM: &str = "notifications.room";

/// What there is to tell the operator, as it happens.
pub struct Notices {
    desk: Desk,
    events: Listener,
    in_sight: watch::Receiver<Option<ChatId>>,
    /// Messages per chat since it was last in sight.
    counts: BTreeMap<ChatId, u32>,
    /// Accounts that need their owner, as the operator was told of them.
    told: BTreeMap<AccountId, AccountState>,
    /// The room on the disk, and what the operator was told of it.
    room: DiskRoom,
    room_told: DiskRoom,
    ready: VecDeque<Notice>,
}

impl Notices {
    /// Listens from now on, and tells of accounts that came to need their owner while nobody did,
    /// and of a disk that ran low.
    /// `in_sight` is the chat that the operator looks at in a window that has the focus.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn of(
        desk: Desk,
        in_sight: watch::Receiver<Option<ChatId>>,
    ) -> Result<Self, ApiError> {
        let events = desk.listen();
        let store = desk.engine.store();
        let kept = store.read(|reader| {
            let told: Option<Vec<(AccountId, AccountState)>> = reader.setting(TOLD)?;
            let room: Option<DiskRoom> = reader.setting(ROOM)?;
            Ok((told, room))
        });
        let (told, room_told) = kept.await?;
        let room = desk.disk().await?.room;
        let mut notices = Self {
            desk,
            events,
            in_sight,
            counts: BTreeMap::new(),
            told: told.into_iter().flatten().collect(),
            room,
            room_told: room_told.unwrap_or(DiskRoom::Enough),
            ready: VecDeque::new(),
        };
        notices.accounts().await?;
        notices.look_at_room().await?;
        Ok(notices)
    }

    /// The next one; `None` when the workspace is closed. Not to be dropped before it completes:
    /// what it was about would not be told.
    pub async fn next(&mut self) -> Option<Notice> {
        loop {
            if let Some(notice) = self.ready.pop_front() {
                return Some(notice);
            }
            tokio::select! {
                Ok(()) = self.in_sight.changed() => self.looked_at(),
                event = self.events.next() => {
                    let event = event?.event;
                    if event == Event::Closing {
                        return None;
                    }
                    let taken = self.take(event).await;
                    // What waited for the end of quiet hours goes with whatever happens then.
                    let looked = self.look_at_room().await;
                    if let Err(error) = taken.and(looked) {
                        tracing::warn!(%error, "something was not told of");
                    }
                }
            }
        }
    }

    fn looked_at(&mut self) {
        let in_sight = *self.in_sight.borrow_and_update();
        if let Some(chat) = in_sight {
            self.seen(chat);
        }
    }

    fn seen(&mut self, chat: ChatId) {
        if self.counts.remove(&chat).is_some() {
            self.ready.push_back(Notice::Seen(chat));
        }
    }

    async fn take(&mut self, event: Event) -> Result<(), ApiError> {
        match event {
            Event::Messages {
                chat,
                change: Change::Added,
                rows,
                live: true,
            } => self.came(chat, rows).await,
            Event::Chats { chats, .. } => self.changed(chats).await,
            Event::Account { .. } => self.accounts().await,
            // Among them may be one of an account, or of the disk.
            Event::Lost => {
                self.room = self.desk.disk().await?.room;
                self.accounts().await
            }
            Event::Disk { room } => {
                self.room = room;
                Ok(())
            }
            Event::Reminder { chat, task } => self.remind(chat, task).await,
            Event::Backup { failed: Some(why) } => {
                self.ready.push_back(Notice::BackupFailed { why });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Messages came. Where an event names none, there were more than anybody wants to be told of.
    async fn came(&mut self, chat: ChatId, rows: Vec<RowId>) -> Result<(), ApiError> {
        let settings = settings(&self.desk).await?;
        if !settings.messages || rows.is_empty() {
            return Ok(());
        }
        let (messages, found) =
            tokio::try_join!(self.desk.messages(rows), self.desk.chats(vec![chat]))?;
        let Some(found) = found.into_iter().next() else {
            return Ok(());
        };
        let wishes = self.wishes(&found, settings).await?;
        let moment = self.moment();
        let news: Vec<&Message> = messages
            .iter()
            .filter(|message| raises(message, &found, &wishes, &moment))
            .collect();
        let Some(last) = news.iter().max_by_key(|message| message.row) else {
            return Ok(());
        };
        let count = self.counts.entry(chat).or_default();
        *count = count.saturating_add(u32::try_from(news.len()).unwrap_or(u32::MAX));
        let count = *count;
        let preview = match wishes.settings.preview {
            true => Some(preview(&found, last, &self.desk.accounts().await?)),
            false => None,
        };
        self.ready.push_back(Notice::Chat(ChatNotice {
            chat,
            count,
            preview,
        }));
        Ok(())
    }

    /// Something is due. What is in sight shows it by itself.
    async fn remind(&mut self, chat: ChatId, task: Option<TaskId>) -> Result<(), ApiError> {
        let settings = settings(&self.desk).await?;
        if !settings.reminders || *self.in_sight.borrow() == Some(chat) {
            return Ok(());
        }
        let (found, card) = tokio::try_join!(self.desk.chats(vec![chat]), self.desk.card(chat))?;
        let Some(found) = found.into_iter().next() else {
            return Ok(());
        };
        let task = task.and_then(|id| card.tasks.into_iter().find(|task| task.id == id));
        let kind = task.as_ref().map(|task| task.kind);
        let text = task.map_or_else(String::new, |task| shortened(&task.text));
        self.ready.push_back(Notice::Reminder(ReminderNotice {
            chat,
            task: kind,
            about: settings.preview.then_some(Reminded {
                title: found.title,
                text,
            }),
        }));
        Ok(())
    }

    async fn wishes(
        &self,
        chat: &Chat,
        settings: NotificationSettings,
    ) -> Result<Wishes, ApiError> {
        let (account, muted) = tokio::try_join!(
            self.desk.account_settings(chat.account),
            self.desk.notify_muted()
        )?;
        Ok(Wishes {
            settings,
            account: account.notify,
            chat_muted: muted.contains(&chat.id),
        })
    }

    fn moment(&self) -> Moment {
        let now_ms = self.desk.engine.clock().now_ms();
        Moment {
            now: now_ms.div_euclid(1_000),
            minute: minute_of_day(now_ms),
            in_sight: *self.in_sight.borrow(),
        }
    }

    /// Takes down what was told of chats that are read now, here or on another device.
    async fn changed(&mut self, chats: Vec<ChatId>) -> Result<(), ApiError> {
        let told: Vec<ChatId> = self
            .counts
            .keys()
            .filter(|chat| chats.is_empty() || chats.contains(chat))
            .copied()
            .collect();
        if told.is_empty() {
            return Ok(());
        }
        for chat in self.desk.chats(told).await? {
            if chat.unread == 0 {
                self.seen(chat.id);
            }
        }
        Ok(())
    }

    /// Tells that the room on the disk got less, once each time.
    async fn look_at_room(&mut self) -> Result<(), ApiError> {
        let room = self.room;
        if room == self.room_told {
            return Ok(());
        }
        let quiet = settings(&self.desk).await?.quiet;
        let minute = self.moment().minute;
        let quiet = quiet.is_some_and(|quiet| quiet.contain(minute));
        match room_news(self.room_told, room, quiet) {
            None | Some(RoomNews::Wait) => return Ok(()),
            Some(RoomNews::Note) => {}
            Some(RoomNews::Tell) => self.ready.push_back(Notice::Disk { room }),
        }
        self.room_told = room;
        let store = self.desk.engine.store();
        Ok(store.write(move |tx| tx.set_setting(ROOM, &room)).await?)
    }

    /// Tells of the accounts that need their owner, once each.
    async fn accounts(&mut self) -> Result<(), ApiError> {
        let accounts = self.desk.accounts().await?;
        let before = self.told.clone();
        for account in newly_needing(&mut self.told, &accounts) {
            self.ready.push_back(Notice::Account {
                name: account.shown_name().to_owned(),
                state: account.state,
            });
        }
        if self.told == before {
            return Ok(());
        }
        let told: Vec<_> = self.told.iter().map(|(id, state)| (*id, *state)).collect();
        let store = self.desk.engine.store();
        Ok(store.write(move |tx| tx.set_setting(TOLD, &told)).await?)
    }
}

/// The accounts that need their owner and that nobody was told of in this state; from now on they
/// count as told. One that is online again may come to need its owner anew.
fn newly_needing<'a>(
    told: &mut BTreeMap<AccountId, AccountState>,
    accounts: &'a [Account],
) -> Vec<&'a Account> {
    told.retain(|id, _| {
        let now = accounts.iter().find(|account| account.id == *id);
        now.is_some_and(|account| account.state != AccountState::Online)
    });
    let newly = accounts.iter().filter(|account| {
        needs_owner(account.state) && told.insert(account.id, account.state) != Some(account.state)
    });
    newly.collect()
}

/// Whether an account cannot go on without its owner. One that the operator logged out does not:
/// that was their own doing.
const fn needs_owner(state: AccountState) -> bool {
    use AccountState as A;
    matches!(state, A::Revoked | A::Banned | A::Frozen)
}

fn minute_of_day(now_ms: i64) -> u16 {
    let Ok(now) = Timestamp::from_millisecond(now_ms) else {
        return 0;
    };
    let time = now.to_zoned(TimeZone::system()).time();
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

fn preview(chat: &Chat, message: &Message, accounts: &[Account]) -> Preview {
    let group = !matches!(
        chat.kind,
        ChatKind::Person | ChatKind::Bot | ChatKind::Saved
    );
    let several = accounts.len() > 1;
    let account = accounts.iter().find(|account| account.id == chat.account);
    let line = match message.text.is_empty() {
        true => message.line.as_deref().unwrap_or_default(),
        false => &message.text,
    };
    Preview {
        title: chat.title.clone(),
        account: account
            .filter(|_| several)
            .map(|account| account.shown_name().to_owned()),
        sender: message.sender_name.clone().filter(|_| group),
        line: shortened(line),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
