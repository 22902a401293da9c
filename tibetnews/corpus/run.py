"""A cleaning run: batches cleaned by the pool, their results given back in order with how far the run has come."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import TypeVar

from tibetnews.corpus.batches import BEGINNING, Batch, Found, Lines, Page, Piece, Position, Span, read_batches
from tibetnews.corpus.diff import Comparison, compare
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input
from tibetnews.corpus.json_lines import clean_line, dumps, read_members, text_in
from tibetnews.corpus.lines import line_entry, read_lines, read_page, span_lines, without_mark
from tibetnews.corpus.pages import clean_page, visible_text
from tibetnews.corpus.pool import Pool
from tibetnews.errors import UnreadableError

AnyEntry = TypeVar("AnyEntry", bound=Entry | Reject)

LONGEST = 8 * 1024 * 1024
"""Bytes of a line or page; the outlet's pages are below 200 KB."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run has come: where it goes on, and what it has counted. passed: records of WARC files by reason."""

    position: Position = BEGINNING
    cleaned: int = 0
    rejected: int = 0
    passed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What a piece gave beside its lines of JSON. is_first: whether its input begins with it; lines: how many of the
    input it took; rejects: with lines counted from the piece's own first."""

    is_first: bool
    lines: int
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A batch, cleaned: lines of JSON, how many they are, and its parts."""

    batch: Batch
    lines: bytes
    cleaned: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a run gave since the last: lines of JSON, what was refused, and the run up to here. taken: bytes of the
    inputs, on the disk, that are behind."""

    lines: bytes
    rejects: tuple[Reject, ...]
    tally: Tally
    taken: int


def cleaning_pool(jobs: int, field: str = "text", longest: int = LONGEST) -> Pool[Batch, Cleaned]:
    """The processes for ``clean_inputs``. field: the field of JSON Lines that holds the text."""
    return Pool(partial(clean_batch, field=field, longest=longest), jobs)


def clean_inputs(
    inputs: Sequence[Input], pool: Pool[Batch, Cleaned], longest: int = LONGEST, start: Tally | None = None
) -> Iterator[Done]:
    """Clean all entries of the inputs behind ``start``; the same in the same order whatever the number of processes."""
    tally = start or Tally()
    for cleaned in pool.ordered(read_batches(inputs, longest, tally.position)):
        lines = tally.position.lines
        rejects: list[Reject] = []
        for part in cleaned.parts:
            lines = 0 if part.is_first else lines
            rejects += (_at_line(reject, lines) for reject in part.rejects)
            lines += part.lines
        passed = dict(tally.passed)
        for reason, count in cleaned.batch.passed.items():
            passed[reason] = passed.get(reason, 0) + count
        tally = Tally(
            cleaned.batch.after._replace(lines=lines),
            tally.cleaned + cleaned.cleaned,
            tally.rejected + len(rejects),
            passed,
        )
        yield Done(cleaned.lines, tuple(rejects), tally, cleaned.batch.taken)


def compare_inputs(
    inputs: Sequence[Input], field: str = "text", longest: int = LONGEST
) -> Iterator[tuple[str, Comparison | Reject]]:
    """What cleaning would change in each entry of the inputs, with the entry's place."""
    for entry in read_entries(inputs, longest):
        if isinstance(entry, Reject):
            yield entry.place, entry
            continue
        try:
            yield entry.place, compare(text_of(entry, field))
        except UnreadableError as error:
            yield entry.place, Reject(entry.file, entry.line, error.reason, error.detail, record=entry.record)


def read_entries(inputs: Sequence[Input], longest: int = LONGEST) -> Iterator[Entry | Reject]:
    """All entries of the inputs, one after the other."""
    lines = 0
    for batch in read_batches(inputs, longest):
        for piece in batch.pieces:
            lines = lines if piece.start else 0
            taken = 0
            for number, entry in _entries(piece, longest):
                taken = number
                if entry:
                    yield _at_line(entry, lines)
            lines += taken


