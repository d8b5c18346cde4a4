//! What a piece of work took: wall clock, and CPU of all threads of this process.

use std::time::{Duration, Instant};

/// What some work took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    /// By the clock on the wall.
    pub(crate) wall: Duration,
    /// Of the processor, user and system time, in every thread.
    pub(crate) cpu: Duration,
}

impl std::ops::AddAssign for Spent {
    fn add_assign(&mut self, more: Self) {
        self.wall += more.wall;
        self.cpu += more.cpu;
    }
}

/// Runs `work` and tells what it took.
///
/// # Errors
/// Those of the work.
pub(crate) fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(T, Spent), E> {
    let (wall, cpu) = (Instant::now(), cpu());
    let value = work()?;
    let spent = Spent {
        wall: wall.elapsed(),
        cpu: self::cpu().saturating_sub(cpu),
    };
    Ok((value, spent))
}

/// CPU time of this process, in nanoseconds where the kernel counts them.
#[cfg(unix)]
fn cpu() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(now).unwrap_or_default()
}

/// Elsewhere only the wall clock is read, so ratios of CPU are those of the wall.
#[cfg(not(unix))]
fn cpu() -> Duration {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed()
}
