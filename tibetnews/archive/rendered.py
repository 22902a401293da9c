"""Gives each record of a page with what a renderer has made of the page, where the archive has that right after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from tibetnews.archive.warc_records import BrokenArchiveError, WarcRecord, read_records
from tibetnews.archive.writing import VALIDATORS_HEADER


def read_rendered(file: IO[bytes], max_bytes: int, needs_body: Callable[[WarcRecord], bool]) -> Iterator[WarcRecord]:
    """Yield the records of a file as :func:`read_records` does; a rendered page as its scripts left it.

    A conversion record in HTML that refers to the page before it, with no more than requests between them, is joined to
    it: the page's record then has the content of the other one, and ends where that ends. One that cannot be used, such
    as one of more than ``max_bytes``, leaves the page as it was sent.
    """
    page: WarcRecord | None = None

    def is_needed(record: WarcRecord) -> bool:
        return (record.kind == "conversion" and _belongs_to(record, page)) or needs_body(record)

    try:
        for record in read_records(file, max_bytes, is_needed):
            if page and _belongs_to(record, page):
                page = replace(
                    _rendered(page, record) if record.kind == "conversion" and record.body else page, end=record.end
                )
                continue
            if page:
                yield page
            page = record if record.headers is not None else None
            if page is None:
                yield record
    except (OSError, BrokenArchiveError):
        if page:
            yield page
        raise
    if page:
        yield page


def _belongs_to(record: WarcRecord, page: WarcRecord | None) -> bool:
    """Return whether a record is the request for the page before it, or that page as its scripts left it."""
    if page is None or (record.trouble and record.trouble.reason == "cut_off"):
        return False
    if record.kind != "conversion":
        return record.kind == "request"
    refers_to = record.fields.get("warc-refers-to")
    is_html = record.fields.get("content-type", "").startswith("text/html")
    return is_html and refers_to is not None and refers_to == page.fields.get("warc-record-id")


def _rendered(page: WarcRecord, record: WarcRecord) -> WarcRecord:
    dropped = {"etag", "last-modified"} if record.fields.get(VALIDATORS_HEADER.lower()) else set()
    headers = {name: value for name, value in (page.headers or {}).items() if name not in dropped}
    headers["content-type"] = record.fields["content-type"]
    return replace(page, headers=headers, body=record.body, trouble=None, is_rendered=True)
