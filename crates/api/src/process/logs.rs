//! The workspace's log file, for a person who looks for the cause of an error.
//!
//! Only Switchboard's own rooms write here: they name codes, ids and counts, never the text of a
//! message, a phone number or a key. Libraries are left out, since nobody here answers for what
//! they say.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::folders::create_private;
use super::io_error;
use crate::ApiError;

/// The environment variable that sets how much is logged: `error`, `warn`, `info`, `debug` or
/// `trace`.
pub const LOG_LEVEL_VARIABLE: &str = "SWITCHBOARD_LOG";

const FILE: &str = "switchboard.log";
/// Bytes after which a new file is begun; one old file is kept.
const LARGEST: u64 = 8 << 20;
/// Start of every target of ours: crates are called `switchboard_…`.
const OURS: &str = "switchboard";
/// The log of this process, once there is one.
static STARTED: OnceLock<LogFile> = OnceLock::new();

/// Starts logging to `logs/switchboard.log` of the workspace in `folder`. A later call goes on in
/// that of another workspace: a window may open one after the other, and whoever looks for the cause
/// of an error looks into the folder where it happened. Panics are logged too, by their place alone.
///
/// # Errors
/// Where the folder `logs` cannot be made.
pub fn start(folder: &Path) -> Result<(), ApiError> {
    let logs = folder.join("logs");
    create_private(&logs)?;
    let path = logs.join(FILE);
    let first = LogFile::at(path.clone(), LARGEST);
    first.open().map_err(|error| io_error("the log", &error))?;
    let file = STARTED.get_or_init(|| first).clone();
    *file.path.write().unwrap_or_else(PoisonError::into_inner) = path;
    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(file);
    let ours = Targets::new().with_target(OURS, level());
    if tracing_subscriber::registry()
        .with(ours)
        .with(layer)
        .try_init()
        .is_ok()
    {
        log_panics();
    }
    Ok(())
}

/// Where the log of the workspace in `folder` is.
#[must_use]
pub fn path(folder: &Path) -> PathBuf {
    folder.join("logs").join(FILE)
}

/// Where this process logs now; absent before the first workspace.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let file = STARTED.get()?;
    let path = file.path.read().unwrap_or_else(PoisonError::into_inner);
    path.parent().map(Path::to_owned)
}

fn level() -> Level {
    let named = std::env::var(LOG_LEVEL_VARIABLE).ok();
    named
        .and_then(|name| name.parse().ok())
        .unwrap_or(Level::INFO)
}

/// What a panic says may quote data (a library names the text that it was given); where it happened
/// does not. That goes for standard error too, which the system's journal keeps as a file: only who
/// asks for a backtrace is told all.
fn log_panics() {
    let before = std::panic::take_hook();
    let asked = std::env::var_os("RUST_BACKTRACE").is_some_and(|asked| asked != "0");
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(target: "switchboard::panic", place, "panic");
        match asked {
            true => before(panic),
            false => eprintln!("panicked at {place}; RUST_BACKTRACE=1 tells more"),
        }
    }));
}

/// Opens the file anew for every line: lines are few, and several processes may share it.
#[derive(Clone, Debug)]
struct LogFile {
    path: Arc<RwLock<PathBuf>>,
    largest: u64,
}

impl LogFile {
    fn at(path: PathBuf, largest: u64) -> Self {
        Self {
            path: Arc::new(RwLock::new(path)),
            largest,
        }
    }

    fn open(&self) -> io::Result<File> {
        let path = self.path.read().unwrap_or_else(PoisonError::into_inner);
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&*path)?;
        if file.metadata()?.len() < self.largest {
            return Ok(file);
        }
        fs::rename(&*path, path.with_extension("log.1"))?;
        options.open(&*path)
    }
}

impl<'a> MakeWriter<'a> for LogFile {
    type Writer = Box<dyn io::Write>;

    fn make_writer(&'a self) -> Self::Writer {
        match self.open() {
            Ok(file) => Box::new(file),
            // A full or vanished disk must not stop the program, and is reported elsewhere.
            Err(_) => Box::new(io::sink()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_large_file_makes_room_for_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFile::at(folder.path().join(FILE), 10);
        for line in ["first line\n", "second line\n", "3\n", "4\n"] {
            log.make_writer().write_all(line.as_bytes()).unwrap();
        }
        let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("switchboard.log.1"), "second line\n");
        assert_eq!(read(FILE), "3\n4\n");
    }

    /// Where [`panics`] logs.
    const FOLDER: &str = "SWITCHBOARD_PANICS_IN";

    #[test]
    #[ignore = "started by another test as a process of its own"]
    fn panics() {
        let Some(folder) = std::env::var_os(FOLDER) else {
            return;
        };
        start(Path::new(&folder)).unwrap();
        let said = ["canary", "4711"].join("-");
        let panicked = std::thread::spawn(move || panic!("{said}")).join();
        assert!(panicked.is_err());
    }

    #[test]
    fn a_panic_is_told_of_without_what_it_says() {
        let folder = tempfile::tempdir().unwrap();
        let run = |backtrace| {
            let program = std::env::current_exe().unwrap();
            let output = std::process::Command::new(program)
                .args(["--ignored", "--exact", "--nocapture"])
                .arg("process::logs::tests::panics")
                .env(FOLDER, folder.path())
                .env("RUST_BACKTRACE", backtrace)
                .output()
                .unwrap();
            assert!(output.status.success());
            String::from_utf8(output.stderr).unwrap()
        };
        let told = run("0");
        assert!(
            told.contains("panicked at") && told.contains("logs.rs"),
            "{told}"
        );
        assert!(!told.contains("canary-4711"), "{told}");
        assert!(run("1").contains("canary-4711"), "who asks for it is told");
        let log = fs::read_to_string(path(folder.path())).unwrap();
        assert!(
            log.contains("logs.rs") && !log.contains("canary-4711"),
            "{log}"
        );
    }

    #[test]
    fn only_our_own_rooms_are_heard_where_the_open_workspace_is() {
        let (former, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        start(former.path()).unwrap();
        tracing::info!(target: "switchboard_engine::outbox", "former");
        start(folder.path()).unwrap();
        assert_eq!(super::folder(), Some(folder.path().join("logs")));
        tracing::info!(target: "switchboard_engine::outbox", "ours");
        tracing::error!(target: "grammers_mtsender", "theirs");
        let log = fs::read_to_string(path(folder.path())).unwrap();
        assert!(log.contains("ours") && !log.contains("theirs"), "{log}");
        assert!(!log.contains("former"), "{log}");
        let log = fs::read_to_string(path(former.path())).unwrap();
        assert!(log.contains("former") && !log.contains("ours"), "{log}");
    }
}
