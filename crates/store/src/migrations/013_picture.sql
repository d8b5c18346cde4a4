-- Pictures of messages that are gone or show another one now, until the cache has removed them.
CREATE TABLE picture_gone (name TEXT PRIMARY KEY) WITHOUT ROWID;
