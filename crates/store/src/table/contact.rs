//! The person or group behind a chat.

use rusqlite::{OptionalExtension, params};
use switchboard_model::{
    AccountId, ChatId, ChatKind, Contact, PeerId, PeerKind, PhotoRef, RowId, SharedChat,
};

use crate::{
    Reader, Result,
    columns::{Columns, Number},
    table::message,
};

impl Reader<'_> {
    /// What is known of the other end of a chat, and the same person's other chats.
    ///
    /// # Errors
    /// Those of reading.
    pub fn contact(&self, chat: ChatId) -> Result<Option<Contact>> {
        let sql = "\
SELECT c.peer_id, c.kind, ifnull(p.name, ''), p.username, p.phone, p.about, p.photo, p.members,
  c.messages, (SELECT m.id FROM message m WHERE m.chat_id = c.id ORDER BY m.message_id LIMIT 1)
FROM chat c LEFT JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id
WHERE c.id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let contact = statement.query_row([chat.0], |row| {
            let mut columns = Columns::of(row);
            Ok(Contact {
                peer: PeerId(columns.next()?),
                kind: columns.next::<Number<ChatKind>>()?.0,
                name: columns.next()?,
                username: columns.next()?,
                phone: columns.next()?,
                about: columns.next()?,
                photo: columns.next::<Option<String>>()?.map(|id| PhotoRef { id }),
                members: columns.next()?,
                messages: columns.next()?,
                first_date: columns
                    .next::<Option<i64>>()?
                    .map(|row| message::date_of(RowId(row))),
                elsewhere: Vec::new(),
            })
        });
        let Some(mut contact) = contact.optional()? else {
            return Ok(None);
        };
        // Saved Messages have the account's own user as their peer, which is nobody to meet.
        let person = matches!(contact.peer.kind(), PeerKind::User(_));
        if person && contact.kind != ChatKind::Saved {
            contact.elsewhere = self.shared_chats(chat, contact.peer)?;
        }
        Ok(Some(contact))
    }

    fn shared_chats(&self, chat: ChatId, peer: PeerId) -> Result<Vec<SharedChat>> {
        let sql = "\
SELECT c.id, c.account_id, ifnull(p.name, ''), iif(c.last_id = 0, NULL, c.last_date), c.unread
FROM chat c JOIN account a ON a.id = c.account_id AND a.removed = 0
LEFT JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id
WHERE c.peer_id = ?1 AND c.id <> ?2 AND c.kind <> ?3
ORDER BY a.position, a.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![peer.0, chat.0, Number(ChatKind::Saved)];
        let rows = statement.query_map(values, |row| {
            Ok(SharedChat {
                chat: ChatId(row.get(0)?),
                account: AccountId(row.get(1)?),
                title: row.get(2)?,
                last_date: row.get(3)?,
                unread: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
