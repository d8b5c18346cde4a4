//! `keys`: the ways into the workspace.

use std::io::{self, IsTerminal};

use switchboard_api::closed::{Gauge, RekeyRequest, rekey};
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{Code, KeySlots, RecoveryShown, SlotKind};

use crate::args::{Keys, OnOff, Removable};
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, alone, once};
use crate::out::{Out, note};
use crate::secrets::{Echo, ask, typed};

/// Gives a new passphrase to a program without a terminal.
const NEW_PASSPHRASE: &str = "SWITCHBOARD_NEW_PASSPHRASE";

pub(crate) async fn run(place: &mut Place, out: Out, keys: &Keys) -> Result<Exit, Failure> {
    if let Keys::Change = keys {
        return change(place, out).await;
    }
    let slots = once(place, false, async |client| match keys {
        Keys::Passphrase(Removable { remove: false }) => passphrase(client).await,
        Keys::Passphrase(Removable { remove: true }) => {
            let old = typed("Passphrase, or recovery code", Echo::Hidden).await?;
            Ok(client.passphrase_remove(old).await?)
        }
        Keys::Recovery(Removable { remove: false }) => recovery(client, out).await,
        Keys::Recovery(Removable { remove: true }) => Ok(client.recovery_code_remove().await?),
        Keys::Keyring { state: OnOff::On } => Ok(client.keyring_enable().await?),
        Keys::Keyring { state: OnOff::Off } => Ok(client.keyring_disable().await?),
        Keys::List | Keys::Change => Ok(client.key_slots().await?),
    });
    let slots = slots.await?;
    out.result(&slots, lines)?;
    Ok(Exit::Done)
}

async fn passphrase(client: &Client) -> Result<KeySlots, Failure> {
    let has_one = client
        .key_slots()
        .await?
        .slots
        .contains(&SlotKind::Passphrase);
    let old = match has_one {
        true => Some(typed("Old passphrase, or recovery code", Echo::Hidden).await?),
        false => None,
    };
    let new = match std::env::var(NEW_PASSPHRASE) {
        Ok(new) if !new.is_empty() => new,
        _ => new_passphrase().await?,
    };
    Ok(client.passphrase_set(old, new).await?)
}

async fn new_passphrase() -> Result<String, Failure> {
    let new = typed("New passphrase", Echo::Hidden).await?;
    if io::stdin().is_terminal() && typed("Once more", Echo::Hidden).await? != new {
        return Err(Failure::Usage(
            "The two passphrases differ. Try again.".into(),
        ));
    }
    Ok(new)
}

async fn recovery(client: &Client, out: Out) -> Result<KeySlots, Failure> {
    let shown = client.recovery_code_new().await?;
    out.result(&shown, written_down)?;
    loop {
        let mut groups = Vec::new();
        for group in &shown.groups {
            groups.push(typed(&format!("Group {group}"), Echo::Shown).await?);
        }
        match client.recovery_code_confirm(groups).await {
            Err(error) if error.code == Code::RecoveryMistyped && io::stdin().is_terminal() => {
                note("That is not what it says there. Look again.");
            }
            confirmed => return Ok(confirmed?),
        }
    }
}

fn written_down(shown: &RecoveryShown) -> String {
    let groups: Vec<_> = shown.groups.iter().map(u32::to_string).collect();
    format!(
        "Recovery code: {}\nIt is shown this once. Write it down, then type its groups {} to \
         confirm it.",
        shown.code,
        groups.join(" and ")
    )
}

async fn change(place: &mut Place, out: Out) -> Result<Exit, Failure> {
    let secret = place.secret().await?;
    let rekeyed = alone(place, async |holding, gauge: Gauge| {
        let request = |passphrase| RekeyRequest {
            secret: secret.clone(),
            passphrase,
        };
        match rekey(&holding, request(None), gauge.clone()).await {
            // It was opened by another way than the passphrase that it has.
            Err(ApiError {
                code: Code::PassphraseNeeded,
                ..
            }) => {
                let passphrase = ask("Passphrase of the workspace", Echo::Hidden).await?;
                Ok(rekey(&holding, request(passphrase), gauge).await?)
            }
            rekeyed => Ok(rekeyed?),
        }
    });
    let rekeyed = rekeyed.await?;
    out.result(&rekeyed, |rekeyed| {
        let mut text = "The workspace has a new key. Backups made until now open by the \
                        passphrase or recovery code of their day alone: make a new one with \
                        `backup`."
            .to_owned();
        if rekeyed.recovery_gone {
            text.push_str(" The recovery code counts no more: make one with `keys recovery`.");
        }
        text
    })?;
    Ok(Exit::Done)
}

fn lines(slots: &KeySlots) -> String {
    let mut lines: Vec<_> = slots
        .slots
        .iter()
        .map(|slot| match *slot == slots.opened_by {
            true => format!("{slot} (opened it now)"),
            false => slot.to_string(),
        })
        .collect();
    if !slots.slots.contains(&SlotKind::Keyring) && slots.keyring_answers {
        lines.push("A system keyring answers: `keys keyring on` keeps the key there.".into());
    }
    if slots.slots == [SlotKind::Keyring] {
        lines.push(
            "Only this computer's keyring opens the workspace and its backups. Make a recovery \
             code with `keys recovery`."
                .into(),
        );
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_that_only_the_keyring_opens_is_told_so() {
        let slots = |slots: &[SlotKind]| KeySlots {
            slots: slots.to_vec(),
            opened_by: SlotKind::Keyring,
            keyring_answers: true,
            recovery_unconfirmed: false,
        };
        let alone = lines(&slots(&[SlotKind::Keyring]));
        assert!(alone.contains("recovery"), "{alone}");
        let both = lines(&slots(&[SlotKind::Keyring, SlotKind::Passphrase]));
        assert_eq!(both, "system keyring (opened it now)\npassphrase");
    }
}
