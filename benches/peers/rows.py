"""The messages that every ingest bench takes in: the same rows from the same seed, in any language.

Defined in benches/README.md, so that the program's own bench makes equal rows; `rows_hash` tells
whether it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Iterator

MASK = (1 << 64) - 1
CHATS = 500
BEGIN = 1_600_000_000
"""Unix seconds before the first message."""
SELF = 1_000_000
"""Telegram user id of the account."""
SEED = 7
SYLLABLES = """
    при вет до го вор счёт за втра ко гда сто и мо сть на пи шу ва ше ре we meet ing to
    mor row pay ment in voice call back the an swer off er de li ver
""".split()
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


class Draws:
    """xorshift64 (Marsaglia 2003): short enough to be written the same way everywhere."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, bound: int) -> int:
        self.state ^= (self.state << 13) & MASK
        self.state ^= self.state >> 7
        self.state ^= (self.state << 17) & MASK
        return self.state % bound


def word(draws: Draws) -> str:
    """Few words are frequent and many are rare, as in talk."""
    return spell(draws.below(1 << draws.below(16)))


def spell(rank: int) -> str:
    """The word of a rank: the more frequent, the shorter."""
    rest = (rank * 2_654_435_761 & MASK) % 64_000_000
    count = 2 + max(rank.bit_length() - 1, 0) // 6
    return "".join([SYLLABLES[rest // 40**place % 40] for place in range(count)])


def rows() -> Iterator[Row]:
    """Yields messages without end, in the order of their dates."""
    draws = Draws(SEED)
    number = 0
    while True:
        number += 1
        chat = 1 + draws.below(CHATS)
        length = 2 + draws.below(16)
        text = " ".join([word(draws) for _ in range(length)])
        out = draws.below(2) == 0
        yield Row(chat, number, SELF if out else chat, out, BEGIN + number * 61, text)


def rows_hash() -> str:
    """FNV-1a (64 bit) over `chat|message_id|out|date|text` and a line feed of the first rows."""
    value = 0xCBF29CE484222325
    for row in islice(rows(), HASHED_ROWS):
        line = f"{row.chat}|{row.message_id}|{int(row.out)}|{row.date}|{row.text}\n"
        for byte in line.encode():
            value = ((value ^ byte) * 0x100000001B3) & MASK
    return f"{value:016x}"
