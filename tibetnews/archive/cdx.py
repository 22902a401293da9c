"""Indexes of web archives (CDX servers): what they are asked, and what they answer.

Two dialects are in use: that of pywb, which Common Crawl runs too, with an object of JSON a line and numbered pages;
and that of the Wayback Machine, with an array of arrays and keys to resume from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from tibetnews.errors import UnreadableError
from tibetnews.ledger.web_archives import ArticleCapture
from tibetnews.outlet.replays import moment_of

ROWS_A_PAGE = 5000
"""Of the Wayback dialect; pywb decides itself."""

START = ""
"""The token of a query's first request. The ledger keeps tokens, as text, so that a later run goes on."""

_FIELDS = {"original": "url", "statuscode": "status", "mimetype": "mime"}
"""Names of fields in the Wayback dialect, and in pywb's."""
_PYWB_FIELDS = "timestamp,url,mime,status,digest,length,offset,filename,truncated"
_WAYBACK_FIELDS = "urlkey,timestamp,original,mimetype,statuscode,digest"
"""The server makes its resume key of the ``urlkey`` that it writes; without it a query goes on elsewhere, silently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A capture with status 200 that an index names."""

    url: str
    timestamp: str
    """UTC, 14 digits."""
    digest: str
    """Of the page; equal captures have one digest."""
    mime: str
    filename: str | None = None
    """Of the WARC file, relative to the folder of the archive; None where the index does not tell it."""
    offset: int = 0
    length: int = 0
    """Bytes of the record as it lies in that file."""


class IndexPage(NamedTuple):
    """One answer of an index."""

    entries: Sequence[IndexEntry] = ()
    resume_key: str | None = None
    """What the next request has to give; None on the last page."""
    pages: int | None = None
    """The number of pages, where that was asked for."""
    unreadable_rows: int = 0
    """Rows among the others that say nothing of use."""


class Place(NamedTuple):
    """Where a capture is to be fetched."""

    url: str
    byte_range: str | None
    """The value of the header Range; None for a whole answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index of a web archive, and how its captures are fetched."""

    endpoint: str
    dialect: Literal["pywb", "wayback"]
    replay: str = ""
    """Address under which the archive shows its captures."""
    records: str = ""
    """Address of the folder with its WARC files; "" where captures are fetched by ``replay``."""

    def query(self, url: str, match: str, since: str = "") -> str:
        """Return the address of a query for pages, without a token.

        Args:
            url: Address, or its beginning, or a host.
            match: "exact", "prefix", "host" or "domain", as both dialects call it.
            since: First day of the captures, YYYYMMDD; "" for all.
        """
        fields = [("url", url), ("matchType", match), ("output", "json")]
        if self.dialect == "wayback":
            fields += [("fl", _WAYBACK_FIELDS), ("filter", "statuscode:200"), ("limit", str(ROWS_A_PAGE))]
            fields += [("showResumeKey", "true")]
        else:
            fields += [("fl", _PYWB_FIELDS), ("filter", "=status:200")]
        if match != "exact":
            fields.append(("filter", "mimetype:.*html.*" if self.dialect == "wayback" else "mime:html"))
        return f"{self.endpoint}?{urlencode([*fields, *([('from', since)] if since else [])])}"

    def request_url(self, query: str, token: str) -> str:
        """Return the address of the request for the part of a query's answer that a token names."""
        if self.dialect == "wayback":
            return f"{query}&{urlencode({'resumeKey': token})}" if token else query
        page = token.partition("/")[0]
        return f"{query}&page={page}" if page else f"{query}&showNumPages=true"

    def lookup(self, url: str) -> str:
        """Return the address of the one request for the captures of an address."""
        return self.request_url(self.query(url, "exact"), START if self.dialect == "wayback" else "0")

    def next_token(self, token: str, page: IndexPage) -> str | None:
        """Return the token after this one, whose answer was ``page``; None at the end.

        In pywb's dialect a query begins with the number of its pages; an index that is not divided answers with all
        that it has at once.

        Raises UnreadableError where the index does not move on.
        """
        if self.dialect == "wayback":
            if page.resume_key == token:
                raise UnreadableError("index", f"the index gives the same key again, {token!r}")
            return page.resume_key
        if token == START:
            return f"0/{page.pages}" if page.pages else None
        number, _, pages = token.partition("/")
        return f"{int(number) + 1}/{pages}" if int(number) + 1 < int(pages) else None

    def place_of(self, entry: IndexEntry | ArticleCapture) -> Place:
        """Return where a capture is to be fetched."""
        if self.records and entry.filename and entry.length:
            last = entry.offset + entry.length - 1
            return Place(f"{self.records.rstrip('/')}/{entry.filename}", f"bytes={entry.offset}-{last}")
        return Place(f"{self.replay.rstrip('/')}/{entry.timestamp}id_/{entry.url}", None)  # id_: as the outlet sent it


