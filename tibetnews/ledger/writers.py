"""Which ledgers write to an export, noted in an extended attribute of the file where the file system has them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_ATTRIBUTE = "user.tibetnews.ledgers"


def add_writer(path: Path, ledger: str) -> None:
    """Note that a ledger writes to a file; nothing happens where that cannot be noted."""
    if ledger not in (known := writers(path)):
        set_writers(path, known | {ledger})


def set_writers(path: Path, ledgers: set[str]) -> None:
    """Note which ledgers write to a file."""
    with suppress(OSError, AttributeError):  # no such attributes there, or on this system
        os.setxattr(path, _ATTRIBUTE, " ".join(sorted(ledgers)).encode())


def writers(path: Path) -> set[str]:
    """Return the ledgers that are noted at a file."""
    with suppress(OSError, AttributeError):
        return set(os.getxattr(path, _ATTRIBUTE).decode("ascii", "replace").split())
    return set()
