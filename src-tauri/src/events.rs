//! Hands events to the window, many at a time where they come thick.

use std::time::Duration;

use switchboard_api::Listener;
use switchboard_model::{Envelope, Event};
use tauri::{AppHandle, Emitter, Runtime};
use tokio::task::JoinHandle;

/// Name under which the window listens.
const EVENT: &str = "switchboard";
/// Events of one moment are told together; well under what an eye notices.
const MOMENT: Duration = Duration::from_millis(25);
/// Events told in one moment; above this the window reads everything again.
const MANY: usize = 500;

/// Forwards until the engine is gone. Dropping the handle does not end it; aborting does. What is
/// forwarded is numbered anew, since the window takes a gap for a loss.
pub(crate) fn forward<R: Runtime>(app: AppHandle<R>, mut listener: Listener) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut told = 0;
        while let Some(first) = listener.next().await {
            let batch = gather(first, &mut listener).await;
            for envelope in coalesced(batch) {
                told += 1;
                let envelope = Envelope {
                    seq: told,
                    ..envelope
                };
                // Nobody listens while the page is loading; it reads everything afterwards.
                let _ = app.emit(EVENT, envelope);
            }
        }
    })
}

async fn gather(first: Envelope, listener: &mut Listener) -> Vec<Envelope> {
    let mut batch = vec![first];
    let moment = tokio::time::sleep(MOMENT);
    tokio::pin!(moment);
    while batch.len() <= MANY {
        tokio::select! {
            () = &mut moment => break,
            next = listener.next() => match next {
                Some(envelope) => batch.push(envelope),
                None => break,
            },
        }
    }
    batch
}

/// Drops what a later event of the same batch says again; too many become "read again".
fn coalesced(batch: Vec<Envelope>) -> Vec<Envelope> {
    if batch.len() > MANY
        && let Some(last) = batch.last()
    {
        return vec![Envelope {
            event: Event::Lost,
            ..last.clone()
        }];
    }
    let mut kept: Vec<Envelope> = Vec::with_capacity(batch.len());
    for envelope in batch {
        let said_again = |former: &Envelope| match (&former.event, &envelope.event) {
            (Event::Sync { progress: a }, Event::Sync { progress: b }) => a.account == b.account,
            // That it is over is another word.
            (Event::Changing { progress: a }, Event::Changing { progress: b }) => {
                a.is_some() == b.is_some()
            }
            (
                Event::Telling {
                    telling: a,
                    progress: c,
                },
                Event::Telling {
                    telling: b,
                    progress: d,
                },
            ) => a == b && c.is_some() == d.is_some(),
            (former, later) => former == later,
        };
        kept.retain(|former| !said_again(former));
        kept.push(envelope);
    }
    kept
}

#[cfg(test)]
mod tests {
    use switchboard_model::{
        AccountId, ChangeProgress, ChatId, TelegramChange, TellingId, TellingProgress,
    };

    use super::*;

    fn envelope(seq: u64, event: Event) -> Envelope {
        Envelope {
            seq,
            at_ms: 0,
            event,
        }
    }

    #[test]
    fn the_same_word_is_told_once() {
        let account = |id| Event::Account {
            account: AccountId(id),
        };
        let chats = Event::Chats {
            account: AccountId(1),
            chats: vec![ChatId(3)],
        };
        let batch = vec![
            envelope(1, account(1)),
            envelope(2, chats.clone()),
            envelope(3, account(1)),
            envelope(4, account(2)),
        ];
        let told: Vec<u64> = coalesced(batch)
            .iter()
            .map(|envelope| envelope.seq)
            .collect();
        assert_eq!(told, [2, 3, 4]);
    }

    #[test]
    fn of_a_change_the_newest_word_is_told_and_its_end() {
        let changing = |done: Option<u32>| Event::Changing {
            progress: done.map(|done| ChangeProgress {
                change: None,
                done,
                of: 9,
            }),
        };
        let said = [Some(1), Some(2), None];
        let batch = (1..)
            .zip(said)
            .map(|(seq, done)| envelope(seq, changing(done)));
        let told = coalesced(batch.collect()).into_iter();
        let told: Vec<Event> = told.map(|envelope| envelope.event).collect();
        assert_eq!(told, [changing(Some(2)), changing(None)]);
    }

    #[test]
    fn of_what_telegram_is_told_each_has_its_own_words() {
        let telling = |id, done: Option<u32>| Event::Telling {
            telling: TellingId(id),
            progress: done.map(|done| TellingProgress {
                change: TelegramChange::Archive(true),
                done,
                of: 9,
            }),
        };
        let said = [(1, Some(1)), (2, Some(1)), (1, Some(2)), (1, None)];
        let batch = (1..)
            .zip(said)
            .map(|(seq, (id, done))| envelope(seq, telling(id, done)));
        let told = coalesced(batch.collect()).into_iter();
        let told: Vec<Event> = told.map(|envelope| envelope.event).collect();
        assert_eq!(
            told,
            [telling(2, Some(1)), telling(1, Some(2)), telling(1, None)]
        );
    }

    #[test]
    fn a_flood_becomes_one_word() {
        let flood = (0..=MANY as u64)
            .map(|seq| envelope(seq, Event::Closing))
            .collect();
        let told = coalesced(flood);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].event, Event::Lost);
    }
}
