//! `sandbox`.

use std::io;

use serde_json::json;
use switchboard_sandbox::worlds::Load;
use switchboard_sandbox::{ProfileFile, Sandbox, Serve, WorldKind, serve};
use tokio::sync::mpsc;

use crate::args;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupts::Interrupts;
use crate::out::{Out, note};
use crate::plain;

pub(crate) async fn run(out: Out, args: &args::Sandbox) -> Result<Exit, Failure> {
    if !args.listen.ip().is_loopback() {
        return Err(Failure::Usage(
            "The sandbox listens on this machine alone. Give an address such as 127.0.0.1:0."
                .into(),
        ));
    }
    let mut interrupts = Interrupts::new()?;
    let settings = Serve {
        world: world(args),
        seed: args.seed,
        listen: args.listen,
        profile: args.profile_out.clone(),
        live: is_live(args),
    };
    let sandbox = serve(&settings)
        .await
        .map_err(|error| refused(args, error))?;
    let profile = sandbox.profile();
    let ready = json!({
        "state": "ready",
        "profile": args.profile_out,
        "dc": profile.dc,
        "login": profile.login,
    });
    out.result(&ready, |_| sentence(args, &profile))?;
    let mut lines = typed_lines();
    loop {
        tokio::select! {
            _ = interrupts.next() => break,
            Some(line) = lines.recv() => let_in(&sandbox, &line),
        }
    }
    sandbox.stop().await;
    Ok(Exit::Done)
}

/// Lines of standard input. They are read by a thread of their own, which nobody waits for: it
/// ends with the process.
fn typed_lines() -> mpsc::UnboundedReceiver<String> {
    let (sender, lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// A line `PHONE LINK`: whoever has that number reads this QR code with another device.
fn let_in(sandbox: &Sandbox, line: &str) {
    let mut words = line.split_whitespace();
    let (Some(phone), Some(link)) = (words.next(), words.next()) else {
        return note("Type a phone number and a link tg://login?token=… to let a device in.");
    };
    let user = sandbox.with_world(|world| world.user_of_phone(phone));
    match user.is_some_and(|user| sandbox.lets_in(user, link)) {
        true => note("The device was let in."),
        false => note("Nobody was let in: the number is unknown, or the link is too old."),
    }
}

fn world(args: &args::Sandbox) -> WorldKind {
    match args.world {
        args::World::Demo => WorldKind::Demo,
        args::World::Small => WorldKind::Small,
        args::World::Load => WorldKind::Load(Load {
            accounts: args.accounts.unwrap_or(10),
            chats: args.chats.unwrap_or(1_000),
            messages: args.messages.unwrap_or(100_000),
        }),
    }
}

/// Whether people write and answer. Nobody does in the other worlds, which are for measuring and tests.
fn is_live(args: &args::Sandbox) -> bool {
    args.world == args::World::Demo && !args.still
}

/// The address and the file can both be at fault; their errors tell them apart.
fn refused(args: &args::Sandbox, error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AddrInUse | io::ErrorKind::AddrNotAvailable => Failure::Usage(format!(
            "Nothing can listen on {} now. Give another port, or 0 for a free one.",
            args.listen
        )),
        _ => Failure::file(&args.profile_out)(error),
    }
}

fn sentence(args: &args::Sandbox, profile: &ProfileFile) -> String {
    let path = plain::one_line(&args.profile_out.display().to_string(), 200);
    let mut text = format!(
        "The sandbox \"{}\" is ready; its connection profile is {path}. Press Ctrl-C to stop.\n\
         Add its accounts: switchboard-cli accounts add --profile {path}\n\
         Or log in with:",
        profile.name
    );
    for login in &profile.login {
        let password = login
            .password
            .as_ref()
            .map(|password| format!(", password {password}"));
        let password = password.unwrap_or_default();
        text.push_str(&format!(
            "\n  {}, code {}{password}",
            login.phone, login.code
        ));
    }
    text.push_str(
        "\nTo let a device in that shows a QR code, type a phone number and the code's link.",
    );
    text
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Args, Command};

    #[test]
    fn people_of_the_demo_answer_unless_they_are_to_be_still() {
        let cases: [(&[&str], bool); 5] = [
            (&[], true),
            (&["--world", "demo"], true),
            (&["--still"], false),
            (&["--world", "small"], false),
            (&["--world", "load"], false),
        ];
        for (words, live) in cases {
            let always = ["switchboard-cli", "sandbox", "--profile-out", "demo.toml"];
            let args = Args::parse_from(always.iter().chain(words));
            let Command::Sandbox(args) = args.command else {
                panic!("another command");
            };
            assert_eq!(is_live(&args), live, "{words:?}");
        }
    }
}
