//! `sandbox`.

use std::net::SocketAddr;

use serde_json::json;
use switchboard_sandbox::{Options, ProfileFile, Sandbox, World, worlds};

use crate::args;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::Interrupts;
use crate::out::Out;
use crate::plain;

pub(crate) async fn run(out: Out, args: &args::Sandbox) -> Result<Exit, Failure> {
    if !args.listen.ip().is_loopback() {
        return Err(Failure::Usage(
            "The sandbox listens on this machine alone. Give an address such as 127.0.0.1:0."
                .into(),
        ));
    }
    let mut interrupts = Interrupts::new()?;
    let sandbox = Sandbox::start(world(args), options(args))
        .await
        .map_err(|error| {
            Failure::Usage(format!("{} cannot be listened on: {error}.", args.listen))
        })?;
    let profile = sandbox.profile();
    profile
        .write(&args.profile_out)
        .map_err(Failure::file(&args.profile_out))?;
    let ready = json!({
        "state": "ready",
        "profile": args.profile_out,
        "dc": profile.dc,
        "login": profile.login,
    });
    out.result(&ready, |_| sentence(args, &profile))?;
    interrupts.next().await;
    sandbox.stop().await;
    Ok(Exit::Done)
}

fn world(args: &args::Sandbox) -> World {
    let now_ms = jiff::Timestamp::now().as_millisecond();
    match args.world {
        args::World::Small => worlds::small(args.seed, now_ms),
        args::World::Load => {
            let load = worlds::Load {
                accounts: args.accounts.unwrap_or(10),
                chats: args.chats.unwrap_or(200),
                messages: args.messages.unwrap_or(20_000),
            };
            worlds::load(args.seed, now_ms, load)
        }
    }
}

/// Two data centres: at the port that was asked for and at the next one, or at free ones.
fn options(args: &args::Sandbox) -> Options {
    let second = match args.listen.port() {
        0 | u16::MAX => 0,
        port => port + 1,
    };
    let second = SocketAddr::new(args.listen.ip(), second);
    Options {
        listen: vec![args.listen, second],
        ..Options::default()
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
    text
}
