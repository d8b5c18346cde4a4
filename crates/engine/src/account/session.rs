//! One life of an account's connection.

use switchboard_telegram::{EndReason, Link, LinkSignal, Signals};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::context::{AccountContext, Ending};
use super::{history, outbox, updates, vitals};
use crate::ingest;

/// Between two looks for messages that expired.
const BETWEEN_EXPIRIES: std::time::Duration = std::time::Duration::from_secs(20);
/// Messages removed in one go; more wait for the next look.
const EXPIRED_AT_ONCE: u32 = 500;
/// How long children may take to finish what they have in hand.
const ORDERLY: std::time::Duration = std::time::Duration::from_secs(10);

/// Connects, works until something ends it, and ends its children in order.
pub(super) async fn live(context: AccountContext, stop: CancellationToken) -> Ending {
    let opened = match context.setup().await {
        Ok(setup) => Link::open(setup).map_err(crate::EngineError::from),
        Err(error) => Err(error),
    };
    let (link, stream, signals) = match opened {
        Ok(opened) => opened,
        Err(error) => return error.into(),
    };
    let (ask, asked) = mpsc::unbounded_channel();
    let mut children = JoinSet::new();
    let child = || stop.child_token();
    children.spawn(heed(context.clone(), signals, child()));
    children.spawn(updates::take_in(context.clone(), stream, asked, child()));
    children.spawn(history::fetch(context.clone(), link.clone(), ask, child()));
    children.spawn(outbox::send(context.clone(), link.clone(), child()));
    children.spawn(vitals::check(context.clone(), link.clone(), child()));
    children.spawn(expire(context.clone(), child()));
    context.publish(Some(link.clone()));

    let ending = tokio::select! {
        () = stop.cancelled() => Ending::Stopped,
        first = children.join_next() => ending_of(first),
    };
    context.publish(None);
    stop.cancel();
    let orderly = async { while children.join_next().await.is_some() {} };
    if tokio::time::timeout(ORDERLY, orderly).await.is_err() {
        children.shutdown().await;
    }
    link.close().await;
    ending
}

fn ending_of(first: Option<Result<Ending, tokio::task::JoinError>>) -> Ending {
    match first {
        Some(Ok(ending)) => ending,
        Some(Err(error)) if error.is_panic() => Ending::Panicked,
        Some(Err(_)) | None => Ending::Stopped,
    }
}

/// Removes what its sender let expire: from the server it is gone already.
async fn expire(context: AccountContext, stop: CancellationToken) -> Ending {
    let account = context.account;
    loop {
        let now_ms = context.now_ms();
        let removing = context
            .store()
            .write_bulk(move |tx| tx.remove_expired(account, now_ms, EXPIRED_AT_ONCE));
        match removing.await {
            Ok(applied) => ingest::tell(context.bus(), context.account, &applied, true),
            Err(error) => return error.into(),
        }
        tokio::select! {
            () = stop.cancelled() => return Ending::Stopped,
            () = context.house.clock.sleep(BETWEEN_EXPIRIES) => {}
        }
    }
}

/// Keeps new keys, and notices the loss of old ones.
async fn heed(context: AccountContext, mut signals: Signals, stop: CancellationToken) -> Ending {
    while let Some(Some(signal)) = stop.run_until_cancelled(signals.recv()).await {
        match signal {
            LinkSignal::KeysChanged(keys) => {
                if let Err(error) = context.house.sessions.put(context.account, keys).await {
                    return error.into();
                }
            }
            LinkSignal::KeyReplaced { dc } => {
                let home = context.house.sessions.of(context.account).await;
                if home.is_some_and(|keys| keys.home_dc == dc) {
                    tracing::warn!(account = %context.account, dc, "the server forgot the key");
                    return Ending::SessionEnded(EndReason::KeyReplaced.code());
                }
            }
            LinkSignal::Ended { panicked: true } => return Ending::Panicked,
            LinkSignal::Ended { panicked: false } => break,
        }
    }
    Ending::Stopped
}
