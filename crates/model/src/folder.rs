//! Folders of chats, as Telegram keeps them for an account.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatKind, Filter, PeerId};

/// What a folder takes in (<https://core.telegram.org/constructor/dialogFilter>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FolderRule {
    /// Telegram's number of it, unique within the account.
    pub id: i32,
    /// Its title.
    pub title: String,
    /// The emoji that clients show as its icon.
    pub emoticon: Option<String>,
    /// People in the account's contacts.
    pub contacts: bool,
    /// Other people.
    pub others: bool,
    /// Groups and supergroups.
    pub groups: bool,
    /// Channels.
    pub channels: bool,
    /// Bots.
    pub bots: bool,
    /// Of those, none that are muted and do not mention the account.
    pub no_muted: bool,
    /// Of those, only with something unread.
    pub no_read: bool,
    /// Of those, none from the archive.
    pub no_archived: bool,
    /// These too, whatever else is said.
    pub always: Vec<PeerId>,
    /// These never.
    pub never: Vec<PeerId>,
}

/// A folder, as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Folder {
    /// The account whose folder it is.
    pub account: AccountId,
    /// Telegram's number of it, unique within the account.
    pub id: i32,
    /// Its title.
    pub title: String,
    /// What it takes in.
    pub filter: Filter,
}

impl FolderRule {
    /// The rule as an expression over an account's chats.
    #[must_use]
    pub fn filter(&self, account: AccountId) -> Filter {
        let mut every = vec![self.kinds()];
        if self.no_muted {
            every.push(Filter::Any(vec![not(Filter::Muted), Filter::Mentioned]));
        }
        if self.no_read {
            every.push(Filter::Unread);
        }
        if self.no_archived {
            every.push(not(Filter::Archived));
        }
        let mut all = vec![
            Filter::Account(account),
            Filter::Any(vec![
                Filter::Peers(self.always.clone()),
                Filter::Every(every),
            ]),
        ];
        if !self.never.is_empty() {
            all.push(not(Filter::Peers(self.never.clone())));
        }
        if !self.no_archived {
            // A list leaves the archive out unless its filter speaks of it.
            all.push(Filter::Any(vec![Filter::Archived, not(Filter::Archived)]));
        }
        Filter::Every(all)
    }

    fn kinds(&self) -> Filter {
        let person = || Filter::Kind(ChatKind::Person);
        let mut kinds = Vec::new();
        match (self.contacts, self.others) {
            (true, true) => kinds.push(person()),
            (true, false) => kinds.push(Filter::Every(vec![person(), Filter::Contact])),
            (false, true) => kinds.push(Filter::Every(vec![person(), not(Filter::Contact)])),
            (false, false) => {}
        }
        if self.groups {
            kinds.extend([ChatKind::Group, ChatKind::Supergroup].map(Filter::Kind));
        }
        if self.channels {
            kinds.push(Filter::Kind(ChatKind::Channel));
        }
        if self.bots {
            kinds.push(Filter::Kind(ChatKind::Bot));
        }
        Filter::Any(kinds)
    }
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

#[cfg(test)]
mod tests {
    use crate::{ChatFact, ChatId, ChatMarks, MediaKinds};

    use super::*;

    fn chat(id: i64, kind: ChatKind) -> ChatFact {
        ChatFact {
            id: ChatId(id),
            account: AccountId(1),
            peer: PeerId(id),
            kind,
            contact: false,
            archived: false,
            rank: None,
            activity: 1,
            last_date: 1,
            last_out: None,
            media: MediaKinds::default(),
            muted_until: None,
            unread: 0,
            unread_mark: false,
            mentions: 0,
            draft: false,
            closed: false,
            gone: false,
            marks: ChatMarks::default(),
            values: Vec::new(),
        }
    }

    fn shows(rule: &FolderRule, chat: &ChatFact) -> bool {
        let rule = FolderRule {
            always: vec![PeerId(7)],
            never: vec![PeerId(8)],
            ..rule.clone()
        };
        let filter = rule.filter(AccountId(1));
        assert!(filter.is_sensible(), "a view can be made of it");
        filter.lets_through(chat, 0)
    }

    #[test]
    fn a_folder_takes_in_kinds_and_names() {
        let rule = FolderRule {
            contacts: true,
            groups: true,
            ..FolderRule::default()
        };
        let known = ChatFact {
            contact: true,
            ..chat(1, ChatKind::Person)
        };
        assert!(shows(&rule, &known));
        assert!(!shows(&rule, &chat(1, ChatKind::Person)));
        assert!(shows(&rule, &chat(2, ChatKind::Supergroup)));
        assert!(!shows(&rule, &chat(3, ChatKind::Channel)));
        assert!(shows(&rule, &chat(7, ChatKind::Channel)), "named");
        assert!(!shows(&rule, &chat(8, ChatKind::Group)), "left out");
        let elsewhere = ChatFact {
            account: AccountId(2),
            ..known
        };
        assert!(!shows(&rule, &elsewhere));
    }

    #[test]
    fn what_is_left_out_does_not_touch_what_is_named() {
        let rule = FolderRule {
            contacts: true,
            others: true,
            no_muted: true,
            no_read: true,
            no_archived: true,
            ..FolderRule::default()
        };
        let unread = ChatFact {
            unread: 1,
            ..chat(1, ChatKind::Person)
        };
        assert!(shows(&rule, &unread));
        assert!(!shows(&rule, &chat(1, ChatKind::Person)), "read");
        let muted = ChatFact {
            muted_until: Some(9),
            ..unread.clone()
        };
        assert!(!shows(&rule, &muted));
        let no_longer = ChatFact {
            muted_until: Some(0),
            ..muted.clone()
        };
        assert!(shows(&rule, &no_longer), "the mute has run out");
        let mentioned = ChatFact {
            mentions: 1,
            ..muted
        };
        assert!(shows(&rule, &mentioned));
        let archived = ChatFact {
            archived: true,
            ..unread
        };
        assert!(!shows(&rule, &archived));
        let named = ChatFact {
            peer: PeerId(7),
            ..archived
        };
        assert!(shows(&rule, &named));
    }
}
