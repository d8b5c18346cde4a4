//! The notifications of a workspace that stand on the desktop and tell of people.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use switchboard_model::ChatId;
use tokio::time::timeout;

use super::desktop::{Shown, Text};

/// How long taking them down may hold up a lock.
const ANSWER: Duration = Duration::from_secs(1);

/// What stands there. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Board(Arc<Mutex<Standing>>);

#[derive(Debug, Default)]
struct Standing {
    /// One for each chat.
    chats: HashMap<ChatId, Shown>,
    reminders: Vec<Shown>,
    /// Accounts that need their owner.
    troubles: Vec<Trouble>,
}

struct Trouble {
    shown: Shown,
    named: bool,
    /// What it says while nobody is to be named.
    unnamed: Text,
    clicked: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trouble")
            .field("shown", &self.shown)
            .finish_non_exhaustive()
    }
}

impl Trouble {
    fn new(text: Text, unnamed: Text, clicked: Arc<dyn Fn() + Send + Sync>) -> Self {
        let click = Arc::clone(&clicked);
        Self {
            named: text != unnamed,
            shown: Shown::new(text, move || click()),
            unnamed,
            clicked,
        }
    }

    /// The same without a name, and what is to be taken down for it. One without a name stays as it
    /// is: nobody is to be told again at every lock.
    fn unnamed(self) -> (Self, Option<Shown>) {
        if !self.named {
            return (self, None);
        }
        let text = self.unnamed.clone();
        let unnamed = Self::new(text, self.unnamed, self.clicked);
        (unnamed, Some(self.shown))
    }
}

impl Board {
    /// Changes what stands there. What `change` finds out about the lock stays true until it is done:
    /// nothing is put up behind the back of somebody who takes all down.
    pub(super) fn change(&self, change: impl FnOnce(&mut Entries<'_>)) {
        change(&mut Entries(self.standing()));
    }

    /// Takes down what tells of people: the window was locked, and says no more of them than this
    /// may. An account that needs its owner goes on to say so, without its name.
    pub(crate) async fn take_down(&self) {
        let all = self.emptied();
        let gone: Vec<_> = all.into_iter().map(Shown::take_down).collect();
        let told = timeout(ANSWER, async {
            for one in gone {
                // One that could not be shown is not there either.
                let _ = one.await;
            }
        });
        if told.await.is_err() {
            tracing::warn!("the desktop does not take notifications down");
        }
    }

    /// Takes out what tells of people.
    fn emptied(&self) -> Vec<Shown> {
        let mut standing = self.standing();
        let Standing {
            chats,
            reminders,
            troubles,
        } = std::mem::take(&mut *standing);
        let there = troubles.into_iter().filter(|one| one.shown.is_there());
        let (unnamed, named): (Vec<_>, Vec<_>) = there.map(Trouble::unnamed).unzip();
        standing.troubles = unnamed;
        let named = named.into_iter().flatten();
        chats.into_values().chain(reminders).chain(named).collect()
    }

    /// The workspace is closed: reminders stay, messages are told of no more.
    pub(crate) fn leave(&self) {
        let Standing {
            chats,
            reminders,
            troubles,
        } = std::mem::take(&mut *self.standing());
        drop(chats);
        let troubles = troubles.into_iter().map(|one| one.shown);
        reminders.into_iter().chain(troubles).for_each(Shown::leave);
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        // No code that could panic runs while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What stands there, while it is changed.
pub(super) struct Entries<'a>(MutexGuard<'a, Standing>);

impl Entries<'_> {
    /// Tells of a chat's messages, in the place of what was told of it before.
    pub(super) fn chat(
        &mut self,
        chat: ChatId,
        text: Text,
        clicked: impl FnOnce() + Send + 'static,
    ) {
        let shown = self.0.chats.get(&chat);
        if !shown.is_some_and(|shown| shown.update(text.clone())) {
            self.0.chats.insert(chat, Shown::new(text, clicked));
        }
    }

    /// A chat was read.
    pub(super) fn seen(&mut self, chat: ChatId) {
        self.0.chats.remove(&chat);
    }

    /// Reminds of something.
    pub(super) fn reminder(&mut self, text: Text, clicked: impl FnOnce() + Send + 'static) {
        self.0.reminders.retain(Shown::is_there);
        self.0.reminders.push(Shown::new(text, clicked));
    }

    /// Tells that an account needs its owner; `unnamed` says so where it must not be named.
    pub(super) fn trouble(
        &mut self,
        text: Text,
        unnamed: Text,
        clicked: impl Fn() + Send + Sync + 'static,
    ) {
        self.0.troubles.retain(|one| one.shown.is_there());
        let trouble = Trouble::new(text, unnamed, Arc::new(clicked));
        self.0.troubles.push(trouble);
    }
}
