"""Puts the captures of archives in the order of their times, so that a page's versions come one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tibetnews.archive.archive_file import ArchiveFile, archive_files
from tibetnews.archive.captures import ArchivePart
from tibetnews.archive.warc_records import BrokenArchiveError, read_records

_TO_THE_SECOND = 19
"""Characters of a date."""


class _Place(NamedTuple):
    """Where a capture lies; places sort by its time, and within a second by their order in the files."""

    second: str
    file: int
    offset: int
    stop: int | None
    """Where the next capture of the file begins; None for its last."""
    info: int | None
    """Where the warcinfo record lies that describes the capture."""


def in_order_of_capture(paths: Sequence[Path], page_of: Callable[[str], str | None]) -> list[ArchivePart]:
    """Return the parts of the files in the order in which they are to be read.

    The files are read whole, in the order given, if no page in them is captured later than a capture of it that
    follows. So it is with what this program wrote. Otherwise all captures are sorted by their time.

    Args:
        paths: WARC and WACZ files, in the order of their names.
        page_of: Returns what tells one page from another by its address; None for what has no versions.
    """
    newest: dict[str, str] = {}
    places: list[_Place] = []
    is_ordered = True
    files = [file for path in paths for file in archive_files(path)]
    for number, file in enumerate(files):
        before: _Place | None = None
        for place, url in _captures(number, file):
            if before:
                places.append(before._replace(stop=place.offset))
            before = place
            if place.second and (page := page_of(url)):
                is_ordered &= place.second >= newest.setdefault(page, place.second)
                newest[page] = place.second
        if before:
            places.append(before)
    if is_ordered:
        return [ArchivePart(file) for file in files]
    empty = set(range(len(files))) - {place.file for place in places}
    return [*(ArchivePart(files[number]) for number in sorted(empty)), *_spans(sorted(places), files)]


def _captures(number: int, source: ArchiveFile) -> Iterator[tuple[_Place, str]]:
    """Yield place and address of each capture of a file; what is damaged has a place too, so that it is reported."""
    info = None
    try:
        with source.open() as file:
            for record in read_records(file, 0, lambda _: False):
                if record.trouble and record.trouble.reason == "cut_off":
                    yield _Place("", number, record.offset, None, info), ""
                elif record.kind == "warcinfo":
                    info = record.offset
                elif record.kind in ("response", "revisit"):
                    second = (record.date or "")[:_TO_THE_SECOND]
                    yield _Place(second, number, record.offset, None, info), record.url
    except (OSError, BrokenArchiveError):
        return


def _spans(places: Sequence[_Place], files: Sequence[ArchiveFile]) -> Iterator[ArchivePart]:
    """Yield the places as spans; neighbours that follow each other in a file become one."""
    first = last = places[0]
    for place in places[1:]:
        if (place.file, place.offset, place.info) != (last.file, last.stop, last.info):
            yield ArchivePart(files[first.file], first.offset, last.stop, first.info)
            first = place
        last = place
    yield ArchivePart(files[first.file], first.offset, last.stop, first.info)
