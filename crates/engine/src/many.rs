//! What the operator does to many chats of several accounts at Telegram: each account unhurried, one
//! beside the other, and never against a wait.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use switchboard_model::{
    AccountId, AccountLeft, Chat, ChatId, Code, MessageId, PeerId, Targets, TelegramChange, Told,
};
use switchboard_store::StoreError;
use switchboard_telegram::CallError;
use tokio_util::task::AbortOnDropHandle;

use crate::asking::methods;
use crate::telling::{Run, small};
use crate::{Engine, EngineError, probe};

/// Chats that are moved into the archive or out of it with one call.
const MOVED_AT_ONCE: usize = 100;
/// Refusals in a row that nobody foresaw, after which an account is asked for nothing more: what Telegram
/// says no to is not said again for every chat.
const REFUSALS: usize = 3;
/// Chats that are looked at in the store at once.
const READ_AT_ONCE: usize = 1_000;

/// A chat to which something is to be done, as it was when that was asked for: what comes later was
/// not meant.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    id: ChatId,
    account: AccountId,
    peer: PeerId,
    newest: Option<MessageId>,
    unread_mark: bool,
}

impl From<&Chat> for Wanted {
    fn from(chat: &Chat) -> Self {
        Self {
            id: chat.id,
            account: chat.account,
            peer: chat.peer,
            newest: chat.last.as_ref().and_then(|last| last.id),
            unread_mark: chat.unread_mark,
        }
    }
}

/// Whether it is not so already.
fn is_due(chat: &Chat, change: TelegramChange) -> bool {
    let unread = chat.unread > 0 || chat.unread_mark;
    match change {
        TelegramChange::Read(true) => unread || chat.mentions > 0,
        TelegramChange::Read(false) => !unread,
        TelegramChange::Archive(to) => chat.archived != to,
    }
}

/// Chats that one call tells of.
const fn at_once(change: TelegramChange) -> usize {
    match change {
        TelegramChange::Read(_) => 1,
        TelegramChange::Archive(_) => MOVED_AT_ONCE,
    }
}

/// The methods by which it is told.
const fn methods_of(change: TelegramChange) -> &'static [&'static [&'static str]] {
    match change {
        TelegramChange::Read(true) => &[methods::READ, methods::MARK_UNREAD],
        TelegramChange::Read(false) => &[methods::MARK_UNREAD],
        TelegramChange::Archive(_) => &[methods::ARCHIVE],
    }
}

/// What a refusal means for the chats after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// One of these is at fault: each half is told of by itself.
    Halve,
    /// These are left as they are, and the next ones told of.
    GoOn,
    /// The account is asked for nothing more.
    Leave,
}

/// `refused` counts the refusals in a row that no verdict knows the reason of, this one included.
fn verdict(error: &EngineError, chats: usize, refused: usize) -> Verdict {
    match error {
        EngineError::Call(CallError::Recipient(_)) if chats > 1 => Verdict::Halve,
        EngineError::Call(CallError::Recipient(_))
        // The chat is gone meanwhile.
        | EngineError::Store(StoreError::NotFound) => Verdict::GoOn,
        error if is_unforeseen(error) && refused < REFUSALS => Verdict::GoOn,
        _ => Verdict::Leave,
    }
}

const fn is_unforeseen(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Call(CallError::Refused { .. } | CallError::Unreadable { .. })
    )
}

/// Chats of an account that were left as they are, and why the last of them were.
#[derive(Default)]
struct Left {
    chats: usize,
    why: Option<Code>,
}

/// What a defect leaves of an account's chats: all that were not told of before it.
fn broken(chats: &[Wanted], told: &[ChatId]) -> Option<AccountLeft> {
    let told: HashSet<ChatId> = told.iter().copied().collect();
    let left = chats.iter().filter(|chat| !told.contains(&chat.id)).count();
    Some(AccountLeft {
        account: chats.first()?.account,
        chats: small(left),
        why: Code::Internal,
        until_ms: None,
    })
}

