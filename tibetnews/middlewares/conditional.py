"""Conditional requests: what was fetched before is asked for again only where it changed."""

from __future__ import annotations

from scrapy import Request


class Conditional:
    """Downloader middleware that sends the validators in a request's meta key ``validators`` (ETag, Last-Modified).

    The spider gets the server's 304 as any other response.
    """

    def process_request(self, request: Request) -> None:
        etag, last_modified = request.meta.get("validators") or (None, None)
        if etag:
            request.headers.setdefault("If-None-Match", etag)
        if last_modified:
            request.headers.setdefault("If-Modified-Since", last_modified)
