"""Captured pages as web archives send them: shown by the archive itself, or as a record cut out of a WARC file."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from tibetnews.archive.content_encoding import decode_body
from tibetnews.archive.warc_records import BrokenArchiveError, read_records
from tibetnews.errors import UnreadableError
from tibetnews.outlet.replays import read_replay


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """A page as the outlet sent it to an archive."""

    url: str
    captured_at: str
    """UTC in ISO 8601."""
    headers: Mapping[str, str]
    """Type of the content and validators, by name in small letters."""
    body: bytes
    """Unpacked."""


_KEPT = ("content-type", "etag", "last-modified")
_ORIGINAL = "x-archive-orig-"
"""Beginning of the names of headers under which an archive passes on the outlet's own."""


def shown_page(url: str, headers: Mapping[str, str], body: bytes, max_bytes: int) -> CapturedPage:
    """Return the page of an archive's answer.

    Args:
        url: Address of the answer, after the archive's redirects.
        headers: Of the answer, by name in small letters.
        body: Unpacked as the answer's own headers say.
        max_bytes: Bytes beyond which a page is refused.

    Raises:
        UnreadableError: The address is not that of a capture, or the page is refused.
    """
    replay = read_replay(url)
    if replay is None:
        raise UnreadableError("moved", f"the capture's address leads to {url}, which is no capture")
    kept = {name: value for name in _KEPT if (value := headers.get(_ORIGINAL + name) or headers.get(name))}
    for name in ("etag", "last-modified"):  # else they would be the archive's own
        if _ORIGINAL + name not in headers:
            kept.pop(name, None)
    at = _iso_of(headers.get("memento-datetime", "")) or replay.at or ""
    body = decode_body([body], "", max_bytes)
    return CapturedPage(url=replay.url, captured_at=at, headers=kept, body=body)


def recorded_page(record: bytes, max_bytes: int) -> CapturedPage:
    """Return the page of a WARC record.

    Args:
        record: As it lies in its file.
        max_bytes: Bytes beyond which a page is refused.

    Raises:
        UnreadableError: It is no record of a whole page.
    """
    try:
        found = next(read_records(BytesIO(record), max_bytes), None)
    except BrokenArchiveError as error:
        raise UnreadableError("archive", f"the record {error}") from error
    if found is None or found.kind != "response" or found.headers is None or found.date is None:
        raise UnreadableError("archive", "the place that the index names holds no response")
    if found.trouble:
        raise UnreadableError(*found.trouble)
    if found.fields.get("warc-truncated"):
        raise UnreadableError("truncated", "the archive holds the beginning of this page alone")
    if found.status != 200:
        raise UnreadableError(f"http_{found.status}", "the place that the index names holds another answer")
    kept = {name: found.headers[name] for name in _KEPT if name in found.headers}
    return CapturedPage(url=found.url, captured_at=f"{found.date[:19]}Z", headers=kept, body=found.body)


def _iso_of(date: str) -> str | None:
    """Return an HTTP date in ISO 8601."""
    try:
        return email.utils.parsedate_to_datetime(date).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None
