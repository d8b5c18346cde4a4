//! Takes in what the server says: one turn, one transaction.

use switchboard_model::{AccountSignal, Event, SyncStage, Turn};
use switchboard_store::{Applied, StoreError, Worked};
use switchboard_telegram::{CallError, Step, Updates, UpdatesEnd};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::context::{AccountContext, Ending};
use crate::pace::back_off;
use crate::{ingest, probe};

/// What other tasks ask of the stream of updates.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask {
    /// A dialog shows this pts for a channel.
    ChannelAt { channel_id: i64, pts: i32 },
    /// The account is no longer in this channel.
    Forget { channel_id: i64 },
}

/// What is called for updates (<https://core.telegram.org/api/updates>). Nothing of an account works
/// without: while it is to wait for one of these, it does not connect.
pub(super) const METHODS: &[&str] = &[
    "updates.getState",
    "updates.getDifference",
    "updates.getChannelDifference",
];
/// How long "types…" is shown without a repeat
/// (<https://core.telegram.org/method/messages.setTyping>).
const TYPING_MS: i64 = 6_000;
/// Commits that may fail in a row before the connection is given up for a while.
const FAILED_COMMITS: u32 = 4;

pub(super) async fn take_in(
    context: AccountContext,
    mut updates: Updates,
    mut asked: mpsc::UnboundedReceiver<Ask>,
    stop: CancellationToken,
) -> Ending {
    let mut failed = 0;
    loop {
        let step = tokio::select! {
            // In this order: a page of dialogs asks about a hundred channels at once, and a difference
            // that is begun and let go for each of them would be asked of the server as often.
            biased;
            () = stop.cancelled() => return Ending::Stopped,
            Some(ask) = asked.recv() => { answer(&mut updates, ask); continue }
            step = updates.next() => step,
        };
        let step = match step {
            Ok(step) => step,
            Err(UpdatesEnd::Call(error)) => return refused(&context, error).await,
            Err(UpdatesEnd::Closed) => return Ending::Stopped,
        };
        match take_step(&context, step).await {
            Ok(()) => failed = 0,
            Err(error) => {
                failed += 1;
                tracing::error!(account = %context.account, %error, failed, "turn not committed");
                // Nothing will fit until somebody makes room.
                let full = matches!(error, StoreError::DiskFull);
                if full || failed >= FAILED_COMMITS {
                    return error.into();
                }
                context.house.clock.sleep(back_off(failed, 0.5)).await;
                match reload(&context, &mut updates).await {
                    Ok(()) => {}
                    Err(error) => return error.into(),
                }
            }
        }
    }
}

/// What a refused call for updates leads to. A wait is kept, so that the next start of the program
/// obeys it too.
async fn refused(context: &AccountContext, error: CallError) -> Ending {
    if let CallError::Flood { method, wait } = error
        && let Err(error) = context.keep_flood_wait(method, wait).await
    {
        return error.into();
    }
    error.into()
}

fn answer(updates: &mut Updates, ask: Ask) {
    match ask {
        Ask::ChannelAt { channel_id, pts } => updates.channel_at(channel_id, pts),
        Ask::Forget { channel_id } => updates.forget_channel(channel_id),
    }
}

async fn take_step(context: &AccountContext, step: Step) -> Result<(), StoreError> {
    match step {
        Step::Turn(turn) => commit(context, turn).await?,
        Step::Reconnected | Step::Dropped => {
            context.signal(AccountSignal::Connect).await;
        }
        Step::CaughtUp => {
            // Whatever the sequences do not cover is in the dialogs.
            context.wants.dialogs();
            context.progressed(|progress| progress.stage = SyncStage::Dialogs);
            context.bells.history.notify_one();
            context.caught_up().await;
            // What waited for a connection may go now.
            context.bells.outbox.notify_one();
        }
    }
    Ok(())
}

async fn commit(context: &AccountContext, turn: Turn) -> Result<(), StoreError> {
    let (account, now_ms) = (context.account, context.now_ms());
    let has_holes = !turn.holes.is_empty();
    probe::pass("turn.before_commit");
    let (applied, worked, silenced) = context
        .store()
        .write_bulk(move |tx| {
            let applied = tx.apply_turn(account, &turn, now_ms)?;
            let [snoozes, changes] = tx.apply_rules(&applied.added, now_ms)?;
            let carried = tx.carry_marks(account, now_ms)?;
            let silenced = tx.carry_silences(account)?;
            Ok((applied, [snoozes, changes, carried], silenced))
        })
        .await?;
    probe::pass("turn.after_commit");
    context.vitals(|vitals| vitals.last_update_ms = Some(now_ms));
    tell(context, &applied);
    for worked in worked {
        ruled(context, worked);
    }
    if silenced {
        context.bus().tell(Event::Silences);
    }
    if applied.folders_unknown {
        context.wants.folders();
    }
    let asks = !applied.pinned_unknown.is_empty() || !applied.peers_unknown.is_empty();
    if has_holes || asks || applied.folders_unknown {
        context
            .wants
            .add(&applied.pinned_unknown, &applied.peers_unknown);
        context.bells.history.notify_one();
    }
    Ok(())
}

/// Tells of chats that a rule changed; all of them are the account's own.
fn ruled(context: &AccountContext, worked: Worked) {
    if worked.chats.is_empty() {
        return;
    }
    context.bus().tell(Event::Chats {
        account: context.account,
        chats: worked.chats,
    });
    context.bus().tell(Event::Card { chat: None });
}

fn tell(context: &AccountContext, applied: &Applied) {
    ingest::tell(context.bus(), context.account, applied, true);
    let until_ms = context.now_ms() + TYPING_MS;
    for (chat, peer) in &applied.typing {
        context.bus().tell(Event::Typing {
            chat: *chat,
            peer: *peer,
            until_ms,
        });
    }
}

/// After a failed commit: what was handed out and not kept must come again.
async fn reload(context: &AccountContext, updates: &mut Updates) -> Result<(), StoreError> {
    let account = context.account;
    let state = context
        .store()
        .read(move |reader| reader.update_state(account))
        .await?;
    updates.reload(&state);
    Ok(())
}
