-- Newest message that `unread` covers: a message that comes by two ways is counted once.
ALTER TABLE chat ADD COLUMN counted_to INTEGER NOT NULL DEFAULT 0;
UPDATE chat SET counted_to = last_id;
