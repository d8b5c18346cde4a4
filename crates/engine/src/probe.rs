//! Named moments at which a test may end the process as a power cut would.

/// Marks a moment that must survive a sudden end of the process.
///
/// Without the feature `probes` this is nothing. With it, the process ends itself with SIGKILL at
/// the moment that `SWITCHBOARD_PROBE` names, on the visit that `SWITCHBOARD_PROBE_VISIT` counts
/// (1 by default).
#[inline]
pub(crate) fn pass(moment: &'static str) {
    #[cfg(feature = "probes")]
    armed::pass(moment);
    #[cfg(not(feature = "probes"))]
    let _ = moment;
}

#[cfg(feature = "probes")]
mod armed {
    use std::sync::atomic::{AtomicU32, Ordering};

    static VISITS: AtomicU32 = AtomicU32::new(0);

    pub(super) fn pass(moment: &'static str) {
        if std::env::var("SWITCHBOARD_PROBE").is_ok_and(|named| named == moment) {
            let visit = std::env::var("SWITCHBOARD_PROBE_VISIT")
                .ok()
                .and_then(|visit| visit.parse().ok())
                .unwrap_or(1);
            if VISITS.fetch_add(1, Ordering::SeqCst) + 1 == visit {
                eprintln!("probe: {moment}");
                let _ = rustix::process::kill_process(
                    rustix::process::getpid(),
                    rustix::process::Signal::KILL,
                );
            }
        }
    }
}
