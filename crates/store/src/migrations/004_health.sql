-- What happened to accounts' connections, for their timeline.

CREATE TABLE health (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  at_ms INTEGER NOT NULL,
  is_state INTEGER NOT NULL,                -- 1: a change of state
  event TEXT NOT NULL                       -- JSON of HealthEvent
) STRICT;
CREATE INDEX health_of ON health (account_id, is_state, id);

-- The operator's own name for an account, and what else is set for it (JSON of AccountSettings,
-- without what has a column).
ALTER TABLE account ADD COLUMN label TEXT;
ALTER TABLE account ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
-- The operator holds up the fetching of older history.
ALTER TABLE account ADD COLUMN history_paused INTEGER NOT NULL DEFAULT 0;
