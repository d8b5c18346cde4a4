//! Why a command did not do what was asked.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use switchboard_api::ApiError;
use switchboard_model::{Account, Chat, Code};

use crate::exit::Exit;
use crate::out::note;
use crate::{plain, words};

/// Why a command did not do what was asked. Each ends in a plain sentence and a way on.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A use case failed.
    Api(ApiError),
    /// A file named on the command line cannot be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The input makes no sense; a sentence that says why and what would.
    Usage(String),
    /// Another `run` or a window, by its process id, does already what was asked.
    RunsAlready(u32),
    /// Another process, by its id, holds the workspace, which has to be alone for this.
    HeldElsewhere(u32),
    /// The system's services did not do it; a sentence that says why.
    Service(String),
    /// No chat has that name.
    NoChat {
        /// The name that was given.
        name: String,
        /// Some chats whose names hold it.
        near: Vec<Chat>,
    },
    /// Several chats have that name.
    SeveralChats(Vec<(Chat, Option<Account>)>),
    /// What was to be printed could not be.
    Output(io::Error),
    /// Ctrl-C.
    Interrupted,
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::Api(ApiError::new(code, ""))
    }
}

impl Failure {
    /// A file could not be read or written.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }

    /// Tells it on standard error, and returns how the process ends.
    pub(crate) fn report(&self, json: bool, verbose: bool) -> Exit {
        if self.reader_left() {
            return Exit::Done;
        }
        let mut text = match json {
            true => self.as_json(verbose),
            false => self.sentence(),
        };
        if !json
            && verbose
            && let Some(detail) = self.detail()
        {
            text.push_str("\nDetail: ");
            text.push_str(&plain::lines(&detail));
        }
        note(&text);
        self.exit()
    }

    /// Whoever read the output has enough, as `head` does.
    fn reader_left(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Api(error) => Exit::of(error.code),
            Self::File { .. } | Self::Output(_) | Self::Service(_) => Exit::Failed,
            Self::Usage(_) => Exit::Usage,
            Self::RunsAlready(_) | Self::HeldElsewhere(_) => Exit::Busy,
            Self::NoChat { .. } | Self::SeveralChats(_) => Exit::NotFound,
            Self::Interrupted => Exit::Interrupted,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Api(error) => words::sentence(error),
            Self::File { path, error } => {
                let path = plain::one_line(&path.display().to_string(), 200);
                let why = words::file_error(error.kind());
                format!("The file {path} {why}")
            }
            Self::Usage(sentence) | Self::Service(sentence) => sentence.clone(),
            Self::RunsAlready(pid) => format!(
                "Process {pid} runs this workspace already. Other commands work through it; end \
                 it first to run it here."
            ),
            Self::HeldElsewhere(pid) => format!(
                "Process {pid} has this workspace open. Close it first: its files are about to \
                 change."
            ),
            Self::NoChat { name, near } => no_chat(name, near),
            Self::SeveralChats(chats) => several(chats),
            Self::Output(_) => "The result cannot be printed: the output is full or closed.".into(),
            Self::Interrupted => "Stopped.".into(),
        }
    }

    fn detail(&self) -> Option<String> {
        match self {
            Self::Api(error) => Some(error.to_string()),
            Self::File { error, .. } | Self::Output(error) => Some(error.to_string()),
            _ => None,
        }
    }

    /// What programs tell it by: a code of the program's own where there is one.
    fn code(&self) -> Value {
        match self {
            Self::Api(error) => json!(error.code),
            Self::File { .. } => json!("file"),
            Self::Usage(_) => json!(Code::BadRequest),
            Self::RunsAlready(_) | Self::HeldElsewhere(_) => json!(Code::WorkspaceBusy),
            Self::Service(_) => json!("service"),
            Self::NoChat { .. } => json!(Code::NotFound),
            Self::SeveralChats(_) => json!("several_chats"),
            Self::Output(_) => json!("output"),
            Self::Interrupted => json!(Code::Cancelled),
        }
    }

    fn as_json(&self, verbose: bool) -> String {
        let mut error = json!({
            "sentence": self.sentence(),
            "exit": self.exit().number(),
            "code": self.code(),
        });
        if let (Self::Api(api), Some(error)) = (self, error.as_object_mut()) {
            error.insert("until_ms".into(), json!(api.until_ms));
        }
        if let (Self::SeveralChats(chats), Some(error)) = (self, error.as_object_mut()) {
            let ids: Vec<_> = chats.iter().map(|(chat, _)| chat.id).collect();
            error.insert("chats".into(), json!(ids));
        }
        if let (true, Some(detail), Some(error)) = (verbose, self.detail(), error.as_object_mut()) {
            error.insert("detail".into(), json!(detail));
        }
        plain::json(&json!({ "error": error }).to_string())
    }
}

fn no_chat(name: &str, near: &[Chat]) -> String {
    let name = plain::one_line(name, 60);
    if near.is_empty() {
        return format!(
            "No chat is called \"{name}\". `switchboard-cli inbox` and `inbox --archived` list the \
             chats; their numbers work everywhere."
        );
    }
    let near: Vec<_> = near
        .iter()
        .map(|chat| format!("{} ({})", plain::one_line(&chat.title, 40), chat.id))
        .collect();
    format!(
        "No chat is called just \"{name}\". Give the whole name, or the number of one, such as {}.",
        near.join(", ")
    )
}

fn several(chats: &[(Chat, Option<Account>)]) -> String {
    let mut text = String::from("Several chats have that name; give the number of one:");
    for (chat, account) in chats {
        let title = plain::one_line(&chat.title, 60);
        let owner = account.as_ref().map_or_else(String::new, |account| {
            format!(" of {}", plain::one_line(account.shown_name(), 40))
        });
        text.push_str(&format!("\n  {:>6}  {title}{owner}", chat.id));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detail_is_told_on_request_alone() {
        let failure = Failure::Api(ApiError::new(Code::Internal, "row 7"));
        assert!(!failure.sentence().contains("row 7"));
        assert!(!failure.as_json(false).contains("row 7"));
        assert!(failure.as_json(true).contains("row 7"));
    }

    #[test]
    fn programs_can_tell_every_failure_by_a_code() {
        let failures = [
            (Failure::Usage("Why.".into()), "bad_request"),
            (Failure::RunsAlready(7), "workspace_busy"),
            (
                Failure::NoChat {
                    name: "x".into(),
                    near: Vec::new(),
                },
                "not_found",
            ),
            (Failure::SeveralChats(Vec::new()), "several_chats"),
            (Failure::Interrupted, "cancelled"),
        ];
        for (failure, code) in failures {
            let text = failure.as_json(false);
            let told: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(told["error"]["code"], code, "{text}");
        }
    }

    #[test]
    fn a_reader_that_has_enough_is_no_failure() {
        let left = Failure::Output(io::ErrorKind::BrokenPipe.into());
        assert_eq!(left.report(false, false), Exit::Done);
        let full = Failure::Output(io::ErrorKind::StorageFull.into());
        assert_eq!(full.exit(), Exit::Failed);
    }
}
