//! What the operator looks at, and what was asked for from outside of the window.

use std::sync::{Mutex, MutexGuard, PoisonError};

use switchboard_api::shell::ChatLink;
use switchboard_model::ChatId;
use tokio::sync::watch;

/// What the operator looks at.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    state: Mutex<State>,
    told: watch::Sender<Option<ChatId>>,
}

#[derive(Debug, Default)]
struct State {
    /// The chat that the page shows.
    chat: Option<ChatId>,
    /// Whether the window has the focus.
    focused: bool,
    /// A chat that the page is to open.
    wanted: Option<ChatId>,
    /// A link to be followed once a workspace is open.
    link: Option<ChatLink>,
    /// Whether the operator was asked what closing the window means.
    asked: bool,
}

impl Sight {
    /// The page shows this chat now, or none.
    pub(crate) fn shows(&self, chat: Option<ChatId>) {
        self.change(|state| state.chat = chat);
    }

    /// The window got or lost the focus.
    pub(crate) fn focus(&self, focused: bool) {
        self.change(|state| state.focused = focused);
    }

    /// The chat in a window that has the focus, as it changes.
    pub(crate) fn watch(&self) -> watch::Receiver<Option<ChatId>> {
        self.told.subscribe()
    }

    /// Wants a chat opened.
    pub(crate) fn want(&self, chat: ChatId) {
        self.state().wanted = Some(chat);
    }

    /// The chat that is to be opened, once.
    pub(crate) fn take_wanted(&self) -> Option<ChatId> {
        self.state().wanted.take()
    }

    /// Keeps a link until a workspace is open.
    pub(crate) fn keep_link(&self, link: ChatLink) {
        self.state().link = Some(link);
    }

    /// The link that waits for a workspace, once.
    pub(crate) fn take_link(&self) -> Option<ChatLink> {
        self.state().link.take()
    }

    /// Whether the operator was asked already what closing the window means; from now on, yes.
    pub(crate) fn ask_farewell(&self) -> bool {
        std::mem::replace(&mut self.state().asked, true)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that could panic runs while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        let in_sight = state.chat.filter(|_| state.focused);
        self.told.send_if_modified(|told| {
            let other = *told != in_sight;
            *told = in_sight;
            other
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_is_in_sight_while_the_window_has_the_focus() {
        let sight = Sight::default();
        let told = sight.watch();
        sight.shows(Some(ChatId(1)));
        assert_eq!(*told.borrow(), None);
        sight.focus(true);
        assert_eq!(*told.borrow(), Some(ChatId(1)));
        sight.focus(false);
        assert_eq!(*told.borrow(), None);
    }

    #[test]
    fn what_is_wanted_is_given_once() {
        let sight = Sight::default();
        sight.want(ChatId(4));
        assert_eq!(sight.take_wanted(), Some(ChatId(4)));
        assert_eq!(sight.take_wanted(), None);
    }
}
