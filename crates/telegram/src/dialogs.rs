//! The list of dialogs (<https://core.telegram.org/method/messages.getDialogs>).
//!
//! The library's own iterator panics where a dialog's peer is missing from the answer, so the
//! raw method is called.

use grammers_tl_types::{enums, functions, types};
use switchboard_model::{DialogFact, MessageFact, MessageId, PeerFact, PeerId};

use crate::{CallError, Link};

/// Dialogs on a page.
const PAGE: i32 = 100;

/// Where the next page of dialogs starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogOffset {
    /// Date of the last dialog's newest message, Unix seconds.
    pub date: i32,
    /// Its id.
    pub id: i32,
    /// The last dialog's peer; absent to begin after the pinned ones.
    pub peer: Option<PeerId>,
    /// Dialogs pinned so far, which come before all others.
    pub pinned: u32,
}

/// A page of dialogs, in the server's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialogPage {
    /// The dialogs.
    pub dialogs: Vec<DialogFact>,
    /// Peers that the page names.
    pub peers: Vec<PeerFact>,
    /// The newest message of each dialog.
    pub tops: Vec<MessageFact>,
    /// Dialogs in all, in this folder.
    pub total: u32,
    /// Where the next page starts; absent at the end.
    pub next: Option<DialogOffset>,
}

impl Link {
    /// A page of up to 100 dialogs: of the archive, or of the main list.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn dialogs(
        &self,
        archived: bool,
        after: Option<&DialogOffset>,
    ) -> Result<DialogPage, CallError> {
        let peer = after.and_then(|offset| offset.peer);
        let request = functions::messages::GetDialogs {
            // Pinned dialogs come with the first page alone, out of the order of dates.
            exclude_pinned: after.is_some(),
            folder_id: Some(i32::from(archived)),
            offset_date: after.map_or(0, |offset| offset.date),
            offset_id: after.map_or(0, |offset| offset.id),
            offset_peer: match peer {
                Some(peer) => self.known().input(peer)?,
                None => enums::InputPeer::Empty,
            },
            limit: PAGE,
            hash: 0,
        };
        let list = RawPage::of(self.call(&request).await?);
        let (total, whole) = (list.total, list.whole);
        let mut page = self.page(list, after.map_or(0, |offset| offset.pinned));
        page.total = total;
        page.next = if whole { None } else { next(&page, after) };
        Ok(page)
    }

    /// The dialogs of these peers, as they are now. Their `pinned` place counts among the pinned
    /// ones asked for: the real order is told by [`Self::pinned_order`]. Peers that are not known
    /// are left out.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn peer_dialogs(&self, peers: &[PeerId]) -> Result<DialogPage, CallError> {
        let peers = peers
            .iter()
            .filter_map(|peer| self.known().input(*peer).ok())
            .map(|peer| types::InputDialogPeer { peer }.into())
            .collect();
        let request = functions::messages::GetPeerDialogs { peers };
        let enums::messages::PeerDialogs::Dialogs(answer) = self.call(&request).await?;
        Ok(self.page(RawPage::of_peers(answer), 0))
    }

    /// The pinned dialogs of a folder, top first.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn pinned_order(&self, archived: bool) -> Result<Vec<PeerId>, CallError> {
        let request = functions::messages::GetPinnedDialogs {
            folder_id: i32::from(archived),
        };
        let enums::messages::PeerDialogs::Dialogs(answer) = self.call(&request).await?;
        let page = self.page(RawPage::of_peers(answer), 0);
        Ok(page.dialogs.iter().map(|dialog| dialog.peer).collect())
    }

    fn page(&self, list: RawPage, mut pinned: u32) -> DialogPage {
        let view = self.view(list.users, list.chats);
        let mut dialogs = Vec::with_capacity(list.dialogs.len());
        for dialog in list.dialogs {
            if let Some(dialog) = view.dialog(dialog, pinned) {
                pinned += u32::from(dialog.pinned.is_some());
                dialogs.push(dialog);
            }
        }
        DialogPage {
            total: u32::try_from(dialogs.len()).unwrap_or(u32::MAX),
            dialogs,
            tops: view.messages(list.messages),
            peers: view.into_peers(),
            next: None,
        }
    }
}

