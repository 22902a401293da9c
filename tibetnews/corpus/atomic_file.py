"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def atomic_write(path: Path, keep_empty: bool = True) -> Iterator[IO[bytes]]:
    """Open a file to write that gets its name, ``path``, once the block has ended without an exception.

    Until then it is called ``path`` + ``.part``, and an older file of the name stays. keep_empty: False leaves no
    file where nothing was written, nor an older one. What is no file, such as /dev/null or a named pipe, is
    written to as it is.
    """
    path = path.resolve()  # a link stays a link
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            is_empty = file.tell() == 0
        if is_empty and not keep_empty:
            path.unlink(missing_ok=True)
        else:
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
