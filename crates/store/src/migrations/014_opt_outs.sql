-- Since which day somebody wants no messages that go to many. A field like any other, so that it is
-- noted, found, listed, undone, exported and imported as they are.
INSERT INTO field (builtin, name, folded, kind, options, remind, position)
SELECT 'opted_out', '', '!opted_out', '"date"', '[]', 0, coalesce(max(position) + 1, 0) FROM field;
