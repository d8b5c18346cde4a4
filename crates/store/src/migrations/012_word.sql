-- Every word that message_words holds, once, so that the words with some beginning can be named. The
-- index tells them too, but only by opening a walk through all of its parts for each: 0.5 ms of CPU a
-- word at 1M messages, where a page of this table has all of them.
CREATE TABLE word (text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
DROP TABLE message_terms;
CREATE VIRTUAL TABLE message_terms USING fts5vocab (message_words, row);
-- Without the tokens that name accounts and chats (U+E000).
INSERT INTO word (text) SELECT term FROM message_terms WHERE substr(term, 1, 1) <> char(57344);
