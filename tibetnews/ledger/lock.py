"""The lock of a ledger: one run at a time, in this process or another."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tibetnews.durability import make_folder
from tibetnews.ledger.errors import LedgerLockedError, LedgerWriteError
from tibetnews.ledger.state_files import LOCK, check_files
from tibetnews.ledger.timestamps import utc_timestamp

RETRY_SECONDS = (0.02, 0.1)
"""Pauses before a lock that is held is tried again: ``is_locked`` of another process holds it for an instant."""


class RunLock:
    """A lock on a ledger's folder (flock). The kernel releases it when the process that holds it dies."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def acquire(cls, folder: Path) -> Self:
        """Lock the folder, which is made if it is missing.

        Raises:
            LedgerLockedError: Another run holds it.
            LedgerError: It cannot be used.
        """
        folder = folder.absolute()
        try:
            make_folder(folder)
            check_files(folder)
            handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise LedgerWriteError(f"{folder}: the ledger's folder cannot be used: {error.strerror}") from error
        if not _try_lock(handle, fcntl.LOCK_EX, RETRY_SECONDS):
            holder = os.read(handle, 200).decode("utf-8", "replace").strip()
            os.close(handle)
            raise LedgerLockedError(f"another run works on {folder}: {holder or 'it has just begun'}")
        with suppress(OSError):  # only people read this, so the machine's own clock will do, and a full disk is no harm
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"started {utc_timestamp(time.time())}, pid {os.getpid()}\n".encode(), 0)
        return cls(handle)

    def release(self) -> None:
        """Let the next run in."""
        with suppress(OSError):  # it is closed all the same
            os.close(self._handle)


def is_locked(folder: Path) -> bool:
    """Return whether a run holds the lock of this folder now."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _try_lock(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _try_lock(handle: int, kind: int, retry_seconds: tuple[float, ...] = ()) -> bool:
    for pause in (*retry_seconds, None):
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if pause is not None:
                time.sleep(pause)
        except OSError as error:  # such as ENOLCK, of a network's file system
            raise LedgerWriteError(f"the ledger's folder cannot be locked: {error.strerror}") from error
        else:
            return True
    return False
