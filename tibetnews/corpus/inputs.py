"""Finds the files to be cleaned, what each holds, and the address by which its page is known."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from tibetnews.archive.wacz import SUFFIX, members
from tibetnews.corpus.atomic_file import resolved
from tibetnews.corpus.entries import Form
from tibetnews.errors import WrongUseError
from tibetnews.outlet import urls

Kind = Form | Literal["warc"]
"""What an input holds: pages, lines, or an archive of pages."""

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    SUFFIX: "warc",
}
"""What a file holds by the end of its name; each of them may be followed by ``.gz``."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One input. name: its path, as it was given or found, or ``-``.

    inside: the end of the name that is a file inside a WACZ file, "" elsewhere. size: bytes on the disk, and modified:
    nanoseconds since 1970; both None where it is no file.
    """

    name: str
    kind: Kind
    size: int | None = None
    modified: int | None = None
    inside: str = ""

    @property
    def path(self) -> Path | None:
        """None for standard input. Made anew each time: a folder may hold a million."""
        if self.name == STDIN:
            return None
        return Path(self.name.removesuffix(f"/{self.inside}") if self.inside else self.name)

    @property
    def packed(self) -> bool:
        """Whether it is compressed with gzip."""
        return self.name.endswith(".gz")


def find_inputs(
    names: Iterable[str], kind: Kind | None = None, on_skip: Callable[[str], None] = lambda _: None
) -> list[Input]:
    """Return the inputs that files, folders and ``-`` stand for; a folder's files in the order of their names.

    Args:
        names: What the user named.
        kind: What standard input and the named files hold, whatever their names say; files of folders always go by
            their names, and those with other names are passed over.
        on_skip: Called with a message for each device, pipe or socket in a folder, which could be read for ever.

    Raises:
        WrongUseError: There is no such file, or nothing in a folder.
    """
    found: list[Input] = []
    for name in names:
        path = Path(name)
        if name == STDIN:
            found.append(Input(name, kind or "jsonl"))
        elif path.is_dir():
            inside = list(_inside(path, on_skip))
            if not inside:
                raise WrongUseError(f"{name} holds no file that ends in {_endings()}")
            found += inside
        elif not path.exists():
            raise WrongUseError(f"{name} does not exist")
        elif not os.access(path, os.R_OK):
            raise WrongUseError(f"{name} cannot be read")
        elif contents := kind or _kind(path):
            found += _inputs(name, contents)
        else:
            raise WrongUseError(f"{name} does not end in {_endings()}; tell what it is with --format")
    return found


def address_of(path: Path) -> str:
    """Return the outlet's address if the path of a saved page holds it, as wget's folders do; else the file's own."""
    # most files of a corpus lie beside others: to resolve each one would take longer than to read it
    whole = resolved(path) if path.is_symlink() else _resolved(path.parent.absolute()) / path.name
    parts = whole.parts
    hosts = urls.outlet_hosts()
    for at, part in enumerate(parts):
        if part in hosts and urls.parse(url := f"http://{'/'.join(parts[at:]).removesuffix('.gz')}"):
            return url
    return whole.as_uri()


@lru_cache(maxsize=16)
def _resolved(folder: Path) -> Path:
    return resolved(folder)


def _inside(folder: Path, on_skip: Callable[[str], None]) -> Iterator[Input]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders.sort()
        for name in sorted(files):
            path = Path(place, name)
            if not (kind := _kind(path)):
                continue
            if (status := _status(path)) and not stat.S_ISREG(status.st_mode):
                on_skip(f"{path} is no file but a device, a pipe or a socket; it is left out")
            else:
                yield from _inputs(str(path), kind)


def _inputs(name: str, kind: Kind) -> Iterator[Input]:
    """Yield the input of a file, or those of the files inside a WACZ file."""
    path = Path(name)
    if not (status := _status(path)) or not stat.S_ISREG(status.st_mode):
        yield Input(name, kind)
        return
    archives = members(path) if kind == "warc" else []
    for member in archives:
        inside = member.filename
        yield Input(f"{name}/{inside}", kind, member.file_size, status.st_mtime_ns, inside)
    if not archives:
        yield Input(name, kind, status.st_size, status.st_mtime_ns)


def _status(path: Path) -> os.stat_result | None:
    """Return what the system knows of a file; None for a link to nothing: reading it will tell."""
    try:
        return path.stat()
    except OSError:
        return None


def _refuse(error: OSError) -> None:
    raise WrongUseError(f"{error.filename} cannot be read: {error.strerror}")


def _kind(path: Path) -> Kind | None:
    return SUFFIXES.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def _endings() -> str:
    *others, last = SUFFIXES
    return f"{', '.join(others)} or {last} (.gz too)"
