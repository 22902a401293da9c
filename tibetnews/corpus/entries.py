"""The values that go through a cleaning run: an entry of an input, and an entry that is rejected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Form = Literal["text", "html", "jsonl"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where an entry stands.

    file: the input's name; line: its number from 1, None for a whole page; record: the address of a page in a
    WARC file, None elsewhere.
    """

    file: str
    line: int | None
    record: str | None = field(default=None, kw_only=True)

    @property
    def place(self) -> str:
        """File and line, as editors and compilers write them, or file and address."""
        if self.record is not None:
            return f"{self.file} {self.record}"
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class FetchInfo:
    """What a WARC file says of the fetch of a page: UTC time, status, validators, Content-Type; None if unknown."""

    at: str | None
    """UTC time."""
    status: int
    etag: str | None
    last_modified: str | None
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Entry(Location):
    """A line of JSON Lines, or the whole of a page, as it stands in the input.

    url: the address that the page is known by, "" for a line; capture: how a page of a WARC file was fetched.
    """

    form: Form
    data: bytes
    url: str = ""
    capture: FetchInfo | None = None


@dataclass(frozen=True, slots=True)
class Reject(Location):
    """An entry that could not be cleaned: ``reason`` is a word for the count, ``detail`` a line for a person.

    raw: the line as it was, or the beginning of one that is too long; None for a page, which is a file of its own.
    """

    reason: str
    detail: str
    raw: bytes | None = None
