//! Peers as an account sees them.

use rusqlite::{Connection, OptionalExtension, Row, params};
use switchboard_model::{AccountId, ChatKind, PeerFact, PeerId, PeerKind, PeerPhoto, PhotoRef};

use crate::{
    PeerKey, PeerRow, Reader, Result, Tx,
    columns::{Columns, Number},
};

/// What of a peer is stored, as facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    kind: ChatKind,
    access_hash: Option<i64>,
    min: bool,
    name: String,
    first_name: Option<String>,
    username: Option<String>,
    phone: Option<String>,
    photo: Option<PeerPhoto>,
    contact: bool,
    mutual_contact: bool,
    deleted: bool,
    can_write: bool,
    kept: bool,
    members: Option<u32>,
    moved_to: Option<PeerId>,
}

impl Stored {
    /// What a fact alone tells. A shortened constructor's access hash opens nothing but its photo
    /// (<https://core.telegram.org/api/min>), so it is not kept.
    fn from_fact(fact: &PeerFact) -> Self {
        Self {
            kind: fact.kind,
            access_hash: fact.access_hash.filter(|_| !fact.min),
            min: fact.min,
            name: fact.name.clone(),
            first_name: fact.first_name.clone(),
            username: fact.username.clone(),
            phone: fact.phone.clone(),
            photo: fact.photo.clone(),
            contact: fact.contact,
            mutual_contact: fact.mutual_contact,
            deleted: fact.deleted,
            can_write: fact.can_write,
            kept: fact.kept(),
            members: fact.members,
            moved_to: fact.moved_to,
        }
    }

    /// What is known after a fact: what it leaves out stays.
    fn after(&self, fact: &PeerFact) -> Self {
        if fact.min && !self.min {
            return self.clone();
        }
        let told = Self::from_fact(fact);
        Self {
            access_hash: told.access_hash.or(self.access_hash),
            members: told.members.or(self.members),
            moved_to: told.moved_to.or(self.moved_to),
            ..told
        }
    }
}

/// What a changed peer means for its chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PeerChange {
    pub(crate) peer: PeerId,
    pub(crate) kind: ChatKind,
    pub(crate) kept: bool,
    pub(crate) moved: bool,
    pub(crate) renamed: bool,
}

const STORED: &str = "\
SELECT kind, access_hash, min, name, username, phone, photo, photo_dc, contact, mutual_contact,
  deleted, can_write, kept, members, moved_to, first_name
FROM peer WHERE account_id = ?1 AND peer_id = ?2";

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let mut columns = Columns::of(row);
    Ok(Stored {
        kind: columns.next::<Number<ChatKind>>()?.0,
        access_hash: columns.next()?,
        min: columns.next()?,
        name: columns.next()?,
        username: columns.next()?,
        phone: columns.next()?,
        photo: {
            let id: Option<String> = columns.next()?;
            let dc: Option<i32> = columns.next()?;
            id.zip(dc).map(|(id, dc)| PeerPhoto {
                photo: PhotoRef { id },
                dc,
            })
        },
        contact: columns.next()?,
        mutual_contact: columns.next()?,
        deleted: columns.next()?,
        can_write: columns.next()?,
        kept: columns.next()?,
        members: columns.next()?,
        moved_to: columns.next::<Option<i64>>()?.map(PeerId),
        first_name: columns.next()?,
    })
}

/// Stores what a fact tells; `None` where it tells nothing new.
pub(crate) fn apply(
    conn: &Connection,
    account: AccountId,
    fact: &PeerFact,
) -> Result<Option<PeerChange>> {
    let known = conn
        .prepare_cached(STORED)?
        .query_row([account.0, fact.peer.0], stored)
        .optional()?;
    let new = known
        .as_ref()
        .map_or_else(|| Stored::from_fact(fact), |known| known.after(fact));
    if known.as_ref() == Some(&new) {
        return Ok(None);
    }
    let named = |s: &Stored| (s.name.clone(), s.username.clone());
    let change = PeerChange {
        peer: fact.peer,
        kind: new.kind,
        kept: new.kept,
        moved: new.moved_to.is_some(),
        renamed: known.as_ref().map(named) != Some(named(&new)),
    };
    write(conn, account, fact.peer, &new)?;
    Ok(Some(change))
}

fn write(conn: &Connection, account: AccountId, peer: PeerId, new: &Stored) -> Result<()> {
    let sql = "\
INSERT INTO peer (account_id, peer_id, kind, access_hash, min, name, username, phone, photo,
  photo_dc, contact, mutual_contact, deleted, can_write, kept, members, moved_to,
  first_name)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
