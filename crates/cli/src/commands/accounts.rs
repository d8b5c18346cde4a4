//! `accounts list`, `accounts add`, `accounts remove`.

use std::path::Path;

use serde_json::json;
use switchboard_api::{Removal, UseCases, Via};
use switchboard_model::{Account, AccountId, Code};

use super::login;
use crate::args::{Add, Global, Remove};
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look;
use crate::out::{Out, note};
use crate::plain;
use crate::secrets::{Echo, agreed, typed};

pub(crate) async fn list(place: &mut Place, out: Out) -> Result<Exit, Failure> {
    let (accounts, held) = once(place, false, async |client| {
        let held = matches!(client, Client::Attached(_));
        Ok((client.accounts().await?, held))
    })
    .await?;
    // Nobody connects them where nobody holds the workspace.
    show(out, &accounts, held)?;
    Ok(Exit::Done)
}

pub(crate) async fn add(
    place: &mut Place,
    out: Out,
    add: &Add,
    global: &Global,
) -> Result<Exit, Failure> {
    let profile = add.profile.as_deref().map(read_profile).transpose()?;
    let only_profile = add.phone.is_none() && add.account.is_none() && !add.qr;
    let added = once(place, true, async |client| match profile {
        Some(profile) if only_profile => from_profile(client, profile).await,
        Some(profile) => login::run(client, Via::Profile { profile }, add)
            .await
            .map(|id| vec![id]),
        None => {
            let via = telegram(client, global).await?;
            login::run(client, via, add).await.map(|id| vec![id])
        }
    });
    show(out, &added.await?, true)?;
    Ok(Exit::Done)
}

fn show(out: Out, accounts: &[Account], connects: bool) -> Result<(), Failure> {
    out.result(&json!({ "accounts": accounts }), |_| {
        look::accounts(accounts, connects)
    })
}

fn read_profile(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(Failure::file(path))
}

async fn from_profile(client: &Client, profile: String) -> Result<Vec<Account>, Failure> {
    let added = client.profile_add(profile).await?;
    let accounts = client.accounts().await?;
    Ok(accounts
        .into_iter()
        .filter(|account| added.contains(&account.id))
        .collect())
}

/// The operator's own application at Telegram, which asks who a program is. It is asked for once.
async fn telegram(client: &Client, global: &Global) -> Result<Via, Failure> {
    let given = global.api_id.is_some() || global.api_hash.is_some();
    if !given && client.application().await?.is_some() {
        return Ok(Via::Kept);
    }
    if global.api_id.is_none() || global.api_hash.is_none() {
        note(
            "Telegram wants to know which application you use. Make one of your own at \
             https://my.telegram.org/apps and give its api_id and api_hash here; they are kept.",
        );
    }
    let api_id = match global.api_id {
        Some(api_id) => api_id,
        None => typed("api_id", Echo::Shown)
            .await?
            .parse()
            .map_err(|_| Code::ApiIdInvalid)?,
    };
    let api_hash = match &global.api_hash {
        Some(api_hash) => api_hash.clone(),
        None => typed("api_hash", Echo::Hidden).await?,
    };
    Ok(Via::Telegram { api_id, api_hash })
}

pub(crate) async fn remove(place: &mut Place, out: Out, args: &Remove) -> Result<Exit, Failure> {
    let removal = if args.wipe {
        Removal::Wipe
    } else {
        Removal::LogOut
    };
    once(place, !args.here_only, async |client| {
        let account = find(client, args.account).await?;
        if !args.yes {
            confirm(&account, removal, args.here_only).await?;
        }
        if args.here_only {
            client.account_remove_here(args.account, removal).await?;
        } else {
            client.account_remove(args.account, removal).await?;
        }
        Ok(())
    })
    .await?;
    let done = json!({
        "removed": args.account, "removal": removal, "here_only": args.here_only
    });
    out.result(&done, |_| removed(removal, args.here_only).into())?;
    Ok(Exit::Done)
}

const fn removed(removal: Removal, here_only: bool) -> &'static str {
    match (removal, here_only) {
        (Removal::LogOut, false) => "Logged out. Its history is still here.",
        (Removal::Wipe, false) => "Logged out and deleted from this workspace.",
        (Removal::LogOut, true) => {
            "Removed here; its history stays. End its session from another of your devices: \
             Settings, Devices."
        }
        (Removal::Wipe, true) => {
            "Deleted from this workspace. End its session from another of your devices: \
             Settings, Devices."
        }
    }
}

/// The account of this number.
pub(super) async fn find(client: &Client, id: AccountId) -> Result<Account, Failure> {
    let accounts = client.accounts().await?;
    accounts
        .into_iter()
        .find(|account| account.id == id)
        .ok_or_else(|| Code::NotFound.into())
}

async fn confirm(account: &Account, removal: Removal, here_only: bool) -> Result<(), Failure> {
    let what = match (removal, here_only) {
        (Removal::LogOut, false) => "Log out",
        (Removal::Wipe, false) => "Log out and delete everything of",
        (Removal::LogOut, true) => "Without ending its session at Telegram, remove",
        (Removal::Wipe, true) => "Without ending its session at Telegram, delete everything of",
    };
    let name = plain::one_line(account.shown_name(), 40);
    match agreed(&format!("{what} {name}?")).await? {
        true => Ok(()),
        false => Err(Failure::Usage(
            "Nothing was removed. Answer yes, or add --yes.".into(),
        )),
    }
}
