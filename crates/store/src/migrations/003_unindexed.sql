-- Words of messages that message_words does not hold yet: writing the full-text index costs about
-- as much for one message as for fifty, so it is done for many at a time. Search reads both.
CREATE TABLE unindexed (
  row INTEGER PRIMARY KEY,                  -- message.id
  words TEXT NOT NULL                       -- as message_words takes them
) STRICT;
