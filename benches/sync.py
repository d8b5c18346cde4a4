"""Whole-history sync from a simulated Telegram: the program against Telethon, in turns.

Starts one sandbox (its world "load" has no flood limits) and runs both clients against it. Both
are measured from the first byte of the connection to the last commit; beside it stands what the
program takes from its start to its end, derivation of the key from a passphrase included.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
READY_S = 60


@contextmanager
def sandbox(cli: Path, folder: Path, messages: int):
    """A sandbox with one account; yields its profile once it takes connections."""
    profile = folder / "profile.toml"
    process = subprocess.Popen([
        cli, "sandbox", "--world", "load", "--seed", "7", "--accounts", "1", "--chats", "40",
        "--messages", str(messages), "--listen", "127.0.0.1:0",
        "--profile-out", profile], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + READY_S
        # The file is renamed into its place when it is whole.
        while not profile.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit("the sandbox did not start")
            time.sleep(0.02)
        yield profile
    finally:
        process.terminate()
        process.wait()


def run_json(command: list, env: dict) -> dict:
    """Runs a command to its end and reads its answer."""
    return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE).stdout)


def program(cli: Path, profile: Path) -> dict:
    """Adds the profile's account to a new data folder and syncs until complete."""
    with tempfile.TemporaryDirectory() as data:
        base = [cli, "--data-dir", data, "--json"]
        env = {**os.environ, "SWITCHBOARD_PASSPHRASE": "bench"}
        # Telethon starts from a key that is signed in; so does the program.
        run_json([*base, "accounts", "add", "--profile", profile], env)
        before = os.times()
        progress = run_json([*base, "sync", "--unpaced"], env)
        after = os.times()
    cpu = (after.children_user + after.children_system
           - before.children_user - before.children_system)
    return {"bench": "sync", "by": "switchboard", "encrypted": True,
            "messages": sum(account["messages"] for account in progress["accounts"]),
            "wall_s": progress["took_ms"] / 1_000, "cpu_s": round(cpu, 4),
            "process_wall_s": round(after.elapsed - before.elapsed, 4)}


def telethon(python: Path, profile: Path) -> dict:
    """Runs the peer in the Python that has it installed."""
    out = subprocess.run([python, PEERS / "sync_telethon.py", "--profile", profile], check=True,
                         capture_output=True, text=True)
    return json.loads(out.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", type=Path, required=True, help="switchboard-cli")
    parser.add_argument("--python", type=Path, help="a Python with peers/requirements.txt")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if options.python is None:
        print("Telethon is not compared: there is no pip to install it with", file=sys.stderr)

    with tempfile.TemporaryDirectory() as folder:
        with sandbox(options.cli, Path(folder), options.messages) as profile:
            for _ in range(options.runs):
                if options.python is not None:
                    print(json.dumps(telethon(options.python, profile)), flush=True)
                print(json.dumps(program(options.cli, profile)), flush=True)


if __name__ == "__main__":
    main()
