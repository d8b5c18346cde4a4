-- Accounts, peers, chats, messages, search, the outbox and their counters.

-- One row: whether the last process to hold the file closed it in order.
CREATE TABLE run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  clean INTEGER NOT NULL
) STRICT;
INSERT INTO run (id, clean) VALUES (1, 1);

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL UNIQUE,          -- negated while the account is being removed
  removed INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  username TEXT,
  phone TEXT,
  colour INTEGER NOT NULL,
  position INTEGER NOT NULL,
  photo TEXT,
  connection TEXT NOT NULL,                 -- JSON of ConnectionRecord
  state TEXT NOT NULL,                      -- JSON of AccountState
  since_ms INTEGER NOT NULL,
  unread INTEGER NOT NULL DEFAULT 0,        -- in listed chats neither muted (ever) nor archived
  messages INTEGER NOT NULL DEFAULT 0,
  chats INTEGER NOT NULL DEFAULT 0,
  chats_open INTEGER NOT NULL DEFAULT 0,    -- chats that have holes
  pts INTEGER NOT NULL DEFAULT 0,
  qts INTEGER NOT NULL DEFAULT 0,
  date INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE channel_pts (
  account_id INTEGER NOT NULL REFERENCES account (id),
  channel_id INTEGER NOT NULL,
  pts INTEGER NOT NULL,
  PRIMARY KEY (account_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE peer (
  account_id INTEGER NOT NULL REFERENCES account (id),
  peer_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  access_hash INTEGER,
  min INTEGER NOT NULL,                     -- only a shortened constructor was seen
  name TEXT NOT NULL,
  username TEXT,
  phone TEXT,
  photo TEXT,
  photo_dc INTEGER,
  contact INTEGER NOT NULL,
  mutual_contact INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  can_write INTEGER NOT NULL,
  kept INTEGER NOT NULL,                    -- whether its messages are stored
  members INTEGER,
  moved_to INTEGER,
  about TEXT,
  PRIMARY KEY (account_id, peer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE chat (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  peer_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  listed INTEGER NOT NULL DEFAULT 1,        -- 0: no dialog at the server, or goes on in a supergroup
  pinned INTEGER,
  rank INTEGER NOT NULL DEFAULT 1000000,    -- pinned, or behind every pinned one
  archived INTEGER NOT NULL DEFAULT 0,
  muted_until INTEGER,
  unread INTEGER NOT NULL DEFAULT 0,
  unread_mark INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  read_in INTEGER NOT NULL DEFAULT 0,
  read_out INTEGER NOT NULL DEFAULT 0,
  last_id INTEGER NOT NULL DEFAULT 0,       -- newest stored message; 0 where there is none
  last_date INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  holes INTEGER NOT NULL DEFAULT 0,
  activity INTEGER NOT NULL DEFAULT 0,      -- newest of message, draft and outgoing, Unix seconds
  draft TEXT,                               -- JSON of Draft
  created_ms INTEGER NOT NULL,
  UNIQUE (account_id, peer_id)
) STRICT;
-- Holds all that a list's filter asks for, so that the ordered keys come from the index alone.
CREATE INDEX chat_list ON chat
  (archived, rank, activity DESC, id DESC, account_id, kind, unread, unread_mark)
  WHERE listed = 1;
CREATE INDEX chat_muted ON chat (account_id, muted_until, unread)
  WHERE muted_until IS NOT NULL AND listed = 1 AND archived = 0;
CREATE INDEX chat_pinned ON chat (account_id, archived) WHERE pinned IS NOT NULL;
CREATE INDEX chat_person ON chat (peer_id);

CREATE TABLE message (
  id INTEGER PRIMARY KEY,                   -- date << 20 | sequence
  chat_id INTEGER NOT NULL REFERENCES chat (id),
  message_id INTEGER NOT NULL,
  common_account INTEGER,                   -- whose common box numbers it; NULL in channels
  sender INTEGER,
  out INTEGER NOT NULL,
  edit_date INTEGER,
  kind INTEGER NOT NULL,
  text TEXT NOT NULL,
  line TEXT,
  entities TEXT,                            -- JSON
  reply_to INTEGER,
  forwarded_from TEXT,
  album INTEGER,
  media TEXT,                               -- JSON
  file TEXT,                                -- JSON, without the reference
  file_reference BLOB,
  mentioned INTEGER NOT NULL,
  expires INTEGER
) STRICT;
-- Telegram's ids order a chat, and name a message in it.
CREATE UNIQUE INDEX message_in_chat ON message (chat_id, message_id);
-- A deletion in the common box names no chat.
CREATE UNIQUE INDEX message_in_box ON message (common_account, message_id)
  WHERE common_account IS NOT NULL;
CREATE INDEX message_expires ON message (expires) WHERE expires IS NOT NULL;

-- Normalised words; a token per account and per chat narrows a search. Row ids are the messages',
-- negated: newest first is then the order in which FTS5 can leap over stretches of a list.
-- Measured at 1M messages: without the prefix indexes a query of two letters takes 65 ms of CPU
-- instead of 0.6; they cost a quarter of the speed of ingest. A list of four letters too would cost
-- another 13 % (55,000 to 48,000 messages a second) and 14 % more file, and takes the 99th of 100
-- drawn searches from 3.5 to 3.3 ms only: longer beginnings are sifted from the list of three.
-- Without positions (detail=none) ingest is 5 % faster at best, and phrases could not be asked for.
CREATE VIRTUAL TABLE message_words USING fts5
  (words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
-- A page of the index has to fit a page of the file beside SQLCipher's 48 bytes, or each one would
-- need an overflow page.
INSERT INTO message_words (message_words, rank) VALUES ('pgsz', 3990);
-- The words that the index has, so that a beginning can be spelled out.
CREATE VIRTUAL TABLE message_terms USING fts5vocab (message_words, instance);
CREATE VIRTUAL TABLE chat_words USING fts5
  (words, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');

-- Ids whose deletion was told within the last minutes: a page of history that was on its way
-- meanwhile still has them.
CREATE TABLE just_deleted (
  account_id INTEGER NOT NULL REFERENCES account (id),
  box_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, box_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX just_deleted_at ON just_deleted (at_ms);

CREATE TABLE hole (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  chat_id INTEGER NOT NULL REFERENCES chat (id),
  high INTEGER NOT NULL,                    -- exclusive
  low INTEGER NOT NULL,                     -- exclusive
  stage INTEGER NOT NULL,                   -- 0: the newest page is missing, 1: older ones
  priority INTEGER NOT NULL                 -- the chat's activity
) STRICT;
CREATE INDEX hole_next ON hole (account_id, stage, priority DESC, id);
CREATE INDEX hole_chat ON hole (chat_id);

CREATE TABLE outgoing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  chat_id INTEGER NOT NULL REFERENCES chat (id),
  text TEXT NOT NULL,                       -- emptied once it is sent
  text_hash BLOB NOT NULL,                  -- SHA-256
  entities TEXT,
  reply_to INTEGER,
  random_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  code TEXT,
  message_id INTEGER,
  due_ms INTEGER,                           -- NULL while a request is on the wire, or nothing is due
  attempts INTEGER NOT NULL DEFAULT 0,
  ambiguous_since_ms INTEGER,
  created_ms INTEGER NOT NULL,
  UNIQUE (account_id, random_id)
) STRICT;
-- States 1 to 4 are those that still have to reach the server: queued, sending, retry, ambiguous.
CREATE INDEX outgoing_due ON outgoing (account_id, due_ms, id, chat_id)
  WHERE state BETWEEN 1 AND 4;
CREATE INDEX outgoing_unsent ON outgoing (chat_id, id) WHERE state BETWEEN 1 AND 4;
-- States up to 5 are shown in the chat: those, held and failed.
CREATE INDEX outgoing_shown ON outgoing (chat_id, id) WHERE state <= 5;

CREATE TABLE flood (
  account_id INTEGER NOT NULL REFERENCES account (id),
  method TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, method)
) STRICT, WITHOUT ROWID;

-- Messages per account and quarter of an hour (UTC), so that any time zone's days can be summed.
CREATE TABLE quarter (
  account_id INTEGER NOT NULL REFERENCES account (id),
  start INTEGER NOT NULL,                   -- Unix seconds, a multiple of 900
  received INTEGER NOT NULL DEFAULT 0,
  sent INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL                       -- JSON
) STRICT, WITHOUT ROWID;
