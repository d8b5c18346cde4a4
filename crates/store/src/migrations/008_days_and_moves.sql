-- Days that are noted of people may raise follow-ups. `field.remind`: 0 never, 1 when the day comes,
-- 2 every year.

-- Which days did already, so that one that was deleted does not come again.
CREATE TABLE field_told (
  subject INTEGER NOT NULL,
  field_id INTEGER NOT NULL,
  day TEXT NOT NULL,                        -- YYYY-MM-DD
  PRIMARY KEY (subject, field_id, day)
) STRICT, WITHOUT ROWID;

-- Month and day of a value.
CREATE INDEX field_value_day ON field_value (field_id, substr(value, 6));

-- Groups that became supergroups.
CREATE INDEX peer_moved ON peer (account_id) WHERE moved_to IS NOT NULL;

-- A search for a part of a phone number reads all of them, and nothing else.
CREATE INDEX peer_phone ON peer (phone) WHERE phone IS NOT NULL;

-- Who is in the contacts of an account.
CREATE INDEX peer_contact ON peer (account_id, peer_id) WHERE contact = 1;

-- Folders of chats, as Telegram keeps them.
CREATE TABLE folder (
  account_id INTEGER NOT NULL REFERENCES account (id),
  folder_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,                       -- JSON of FolderRule
  PRIMARY KEY (account_id, folder_id)
) STRICT, WITHOUT ROWID;
