-- Newest message that the server's count of unread messages covered, so that a message that comes
-- by two ways, or late, is counted once.
ALTER TABLE chat ADD COLUMN counted_to INTEGER NOT NULL DEFAULT 0;
UPDATE chat SET counted_to = last_id;
