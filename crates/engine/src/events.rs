//! The event bus: what changed, to whoever listens.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use switchboard_clock::Clock;
use switchboard_model::{Envelope, Event};
use tokio::sync::broadcast;

/// Events a slow listener may fall behind before it is told to read everything again.
const BACKLOG: usize = 4_096;

/// Hands events to every listener. Cheap to clone.
#[derive(Clone, Debug)]
pub struct EventBus {
    sender: broadcast::Sender<Envelope>,
    seq: Arc<AtomicU64>,
    clock: Clock,
}

impl EventBus {
    /// A bus that stamps its events by `clock`.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let (sender, _) = broadcast::channel(BACKLOG);
        Self {
            sender,
            seq: Arc::default(),
            clock,
        }
    }

    /// Tells every listener. Nobody listening is fine.
    pub fn tell(&self, event: Event) {
        let seq = self.seq.fetch_add(1, Ordering::Relaxed) + 1;
        let envelope = Envelope {
            seq,
            at_ms: self.clock.now_ms(),
            event,
        };
        // The only error is that nobody listens.
        let _ = self.sender.send(envelope);
    }

    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        Listener {
            receiver: self.sender.subscribe(),
            heard: self.seq.load(Ordering::Relaxed),
            clock: self.clock.clone(),
        }
    }
}

/// One listener's place in the stream of events.
#[derive(Debug)]
pub struct Listener {
    receiver: broadcast::Receiver<Envelope>,
    /// Number of the last event that it heard or missed.
    heard: u64,
    clock: Clock,
}

impl Listener {
    /// The next event; [`Event::Lost`] where this listener fell too far behind, in the place of the
    /// last one that it missed; `None` when the engine is gone. Safe to drop before it completes.
    pub async fn next(&mut self) -> Option<Envelope> {
        match self.receiver.recv().await {
            Ok(envelope) => {
                self.heard = envelope.seq;
                Some(envelope)
            }
            Err(broadcast::error::RecvError::Lagged(missed)) => {
                self.heard += missed;
                Some(Envelope {
                    seq: self.heard,
                    at_ms: self.clock.now_ms(),
                    event: Event::Lost,
                })
            }
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::AccountId;

    use super::*;

    #[tokio::test]
    async fn a_listener_that_falls_behind_is_told_so() {
        let bus = EventBus::new(Clock::virtual_at(7));
        let mut listener = bus.listen();
        let account = |id| Event::Account {
            account: AccountId(id),
        };
        bus.tell(account(0));
        listener.next().await.expect("the bus lives");
        for id in 0..BACKLOG as i64 + 2 {
            bus.tell(account(id));
        }
        let lost = listener.next().await.expect("the bus lives");
        assert_eq!((lost.seq, lost.event), (3, Event::Lost));
        let next = listener.next().await.expect("the bus lives");
        assert_eq!((next.seq, next.at_ms), (4, 7));
    }
}
