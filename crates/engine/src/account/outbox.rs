//! Sends what is in the outbox, each text exactly once: the `random_id` is on disk before the
//! first byte is written, and every unclear end is repeated with the same one.

use std::time::Duration;

use switchboard_model::{
    AccountSignal, AccountState, Code, Event, Outgoing, OutgoingId, SendSignal,
};
use switchboard_store::{OutgoingRow, StoreError};
use switchboard_telegram::{CallError, Link};
use tokio_util::sync::CancellationToken;

use super::context::{AccountContext, Ending};
use crate::pace::{Bucket, back_off, flood_end_ms};
use crate::{ingest, probe};

/// The method whose flood waits hold up the outbox, and no other task.
pub(super) const METHOD: &str = "messages.sendMessage";
/// How long an unclear end is repeated before the operator is asked.
const ASK_AFTER_MS: i64 = 24 * 3_600_000;

pub(super) async fn send(context: AccountContext, link: Link, stop: CancellationToken) -> Ending {
    let account = context.account;
    if let Err(error) = context
        .store()
        .write(move |tx| tx.outbox_recover(account))
        .await
    {
        return error.into();
    }
    let mut bucket = Bucket::full(context.pace.manual, 1);
    while !stop.is_cancelled() {
        let done = match next(&context).await {
            Err(error) => Err(error.into()),
            Ok(Work::Idle { until_ms }) => {
                idle(&context, until_ms, &stop).await;
                Ok(())
            }
            Ok(Work::Flooded { row, until_ms }) => {
                let put_off = SendSignal::PutOff {
                    at_ms: until_ms,
                    code: Code::FloodWait,
                };
                let settled = settle(&context, row.outgoing.id, put_off).await;
                tell(&context, &row);
                settled.map_err(Ending::from)
            }
            Ok(Work::Send(row)) => {
                let turn = bucket.wait(context.now_ms());
                context.house.clock.sleep(turn).await;
                deliver(&context, &link, *row).await
            }
        };
        if let Err(ending) = done {
            return ending;
        }
    }
    Ending::Stopped
}

enum Work {
    Idle {
        until_ms: Option<i64>,
    },
    Flooded {
        row: Box<OutgoingRow>,
        until_ms: i64,
    },
    Send(Box<OutgoingRow>),
}

async fn next(context: &AccountContext) -> Result<Work, StoreError> {
    if let Some(until_ms) = context.frozen_until_ms() {
        return Ok(Work::Idle {
            until_ms: Some(until_ms),
        });
    }
    if context.state() == AccountState::Frozen {
        // Whether the freeze is over, the next message tells; without one, nobody needs to know.
        context.signal(AccountSignal::CaughtUp).await;
    }
    let (account, now_ms) = (context.account, context.now_ms());
    let (due, until_ms) = context
        .store()
        .read(move |reader| {
            Ok((
                reader.outbox_due(account, now_ms)?,
                reader.next_due_ms(account)?,
            ))
        })
        .await?;
    let Some(row) = due.map(Box::new) else {
        return Ok(Work::Idle { until_ms });
    };
    Ok(match context.flood_wait(METHOD).await? {
        Some(until_ms) => Work::Flooded { row, until_ms },
        None => Work::Send(row),
    })
}

