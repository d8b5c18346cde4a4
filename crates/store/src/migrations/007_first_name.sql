-- The part of a person's name that is the first name; unknown until Telegram tells of the person
-- again.
ALTER TABLE peer ADD COLUMN first_name TEXT;
