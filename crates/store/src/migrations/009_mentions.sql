-- Who waits is asked often: what mentions an account of late, and whether the account wrote in that
-- group since. Neither index holds more than a small part of all messages, so that ingest does not
-- pay for them. Basic groups are small, and share their box with people: their own messages are
-- looked through as they are.
CREATE INDEX message_mentions ON message (mentioned, id) WHERE mentioned = 1;
CREATE INDEX message_own ON message (chat_id, message_id)
  WHERE out = 1 AND common_account IS NULL;
