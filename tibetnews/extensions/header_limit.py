"""Bounds the headers of a response, which Twisted would hold without end."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.protocols.basic import LineReceiver
from twisted.web._newclient import HTTPClientParser, ParseError

MAX_HEADER_BYTES = 256 * 1024
"""Of one response, all its headers together; browsers allow as much."""


class HeaderLimit:
    """Extension that ends a response whose headers are too long; DOWNLOAD_MAXSIZE counts its body alone."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Have the parsers of responses count; neither Scrapy nor Twisted has a setting for it."""
        HTTPClientParser.dataReceived = _counted  # type: ignore[method-assign]
        return cls()


def _counted(parser: Any, data: bytes) -> None:
    """Take what a server has sent; what comes after the headers is not received as lines."""
    if parser.line_mode:
        parser.header_bytes = getattr(parser, "header_bytes", 0) + len(data)
        if parser.header_bytes > MAX_HEADER_BYTES:
            message = f"the headers have more than {MAX_HEADER_BYTES:,} bytes"
            raise ParseError(message, data[:80])  # type: ignore[no-untyped-call]
    LineReceiver.dataReceived(parser, data)  # type: ignore[no-untyped-call]
