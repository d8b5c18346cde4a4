"""A message store as somebody would write it with Python's sqlite3.

Its tables are the program's own, taken from the same migrations, without what SQLite 3.40 does not
know (`contentless_delete`) and without encryption. It does the same for a message: skips what is
stored already, keeps the words normalised for search, and keeps the counters that the inbox reads.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Callable, Iterable, Sequence

from rows import Row

ACCOUNT = 1
QUARTER = 900
SEQUENCE_BITS = 20
MIGRATIONS = Path(__file__).parents[2] / "crates/store/src/migrations"
WORD = re.compile(r"[^\W_]+")

ADD_ACCOUNT = """
INSERT OR IGNORE INTO account (id, user_id, name, colour, position, connection, state, since_ms)
VALUES (?, 1, 'Bench', 0, 0, '{}', '{}', 0)"""
ADD_CHAT = "INSERT OR IGNORE INTO chat (id, account_id, peer_id, kind, created_ms) VALUES (?, ?, ?, 0, 0)"
IS_STORED = "SELECT 1 FROM message WHERE chat_id = ? AND message_id = ?"
ADD_MESSAGE = """
INSERT INTO message (id, chat_id, message_id, common_account, sender, out, kind, text, mentioned)
VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0)"""
ADD_WORDS = "INSERT INTO message_words (rowid, words) VALUES (?, ?)"
UPDATE_CHAT = """
UPDATE chat SET messages = messages + ?, unread = unread + ?, last_id = ?, last_date = ?,
  activity = ? WHERE id = ?"""
UPDATE_ACCOUNT = "UPDATE account SET messages = messages + ?, unread = unread + ? WHERE id = ?"
ADD_TO_QUARTER = """
INSERT INTO quarter (account_id, start, received, sent) VALUES (?, ?, ?, ?)
ON CONFLICT (account_id, start)
DO UPDATE SET received = received + excluded.received, sent = sent + excluded.sent"""


def open_store(path: Path) -> sqlite3.Connection:
    """Opens a new database with the program's tables and settings."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute("PRAGMA wal_autocheckpoint = 4096")
    conn.execute("PRAGMA cache_size = -65536")
    conn.execute("PRAGMA foreign_keys = ON")
    for migration in sorted(MIGRATIONS.glob("*.sql")):
        text = migration.read_text(encoding="utf-8")
        conn.executescript(text.replace("contentless_delete=1, ", ""))
    conn.execute(ADD_ACCOUNT, (ACCOUNT,))
    return conn


def transaction(conn: sqlite3.Connection, job: Callable[[], object]) -> None:
    """Runs a job as one transaction."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        job()
    except BaseException:
        conn.execute("ROLLBACK")
        raise
    conn.execute("COMMIT")


def add_chats(conn: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Adds chats without messages."""
    transaction(conn, lambda: conn.executemany(ADD_CHAT, [(id, ACCOUNT, id) for id in ids]))


def add_messages(conn: sqlite3.Connection, batch: Sequence[Row]) -> None:
    """Stores a batch with its search entries and counters in one transaction."""
    transaction(conn, lambda: write(conn, batch))


def row_id(row: Row) -> int:
    """Sorts by date, then by Telegram's id."""
    return (row.date << SEQUENCE_BITS) | (row.message_id & ((1 << SEQUENCE_BITS) - 1))


def write(conn: sqlite3.Connection, batch: Sequence[Row]) -> None:
    fresh = sorted(
        ((row_id(row), row) for row in batch
         if conn.execute(IS_STORED, (row.chat, row.message_id)).fetchone() is None),
        key=lambda keyed: keyed[0])
    conn.executemany(ADD_MESSAGE, [
        (id, row.chat, row.message_id, ACCOUNT if row.common else None, row.sender, row.out, row.text)
        for id, row in fresh])
    conn.executemany(ADD_WORDS, [(-id, words(row)) for id, row in reversed(fresh)])
    count(conn, [row for _, row in fresh])


def count(conn: sqlite3.Connection, fresh: Sequence[Row]) -> None:
    """Brings the counters up to date, once for a batch."""
    received, sent, messages, unread, last = Counter(), Counter(), Counter(), Counter(), {}
    for row in fresh:
        (sent if row.out else received)[row.date - row.date % QUARTER] += 1
        messages[row.chat] += 1
        unread[row.chat] += not row.out
        last[row.chat] = row
    conn.executemany(UPDATE_CHAT, [
        (messages[chat], unread[chat], row.message_id, row.date, row.date, chat)
        for chat, row in last.items()])
    conn.execute(UPDATE_ACCOUNT, (messages.total(), unread.total(), ACCOUNT))
    conn.executemany(ADD_TO_QUARTER, [
        (ACCOUNT, start, received[start], sent[start]) for start in received.keys() | sent.keys()])


def words(row: Row) -> str:
    """The text's words with a token for the account and one for the chat."""
    found = (fold(word) for word in WORD.findall(row.text.lower()))
    return " ".join([f"\ue000a{ACCOUNT}", f"\ue000c{row.chat}", *found])


def fold(word: str) -> str:
    """Without diacritics, but for those of й and ї, which are letters of their own."""
    if word.isascii():
        return word
    return "".join(
        c if c in "йї" else unicodedata.normalize("NFKD", c)[0] for c in word)
