//! The program as a child process, with a data folder of its own and a sandbox to talk to.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use switchboard_sandbox::{Options, Peer, Sandbox, World, worlds, worlds::ids};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

pub(crate) const SEED: u64 = 7;

/// A data folder, and a sandbox with the small world.
pub(crate) struct Scene {
    pub(crate) sandbox: Arc<Sandbox>,
    folder: TempDir,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// The command did what it was asked.
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.exit, 0, "{self:?}");
        self
    }

    /// The command failed with this exit code and one sentence.
    pub(crate) fn failed(self, exit: i32) -> Self {
        assert_eq!(self.exit, exit, "{self:?}");
        assert!(self.err.trim_end().ends_with('.'), "no sentence: {self:?}");
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        let exit = output.status.code().unwrap_or(-1);
        Self {
            exit,
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Scene {
    /// A scene whose sandbox has the small world.
    pub(crate) async fn new() -> Self {
        let now_ms = jiff::Timestamp::now().as_millisecond();
        Self::with(worlds::small(SEED, now_ms)).await
    }

    pub(crate) async fn with(world: World) -> Self {
        let sandbox = Sandbox::start(world, Options::default())
            .await
            .expect("loopback is there");
        let folder = tempfile::tempdir().unwrap();
        let scene = Self {
            sandbox: Arc::new(sandbox),
            folder,
        };
        scene.sandbox.profile().write(&scene.profile()).unwrap();
        scene
    }

    /// A scene whose account is added and synced.
    pub(crate) async fn synced() -> Self {
        let scene = Self::new().await;
        scene.add_account().await;
        scene.run(["sync"]).await.done();
        scene
    }

    pub(crate) async fn add_account(&self) {
        let profile = self.profile();
        let args = [
            OsStr::new("accounts"),
            "add".as_ref(),
            "--profile".as_ref(),
            profile.as_ref(),
        ];
        self.run(args).await.done();
    }

    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile.toml")
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn workspace(&self) -> PathBuf {
        self.data().join("main")
    }

    /// The program, to be started.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard-cli"));
        command
            .args(args)
            .env("SWITCHBOARD_DATA_DIR", self.data())
            .env("SWITCHBOARD_PASSPHRASE", "open sesame")
            .env_remove("SWITCHBOARD_API_ID")
            .env_remove("SWITCHBOARD_API_HASH")
            .env_remove("SWITCHBOARD_LOGIN_CODE")
            .env_remove("SWITCHBOARD_LOGIN_PASSWORD")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    pub(crate) async fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Said {
        self.command(args)
            .output()
            .await
            .expect("the program starts")
            .into()
    }

    /// Runs a command and gives it these lines to read.
    pub(crate) async fn run_with<A: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = A>,
        input: &str,
    ) -> Said {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).await.unwrap();
        drop(stdin);
        child.wait_with_output().await.unwrap().into()
    }

    /// Runs a command and reads its JSON.
    pub(crate) async fn json<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Value {
        let mut command = self.command(args);
        let said = Said::from(command.arg("--json").output().await.unwrap());
        said.done().json()
    }

    /// Starts a command that goes on, and reads its lines of JSON.
    pub(crate) fn start<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Running {
        let mut child = self.command(args).arg("--json").spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Running { child, lines }
    }

    /// Starts `watch` with these options, and returns when it listens: somebody types until then.
    pub(crate) async fn start_watch(&self, options: &[&str]) -> Running {
        let mut watch = self.start(["watch"].iter().chain(options));
        let mut again = tokio::time::interval(Duration::from_millis(50));
        let typing = async {
            loop {
                again.tick().await;
                self.sandbox.peer_types(ids::ANNA, Peer::User(ids::ACCOUNT));
            }
        };
        tokio::select! {
            () = typing => {}
            _ = watch.until(|event| event["type"] == "typing") => {}
        }
        watch
    }

    /// Starts `run`, and returns when it holds the workspace.
    pub(crate) async fn start_run(&self) -> Running {
        let mut running = self.start(["run"]);
        assert_eq!(running.next().await["state"], "running");
        running
    }
}

/// A command that goes on.
pub(crate) struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    /// Its next line of JSON.
    pub(crate) async fn next(&mut self) -> Value {
        let line = self.lines.next_line().await.unwrap().expect("it goes on");
        serde_json::from_str(&line).expect("a line of JSON")
    }

    /// Its next line of JSON that fits.
    pub(crate) async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.next().await;
            if fits(&line) {
                return line;
            }
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// SIGTERM; returns the exit code.
    pub(crate) async fn stop(mut self) -> Option<i32> {
        let kill = Command::new("kill")
            .arg(self.pid().to_string())
            .status()
            .await
            .unwrap();
        assert!(kill.success());
        self.child.wait().await.unwrap().code()
    }

    /// SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}
