"""Reads the benches' JSON lines and prints how the program compares with its peers and its aims.

Where something was run several times, the best run of each side counts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OURS = "switchboard"
# The program's tables without its store: what could be gained at most. No aim is its own.
FLOOR = "tables alone"

# (bench, encrypted) -> how many times a peer's speed, in messages per second of a clock: what is
# computed by one thread is judged by its CPU, what waits for a network by the wall's.
RATIO_AIMS = {("ingest", True): (1.4, "CPU"), ("ingest", False): (2.0, "CPU"),
              ("sync", True): (3.0, "wall")}
# bench -> milliseconds of CPU, 99th of 100.
LATENCY_AIMS = {"inbox": 1.0, "search": 2.0}
# bench -> seconds of wall clock.
WALL_AIMS = {"start": 1.0}


def read(paths: list[str]) -> list[dict]:
    text = "\n".join(Path(path).read_text(encoding="utf-8") for path in paths)
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def best(results: list[dict]) -> list[dict]:
    """The fastest of the runs that measured the same."""
    found: dict[tuple, dict] = {}
    for result in results:
        key = tuple(result.get(name) for name in ("bench", "by", "encrypted", "batch"))
        clock = "wall_s" if result["bench"] == "sync" else "cpu_s"
        if key not in found or result[clock] < found[key][clock]:
            found[key] = result
    return list(found.values())


def speed(result: dict, clock: str) -> float:
    return result.get("rows", result.get("messages", 0)) / max(result[clock], 1e-9)


def verdict(met: bool, aim: str) -> str:
    return f"aim {aim}: {'met' if met else 'MISSED'}"


def compare(ours: dict, peer: dict) -> str:
    """One line: both speeds, their ratios, and the aim."""
    for name in ("rows", "rows_hash", "messages"):
        if ours.get(name) != peer.get(name):
            return f"{ours['bench']}: not comparable, {name} differ: " \
                   f"{ours.get(name)} and {peer.get(name)}"
    cpu = speed(ours, "cpu_s") / speed(peer, "cpu_s")
    wall = speed(ours, "wall_s") / speed(peer, "wall_s")
    aim = RATIO_AIMS.get((ours["bench"], ours["encrypted"])) if ours["by"] == OURS else None
    label = f"{ours['bench']} {'encrypted' if ours['encrypted'] else 'not encrypted'}"
    if ours["by"] == FLOOR:
        label = f"  its {FLOOR}"
    if "batch" in ours:
        label += f", batch {ours['batch']}"
    line = (f"{label:38} {speed(ours, 'cpu_s'):>10,.0f}/s  {peer['by']} {speed(peer, 'cpu_s'):>10,.0f}/s"
            f"   {cpu:5.2f} x CPU  {wall:5.2f} x wall")
    if aim is None:
        return line
    times, clock = aim
    reached = {"CPU": cpu, "wall": wall}[clock]
    return f"{line}   {verdict(reached >= times, f'{times} x {clock}')}"


def throughput(results: list[dict]) -> list[str]:
    timed = best([result for result in results if "cpu_s" in result])
    lines = []
    for ours in (result for result in timed if result["by"] in (OURS, FLOOR)):
        peers = [result for result in timed if result["by"] not in (OURS, FLOOR)
                 and result["bench"] == ours["bench"] and result.get("batch") == ours.get("batch")]
        lines += [compare(ours, peer) for peer in peers]
    return lines


def latency(result: dict) -> str:
    """One line: what a read cost, and the aim, which holds for every kind of it."""
    figures = "  ".join(f"{name[:-3].replace('_', ' ')} {result[name]:7.3f} ms" for name in
                        ("cpu_p50_ms", "cpu_p99_ms", "wall_p50_ms", "wall_p99_ms"))
    aim = LATENCY_AIMS.get(result["bench"])
    label = f"{result['bench']}: {result['kind']}"
    line = f"{label:38} {figures}   ({result['draws']:,} draws, {result['rows']:,} messages)"
    return line if aim is None else f"{line}   {verdict(result['cpu_p99_ms'] < aim, f'p99 CPU < {aim} ms')}"


def start(results: list[dict]) -> str:
    """One line: the slowest of the starts."""
    slowest = max(results, key=lambda result: result["wall_only_s"])
    aim = WALL_AIMS["start"]
    met = verdict(slowest["wall_only_s"] < aim, f"< {aim} s")
    return (f"{'start, the slowest of ' + str(len(results)):38} {slowest['wall_only_s']:.3f} s   "
            f"({slowest['rows']:,} messages)   {met}")


def main() -> None:
    results = read(sys.argv[1:])
    lines = throughput(results)
    lines += [latency(result) for result in results if "cpu_p99_ms" in result]
    lines += [f"{'bulk: ' + result['kind']:38} {result['wall_only_s']:.3f} s   ({result['rows']:,} chats)"
              for result in results if result["bench"] == "bulk"]
    starts = [result for result in results if result["bench"] == "start"]
    if starts:
        lines.append(start(starts))
    print("\n".join(lines) if lines else "nothing to compare")


if __name__ == "__main__":
    main()
