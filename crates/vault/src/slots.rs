//! The file `keys.json`: the ways to get at a workspace's key.
//!
//! ```json
//! { "format": "switchboard keys", "version": 1, "body": {…}, "checksum": "…" }
//! ```
//!
//! The checksum (SHA-256 of the body as compact JSON) tells a damaged file from a wrong
//! passphrase; it is no protection against people, the slots' own encryption is. Nothing in the
//! file is secret by itself.

use std::fmt;
use std::path::Path;
use std::{fs, io};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use switchboard_model::SlotKind;

use crate::wrap::{PassphraseWrap, Wrapped};
use crate::{KeyringItem, MasterKey, VaultError, random, replace_file};

const FORMAT: &str = "switchboard keys";
const VERSION: u64 = 1;
/// A real file has a few hundred bytes.
const MAX_LEN: u64 = 1 << 20;

/// One slot with what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Slot {
    Keyring(KeyringItem),
    Passphrase(PassphraseWrap),
    Recovery(Wrapped),
}

impl Slot {
    pub(crate) const fn kind(&self) -> SlotKind {
        match self {
            Self::Keyring(_) => SlotKind::Keyring,
            Self::Passphrase(_) => SlotKind::Passphrase,
            Self::Recovery(_) => SlotKind::Recovery,
        }
    }
}

/// All slots of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slots {
    /// A random name of this workspace, under which the keyring holds its key.
    workspace: Hex<16>,
    /// [`MasterKey::fingerprint`] of the key that every slot leads to.
    fingerprint: Hex<16>,
    slots: Vec<Slot>,
}

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct Document {
    format: String,
    version: u64,
    body: Slots,
    checksum: Hex<32>,
}

impl Slots {
    /// No slots yet, for a new workspace with this key.
    pub(crate) fn new(key: &MasterKey) -> io::Result<Self> {
        Ok(Self {
            workspace: Hex(random::bytes()?),
            fingerprint: Hex(key.fingerprint()),
            slots: Vec::new(),
        })
    }

    /// Where the keyring holds, or would hold, this workspace's key.
    pub(crate) fn keyring_item(&self) -> KeyringItem {
        KeyringItem {
            service: "Switchboard".to_owned(),
            entry: format!("workspace {}", hex::encode(self.workspace.0)),
        }
    }

    /// Whether `key` is the one that these slots were made for.
    pub(crate) fn are_of(&self, key: &MasterKey) -> bool {
        self.fingerprint.0 == key.fingerprint()
    }

    pub(crate) fn kinds(&self) -> Vec<SlotKind> {
        self.slots.iter().map(Slot::kind).collect()
    }

    pub(crate) fn find(&self, kind: SlotKind) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind() == kind)
    }

    /// The keyring's item that a slot names.
    pub(crate) fn keyring_slot(&self) -> Option<&KeyringItem> {
        match self.find(SlotKind::Keyring) {
            Some(Slot::Keyring(item)) => Some(item),
            _ => None,
        }
    }

    /// Whether something that a person types opens the workspace.
    pub(crate) fn take_typed(&self) -> bool {
        self.find(SlotKind::Passphrase).is_some() || self.find(SlotKind::Recovery).is_some()
    }

    /// A random name of the workspace, in hexadecimal digits.
    pub(crate) fn workspace(&self) -> String {
        hex::encode(self.workspace.0)
    }

    /// Takes the slot of a kind away, unless it is the last one.
    ///
    /// # Errors
    /// [`VaultError::LastSlot`], [`VaultError::NoSuchSlot`].
    pub(crate) fn remove(&mut self, kind: SlotKind) -> Result<(), VaultError> {
        if self.find(kind).is_none() {
            return Err(VaultError::NoSuchSlot(kind));
        }
        if self.slots.len() == 1 {
            return Err(VaultError::LastSlot);
        }
        self.slots.retain(|slot| slot.kind() != kind);
        Ok(())
    }

    /// The same slots for a workspace of its own, without the keyring's: two workspaces that
    /// shared an item of the keyring would take it from each other.
    pub(crate) fn moved(&self) -> io::Result<Self> {
        let mut moved = self.clone();
        moved.workspace = Hex(random::bytes()?);
        moved.slots.retain(|slot| slot.kind() != SlotKind::Keyring);
        Ok(moved)
    }

    /// Adds a slot in place of one of the same kind.
    pub(crate) fn set(&mut self, slot: Slot) {
        self.slots.retain(|other| other.kind() != slot.kind());
        self.slots.push(slot);
    }

    /// The slots in the file at `path`; `None` if there is no such file.
    pub(crate) fn load(path: &Path) -> Result<Option<Self>, VaultError> {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
            Ok(metadata) if metadata.len() > MAX_LEN => {
                return Err(VaultError::DamagedSlots("it is too large"));
            }
            Ok(_) => {}
        }
        Self::parse(&fs::read(path)?).map(Some)
    }

    /// Replaces the file at `path`.
    pub(crate) fn save(&self, path: &Path) -> Result<(), VaultError> {
        Ok(replace_file(path, &self.to_text()?)?)
    }

    /// The file's content.
    pub(crate) fn to_text(&self) -> Result<Vec<u8>, VaultError> {
        let document = Document {
            format: FORMAT.to_owned(),
            version: VERSION,
            body: self.clone(),
            checksum: self.checksum()?,
        };
        let mut text = serde_json::to_vec_pretty(&document).map_err(io::Error::other)?;
        text.push(b'\n');
        Ok(text)
    }

    pub(crate) fn parse(text: &[u8]) -> Result<Self, VaultError> {
        // The header first: a newer version may have any body.
        let header: Header = serde_json::from_slice(text)
            .map_err(|_| VaultError::DamagedSlots("it is not a list of keys"))?;
        if header.format != FORMAT {
            return Err(VaultError::DamagedSlots("it is another kind of file"));
        }
        if header.version > VERSION {
            return Err(VaultError::Newer(header.version));
        }
        let document: Document = serde_json::from_slice(text)
            .map_err(|_| VaultError::DamagedSlots("it is incomplete"))?;
        if document.checksum != document.body.checksum()? {
            return Err(VaultError::DamagedSlots("its checksum is wrong"));
        }
        Ok(document.body)
    }

    fn checksum(&self) -> Result<Hex<32>, VaultError> {
        let body = serde_json::to_vec(self).map_err(io::Error::other)?;
        Ok(Hex(Sha256::digest(body).into()))
    }
}

