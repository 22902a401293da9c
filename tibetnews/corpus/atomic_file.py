"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tibetnews.durability import fsync_folder, may_be_replaced, naming, resolved


class OutputLockedError(Exception):
    """Another run writes the same output; the message is a line for a person."""


class _NamedFile(io.FileIO):
    """A file that is named where a write to it fails."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise naming(error, Path(os.fsdecode(self.name))) from error


@contextmanager
def atomic_write(path: Path, keep_empty: bool = True) -> Iterator[IO[bytes]]:
    """Open a file to write that gets its name, ``path``, once the block has ended without an exception.

    Until then it is called ``path`` + ``.part``, and an older file of the name stays. keep_empty: False leaves no
    file where nothing was written, nor an older one. What no file may replace, such as /dev/null or a named pipe, is
    appended to as it is.

    Raises OutputLockedError where another run writes the file.
    """
    if not may_be_replaced(path):
        with io.BufferedWriter(_NamedFile(path, "a")) as device:
            yield device
        return
    path = resolved(path)  # a link stays a link
    part = path.with_name(f"{path.name}.part")
    with locked(part) as file:
        try:
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            if file.tell() or keep_empty:
                part.replace(path)
            else:
                path.unlink(missing_ok=True)
            fsync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)


def locked(path: Path) -> IO[bytes]:
    """Open a file to write, without truncating it, and lock it; the lock ends with the process.

    Raises OutputLockedError where another run has locked it.
    """
    file = io.BufferedRandom(_NamedFile(path, "r+", opener=_open_or_make))
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of this process alone: its workers do not inherit it
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    except OSError as error:
        file.close()
        if error.errno not in (errno.EACCES, errno.EAGAIN):
            raise
        raise OutputLockedError(f"another run writes {path}") from None
    file.close()  # another run has given it its name in the meantime
    return locked(path)


def _open_or_make(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o666)
