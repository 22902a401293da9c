"""Chooses the HTML pages among the records of an archive."""

from __future__ import annotations

from tibetnews.archive.warc_records import WarcRecord
from tibetnews.corpus.entries import Entry, FetchInfo, Reject

_HTML = ("text/html", "application/xhtml+xml")
_REJECT_REASONS = {"too_large": "too_long", "encoding": "coding"}  # the words of files of rejects


def is_page(record: WarcRecord) -> bool:
    """Return whether a record holds an HTML page that was fetched."""
    return _has_body(record) and record.headers is not None and skip_reason(record) is None


def page_of(name: str, record: WarcRecord) -> Entry | Reject | None:
    """Return the page of a record, or why it is refused; None where it holds none. name: the file's, for places."""
    if trouble := record.trouble:
        if trouble.reason == "cut_off" and not is_page(record):
            return Reject(name, None, "unreadable", trouble.detail)
        reason = _REJECT_REASONS.get(trouble.reason, trouble.reason)
        return Reject(name, None, reason, trouble.detail, record=record.url)
    if not is_page(record) or record.headers is None:
        return None
    capture = FetchInfo(
        at=record.date and f"{record.date[:19]}Z",
        status=record.status,
        etag=record.headers.get("etag"),
        last_modified=record.headers.get("last-modified"),
        content_type=_content_type(record),
    )
    return Entry(name, None, "html", record.body, record.url, capture, record=record.url)


def skip_reason(record: WarcRecord) -> str | None:
    """Return why a record holds no page to read, for the count; None where it holds one, or none is to be expected."""
    if not _has_body(record):
        return "revisit" if record.kind == "revisit" else None
    if record.headers is None:
        return None if record.trouble else "no web address"
    if record.status != 200:
        return f"status {record.status}" if record.status else "no status"
    is_html = (_content_type(record) or "").partition(";")[0].strip().lower() in _HTML
    return None if is_html else "not HTML"


def _has_body(record: WarcRecord) -> bool:
    return record.kind == "response" or record.is_rendered


def _content_type(record: WarcRecord) -> str | None:
    return (record.headers or {}).get("content-type") or record.fields.get("warc-identified-payload-type")
