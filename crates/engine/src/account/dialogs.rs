//! The list of dialogs, read from the server and compared with what is here.

use std::collections::{HashMap, HashSet};

use switchboard_model::{
    AccountId, DialogFact, HealthEvent, MessageId, PeerFact, PeerId, PeerKind, SyncStage,
};
use switchboard_store::{StoreError, Tx};
use switchboard_telegram::DialogPage;

use super::context::{AccountContext, Ending};
use super::history::Fetcher;
use super::updates::Ask;

/// After this long every dialog is compared with the server's, not only the newest.
const BETWEEN_COMPARISONS_MS: i64 = 24 * 3_600_000;

/// The setting that says when an account's dialogs were last read to their end; absent or 0 where
/// they must be.
pub(super) fn compared_key(account: AccountId) -> String {
    format!("dialogs_compared_ms:{account}")
}

/// How many dialogs are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// All, for the first time.
    First,
    /// All, to compare them.
    All,
    /// Until a page brings nothing new.
    News,
}

fn extent(compared_ms: Option<i64>, now_ms: i64) -> Extent {
    match compared_ms {
        None | Some(0) => Extent::First,
        // A clock that was set back must not put the comparison off for long.
        Some(then) if now_ms - then >= BETWEEN_COMPARISONS_MS || then > now_ms => Extent::All,
        Some(_) => Extent::News,
    }
}

/// When the dialogs are to be compared next.
pub(super) async fn next_comparison_ms(context: &AccountContext) -> Result<i64, StoreError> {
    let key = compared_key(context.account);
    let compared = context
        .store()
        .read(move |reader| reader.setting::<i64>(&key));
    Ok(compared.await?.unwrap_or(0) + BETWEEN_COMPARISONS_MS)
}

impl Fetcher {
    /// Compares dialogs with the server's: newest message, marks, unread messages, drafts, pins.
    /// What differs is mended, missing history becomes holes.
    pub(super) async fn compare_dialogs(&self) -> Result<(), Ending> {
        let (account, began_ms) = (self.context.account, self.context.now_ms());
        let key = compared_key(account);
        let compared_ms = self
            .context
            .store()
            .read(move |reader| reader.setting(&key))
            .await?;
        let extent = extent(compared_ms, began_ms);
        if extent == Extent::First {
            self.report(SyncStage::Dialogs).await?;
        }
        let mut changed = 0;
        for archived in [false, true] {
            changed += self.read_dialogs(archived, extent).await?;
        }
        if extent == Extent::News {
            return Ok(());
        }
        let key = compared_key(account);
        let mended = u32::try_from(changed).unwrap_or(u32::MAX);
        self.context
            .store()
            .write(move |tx| {
                tx.set_setting(&key, &began_ms)?;
                if extent == Extent::First {
                    return Ok(());
                }
                tx.note_health(account, &HealthEvent::Reconciled { mended }, began_ms)
            })
            .await?;
        Ok(())
    }

    /// Reads a folder's dialogs: all of them, or until a page brings nothing new. Returns how many
    /// chats changed by it.
    async fn read_dialogs(&self, archived: bool, extent: Extent) -> Result<usize, Ending> {
        let mut changed = 0;
        let mut answer = Answer {
            began_ms: self.context.now_ms(),
            ..Answer::default()
        };
        let mut after = None;
        loop {
            let link = self.link.clone();
            let from = after.clone();
            let page = self
                .caller
                .call(|| link.dialogs(archived, from.as_ref()))
                .await?;
            answer.take_in(&page);
            after = page.next.clone();
            let news = self.keep_dialogs(page).await?;
            changed += news;
            if after.is_none() {
                changed += self.drop_vanished(archived, answer).await?;
                return Ok(changed);
            }
            if extent == Extent::News && news == 0 {
                return Ok(changed);
            }
        }
    }

