-- Texts that are kept for use again.

CREATE TABLE template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,              -- the name as names are compared
  category TEXT NOT NULL,
  versions TEXT NOT NULL,                   -- JSON, a list of TemplateVersion
  position INTEGER NOT NULL
) STRICT;

-- How often each was used. Kept beside it, so that a use is no change that is taken back, and kept
-- of one that was deleted, which may come back.
CREATE TABLE template_use (
  template_id INTEGER PRIMARY KEY,
  used INTEGER NOT NULL,
  used_ms INTEGER NOT NULL
) STRICT;
