"""How far this run has written each file, noted before each write: after a kill it proves what the run wrote itself.

A kill loses nothing of it, since the kernel keeps what was written; after a power loss it proves nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NAME = "writing"
_RECORD_BYTES = 1024
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class WriteIntents:
    """The file of a ledger's folder with a record for each file that a run writes: boot, length, name."""

    def __init__(self, folder: Path) -> None:
        """Forget those of the last run. Raises OSError."""
        self._handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        self._boot = _boot()
        self._slots: dict[str, int] = {}

    def note(self, name: str, length: int) -> None:
        """Note that this run is about to make a file so many bytes long. Raises OSError."""
        slot = self._slots.setdefault(name, len(self._slots))
        record = b"%s %d %s" % (self._boot, length, name.encode())
        if len(record) < _RECORD_BYTES and self._boot:
            os.pwrite(self._handle, record.ljust(_RECORD_BYTES, b"\0"), slot * _RECORD_BYTES)

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):  # it is closed all the same, and the run is over
            os.close(self._handle)


def last_intents(folder: Path) -> dict[str, int]:
    """Return by name how far the last run meant to write its files, if the machine has not been started since."""
    intents = {}
    with suppress(OSError, ValueError):
        data = (folder / NAME).read_bytes()
        for start in range(0, len(data), _RECORD_BYTES):
            boot, length, name = data[start : start + _RECORD_BYTES].rstrip(b"\0").split(b" ", 2)
            if boot == _boot():
                intents[name.decode()] = int(length)
    return intents


def _boot() -> bytes:
    try:
        return _BOOT.read_bytes().strip()
    except OSError:
        return b""
