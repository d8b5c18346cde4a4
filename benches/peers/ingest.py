"""Ingest with Python's sqlite3, unencrypted: the peer that the program's store is measured against.

Prints a JSON line for each batch size.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import tempfile
import time
from itertools import islice
from pathlib import Path

from rows import CHATS, Row, rows, rows_hash
from store import add_chats, add_messages, open_store


def batches(all_rows: list[Row], size: int):
    rest = iter(all_rows)
    while batch := list(islice(rest, size)):
        yield batch


def measure(all_rows: list[Row], batch_size: int) -> dict[str, float]:
    """Takes in every row in a fresh database; making the rows is not part of the time."""
    with tempfile.TemporaryDirectory() as folder:
        conn = open_store(Path(folder) / "peer.db")
        add_chats(conn, range(1, CHATS + 1))
        wall, cpu = time.perf_counter(), time.process_time()
        for batch in batches(all_rows, batch_size):
            add_messages(conn, batch)
        stored = conn.execute("SELECT count(*) FROM message").fetchone()[0]
        conn.close()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if stored != len(all_rows):
        raise SystemExit(f"{stored} of {len(all_rows)} rows were stored")
    return {"wall_s": round(wall, 4), "cpu_s": round(cpu, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--batch", type=int, nargs="+", default=[1, 100, 5_000])
    options = parser.parse_args()

    all_rows = list(islice(rows(), options.rows))
    for batch_size in options.batch:
        # One message per transaction is slow by nature: a tenth tells as much.
        taken = all_rows if batch_size > 1 else all_rows[:options.rows // 10]
        print(json.dumps({
            "bench": "ingest",
            "by": "python",
            "encrypted": False,
            "batch": batch_size,
            "rows": len(taken),
            "rows_hash": rows_hash(),
            **measure(taken, batch_size),
            "versions": {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version},
        }), flush=True)


if __name__ == "__main__":
    main()
