//! Keeping what is in memory out of files.

/// What else is asked of the system beside "no core file".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// No core file of this process.
    NoCoreFile,
    /// And no other process of this user looks into it, on Linux. A process that asks for this
    /// cannot list its own open files in `/proc`, which graphical libraries do.
    NoDebugger,
}

/// Bytes that a core file may have. Where cores are piped to a program (apport, abrt, systemd-coredump),
/// Linux does not enforce the limit (<https://man7.org/linux/man-pages/man5/core.5.html>, "Piping core
/// dumps to a program"): with 0 that program is handed all of the memory. It makes an exception of 1, by
/// which it knows such a program itself, and dumps nothing
/// (<https://github.com/torvalds/linux/blob/v6.12/fs/coredump.c>, `cprm.limit == 1`). A core in a file
/// would be a page at least, so that 1 rules it out as 0 does.
#[cfg(target_os = "linux")]
const CORE: u64 = 1;
#[cfg(all(unix, not(target_os = "linux")))]
const CORE: u64 = 0;

/// Asks the system to write no core file of this process, which would hold keys and messages. Call
/// it first of all, and not while developing. Where the system does not listen, nothing is lost
/// but that.
pub fn keep_memory_private(privacy: Privacy) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(CORE),
            maximum: Some(CORE),
        };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::debug!(%error, "core files cannot be ruled out");
        }
    }
    #[cfg(target_os = "linux")]
    if privacy == Privacy::NoDebugger {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            tracing::debug!(%error, "debuggers cannot be ruled out");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = privacy;
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;

    use super::*;

    /// Tells [`limits`] that it runs as a process of its own.
    const ASKED: &str = "SWITCHBOARD_LIMITS";
    const LINE: &str = "Max core file size";

    #[test]
    #[ignore = "started by another test as a process of its own"]
    fn limits() {
        if std::env::var_os(ASKED).is_none() {
            return;
        }
        keep_memory_private(Privacy::NoCoreFile);
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        println!("{limits}");
    }

    #[test]
    fn no_program_is_handed_a_core_either() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture"])
            .arg("process::private_memory::tests::limits")
            .env(ASKED, "1")
            .output()
            .unwrap();
        assert!(output.status.success());
        let told = String::from_utf8(output.stdout).unwrap();
        let line = told.lines().find_map(|line| line.strip_prefix(LINE));
        let words: Vec<_> = line.unwrap().split_whitespace().collect();
        assert_eq!(words, ["1", "1", "bytes"], "soft, hard and their unit");
    }
}
