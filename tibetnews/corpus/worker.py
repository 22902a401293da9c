"""Cleans the entries of one batch, in whichever process it is handed to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import TracebackType

from tibetnews.corpus.batches import Batch, ByteRange, LineBlock, PageFile, ParsedEntry, Piece
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.json_lines import clean_line, dumps, read_values, text_in
from tibetnews.corpus.lines import line_entry, read_lines, read_page, span_lines
from tibetnews.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class PieceResult:
    """What a piece gave beside its lines of JSON."""

    is_first: bool
    """Whether its input begins with it."""
    lines: int
    """Lines of the input in it."""
    rejects: tuple[Reject, ...]
    """With lines counted from the piece's own first."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """A batch, cleaned: lines of JSON, how many they are, and its parts."""

    batch: Batch
    lines: bytes
    cleaned: int
    parts: tuple[PieceResult, ...]


def clean_batch(batch: Batch, field: str, max_bytes: int) -> BatchResult:
    """Clean what a batch holds or points to. Raises InputChangedError, and OSError where a file is gone."""
    lines: list[bytes] = []
    parts: list[PieceResult] = []
    for piece in batch.pieces:
        rejects: list[Reject] = []
        number = 0
        for number, entry in entries_of_piece(piece, max_bytes):  # noqa: B007 - the last one counts below
            if isinstance(entry, Reject):
                rejects.append(entry)
            elif entry:
                try:
                    with _EntryNote(entry, piece):
                        lines.append(clean_entry(entry, field))
                except UnreadableError as error:
                    raw = entry.data if entry.form == "jsonl" else None
                    rejects.append(Reject(entry.file, entry.line, *error.rejection, raw, record=entry.record))
        parts.append(PieceResult(piece.start == 0, number, tuple(rejects)))
    return BatchResult(replace(batch, pieces=()), b"".join(lines), len(lines), tuple(parts))


def clean_entry(entry: Entry, field: str = "text") -> bytes:
    """Return the line of JSON that an entry becomes. Raises UnreadableError."""
    if entry.form == "jsonl":
        line = line_of(entry)
        cleaned = clean_line(line, field)
        if cleaned.startswith(line[:-1]):  # as most, with notes before the last brace; to encode all again takes longer
            return entry.data[:-1] + to_bytes(cleaned[len(line) - 1 :])
        return to_bytes(cleaned)
    from tibetnews.corpus.pages import clean_page  # which takes long to load, and lines need none of it

    return to_bytes(dumps(clean_page(entry.data, entry.url, entry.form, entry.capture)))


def text_of_entry(entry: Entry, field: str = "text") -> str:
    """Return the text of an entry as it stands there. Raises UnreadableError."""
    if entry.form == "jsonl":
        return text_in(read_values(line_of(entry)), field)
    from tibetnews.corpus.pages import visible_text

    return visible_text(entry.data, entry.form, entry.capture)


def line_of(entry: Entry) -> str:
    """Return the text of a line. Raises UnreadableError where its bytes are none."""
    try:
        return entry.data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "encoding", f"not UTF-8: byte {error.object[error.start]:02X} at {error.start + 1:,}"
        ) from None


def to_bytes(line: str) -> bytes:
    """Return a line of JSON as UTF-8; halves of surrogate pairs stay the escapes that they were."""
    return line.encode("utf-8", "backslashreplace") + b"\n"


def entries_of_piece(piece: Piece, max_bytes: int) -> Iterator[tuple[int, Entry | Reject | None]]:
    """Yield the entries of a piece with their lines, counted from 1, blank ones too; 0 for what is no line."""
    if isinstance(piece, ParsedEntry):
        yield piece.lines, piece.entry
        return
    if isinstance(piece, PageFile):
        yield 0, read_page(piece.source, max_bytes)
        return
    if isinstance(piece, LineBlock):
        found = read_lines(io.BytesIO(piece.data), max_bytes)
    else:
        found = span_lines(piece.source, piece.start, piece.stop, max_bytes)
    for number, line in enumerate(found, 1):
        yield number, line_entry(piece.source.name, number, line, max_bytes)


class _EntryNote:
    """Adds the entry's location as a note to an unexpected exception of the block."""

    def __init__(self, entry: Entry, piece: Piece) -> None:
        self.entry = entry
        self.piece = piece

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error and not isinstance(error, UnreadableError):
            is_counted_from_there = isinstance(self.piece, ByteRange | LineBlock) and self.piece.start
            start = f" after byte {self.piece.start}" if is_counted_from_there else ""
            error.add_note(f"while cleaning {self.entry.place}{start}")