async fn idle(context: &AccountContext, until_ms: Option<i64>, stop: &CancellationToken) {
    let due = async {
        match until_ms {
            Some(until_ms) => context.house.clock.sleep_until(until_ms).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = context.bells.outbox.notified() => {}
        () = due => {}
    }
}

async fn deliver(context: &AccountContext, link: &Link, row: OutgoingRow) -> Result<(), Ending> {
    let id = row.outgoing.id;
    let now_ms = context.now_ms();
    if row
        .ambiguous_since_ms
        .is_some_and(|since_ms| now_ms - since_ms > ASK_AFTER_MS)
    {
        return Ok(settle(context, id, SendSignal::Refused(Code::Network)).await?);
    }
    probe::pass("outbox.before_commit");
    if !started(context, id).await? {
        return Ok(());
    }
    probe::pass("outbox.after_commit");
    let Outgoing {
        text,
        entities,
        reply_to,
        ..
    } = &row.outgoing;
    let sent = link
        .send_text(row.peer, text, entities, *reply_to, row.random_id)
        .await;
    match sent {
        Ok(fact) => {
            probe::pass("outbox.answered");
            let (account, now_ms) = (context.account, context.now_ms());
            let applied = context
                .store()
                .write_durable(move |tx| tx.outbox_accept(id, &fact, None, now_ms))
                .await?;
            ingest::tell(context.bus(), account, &applied, true);
            tell(context, &row);
            Ok(())
        }
        Err(error) => not_sent(context, &row, error).await,
    }
}

/// Keeps what an error means for the message in hand, and for its account.
async fn not_sent(
    context: &AccountContext,
    row: &OutgoingRow,
    error: CallError,
) -> Result<(), Ending> {
    let id = row.outgoing.id;
    if let CallError::Flood { method, wait } = &error {
        context.keep_flood_wait(method, *wait).await?;
    }
    let signal = verdict(&error, row.attempts, context.now_ms(), rand::random());
    tracing::info!(account = %context.account, outgoing = %id, %error, "not sent");
    settle(context, id, signal).await?;
    tell(context, row);
    match error {
        // It may still read, so its connection stays.
        CallError::Frozen => {
            context.freeze().await;
            Ok(())
        }
        error if ends_the_account(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

/// Notes that a message's request is about to be written. False where the operator took it back while
/// it waited for its turn, or an update told meanwhile that it is sent.
async fn started(context: &AccountContext, id: OutgoingId) -> Result<bool, StoreError> {
    let now_ms = context.now_ms();
    let started = context
        .store()
        .write_durable(move |tx| tx.outbox_apply(id, SendSignal::Start, now_ms));
    match started.await {
        Err(StoreError::NotFound) => Ok(false),
        started => Ok(started?.is_some()),
    }
}

async fn settle(
    context: &AccountContext,
    id: OutgoingId,
    signal: SendSignal,
) -> Result<(), StoreError> {
    let now_ms = context.now_ms();
    context
        .store()
        .write_durable(move |tx| tx.outbox_apply(id, signal, now_ms))
        .await?;
    Ok(())
}

fn tell(context: &AccountContext, row: &OutgoingRow) {
    let (chat, outgoing) = (row.outgoing.chat, row.outgoing.id);
    context.bus().tell(Event::Outgoing { chat, outgoing });
    context.bus().tell(Event::Chats {
        account: context.account,
        chats: vec![chat],
    });
}

const fn ends_the_account(error: &CallError) -> bool {
    matches!(error, CallError::SessionEnded(_) | CallError::Banned)
}

/// What an error means for the message in hand.
fn verdict(error: &CallError, attempts: u32, now_ms: i64, jitter: f64) -> SendSignal {
    let later = |wait: Duration| {
        now_ms.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 2))
    };
    match error {
        CallError::Flood { wait, .. } => SendSignal::PutOff {
            at_ms: flood_end_ms(now_ms, *wait),
            code: Code::FloodWait,
        },
        CallError::SlowMode { wait } => SendSignal::PutOff {
            at_ms: flood_end_ms(now_ms, *wait),
            code: Code::SlowMode,
        },
        CallError::Offline => SendSignal::PutOff {
            at_ms: later(back_off(attempts, jitter)),
            code: Code::Offline,
        },
        CallError::Unclear
        | CallError::ServerFault
        | CallError::DuplicateInFlight
        | CallError::Outdated => SendSignal::Lost {
            now_ms,
            at_ms: later(back_off(attempts, jitter)),
        },
        other => SendSignal::Refused(other.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_its_verdict() {
        let now = 1_000_000;
        let wait = Duration::from_secs(33);
        let table = [
            (
                CallError::Flood {
                    method: METHOD,
                    wait,
                },
                SendSignal::PutOff {
                    at_ms: now + 35_000,
                    code: Code::FloodWait,
                },
            ),
            (
                CallError::SlowMode { wait },
                SendSignal::PutOff {
                    at_ms: now + 35_000,
                    code: Code::SlowMode,
                },
            ),
            (
                CallError::Offline,
                SendSignal::PutOff {
                    at_ms: now + 2_000,
                    code: Code::Offline,
                },
            ),
            (
                CallError::Unclear,
                SendSignal::Lost {
                    now_ms: now,
                    at_ms: now + 2_000,
                },
            ),
            (
                CallError::ServerFault,
                SendSignal::Lost {
                    now_ms: now,
                    at_ms: now + 2_000,
                },
            ),
            (
                CallError::DuplicateInFlight,
                SendSignal::Lost {
                    now_ms: now,
                    at_ms: now + 2_000,
                },
            ),
            (CallError::PeerFlood, SendSignal::Refused(Code::PeerFlood)),
            (
                CallError::Recipient(Code::WriteForbidden),
                SendSignal::Refused(Code::WriteForbidden),
            ),
            (
                CallError::Refused {
                    name: "SOMETHING_NEW".into(),
                    code: 400,
                },
                SendSignal::Refused(Code::Refused),
            ),
        ];
        for (error, expected) in table {
            assert_eq!(verdict(&error, 1, now, 1.0), expected, "{error}");
        }
    }
}
