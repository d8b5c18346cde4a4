-- How many messages of a chat have media of each kind: a list of the chats with photos, say, is then
-- made of the chats alone, and a message that goes, or becomes a text, is counted out without looking
-- for others like it. An index of all media would cost ingest more. A round video is both a video
-- and a voice message.
ALTER TABLE chat ADD COLUMN photos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN videos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN voices INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN audios INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
-- In the order of the rows: by chat, each would be looked up on its own.
UPDATE chat SET photos = had.photos, videos = had.videos, voices = had.voices,
  audios = had.audios, files = had.files
FROM (SELECT chat_id, sum(kind = 1) AS photos, sum(kind IN (2, 3, 6)) AS videos,
    sum(kind IN (3, 4)) AS voices, sum(kind = 5) AS audios, sum(kind = 8) AS files
  FROM message NOT INDEXED WHERE kind IN (1, 2, 3, 4, 5, 6, 8) GROUP BY chat_id) AS had
WHERE chat.id = had.chat_id;
