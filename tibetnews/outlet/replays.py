"""Reads the addresses under which web archives replay a page: its moment of capture and its own address."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote

_REPLAY = re.compile(
    r"(?P<prefix>https?://[^/?#]+(?:/[^/?#]+)*?/(?P<moment>[0-9]{4,14})(?:[a-z]{2}_)?/)"
    r"(?P<scheme>https?)(?::|%3a)(?:/|%2f){1,2}(?P<rest>[^/].*)",
    re.IGNORECASE,
)
"""As https://web.archive.org/web/20200101000000id_/http://www.tibet.cn/ has it, and all programs that speak of the
Wayback Machine's addresses: a moment, perhaps two letters for how the page is shown, and the page's own address."""


class Replay(NamedTuple):
    """A page as a web archive shows it."""

    url: str
    """The page's own address."""
    prefix: str
    """What stands before it, up to the last slash."""
    at: str | None
    """The moment of the capture in ISO 8601, UTC; None where the address has only a part of it."""


def read_replay(url: str) -> Replay | None:
    """Return what an address of a web archive says; None for any other address.

    >>> replay = read_replay("https://web.archive.org/web/20200102030405id_/http://www.tibet.cn/cn/edu/")
    >>> replay.url, replay.at
    ('http://www.tibet.cn/cn/edu/', '2020-01-02T03:04:05Z')
    """
    if url.find("/http", 8) < 0:  # as nearly all
        return None
    match = _REPLAY.fullmatch(url)
    if match is None:
        return None
    rest = match["rest"] if "/" in match["rest"] else unquote(match["rest"])
    return Replay(f"{match['scheme'].lower()}://{rest}", match["prefix"], moment_of(match["moment"]))


def moment_of(digits: str) -> str | None:
    """Return 14 digits as UTC time in ISO 8601; None for fewer, and for no time of the calendar."""
    if len(digits) < len("YYYYMMDDhhmmss"):
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:  # no day of the calendar
        return None