def read_index_page(text: str) -> IndexPage:
    """Return what an index has answered, in either dialect; rows that name no whole capture of status 200 are left out.

    Raises UnreadableError for an answer that is none, or whose end is missing.
    """
    text = text.strip()
    try:
        if not text:
            return IndexPage()
        if text.startswith("["):
            return _wayback_page(json.loads(text))
        *lines, last = text.split("\n")  # a string may hold other ends of lines
        rows = [*map(_row, lines), json.loads(last)]
        if isinstance(last := rows[-1], int):
            return IndexPage(pages=last)
        if isinstance(last.get("pages"), int):
            return IndexPage(pages=last["pages"])
        return _page(rows)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise UnreadableError("index", f"this is no answer of an index; it begins with {text[:60]!r}") from error


def read_collections(text: str) -> list[dict[str, str]]:
    """Return the indexes that a list such as Common Crawl's collinfo.json names, with ``cdx-api``, ``from`` and ``to``.

    Raises UnreadableError for anything else.
    """
    try:
        rows = [*json.loads(text)] or [{}]
        return [{name: str(value) for name, value in row.items()} for row in rows if row["cdx-api"].startswith("http")]
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise UnreadableError("index", f"this is no list of indexes; it begins with {text[:60]!r}") from error


def _row(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _wayback_page(rows: list[list[Any]]) -> IndexPage:
    if not all(isinstance(row, list) for row in rows):
        raise ValueError("no array of arrays")
    resume_key = None
    if len(rows) > 1 and not rows[-2] and len(rows[-1]) == 1:
        resume_key = str(rows[-1][0])
        rows = rows[:-2]
    names = [_FIELDS.get(name, name) for name in rows[0]] if rows else []
    return _page([dict(zip(names, row, strict=False)) for row in rows[1:]], resume_key)


def _page(rows: Sequence[Any], resume_key: str | None = None) -> IndexPage:
    read = [row for row in rows if isinstance(row, dict) and isinstance(row.get("url"), str) and row.get("timestamp")]
    if rows and not read:
        raise ValueError("no row names a capture")
    return IndexPage(tuple(_entries(read)), resume_key, unreadable_rows=len(rows) - len(read))


def _entries(rows: Sequence[dict[str, Any]]) -> Iterator[IndexEntry]:
    for row in rows:
        timestamp, url, filename = str(row["timestamp"]), row["url"], str(row.get("filename") or "") or None
        digest = str(row.get("digest") or "-")
        offset, length = (int(n) if (n := str(row.get(name))).isdecimal() else 0 for name in ("offset", "length"))
        is_whole = str(row.get("status")) == "200" and row.get("mime") != "warc/revisit" and not row.get("truncated")
        if is_whole and moment_of(timestamp) and _WEB.match(url) and not (filename and _OUTSIDE.search(filename)):
            yield IndexEntry(
                url=url,
                timestamp=timestamp,
                digest=timestamp if digest == "-" else digest,  # some indexes write "-" for all
                mime=str(row.get("mime") or ""),
                filename=filename,
                offset=offset,
                length=length,
            )


_WEB = re.compile("https?://")
_OUTSIDE = re.compile(r"^/|:|(?:^|/)\.\.(?:/|$)|[\s?#]")
"""File names that would lead out of the archive's folder."""
