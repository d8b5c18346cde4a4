//! Progress of a sync on standard error: bars on a terminal, plain lines elsewhere.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use switchboard_model::{Account, AccountId, SyncProgress, SyncStage};

use crate::look::Names;
use crate::out::note;
use crate::words;

/// Between two plain lines of an account that is at the same stage.
const QUIET: Duration = Duration::from_secs(5);

/// What is shown of the progress.
pub(crate) enum Progress {
    Bars {
        all: MultiProgress,
        bars: HashMap<AccountId, ProgressBar>,
    },
    Lines(HashMap<AccountId, (SyncStage, Instant)>),
}

impl Progress {
    pub(crate) fn new() -> Self {
        match std::io::stderr().is_terminal() {
            true => Self::Bars {
                all: MultiProgress::new(),
                bars: HashMap::new(),
            },
            false => Self::Lines(HashMap::new()),
        }
    }

    /// Shows how far each account is.
    pub(crate) fn update(&mut self, accounts: &[Account], progress: &[SyncProgress]) {
        let names = Names::new(accounts);
        for progress in progress {
            let name = names.of(progress.account);
            match self {
                Self::Bars { all, bars } => {
                    let bar = bars
                        .entry(progress.account)
                        .or_insert_with(|| all.add(bar(name)));
                    // A bar of nothing would look full.
                    bar.set_length(u64::from(progress.chats.max(1)));
                    bar.set_position(u64::from(progress.chats_done));
                    bar.set_message(at(progress));
                }
                Self::Lines(told) => {
                    if is_due(told.get(&progress.account), progress.stage) {
                        told.insert(progress.account, (progress.stage, Instant::now()));
                        note(&format!("{name}: {}", at(progress)));
                    }
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Self::Bars { bars, .. } = self {
            bars.values().for_each(ProgressBar::abandon);
        }
    }
}

fn bar(name: String) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:20!} {bar:24} {msg}");
    let bar = ProgressBar::new(0).with_prefix(name);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn at(progress: &SyncProgress) -> String {
    let SyncProgress {
        chats_done,
        chats,
        messages,
        ..
    } = progress;
    let stage = words::stage(progress.stage);
    let text = format!("{chats_done} of {chats} chats, {messages} messages, {stage}");
    match progress.waiting_until_ms.map(words::clock) {
        Some(until) => format!("{text}, waits until {until}"),
        None => text,
    }
}

fn is_due(told: Option<&(SyncStage, Instant)>, stage: SyncStage) -> bool {
    told.is_none_or(|(before, when)| *before != stage || when.elapsed() >= QUIET)
}
