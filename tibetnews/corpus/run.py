"""A cleaning run: entries read in batches, cleaned by the pool, given back in order."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from tibetnews.corpus.diff import Comparison, compare
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input
from tibetnews.corpus.jsonlines import clean_line, dumps, read_members, text_in
from tibetnews.corpus.pages import clean_page, visible_text
from tibetnews.corpus.pool import ordered
from tibetnews.corpus.readers import Reader
from tibetnews.outlet.page import Unreadable

LONGEST = 8 * 1024 * 1024
"""Bytes of a line or page; the outlet's pages are below 200 KB."""

_BATCH = 128 * 1024  # bytes; large enough that handing over costs nothing, small enough to keep all cores busy


class Batch(NamedTuple):
    """Entries that go to a process together. taken: bytes of the inputs that were read up to its end."""

    entries: list[Entry | Reject]
    taken: int


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch: lines of JSON, how many, and what was refused."""

    lines: bytes
    cleaned: int
    rejects: tuple[Reject, ...]
    taken: int


def clean_inputs(
    inputs: list[Input], jobs: int, field: str = "text", longest: int = LONGEST
) -> Generator[Done, None, None]:
    """Clean all entries of the inputs; the same results in the same order whatever the number of jobs."""
    return ordered(partial(_clean_batch, field=field), _batches(Reader(inputs, longest)), jobs)


def compare_inputs(
    inputs: list[Input], field: str = "text", longest: int = LONGEST
) -> Iterator[tuple[str, Comparison | Reject]]:
    """What cleaning would change in each entry of the inputs, with the entry's place."""
    for entry in Reader(inputs, longest):
        if isinstance(entry, Reject):
            yield entry.place, entry
            continue
        try:
            yield entry.place, compare(text_of(entry, field))
        except Unreadable as error:
            yield entry.place, Reject(entry.file, entry.line, error.reason, error.detail)


def clean_entry(entry: Entry, field: str = "text") -> str:
    """The line of JSON that an entry becomes. Raises Unreadable."""
    if entry.form == "jsonl":
        return clean_line(line_of(entry), field)
    return dumps(clean_page(entry.data, entry.url, entry.form))


def text_of(entry: Entry, field: str = "text") -> str:
    """The text of an entry as it stands there. Raises Unreadable."""
    if entry.form == "jsonl":
        line = line_of(entry)
        return text_in(line, read_members(line)[0], field)
    return visible_text(entry.data, entry.form)


def line_of(entry: Entry) -> str:
    """The text of a line. Raises Unreadable where its bytes are none."""
    try:
        return entry.data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(
            "encoding", f"not UTF-8: byte {error.object[error.start]:02X} at {error.start + 1:,}"
        ) from None


def reject_line(reject: Reject) -> bytes:
    """A line of the rejects file. Bytes of the refused line that are not UTF-8 become \\udc80 to \\udcff."""
    told = {"file": reject.file, "line": reject.line, "reason": reject.reason, "detail": reject.detail}
    raw = None if reject.raw is None else reject.raw.decode("utf-8", "surrogateescape")
    return to_bytes(dumps({**told, "raw": raw}))


def to_bytes(line: str) -> bytes:
    """A line of JSON as UTF-8; halves of surrogate pairs stay the escapes that they were."""
    return line.encode("utf-8", "backslashreplace") + b"\n"


def _batches(reader: Reader) -> Iterator[Batch]:
    entries: list[Entry | Reject] = []
    size = 0
    for entry in reader:
        entries.append(entry)
        size += len(entry.data) if isinstance(entry, Entry) else len(entry.raw or b"")
        if size >= _BATCH:
            yield Batch(entries, reader.taken)
            entries, size = [], 0
    if entries:
        yield Batch(entries, reader.taken)


def _clean_batch(batch: Batch, field: str) -> Done:
    lines: list[bytes] = []
    rejects: list[Reject] = []
    for entry in batch.entries:
        if isinstance(entry, Reject):
            rejects.append(entry)
            continue
        try:
            lines.append(to_bytes(clean_entry(entry, field)))
        except Unreadable as error:
            raw = entry.data if entry.form == "jsonl" else None
            rejects.append(Reject(entry.file, entry.line, error.reason, error.detail, raw))
    return Done(b"".join(lines), len(lines), tuple(rejects), batch.taken)
