"""A command whose output is a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from replica.crawling import ROOT

_UNSET = ("NO_COLOR", "TERM", "COLUMNS", "LINES")


def on_a_terminal(
    command: Sequence[str], *, columns: int, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> str:
    """Run a command in a terminal so wide, and return what the terminal got."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    chosen = {**kept, "TERM": "xterm-256color", **(environment or {})}
    with subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=theirs, env=chosen):
        os.close(theirs)
        got = b""
        while part := read(ours):
            got += part
    os.close(ours)
    return got.decode()


def read(handle: int) -> bytes:
    """What a terminal got since the last call; nothing once nobody holds it."""
    try:
        return os.read(handle, 65536)
    except OSError:  # how Linux ends a terminal that nobody holds any more
        return b""
