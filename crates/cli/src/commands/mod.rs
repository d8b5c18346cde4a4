//! The commands, one file each.

mod accounts;
mod backup;
mod crm;
mod devices;
mod doctor;
mod inbox;
mod keys;
mod login;
mod messages;
mod moving;
mod people;
mod progress;
mod proxy;
pub(crate) mod query;
mod run;
mod sandbox;
mod search;
mod send;
mod service;
mod sync;
mod templates;
mod waiting;
mod watch;

use crate::args::{Accounts, Args, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::Place;
use crate::out::Out;

/// Does what the command line says.
pub(crate) async fn run(args: Args) -> Result<Exit, Failure> {
    let out = Out::new(args.global.json);
    if let Command::Sandbox(args) = &args.command {
        return sandbox::run(out, args).await;
    }
    if let Command::Service(asked) = &args.command {
        return service::run(&args.global, out, asked).await;
    }
    let mut place = Place::new(&args.global)?;
    let place = &mut place;
    match &args.command {
        Command::Accounts(Accounts::List) => accounts::list(place, out).await,
        Command::Accounts(Accounts::Add(add)) => accounts::add(place, out, add, &args.global).await,
        Command::Accounts(Accounts::Sessions(asked)) => devices::sessions(place, out, asked).await,
        Command::Accounts(Accounts::Remove(remove)) => accounts::remove(place, out, remove).await,
        Command::Sync(args) => sync::run(place, out, args).await,
        Command::Run => run::run(place, out).await,
        Command::Inbox(args) => inbox::run(place, out, args).await,
        Command::Messages(args) => messages::run(place, out, args).await,
        Command::Search(args) => search::run(place, out, args).await,
        Command::Tags(args) => crm::tags(place, out, args).await,
        Command::Status(args) => crm::status(place, out, args).await,
        Command::Fields(args) => crm::fields(place, out, args).await,
        Command::Rules(args) => crm::rules(place, out, args).await,
        Command::Notes(args) => crm::notes(place, out, args).await,
        Command::Tasks(args) => crm::tasks(place, out, args).await,
        Command::Views(args) => crm::views(place, out, args).await,
        Command::Snooze(args) => crm::snooze(place, out, args).await,
        Command::Pin(args) => crm::pin(place, out, args, true).await,
        Command::Unpin(args) => crm::pin(place, out, args, false).await,
        Command::Waiting => waiting::run(place, out).await,
        Command::Log(args) => crm::log(place, out, args).await,
        Command::Undo(args) => crm::undo(place, out, args).await,
        Command::Templates(args) => templates::run(place, out, args).await,
        Command::Send(args) => send::run(place, out, args).await,
        Command::Watch(args) => watch::run(place, out, args).await,
        Command::Proxy(args) => proxy::run(place, out, args).await,
        Command::Keys(args) => keys::run(place, out, args).await,
        Command::Backup(args) => backup::run(place, out, args).await,
        Command::Restore(args) => backup::put_back(place, out, args).await,
        Command::Held(args) => backup::held(place, out, args).await,
        Command::Sandbox(args) => sandbox::run(out, args).await,
        Command::Service(asked) => service::run(&args.global, out, asked).await,
        Command::People(args) => people::run(place, out, args).await,
        Command::Export(args) => moving::export(place, out, args).await,
        Command::Import(args) => moving::import(place, out, args).await,
        Command::Doctor(args) => doctor::run(place, out, args).await,
    }
}
