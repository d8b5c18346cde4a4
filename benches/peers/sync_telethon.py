"""Whole history of one account with Telethon, written to SQLite in batches as pages arrive.

Signs in with a key that the connection profile hands out. Prints a JSON line; the time runs from
the first byte of the connection to the last commit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
import tomllib
from pathlib import Path

import telethon
from telethon.crypto import AuthKey
from telethon.network import ConnectionTcpFull
from telethon.sessions import MemorySession
from telethon.tl.types import PeerChannel

from rows import Row
from store import add_chats, add_messages, open_store

PAGE = 100
"""Messages in one answer of the server, at most."""


def session_of(profile: dict) -> MemorySession:
    """A session with the first key of the profile that is signed in."""
    key = next(key for key in profile["key"] if "user_id" in key)
    address = next(dc["address"] for dc in profile["dc"] if dc["id"] == key["dc"])
    host, port = address.rsplit(":", 1)
    session = MemorySession()
    session.set_dc(key["dc"], host, int(port))
    session.auth_key = AuthKey(bytes.fromhex(key["key"]))
    return session


def row_of(chat: int, message) -> Row:
    return Row(
        chat=chat,
        message_id=message.id,
        sender=message.sender_id or 0,
        out=bool(message.out),
        date=int(message.date.timestamp()),
        text=message.message or "",
        common=not isinstance(message.peer_id, PeerChannel),
    )


async def sync_chat(client, conn, chat: int, peer, turn: asyncio.Semaphore) -> int:
    """Fetches one chat's history from the newest message to the oldest."""
    count, page = 0, []
    async with turn:
        # Without `wait_time` the library would pause a second between pages of its own accord.
        async for message in client.iter_messages(peer, limit=None, wait_time=0):
            page.append(row_of(chat, message))
            if len(page) == PAGE:
                add_messages(conn, page)
                count, page = count + len(page), []
    if page:
        add_messages(conn, page)
    return count + len(page)


async def sync(profile: dict, database: Path, parallel: int) -> int:
    conn = open_store(database)
    client = telethon.TelegramClient(
        session_of(profile), api_id=1, api_hash="bench", connection=ConnectionTcpFull,
        receive_updates=False, flood_sleep_threshold=0)
    await client.connect()
    try:
        peers = [dialog.input_entity async for dialog in client.iter_dialogs()]
        add_chats(conn, range(1, len(peers) + 1))
        turn = asyncio.Semaphore(parallel)
        counts = await asyncio.gather(*(
            sync_chat(client, conn, chat, peer, turn) for chat, peer in enumerate(peers, 1)))
    finally:
        await client.disconnect()
        conn.close()
    return sum(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--parallel", type=int, default=4, help="chats fetched at the same time")
    options = parser.parse_args()
    profile = tomllib.loads(options.profile.read_text(encoding="utf-8"))

    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        messages = asyncio.run(sync(profile, Path(folder) / "peer.db", options.parallel))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({
        "bench": "sync", "by": "telethon", "messages": messages,
        "wall_s": round(wall, 4), "cpu_s": round(cpu, 4),
        "versions": {"telethon": telethon.__version__},
    }))


if __name__ == "__main__":
    main()
