//! How a world was begun: all that it takes to build it again.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::server::Sandbox;
use crate::whole;

/// Goes up when a journal of before would be understood wrongly.
const FORMAT: u32 = 2;

/// The beginning of a world, as its TOML file holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begin {
    format: u32,
    /// The world and its keys follow from it; below 2^63, since TOML has no more.
    pub(super) seed: u64,
    /// Unix milliseconds of the world's building.
    pub(super) begun_ms: i64,
    /// [`fingerprint`] of the world as it was built.
    pub(super) fingerprint: String,
    /// Where the data centres listened last, in the order of their ids.
    pub(super) ports: Vec<u16>,
}

impl Begin {
    /// A new world, with a seed of its own.
    pub(super) fn at(begun_ms: i64) -> Self {
        Self {
            format: FORMAT,
            seed: RandomState::new().hash_one(begun_ms) >> 1,
            begun_ms,
            fingerprint: String::new(),
            ports: Vec::new(),
        }
    }

    /// Reads the file; `None` where there is none.
    ///
    /// # Errors
    ///
    /// `InvalidData` where it is not understood.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let invalid = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
        let begin: Self = toml::from_str(&text)
            .map_err(|error| invalid(format!("the demo world's beginning: {error}")))?;
        if begin.format != FORMAT {
            let format = begin.format;
            return Err(invalid(format!("the demo world has the format {format}")));
        }
        Ok(Some(begin))
    }

    /// Writes the file as a whole.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        whole::write(path, &text)
    }
}

/// Digest of a world before anything was done in it: what every account sees, all keys, and the
/// layer that requests are written in. A journal means message ids and keys of the world it was
/// written over, so it must not be done again over another one, such as a later version's with
/// other texts.
pub(super) fn fingerprint(sandbox: &Sandbox) -> io::Result<String> {
    let keys = sandbox.profile().to_toml().map_err(io::Error::other)?;
    let layer = grammers_tl_types::LAYER.to_le_bytes();
    let mut digest = Sha256::new().chain_update(layer).chain_update(keys);
    let accounts = sandbox.shared().lock().world.account_ids();
    for account in accounts {
        digest.update(serde_json::to_vec(&sandbox.snapshot(account))?);
    }
    Ok(hex::encode(digest.finalize()))
}