def clean_batch(batch: Batch, field: str, longest: int) -> Cleaned:
    """Clean what a batch holds, or tells where it stands. Raises InputChanged, and OSError where a file is gone."""
    lines: list[bytes] = []
    parts: list[Part] = []
    for piece in batch.pieces:
        rejects: list[Reject] = []
        taken = 0
        for number, entry in _entries(piece, longest):
            taken = number
            if isinstance(entry, Reject):
                rejects.append(entry)
            elif entry:
                try:
                    with _Naming(entry, piece):
                        lines.append(to_bytes(clean_entry(entry, field)))
                except UnreadableError as error:
                    raw = entry.data if entry.form == "jsonl" else None
                    rejects.append(Reject(entry.file, entry.line, error.reason, error.detail, raw, record=entry.record))
        parts.append(Part(piece.start == 0, taken, tuple(rejects)))
    return Cleaned(replace(batch, pieces=()), b"".join(lines), len(lines), tuple(parts))


def clean_entry(entry: Entry, field: str = "text") -> str:
    """The line of JSON that an entry becomes. Raises UnreadableError."""
    if entry.form == "jsonl":
        return clean_line(line_of(entry), field)
    return dumps(clean_page(entry.data, entry.url, entry.form, entry.capture))


def text_of(entry: Entry, field: str = "text") -> str:
    """The text of an entry as it stands there. Raises UnreadableError."""
    if entry.form == "jsonl":
        line = line_of(entry)
        return text_in(line, read_members(line)[0], field)
    return visible_text(entry.data, entry.form, entry.capture)


def line_of(entry: Entry) -> str:
    """The text of a line. Raises UnreadableError where its bytes are none."""
    try:
        return entry.data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "encoding", f"not UTF-8: byte {error.object[error.start]:02X} at {error.start + 1:,}"
        ) from None


def reject_line(reject: Reject) -> bytes:
    """A line of the rejects file. Bytes of the refused line that are not UTF-8 become \\udc80 to \\udcff."""
    told = {"file": reject.file, "line": reject.line, "url": reject.record, "reason": reject.reason}
    raw = None if reject.raw is None else reject.raw.decode("utf-8", "surrogateescape")
    return to_bytes(dumps({**told, "detail": reject.detail, "raw": raw}))


def to_bytes(line: str) -> bytes:
    """A line of JSON as UTF-8; halves of surrogate pairs stay the escapes that they were."""
    return line.encode("utf-8", "backslashreplace") + b"\n"


def _entries(piece: Piece, longest: int) -> Iterator[tuple[int, Entry | Reject | None]]:
    """The entries of a piece with their lines, counted from 1, blank ones too; 0 for what is no line."""
    if isinstance(piece, Found):
        yield piece.lines, piece.entry
        return
    if isinstance(piece, Page):
        yield 0, read_page(piece.source, longest)
        return
    if isinstance(piece, Lines):
        found = read_lines(io.BytesIO(piece.data), longest)
    else:
        found = span_lines(piece.source, piece.start, piece.stop, longest)
    for number, line in enumerate(found, 1):
        whole = line if piece.start or number > 1 else without_mark(line)
        yield number, line_entry(piece.source.name, number, whole, longest)


class _Naming:
    """A fault of the program inside the block tells which entry it met: whoever mends it needs that."""

    def __init__(self, entry: Entry, piece: Piece) -> None:
        self.entry = entry
        self.piece = piece

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error and not isinstance(error, UnreadableError):
            is_counted_from_there = isinstance(self.piece, Span | Lines) and self.piece.start
            behind = f" behind byte {self.piece.start}" if is_counted_from_there else ""
            error.add_note(f"while cleaning {self.entry.place}{behind}")


def _at_line(entry: AnyEntry, lines: int) -> AnyEntry:
    """An entry with its line counted from the input's first; ``lines``: those before what it was counted in."""
    return entry if entry.line is None else replace(entry, line=entry.line + lines)
