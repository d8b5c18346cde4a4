//! The list of chats as ordered ids.

use switchboard_model::{AccountId, ChatFact, ChatFilter, ChatId};

use crate::Reader;

impl Reader<'_> {
    /// Every chat of a list in its order. Answered from memory: it shows what is committed, also
    /// within a transaction.
    #[must_use]
    pub fn chat_keys(&self, wanted: &ChatFilter, now_ms: i64) -> Vec<ChatId> {
        self.memory.keys(wanted, now_ms)
    }

    /// How many chats each list shows, and how many of those are unread.
    #[must_use]
    pub fn chat_counts(&self, lists: &[ChatFilter], now_ms: i64) -> Vec<(u32, u32)> {
        self.memory.counts(lists, now_ms)
    }

    /// The account of a listed chat.
    #[must_use]
    pub fn account_of(&self, chat: ChatId) -> Option<AccountId> {
        self.memory.account(chat)
    }

    /// Calls `each` with what lists are made of, of every listed chat, in no order.
    pub fn each_chat(&self, each: impl FnMut(&ChatFact)) {
        self.memory.each(each);
    }
}
