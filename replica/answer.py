"""What the outlet answers, and when it may say that nothing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of an answer, and how it is to be sent."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    etag: str | None = None
    last_modified: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    sent: int | None = None
    """How many bytes of the body are sent before the connection ends; all where it is None."""

    delay: float = 0
    """Seconds before it is sent."""

    hang_up: bool = False
    """The connection ends instead."""

    def unless_known(self, if_none_match: str | None, if_modified_since: str | None) -> Answer:
        """Return this answer, or 304 where the client holds the same page already (RFC 9110, 13.2.2)."""
        if self.status != 200:
            return self
        if if_none_match is not None:
            tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
            known = self.etag is not None and (self.etag in tags or "*" in tags)
        else:
            known = self._unmodified(if_modified_since)
        return replace(self, status=304, body=b"") if known else self

    def _unmodified(self, since: str | None) -> bool:
        if since is None or self.last_modified is None:
            return False
        try:
            return parsedate_to_datetime(self.last_modified) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # a date that cannot be read is ignored
            return False


NOT_FOUND = Answer(404, "<html><body><h1>404</h1><p>您访问的页面不存在</p></body></html>".encode())
GONE = Answer(410, b"<html><body><h1>410 Gone</h1></body></html>")