struct RawPage {
    dialogs: Vec<enums::Dialog>,
    messages: Vec<enums::Message>,
    users: Vec<enums::User>,
    chats: Vec<enums::Chat>,
    total: u32,
    /// Nothing follows.
    whole: bool,
}

impl RawPage {
    fn of(answer: enums::messages::Dialogs) -> Self {
        let (slice, whole) = match answer {
            enums::messages::Dialogs::Slice(slice) => (slice, false),
            enums::messages::Dialogs::Dialogs(all) => (
                types::messages::DialogsSlice {
                    count: i32::try_from(all.dialogs.len()).unwrap_or(i32::MAX),
                    dialogs: all.dialogs,
                    messages: all.messages,
                    chats: all.chats,
                    users: all.users,
                },
                true,
            ),
            // Answered to those who give a hash, which is not done.
            enums::messages::Dialogs::NotModified(same) => (
                types::messages::DialogsSlice {
                    count: same.count,
                    dialogs: Vec::new(),
                    messages: Vec::new(),
                    chats: Vec::new(),
                    users: Vec::new(),
                },
                true,
            ),
        };
        Self {
            dialogs: slice.dialogs,
            messages: slice.messages,
            users: slice.users,
            chats: slice.chats,
            total: u32::try_from(slice.count).unwrap_or_default(),
            whole,
        }
    }

    fn of_peers(answer: types::messages::PeerDialogs) -> Self {
        Self {
            total: 0,
            dialogs: answer.dialogs,
            messages: answer.messages,
            users: answer.users,
            chats: answer.chats,
            whole: true,
        }
    }
}

/// The offset after a page; absent where the page leads nowhere further.
fn next(page: &DialogPage, after: Option<&DialogOffset>) -> Option<DialogOffset> {
    page.dialogs.first()?;
    let pinned = page.dialogs.iter().filter(|d| d.pinned.is_some()).count();
    let pinned =
        after.map_or(0, |offset| offset.pinned) + u32::try_from(pinned).unwrap_or_default();
    let date = |dialog: &DialogFact| {
        page.tops
            .iter()
            .find(|top| top.peer == dialog.peer && top.id == dialog.top)
            .and_then(|top| i32::try_from(top.date).ok())
    };
    let last = page
        .dialogs
        .iter()
        .rev()
        .filter(|dialog| dialog.pinned.is_none() && dialog.top > MessageId(0))
        .find_map(|dialog| Some((dialog, date(dialog)?)));
    let offset = match last {
        Some((dialog, date)) => DialogOffset {
            date,
            id: dialog.top.0,
            peer: Some(dialog.peer),
            pinned,
        },
        // Nothing but pinned dialogs: the others begin from the top.
        None if after.is_none() => DialogOffset {
            date: 0,
            id: 0,
            peer: None,
            pinned,
        },
        None => return None,
    };
    (Some(&offset) != after).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{View, fixtures};

    fn user(user_id: i64) -> enums::Peer {
        types::PeerUser { user_id }.into()
    }

    fn page(pinned: &[bool]) -> DialogPage {
        let view = View::default();
        let mut page = DialogPage::default();
        for (place, pinned) in pinned.iter().enumerate() {
            let id = i32::try_from(place).unwrap() + 10;
            let mut dialog = fixtures::dialog(user(i64::from(id)), id);
            dialog.pinned = *pinned;
            page.dialogs.extend(view.dialog(dialog.into(), 0));
            let mut top = fixtures::message(id, user(i64::from(id)), "x");
            top.date = 1000 - id;
            page.tops.extend(view.message(top.into()));
        }
        page
    }

    #[test]
    fn pages_go_on_after_the_last_dialog_that_is_not_pinned() {
        let offset = next(&page(&[true, false, false]), None).unwrap();
        assert_eq!(offset.peer, Some(PeerId::user(12)));
        assert_eq!((offset.id, offset.date, offset.pinned), (12, 988, 1));
    }

    #[test]
    fn after_pinned_dialogs_alone_the_others_begin_from_the_top() {
        let offset = next(&page(&[true, true]), None).unwrap();
        assert_eq!((offset.peer, offset.date, offset.pinned), (None, 0, 2));
    }

    #[test]
    fn a_page_that_leads_nowhere_is_the_last() {
        assert_eq!(next(&page(&[]), None), None);
        let offset = next(&page(&[false]), None);
        assert_eq!(next(&page(&[false]), offset.as_ref()), None);
    }
}
