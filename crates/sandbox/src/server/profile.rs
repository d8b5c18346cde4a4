//! The connection profile: how a client finds a sandbox and gets in.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::whole;

/// A connection profile, as its TOML file holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileFile {
    /// What the profile leads to.
    pub name: String,
    /// Data centres; no other address is ever contacted.
    #[serde(default)]
    pub dc: Vec<ProfileDc>,
    /// Authorization keys.
    #[serde(default)]
    pub key: Vec<ProfileKey>,
    /// What the world accepts, for people trying the program.
    #[serde(default)]
    pub login: Vec<ProfileLogin>,
}

/// A data centre's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDc {
    /// 1 and up.
    pub id: i32,
    /// `address:port`.
    pub address: String,
}

/// An authorization key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileKey {
    /// The data centre that knows the key.
    pub dc: i32,
    /// 512 hexadecimal digits.
    pub key: String,
    /// Who is signed in with it on this data centre; unbound where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<i64>,
    /// Phone number of that user, with `+`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Something to log in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLogin {
    /// Phone number with `+`.
    pub phone: String,
    /// The code that is accepted.
    pub code: String,
    /// The two-factor password, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl ProfileFile {
    /// The file's text.
    ///
    /// # Errors
    ///
    /// Where the values cannot be written as TOML.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// Writes the file beside its place and renames it, so that who finds it finds all of it.
    ///
    /// # Errors
    ///
    /// The file system's.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let text = self.to_toml().map_err(io::Error::other)?;
        whole::write(path, &text)
    }
}
