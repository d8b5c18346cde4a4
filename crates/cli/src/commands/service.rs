//! `service`: the engine without a window as a service of the user's own systemd.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use directories::BaseDirs;
use serde::Serialize;
use switchboard_api::process::Workspace;
use tokio::process::Command;

use crate::args::{Global, Service};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::unit;

/// What is known of the service.
#[derive(Debug, Serialize)]
struct State {
    /// Its file.
    unit: PathBuf,
    installed: bool,
    /// Whether it starts with the session, in systemd's word: `enabled`, `disabled`, …
    enabled: String,
    /// What it does now, in systemd's word: `active`, `inactive`, `failed`, `activating`, …
    active: String,
    /// Its process; 0 while there is none.
    pid: u32,
}

pub(crate) async fn run(global: &Global, out: Out, asked: &Service) -> Result<Exit, Failure> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::Service(NOT_HERE.to_owned()));
    }
    let file = unit_file()?;
    match asked {
        Service::Install => install(global, &file).await?,
        Service::Uninstall => uninstall(&file).await?,
        Service::Status => {}
    }
    out.result(&state(file).await?, sentence)?;
    Ok(Exit::Done)
}

const NOT_HERE: &str = "Only systemd's user services are installed by this command. The folder \
assets/service has a launchd agent for macOS and a task for Windows, with how to install each.";

fn unit_file() -> Result<PathBuf, Failure> {
    let folders = BaseDirs::new()
        .ok_or_else(|| Failure::Service("This user has no home folder.".to_owned()))?;
    Ok(folders.config_dir().join("systemd/user").join(unit::NAME))
}

async fn install(global: &Global, file: &Path) -> Result<(), Failure> {
    let program = std::env::current_exe().map_err(Failure::file(file))?;
    let data_dir = match &global.data_dir {
        Some(folder) => Some(absolute(folder).map_err(Failure::file(folder))?),
        None => None,
    };
    let workspace = Workspace::from(global.workspace);
    let start = unit::Start {
        program: &program,
        data_dir: data_dir.as_deref(),
        workspace: (workspace != Workspace::Main).then(|| workspace.name()),
    };
    let text = unit::text(&start).ok_or_else(|| {
        Failure::Usage("A service needs paths in UTF-8; move the program or the folder.".to_owned())
    })?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    fs::write(file, text).map_err(Failure::file(file))?;
    systemctl(["daemon-reload"]).await?;
    systemctl(["enable", unit::NAME]).await?;
    // One that runs already goes on with the new file.
    systemctl(["restart", unit::NAME]).await?;
    Ok(())
}

async fn uninstall(file: &Path) -> Result<(), Failure> {
    match file.try_exists() {
        Ok(true) => {}
        Ok(false) => return Ok(()),
        Err(error) => return Err(Failure::file(file)(error)),
    }
    // It stops in order: a message that is being sent is finished first.
    systemctl(["disable", "--now", unit::NAME]).await?;
    fs::remove_file(file).map_err(Failure::file(file))?;
    systemctl(["daemon-reload"]).await?;
    Ok(())
}

async fn state(unit: PathBuf) -> Result<State, Failure> {
    let installed = unit.exists();
    let properties = ["UnitFileState", "ActiveState", "MainPID"].join(",");
    let told = systemctl(["show", unit::NAME, "--property", &properties]).await?;
    let value = |name: &str| {
        let mut pairs = told.lines().filter_map(|line| line.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let word = |name| match value(name) {
        Some(word) if !word.is_empty() => word.to_owned(),
        _ => "none".to_owned(),
    };
    Ok(State {
        installed,
        enabled: word("UnitFileState"),
        active: word("ActiveState"),
        pid: value("MainPID")
            .and_then(|pid| pid.parse().ok())
            .unwrap_or(0),
        unit,
    })
}

/// Asks the user's systemd; its answer.
async fn systemctl<const N: usize>(arguments: [&str; N]) -> Result<String, Failure> {
    let asked = Command::new("systemctl")
        .arg("--user")
        .args(arguments.map(OsStr::new))
        .output()
        .await;
    let answer = match asked {
        Ok(answer) => answer,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Failure::Service(
                "This system has no systemd. Start `switchboard-cli run` by its own means."
                    .to_owned(),
            ));
        }
        Err(error) => return Err(Failure::Service(format!("systemctl cannot run: {error}."))),
    };
    if answer.status.success() {
        return Ok(String::from_utf8_lossy(&answer.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&answer.stderr);
    Err(Failure::Service(format!(
        "systemctl --user {} failed: {}. Log in to a session of this user, not through su or sudo, \
         and try again.",
        arguments.join(" "),
        said.trim().trim_end_matches('.')
    )))
}

fn sentence(state: &State) -> String {
    if !state.installed {
        return "The service is not installed. `service install` installs it.".to_owned();
    }
    let file = state.unit.display();
    let now = match state.active.as_str() {
        "active" => format!("It runs, as process {}.", state.pid),
        "activating" => "It is about to start.".to_owned(),
        "failed" => {
            format!(
                "It failed. `journalctl --user -u {}` tells why.",
                unit::NAME
            )
        }
        _ => format!(
            "It does not run. `systemctl --user start {}` starts it.",
            unit::NAME
        ),
    };
    format!("The service starts with your session, by {file}. {now}")
}