ON CONFLICT (account_id, peer_id) DO UPDATE SET
  kind = excluded.kind, access_hash = excluded.access_hash, min = excluded.min,
  name = excluded.name, username = excluded.username, phone = excluded.phone,
  photo = excluded.photo, photo_dc = excluded.photo_dc, contact = excluded.contact,
  mutual_contact = excluded.mutual_contact, deleted = excluded.deleted,
  can_write = excluded.can_write, kept = excluded.kept, members = excluded.members,
  moved_to = excluded.moved_to, first_name = excluded.first_name";
    conn.prepare_cached(sql)?.execute(params![
        account.0,
        peer.0,
        Number(new.kind),
        new.access_hash,
        new.min,
        new.name,
        new.username,
        new.phone,
        new.photo.as_ref().map(|photo| &photo.photo.id),
        new.photo.as_ref().map(|photo| photo.dc),
        new.contact,
        new.mutual_contact,
        new.deleted,
        new.can_write,
        new.kept,
        new.members,
        new.moved_to.map(|peer| peer.0),
        new.first_name,
    ])?;
    Ok(())
}

/// Name and username.
pub(crate) type Names = (String, Option<String>);

/// A peer's names, where it is known.
pub(crate) fn names(conn: &Connection, account: AccountId, peer: PeerId) -> Result<Option<Names>> {
    let sql = "SELECT name, username FROM peer WHERE account_id = ?1 AND peer_id = ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let row = statement.query_row([account.0, peer.0], |r| Ok((r.get(0)?, r.get(1)?)));
    Ok(row.optional()?)
}

/// What decides whether a peer's messages make a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) kind: ChatKind,
    pub(crate) kept: bool,
    pub(crate) moved: bool,
}

/// A peer's standing. An unknown person or basic group is kept, for a private chat needs no
/// introduction; an unknown channel is not.
pub(crate) fn standing(
    conn: &Connection,
    account: AccountId,
    own_user: i64,
    peer: PeerId,
) -> Result<Standing> {
    let sql = "\
SELECT kind, kept, moved_to IS NOT NULL FROM peer WHERE account_id = ?1 AND peer_id = ?2";
    let known = conn
        .prepare_cached(sql)?
        .query_row([account.0, peer.0], |row| {
            Ok(Standing {
                kind: row.get::<_, Number<ChatKind>>(0)?.0,
                kept: row.get(1)?,
                moved: row.get(2)?,
            })
        })
        .optional()?;
    let (kind, kept) = match peer.kind() {
        PeerKind::User(id) if id == own_user => (ChatKind::Saved, true),
        PeerKind::User(_) => (ChatKind::Person, true),
        PeerKind::Group(_) => (ChatKind::Group, true),
        PeerKind::Channel(_) => (ChatKind::Supergroup, false),
    };
    Ok(known.unwrap_or(Standing {
        kind,
        kept,
        moved: false,
    }))
}

impl Reader<'_> {
    /// A stored peer.
    ///
    /// # Errors
    /// Those of reading.
    pub fn peer(&self, id: AccountId, peer: PeerId) -> Result<Option<PeerRow>> {
        let mut statement = self.conn.prepare_cached(STORED)?;
        let known = statement.query_row([id.0, peer.0], stored).optional()?;
        let sql = "SELECT about FROM peer WHERE account_id = ?1 AND peer_id = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let about = statement
            .query_row([id.0, peer.0], |r| r.get(0))
            .optional()?;
        Ok(known.map(|known| PeerRow {
            key: PeerKey {
                peer,
                access_hash: known.access_hash,
                kind: known.kind,
            },
            name: known.name,
            username: known.username,
            photo: known.photo.as_ref().map(|photo| photo.photo.id.clone()),
            photo_dc: known.photo.map(|photo| photo.dc),
            about: about.flatten(),
            kept: known.kept,
            moved_to: known.moved_to,
        }))
    }

    /// Every peer that the account can address: those with an access hash, and basic groups.
    ///
    /// # Errors
    /// Those of reading.
    pub fn peer_keys(&self, id: AccountId) -> Result<Vec<PeerKey>> {
        let sql = "\
SELECT peer_id, access_hash, kind FROM peer
WHERE account_id = ?1 AND (access_hash IS NOT NULL OR kind = ?2)";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![id.0, Number(ChatKind::Group)], |row| {
            Ok(PeerKey {
                peer: PeerId(row.get(0)?),
                access_hash: row.get(1)?,
                kind: row.get::<_, Number<ChatKind>>(2)?.0,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Notes a peer's bio or description and, where told, its number of members.
    ///
    /// # Errors
    /// Those of writing.
    pub fn set_about(
        &self,
        id: AccountId,
        peer: PeerId,
        about: Option<&str>,
        members: Option<u32>,
    ) -> Result<()> {
        let sql = "\
UPDATE peer SET about = ?3, members = ifnull(?4, members) WHERE account_id = ?1 AND peer_id = ?2";
        let values = params![id.0, peer.0, about, members];
        self.conn.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
