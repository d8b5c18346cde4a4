//! Processes that are killed at their work: the test binary itself, started again as its test
//! `victim`, which is told by variables what to do.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};

/// Names the folder of the victim's workspace.
pub const FOLDER: &str = "SWITCHBOARD_VICTIM_FOLDER";
/// Names its work.
pub const WORK: &str = "SWITCHBOARD_VICTIM_WORK";
/// Names the moment at which it ends itself, and on which visit, as `moment:visit`.
pub const MOMENT: &str = "SWITCHBOARD_VICTIM_MOMENT";
/// Names the file that it works with.
pub const FILE: &str = "SWITCHBOARD_VICTIM_FILE";
/// What a victim says when it begins.
pub const BEGINS: &str = "victim begins";
/// What a victim says that was faster than the blow.
pub const ENDS: &str = "victim ends";
/// How long a victim may take.
const LIFE: Duration = Duration::from_secs(60);

/// When a victim is killed.
pub enum When {
    /// By itself, at a moment, on that visit.
    At(&'static str, u32),
    /// So long after it began.
    After(Duration),
}

impl When {
    /// Named moments take turns with arbitrary ones within `span`.
    pub fn of(round: usize, moments: &[(&'static str, u32)], span: Duration) -> Self {
        match round % 2 {
            0 => {
                let (moment, visits) = moments[(round / 2) % moments.len()];
                Self::At(moment, visits)
            }
            // Steps that do not divide the span meet another moment each time.
            _ => Self::After(span.mul_f64((round as f64 * 0.618_034).fract())),
        }
    }
}

/// The span for the next blows: shorter after one that came too late. A span is measured once, and
/// what else a machine does may have made that slow.
pub fn next_span(span: Duration, hit: bool) -> Duration {
    if hit { span } else { span.mul_f64(0.8) }
}

/// Runs a victim until it is killed. Whether the blow hit it at its work: one that was faster is
/// done, which the other checks take as well.
pub async fn strike(work: &str, folder: &Path, file: Option<&str>, when: &When) -> bool {
    let mut command = tokio::process::Command::new(std::env::current_exe().expect("this binary"));
    command
        .args(["--ignored", "--exact", "--nocapture", "victim"])
        .env(FOLDER, folder)
        .env(WORK, work)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    if let Some(file) = file {
        command.env(FILE, file);
    }
    if let When::At(moment, visits) = when {
        command.env(MOMENT, format!("{moment}:{visits}"));
    }
    let mut victim = command.spawn().expect("this binary can be started");
    let mut said = BufReader::new(victim.stdout.take().expect("its output")).lines();
    while let Some(line) = said.next_line().await.expect("a line") {
        if line.ends_with(BEGINS) {
            break;
        }
    }
    match when {
        When::After(after) => {
            tokio::time::sleep(*after).await;
            victim.kill().await.expect("it can be killed");
            let mut hit = true;
            while let Some(line) = said.next_line().await.expect("a line") {
                hit &= !line.ends_with(ENDS);
            }
            hit
        }
        When::At(moment, _) => {
            let ended = tokio::time::timeout(LIFE, victim.wait()).await;
            let status = ended
                .unwrap_or_else(|_| panic!("{moment} was never passed"))
                .expect("it ends");
            assert_eq!(status.signal(), Some(9), "{moment}: {status}");
            true
        }
    }
}

/// At least three of four blows have to hit the work itself, or the rounds prove little.
pub fn enough(hits: usize, rounds: usize) {
    println!("{hits} of {rounds} victims were hit at their work");
    assert!(hits * 4 >= rounds * 3, "only {hits} of {rounds} were hit");
}
