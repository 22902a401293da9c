"""Runs a cleaning: the pool cleans the batches, and their results come back in order with the progress of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tibetnews.corpus.batches import BEGINNING, Batch, Position, read_batches
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input
from tibetnews.corpus.json_lines import dumps
from tibetnews.corpus.pool import Pool
from tibetnews.corpus.worker import BatchResult, clean_batch, entries_of_piece, text_of_entry, to_bytes
from tibetnews.errors import UnreadableError

if TYPE_CHECKING:
    from tibetnews.corpus.diff import TextDiff

AnyEntry = TypeVar("AnyEntry", bound=Entry | Reject)

MAX_BYTES = 8 * 1024 * 1024
"""Bytes of a line or page; the outlet's pages are below 200 KB."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: where reading continues, and what was counted."""

    position: Position = BEGINNING
    cleaned: int = 0
    rejected: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    """Records of WARC files without a page, by reason."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run gave since the last one: lines of JSON and what was rejected, and its progress."""

    lines: bytes
    rejects: tuple[Reject, ...]
    progress: Progress
    bytes_read: int
    """Bytes of the inputs, as they are on the disk, up to here."""


def cleaning_pool(jobs: int, field: str = "text", max_bytes: int = MAX_BYTES) -> Pool[Batch, BatchResult]:
    """Return the processes for ``clean_inputs``. field: the field of JSON Lines that holds the text."""
    return Pool(partial(clean_batch, field=field, max_bytes=max_bytes), jobs)


def clean_inputs(
    inputs: Sequence[Input], pool: Pool[Batch, BatchResult], max_bytes: int = MAX_BYTES, start: Progress | None = None
) -> Iterator[Done]:
    """Clean all entries of the inputs after ``start``, in their order, whatever the number of processes."""
    progress = start or Progress()
    for cleaned in pool.ordered(read_batches(inputs, max_bytes, progress.position)):
        lines = progress.position.lines
        rejects: list[Reject] = []
        for part in cleaned.parts:
            lines = 0 if part.is_first else lines
            rejects += (_at_line(reject, lines) for reject in part.rejects)
            lines += part.lines
        progress = Progress(
            cleaned.batch.after._replace(lines=lines),
            progress.cleaned + cleaned.cleaned,
            progress.rejected + len(rejects),
            dict(Counter(progress.skipped) + Counter(cleaned.batch.skipped)),
        )
        yield Done(cleaned.lines, tuple(rejects), progress, cleaned.batch.bytes_read)


class ComparedEntry(NamedTuple):
    """What cleaning would change in an entry, or why it is refused."""

    place: str
    comparison: TextDiff | Reject


def compare_inputs(inputs: Sequence[Input], field: str = "text", max_bytes: int = MAX_BYTES) -> Iterator[ComparedEntry]:
    """Yield what cleaning would change in each entry of the inputs."""
    from tibetnews.corpus.diff import compare

    for entry in read_entries(inputs, max_bytes):
        if isinstance(entry, Reject):
            yield ComparedEntry(entry.place, entry)
            continue
        try:
            yield ComparedEntry(entry.place, compare(text_of_entry(entry, field)))
        except UnreadableError as error:
            reject = Reject(entry.file, entry.line, *error.rejection, record=entry.record)
            yield ComparedEntry(entry.place, reject)


def read_entries(
    inputs: Sequence[Input], max_bytes: int = MAX_BYTES, on_batch: Callable[[int], None] | None = None
) -> Iterator[Entry | Reject]:
    """Yield all entries of the inputs, one after the other.

    Args:
        inputs: What is read.
        max_bytes: Bytes of a line or page beyond which it is rejected.
        on_batch: Called now and then with the bytes of the inputs, as they are on the disk, that were read.
    """
    bytes_before = 0
    for source in inputs:
        lines = bytes_read = 0
        size = 1 if source.size is None else None  # a stream's entries come as soon as they are there
        for batch in read_batches([source], max_bytes, size=size):
            for piece in batch.pieces:
                number = 0
                for number, entry in entries_of_piece(piece, max_bytes):  # noqa: B007 - the last one counts below
                    if entry:
                        yield _at_line(entry, lines)
                lines += number
            bytes_read = batch.bytes_read
            if on_batch:
                on_batch(bytes_before + bytes_read)
        bytes_before += source.size or bytes_read


def reject_line(reject: Reject) -> bytes:
    r"""Return a line of the rejects file. Bytes of the refused line that are not UTF-8 become \udc80 to \udcff."""
    location = {"file": reject.file, "line": reject.line, "url": reject.record, "reason": reject.reason}
    raw = None if reject.raw is None else reject.raw.decode("utf-8", "surrogateescape")
    return to_bytes(dumps({**location, "detail": reject.detail, "raw": raw}))


def _at_line(entry: AnyEntry, lines: int) -> AnyEntry:
    """Return an entry with its line counted from the input's first; ``lines``: those before what it was counted in."""
    return entry if entry.line is None else replace(entry, line=entry.line + lines)
