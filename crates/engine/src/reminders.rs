//! Tells of tasks that are due, and brings chats back whose snooze is over.

use std::sync::{Arc, Weak};
use std::time::Duration;

use switchboard_model::Event;
use tokio_util::sync::CancellationToken;

use crate::engine::Inner;
use crate::{Engine, EngineError};

/// The longest wait: a clock that was set, or a machine that slept, is noticed by then.
const LONGEST_WAIT_MS: i64 = 60_000;

/// Waits for what is due next, until the engine stops.
pub(crate) async fn keep(engine: Weak<Inner>, stop: CancellationToken) {
    loop {
        let Some(inner) = engine.upgrade() else {
            return;
        };
        let bell = Arc::clone(&inner.reminders);
        let engine = Engine(inner);
        let wait = match engine.remind().await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::error!(%error, "reminders were not read");
                Duration::from_millis(LONGEST_WAIT_MS.unsigned_abs())
            }
        };
        let clock = engine.clock().clone();
        drop(engine);
        tokio::select! {
            () = stop.cancelled() => return,
            () = bell.notified() => {}
            () = clock.sleep(wait) => {}
        }
    }
}

impl Engine {
    /// Tells of what is due now, and how long to wait for the next.
    async fn remind(&self) -> Result<Duration, EngineError> {
        let now_ms = self.clock().now_ms();
        let next = self
            .store()
            .read(|reader| reader.next_reminder_ms())
            .await?;
        let Some(next) = next else {
            return Ok(Duration::from_millis(LONGEST_WAIT_MS.unsigned_abs()));
        };
        if next > now_ms {
            let wait = (next - now_ms).min(LONGEST_WAIT_MS);
            return Ok(Duration::from_millis(wait.unsigned_abs()));
        }
        let (due, back) = self.store().write(move |tx| tx.remind(now_ms)).await?;
        self.tell_worked(&back).await?;
        let bus = &self.house().bus;
        for chat in back.chats {
            bus.tell(Event::Reminder { chat, task: None });
        }
        for task in due {
            let (chat, task) = (task.chat, Some(task.id));
            bus.tell(Event::Reminder { chat, task });
            bus.tell(Event::Card { chat: Some(chat) });
        }
        Ok(Duration::ZERO)
    }
}
