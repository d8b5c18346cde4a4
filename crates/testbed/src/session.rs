//! A user's session of its own: a private bus, and a keyring (gnome-keyring) that is locked,
//! unlocked, or not there.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A bus that starts no services by itself, so that only what the test starts can answer.
const BUS_CONFIG: &str = r#"<busconfig><type>session</type>
<listen>unix:path=SOCKET</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// What a session takes.
const PROGRAMS: [&str; 3] = ["dbus-daemon", "gnome-keyring-daemon", "gdbus"];

/// Ends a daemon, and waits for its end, when dropped.
pub struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A session with a home of its own.
pub struct Session {
    home: TempDir,
    _bus: Daemon,
}

impl Session {
    /// A session with a bus. Where what it takes, or what the test takes besides, is not installed, it
    /// says so and there is none; with `SWITCHBOARD_TEST_KEYRING=1` the test fails instead.
    pub fn start(besides: &[&str]) -> Option<Self> {
        for program in PROGRAMS.iter().chain(besides) {
            if Command::new(program).arg("--help").output().is_err() {
                assert!(
                    std::env::var_os("SWITCHBOARD_TEST_KEYRING").is_none(),
                    "{program} is not installed"
                );
                eprintln!("not tested: {program} is not installed");
                return None;
            }
        }
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("bus.conf");
        let socket = home.path().join("bus");
        let text = BUS_CONFIG.replace("SOCKET", socket.to_str().unwrap());
        fs::write(&config, text).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address"])
            .arg(format!("--config-file={}", config.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It prints its address once it listens.
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        assert!(address.starts_with("unix:"));
        Some(Self {
            home,
            _bus: Daemon(bus),
        })
    }

    /// The user's home, which goes with the session.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A program of this session, to be started.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let home = self.home();
        let bus = format!("unix:path={}", home.join("bus").display());
        let mut command = Command::new(program);
        command
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GNOME_KEYRING_CONTROL");
        command
    }

    /// Starts the keyring, unlocked as a login does it, or not.
    pub fn keyring(&self, unlocked: bool) -> Daemon {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if unlocked {
            command.arg("--unlock");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"login").unwrap();
        let keyring = Daemon(child);
        let waited = self
            .command("gdbus")
            .args(["wait", "--session", "--timeout", "20"])
            .arg("org.freedesktop.secrets")
            .status()
            .unwrap();
        assert!(waited.success(), "the keyring did not appear on the bus");
        keyring
    }
}
