//! `run`: the engine without a window.

use serde_json::json;
use switchboard_api::process::{Away, Entry, HolderKind, Holding, enter};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, serve};
use crate::interrupts::Interrupts;
use crate::out::Out;

pub(crate) async fn run(place: &mut Place, out: Out) -> Result<Exit, Failure> {
    let mut holding = match enter(place.folder(), HolderKind::Run).await? {
        Entry::Here(holding) => holding,
        Entry::Attached(attached) => return Err(Failure::RunsAlready(attached.holder().pid)),
    };
    loop {
        let Some(away) = until_window(place, holding, out).await? else {
            return Ok(Exit::Done);
        };
        tell(
            out,
            "yielded",
            "A window has taken the workspace over; waiting until it closes.",
        )?;
        let mut interrupts = Interrupts::new()?;
        holding = tokio::select! {
            back = away.back() => back?,
            () = interrupts.next() => return Ok(Exit::Done),
        };
    }
}

/// Keeps the accounts connected until Ctrl-C (`None`) or until a window wants the workspace.
async fn until_window(
    place: &mut Place,
    holding: Holding,
    out: Out,
) -> Result<Option<Away>, Failure> {
    let mut server = serve(place, holding).await?;
    let mut interrupts = Interrupts::new()?;
    if let Err(failure) = tell(out, "running", "Running. Press Ctrl-C to stop.") {
        server.close().await;
        return Err(failure);
    }
    let request = tokio::select! {
        request = server.asked_to_yield() => Some(request),
        () = interrupts.next() => None,
    };
    let holding = interrupts.or_at_once(server.close()).await;
    match request {
        Some(request) => Ok(Some(request.grant(holding))),
        None => {
            tell(out, "stopped", "Stopped.")?;
            Ok(None)
        }
    }
}

fn tell(out: Out, state: &str, sentence: &str) -> Result<(), Failure> {
    let line = json!({ "state": state, "pid": std::process::id() });
    out.result(&line, |_| sentence.to_owned())
}
