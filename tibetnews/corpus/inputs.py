"""Which files are to be cleaned, what is in each, and by which address its page is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tibetnews.corpus.entries import Form
from tibetnews.outlet import urls

SUFFIXES: dict[str, Form] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""What a file holds by the end of its name; each of them may be followed by ``.gz``."""

STDIN = "-"


class BadInput(ValueError):
    """An input that cannot be used; the message is a line for a person."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input. name: as it is called in messages; path: None for standard input."""

    name: str
    path: Path | None
    form: Form

    @property
    def packed(self) -> bool:
        """Whether it is compressed with gzip."""
        return self.path is not None and self.path.suffix == ".gz"

    @property
    def size(self) -> int | None:
        """Bytes on the disk; None where nobody knows."""
        return self.path.stat().st_size if self.path and self.path.is_file() else None


def find_inputs(names: Iterable[str], form: Form | None = None) -> list[Input]:
    """The inputs that files, folders and ``-`` stand for, in their order; a folder's files in the order of their names.

    form: what standard input and the named files hold, whatever their names say; files of folders always go by
    their names, and those with other names are passed over. Raises BadInput.
    """
    found: list[Input] = []
    for name in names:
        path = Path(name)
        if name == STDIN:
            found.append(Input(name, None, form or "jsonl"))
        elif path.is_dir():
            inside = list(_inside(path))
            if not inside:
                raise BadInput(f"{name} holds no file that ends in {_endings()}")
            found += inside
        elif not path.exists():
            raise BadInput(f"{name} does not exist")
        elif not os.access(path, os.R_OK):
            raise BadInput(f"{name} cannot be read")
        elif told := form or _form(path):
            found.append(Input(name, path, told))
        else:
            raise BadInput(f"{name} does not end in {_endings()}; tell what it is with --format")
    return found


def address_of(path: Path) -> str:
    """The outlet's address of a saved page whose path holds it, as in the folders that wget makes; else the file's own."""
    whole = path.resolve()
    parts = whole.parts
    hosts = urls.outlet_hosts()
    for at, part in enumerate(parts):
        if part in hosts and urls.parse(url := f"http://{'/'.join(parts[at:]).removesuffix('.gz')}"):
            return url
    return whole.as_uri()


def _inside(folder: Path) -> Iterator[Input]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders.sort()
        for name in sorted(files):
            path = Path(place, name)
            if form := _form(path):
                yield Input(str(path), path, form)


def _refuse(error: OSError) -> None:
    raise BadInput(f"{error.filename} cannot be read: {error.strerror}")


def _form(path: Path) -> Form | None:
    return SUFFIXES.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def _endings() -> str:
    *others, last = SUFFIXES
    return f"{', '.join(others)} or {last} (.gz too)"
