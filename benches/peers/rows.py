"""The messages that every ingest bench takes in: the same rows from the same seed, in any language.

Defined in benches/README.md, so that the program's own bench makes equal rows; `rows_hash` tells
whether it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

MASK = (1 << 64) - 1
CHATS = 500
WORDS = (Path(__file__).parent.parent / "words.txt").read_text(encoding="utf-8").split()
BEGIN = 1_700_000_000
"""Unix seconds of the first message."""
HASHED_ROWS = 1_000


@dataclass(slots=True)
class Row:
    """One message of account 1."""

    chat: int
    message_id: int
    sender: int
    out: bool
    date: int
    text: str
    common: bool = True
    """Numbered in the account's common box, as everything but channels is."""


class SplitMix64:
    """Steele, Lea and Flood's generator: short enough to be written the same way everywhere."""

    def __init__(self, seed: int) -> None:
        self.state = seed & MASK

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def rows(seed: int, count: int) -> Iterator[Row]:
    """Yields `count` messages in the order of their dates."""
    random = SplitMix64(seed)
    date = BEGIN
    for number in range(1, count + 1):
        date += random.next() % 40
        chat = 1 + random.next() % CHATS
        out = random.next() % 4 == 0
        length = 3 + random.next() % 18
        text = " ".join(WORDS[random.next() % len(WORDS)] for _ in range(length))
        yield Row(chat, number, 1 if out else 1_000 + chat, out, date, text)


def rows_hash(seed: int) -> str:
    """FNV-1a (64 bit) over `chat|message_id|out|date|text` and a line feed of the first rows."""
    value = 0xCBF29CE484222325
    for row in rows(seed, HASHED_ROWS):
        line = f"{row.chat}|{row.message_id}|{int(row.out)}|{row.date}|{row.text}\n"
        for byte in line.encode():
            value = ((value ^ byte) * 0x100000001B3) & MASK
    return f"{value:016x}"
