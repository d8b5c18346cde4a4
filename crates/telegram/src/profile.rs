//! Connection profiles: files that name the data centres of a server other than Telegram's own,
//! such as the demo's, with the keys to reach them.

use std::collections::HashSet;
use std::net::SocketAddr;

use serde::Deserialize;

use crate::{AuthKey, Fingerprint};

/// A parsed profile. An account that uses it knows no other address.
#[derive(Clone, Debug)]
pub struct Profile {
    name: String,
    data_centres: Vec<DataCentre>,
    keys: Vec<KeyEntry>,
    logins: Vec<ProfileLogin>,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Not TOML, or not of the expected shape.
    #[error("the profile is not a valid profile file")]
    Syntax(#[from] toml::de::Error),
    /// It names no data centre.
    #[error("the profile names no data centre")]
    NoDataCentre,
    /// A data centre is named twice.
    #[error("the profile names data centre {0} twice")]
    DataCentreTwice(i32),
    /// A key belongs to a data centre that the profile does not name.
    #[error("the profile has a key for data centre {0}, which it does not name")]
    UnknownDataCentre(i32),
    /// A key is not 512 hexadecimal digits.
    #[error("key {0} of the profile is not an authorization key")]
    BadKey(usize),
    /// An address is IPv6, which grammers would only use with an IPv4 address beside it.
    #[error("data centre {0} of the profile needs an IPv4 address")]
    BadAddress(i32),
}

/// A key that is signed in already.
#[derive(Clone, Debug)]
pub struct BoundKey {
    /// Its data centre.
    pub dc: i32,
    /// The key.
    pub key: AuthKey,
    /// The user it is signed in as.
    pub user_id: i64,
    /// That user's phone number, where told.
    pub phone: Option<String>,
}

/// A login that the profile's server accepts; for people to read, never used by itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ProfileLogin {
    /// Phone number.
    pub phone: String,
    /// Login code.
    pub code: String,
    /// Two-step verification password.
    pub password: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct DataCentre {
    id: i32,
    address: SocketAddr,
}

#[derive(Clone, Debug)]
struct KeyEntry {
    dc: i32,
    key: AuthKey,
    user_id: Option<i64>,
    phone: Option<String>,
}

#[derive(Deserialize)]
struct RawProfile {
    #[serde(default)]
    name: String,
    #[serde(default)]
    dc: Vec<DataCentre>,
    #[serde(default)]
    key: Vec<RawKey>,
    #[serde(default)]
    login: Vec<ProfileLogin>,
}

#[derive(Deserialize)]
struct RawKey {
    dc: i32,
    key: String,
    user_id: Option<i64>,
    phone: Option<String>,
}

impl Profile {
    /// Reads a profile file's text.
    ///
    /// # Errors
    /// [`ProfileError`] where a key or an address could not be used.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let raw: RawProfile = toml::from_str(text)?;
        if raw.dc.is_empty() {
            return Err(ProfileError::NoDataCentre);
        }
        let mut ids = HashSet::new();
        for dc in &raw.dc {
            if !ids.insert(dc.id) {
                return Err(ProfileError::DataCentreTwice(dc.id));
            }
            if !dc.address.is_ipv4() {
                return Err(ProfileError::BadAddress(dc.id));
            }
        }
        let keys = raw
            .key
            .into_iter()
            .enumerate()
            .map(|(index, key)| {
                if !ids.contains(&key.dc) {
                    return Err(ProfileError::UnknownDataCentre(key.dc));
                }
                Ok(KeyEntry {
                    dc: key.dc,
                    key: AuthKey::from_hex(&key.key).ok_or(ProfileError::BadKey(index))?,
                    user_id: key.user_id,
                    phone: key.phone,
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            name: raw.name,
            data_centres: raw.dc,
            keys,
            logins: raw.login,
        })
    }

    /// The profile's name, for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The data centre that a login starts at: the first one named.
    #[must_use]
    pub fn first_dc(&self) -> i32 {
        self.data_centres.first().map_or(1, |dc| dc.id)
    }

    /// Address of a data centre; absent where the profile does not name it.
    #[must_use]
    pub fn address(&self, dc: i32) -> Option<SocketAddr> {
        self.data_centres
            .iter()
            .find(|known| known.id == dc)
            .map(|known| known.address)
    }

    /// Every data centre that the profile names.
    pub fn data_centres(&self) -> impl Iterator<Item = i32> + '_ {
        self.data_centres.iter().map(|dc| dc.id)
    }

    /// Addresses of every data centre that the profile names.
    #[must_use]
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.data_centres.iter().map(|dc| dc.address).collect()
    }

