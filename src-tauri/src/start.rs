//! What is said where the window cannot even start: there is no page yet that could say it.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use rfd::{MessageButtons, MessageDialog, MessageLevel};
use switchboard_api::ApiError;
use switchboard_model::Code;

use crate::words::Words;

/// How long the sentence stands on the screen. A display that does not answer holds nobody up for
/// longer.
const READING: Duration = Duration::from_secs(300);

/// Says why, on the screen and on standard error. `folder` is the data folder, where there is one.
pub(crate) fn cannot(words: Words, error: &ApiError, folder: Option<&Path>) -> ExitCode {
    let sentence = sentence(words, error.code, folder);
    eprintln!("{sentence}");
    if error.code == Code::Internal {
        eprintln!("{}", error.detail);
    }
    if somebody_looks() {
        show(dialog(words, sentence));
    }
    ExitCode::FAILURE
}

/// What is wrong, and what to do.
fn sentence(words: Words, code: Code, folder: Option<&Path>) -> String {
    let Some(folder) = folder else {
        return words.text("start_no_home");
    };
    let folder = folder.display().to_string();
    let places = [("folder", folder.as_str())];
    match code {
        Code::ReadOnly => words.with("start_read_only", &places),
        Code::DiskFull => words.with("start_disk_full", &places),
        Code::BadRequest => words.with("start_no_folder", &places),
        Code::WorkspaceBusy => words.text("start_busy"),
        _ => words.with("start_failed", &places),
    }
}

/// Without a display there is nobody to close a dialog; other systems always have one.
fn somebody_looks() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn dialog(words: Words, sentence: String) -> MessageDialog {
    MessageDialog::new()
        .set_level(MessageLevel::Error)
        .set_title(words.text("app_name"))
        .set_description(sentence)
        .set_buttons(MessageButtons::Ok)
}

/// There, dialogs belong to the main thread.
#[cfg(target_os = "macos")]
fn show(dialog: MessageDialog) {
    dialog.show();
}

/// On a thread of its own: GTK waits for ever where it finds no display behind the name of one.
#[cfg(not(target_os = "macos"))]
fn show(dialog: MessageDialog) {
    let (closed, waiting) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        dialog.show();
        // Nobody waits any more where it stood for too long.
        let _ = closed.send(());
    });
    // Either way the program ends now.
    let _ = waiting.recv_timeout(READING);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_in_every_language() {
        let folder = Path::new("/srv/crm");
        let codes = [
            Code::ReadOnly,
            Code::DiskFull,
            Code::BadRequest,
            Code::WorkspaceBusy,
            Code::Internal,
        ];
        for language in ["en", "ru", "uk"] {
            let words = Words::in_language(Some(language));
            let mut said: Vec<String> = codes
                .iter()
                .map(|code| sentence(words, *code, Some(folder)))
                .collect();
            said.push(sentence(words, Code::BadRequest, None));
            for text in &said {
                let whole = text.starts_with("Switchboard") && text.ends_with('.');
                assert!(whole && !text.contains(['{', '_']), "{text}");
            }
            assert!(said[0].contains("/srv/crm"), "{}", said[0]);
            said.sort();
            said.dedup();
            assert_eq!(said.len(), codes.len() + 1, "each has its own");
        }
    }
}