impl Engine {
    /// Does it to all chats to which it is not done yet.
    pub(crate) async fn tell_all(
        &self,
        targets: Targets,
        run: &Arc<Run>,
    ) -> Result<Told, EngineError> {
        let wanted = self.wanted(targets, run).await?;
        run.begin(wanted.len());
        let accounts = wanted.chunk_by(|a, b| a.account == b.account);
        // Each in a task of its own, so that a panic in one is a refusal of that account alone.
        let lanes = accounts.map(|chats| {
            let (engine, run, of_account) = (self.clone(), Arc::clone(run), chats.to_vec());
            let lane = async move { engine.tell_of_account(&of_account, &run).await };
            (chats, AbortOnDropHandle::new(tokio::spawn(lane)))
        });
        let lanes: Vec<_> = lanes.collect();
        let mut left: Vec<AccountLeft> = Vec::new();
        for (chats, lane) in lanes {
            // What a panic says may quote data; the log has its place already.
            left.extend(lane.await.unwrap_or_else(|_| broken(chats, &run.told())));
        }
        let (chats, of) = (run.told().clone(), small(wanted.len()));
        let over = small(chats.len()).saturating_add(left.iter().map(|left| left.chats).sum());
        Ok(Told {
            chats,
            of,
            stopped: over < of,
            left,
        })
    }

    /// The chats to which it is to be done, by their account.
    async fn wanted(&self, targets: Targets, run: &Run) -> Result<Vec<Wanted>, EngineError> {
        let now_ms = self.clock().now_ms();
        let ids = match targets {
            Targets::Chats(chats) => chats,
            Targets::List(list) => {
                let keys = self
                    .store()
                    .read(move |reader| Ok(reader.chat_keys(&list, now_ms)));
                keys.await?
            }
        };
        let mut wanted: Vec<Wanted> = Vec::new();
        for some in ids.chunks(READ_AT_ONCE) {
            if run.stop.is_cancelled() {
                return Err(StoreError::Cancelled.into());
            }
            let some = some.to_vec();
            let chats = self.store().read(move |reader| reader.chats(&some)).await?;
            let due = chats.iter().filter(|chat| is_due(chat, run.change));
            wanted.extend(due.map(Wanted::from));
        }
        wanted.sort_by_key(|chat| chat.account);
        Ok(wanted)
    }

    /// Tells of chats of one account. What was left of them, unless it was stopped.
    async fn tell_of_account(&self, chats: &[Wanted], run: &Run) -> Option<AccountLeft> {
        let account = chats.first()?.account;
        let left = self.lane(account, chats, run).await;
        let why = left.why?;
        Some(AccountLeft {
            account,
            chats: small(left.chats),
            why,
            until_ms: self.until_ms(account, run.change, why).await,
        })
    }

    async fn lane(&self, account: AccountId, chats: &[Wanted], run: &Run) -> Left {
        let mut left = Left::default();
        let pieces = chats.chunks(at_once(run.change));
        let mut pieces: VecDeque<&[Wanted]> = pieces.collect();
        let mut refused = 0;
        while let Some(piece) = pieces.pop_front() {
            if !self.turn(account, run).await {
                break;
            }
            probe::pass("telling.before_call");
            let Err(error) = self.tell_of(account, piece, run.change).await else {
                refused = 0;
                run.note(piece.iter().map(|chat| chat.id));
                continue;
            };
            refused += usize::from(is_unforeseen(&error));
            let verdict = verdict(&error, piece.len(), refused);
            if verdict == Verdict::Halve {
                let (first, second) = piece.split_at(piece.len() / 2);
                pieces.push_front(second);
                pieces.push_front(first);
                continue;
            }
            tracing::info!(%account, %error, "chats are left as they are");
            left.chats += piece.len();
            left.why = Some(error.code());
            if verdict == Verdict::Leave {
                left.chats += pieces.iter().map(|piece| piece.len()).sum::<usize>();
                break;
            }
        }
        left
    }

