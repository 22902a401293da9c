"""Asks again for a page only if it has changed since its last fetch."""

from __future__ import annotations

from scrapy import Request

from tibetnews.requests import VALIDATORS


class ConditionalRequests:
    """Downloader middleware that sends a request's validators, ETag and Last-Modified, as conditions.

    The spider gets the server's 304 like any other response.
    """

    def process_request(self, request: Request) -> None:
        """Add the validators to the headers."""
        etag, last_modified = request.meta.get(VALIDATORS) or (None, None)
        if etag:
            request.headers.setdefault("If-None-Match", etag.encode("latin-1"))  # byte for byte as it came
        if last_modified:
            request.headers.setdefault("If-Modified-Since", last_modified.encode("latin-1"))
