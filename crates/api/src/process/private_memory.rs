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

/// Asks the system to write no core file of this process, which would hold keys and messages. Call
/// it first of all, and not while developing. Where the system does not listen, nothing is lost
/// but that.
pub fn keep_memory_private(privacy: Privacy) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
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
