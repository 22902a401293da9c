"""Finds the files to be cleaned, what each holds, and the address by which its page is known.

A folder may hold a million files. Their paths are strings here: to make a Path takes longer than to ask for a file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote_from_bytes

from tibetnews.archive.wacz import WACZ_SUFFIX, members
from tibetnews.console import PROGRAM
from tibetnews.corpus.entries import Form
from tibetnews.durability import resolved
from tibetnews.errors import WrongUseError
from tibetnews.wording import counted

InputKind = Form | Literal["warc"]
"""What an input holds: pages, lines, or an archive of pages."""

SUFFIXES: dict[str, InputKind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    WACZ_SUFFIX: "warc",
}
"""What a file holds by the end of its name; each of them may be followed by ``.gz``."""

_WITHOUT_TEXTS = ("rejected-*.jsonl", "*.rejects.jsonl", "changes.jsonl")
"""Names that crawls and cleaning give to files of what was refused or has changed."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One input. name: its path, as it was given or found, or ``-``.

    inside: the end of the name that is a file inside a WACZ file, "" elsewhere. size: bytes on the disk, and modified:
    nanoseconds since 1970; both None where it is no file.
    """

    name: str
    kind: InputKind
    size: int | None = None
    modified: int | None = None
    inside: str = ""

    @property
    def path(self) -> Path | None:
        """None for standard input. Made anew each time: a folder may hold a million."""
        return None if self.name == STDIN else Path(self._file)

    @property
    def real_path(self) -> str | None:
        """The absolute path without links; None for standard input."""
        return None if self.name == STDIN else _real_path(self._file)

    @property
    def packed(self) -> bool:
        """Whether it is compressed with gzip."""
        return self.name.endswith(".gz")

    @property
    def address(self) -> str:
        """The outlet's address if the path of a saved page holds it, as wget's folders do; else the file's own."""
        from tibetnews.outlet import urls  # which takes long to load, and lines need none of it

        whole = self.real_path
        if whole is None:
            return "stdin:"
        parts = whole.split("/")
        hosts = urls.outlet_hosts()
        for at, part in enumerate(parts):
            if part in hosts and urls.parse(url := f"http://{'/'.join(parts[at:]).removesuffix('.gz')}"):
                return url
        return f"file://{quote_from_bytes(os.fsencode(whole))}"

    @property
    def _file(self) -> str:
        return self.name.removesuffix(f"/{self.inside}") if self.inside else self.name


def find_inputs(
    names: Iterable[str], kind: InputKind | None = None, on_skip: Callable[[str], None] = lambda _: None
) -> list[Input]:
    """Return the inputs that files, folders and ``-`` stand for, each once; a folder's in the order of their names.

    Of a folder, files are passed over that crawls and cleaning give to what was refused or has changed: their lines
    name pages and hold no text.

    Args:
        names: What the user named.
        kind: What standard input and the named files hold, whatever their names say; files of folders always go by
            their names, and those with other names are passed over.
        on_skip: Called with a message for each folder of which files are passed over, and for each device, pipe or
            socket in one, which could be read for ever.

    Raises:
        WrongUseError: There is no such file, or nothing in a folder.
    """
    found: list[Input] = []
    for name in names:
        path = Path(name)
        if name == STDIN:
            found.append(Input(name, kind or "jsonl"))
        elif name.startswith(("http://", "https://")):
            raise WrongUseError(f"{name} is an address; `{PROGRAM} crawl articles -a urls=…` reads the outlet's pages")
        elif not (name and path.exists()):  # "" is a variable that is not set, and not this folder
            raise WrongUseError(f"{name or repr(name)} does not exist")
        elif path.is_dir():
            inside = list(_inside(path, on_skip))
            if not inside:
                raise WrongUseError(f"{name} holds no file that ends in {_endings()}")
            found += inside
        elif not os.access(path, os.R_OK):
            raise WrongUseError(f"{name} cannot be read")
        elif contents := kind or _kind(name):
            found += _inputs(name, contents)
        else:
            raise WrongUseError(f"{name} does not end in {_endings()}; tell what it is with --format")
    return each_once(found)


def find_exports(folder: str, on_skip: Callable[[str], None]) -> list[Input]:
    """Return the exports in a folder, in the order of their names; arguments and errors as in :func:`find_inputs`."""
    exports = each_once(source for source in _inside(Path(folder), on_skip) if source.kind == "jsonl")
    if not exports:
        raise WrongUseError(f"{folder} holds no export, a file that ends in .jsonl or .jsonl.gz")
    return exports


def each_once(inputs: Iterable[Input]) -> list[Input]:
    """Return the inputs without those that are an earlier one again, by its name, a link or the name of a folder."""
    first: dict[tuple[str | None, str], Input] = {}
    for source in inputs:
        first.setdefault((source.real_path, source.inside), source)
    return list(first.values())


def _real_path(path: str) -> str:
    if os.path.islink(path):
        return str(resolved(Path(path)))
    # most files of a corpus lie beside others: to resolve each one would take longer than to read it
    folder, name = os.path.split(path)
    return os.path.join(_real_folder(os.path.join(os.getcwd(), folder)), name)


@lru_cache(maxsize=16)
def _real_folder(folder: str) -> str:
    return str(resolved(Path(folder)))


def _inside(folder: Path, on_skip: Callable[[str], None]) -> Iterator[Input]:
    refused: list[str] = []
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders.sort()
        beginning = os.path.join(place, "").removeprefix("./")
        for name in sorted(files):
            if (kind := _kind(name)) and _holds_no_texts(name):
                refused.append(beginning + name)
            elif kind:
                yield from _inputs(beginning + name, kind, on_skip)
    if refused:
        count = counted(len(refused), "file that tells", "files that tell")
        on_skip(f"{count} of what was refused or has changed, left out; the first: {refused[0]}")


def _holds_no_texts(name: str) -> bool:
    return any(fnmatchcase(name.removesuffix(".gz"), pattern) for pattern in _WITHOUT_TEXTS)


def _inputs(name: str, kind: InputKind, on_skip: Callable[[str], None] | None = None) -> Iterator[Input]:
    """Yield the input of a file, or those of the files inside a WACZ file; without ``on_skip`` that of a pipe too."""
    try:
        status = os.stat(name)
    except OSError:  # a link to nothing: reading it will tell
        yield Input(name, kind)
        return
    if not stat.S_ISREG(status.st_mode):
        if on_skip:
            on_skip(f"{name} is no file but a device, a pipe or a socket; it is left out")
        else:
            yield Input(name, kind)
        return
    archives = members(Path(name)) if kind == "warc" else []
    for member in archives:
        inside = member.filename
        yield Input(f"{name}/{inside}", kind, member.file_size, status.st_mtime_ns, inside)
    if not archives:
        yield Input(name, kind, status.st_size, status.st_mtime_ns)


def _refuse(error: OSError) -> None:
    raise WrongUseError(f"{error.filename} cannot be read: {error.strerror}")


def _kind(name: str) -> InputKind | None:
    return SUFFIXES.get(os.path.splitext(name.lower().removesuffix(".gz"))[1])


def _endings() -> str:
    *others, last = SUFFIXES
    return f"{', '.join(others)} or {last} (.gz too)"
