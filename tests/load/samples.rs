//! What a process takes from the machine, looked at from outside.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// Most that the engine's process may keep in memory, without a window.
const MOST_RESIDENT: u64 = 200 << 20;
/// Most that may lie in the write-ahead log.
const MOST_WAL: u64 = 64 << 20;
/// Most descriptors: the accounts' connections, the database's, the local socket's.
const MOST_DESCRIPTORS: usize = 256;

/// One look at a process.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Since the traffic began.
    after: Duration,
    /// Memory that is resident, in bytes.
    resident: u64,
    /// Open descriptors.
    descriptors: usize,
    /// Size of the database's write-ahead log, in bytes.
    wal: u64,
}

impl Sample {
    /// Looks at a process that has a workspace open.
    pub fn of(process: u32, workspace: &Path, after: Duration) -> Self {
        let about = Path::new("/proc").join(process.to_string());
        let status = fs::read_to_string(about.join("status")).expect("the process lives");
        let descriptors = fs::read_dir(about.join("fd")).expect("it is this user's");
        let wal = fs::metadata(workspace.join("crm.db-wal"));
        Self {
            after,
            resident: resident(&status),
            descriptors: descriptors.count(),
            wal: wal.map_or(0, |file| file.len()),
        }
    }
}

/// `VmRSS` of `/proc/PID/status`, which counts in KiB
/// (<https://man7.org/linux/man-pages/man5/proc_pid_status.5.html>).
fn resident(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    let kib: u64 = kib.expect("it has memory").parse().expect("a number");
    kib << 10
}

/// Prints about a dozen of the samples.
pub fn show(samples: &[Sample]) {
    for sample in samples.iter().step_by((samples.len() / 12).max(1)) {
        println!(
            "{:>5} s  {:>4} MiB  {:>3} descriptors  WAL {:>5} KiB",
            sample.after.as_secs(),
            sample.resident >> 20,
            sample.descriptors,
            sample.wal >> 10
        );
    }
}

/// Fails unless what was taken stayed within its bounds, and memory grew by no more than `percent`
/// once a sixth of the time was over.
pub fn check(samples: &[Sample], lasted: Duration, percent: u64) {
    let early = |sample: &&Sample| sample.after <= lasted / 6;
    let most = |samples: &mut dyn Iterator<Item = &Sample>| samples.map(|s| s.resident).max();
    let first = most(&mut samples.iter().filter(early)).expect("there are early samples");
    let later = most(&mut samples.iter().filter(|sample| !early(sample))).expect("and later ones");
    assert!(
        later <= first + first * percent / 100,
        "memory grew from {first} to {later} bytes"
    );
    for sample in samples {
        assert!(sample.resident < MOST_RESIDENT, "{sample:?}");
        assert!(sample.wal < MOST_WAL, "{sample:?}");
        assert!(sample.descriptors < MOST_DESCRIPTORS, "{sample:?}");
    }
}
