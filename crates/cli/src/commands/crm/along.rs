//! How far a change of many chats is, on standard error while it lasts: a bar on a terminal, plain
//! lines elsewhere.

use std::io::IsTerminal;
use std::pin::pin;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use switchboard_api::ApiError;
use switchboard_api::process::EventSource;
use switchboard_model::{ChangeProgress, Event};

use crate::client::Client;
use crate::failure::Failure;
use crate::out::note;

/// Between two plain lines.
const QUIET: Duration = Duration::from_secs(5);

/// Waits for a change, and shows how far it is where it takes its time.
pub(crate) async fn along<T>(
    client: &Client,
    change: impl Future<Output = Result<T, ApiError>>,
) -> Result<T, Failure> {
    let mut events = client.listen().await?;
    let mut shown = Shown::default();
    let mut change = pin!(change);
    loop {
        let envelope = tokio::select! {
            outcome = &mut change => return Ok(outcome?),
            envelope = events.next() => envelope,
        };
        match envelope.map(|envelope| envelope.event) {
            Some(Event::Changing { progress }) => shown.update(progress),
            Some(_) => {}
            None => return Ok(change.await?),
        }
    }
}

/// What is shown.
#[derive(Default)]
struct Shown {
    bar: Option<ProgressBar>,
    /// When the last line was written.
    line: Option<Instant>,
}

impl Shown {
    fn update(&mut self, progress: Option<ChangeProgress>) {
        match progress {
            None => self.clear(),
            Some(progress) if std::io::stderr().is_terminal() => {
                let bar = self.bar.get_or_insert_with(|| bar(name(&progress)));
                // A bar of nothing would look full.
                bar.set_length(u64::from(progress.of.max(1)));
                bar.set_position(u64::from(progress.done));
            }
            Some(progress) => {
                if self.line.is_none_or(|told| told.elapsed() >= QUIET) {
                    self.line = Some(Instant::now());
                    note(&line(&progress));
                }
            }
        }
    }

    fn clear(&mut self) {
        self.line = None;
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.clear();
    }
}

fn bar(name: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {bar:24} {pos} of {len}");
    let bar = ProgressBar::new(0).with_prefix(name);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn name(progress: &ChangeProgress) -> &'static str {
    match progress.change {
        Some(_) => "Changing chats",
        None => "Taking back",
    }
}

fn line(progress: &ChangeProgress) -> String {
    let ChangeProgress { done, of, .. } = progress;
    format!("{}: {done} of {of}", name(progress))
}

#[cfg(test)]
mod tests {
    use switchboard_model::ChatChange;

    use super::*;

    #[test]
    fn a_line_says_what_is_done_and_how_far_it_is() {
        let at = |change| ChangeProgress {
            change,
            done: 43_000,
            of: 100_000,
        };
        let pinning = line(&at(Some(ChatChange::Pin(true))));
        assert_eq!(pinning, "Changing chats: 43000 of 100000");
        assert_eq!(line(&at(None)), "Taking back: 43000 of 100000");
    }
}