    /// Keeps a page of dialogs; how many chats it changed.
    async fn keep_dialogs(&self, page: DialogPage) -> Result<usize, Ending> {
        self.follow_channels(&page.dialogs, &page.peers);
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let (applied, read_here) = self
            .context
            .store()
            .write_bulk(move |tx| {
                let read_here = read_further_here(tx, account, &page.dialogs)?;
                let DialogPage {
                    dialogs,
                    peers,
                    tops,
                    ..
                } = &page;
                Ok((
                    tx.apply_dialogs(account, dialogs, peers, tops, now_ms)?,
                    read_here,
                ))
            })
            .await?;
        let news = applied.chats.len();
        self.tell(&applied);
        for (peer, up_to) in read_here {
            let link = self.link.clone();
            if let Err(error) = self.caller.try_call(|| link.read(peer, up_to)).await? {
                tracing::info!(%account, %error, "a chat stays unread at the server");
            }
        }
        Ok(news)
    }

    /// A channel whose dialog is ahead of us gets its difference; one that is not kept is left.
    fn follow_channels(&self, dialogs: &[DialogFact], peers: &[PeerFact]) {
        let kept: HashSet<PeerId> = peers
            .iter()
            .filter(|peer| peer.kept())
            .map(|peer| peer.peer)
            .collect();
        for dialog in dialogs {
            if let (PeerKind::Channel(channel_id), Some(pts)) = (dialog.peer.kind(), dialog.pts) {
                let ask = if kept.contains(&dialog.peer) {
                    Ask::ChannelAt { channel_id, pts }
                } else {
                    Ask::Forget { channel_id }
                };
                // The listener ends only with this connection, and so does this task.
                let _ = self.ask.send(ask);
            }
        }
    }

    async fn drop_vanished(&self, archived: bool, answer: Answer) -> Result<usize, Ending> {
        let account = self.context.account;
        let began_ms = answer.began_ms;
        // By the server's clock, which dates messages; ours only where it listed none.
        let newest = answer.newest.unwrap_or(began_ms / 1000);
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| {
                tx.drop_dialogs_not_in(account, archived, &answer.present, began_ms, newest)
            })
            .await?;
        self.tell(&applied);
        Ok(applied.chats.len())
    }
}

/// What all pages of a folder say of which chats are in it.
#[derive(Debug, Default)]
struct Answer {
    /// When the first page was asked for, by this machine's clock.
    began_ms: i64,
    /// Date of the newest message that the first page with one tells of.
    newest: Option<i64>,
    /// The peers of every page.
    present: HashSet<PeerId>,
}

impl Answer {
    fn take_in(&mut self, page: &DialogPage) {
        let peers = page.dialogs.iter().map(|dialog| dialog.peer);
        self.present.extend(peers);
        let newest = || page.tops.iter().map(|top| top.date).max();
        self.newest = self.newest.or_else(newest);
    }
}

/// Chats that were read further here than at the server: read while there was no connection.
fn read_further_here(
    tx: &Tx<'_>,
    account: AccountId,
    dialogs: &[DialogFact],
) -> Result<Vec<(PeerId, MessageId)>, StoreError> {
    let at_server: HashMap<PeerId, MessageId> = dialogs
        .iter()
        .map(|dialog| (dialog.peer, dialog.read_in))
        .collect();
    let mut here = tx.read_marks(account, at_server.keys().copied())?;
    here.retain(|(peer, mark)| at_server.get(peer).is_some_and(|there| mark > there));
    Ok(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_dialogs_are_compared_first_and_then_once_a_day() {
        const DAY: i64 = BETWEEN_COMPARISONS_MS;
        let table = [
            (None, 5 * DAY, Extent::First),
            (Some(0), 5 * DAY, Extent::First),
            (Some(4 * DAY), 5 * DAY - 1, Extent::News),
            (Some(4 * DAY), 5 * DAY, Extent::All),
            (Some(6 * DAY), 5 * DAY, Extent::All),
        ];
        for (compared_ms, now_ms, expected) in table {
            assert_eq!(extent(compared_ms, now_ms), expected, "{compared_ms:?}");
        }
    }
}