    /// The profile as a file without its keys and logins: what an account keeps of it, since
    /// keys are kept apart.
    #[must_use]
    pub fn without_keys(&self) -> String {
        let mut table = toml::Table::new();
        table.insert("name".to_owned(), self.name.clone().into());
        let centres = self.data_centres.iter().map(|dc| {
            let mut centre = toml::Table::new();
            centre.insert("id".to_owned(), dc.id.into());
            centre.insert("address".to_owned(), dc.address.to_string().into());
            toml::Value::Table(centre)
        });
        table.insert("dc".to_owned(), toml::Value::Array(centres.collect()));
        table.to_string()
    }

    /// Keys that are signed in already.
    #[must_use]
    pub fn signed_in(&self) -> Vec<BoundKey> {
        self.keys
            .iter()
            .filter_map(|entry| {
                Some(BoundKey {
                    dc: entry.dc,
                    key: entry.key.clone(),
                    user_id: entry.user_id?,
                    phone: entry.phone.clone(),
                })
            })
            .collect()
    }

    /// The next key of a data centre that nobody is signed in with and that is not in `used`.
    #[must_use]
    pub fn take_unbound(&self, dc: i32, used: &HashSet<Fingerprint>) -> Option<AuthKey> {
        self.keys
            .iter()
            .filter(|entry| entry.dc == dc && entry.user_id.is_none())
            .find(|entry| !used.contains(&entry.key.fingerprint()))
            .map(|entry| entry.key.clone())
    }

    /// Logins that the server accepts, to be shown.
    #[must_use]
    pub fn logins(&self) -> &[ProfileLogin] {
        &self.logins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_account_keeps_names_the_data_centres_and_no_key() {
        let key = "5a".repeat(256);
        let text = format!(
            "name = \"a \\\"b\\\"\"\n[[dc]]\nid = 2\naddress = \"127.0.0.1:4002\"\n\
             [[key]]\ndc = 2\nkey = \"{key}\"\nuser_id = 7\n"
        );
        let profile = Profile::parse(&text).unwrap();
        assert_eq!(profile.signed_in().len(), 1);
        let kept = profile.without_keys();
        assert!(!kept.contains(&key));
        let again = Profile::parse(&kept).unwrap();
        assert_eq!(again.name(), "a \"b\"");
        assert_eq!(again.addresses(), profile.addresses());
        assert!(again.signed_in().is_empty());
    }

    fn text() -> String {
        format!(
            "name = \"demo\"\n[[dc]]\nid = 1\naddress = \"127.0.0.1:4001\"\n\
             [[dc]]\nid = 2\naddress = \"127.0.0.1:4002\"\n\
             [[key]]\ndc = 2\nkey = \"{}\"\nuser_id = 77\nphone = \"+100\"\n\
             [[key]]\ndc = 2\nkey = \"{}\"\n[[key]]\ndc = 2\nkey = \"{}\"\n\
             [[login]]\nphone = \"+100\"\ncode = \"12345\"\n",
            "01".repeat(256),
            "02".repeat(256),
            "03".repeat(256)
        )
    }

    #[test]
    fn each_login_takes_the_next_unbound_key() {
        let profile = Profile::parse(&text()).unwrap();
        let mut used = HashSet::new();
        let first = profile.take_unbound(2, &used).unwrap();
        assert_eq!(first, AuthKey::new([2; 256]));
        used.insert(first.fingerprint());
        let second = profile.take_unbound(2, &used).unwrap();
        assert_eq!(second, AuthKey::new([3; 256]));
        used.insert(second.fingerprint());
        assert_eq!(profile.take_unbound(2, &used), None);
        assert_eq!(profile.take_unbound(1, &HashSet::new()), None);
    }

    #[test]
    fn a_profile_knows_its_own_addresses_and_logins() {
        let profile = Profile::parse(&text()).unwrap();
        assert_eq!(profile.address(1), "127.0.0.1:4001".parse().ok());
        assert_eq!(profile.address(4), None);
        assert_eq!(profile.signed_in().len(), 1);
        assert_eq!(profile.logins()[0].code, "12345");
        assert_eq!(profile.name(), "demo");
    }

    #[test]
    fn unusable_profiles_are_refused() {
        let no_dc = Profile::parse("name = \"x\"");
        assert!(matches!(no_dc, Err(ProfileError::NoDataCentre)));
        let short = text().replace(&"02".repeat(256), "0202");
        assert!(matches!(
            Profile::parse(&short),
            Err(ProfileError::BadKey(1))
        ));
        let stray = text().replace("dc = 2\nkey = \"03", "dc = 5\nkey = \"03");
        assert!(matches!(
            Profile::parse(&stray),
            Err(ProfileError::UnknownDataCentre(5))
        ));
        assert!(matches!(Profile::parse("]["), Err(ProfileError::Syntax(_))));
    }
}
