//! What is asked of a person: on the terminal, else as lines of standard input.

use std::io::{self, IsTerminal, Write};

use switchboard_api::Passphrase;
use switchboard_api::shell::Needs;
use switchboard_model::Code;
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::out::note;

/// Whether the answer may be seen on the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Echo {
    Shown,
    Hidden,
}

/// Asks for a line; `None` where standard input has ended.
pub(crate) async fn ask(question: &str, echo: Echo) -> Result<Option<String>, Failure> {
    let question = question.to_owned();
    let asked = spawn_blocking(move || ask_here(&question, echo)).await;
    let answer = asked.map_err(switchboard_api::ApiError::internal)?;
    Ok(answer
        .map_err(Failure::Output)?
        .map(|line| line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn ask_here(question: &str, echo: Echo) -> io::Result<Option<String>> {
    let terminal = io::stdin().is_terminal();
    if terminal && echo == Echo::Hidden {
        return rpassword::prompt_password(format!("{question}: ")).map(Some);
    }
    if terminal {
        let mut err = io::stderr();
        write!(err, "{question}: ")?;
        err.flush()?;
    }
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    Ok((read > 0).then_some(line))
}

/// Whether a question, which stands on standard error, is answered with yes.
pub(crate) async fn agreed(question: &str) -> Result<bool, Failure> {
    note(question);
    let answer = ask("Type yes", Echo::Shown).await?;
    let answer = answer.as_deref().map(str::trim);
    Ok(matches!(answer, Some("yes" | "y")))
}

/// A line that must not be empty. Spaces at the ends of a password count.
pub(crate) async fn typed(question: &str, echo: Echo) -> Result<String, Failure> {
    let line = ask(question, echo).await?.unwrap_or_default();
    let line = match echo {
        Echo::Shown => line.trim().to_owned(),
        Echo::Hidden => line,
    };
    match line.is_empty() {
        false => Ok(line),
        true => Err(Failure::Usage(format!(
            "{question} is missing. Give it as an option or as a line of standard input."
        ))),
    }
}

/// The passphrase of a workspace that needs one.
pub(crate) async fn passphrase(needs: Needs) -> Result<Passphrase, Failure> {
    let question = match needs {
        Needs::NewPassphrase => "New passphrase (no system keyring answers)",
        Needs::Passphrase | Needs::KeyringUnlock | Needs::Confirm => "Passphrase, or recovery code",
    };
    let typed = ask(question, Echo::Hidden).await?;
    if needs == Needs::NewPassphrase && io::stdin().is_terminal() {
        let again = ask("Once more", Echo::Hidden).await?;
        if again != typed {
            return Err(Failure::Usage(
                "The two passphrases differ. Try again.".into(),
            ));
        }
    }
    typed
        .and_then(Passphrase::new)
        .ok_or_else(|| Code::PassphraseNeeded.into())
}
