//! Fills a workspace that nobody has used yet, so that the program can be tried and measured on years
//! of conversations.
//!
//! `cargo run -p switchboard-store --example fill -- --workspace FOLDER [--chats N] [--messages N]`
//!
//! Its ten accounts are logged out and connect to nobody. The key goes where the program would put
//! it: into the system's keyring, or behind the passphrase in `SWITCHBOARD_PASSPHRASE`.

use std::{error::Error, path::PathBuf, sync::Arc};

use switchboard_vault::{Passphrase, Purpose, SecretSource, SystemKeyStore, Vault};

#[path = "../benches/common"]
mod common {
    pub(crate) mod rows;
}
#[path = "../benches/common/fill.rs"]
mod fill;

use fill::{Ids, Size};

fn main() -> Result<(), Box<dyn Error>> {
    let mut size = Size {
        messages: 0,
        chats: 100_000,
    };
    let mut workspace = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or("every option has a value")?;
        match argument.as_str() {
            "--chats" => size.chats = value.parse()?,
            "--messages" => size.messages = value.parse()?,
            "--workspace" => workspace = Some(PathBuf::from(value)),
            _ => return Err(format!("{argument} is not known").into()),
        }
    }
    let workspace = workspace.ok_or("--workspace FOLDER is missing")?;
    // Each chat is known by a message.
    size.messages = size.messages.max(usize::try_from(size.chats)?);
    let vault = Vault::new(&workspace, Arc::new(SystemKeyStore));
    let secret = SecretSource::Automatic(Passphrase::from_environment());
    let opened = vault.open_or_create(secret)?;
    if !opened.created {
        return Err("there is a workspace already".into());
    }
    let key = opened.key.derive(Purpose::Database);
    fill::fill(
        &workspace.join("crm.db"),
        key.as_bytes(),
        size,
        &mut Ids::default(),
    )?;
    Ok(())
}