/// `N` bytes, written as hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hex<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; N];
        hex::decode_to_slice(text, &mut bytes).map_err(D::Error::custom)?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Passphrase, RecoveryCode};

    fn full() -> Slots {
        let key = MasterKey::from_bytes([1; 32]);
        let mut slots = Slots::new(&key).unwrap();
        let passphrase = Passphrase::new("open sesame").unwrap();
        let code = RecoveryCode::generate().unwrap();
        slots.set(Slot::Keyring(slots.keyring_item()));
        slots.set(Slot::Passphrase(
            PassphraseWrap::new(&key, &passphrase).unwrap(),
        ));
        slots.set(Slot::Recovery(Wrapped::for_recovery(&key, &code).unwrap()));
        slots
    }

    #[test]
    fn what_is_saved_loads() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        assert!(Slots::load(&path).unwrap().is_none());
        let slots = full();
        slots.save(&path).unwrap();
        assert_eq!(Slots::load(&path).unwrap().unwrap(), slots);
        let kinds = [SlotKind::Keyring, SlotKind::Passphrase, SlotKind::Recovery];
        assert_eq!(slots.kinds(), kinds);
    }

    #[test]
    fn a_slot_takes_the_place_of_its_kind() {
        let mut slots = full();
        slots.set(Slot::Keyring(slots.keyring_item()));
        assert_eq!(slots.kinds().len(), 3);
    }

    /// Every byte of the file matters; white space and the letter case of digits are the
    /// exceptions that JSON and hexadecimal digits allow.
    #[test]
    fn damage_anywhere_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let slots = full();
        slots.save(&path).unwrap();
        let good = fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x04;
            match Slots::parse(&bad) {
                Ok(same) => assert_eq!(same, slots, "byte {at}"),
                Err(VaultError::DamagedSlots(_) | VaultError::Newer(_)) => {}
                Err(other) => panic!("byte {at}: {other}"),
            }
        }
        for length in 0..good.len() - 1 {
            let cut = Slots::parse(&good[..length]);
            assert!(matches!(cut, Err(VaultError::DamagedSlots(_))), "{length}");
        }
    }

    #[test]
    fn a_newer_file_is_named_whatever_it_holds() {
        let text = br#"{"format":"switchboard keys","version":7,"vault":[1,2,3]}"#;
        assert!(matches!(Slots::parse(text), Err(VaultError::Newer(7))));
    }

    #[test]
    fn other_files_are_not_taken_for_keys() {
        for text in [
            &b""[..],
            b"{}",
            b"[]",
            b"\0\0\0\0",
            br#"{"format":"x","version":1}"#,
        ] {
            assert!(matches!(
                Slots::parse(text),
                Err(VaultError::DamagedSlots(_))
            ));
        }
    }
}
