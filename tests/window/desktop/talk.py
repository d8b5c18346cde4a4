"""How the stand-ins of this folder are told what to do: one word and its arguments as a line of JSON,
answered by a line of JSON. They end with their input."""

import json
import os
import sys

from gi.repository import GLib


def serve(commands):
    """Answers until the input ends: `commands` are functions by their words."""
    loop = GLib.MainLoop()
    pending = bytearray()

    def answer(line):
        word, *arguments = json.loads(line)
        try:
            reply = {"ok": commands[word](*arguments)}
        except Exception as error:  # noqa: BLE001 - the journey is told, whatever it is
            reply = {"error": f"{word}: {error}"}
        print(json.dumps(reply), flush=True)

    def readable(source, _condition):
        read = os.read(source, 65536)
        if not read:
            loop.quit()
            return False
        pending.extend(read)
        while (end := pending.find(b"\n")) >= 0:
            line = bytes(pending[:end])
            del pending[: end + 1]
            answer(line)
        return True

    GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, readable)
    print(json.dumps({"ok": "ready"}), flush=True)
    loop.run()
