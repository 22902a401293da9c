"""Reads what stands at the end of an export: whole lines, the records in them, and what is left of a torn line."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """What a line says of itself, as a record or as a NewsArticle; ``id`` is None where it is neither."""

    id: str | None
    revision: int


def lines_after(path: Path, offset: int) -> Iterator[ExportedLine]:
    """Yield the whole lines from a byte on that hold JSON; what a crash has left of others is passed over."""
    with path.open("rb") as file:
        file.seek(offset)
        for line in file:
            values = parsed(line)
            if values is not None and line.endswith(b"\n"):
                id_ = values.get("id", values.get("identifier"))
                revision = values.get("revision", values.get("version"))
                has_id = isinstance(id_, str) and bool(id_) and id_.isprintable()  # half a surrogate pair is not
                yield ExportedLine(id_ if has_id else None, revision if isinstance(revision, int) else 1)


def parsed(line: bytes) -> dict[str, Any] | None:
    """Return the object that a line holds; None where it holds none."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def count_lines(path: Path) -> int:
    """Return how many lines of a file end with a line break."""
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""))


def holds_lines(path: Path) -> bool:
    """Return whether a file is empty or begins like lines of JSON; a packed one does not. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(codecs.BOM_UTF8).lstrip()
    return not start.strip(b"\0") or start.startswith(b"{")


def mend_last_line(path: Path) -> str | None:
    """Complete a last line that only lacks its line break, or cut what is no line; return what was done.

    Raises OSError.
    """
    with path.open("r+b") as file:
        size = start = file.seek(0, os.SEEK_END)
        tail = b""
        while start and b"\n" not in tail:
            start = max(0, start - 4096)
            file.seek(start)
            tail = file.read(size - start)
        rest = tail.rpartition(b"\n")[2]
        if not rest:
            return None
        is_whole = parsed(rest) is not None
        if is_whole:
            file.write(b"\n")
        else:
            file.truncate(size - len(rest))
        file.flush()
        os.fsync(file.fileno())
        return "the line break of its last line is back" if is_whole else f"cut {len(rest):,} bytes of a torn line"
