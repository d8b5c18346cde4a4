-- What the operator says of people and chats. A subject is a person (Telegram's user id) or one chat
-- (its id, negated).

CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,              -- the name as names are compared
  colour TEXT NOT NULL,
  reach TEXT NOT NULL,                      -- JSON of TagReach
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE tagged (
  subject INTEGER NOT NULL,
  tag_id INTEGER NOT NULL REFERENCES tag (id),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (subject, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_with ON tagged (tag_id);

CREATE TABLE status (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  builtin TEXT UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  icon TEXT NOT NULL,
  colour TEXT NOT NULL,
  kind TEXT NOT NULL,                       -- JSON of StatusKind
  position INTEGER NOT NULL
) STRICT;
-- Built-in ones have no name until the operator gives one: the window's language names them.
INSERT INTO status (id, builtin, name, folded, icon, colour, kind, position) VALUES
  (1, 'new', '', '!new', 'sparkles', 'blue', '"open"', 0),
  (2, 'in_progress', '', '!in_progress', 'loader', 'amber', '"open"', 1),
  (3, 'waiting', '', '!waiting', 'hourglass', 'violet', '"waiting"', 2),
  (4, 'done', '', '!done', 'check', 'green', '"closed"', 3),
  (5, 'lost', '', '!lost', 'x', 'red', '"closed"', 4);

-- The operator's marks of a chat; no row where there are none.
CREATE TABLE chat_mark (
  chat_id INTEGER PRIMARY KEY REFERENCES chat (id),
  status_id INTEGER REFERENCES status (id),
  status_ms INTEGER,
  pinned_ms INTEGER,
  snoozed_until_ms INTEGER,
  unless_reply INTEGER NOT NULL             -- a message of theirs ends the snooze
) STRICT;
CREATE INDEX chat_mark_status ON chat_mark (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX chat_mark_snoozed ON chat_mark (snoozed_until_ms) WHERE snoozed_until_ms IS NOT NULL;

CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject INTEGER NOT NULL,
  text TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  edited_ms INTEGER
) STRICT;
CREATE INDEX note_of ON note (subject);

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id INTEGER NOT NULL REFERENCES chat (id),
  kind TEXT NOT NULL,                       -- JSON of TaskKind
  text TEXT NOT NULL,
  message_id INTEGER,
  due_ms INTEGER,
  created_ms INTEGER NOT NULL,
  done_ms INTEGER,
  told_ms INTEGER                           -- when the operator was reminded
) STRICT;
CREATE INDEX task_of ON task (chat_id);
CREATE INDEX task_open ON task (due_ms) WHERE done_ms IS NULL;

CREATE TABLE field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  builtin TEXT UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                       -- JSON of FieldKind
  options TEXT NOT NULL,                    -- JSON, a list of texts
  remind INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
INSERT INTO field (id, builtin, name, folded, kind, options, remind, position) VALUES
  (1, 'language', '', '!language', '"text"', '[]', 0, 0),
  (2, 'time_zone', '', '!time_zone', '"text"', '[]', 0, 1),
  (3, 'source', '', '!source', '"text"', '[]', 0, 2);

CREATE TABLE field_value (
  subject INTEGER NOT NULL,
  field_id INTEGER NOT NULL REFERENCES field (id),
  value TEXT NOT NULL,
  guessed INTEGER NOT NULL,
  PRIMARY KEY (subject, field_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX field_value_of ON field_value (field_id);

CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  icon TEXT NOT NULL,
  filter TEXT NOT NULL,                     -- JSON of Filter
  ordering TEXT NOT NULL,                   -- JSON of Order
  position INTEGER NOT NULL
) STRICT;

-- What was done, for ever; and for the last of them how to take it back.
CREATE TABLE deed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,                      -- JSON of Actor
  kind TEXT NOT NULL,                       -- JSON of DeedKind
  what TEXT,
  changed INTEGER NOT NULL,
  images TEXT,                              -- JSON: every changed row before and after
  undone_ms INTEGER
) STRICT;
CREATE TABLE deed_chat (
  chat_id INTEGER NOT NULL,
  deed_id INTEGER NOT NULL REFERENCES deed (id),
  PRIMARY KEY (chat_id, deed_id)
) STRICT, WITHOUT ROWID;

-- Whether a chat's newest message is the account's own, and since when the operator owes an answer.
ALTER TABLE chat ADD COLUMN last_out INTEGER;
ALTER TABLE chat ADD COLUMN waiting_since INTEGER;
UPDATE chat SET last_out = m.out, waiting_since = iif(m.out, NULL, c.last_date)
FROM message m JOIN chat c ON m.chat_id = c.id AND m.message_id = c.last_id
WHERE chat.id = c.id AND m.kind <> 17;      -- a note of the service is nobody's message

-- Lists are made of a table in memory, which any filter can read; nothing reads this index any more.
DROP INDEX chat_list;