    /// Waits for the account's turn; whether it goes on then. An account without a connection has
    /// nothing to wait for.
    async fn turn(&self, account: AccountId, run: &Run) -> bool {
        if let Some(context) = self.context(account).await {
            let turn = self.clock().sleep(context.telling_turn());
            tokio::select! {
                () = run.stop.cancelled() => {}
                () = turn => {}
            }
        }
        !run.stop.is_cancelled()
    }

    async fn tell_of(
        &self,
        account: AccountId,
        chats: &[Wanted],
        change: TelegramChange,
    ) -> Result<(), EngineError> {
        if let TelegramChange::Archive(archived) = change {
            let chats = chats.iter().map(|chat| (chat.id, chat.peer)).collect();
            return self.archive_some(account, chats, archived).await;
        }
        for chat in chats {
            match change {
                TelegramChange::Read(true) => self.read_whole(account, *chat).await?,
                _ => self.set_unread_mark(chat.id, true).await?,
            }
        }
        Ok(())
    }

    /// Marks all of a chat read, at the server first: what is said to be done is so there too.
    async fn read_whole(&self, account: AccountId, chat: Wanted) -> Result<(), EngineError> {
        if let Some(newest) = chat.newest {
            self.tell_read(account, chat.peer, newest).await?;
            self.change(account, move |tx| tx.set_read(chat.id, newest))
                .await?;
        }
        match chat.unread_mark {
            true => self.set_unread_mark(chat.id, false).await,
            false => Ok(()),
        }
    }

    /// Until when the account is to wait, where that is why.
    async fn until_ms(&self, account: AccountId, change: TelegramChange, why: Code) -> Option<i64> {
        if why != Code::FloodWait {
            return None;
        }
        let context = self.context(account).await?;
        let mut until_ms: Option<i64> = None;
        for methods in methods_of(change) {
            for method in *methods {
                until_ms = until_ms.max(context.flood_wait(method).await.ok().flatten());
            }
        }
        until_ms
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_refusal_concerns_one_chat_or_the_account() {
        let wait = Duration::from_secs(9);
        let method = "folders.editPeerFolders";
        let peer = || CallError::Recipient(Code::PeerUnknown);
        let unknown = || CallError::Refused {
            name: "SOMETHING_NEW".into(),
            code: 400,
        };
        let table = [
            (peer(), 100, Verdict::Halve),
            (peer(), 1, Verdict::GoOn),
            (unknown(), 100, Verdict::GoOn),
            (CallError::Flood { method, wait }, 100, Verdict::Leave),
            (CallError::PeerFlood, 1, Verdict::Leave),
            (CallError::Unclear, 1, Verdict::Leave),
            (CallError::Frozen, 1, Verdict::Leave),
        ];
        for (error, chats, expected) in table {
            let error = EngineError::from(error);
            assert_eq!(verdict(&error, chats, 1), expected, "{error} for {chats}");
        }
        let again = EngineError::from(unknown());
        assert_eq!(verdict(&again, 1, REFUSALS), Verdict::Leave);
        let gone = EngineError::from(StoreError::NotFound);
        assert_eq!(verdict(&gone, 1, REFUSALS), Verdict::GoOn);
        let offline = EngineError::Refused(Code::Offline);
        assert_eq!(verdict(&offline, 1, 0), Verdict::Leave);
    }

    #[test]
    fn a_defect_leaves_what_was_not_told_of_before_it() {
        let chats = [1, 2, 3].map(|id| Wanted {
            id: ChatId(id),
            account: AccountId(7),
            peer: PeerId(id),
            newest: None,
            unread_mark: false,
        });
        let left = broken(&chats, &[ChatId(9), ChatId(2)]).expect("some are left");
        let said = (left.account, left.chats, left.why, left.until_ms);
        assert_eq!(said, (AccountId(7), 2, Code::Internal, None));
        assert_eq!(broken(&[], &[]), None);
    }
}
